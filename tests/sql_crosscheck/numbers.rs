//! Every number once more, as plain SQL over the tables of one scope.

use smarketing::metrics::Metric;

/// How a number comes from SQL. Every query gives one integer or NULL; `Median` and `Ninetieth` give one column, NULL = open.
pub(crate) enum Number {
    /// A sum.
    Sum(String),
    /// A quotient.
    Quotient(String, String),
    /// The middle of the rows, divided by so much.
    Median(String, f64),
    /// Nine of ten, divided by so much.
    Ninetieth(String, f64),
    /// A number that SQL computes whole; NULL: a dash.
    Real(String),
    /// Not a number of rows: checked elsewhere.
    Other,
}

use Number::{Median, Ninetieth, Other, Quotient, Real, Sum};

fn rows(table: &str, when: &str, test: &str) -> String {
    format!("SELECT count(*) FROM {table}, p WHERE {when} >= s AND {when} < e AND ({test})")
}

fn share(table: &str, when: &str, test: &str, of: &str) -> Number {
    Quotient(
        rows(table, when, &format!("({test}) AND ({of})")),
        rows(table, when, of),
    )
}

fn sum(value: &str, table: &str, when: &str, test: &str) -> String {
    format!(
        "SELECT coalesce(sum({value}), 0) FROM {table}, p WHERE {when} >= s AND {when} < e AND ({test})"
    )
}

fn state(value: &str, test: &str) -> String {
    format!("SELECT coalesce(sum({value}), 0) FROM d, p WHERE {test}")
}

fn net(value: &str, table: &str, on: &str, kept: &str, back: &str) -> String {
    format!(
        "SELECT ({}) - ({})",
        sum(value, table, on, kept),
        sum(value, table, "reversed_at", back)
    )
}

fn span(value: &str, table: &str, when: &str, test: &str) -> String {
    format!("SELECT {value} AS v FROM {table}, p WHERE {when} >= s AND {when} < e AND ({test})")
}

/// The number in event (`cohort` = false) or cohort mode.
pub(crate) fn number(metric: Metric, cohort: bool) -> Number {
    let qps = |table: &str| net("frozen", table, "qualified_at", "qualified", "q_back");
    let sqo = || net("1", "d", "qualified_at", "qualified", "q_back");
    let won = |value: &str, of: &str| {
        format!(
            "SELECT ({}) - ({}) + ({})",
            sum(value, "d", "closed_at", &format!("ended = 'won' AND {of}")),
            sum(
                &value.replace("closed", "settled"),
                "d",
                "reversed_at",
                &format!("w_back AND {of}")
            ),
            sum("delta", "fixes", "at", of)
        )
    };
    let revenue = || won("closed", "1");
    let known = |value: &str| won(value, "delivery IS NOT NULL");
    let spend =
        |kinds: &str| format!("SELECT coalesce(sum(amount), 0) FROM s WHERE kind IN ({kinds})");
    let all = "'media', 'tools', 'marketing_people', 'sales_people'";
    let leads = || rows("l", "created_at", "email IS NOT NULL");
    let mqls = || rows("l", "mql_at", "1");
    let verdict = |test: &str, of: &str| share("h", if cohort { "handed" } else { "at" }, test, of);
    let decided = "verdict IN ('accepted', 'rejected')";
    let rejected = "verdict = 'rejected'";
    let cost = "(SELECT each FROM cost c WHERE c.source_id IS h.source_id AND c.month = strftime('%Y-%m', h.created + 19800, 'unixepoch'))";
    let gone = "settlement IN ('overturned', 'recycled') AND was_at >= s AND was_at < e";
    let standing = "settlement IS NOT 'overturned' AND settlement IS NOT 'recycled' AND verdict = 'rejected' AND at >= s AND at < e";
    let wasted = |test: &str| {
        sum(
            cost,
            "h",
            "at",
            &format!("{rejected} AND NOT again AND {test}"),
        )
    };
    let rep_cost = || sum("(minutes * 6000 + 30) / 60", "h", "at", rejected);
    let customers = || {
        "WITH c AS (SELECT *, row_number() OVER (PARTITION BY coalesce('a' || coalesce(account_id, lead_account), 'l' || lead_id, 'd' || id)
             ORDER BY closed_at, id) AS i FROM dw WHERE ended = 'won' AND NOT w_back)
         SELECT count(*) FROM c JOIN d ON d.id = c.id, p WHERE i = 1 AND c.closed_at >= s AND c.closed_at < e"
            .to_owned()
    };
    let attained = |sql: String, target: &str| {
        Quotient(
            sql,
            format!("SELECT max(value) FROM target WHERE metric = '{target}'"),
        )
    };
    let hours = 3_600.0;
    let positive = |value: &str| format!("iif({value} IS NULL, NULL, {value})");
    let later = |to: &str, from: &str| format!("coalesce({to} >= {from}, 1)");
    match metric {
        Metric::QualifiedPipelineSourced => Sum(qps("d")),
        Metric::PipelineAttainment => attained(qps("d"), "qualified_pipeline_sourced"),
        Metric::PipelineGap => Sum(format!(
            "SELECT (SELECT max(value) FROM target WHERE metric = 'qualified_pipeline_sourced') - ({})",
            qps("d")
        )),
        Metric::PipelinePace => Other,
        Metric::PipelineContribution => Quotient(qps("d"), qps("dw")),
        Metric::SqoCount => Sum(sqo()),
        Metric::Revenue => Sum(revenue()),
        Metric::RevenueAttainment => attained(revenue(), "revenue"),
        Metric::ContributionMargin => Sum(format!("SELECT ({}) - ({})", known("closed - delivery"), spend(all))),
        Metric::ContributionMarginBefore => Sum(known("closed - delivery")),
        Metric::ContributionMarginShare => Quotient(
            format!("SELECT ({}) - ({})", known("closed - delivery"), spend(all)),
            known("closed"),
        ),
        Metric::ReadingMarketing => Sum(state("now", "open AND handed")),
        Metric::ReadingSales => Sum(state("now", "pipe AND NOT stale")),
        Metric::ReadingFinance => Sum(format!(
            "SELECT ({}) + ({})",
            state("expected", "pipe AND due_here AND NOT overdue"),
            revenue()
        )),
        Metric::DealSize => Median(span("frozen", "d", "qualified_at", "qualified AND NOT q_back AND frozen IS NOT NULL"), 1.0),
        Metric::DealSizeMean => Quotient(
            sum("frozen", "d", "qualified_at", "qualified AND NOT q_back"),
            rows("d", "qualified_at", "qualified AND NOT q_back AND frozen IS NOT NULL"),
        ),
        Metric::Leads => Sum(leads()),
        Metric::Mqls => Sum(mqls()),
        Metric::MqlAttainment => attained(mqls(), "mqls"),
        Metric::Handoffs => Sum(rows("h", "handed", "1")),
        Metric::Conversations => Sum(rows("h", "spoke", "1")),
        Metric::FirstMeetings => Sum(rows("h", "met", "1")),
        Metric::FirstMeetingsIcpShare => share("h", "met", "fits", "fits IS NOT NULL"),
        Metric::WorkedRate => share("h", "handed", "verdict IS NOT NULL", "1"),
        Metric::AcceptanceRate => verdict("verdict = 'accepted'", decided),
        Metric::AcceptanceOfHandoffs if cohort => share("h", "handed", "verdict = 'accepted'", "1"),
        Metric::AcceptanceOfHandoffs => Quotient(rows("h", "at", "verdict = 'accepted'"), rows("h", "handed", "1")),
        Metric::RejectionRate => verdict(rejected, decided),
        Metric::RejectionsByReason => Quotient(
            "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM h, p WHERE at >= s AND at < e AND verdict = 'rejected' GROUP BY reason)".into(),
            rows("h", "at", rejected),
        ),
        Metric::RejectionsBySource => {
            let by = "WITH x AS (SELECT source_id, sum(verdict = 'rejected') AS r, count(*) AS n FROM h, p
                        WHERE at >= s AND at < e AND verdict IN ('accepted', 'rejected') GROUP BY source_id),
                      y AS (SELECT * FROM x WHERE n >= 10 OR NOT EXISTS (SELECT 1 FROM x WHERE n >= 10))";
            let best = "FROM y WHERE r > 0 ORDER BY 1.0 * r / n DESC, coalesce(source_id, 999) LIMIT 1";
            Quotient(
                format!("{by} SELECT coalesce((SELECT r {best}), 0)"),
                // Without any rejection the source is "unknown".
                format!("{by} SELECT coalesce((SELECT n {best}), (SELECT n FROM x WHERE source_id IS NULL), 0)"),
            )
        }
        Metric::ChallengeRate => Quotient(
            format!("SELECT count(*) FROM c, p WHERE {standing} AND id IN (SELECT max(id) FROM challenge GROUP BY handoff_id) OR {gone}"),
            format!("SELECT ({}) + (SELECT count(*) FROM c, p WHERE {gone})", rows("h", "at", rejected)),
        ),
        Metric::OverturnRate => Quotient(
            "SELECT count(*) FROM c, p WHERE settled_at >= s AND settled_at < e AND settlement = 'overturned'".into(),
            "SELECT count(*) FROM c, p WHERE settled_at >= s AND settled_at < e".into(),
        ),
        Metric::FeedbackActedOn => Quotient(
            "SELECT count(*) FROM fb, p WHERE acted_at <= a".into(),
            "SELECT count(*) FROM fb".into(),
        ),
        Metric::UnverifiedRejections => share("h", "at", "unverified", rejected),
        Metric::SourceTrust | Metric::SourceTrustRun => {
            let ripe = format!(
                "{decided} AND (SELECT a FROM p) - handed >= (SELECT took FROM (SELECT max(k.q - x.handed_off_at, 0) AS took,
                     row_number() OVER (ORDER BY max(k.q - x.handed_off_at, 0)) AS i, count(*) OVER () AS n
                     FROM reached k JOIN handoff x ON x.id = k.handoff JOIN lead y ON y.id = x.lead_id
                     WHERE y.excluded IS NULL AND k.q IS NOT NULL) WHERE i = (n * 4 + 4) / 5)"
            );
            if metric == Metric::SourceTrustRun {
                return Sum(longest_run(&ripe));
            }
            share("h", "handed", "q IS NOT NULL", &ripe)
        }
        Metric::SelfSourcedShare => Quotient(
            net(
                "frozen", "d", "qualified_at",
                "qualified AND source_id IN (SELECT id FROM source WHERE side = 'sales')",
                "q_back AND source_id IN (SELECT id FROM source WHERE side = 'sales')",
            ),
            qps("d"),
        ),
        Metric::IgnoredShare => share(
            "h", "handed", "tried IS NULL AND verdict IS NULL AND (SELECT a FROM p) - handed > 14 * 86400", "1",
        ),
        Metric::SpeedToLead => Median(span(&positive("tried - created"), "h", "created", &later("tried", "created")), hours),
        Metric::SpeedToLeadP90 => Ninetieth(span("tried - created", "h", "created", &later("tried", "created")), hours),
        Metric::UntouchedShare => share("h", "created", "tried IS NULL", "1"),
        Metric::SystemDelay => Median(span("assigned - created", "h", "created", &later("assigned", "created")), hours),
        Metric::SystemDelayP90 => Ninetieth(span("assigned - created", "h", "created", &later("assigned", "created")), hours),
        Metric::HumanDelay => Median(
            span("tried - assigned", "h", "created", "assigned IS NOT NULL AND coalesce(tried >= assigned, 1)"), hours,
        ),
        Metric::HumanDelayP90 => Ninetieth(
            span("tried - assigned", "h", "created", "assigned IS NOT NULL AND coalesce(tried >= assigned, 1)"), hours,
        ),
        Metric::SlaAttainment => share("h", "assigned", "tried <= due", "due <= (SELECT a FROM p)"),
        Metric::AttemptsBeforeGivingUp => Quotient(sum("attempts", "h", "at", "silent"), rows("h", "at", "silent")),
        Metric::AttemptsBeforeGivingUpMedian => Median(span("attempts", "h", "at", "silent"), 1.0),
        Metric::ContactRate => share("h", "handed", "spoke IS NOT NULL", "tried IS NOT NULL"),
        Metric::FeedbackLatency => Median(span("at - handed", "h", "handed", "coalesce(at > handed, 1)"), 86_400.0),
        Metric::FeedbackLatencyP90 => Ninetieth(span("at - handed", "h", "handed", "coalesce(at > handed, 1)"), 86_400.0),
        Metric::FeedbackWithin => share(
            "h", "handed", "at - handed <= 5 * 86400", "(SELECT a FROM p) - handed >= 5 * 86400 AND coalesce(at > handed, 1)",
        ),
        Metric::Conversion | Metric::ConversionMqlAccepted | Metric::ConversionAcceptedConnected
        | Metric::ConversionConnectedQualified | Metric::ConversionQualifiedWon => conversion(metric, cohort),
        Metric::WinRate => share("d", "closed_at", "stands", "stands OR ended = 'lost'"),
        Metric::WinRateByValue => Quotient(
            sum("closed", "d", "closed_at", "stands"),
            sum("closed", "d", "closed_at", "stands OR ended = 'lost'"),
        ),
        Metric::WinRateBroad => share("d", "closed_at", "stands", "stands OR ended IN ('lost', 'no_decision')"),
        Metric::CycleTime => Median(
            span("closed_on - qualified_on", "d", "closed_at", "stands AND qualified AND closed_on >= qualified_on"), 1.0,
        ),
        Metric::CycleTimeLost => Median(
            span("closed_on - qualified_on", "d", "closed_at", "ended = 'lost' AND qualified AND closed_on >= qualified_on"), 1.0,
        ),
        Metric::CycleTimeToQualified => {
            let days = "(q + 19800) / 86400 - (handed + 19800) / 86400";
            Median(span(days, "h", "q", &format!("{days} >= 0")), 1.0)
        }
        Metric::PipelineCoverage => Quotient(
            state("now", "pipe AND due_here"),
            format!("SELECT (SELECT max(value) FROM target WHERE metric = 'revenue') - ({})", revenue()),
        ),
        Metric::PipelineCoverageNeeded => Quotient(
            "SELECT count(*) FROM d WHERE stands OR ended = 'lost'".into(),
            "SELECT count(*) FROM d WHERE stands".into(),
        ),
        Metric::StaleOpportunities => Sum("SELECT count(*) FROM d WHERE open AND stale".into()),
        Metric::RecordedTooEarly => share("d", "qualified_at", "early", "qualified"),
        Metric::Waterfall => Sum(waterfall_end()),
        Metric::Spend => Sum(spend("'media', 'tools'")),
        Metric::CostPerLead => Quotient(spend("'media', 'tools'"), leads()),
        Metric::CostPerAccepted => Quotient(spend("'media', 'tools'"), rows("h", "at", "verdict = 'accepted'")),
        Metric::CostPerSqo => Quotient(spend("'media', 'tools'"), sqo()),
        Metric::CostPerPipelineUnit => Quotient(spend("'media', 'tools'"), qps("d")),
        Metric::Cac => Quotient(spend(all), customers()),
        Metric::CacMedia => Quotient(spend("'media'"), customers()),
        Metric::WastedSpend => Sum(wasted("NOT unverified")),
        Metric::WastedSpendUnproven => Sum(wasted("unverified")),
        Metric::RepHoursOnRejected => Sum(sum("minutes", "h", "at", rejected)),
        Metric::RepCostOnRejected => Sum(rep_cost()),
        Metric::CriteriaVerdictAgreement => share(
            "h", "at", "iif(said, verdict = 'accepted', verdict = 'rejected')", &format!("said IS NOT NULL AND {decided}"),
        ),
        Metric::CriteriaVerdictKappa => Real(kappa()),
        Metric::RejectedAlthoughMet => share("h", "at", rejected, &format!("said AND {decided}")),
        Metric::AcceptedAlthoughFailed => share("h", "at", "verdict = 'accepted'", &format!("NOT said AND {decided}")),
        Metric::CriteriaMetRate => share("h", "handed", "said", "stamped"),
        Metric::CostOfMisalignment => Sum(format!("SELECT ({}) + ({})", wasted("NOT unverified"), rep_cost())),
    }
}

/// Cohen's κ of what the stamps say and the verdicts, from 20 handoffs on.
fn kappa() -> String {
    "WITH v AS (SELECT said, verdict = 'accepted' AS yes FROM h, p
                WHERE at >= s AND at < e AND said IS NOT NULL AND verdict IN ('accepted', 'rejected')),
          m AS (SELECT count(*) AS n, avg(said = yes) AS same, avg(said) * avg(yes) + (1 - avg(said)) * (1 - avg(yes)) AS chance FROM v)
     SELECT iif(n >= 20 AND chance < 1, (same - chance) / (1 - chance), NULL) FROM m"
        .into()
}

/// The most rejections one after the other, by their numbers among all that was decided and among the rejected; NULL where nothing was.
fn longest_run(decided: &str) -> String {
    format!(
        "WITH r AS (SELECT verdict, row_number() OVER (ORDER BY handed, id) - row_number() OVER (PARTITION BY verdict ORDER BY handed, id) AS island
                    FROM h, p WHERE handed >= s AND handed < e AND ({decided}))
         SELECT iif((SELECT count(*) FROM r) = 0, NULL, coalesce(max(n), 0))
         FROM (SELECT count(*) AS n FROM r WHERE verdict = 'rejected' GROUP BY island)"
    )
}

/// Handoffs that reached a step in the period; a skipped step is reached with the next one.
fn step(step: &str, test: &str) -> String {
    let next = "min(coalesce(q, won), coalesce(won, q))";
    let when = match step {
        "accepted" => format!("iif(verdict = 'accepted', at, {next})"),
        "connected" => format!("coalesce(spoke, {next})"),
        "qualified" => "coalesce(q, won)".into(),
        _ => "won".into(),
    };
    let row = format!("SELECT *, {when} AS reached_at FROM h");
    format!("SELECT count(*) FROM ({row}), p WHERE reached_at >= s AND reached_at < e AND ({test})")
}

fn conversion(metric: Metric, cohort: bool) -> Number {
    let mqls = || rows("l", "mql_at", "1");
    let that = |test: &str| {
        rows(
            "l",
            "mql_at",
            &format!("EXISTS (SELECT 1 FROM g WHERE g.lead_id = l.id AND ({test}))"),
        )
    };
    let reached = "verdict = 'accepted' OR q IS NOT NULL OR won IS NOT NULL";
    match (metric, cohort) {
        (Metric::Conversion, false) => Quotient(step("won", "1"), mqls()),
        (Metric::Conversion, true) => Quotient(that("won IS NOT NULL"), mqls()),
        (Metric::ConversionMqlAccepted, false) => Quotient(step("accepted", "1"), mqls()),
        (Metric::ConversionMqlAccepted, true) => Quotient(that(reached), mqls()),
        (Metric::ConversionAcceptedConnected, false) => {
            Quotient(step("connected", "1"), step("accepted", "1"))
        }
        (Metric::ConversionAcceptedConnected, true) => {
            Quotient(step("accepted", "con"), step("accepted", "1"))
        }
        (Metric::ConversionConnectedQualified, false) => {
            Quotient(step("qualified", "1"), step("connected", "1"))
        }
        (Metric::ConversionConnectedQualified, true) => Quotient(
            step("connected", "q IS NOT NULL OR won IS NOT NULL"),
            step("connected", "1"),
        ),
        (_, false) => Quotient(step("won", "1"), step("qualified", "1")),
        (_, true) => Quotient(step("qualified", "won IS NOT NULL"), step("qualified", "1")),
    }
}

/// Value at the end of the period of what should close in it then: the frozen value, or what the last change said.
fn waterfall_end() -> String {
    // In the very second, what was written down after it.
    let later = "(v.at > o.qualified_at OR (v.at = o.qualified_at AND v.id > (SELECT max(q.id) FROM opportunity_event q
              WHERE q.opportunity_id = o.id AND q.kind = 'qualified' AND q.at = o.qualified_at)))";
    let last = |kind: &str| {
        format!(
            "(SELECT CAST(v.after AS INTEGER) FROM opportunity_event v WHERE v.opportunity_id = o.id AND v.kind = '{kind}'
              AND {later} AND v.at < e ORDER BY v.at DESC, v.id DESC LIMIT 1)"
        )
    };
    let first_before = format!(
        "(SELECT CAST(v.before AS INTEGER) FROM opportunity_event v WHERE v.opportunity_id = o.id AND v.kind = 'close_on'
              AND {later} ORDER BY v.at, v.id LIMIT 1)"
    );
    format!(
        "WITH x AS (SELECT o.*, coalesce({}, o.qualified_minor) AS value, coalesce({}, {first_before}, o.close_on) AS closes FROM d o, p
                    WHERE qualified AND o.qualified_at < e AND o.frozen IS NOT NULL
                      AND NOT coalesce(iif(ended IS NOT NULL, max(o.closed_at, o.qualified_at), NULL) < e, 0)
                      AND NOT (q_back AND o.reversed_at < e))
         SELECT coalesce(sum(iif(qualified_currency = 'EUR', value, CAST(round(value * (SELECT CAST(r.rate AS REAL) FROM fx_rate r
             WHERE r.currency = qualified_currency AND r.from_on <= qualified_on ORDER BY r.from_on DESC LIMIT 1)) AS INTEGER))), 0)
         FROM x, p WHERE closes >= f AND closes < tf",
        last("amount"),
        last("close_on"),
    )
}
