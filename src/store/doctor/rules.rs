//! The rules of the domain as questions to the whole file: each finds the rows that break it.

use rusqlite::Connection;

use super::super::book::rows;
use super::super::error::StoreError;
use super::{Finding, Health, Weight};

/// Challenges that hold on to a rejection which does not stand as they found it.
pub(in crate::store) const FALLEN: &str = "SELECT c.id FROM challenge c JOIN handoff h ON h.id = c.handoff_id
         WHERE (c.state = 'open' OR (c.state = 'settled' AND (c.settlement = 'upheld' OR c.settlement = 'criteria_gap')))
           AND (h.verdict IS NOT 'rejected' OR h.verdict_at IS NOT c.was_at OR h.reason_id IS NOT c.was_reason_id)";

/// A rule over all rows.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What the rows have that break it; reads on from "3 handoffs".
    pub broken: &'static str,
    /// Which rows, in the plural.
    pub of: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// What to do.
    pub cure: &'static str,
    /// Finds the ids of the rows that break it.
    pub sql: &'static str,
}

const fn fault(
    of: &'static str,
    broken: &'static str,
    cure: &'static str,
    sql: &'static str,
) -> Rule {
    Rule {
        broken,
        of,
        weight: Weight::Fault,
        cure,
        sql,
    }
}

const BACKUP: &str = "compare with the last backup; the journal says who changed them last";

/// Every rule.
pub const RULES: &[Rule] = &[
    fault(
        "versions of the criteria",
        "are signed without marketing or sales, by one person for both, or were changed after they were signed",
        BACKUP,
        "SELECT c.id FROM criteria c WHERE c.state = 'signed' AND (c.marketing_by IS NULL OR c.sales_by IS NULL
           OR c.marketing_by = c.sales_by OR c.edited_at > min(c.marketing_at, c.sales_at)
           OR EXISTS (SELECT 1 FROM criteria_rule r WHERE r.criteria_id = c.id AND r.edited_at > min(c.marketing_at, c.sales_at)))",
    ),
    fault(
        "handoffs",
        "are judged by a version of the criteria that is gone or was not in force then",
        BACKUP,
        "SELECT h.id FROM handoff h LEFT JOIN criteria c ON c.id = h.criteria_id
         WHERE h.criteria_id IS NOT NULL AND (c.in_force_at IS NULL OR c.in_force_at > h.handed_off_at)",
    ),
    fault(
        "deals",
        "are qualified and miss a part of the gate (conversation, stage, close date, value, criteria)",
        BACKUP,
        "SELECT o.id FROM opportunity o LEFT JOIN stage s ON s.id = o.stage_id
         WHERE o.qualified_at IS NOT NULL AND (o.conversation_at IS NULL OR o.close_on IS NULL
           OR coalesce(o.qualified_minor, 0) <= 0 OR o.criteria_confirmed = 0 OR coalesce(s.position, 0) < 1
           OR o.evidence = 'none' OR o.qualified_currency IS NULL)",
    ),
    fault(
        "rejections",
        "have no reason",
        "give each its reason",
        "SELECT id FROM handoff WHERE verdict = 'rejected' AND reason_id IS NULL",
    ),
    fault(
        "rejections",
        "need a note and have none",
        "say in a note what the reason was",
        "SELECT h.id FROM handoff h JOIN reason r ON r.id = h.reason_id
         WHERE h.verdict = 'rejected' AND r.needs_note = 1 AND coalesce(trim(h.note), '') = ''
           AND coalesce(trim(h.reason_text), '') = ''",
    ),
    fault(
        "verdicts",
        "lack their moment or what they rest on",
        BACKUP,
        "SELECT id FROM handoff WHERE verdict IS NOT NULL AND (verdict_at IS NULL OR evidence IS NULL)",
    ),
    fault(
        "recycled leads",
        "have no date on which they come back",
        "give each a date",
        "SELECT id FROM handoff WHERE verdict = 'recycled' AND recycle_on IS NULL",
    ),
    fault(
        "deals",
        "do not name their first lead among the leads behind them",
        BACKUP,
        "SELECT o.id FROM opportunity o WHERE o.lead_id IS NOT NULL AND NOT EXISTS
           (SELECT 1 FROM opportunity_lead x WHERE x.opportunity_id = o.id AND x.lead_id = o.lead_id)",
    ),
    fault(
        "deals",
        "name a handoff of another lead",
        BACKUP,
        "SELECT o.id FROM opportunity o JOIN handoff h ON h.id = o.handoff_id WHERE h.lead_id IS NOT o.lead_id",
    ),
    fault(
        "deals",
        "have ended without a moment, or have a moment without an end",
        BACKUP,
        "SELECT id FROM opportunity WHERE (outcome IS NULL) <> (closed_at IS NULL)",
    ),
    fault(
        "amounts",
        "have no currency",
        BACKUP,
        "SELECT id FROM opportunity WHERE amount_minor IS NOT NULL AND currency IS NULL",
    ),
    fault(
        "dates",
        "lie outside 1970 to 2106",
        BACKUP,
        "SELECT id FROM lead WHERE created_at NOT BETWEEN 0 AND 4294967294
         UNION ALL SELECT id FROM handoff WHERE handed_off_at NOT BETWEEN 0 AND 4294967294
         UNION ALL SELECT id FROM opportunity WHERE created_at NOT BETWEEN 0 AND 4294967294",
    ),
    fault(
        "reasons",
        "stand for themselves, or for each other",
        "name another reason that stands for each",
        "SELECT r.id FROM reason r JOIN reason s ON s.id = r.successor_id WHERE s.id = r.id OR s.successor_id = r.id",
    ),
    fault(
        "leads",
        "are duplicates of themselves",
        BACKUP,
        "SELECT id FROM lead WHERE duplicate_of = id",
    ),
    fault(
        "settled challenges",
        "lack the confirmation of a side, or have one person for both",
        BACKUP,
        "SELECT id FROM challenge WHERE state = 'settled' AND (settlement IS NULL OR settled_at IS NULL
           OR marketing_by IS NULL OR sales_by IS NULL OR marketing_by = sales_by)",
    ),
    fault(
        "handoffs",
        "have more than one open challenge",
        "withdraw all but one",
        "SELECT handoff_id FROM challenge WHERE state = 'open' GROUP BY handoff_id HAVING count(*) > 1",
    ),
    fault(
        "challenges",
        "speak of a rejection that does not stand so any more",
        BACKUP,
        FALLEN,
    ),
    fault(
        "overturned or recycled rejections",
        "still stand as rejections",
        BACKUP,
        "SELECT c.id FROM challenge c JOIN handoff h ON h.id = c.handoff_id WHERE c.state = 'settled'
           AND ((c.settlement = 'overturned' AND h.verdict = 'rejected' AND h.verdict_at < c.settled_at)
             OR (c.settlement = 'recycled' AND h.verdict IS NOT 'recycled'))",
    ),
    fault(
        "clusters of feedback",
        "are open more than once",
        BACKUP,
        "SELECT min(id) FROM feedback WHERE state <> 'checked'
         GROUP BY reason_id, source_id, campaign_id, segment_id, rep_id HAVING count(*) > 1",
    ),
    Rule {
        of: "confirmations",
        broken: "are by people who sit on another side now",
        weight: Weight::Note,
        cure: "nothing is to be done where they changed sides since; else look at the journal",
        sql: "SELECT c.id FROM challenge c LEFT JOIN person m ON m.id = c.marketing_by
                LEFT JOIN person s ON s.id = c.sales_by
              WHERE m.side <> 'marketing' OR s.side <> 'sales'",
    },
    Rule {
        of: "rejections",
        broken: "rest on attempts, but fewer than agreed are logged here",
        weight: Weight::Note,
        cure: "log the attempts, or import them; until then look at these with care",
        sql: "SELECT h.id FROM handoff h WHERE h.verdict = 'rejected' AND h.evidence = 'attempts'
                AND (SELECT count(*) FROM attempt a WHERE a.handoff_id = h.id AND a.at <= h.verdict_at)
                  < coalesce((SELECT value FROM setting WHERE key = 'min_attempts'), 3)",
    },
    Rule {
        of: "handoffs",
        broken: "have a verdict from before they were handed over",
        weight: Weight::Note,
        cure: "check the dates in the source; speed and latency leave these out",
        sql: "SELECT id FROM handoff WHERE verdict_at < handed_off_at",
    },
    Rule {
        of: "deals",
        broken: "have no lead behind them",
        weight: Weight::Note,
        cure: "import the leads, then the deals again",
        sql: "SELECT id FROM opportunity WHERE lead_id IS NULL",
    },
];

impl Rule {
    /// Asks and, where rows break the rule, adds a finding with some of their ids.
    pub(super) fn check(&self, conn: &Connection, health: &mut Health) -> Result<(), StoreError> {
        let ids = rows(conn, self.sql, |row| row.get::<_, i64>(0))?;
        if ids.is_empty() {
            return Ok(());
        }
        let some: Vec<String> = ids.iter().take(5).map(ToString::to_string).collect();
        let more = if ids.len() > some.len() { ", …" } else { "" };
        health.findings.push(Finding {
            weight: self.weight,
            what: format!(
                "{} {} {} (id {}{more})",
                ids.len(),
                self.of,
                self.broken,
                some.join(", ")
            ),
            cure: self.cure.to_owned(),
        });
        Ok(())
    }
}
