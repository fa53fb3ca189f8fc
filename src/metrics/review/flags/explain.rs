//! A flag in words with its figures, as the card shows it. Judges nothing anew.

use super::{Flag, Flags, Known};
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::metrics::marks::deals::deal;
use crate::metrics::scope::Scope;
use crate::metrics::show::{decimals, grouped};

impl Flags {
    /// Why a rejection has its flags, each with the figures behind it; names in it are foreign text, not cleaned.
    pub fn explain(
        &self,
        facts: &Facts,
        book: &Book,
        scope: &Scope,
        known: Known,
        row: u32,
    ) -> Vec<(Flag, String)> {
        let teller = Teller {
            facts,
            book,
            scope,
            known,
            flags: self,
            row: row as usize,
        };
        self.of(row).map(|flag| (flag, teller.tell(flag))).collect()
    }
}

struct Teller<'a> {
    facts: &'a Facts,
    book: &'a Book,
    scope: &'a Scope,
    known: Known<'a>,
    flags: &'a Flags,
    row: usize,
}

impl Teller<'_> {
    fn tell(&self, flag: Flag) -> String {
        let rows = &self.facts.handoffs;
        let attempts = i64::from(rows.attempts[self.row]);
        let agreed = self.book.settings.min_attempts;
        match flag {
            // Logged since, or enough by what is agreed now: the evidence is that of the verdict.
            Flag::Unverified if attempts >= agreed => format!(
                "given without evidence: no conversation, no objective proof; {} stand behind it now",
                counted(attempts, "attempt")
            ),
            Flag::Unverified => format!(
                "no conversation, {} of the {agreed} agreed, no objective proof",
                counted(attempts, "attempt")
            ),
            Flag::Unseen => format!(
                "objective by its reason alone: '{}' needs no conversation, and nothing in the file shows it",
                self.reason()
            ),
            Flag::Hasty => {
                let (from, to) = (rows.handed_off.get(self.row), rows.verdict_at.get(self.row));
                let minutes = to.since(from) / 60;
                format!(
                    "rejected {} after the handoff",
                    if minutes == 0 {
                        "less than a minute".to_owned()
                    } else {
                        counted(minutes, "minute")
                    }
                )
            }
            Flag::FewAttempts => {
                format!(
                    "given up after {}; {agreed} are agreed",
                    counted(attempts, "attempt")
                )
            }
            Flag::Met => "met the criteria in force at the handoff, and was rejected".into(),
            Flag::Failed => {
                "failed the criteria in force at the handoff, and was handed over all the same"
                    .into()
            }
            Flag::OpenDeal => {
                let open = self.deals(|row| self.scope.marks.deals[row].is(deal::OPEN));
                format!(
                    "its company has {}",
                    counted(open.len() as i64, "open deal")
                )
            }
            Flag::Customer | Flag::BoughtLater => self.bought(flag),
            Flag::SourceBurst => self.source_burst(),
            Flag::DomainBurst => self.domain_burst(),
            Flag::Disposable => format!("{} is on the list of throw-away mailboxes", self.domain()),
            Flag::Student => format!("{} belongs to a university or school", self.domain()),
            Flag::Competitor => format!("{} is on the list of competitors", self.domain()),
        }
    }

    fn reason(&self) -> &str {
        let (names, own) = (&self.facts.names, self.facts.handoffs.reason[self.row]);
        let now = names.reason_facts.get(own as usize).map_or(own, |r| r.now);
        names.reasons.name(now)
    }

    fn lead(&self) -> u32 {
        self.facts.handoffs.lead[self.row]
    }

    fn domain(&self) -> &str {
        let domains = self.known.domains;
        domains.and_then(|d| d.of(self.lead())).unwrap_or("unknown")
    }

    /// Rows of the deals of the lead or its company that pass.
    fn deals(&self, test: impl Fn(usize) -> bool) -> Vec<usize> {
        let (lead, deals) = (self.lead(), &self.facts.opportunities);
        let account = self.facts.leads.account[lead as usize];
        let links = deals.links.iter().filter(|link| link.lead == lead);
        let linked: Vec<usize> = links.map(|link| link.deal as usize).collect();
        let own = |row: usize| {
            let deal = &deals.rows[row];
            (account != 0 && deal.account == account)
                || (deal.lead != NONE && deal.lead == lead)
                || linked.contains(&row)
        };
        let all = (0..deals.len()).filter(|row| own(*row));
        all.filter(|row| test(*row)).collect()
    }

    fn bought(&self, flag: Flag) -> String {
        let verdict_at = self.facts.handoffs.verdict_at.get(self.row);
        let closed = |row: usize| self.facts.opportunities.rows[row].closed;
        let won = self.deals(|row| {
            let mark = &self.scope.marks.deals[row];
            mark.is(deal::WON) && !mark.is(deal::W_REVERSED)
        });
        let day = |at: Moment| self.book.calendar.day_of(at);
        let moments = won.into_iter().map(closed);
        if flag == Flag::Customer {
            let before = moments.filter(|at| *at <= verdict_at).max();
            return before.map_or_else(
                || "its company has bought before".into(),
                |at| format!("its company bought on {}, before the rejection", day(at)),
            );
        }
        let after = moments.filter(|at| *at > verdict_at).min();
        after.map_or_else(
            || "bought after the rejection".into(),
            |at| {
                let days = day(at).0 - day(verdict_at).0;
                format!(
                    "bought on {}, {} after the rejection",
                    day(at),
                    counted(i64::from(days), "day")
                )
            },
        )
    }

    fn source_burst(&self) -> String {
        let leads = &self.facts.leads;
        let source = leads.source[self.lead() as usize];
        let usual = self.flags.bursts.usual(source);
        let usual = if usual < 0.1 {
            "hardly any".to_owned()
        } else {
            decimals(usual, 1)
        };
        format!(
            "one of {} from {} within {} minutes; usually {usual}",
            grouped(self.crowd(|row| leads.source[row as usize] == source)),
            self.facts.names.sources.name(source),
            self.book.settings.burst_minutes,
        )
    }

    fn domain_burst(&self) -> String {
        let code = |row: u32| self.known.domains.map(|domains| domains.code(row));
        let own = code(self.lead());
        format!(
            "one of {} from {} within {} minutes",
            grouped(self.crowd(|row| code(row) == own)),
            self.domain(),
            self.book.settings.burst_minutes
        )
    }

    /// Leads that are alike and came in at the same time.
    fn crowd(&self, alike: impl Fn(u32) -> bool) -> i64 {
        let leads = &self.facts.leads;
        let (from, to) = self
            .flags
            .bursts
            .window(leads.created.get(self.lead() as usize));
        let order = leads.by_created.rows();
        let at = |row: &u32| leads.created.get(*row as usize);
        let start = order.partition_point(|row| at(row) < from);
        let inside = order[start..].iter().take_while(|row| at(row) < to);
        inside.filter(|row| alike(**row)).count() as i64
    }
}

/// `1 attempt`, `2 attempts`.
fn counted(n: i64, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}
