//! Lists of e-mail domains that say something about a lead, and what a new workspace starts with. Pure.

use std::collections::BTreeMap;

use crate::domain::refused::Refused;
use crate::domain::verdict::words;

words! {
    /// What a domain on the list says.
    DomainList {
        /// Mailboxes that are thrown away.
        Disposable = "disposable" / "disposable",
        /// Universities and schools.
        Student = "student" / "student",
        /// Competitors of the workspace.
        Competitor = "competitor" / "competitor",
    }
}

impl DomainList {
    /// Its name in rules: `email_domain matches competitors`.
    pub fn plural(self) -> &'static str {
        match self {
            DomainList::Disposable => "disposable",
            DomainList::Student => "students",
            DomainList::Competitor => "competitors",
        }
    }

    /// The list that a rule names, as people write it.
    pub fn named(text: &str) -> Option<DomainList> {
        let folded = text.trim().to_lowercase();
        let name = folded.strip_suffix(" list").unwrap_or(&folded);
        let all = DomainList::ALL.iter().copied();
        all.into_iter()
            .find(|list| name == list.word() || name == list.plural())
    }
}

/// What a new workspace starts with. Who its competitors are, the workspace knows itself.
pub const STOCK: &[(DomainList, &[&str])] = &[
    (
        DomainList::Disposable,
        &[
            "10minutemail.com",
            "dispostable.com",
            "emailondeck.com",
            "fakeinbox.com",
            "getnada.com",
            "grr.la",
            "guerrillamail.com",
            "mail-temp.com",
            "mailcatch.com",
            "maildrop.cc",
            "mailinator.com",
            "mailnesia.com",
            "mintemail.com",
            "moakt.com",
            "mohmal.com",
            "mytemp.email",
            "sharklasers.com",
            "spamgourmet.com",
            "temp-mail.org",
            "tempail.com",
            "tempmail.dev",
            "throwawaymail.com",
            "trashmail.com",
            "wegwerfmail.de",
            "yopmail.com",
        ],
    ),
    (
        DomainList::Student,
        &[
            "edu", "edu.au", "edu.br", "edu.cn", "edu.in", "edu.mx", "edu.pl", "edu.tr", "ac.at",
            "ac.id", "ac.il", "ac.in", "ac.jp", "ac.kr", "ac.nz", "ac.uk", "ac.za",
        ],
    ),
];

/// Longest name that the domain system knows.
const LONGEST: usize = 253;

/// A domain as it is kept: small letters, without `@`, `*.` and dots around it; an address gives what stands behind the `@`.
pub fn normal(given: &str) -> Result<String, Refused> {
    let text = given.trim();
    let behind = text.rsplit_once('@').map_or(text, |(_, domain)| domain);
    let domain = behind
        .trim_start_matches("*.")
        .trim_matches('.')
        .to_lowercase();
    let sound = domain.len() >= 2
        && domain.len() <= LONGEST
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    if sound {
        Ok(domain)
    } else {
        Err(Refused::Catalogue(format!(
            "'{}' is no domain; example.com or ac.uk is expected",
            crate::text::clean(given)
        )))
    }
}

/// The lists, ready to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    entries: BTreeMap<String, Vec<DomainList>>,
}

impl Lists {
    /// From kept entries.
    pub fn new(entries: impl IntoIterator<Item = (DomainList, String)>) -> Lists {
        let mut lists = Lists::default();
        for (list, domain) in entries {
            let on = lists.entries.entry(domain).or_default();
            if !on.contains(&list) {
                on.push(list);
            }
        }
        lists
    }

    /// Every entry, by domain.
    pub fn entries(&self) -> impl Iterator<Item = (DomainList, &str)> {
        let all = self.entries.iter();
        all.flat_map(|(domain, on)| on.iter().map(|list| (*list, domain.as_str())))
    }

    /// The list that a domain is on, by itself or by what it lies under; the nearest entry decides.
    pub fn of_domain(&self, domain: &str) -> Option<DomainList> {
        let domain = domain.trim().trim_matches('.').to_lowercase();
        let mut rest = domain.as_str();
        while !rest.is_empty() {
            if let Some(list) = self.entries.get(rest).and_then(|on| on.iter().min()) {
                return Some(*list);
            }
            rest = rest.split_once('.').map_or("", |(_, above)| above);
        }
        None
    }

    /// Whether a domain is on a list, by itself or by what it lies under, whatever other list it is on as well.
    pub fn covers(&self, list: DomainList, domain: &str) -> bool {
        let domain = domain.trim().trim_matches(['.', '>']).to_lowercase();
        let mut rest = domain.as_str();
        while !rest.is_empty() {
            if self.entries.get(rest).is_some_and(|on| on.contains(&list)) {
                return true;
            }
            rest = rest.split_once('.').map_or("", |(_, above)| above);
        }
        false
    }
}
