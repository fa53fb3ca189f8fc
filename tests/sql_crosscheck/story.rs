//! The demo's rejections: every cell of the matrix, its money and hours, and who shows no proof, once more by plain SQL.

use std::collections::BTreeSet;

use rusqlite::Connection;
use smarketing::demo::{AS_OF, generate};
use smarketing::domain::command::{Author, Command};
use smarketing::domain::period::Period;
use smarketing::metrics::Scope;
use smarketing::metrics::review::{Flag, Flags, Known, Review};
use smarketing::store::{Access, Store};

/// Berlin's summers of the demo, from the last Sunday of March to that of October, 1:00 UTC.
fn ahead(column: &str) -> String {
    format!(
        "iif({column} BETWEEN 1711846800 AND 1729990799 OR {column} BETWEEN 1743296400 AND 1761440399, 7200, 3600)"
    )
}

const SCOPE: &str = "
CREATE TEMP TABLE p AS SELECT {start} AS s, min({end}, {as_of} + 1) AS e;
CREATE TEMP TABLE h AS
SELECT h.id, l.id AS lead, l.created_at AS created, l.source_id, l.campaign_id, l.segment_id, h.owner_id AS rep, h.verdict, h.verdict_at AS at,
    h.evidence, h.reason_id AS reason, r.code, h.evidence = 'none' AND NOT coalesce(r.objective, 0) AS unverified, 0 AS again,
    (SELECT coalesce(sum(coalesce(t.minutes, CASE t.channel WHEN 'call' THEN 8 WHEN 'email' THEN 5 WHEN 'meeting' THEN 45 WHEN 'message' THEN 3 ELSE 90 END)), 0)
       FROM attempt t WHERE t.handoff_id = h.id AND t.at <= h.verdict_at) AS minutes
FROM handoff h JOIN lead l ON l.id = h.lead_id LEFT JOIN reason r ON r.id = h.reason_id
WHERE h.number = 1 AND l.excluded IS NULL AND h.verdict_at <= {as_of};
CREATE TEMP TABLE cost AS
WITH born AS (SELECT source_id, strftime('%Y-%m', created_at + {ahead}, 'unixepoch') AS month, count(*) AS n FROM lead
              WHERE excluded IS NULL AND coalesce(email, phone, social) IS NOT NULL GROUP BY 1, 2),
paid AS (SELECT source_id, strftime('%Y-%m', on_on * 86400, 'unixepoch') AS month, sum(amount_minor) AS amount
         FROM spend WHERE kind IN ('media', 'tools') GROUP BY 1, 2)
SELECT b.source_id, b.month, iif(coalesce(a.amount, 0) = 0, iif((SELECT free FROM source WHERE source.id = b.source_id), 0, NULL), (a.amount * 2 + n) / (n * 2)) AS each
FROM born b LEFT JOIN paid a ON a.source_id IS b.source_id AND a.month = b.month;
";

/// Objective rejections without a proof in the file, reason by reason.
const UNSEEN: &str = "
WITH listed AS (SELECT domain, list FROM domain_list),
who AS (SELECT h.*, l.duplicate_of, l.name, l.account_id, a.domain AS company, lower(substr(l.email, instr(l.email, '@') + 1)) AS mail,
            l.email IS NULL AND l.phone IS NULL AND l.social IS NULL AS unaddressed,
            EXISTS (SELECT 1 FROM attempt t WHERE t.handoff_id = h.id AND t.outcome = 'bounced' AND t.at <= h.at) AS bounced
        FROM h JOIN p ON h.at >= s AND h.at < e JOIN lead l ON l.id = h.lead LEFT JOIN account a ON a.id = l.account_id
        WHERE h.verdict = 'rejected' AND (h.evidence = 'objective' OR h.evidence = 'none' AND NOT h.unverified))
SELECT id FROM who WHERE NOT CASE code
    WHEN 'duplicate' THEN duplicate_of IS NOT NULL OR EXISTS (SELECT 1 FROM lead o WHERE o.duplicate_of = who.lead)
        OR EXISTS (SELECT 1 FROM lead o WHERE o.account_id = who.account_id AND o.id <> who.lead AND lower(o.name) = lower(who.name) AND o.created_at <= who.at)
    WHEN 'bad_contact_data' THEN bounced OR unaddressed OR mail IN (SELECT domain FROM listed WHERE list = 'disposable')
    WHEN 'competitor' THEN mail IN (SELECT domain FROM listed WHERE list = 'competitor') OR company IN (SELECT domain FROM listed WHERE list = 'competitor')
    WHEN 'existing_customer' THEN EXISTS (SELECT 1 FROM opportunity o WHERE o.outcome = 'won' AND o.closed_at <= who.at
        AND (o.account_id = who.account_id OR o.lead_id = who.lead) AND NOT coalesce(o.reversed_at >= o.closed_at, 0))
    WHEN 'spam' THEN bounced OR unaddressed OR mail IN (SELECT domain FROM listed WHERE list = 'disposable')
    ELSE 0 END";

#[test]
fn sql_counts_the_demos_rejections_and_what_shows_no_proof() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.smarketing");
    let mut store = Store::create(&path).unwrap();
    smarketing::cli::fill(&mut store, &generate())
        .map_err(|failure| failure.message())
        .unwrap();
    // Attempts within some minutes of each other are one: checked where attempts are read; here each counts.
    let each = Command::Set {
        key: "merge_minutes".into(),
        value: 0,
    };
    let author = Author {
        handle: None,
        os_user: "test".into(),
        at: AS_OF,
    };
    store.apply(&each, &author).unwrap();
    store.close();
    let store = Store::open(&path, Access::ReadOnly).unwrap();
    let book = store.book().unwrap();
    let facts = store.load_facts(&mut |_| {}).unwrap();
    let (domains, proofs) = (store.load_domains().unwrap(), store.load_proofs().unwrap());
    let known = Known {
        domains: Some(&domains),
        proofs: Some(&proofs),
        lists: &book.lists,
        met: &|_| None,
    };
    let today = book.calendar.day_of(AS_OF);
    let mut cells = 0;
    for text in ["2025-Q3", "2024-11", "2025-03", "all"] {
        let period = Period::parse(text, today, &book.calendar).unwrap();
        let sql = Connection::open(&path).unwrap();
        let bound = |at: i64| at.clamp(-4_000_000_000_000, 4_000_000_000_000).to_string();
        let scope = SCOPE
            .replace("{start}", &bound(period.start_at.0))
            .replace("{end}", &bound(period.end_at.0))
            .replace("{as_of}", &AS_OF.0.to_string())
            .replace("{ahead}", &ahead("created_at"));
        sql.execute_batch(&scope).unwrap();
        let scope = Scope::new(&facts, &book, period, AS_OF);
        cells += super::review::agree(&sql, &facts, &book, &scope, ahead).unwrap();
        let flags = Flags::new(&facts, &book, &scope, known);
        let unseen = Review::new(&facts, &book, &scope).among(flags.bits(Flag::Unseen));
        let rows = unseen.rows(&facts).into_iter();
        let ours: BTreeSet<i64> = rows.map(|row| facts.handoffs.id.at(row as usize)).collect();
        let mut stmt = sql.prepare(UNSEEN).unwrap();
        let theirs = stmt.query_map([], |row| row.get(0)).unwrap();
        let theirs: BTreeSet<i64> = theirs.map(Result::unwrap).collect();
        assert!(!theirs.is_empty(), "{text} has some");
        assert_eq!(ours, theirs, "{text}");
    }
    assert!(cells > 500, "only {cells} cells were compared");
}
