//! Which line of a breakdown each row belongs to. Adds nothing up.

use crate::domain::policy::SourceSide;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::filter::Dimension;
use crate::metrics::rowset::Table;

/// Lines by number: what stands for the codes of a dimension.
pub(super) struct Places<'a> {
    facts: &'a Facts,
    dimension: Dimension,
    of_leads: &'a [Code],
    /// Their own, where handoffs do not take their lead's.
    of_handoffs: Option<&'a [Code]>,
    /// From codes to places; the last stands for "unknown".
    place_of: Vec<u32>,
    /// How many places there are.
    pub count: usize,
}

impl<'a> Places<'a> {
    /// One for each code, "unknown" behind them.
    pub(super) fn by_code(facts: &'a Facts, dimension: Dimension) -> Places<'a> {
        let (leads, names) = (&facts.leads, &facts.names);
        let (codes, of_leads) = match dimension {
            Dimension::Source => (names.sources.len(), &leads.source),
            Dimension::Campaign => (names.campaigns.len(), &leads.campaign),
            Dimension::Segment => (names.segments.len(), &leads.segment),
            Dimension::Rep => (names.people.len(), &leads.owner),
        };
        Places {
            facts,
            dimension,
            of_leads,
            of_handoffs: (dimension == Dimension::Rep).then_some(&facts.handoffs.rep),
            place_of: (0..=codes as u32).collect(),
            count: codes + 1,
        }
    }

    /// One for each side of the sources (C12).
    pub(super) fn by_side(facts: &'a Facts) -> Places<'a> {
        let sources = 0..facts.names.sources.len() as Code;
        let sides = sources.chain([NONE]).map(|code| facts.names.side(code));
        Places {
            place_of: sides.map(|side| side as u32).collect(),
            count: SourceSide::ALL.len(),
            ..Places::by_code(facts, Dimension::Source)
        }
    }

    /// What tells these lines from others: the dimension and how many there are.
    pub(super) fn id(&self) -> (Dimension, usize) {
        (self.dimension, self.count)
    }

    #[inline]
    fn of_code(&self, code: Code) -> usize {
        self.place_of[(code as usize).min(self.place_of.len() - 1)] as usize
    }

    #[inline]
    pub(super) fn lead(&self, row: u32) -> usize {
        self.of_code(self.of_leads[row as usize])
    }

    #[inline]
    pub(super) fn handoff(&self, row: u32) -> usize {
        match self.of_handoffs {
            Some(own) => self.of_code(own[row as usize]),
            None => self.lead(self.facts.handoffs.lead[row as usize]),
        }
    }

    #[inline]
    pub(super) fn deal(&self, row: u32) -> usize {
        let deal = &self.facts.opportunities.rows[row as usize];
        self.of_code(match self.dimension {
            Dimension::Source => deal.source,
            Dimension::Campaign => deal.campaign,
            Dimension::Segment => deal.segment,
            Dimension::Rep => deal.rep,
        })
    }

    /// `None` where the filter of the dimension never lets the row through.
    fn spend(&self, row: u32) -> Option<usize> {
        let spend = &self.facts.spend.rows[row as usize];
        match (spend.lead, self.dimension) {
            (NONE, Dimension::Source) => Some(self.of_code(spend.source)),
            (NONE, Dimension::Campaign) => Some(self.of_code(spend.campaign)),
            (NONE, _) => None,
            (lead, _) => Some(self.lead(lead)),
        }
    }

    /// `None` where the cluster does not name one.
    fn feedback(&self, row: u32) -> Option<usize> {
        let shared = self.facts.feedback[row as usize].shared;
        let own = Dimension::ALL.iter().zip(shared);
        let (_, code) = own.into_iter().find(|(of, _)| **of == self.dimension)?;
        code.map(|code| self.of_code(code))
    }

    /// The place of a row; `None` where the filter of the dimension never lets it through.
    pub(super) fn of(&self, table: Table, row: u32) -> Option<usize> {
        match table {
            Table::Leads => Some(self.lead(row)),
            Table::Handoffs => Some(self.handoff(row)),
            Table::Opportunities => Some(self.deal(row)),
            Table::Spend => self.spend(row),
            Table::Feedback => self.feedback(row),
        }
    }
}
