//! Fills a workspace file with random rows by plain SQL: everything that a metric looks at, and everything that can go wrong.

use rusqlite::{Connection, params};

/// 2025-01-01T00:00:00Z.
pub(crate) const START: i64 = 1_735_689_600;
const DAY: i64 = 86_400;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as i64
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }

    /// An id from 1 to n, or none.
    fn id(&mut self, n: i64) -> Option<i64> {
        (!self.chance(12)).then(|| 1 + self.below(n))
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as i64) as usize]
    }
}

/// A workspace has its settings, reasons and stages already.
pub(crate) fn fill(conn: &Connection, seed: u64) -> rusqlite::Result<()> {
    let mut dice = Dice(seed);
    conn.execute_batch(
        "INSERT INTO source (id, name, side, free) VALUES (101, 'Webinar', 'marketing', 0), (102, 'Trade show', 'marketing', 0),
             (103, 'Outbound', 'sales', 1), (104, 'Partner', 'partner', 0);
         INSERT INTO campaign (id, name) VALUES (1, 'A'), (2, 'B'), (3, 'C'), (4, 'D'), (5, 'E');
         INSERT INTO segment (id, name, sla_minutes) VALUES (1, 'SMB', 60), (2, 'Mid', NULL), (3, 'Large', 1500);
         INSERT INTO fx_rate (currency, from_on, rate) VALUES ('USD', 18000, '0.9'), ('USD', 20179, '0.8');
         INSERT INTO account (id, name) SELECT value, 'Account ' || value FROM (WITH RECURSIVE n(value) AS
             (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 15) SELECT value FROM n);
         INSERT INTO holiday (on_on, name) VALUES (20179, 'one'), (20184, 'two');
         UPDATE reason SET retired = 1, successor_id = (SELECT min(id) FROM reason) WHERE id = (SELECT min(id) + 3 FROM reason);",
    )?;
    let reasons: i64 = conn.query_row("SELECT count(*) FROM reason", [], |row| row.get(0))?;
    let stages: i64 = conn.query_row("SELECT count(*) FROM stage", [], |row| row.get(0))?;
    for lead in 1..=260 {
        lead_of(conn, &mut dice, lead, reasons)?;
    }
    challenges(conn)?;
    criteria(conn)?;
    feedback(conn, &mut dice)?;
    for deal in 1..=150 {
        deal_of(conn, &mut dice, deal, reasons, stages)?;
    }
    for _ in 0..90 {
        let lead = dice.chance(20).then(|| 1 + dice.below(260));
        conn.execute(
            "INSERT INTO spend (source_id, campaign_id, lead_id, on_on, kind, amount_minor, currency) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                dice.id(2).map(|id| id + 100),
                dice.id(5),
                lead,
                START / DAY + dice.below(180),
                dice.one(&["media", "media", "media", "tools", "marketing_people", "sales_people"]),
                dice.below(60_000) * 10,
                dice.one(&["EUR", "EUR", "EUR", "USD", "GBP"]),
            ],
        )?;
    }
    Ok(())
}

/// Two versions; two handoffs of three bear the stamp of one of them.
fn criteria(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        r#"INSERT INTO criteria (id, number, state, edited_at, proposed_at, marketing_by, marketing_at, sales_by, sales_at, in_force_at)
             VALUES (1, 1, 'signed', 0, 0, 1, 0, 2, 0, 0), (2, 2, 'signed', 0, 0, 1, 0, 2, 0, 9);
         INSERT INTO criteria_rule (criteria_id, position, kind, class, field, operator, vals, edited_at) VALUES
             (1, 1, 'must', 'fit', 'source', 'in', '[["text", "Webinar"], ["text", "Trade show"]]', 0),
             (2, 1, 'must', 'fit', 'campaign', 'is known', '[]', 0),
             (2, 2, 'must_not', 'engagement', 'source', '=', '[["text", "Outbound"]]', 0);
         UPDATE handoff SET criteria_id = id % 3 WHERE id % 3 > 0;"#,
    )
}

/// Every second rejection is challenged once; some handoffs without a verdict had one that was overturned.
fn challenges(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "INSERT INTO challenge (handoff_id, state, opened_at, argument, was_at, was_reason_id, was_evidence, settlement, must_change,
                                marketing_by, marketing_at, sales_by, sales_at, settled_at)
         SELECT id, CASE id % 6 WHEN 0 THEN 'open' WHEN 2 THEN 'withdrawn' ELSE 'settled' END, verdict_at + 3600, 'why', verdict_at, reason_id, evidence,
                iif(id % 6 = 4, 'upheld', NULL), iif(id % 6 = 4, 'form', NULL), iif(id % 6 = 4, 1, NULL), iif(id % 6 = 4, verdict_at + 90000, NULL),
                iif(id % 6 = 4, 2, NULL), iif(id % 6 = 4, verdict_at + 90000, NULL), iif(id % 6 = 4, verdict_at + 90000, NULL)
         FROM handoff WHERE verdict = 'rejected' AND id % 2 = 0;
         INSERT INTO challenge (handoff_id, state, opened_at, argument, was_at, was_reason_id, was_evidence, settlement,
                                marketing_by, marketing_at, sales_by, sales_at, settled_at)
         SELECT id, 'settled', handed_off_at + 90000, 'why', handed_off_at + 86400, 1, 'none', 'overturned',
                1, handed_off_at + 180000, 2, handed_off_at + 180000, handed_off_at + 180000
         FROM handoff WHERE verdict IS NULL AND id % 3 = 0;",
    )
}

/// Clusters by source or campaign, from raised to checked; some share a rep only.
fn feedback(conn: &Connection, dice: &mut Dice) -> rusqlite::Result<()> {
    for cluster in 1..=40 {
        let raised = START + dice.below(170 * DAY);
        let state = dice.one(&["new", "acknowledged", "acted", "checked"]);
        let noted = (state != "new").then(|| raised + dice.below(20 * DAY));
        let acted = matches!(state, "acted" | "checked").then(|| raised + dice.below(40 * DAY));
        let checked = (state == "checked").then(|| raised + 90 * DAY);
        conn.execute(
            "INSERT OR IGNORE INTO feedback (reason_id, source_id, campaign_id, rep_id, state, raised_at, acknowledged_at, acted_at, act, act_text,
                                   then_hits, then_n, checked_at, now_hits, now_n)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, iif(?8 IS NULL, NULL, 'form'), iif(?8 IS NULL, NULL, 'x'), iif(?8 IS NULL, NULL, 1),
                     iif(?8 IS NULL, NULL, 2), ?9, iif(?9 IS NULL, NULL, 0), iif(?9 IS NULL, NULL, 2))",
            // A cluster that is open already is left out.
            params![1 + cluster % 12, dice.id(4).map(|id| id + 100), dice.id(5), 1 + cluster % 3, state, raised, noted, acted, checked],
        )?;
    }
    Ok(())
}

fn lead_of(conn: &Connection, dice: &mut Dice, lead: i64, reasons: i64) -> rusqlite::Result<()> {
    let created = START + dice.below(170 * DAY);
    let excluded = dice
        .chance(8)
        .then(|| dice.one(&["test", "internal", "duplicate"]));
    conn.execute(
        "INSERT INTO lead (id, name, email, account_id, source_id, campaign_id, segment_id, owner_id, created_at, mql_at, excluded)
         VALUES (?1, 'x', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            lead,
            (!dice.chance(5)).then(|| format!("{lead}@example.com")),
            dice.id(15),
            dice.id(4).map(|id| id + 100),
            dice.id(5),
            dice.id(3),
            dice.id(3),
            created,
            dice.chance(60).then(|| created + dice.below(4 * DAY)),
            excluded,
        ],
    )?;
    let mut from = created;
    let hand_overs = if dice.chance(75) {
        1 + i64::from(dice.chance(25))
    } else {
        0
    };
    for number in 1..=hand_overs {
        from = handoff_of(conn, dice, (lead, number), from, reasons)?;
    }
    Ok(())
}

fn handoff_of(
    conn: &Connection,
    dice: &mut Dice,
    (lead, number): (i64, i64),
    from: i64,
    reasons: i64,
) -> rusqlite::Result<i64> {
    let handed_off = from + dice.below(3 * DAY);
    let verdict = dice.chance(80).then(|| {
        dice.one(&[
            "accepted", "accepted", "rejected", "rejected", "rejected", "recycled",
        ])
    });
    let verdict_at = verdict.map(|_| handed_off + dice.below(15 * DAY) * dice.below(6).min(1));
    conn.execute(
        "INSERT INTO handoff (lead_id, number, handed_off_at, assigned_at, owner_id, verdict, verdict_at, reason_id, evidence, recycle_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            lead,
            number,
            handed_off,
            dice.chance(90).then(|| handed_off + dice.below(2 * DAY)),
            dice.id(3),
            verdict,
            verdict_at,
            (verdict == Some("rejected")).then(|| 1 + dice.below(reasons)),
            verdict.map(|_| dice.one(&["spoke", "attempts", "objective", "none", "none"])),
            (verdict == Some("recycled")).then_some(20_500),
        ],
    )?;
    let handoff = conn.last_insert_rowid();
    for _ in 0..dice.below(5) {
        conn.execute(
            "INSERT INTO attempt (handoff_id, at, channel, outcome, minutes) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                handoff,
                // Sometimes before the lead came in: data errors exist.
                handed_off - DAY + dice.below(9 * DAY),
                dice.one(&["call", "email", "meeting", "message", "visit"]),
                dice.one(&["no_answer", "no_answer", "voicemail", "connected", "meeting_held", "no_show", "bounced", "sent"]),
                dice.chance(50).then(|| dice.below(60)),
            ],
        )?;
    }
    Ok(verdict_at.unwrap_or(handed_off))
}

fn deal_of(
    conn: &Connection,
    dice: &mut Dice,
    deal: i64,
    reasons: i64,
    stages: i64,
) -> rusqlite::Result<()> {
    let created = START + dice.below(160 * DAY);
    let lead = dice.chance(85).then(|| 1 + dice.below(260));
    let handoff: Option<i64> = match lead.filter(|_| dice.chance(60)) {
        Some(lead) => {
            let sql = "SELECT max(id) FROM handoff WHERE lead_id = ?1";
            conn.query_row(sql, [lead], |row| row.get(0))?
        }
        None => None,
    };
    let currency = dice.one(&["EUR", "EUR", "EUR", "EUR", "USD", "GBP"]);
    let amount = dice.chance(90).then(|| 10 + dice.below(400_000) * 10);
    let qualified = dice.chance(65).then(|| created + dice.below(25 * DAY));
    let outcome = dice
        .chance(60)
        .then(|| dice.one(&["won", "won", "lost", "lost", "no_decision"]));
    let closed = outcome.map(|_| created + dice.below(70 * DAY));
    let close_on = created / DAY + dice.below(120);
    conn.execute(
        "INSERT INTO opportunity (id, name, account_id, lead_id, handoff_id, source_id, campaign_id, segment_id, owner_id, created_at,
             stage_id, stage_since_at, last_activity_at, amount_minor, currency, close_on, conversation_at, criteria_confirmed, evidence,
             qualified_at, qualified_minor, qualified_currency, outcome, closed_at, lost_reason_id, delivery_cost_minor, reversed_at)
         VALUES (?1, 'd', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1, 'logged', ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        params![
            deal,
            dice.id(15),
            lead,
            handoff,
            dice.id(4).map(|id| id + 100),
            dice.id(5),
            dice.id(3),
            dice.id(3),
            created,
            1 + dice.below(stages),
            dice.chance(80).then(|| created + dice.below(20 * DAY)),
            dice.chance(70).then(|| created + dice.below(60 * DAY)),
            amount,
            currency,
            close_on,
            created,
            qualified,
            qualified.map(|_| 10 + dice.below(400_000) * 10),
            qualified.map(|_| currency),
            outcome,
            closed,
            (outcome == Some("lost")).then(|| 1 + dice.below(reasons)),
            (outcome.is_some() && dice.chance(60)).then(|| dice.below(100_000) * 10),
            dice.chance(15).then(|| created + dice.below(90 * DAY)),
        ],
    )?;
    let mut behind: Vec<i64> = lead.into_iter().collect();
    if dice.chance(25) {
        behind.push(1 + dice.below(260));
    }
    for lead in behind {
        conn.execute(
            "INSERT OR IGNORE INTO opportunity_lead (opportunity_id, lead_id) VALUES (?1, ?2)",
            [deal, lead],
        )?;
    }
    events_of(
        conn,
        dice,
        deal,
        (created, qualified, amount, close_on),
        stages,
    )
}

fn events_of(
    conn: &Connection,
    dice: &mut Dice,
    deal: i64,
    (created, qualified, amount, close_on): (i64, Option<i64>, Option<i64>, i64),
    stages: i64,
) -> rusqlite::Result<()> {
    let put = "INSERT INTO opportunity_event (opportunity_id, at, kind, before, after) VALUES (?1, ?2, ?3, ?4, ?5)";
    let passed = dice.below(3);
    for n in 0..dice.below(6).max(passed + 1) {
        if let (Some(at), true) = (qualified, n == passed) {
            conn.execute(
                put,
                params![deal, at, "qualified", None::<String>, None::<String>],
            )?;
        }
        let (kind, before, after) = match dice.below(3) {
            0 => (
                "amount",
                amount.unwrap_or(990),
                10 + dice.below(400_000) * 10,
            ),
            1 => ("close_on", close_on, close_on + dice.below(60) - 30),
            _ => ("stage", 1 + dice.below(stages), 1 + dice.below(stages)),
        };
        // Some fall into the second in which the deal qualifies, before that or after.
        let at = match qualified.filter(|_| dice.chance(30)) {
            Some(at) => at,
            None => created + dice.below(80 * DAY),
        };
        conn.execute(
            put,
            params![deal, at, kind, before.to_string(), after.to_string()],
        )?;
    }
    Ok(())
}
