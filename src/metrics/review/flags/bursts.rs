//! Leads that came in crowds of one source or one company's domain. Judges no rejection.

use fixedbitset::FixedBitSet;

use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::domains::Domains;

/// So many times what a source sends on average in the same time is a burst.
const UNUSUAL: u64 = 10;

/// The leads that came in a crowd.
#[derive(Clone, Debug, Default)]
pub(super) struct Bursts {
    source: FixedBitSet,
    domain: FixedBitSet,
    /// Seconds within which leads are a crowd.
    window: i64,
    /// Leads per window of the history, by source; the last place is "unknown".
    usual: Vec<f64>,
}

/// What stands open for a source or a domain while leads are walked by creation.
#[derive(Clone, Copy)]
struct Open {
    window: i64,
    bucket: u32,
}

/// Leads in buckets.
struct Buckets {
    open: Vec<Open>,
    of_lead: Vec<u32>,
    counts: Vec<u32>,
}

impl Buckets {
    fn new(kinds: usize, leads: usize) -> Buckets {
        let open = Open {
            window: i64::MIN,
            bucket: NONE,
        };
        Buckets {
            open: vec![open; kinds],
            of_lead: vec![NONE; leads],
            counts: Vec::new(),
        }
    }

    fn add(&mut self, kind: usize, lead: usize, window: i64) {
        let open = &mut self.open[kind];
        if window != open.window {
            let bucket = self.counts.len() as u32;
            *open = Open { window, bucket };
            self.counts.push(0);
        }
        self.of_lead[lead] = open.bucket;
        self.counts[open.bucket as usize] += 1;
    }

    fn size(&self, lead: usize) -> u64 {
        let count = self.counts.get(self.of_lead[lead] as usize);
        count.map_or(0, |count| u64::from(*count))
    }
}

impl Bursts {
    pub(super) fn new(facts: &Facts, book: &Book, domains: Option<&Domains>) -> Bursts {
        let leads = &facts.leads;
        let order = leads.by_created.rows();
        let least = book.settings.burst_leads as u64;
        let unknown = facts.names.sources.len();
        let source = |lead: usize| (leads.source[lead] as usize).min(unknown);
        let window = book.settings.burst_minutes * 60;
        let crowded = domains.map_or(Vec::new(), |domains| crowded(domains, least));
        let mut sources = Buckets::new(unknown + 1, leads.len());
        let mut companies = Buckets::new(crowded.len(), leads.len());
        let mut totals = vec![0_u64; unknown + 1];
        for lead in order.iter().map(|lead| *lead as usize) {
            let at = leads.created.get(lead).0 / window;
            totals[source(lead)] += 1;
            sources.add(source(lead), lead, at);
            let domain = domains.map_or(NONE, |domains| domains.code(lead as u32)) as usize;
            if crowded.get(domain) == Some(&true) {
                companies.add(domain, lead, at);
            }
        }
        let ends = order.first().zip(order.last());
        let windows = ends.map_or(1, |(a, b)| {
            let at = |row: &u32| leads.created.get(*row as usize).0 / window;
            (at(b) - at(a) + 1) as u64
        });
        let mut bursts = Bursts {
            source: FixedBitSet::with_capacity(leads.len()),
            domain: FixedBitSet::with_capacity(leads.len()),
            window,
            usual: totals.iter().map(|n| *n as f64 / windows as f64).collect(),
        };
        for lead in 0..leads.len() {
            let size = sources.size(lead);
            let unusual = size.saturating_mul(windows) >= UNUSUAL * totals[source(lead)];
            bursts.source.set(lead, size >= least && unusual);
            bursts.domain.set(lead, companies.size(lead) >= least);
        }
        bursts
    }

    /// The seconds `[from, to)` around a moment within which leads are a crowd.
    pub(super) fn window(&self, at: Moment) -> (Moment, Moment) {
        let start = at.0 - at.0.rem_euclid(self.window.max(1));
        (Moment(start), Moment(start + self.window))
    }

    pub(super) fn is_of_source(&self, lead: u32) -> bool {
        self.source.contains(lead as usize)
    }

    pub(super) fn is_of_domain(&self, lead: u32) -> bool {
        self.domain.contains(lead as usize)
    }

    /// Leads that a source sends in a window on average.
    pub(super) fn usual(&self, source: Code) -> f64 {
        let last = self.usual.len().saturating_sub(1);
        self.usual
            .get((source as usize).min(last))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Domains with enough leads to be crowded, public providers left out.
fn crowded(domains: &Domains, least: u64) -> Vec<bool> {
    let mut counts = vec![0_u64; domains.names().len()];
    for code in domains.codes() {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    let enough = counts.iter().zip(domains.names());
    enough
        .map(|(count, name)| *count >= least && !Domains::is_public(name))
        .collect()
}
