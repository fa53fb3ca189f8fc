//! `smarketing export`: leads, rejections, deals, attempts and the journal for a CRM or a spreadsheet, on stdout. Changes nothing.

use super::args::Format;
use super::desk::args::{ExportArgs, ExportWhat};
use super::failure::Failure;
use super::journal;
use super::out;
use super::session::Session;
use crate::domain::book::{Book, Reason};
use crate::domain::catalogue::ReasonEntry;
use crate::domain::import::{CustomField, OwnReason};
use crate::domain::reason;
use crate::store::{FieldLine, Wanted};
use crate::transfer::export::{Form, Reasons, Writer};
use crate::transfer::map::{Catalog, CustomKind, Kind};

/// What a CRM needs to take a rejection in.
const OF_REJECTION: &[&str] = &[
    "id",
    "email",
    "phone",
    "name",
    "first_name",
    "last_name",
    "account",
    "source",
    "owner",
    "created",
    "status",
    "handoff",
    "verdict_at",
    "reason",
    "verdict_note",
    "key",
    "reason_code",
    "reason_text",
    "evidence",
    "source_status",
    "withheld",
];

/// Text is passed on in pieces of about this size.
const PIECE: usize = 1 << 16;

pub(super) fn run(session: &Session, args: &ExportArgs) -> Result<(), Failure> {
    let form = match session.global.format {
        None | Some(Format::Csv) => Form::Csv,
        Some(Format::Json) => Form::Json,
        Some(_) => {
            return Err(Failure::WrongUse(
                "an export is csv or json; --format says which".into(),
            ));
        }
    };
    if args.what == ExportWhat::Journal {
        let format = session.global.format.unwrap_or(Format::Csv);
        return journal::print(session, u32::MAX, format);
    }
    let (kind, plain) = match args.what {
        ExportWhat::Opportunities => (Kind::Opportunities, "opportunities"),
        ExportWhat::Attempts => (Kind::Attempts, "attempts"),
        _ => (Kind::Leads, "leads"),
    };
    let mut catalog = Catalog::shipped();
    let name = match &args.map {
        Some(path) => catalog
            .add_file(path)
            .map_err(|error| Failure::new(error.to_string()))?,
        None => args.preset.clone().unwrap_or_else(|| plain.to_owned()),
    };
    let map = catalog
        .get(&name)
        .map_err(|error| Failure::WrongUse(error.to_string()))?;
    if map.kind != kind {
        return Err(Failure::WrongUse(format!(
            "{} is for {}, not for {plain}; `smarketing import --presets` lists them all",
            map.label,
            map.kind.word()
        )));
    }
    let store = session.read()?;
    let book = store.book()?;
    let now = session.as_of(&book)?;
    let reasons: Reasons = book
        .reasons
        .iter()
        .map(|reason| (reason.code.clone(), reason.label.clone()))
        .collect();
    let only = if args.what == ExportWhat::Rejections {
        OF_REJECTION
    } else {
        &[]
    };
    let (entity, fields) = match args.what {
        ExportWhat::Opportunities => ("opportunity", store.custom_fields()?),
        ExportWhat::Leads => ("lead", store.custom_fields()?),
        _ => ("lead", Vec::new()),
    };
    let declared = match kind {
        Kind::Attempts => Vec::new(),
        _ => own_reasons(&book),
    };
    let mut writer =
        Writer::new(map, form, only, &reasons).with_own(own_fields(fields, entity), &declared);
    let mut piece = writer.head();
    let pass_on = |piece: &mut String, text: &str, least: usize| {
        piece.push_str(text);
        if piece.len() < least {
            return Ok(());
        }
        out::print_file(&std::mem::take(piece))
    };
    match args.what {
        ExportWhat::Opportunities => store.export_deals(now, &mut |deal| {
            pass_on(&mut piece, &writer.deal(&deal), PIECE)
        })??,
        ExportWhat::Attempts => store.export_attempts(now, &mut |attempt| {
            pass_on(&mut piece, &writer.attempt(&attempt), PIECE)
        })??,
        ExportWhat::Rejections => store.export_leads(Wanted::Rejections, now, &mut |lead| {
            pass_on(&mut piece, &writer.lead(&lead), PIECE)
        })??,
        _ => store.export_leads(Wanted::Leads, now, &mut |lead| {
            pass_on(&mut piece, &writer.lead(&lead), PIECE)
        })??,
    }
    pass_on(&mut piece, writer.foot(), 0)
}

fn own_fields(fields: Vec<FieldLine>, of: &'static str) -> Vec<CustomField> {
    let field = |field: FieldLine| {
        Some(CustomField {
            entity: of,
            key: field.key.into(),
            label: field.label,
            kind: CustomKind::parse(&field.kind)?.word(),
        })
    };
    let of_it = fields.into_iter().filter(|field| field.entity == of);
    of_it.filter_map(field).collect()
}

/// The reasons whose codes no new workspace has.
fn own_reasons(book: &Book) -> Vec<OwnReason> {
    let own = |known: &&Reason| reason::stock(&known.code).is_none();
    let declared = |known: &Reason| OwnReason {
        entry: ReasonEntry {
            code: known.code.clone(),
            label: known.label.clone(),
            class: known.class,
            asks: known.asks,
            acts: known.acts,
            field: known.field.clone(),
        },
        retired: known.retired,
    };
    book.reasons.iter().filter(own).map(declared).collect()
}
