//! Names, e-mails and notes of all leads in one column, searched while typing. Small letters; knows no rank and no store.

use fixedbitset::FixedBitSet;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::leads::Leads;

/// Between the fields of one lead; nobody can type it.
pub const SEP: char = '\u{1f}';

/// Bytes between two looks at whether the search is still wanted.
const STEP: usize = 1 << 20;

/// The searchable text of every lead, in the order of the history's rows, and of every company.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// The journal entry up to which it is complete.
    pub journal_id: i64,
    leads: Lines,
    /// Leads whose text has changed since it was loaded.
    changed: FxHashMap<u32, String>,
    companies: Lines,
    /// Row ids of the companies.
    company_ids: Vec<u32>,
    /// Companies that came or changed since, by row id.
    changed_companies: FxHashMap<u32, String>,
}

/// Texts one behind the other.
#[derive(Clone, Debug, Default)]
struct Lines {
    text: String,
    /// Where each begins.
    starts: Vec<usize>,
}

impl Lines {
    fn push(&mut self, line: &str) {
        self.starts.push(self.text.len());
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn get(&self, row: usize) -> &str {
        let start = self.starts.get(row).copied().unwrap_or(self.text.len());
        let end = self.starts.get(row + 1).copied().unwrap_or(self.text.len());
        &self.text[start..end]
    }

    /// Calls `hit` for each line that holds the needle; `None` when the search is not wanted any more.
    fn find(
        &self,
        needle: &Finder<'_>,
        wanted: &dyn Fn() -> bool,
        mut hit: impl FnMut(usize),
    ) -> Option<()> {
        let bytes = self.text.as_bytes();
        let (mut from, mut row) = (0, 0);
        while from < bytes.len() {
            if !wanted() {
                return None;
            }
            // A window ends with a line, so that no match lies across two windows.
            let next = self.starts[row..].partition_point(|start| *start < from + STEP) + row;
            let end = self.starts.get(next).copied().unwrap_or(bytes.len());
            while let Some(at) = needle.find(&bytes[from..end]) {
                let at = from + at;
                while self.starts.get(row + 1).is_some_and(|start| *start <= at) {
                    row += 1;
                }
                hit(row);
                row += 1;
                from = self.starts.get(row).copied().unwrap_or(bytes.len());
                if from >= end {
                    break;
                }
            }
            from = end;
            row = next;
        }
        Some(())
    }
}

impl Texts {
    /// Appends the fields of the next lead; empty ones are left out.
    pub fn push<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        let line = joined(fields);
        self.leads.push(&line);
    }

    /// Appends a company.
    pub fn push_company(&mut self, id: u32, name: &str) {
        self.company_ids.push(id);
        self.companies.push(&folded(name));
    }

    /// Replaces a lead's fields, or appends those of the row behind the last.
    pub fn put<'a>(&mut self, row: u32, fields: impl IntoIterator<Item = &'a str>) {
        let line = joined(fields);
        if row as usize == self.len() {
            self.leads.push(&line);
        } else {
            self.changed.insert(row, line);
        }
    }

    /// Replaces a company's name, or adds one.
    pub fn put_company(&mut self, id: u32, name: &str) {
        self.changed_companies.insert(id, folded(name));
    }

    /// Leads.
    pub fn len(&self) -> usize {
        self.leads.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let lines = |lines: &Lines| lines.text.capacity() + lines.starts.capacity() * 8;
        lines(&self.leads) + lines(&self.companies) + self.company_ids.capacity() * 4
    }

    /// The rows of leads whose text or company holds every word of the query. `wanted` is asked now and then: a search whose
    /// query was typed over ends with `None`. An empty query finds everything.
    pub fn search(
        &self,
        leads: &Leads,
        query: &str,
        wanted: &dyn Fn() -> bool,
    ) -> Option<FixedBitSet> {
        let query = folded(query);
        let mut words: Vec<&str> = query.split_whitespace().collect();
        // The longest word is the rarest, mostly.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut found = FixedBitSet::with_capacity(leads.len());
        let Some((first, others)) = words.split_first() else {
            found.insert_range(..);
            return Some(found);
        };
        let needle = Finder::new(first);
        self.leads.find(&needle, wanted, |row| {
            if row < found.len() {
                found.insert(row);
            }
        })?;
        for (row, text) in &self.changed {
            let row = *row as usize;
            if row < found.len() {
                found.set(row, text.contains(first));
            }
        }
        let companies: Vec<FixedBitSet> = words
            .iter()
            .map(|word| self.companies_with(word, wanted))
            .collect::<Option<_>>()?;
        if !companies[0].is_clear() {
            for (row, company) in leads.account.iter().enumerate() {
                if companies[0].contains(*company as usize) {
                    found.insert(row);
                }
            }
        }
        for (word, companies) in others.iter().zip(&companies[1..]) {
            let needle = Finder::new(word);
            let kept: Vec<usize> = found
                .ones()
                .filter(|row| {
                    let text = self.of(*row);
                    needle.find(text.as_bytes()).is_some()
                        || companies.contains(leads.account[*row] as usize)
                })
                .collect();
            found.clear();
            found.extend(kept);
            if !wanted() {
                return None;
            }
        }
        Some(found)
    }

    fn of(&self, row: usize) -> &str {
        match self.changed.get(&(row as u32)) {
            Some(text) => text,
            None => self.leads.get(row),
        }
    }

    /// Row ids of companies whose name holds the word.
    fn companies_with(&self, word: &str, wanted: &dyn Fn() -> bool) -> Option<FixedBitSet> {
        let most = self.company_ids.iter().chain(self.changed_companies.keys());
        let mut ids = FixedBitSet::with_capacity(most.max().map_or(0, |id| *id as usize + 1));
        self.companies.find(&Finder::new(word), wanted, |row| {
            ids.insert(self.company_ids[row] as usize);
        })?;
        for (id, name) in &self.changed_companies {
            ids.set(*id as usize, name.contains(word));
        }
        Some(ids)
    }
}

fn joined<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for field in fields.into_iter().filter(|field| !field.is_empty()) {
        if !line.is_empty() {
            line.push(SEP);
        }
        line.push_str(&folded(field));
    }
    line
}

/// Small letters, one line.
fn folded(text: &str) -> String {
    let mut folded = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.to_lowercase()
    };
    if folded.contains(['\n', '\r', SEP]) {
        folded = folded.replace(['\n', '\r', SEP], " ");
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::facts::column::NONE;
    use crate::facts::leads::LeadRow;

    fn leads(accounts: &[u32]) -> Leads {
        let mut leads = Leads::default();
        for (row, account) in accounts.iter().enumerate() {
            leads.push(LeadRow {
                id: row as i64 + 1,
                created: Moment(1),
                mql: Moment::NEVER,
                source: NONE,
                campaign: NONE,
                segment: NONE,
                owner: NONE,
                account: *account,
                contactable: true,
                excluded: None,
            });
        }
        leads
    }

    fn texts() -> Texts {
        let mut texts = Texts::default();
        texts.push(["Ada Lovelace", "ada@acme.test", "wants\na demo"]);
        texts.push(["Bob", "", "bob@globex.test"]);
        texts.push(["Éva Szabó"]);
        texts.push_company(7, "Acme Corp");
        texts.push_company(9, "Globex");
        texts
    }

    fn found(texts: &Texts, query: &str) -> Vec<usize> {
        let leads = leads(&[7, 9, 7]);
        let found = texts.search(&leads, query, &|| true).unwrap();
        found.ones().collect()
    }

    #[test]
    fn every_word_is_found_in_the_lead_or_its_company_whatever_its_case() {
        let texts = texts();
        assert_eq!(found(&texts, "ACME"), [0, 2]);
        assert_eq!(found(&texts, "acme lovelace"), [0]);
        assert_eq!(found(&texts, "corp éva"), [2]);
        assert_eq!(found(&texts, "a demo"), [0]);
        assert_eq!(found(&texts, "adaada"), [] as [usize; 0]);
        assert_eq!(found(&texts, "%"), [] as [usize; 0]);
        assert_eq!(found(&texts, " "), [0, 1, 2]);
    }

    #[test]
    fn what_has_changed_since_is_found_and_what_it_was_is_not() {
        let mut texts = texts();
        texts.put(1, ["Rob"]);
        texts.put_company(9, "Initech");
        assert_eq!(found(&texts, "bob"), [] as [usize; 0]);
        assert_eq!(found(&texts, "rob"), [1]);
        assert_eq!(found(&texts, "globex"), [] as [usize; 0]);
        assert_eq!(found(&texts, "initech"), [1]);
    }

    #[test]
    fn a_match_is_never_lost_between_two_windows_and_a_search_can_be_stopped() {
        let mut texts = Texts::default();
        let filler = "x".repeat(1_000);
        for row in 0..5_000 {
            texts.push([
                filler.as_str(),
                if row % 1_000 == 999 { "needle" } else { "" },
            ]);
        }
        let leads = leads(&vec![0; 5_000]);
        let hits = texts.search(&leads, "needle", &|| true).unwrap();
        assert_eq!(
            hits.ones().collect::<Vec<_>>(),
            [999, 1_999, 2_999, 3_999, 4_999]
        );
        assert_eq!(texts.search(&leads, "needle", &|| false), None);
    }
}
