//! Leads, rejections, deals and attempts as text under the headers and words of a CRM, the import read backwards. Writes no file.

mod fields;
mod words;

use crate::domain::import::{
    AttemptRecord, CustomField, LeadRecord, OpportunityRecord, OwnFields, OwnReason,
};
use crate::text;
use crate::text::cell::arm;
use crate::transfer::map::{Map, Section, ours};
use std::borrow::Cow;

pub use fields::Reasons;
use words::Spoken;

/// How the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated, no cell a formula, to be imported again.
    Csv,
    /// An array of objects under our own field names.
    Json,
}

/// Turns records into text under a map's headers, a row at a time.
pub struct Writer<'m> {
    form: Form,
    /// Our fields with the header of each.
    columns: Vec<(&'static str, String)>,
    /// Fields of the workspace's own, by key.
    own: Vec<CustomField>,
    /// Headers that declare reasons of the workspace's own; their columns are empty.
    declared: Vec<String>,
    spoken: Spoken<'m>,
    rows: u64,
}

impl<'m> Writer<'m> {
    /// For a map; `only`, if not empty, leaves out all other fields. `reasons` gives the label of a reason's code.
    pub fn new(map: &'m Map, form: Form, only: &[&str], reasons: &'m Reasons) -> Writer<'m> {
        let (_, section, known) = map
            .sections()
            .into_iter()
            .find(|(name, ..)| *name == map.section_name())
            .expect("every kind of a map has its section");
        let wanted = |field: &&&str| only.is_empty() || only.contains(*field);
        // Any word under one of these says that a rep spoke with the lead.
        let spoke = section.get("spoke").map_or(&[][..], words::spellings);
        let mut used: Vec<String> = Vec::new();
        let mut header = |field: &str| {
            let others = if field == "spoke" { &[][..] } else { spoke };
            let theirs = section.get(field);
            let theirs = theirs.and_then(|from| words::header(from, others, &used));
            let name = theirs.or_else(|| own_header(field, map, section))?;
            used.push(name.clone());
            Some(name)
        };
        let columns = known
            .iter()
            .filter(wanted)
            .filter_map(|field| Some((*field, header(field)?)))
            .collect();
        Writer {
            form,
            columns,
            own: Vec::new(),
            declared: Vec::new(),
            spoken: Spoken::new(map, reasons),
            rows: 0,
        }
    }

    /// With what only this workspace has: fields, and the reasons that no other knows.
    #[must_use]
    pub fn with_own(mut self, fields: Vec<CustomField>, reasons: &[OwnReason]) -> Self {
        self.own = fields;
        self.declared = reasons.iter().map(ours::reason_header).collect();
        self
    }

    /// What stands before the rows.
    pub fn head(&self) -> String {
        match self.form {
            Form::Csv => {
                let own: Vec<String> = self.own.iter().map(ours::field_header).collect();
                let named = self.columns.iter().map(|(_, header)| header.as_str());
                let own = own.iter().chain(&self.declared).map(String::as_str);
                line(named.chain(own))
            }
            Form::Json => "[".into(),
        }
    }

    /// A lead with its newest handoff.
    pub fn lead(&mut self, lead: &LeadRecord) -> String {
        let cells = self
            .columns
            .iter()
            .map(|(field, _)| fields::of_lead(field, lead, &self.spoken, self.splits_names()))
            .collect();
        self.row(cells, &lead.custom)
    }

    /// A deal.
    pub fn deal(&mut self, deal: &OpportunityRecord) -> String {
        let cells = self
            .columns
            .iter()
            .map(|(field, _)| fields::of_deal(field, deal, &self.spoken))
            .collect();
        self.row(cells, &deal.custom)
    }

    /// An attempt.
    pub fn attempt(&mut self, attempt: &AttemptRecord) -> String {
        let cells = self
            .columns
            .iter()
            .map(|(field, _)| fields::of_attempt(field, attempt, &self.spoken))
            .collect();
        self.row(cells, &OwnFields::default())
    }

    /// What stands behind the rows.
    pub fn foot(&self) -> &'static str {
        match self.form {
            Form::Csv => "",
            Form::Json => "\n]\n",
        }
    }

    fn splits_names(&self) -> fields::Naming {
        if self.columns.iter().any(|(field, _)| *field == "name") {
            fields::Naming::Whole
        } else {
            fields::Naming::Parts
        }
    }

    fn row(&mut self, mut cells: Vec<Option<String>>, own: &OwnFields) -> String {
        self.rows += 1;
        let values = fields::own(own);
        if self.form == Form::Csv {
            let own = self.own.iter().map(|field| values.get(&*field.key));
            cells.extend(own.map(|value| value.and_then(fields::own_text)));
            cells.extend(self.declared.iter().map(|_| None));
            return line(cells.iter().map(|cell| cell.as_deref().unwrap_or("")));
        }
        let fields = self.columns.iter().zip(cells).map(|((field, _), cell)| {
            let value = cell.map_or(serde_json::Value::Null, Into::into);
            ((*field).to_owned(), value)
        });
        let custom = (!self.own.is_empty()).then(|| ("custom".to_owned(), values.into()));
        let fields = fields.chain(custom);
        let comma = if self.rows == 1 { "" } else { "," };
        let object = serde_json::Value::Object(fields.collect()).to_string();
        format!("{comma}\n  {}", text::json(&object))
    }
}

/// The header of our own over a field for which the CRM has none; `None`: it is told by others, or not told at all.
fn own_header(field: &str, map: &Map, section: &Section) -> Option<String> {
    let parted = section.contains_key("first_name") || section.contains_key("last_name");
    match field {
        "key" => Some(ours::key_header(&map.name)),
        "name" if parted => None,
        // The id in the CRM's own system; ours stands in the key. The evidence says whether they spoke.
        "id" | "lead" | "first_name" | "last_name" | "lifecycle" | "spoke" => None,
        field => Some(ours::header(field)),
    }
}

/// One line of CSV; every cell is harmless to a spreadsheet, and to a terminal that prints it.
pub fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let cell = arm(cell);
        let cell = without_orders(&cell);
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push('\n');
    out
}

/// What a terminal would obey becomes the sign for it; tabs and line ends are cells' own. Marks of the direction of writing stay:
/// names in Arabic and Hebrew have them, and an import brings back what it finds.
fn without_orders(cell: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if !cell.contains(obeyed) {
        return Cow::Borrowed(cell);
    }
    let sign = |c: char| match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('·'),
        '\u{7f}' => '␡',
        _ => '·',
    };
    let signs = cell.chars().map(|c| if obeyed(c) { sign(c) } else { c });
    Cow::Owned(signs.collect())
}

#[cfg(test)]
mod tests;
