//! Which rows the whole board looks at: a filter and the bitmaps it becomes. Knows no metric.

use fixedbitset::{Block, FixedBitSet};

use super::Facts;
use super::column::{Code, NONE};

/// The dimensions that a board is filtered and broken down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// Source of the lead.
    Source,
    /// Campaign.
    Campaign,
    /// Segment.
    Segment,
    /// Rep.
    Rep,
}

impl Dimension {
    /// All four, in the order of the switch key.
    pub const ALL: [Dimension; 4] = [
        Dimension::Source,
        Dimension::Campaign,
        Dimension::Segment,
        Dimension::Rep,
    ];

    /// Its word on the screen and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Dimension::Source => "source",
            Dimension::Campaign => "campaign",
            Dimension::Segment => "segment",
            Dimension::Rep => "rep",
        }
    }

    /// The name of one of its codes; "unknown" for `NONE`.
    pub fn name(self, facts: &Facts, code: Code) -> &str {
        match self {
            Dimension::Source => facts.names.sources.name(code),
            Dimension::Campaign => facts.names.campaigns.name(code),
            Dimension::Segment => facts.names.segments.name(code),
            Dimension::Rep => facts.names.people.name(code),
        }
    }
}

/// Chosen values per dimension; an empty list lets everything through. [`NONE`] in a list means "unknown".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Chosen (dimension, code) pairs; values of one dimension are alternatives, dimensions must all hold.
    pub chosen: Vec<(Dimension, Code)>,
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Turns one value on or off.
    pub fn toggle(&mut self, dimension: Dimension, code: Code) {
        let before = self.chosen.len();
        self.chosen.retain(|c| *c != (dimension, code));
        if self.chosen.len() == before {
            self.chosen.push((dimension, code));
        }
    }

    /// Whether a row with these codes passes.
    pub fn passes(&self, codes: impl Fn(Dimension) -> Code) -> bool {
        Dimension::ALL.iter().all(|dimension| {
            let mut wanted = self
                .chosen
                .iter()
                .filter(|(d, _)| d == dimension)
                .peekable();
            wanted.peek().is_none() || {
                let code = codes(*dimension);
                wanted.any(|(_, c)| *c == code)
            }
        })
    }
}

/// The rows of each table that pass a filter and count at all (C14).
#[derive(Clone, Debug, Default)]
pub struct Mask {
    /// Leads that count.
    pub leads: FixedBitSet,
    /// Handoffs whose lead counts and that pass by their own rep.
    pub handoffs: FixedBitSet,
    /// Deals that pass; those of test rows and internal domains do not.
    pub opportunities: FixedBitSet,
    /// Spend entries that pass. A rep or segment filter leaves only spend on a lead that passes.
    pub spend: FixedBitSet,
}

impl Mask {
    /// The bitmaps of a filter over the whole history. O(rows); two threads share the tables.
    pub fn new(facts: &Facts, filter: &Filter) -> Mask {
        let wanted = Wanted::new(facts, filter);
        std::thread::scope(|threads| {
            let beside = threads.spawn(|| (wanted.deals(facts), wanted.spends(facts)));
            let (leads, handoffs) = wanted.leads_and_handoffs(facts);
            let (opportunities, spend) = beside.join().expect("looking codes up cannot panic");
            Mask {
                leads,
                handoffs,
                opportunities,
                spend,
            }
        })
    }
}

/// The rows that pass, word by word and without a branch: which rows pass cannot be foreseen.
fn rows(count: usize, mut passes: impl FnMut(usize) -> bool) -> FixedBitSet {
    let bits = Block::BITS as usize;
    let word = |first: usize| -> Block {
        let rows = first..(first + bits).min(count);
        let set = rows.map(|row| Block::from(passes(row)) << (row - first));
        set.fold(0, |word, bit| word | bit)
    };
    FixedBitSet::with_capacity_and_blocks(count, (0..count).step_by(bits).map(word))
}

/// One dimension's chosen codes as a look-up, 1 where they pass; everything passes when none is chosen.
struct Chosen(Option<Vec<u8>>);

impl Chosen {
    fn new(filter: &Filter, dimension: Dimension, codes: usize) -> Chosen {
        let mut chosen = filter
            .chosen
            .iter()
            .filter(|(d, _)| *d == dimension)
            .peekable();
        if chosen.peek().is_none() {
            return Chosen(None);
        }
        // The last place stands for "unknown".
        let mut wanted = vec![0; codes + 1];
        for (_, code) in chosen {
            wanted[(*code as usize).min(codes)] = 1;
        }
        Chosen(Some(wanted))
    }

    #[inline]
    fn has(&self, code: Code) -> bool {
        self.0
            .as_ref()
            .is_none_or(|wanted| wanted[(code as usize).min(wanted.len() - 1)] == 1)
    }

    /// Leaves of the rows those whose code passes; words without a row are not looked at.
    fn keep(&self, rows: &mut FixedBitSet, codes: &[Code]) {
        let Some(wanted) = &self.0 else { return };
        let last = wanted.len() - 1;
        let codes = codes.chunks(Block::BITS as usize);
        for (word, codes) in rows.as_mut_slice().iter_mut().zip(codes) {
            if *word == 0 {
                continue;
            }
            let mut passing = 0;
            for (bit, code) in codes.iter().enumerate() {
                passing |= Block::from(wanted[(*code as usize).min(last)]) << bit;
            }
            *word &= passing;
        }
    }
}

struct Wanted {
    source: Chosen,
    campaign: Chosen,
    segment: Chosen,
    rep: Chosen,
}

impl Wanted {
    fn new(facts: &Facts, filter: &Filter) -> Wanted {
        let names = &facts.names;
        Wanted {
            source: Chosen::new(filter, Dimension::Source, names.sources.len()),
            campaign: Chosen::new(filter, Dimension::Campaign, names.campaigns.len()),
            segment: Chosen::new(filter, Dimension::Segment, names.segments.len()),
            rep: Chosen::new(filter, Dimension::Rep, names.people.len()),
        }
    }

    #[inline]
    fn origin(&self, source: Code, campaign: Code, segment: Code) -> bool {
        self.source.has(source) & self.campaign.has(campaign) & self.segment.has(segment)
    }

    /// Leads and handoffs, column by column: most filters ask one of them.
    fn leads_and_handoffs(&self, facts: &Facts) -> (FixedBitSet, FixedBitSet) {
        let (own, passing) = (&facts.leads, &facts.handoffs);
        let mut leads = rows(own.len(), |row| own.excluded[row] == 0);
        self.source.keep(&mut leads, &own.source);
        self.campaign.keep(&mut leads, &own.campaign);
        self.segment.keep(&mut leads, &own.segment);
        let mut handoffs = rows(passing.len(), |row| {
            leads.contains(passing.lead[row] as usize)
        });
        self.rep.keep(&mut handoffs, &passing.rep);
        self.rep.keep(&mut leads, &own.owner);
        (leads, handoffs)
    }

    fn deals(&self, facts: &Facts) -> FixedBitSet {
        let deals = &facts.opportunities.rows;
        rows(deals.len(), |row| {
            let deal = &deals[row];
            // A duplicate lead may well stand behind a real deal; a test row or an internal one cannot.
            let excluded = |lead: u32| matches!(facts.leads.excluded[lead as usize], 1 | 2);
            let real = deal.lead == NONE || !excluded(deal.lead);
            real && self.origin(deal.source, deal.campaign, deal.segment) && self.rep.has(deal.rep)
        })
    }

    fn spends(&self, facts: &Facts) -> FixedBitSet {
        let (leads, spend) = (&facts.leads, &facts.spend.rows);
        rows(spend.len(), |row| match spend[row].lead {
            NONE => self.spend(spend[row].source, spend[row].campaign),
            lead => {
                // Money spent on a lead that is left out was spent all the same.
                let lead = lead as usize;
                let (source, campaign) = (leads.source[lead], leads.campaign[lead]);
                self.origin(source, campaign, leads.segment[lead])
                    && self.rep.has(leads.owner[lead])
            }
        })
    }

    fn spend(&self, source: Code, campaign: Code) -> bool {
        self.source.has(source)
            && self.campaign.has(campaign)
            && self.segment.0.is_none()
            && self.rep.0.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::facts::leads::LeadRow;

    fn facts() -> Facts {
        let mut facts = Facts::default();
        for (id, name) in [(1, "Webinar"), (2, "Trade show")] {
            facts.names.sources.put(id, name);
        }
        for (id, source) in [(1, 0), (2, 1), (3, NONE), (4, 0)] {
            facts.leads.push(LeadRow {
                id,
                created: Moment(id),
                mql: Moment::NEVER,
                source,
                campaign: NONE,
                segment: NONE,
                owner: NONE,
                account: 0,
                contactable: true,
                excluded: (id == 4).then_some(crate::domain::verdict::Exclusion::Test),
            });
        }
        facts.index();
        facts
    }

    #[test]
    fn filters_partition_the_leads_and_unknown_is_a_value() {
        let facts = facts();
        let rows = |code| {
            let mut filter = Filter::default();
            filter.toggle(Dimension::Source, code);
            Mask::new(&facts, &filter).leads.ones().collect::<Vec<_>>()
        };
        assert_eq!((rows(0), rows(1), rows(NONE)), (vec![0], vec![1], vec![2]));
        let all = Mask::new(&facts, &Filter::default());
        assert_eq!(all.leads.count_ones(..), 3);
    }

    #[test]
    fn a_value_chosen_twice_is_off_again() {
        let mut filter = Filter::default();
        filter.toggle(Dimension::Source, 1);
        filter.toggle(Dimension::Rep, 1);
        assert!(filter.passes(|_| 1) && !filter.passes(|_| 0));
        filter.toggle(Dimension::Source, 1);
        filter.toggle(Dimension::Rep, 1);
        assert!(filter.is_empty());
    }
}
