//! What stands after the @ of each lead's e-mail address, dictionary-encoded. Holds no address and judges no domain.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::column::{Code, NONE};

/// Providers at which anybody has a mailbox: many leads of one of them have nothing in common.
const PUBLIC: &[&str] = &[
    "aol.com",
    "fastmail.com",
    "free.fr",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "pm.me",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rediffmail.com",
    "t-online.de",
    "uol.com.br",
    "web.de",
    "yahoo.co.in",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
];

/// The domain of every lead, in the order of [`super::leads::Leads`].
#[derive(Clone, Debug, Default)]
pub struct Domains {
    /// The journal entry up to which it is complete.
    pub journal_id: i64,
    codes: Vec<Code>,
    names: Vec<Arc<str>>,
}

/// Fills [`Domains`] lead by lead.
#[derive(Debug, Default)]
pub struct Filling {
    domains: Domains,
    known: FxHashMap<Arc<str>, Code>,
}

impl Filling {
    /// Appends the next lead's address.
    pub fn push(&mut self, email: Option<&str>) {
        let code = email.and_then(behind).map_or(NONE, |domain| {
            self.known.get(domain.as_str()).copied().unwrap_or_else(|| {
                let code = self.domains.add(&domain);
                let name = self.domains.names[code as usize].clone();
                self.known.insert(name, code);
                code
            })
        });
        self.domains.codes.push(code);
    }

    /// What was filled.
    pub fn done(self, journal_id: i64) -> Domains {
        Domains {
            journal_id,
            ..self.domains
        }
    }
}

impl Domains {
    fn add(&mut self, domain: &str) -> Code {
        self.names.push(domain.into());
        self.names.len() as Code - 1
    }

    /// Replaces the address of a lead, or appends that of the row behind the last. O(domains): for few.
    pub fn put(&mut self, row: usize, email: Option<&str>) {
        let code = email.and_then(behind).map_or(NONE, |domain| {
            let known = self.names.iter().position(|name| **name == *domain);
            known.map_or_else(|| self.add(&domain), |code| code as Code)
        });
        match self.codes.get_mut(row) {
            Some(slot) => *slot = code,
            None => self.codes.push(code),
        }
    }

    /// The code of a lead's domain; `NONE` where it has no address.
    #[inline]
    pub fn code(&self, lead: u32) -> Code {
        self.codes.get(lead as usize).copied().unwrap_or(NONE)
    }

    /// The domain of a lead; foreign text, not cleaned.
    pub fn of(&self, lead: u32) -> Option<&str> {
        self.names.get(self.code(lead) as usize).map(AsRef::as_ref)
    }

    /// Every domain that occurs, by code.
    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Codes by lead.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// Whether anybody can have a mailbox there.
    pub fn is_public(domain: &str) -> bool {
        PUBLIC.binary_search(&domain).is_ok()
    }
}

/// The domain of an address, in small letters.
fn behind(email: &str) -> Option<String> {
    let (_, domain) = email.rsplit_once('@')?;
    let domain = domain.trim().trim_matches(['.', '>']);
    (!domain.is_empty()).then(|| domain.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_of_one_domain_share_a_code_and_a_change_is_taken_in() {
        let mut filling = Filling::default();
        for email in [
            Some("a@Acme.test"),
            None,
            Some("b@acme.test"),
            Some("no address"),
        ] {
            filling.push(email);
        }
        let mut domains = filling.done(7);
        assert_eq!(domains.codes(), [0, NONE, 0, NONE]);
        domains.put(1, Some("c@globex.test"));
        domains.put(4, Some("d@acme.test"));
        domains.put(0, None);
        assert_eq!(domains.codes(), [NONE, 1, 0, NONE, 0]);
        assert_eq!((domains.of(1), domains.of(3)), (Some("globex.test"), None));
        assert_eq!(domains.journal_id, 7);
    }

    #[test]
    fn public_providers_are_found() {
        assert!(PUBLIC.is_sorted());
        assert!(Domains::is_public("gmail.com") && !Domains::is_public("acme.test"));
    }
}
