//! Reads what the room reviews: challenges, feedback on clusters, lists of domains. Writes nothing.

use rusqlite::{Connection, Row, params};

use super::Store;
use super::apply::proposal;
use super::book::rows;
use super::error::{Doing, StoreError};
use super::pages::{moment, word};
use crate::domain::card::Happening;
use crate::domain::ids::{ChallengeId, FeedbackId, HandoffId, LeadId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::review::feedback::{Act, FeedbackLine, FeedbackState, Rate, Shared};
use crate::domain::review::line::{ChallengeLine, Rejection};
use crate::domain::review::lists::{DomainList, Lists};
use crate::domain::review::{ChallengeState, Settlement};
use crate::domain::verdict::Evidence;

const CHALLENGES: &str = "SELECT c.id, c.handoff_id, h.lead_id, l.name, c.state, c.opened_at, o.name, c.argument, c.was_at, w.name,
        r.label, c.was_note, c.was_evidence, c.settlement, c.must_change, c.recycle_on, c.rule, c.remark, m.name, s.name,
        c.settled_at
    FROM challenge c JOIN handoff h ON h.id = c.handoff_id JOIN lead l ON l.id = h.lead_id
    JOIN reason r ON r.id = c.was_reason_id LEFT JOIN person o ON o.id = c.opened_by
    LEFT JOIN person w ON w.id = c.was_by LEFT JOIN person m ON m.id = c.marketing_by
    LEFT JOIN person s ON s.id = c.sales_by";

impl Store {
    /// Challenges, oldest first: of one state, or all.
    pub fn challenges(
        &self,
        state: Option<ChallengeState>,
    ) -> Result<Vec<ChallengeLine>, StoreError> {
        let sql = format!("{CHALLENGES} WHERE ?1 IS NULL OR c.state = ?1 ORDER BY c.id");
        lines(&self.conn, &sql, state.map(ChallengeState::word))
    }

    /// The challenges of a lead, oldest first.
    pub fn challenges_of(&self, lead: LeadId) -> Result<Vec<ChallengeLine>, StoreError> {
        of_lead(&self.conn, lead.0)
    }

    /// One challenge; `None` where there is no such (any more).
    pub fn challenge(&self, id: ChallengeId) -> Result<Option<ChallengeLine>, StoreError> {
        let sql = format!("{CHALLENGES} WHERE c.id = ?1");
        Ok(lines(&self.conn, &sql, id.0)?.into_iter().next())
    }

    /// Feedback on clusters of rejections, oldest first.
    pub fn feedback(&self) -> Result<Vec<FeedbackLine>, StoreError> {
        rows(
            &self.conn,
            "SELECT f.id, r.code, r.label, s.name, c.name, g.name, p.handle, p.name, f.state, f.note, f.raised_at, a.name,
                    f.acknowledged_at, b.name, f.acted_at, d.name, f.act, f.act_text, f.then_hits, f.then_n, f.checked_at,
                    e.name, f.now_hits, f.now_n
             FROM feedback f LEFT JOIN reason r ON r.id = f.reason_id LEFT JOIN source s ON s.id = f.source_id
             LEFT JOIN campaign c ON c.id = f.campaign_id LEFT JOIN segment g ON g.id = f.segment_id
             LEFT JOIN person p ON p.id = f.rep_id LEFT JOIN person a ON a.id = f.raised_by
             LEFT JOIN person b ON b.id = f.acknowledged_by LEFT JOIN person d ON d.id = f.acted_by
             LEFT JOIN person e ON e.id = f.checked_by ORDER BY f.id",
            feedback_line,
        )
    }
}

/// The lists of domains.
pub(super) fn lists(conn: &Connection) -> Result<Lists, StoreError> {
    let entries = rows(
        conn,
        "SELECT list, domain FROM domain_list ORDER BY list, domain",
        |row| Ok(word(row, 0, DomainList::parse)?.zip(row.get::<_, Option<String>>(1)?)),
    )?;
    Ok(Lists::new(entries.into_iter().flatten()))
}

fn of_lead(conn: &Connection, lead: i64) -> Result<Vec<ChallengeLine>, StoreError> {
    lines(
        conn,
        &format!("{CHALLENGES} WHERE h.lead_id = ?1 ORDER BY c.id"),
        lead,
    )
}

fn lines(
    conn: &Connection,
    sql: &str,
    of: impl rusqlite::ToSql,
) -> Result<Vec<ChallengeLine>, StoreError> {
    let doing = "reading the challenges";
    conn.prepare_cached(sql)
        .doing(doing)?
        .query_map(params![of], challenge_line)
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)
}

fn challenge_line(row: &Row<'_>) -> rusqlite::Result<ChallengeLine> {
    Ok(ChallengeLine {
        id: ChallengeId(row.get(0)?),
        handoff: HandoffId(row.get(1)?),
        lead: LeadId(row.get(2)?),
        name: row.get(3)?,
        state: word(row, 4, ChallengeState::parse)?.unwrap_or(ChallengeState::Open),
        opened: (Moment(row.get(5)?), row.get(6)?),
        argument: row.get(7)?,
        was: Rejection {
            at: Moment(row.get(8)?),
            by: row.get(9)?,
            reason: row.get(10)?,
            note: row.get(11)?,
            evidence: word(row, 12, Evidence::parse)?.unwrap_or(Evidence::None),
        },
        proposal: proposal(row, [13, 14, 15, 16])?,
        remark: row.get(17)?,
        marketing: row.get(18)?,
        sales: row.get(19)?,
        settled: moment(row, 20)?,
    })
}

fn feedback_line(row: &Row<'_>) -> rusqlite::Result<FeedbackLine> {
    let done = |at: usize| -> rusqlite::Result<Option<(Moment, Option<String>)>> {
        let by: Option<String> = row.get(at + 1)?;
        Ok(moment(row, at)?.map(|at| (at, by)))
    };
    let rate = |at: usize| -> rusqlite::Result<Option<Rate>> {
        let (hits, n): (Option<i64>, Option<i64>) = (row.get(at)?, row.get(at + 1)?);
        Ok(hits.zip(n).map(|(hits, n)| Rate { hits, n }))
    };
    let act = word(row, 16, Act::parse)?.zip(row.get::<_, Option<String>>(17)?);
    Ok(FeedbackLine {
        id: FeedbackId(row.get(0)?),
        shared: Shared {
            reason: row.get(1)?,
            source: row.get(3)?,
            campaign: row.get(4)?,
            segment: row.get(5)?,
            rep: row.get(6)?,
        },
        reason_label: row.get(2)?,
        rep_name: row.get(7)?,
        state: word(row, 8, FeedbackState::parse)?.unwrap_or(FeedbackState::New),
        note: row.get(9)?,
        raised: (Moment(row.get(10)?), row.get(11)?),
        acknowledged: done(12)?,
        acted: done(14)?,
        act: act
            .zip(rate(18)?)
            .map(|((act, text), rate)| (act, text, rate)),
        checked: done(20)?,
        now: rate(22)?,
    })
}

/// What was said about a lead's rejections, for its timeline. A rejection that its handoff does not show any more is told from
/// here.
pub(super) fn happenings(conn: &Connection, lead: i64) -> Result<Vec<Happening>, StoreError> {
    let mut timeline = Vec::new();
    for line in of_lead(conn, lead)? {
        let withdrawn = if line.state == ChallengeState::Withdrawn {
            " (withdrawn)"
        } else {
            ""
        };
        timeline.push(Happening {
            at: line.opened.0,
            side: Some(Side::Marketing),
            what: format!("rejection challenged{withdrawn}"),
            by: line.opened.1,
            note: Some(line.argument),
        });
        let (Some(at), Some(proposal)) = (line.settled, line.proposal) else {
            continue;
        };
        let both: Vec<String> = line.marketing.into_iter().chain(line.sales).collect();
        timeline.push(Happening {
            at,
            side: None,
            what: format!("settled: {proposal}"),
            by: Some(both.join(", ")),
            note: line.remark,
        });
        let gone = match proposal.settlement() {
            Settlement::Overturned => "overturned",
            Settlement::Recycled => "recycled by the room",
            Settlement::Upheld | Settlement::CriteriaGap => continue,
        };
        timeline.push(Happening {
            at: line.was.at,
            side: Some(Side::Sales),
            what: format!("rejected: {} ({gone} since)", line.was.reason),
            by: line.was.by,
            note: line.was.note,
        });
    }
    Ok(timeline)
}
