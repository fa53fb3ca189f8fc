-- One scope as temporary tables. {…} is filled in by the test. The zone is Asia/Kolkata: always 5:30 h ahead of UTC.
DROP TABLE IF EXISTS temp.stamped_handoff;
DROP TABLE IF EXISTS temp.p;
DROP TABLE IF EXISTS temp.w;
DROP TABLE IF EXISTS temp.reached;
DROP TABLE IF EXISTS temp.g;
DROP TABLE IF EXISTS temp.c;
DROP TABLE IF EXISTS temp.h;
DROP TABLE IF EXISTS temp.l;
DROP TABLE IF EXISTS temp.fb;
DROP TABLE IF EXISTS temp.stood;
DROP TABLE IF EXISTS temp.stay;
DROP TABLE IF EXISTS temp.fixed;
DROP TABLE IF EXISTS temp.fixes;
DROP TABLE IF EXISTS temp.dw;
DROP TABLE IF EXISTS temp.d;
DROP TABLE IF EXISTS temp.chance;
DROP TABLE IF EXISTS temp.s;
DROP TABLE IF EXISTS temp.cost;
DROP TABLE IF EXISTS temp.unsplit;

-- The period up to as-of: moments [s, e), days [f, t); the period as asked for ends at day tf; as-of a, its day today.
CREATE TEMP TABLE p AS SELECT {start} AS s, min({end}, {as_of} + 1) AS e, {first} AS f, min({last}, ({as_of} + 19800) / 86400 + 1) AS t,
    {last} AS tf, {as_of} AS a, ({as_of} + 19800) / 86400 AS today;

-- Business hours of the working days, 8:30 to 16:40, with the business seconds before each.
CREATE TEMP TABLE w AS
WITH RECURSIVE day(d) AS (SELECT 20000 UNION ALL SELECT d + 1 FROM day WHERE d < 20500),
work AS (SELECT d FROM day WHERE (d + 3) % 7 < 5 AND d NOT IN (SELECT on_on FROM holiday))
SELECT d * 86400 - 19800 + 30600 AS open, d * 86400 - 19800 + 60000 AS close, 29400 * (row_number() OVER (ORDER BY d) - 1) AS before FROM work;

-- When a deal of each handoff first qualified (q) and was first won (won), deals taken back left out.
CREATE TEMP TABLE reached AS
WITH behind AS (SELECT id AS deal, lead_id AS lead FROM opportunity WHERE lead_id IS NOT NULL
                UNION SELECT opportunity_id, lead_id FROM opportunity_lead),
counted AS (
    SELECT o.*, b.lead,
           (o.qualified_at <= (SELECT a FROM p) AND NOT coalesce(o.reversed_at <= (SELECT a FROM p) AND o.qualified_at <= o.reversed_at, 0)) AS counts,
           (o.outcome = 'won' AND o.closed_at <= (SELECT a FROM p)
            AND NOT coalesce(o.reversed_at <= (SELECT a FROM p) AND o.closed_at <= o.reversed_at, 0)) AS wins
    FROM behind b JOIN opportunity o ON o.id = b.deal),
credited AS (
    SELECT CASE WHEN lead = lead_id AND handoff_id IS NOT NULL THEN handoff_id ELSE coalesce(
        (SELECT h.id FROM handoff h WHERE h.lead_id = lead AND h.handed_off_at <= iif(counts, qualified_at, closed_at) ORDER BY h.handed_off_at DESC, h.id DESC LIMIT 1),
        (SELECT h.id FROM handoff h WHERE h.lead_id = lead ORDER BY h.handed_off_at, h.id LIMIT 1)) END AS handoff,
        iif(counts, qualified_at, NULL) AS q, iif(wins, closed_at, NULL) AS won
    FROM counted WHERE counts OR wins)
SELECT handoff, min(q) AS q, min(won) AS won FROM credited
WHERE handoff IS NOT NULL AND (SELECT handed_off_at FROM handoff h WHERE h.id = handoff) <= (SELECT a FROM p) GROUP BY handoff;

-- Handoffs of the population, whatever the filter.
CREATE TEMP TABLE g AS
SELECT h.id, h.lead_id, h.number, h.owner_id AS rep, h.handed_off_at AS handed, l.created_at AS created, l.mql_at, l.excluded,
    l.source_id, l.campaign_id, l.segment_id, h.criteria_id IS NOT NULL AS stamped,
    -- source in (Webinar, "Trade show"); campaign is known and must not source = Outbound
    CASE h.criteria_id WHEN 1 THEN l.source_id IN (101, 102) WHEN 2 THEN l.campaign_id IS NOT NULL AND l.source_id <> 103 END AS said,
    -- The second rule of the second version is none of fit.
    CASE h.criteria_id WHEN 1 THEN l.source_id IN (101, 102) WHEN 2 THEN l.campaign_id IS NOT NULL END AS fits,
    iif(h.assigned_at <= a, h.assigned_at, NULL) AS assigned,
    iif(h.verdict_at <= a, h.verdict, NULL) AS verdict, iif(h.verdict_at <= a, h.verdict_at, NULL) AS at,
    h.evidence, coalesce(iif(r.retired, r.successor_id, r.id), r.id) AS reason, coalesce(r.objective, 0) AS objective,
    (SELECT min(t.at) FROM attempt t WHERE t.handoff_id = h.id AND t.at <= a) AS tried,
    (SELECT min(t.at) FROM attempt t WHERE t.handoff_id = h.id AND t.at <= a AND t.outcome IN ('connected', 'meeting_held')) AS spoke,
    (SELECT min(t.at) FROM attempt t WHERE t.handoff_id = h.id AND t.at <= a AND t.outcome = 'meeting_held') AS met,
    (SELECT count(*) FROM attempt t WHERE t.handoff_id = h.id AND (h.verdict_at IS NULL OR t.at <= h.verdict_at)) AS attempts,
    (SELECT coalesce(sum(coalesce(t.minutes, CASE t.channel WHEN 'call' THEN 8 WHEN 'email' THEN 5 WHEN 'meeting' THEN 45 WHEN 'message' THEN 3 ELSE 90 END)), 0)
       FROM attempt t WHERE t.handoff_id = h.id AND (h.verdict_at IS NULL OR t.at <= h.verdict_at)) AS minutes,
    EXISTS (SELECT 1 FROM handoff o WHERE o.lead_id = h.lead_id AND o.number < h.number AND o.verdict = 'rejected'
            AND o.verdict_at <= a AND o.handed_off_at <= a) AS again,
    (SELECT x.open + y.before + max(h.assigned_at - y.open, 0) + n.seconds - x.before
       FROM w x, (SELECT * FROM w WHERE close > h.assigned_at ORDER BY open LIMIT 1) y,
            (SELECT 60 * coalesce((SELECT t.sla_minutes FROM segment t WHERE t.id = l.segment_id), 480) AS seconds) n
       WHERE x.before + 29400 >= y.before + max(h.assigned_at - y.open, 0) + n.seconds ORDER BY x.open LIMIT 1) AS due,
    k.q, k.won
FROM handoff h JOIN lead l ON l.id = h.lead_id JOIN p LEFT JOIN reason r ON r.id = h.reason_id LEFT JOIN reached k ON k.handoff = h.id
WHERE h.handed_off_at <= a AND ({all} OR h.number = 1);

CREATE TEMP TABLE h AS SELECT g.*,
    verdict = 'rejected' AND evidence = 'none' AND NOT objective AS unverified,
    verdict = 'rejected' AND evidence <> 'spoke' AND NOT coalesce(spoke <= at, 0) AS silent,
    verdict = 'accepted' OR q IS NOT NULL OR won IS NOT NULL AS acc, spoke IS NOT NULL OR q IS NOT NULL OR won IS NOT NULL AS con
FROM g WHERE excluded IS NULL AND {filter:source_id,campaign_id,segment_id,rep};

-- Challenges with the handoff as it stands.
CREATE TEMP TABLE c AS SELECT c.id, c.settlement, c.settled_at, c.was_at, h.verdict, h.at FROM challenge c JOIN h ON h.id = c.handoff_id JOIN p
WHERE c.state <> 'withdrawn' AND c.opened_at <= a;

-- Clusters that marketing took note of in the period; one that names no source is of none, not of the unknown one.
CREATE TEMP TABLE fb AS SELECT f.* FROM feedback f JOIN p ON acknowledged_at >= s AND acknowledged_at < e
WHERE {filter:(CASE WHEN source_id IS NULL THEN -1 ELSE source_id END),(CASE WHEN campaign_id IS NULL THEN -1 ELSE campaign_id END),(CASE WHEN segment_id IS NULL THEN -1 ELSE segment_id END),(CASE WHEN rep_id IS NULL THEN -1 ELSE rep_id END)};

CREATE TEMP TABLE l AS SELECT * FROM lead WHERE excluded IS NULL AND {filter:source_id,campaign_id,segment_id,owner_id};

-- Deals, whatever the filter.
CREATE TEMP TABLE stay AS
WITH moved AS (SELECT e.opportunity_id AS deal, e.before AS stage, e.at - coalesce(lag(e.at) OVER (PARTITION BY e.opportunity_id ORDER BY e.at, e.id), o.created_at) AS took,
                      o.outcome = 'won' AND o.closed_at <= (SELECT a FROM p) AS won
               FROM opportunity_event e JOIN opportunity o ON o.id = e.opportunity_id WHERE e.kind = 'stage' AND e.at <= (SELECT a FROM p)),
ranked AS (SELECT CAST(stage AS INTEGER) AS stage, max(took, 0) AS took, row_number() OVER (PARTITION BY stage ORDER BY max(took, 0)) AS i,
                  count(*) OVER (PARTITION BY stage) AS n FROM moved WHERE won AND stage IS NOT NULL)
SELECT stage, avg(took) AS usual FROM ranked WHERE n >= 10 AND i IN ((n + 1) / 2, n / 2 + 1) GROUP BY stage;

-- Values that changed once a deal had ended: corrections.
CREATE TEMP TABLE fixed AS
SELECT o.id AS deal, e.id AS event, e.at, CAST(e.before AS INTEGER) AS before, CAST(e.after AS INTEGER) AS after
FROM opportunity o JOIN p JOIN opportunity_event e ON e.opportunity_id = o.id
WHERE e.kind = 'amount' AND o.closed_at <= e.at AND e.at <= a;

CREATE TEMP TABLE stamped_handoff AS
SELECT h.id, CASE h.criteria_id WHEN 1 THEN l.source_id IN (101, 102) WHEN 2 THEN l.campaign_id IS NOT NULL AND l.source_id <> 103 END AS said
FROM handoff h JOIN lead l ON l.id = h.lead_id;

CREATE TEMP TABLE dw AS
WITH then_ AS (
    SELECT o.*, l.excluded, l.account_id AS lead_account,
        coalesce((SELECT CAST(e.before AS INTEGER) FROM opportunity_event e, p WHERE e.opportunity_id = o.id AND e.kind = 'amount' AND e.at > a ORDER BY e.at, e.id LIMIT 1), o.amount_minor) AS amount,
        coalesce((SELECT CAST(e.before AS INTEGER) FROM opportunity_event e, p WHERE e.opportunity_id = o.id AND e.kind = 'close_on' AND e.at > a ORDER BY e.at, e.id LIMIT 1), o.close_on) AS due,
        coalesce((SELECT CAST(e.before AS INTEGER) FROM opportunity_event e, p WHERE e.opportunity_id = o.id AND e.kind = 'stage' AND e.at > a ORDER BY e.at, e.id LIMIT 1), o.stage_id) AS stage,
        (SELECT max(e.at) FROM opportunity_event e, p WHERE e.opportunity_id = o.id AND e.kind = 'stage' AND e.at <= a) AS entered,
        EXISTS (SELECT 1 FROM opportunity_event e, p WHERE e.opportunity_id = o.id AND e.kind = 'stage' AND e.at > a) AS moved,
        coalesce(o.qualified_at <= a, 0) AS qualified, iif(o.closed_at <= a, o.outcome, NULL) AS ended,
        coalesce(o.qualified_at <= a AND o.reversed_at <= a AND o.qualified_at <= o.reversed_at, 0) AS q_back,
        coalesce(o.outcome = 'won' AND o.closed_at <= a AND o.reversed_at <= a AND o.closed_at <= o.reversed_at, 0) AS w_back,
        EXISTS (SELECT 1 FROM handoff h WHERE h.handed_off_at <= a AND (h.id = o.handoff_id OR h.lead_id = o.lead_id
                OR h.lead_id IN (SELECT lead_id FROM opportunity_lead x WHERE x.opportunity_id = o.id))) AS handed
    FROM opportunity o JOIN p LEFT JOIN lead l ON l.id = o.lead_id)
SELECT t.*, created_at <= a AND ended IS NULL AS open,
    {home:qualified_minor,qualified_currency,(qualified_at + 19800) / 86400} AS frozen,
    {home:at_end,t.currency,(closed_at + 19800) / 86400} AS closed,
    {home:settled_at,t.currency,(closed_at + 19800) / 86400} AS settled,
    {home:amount,t.currency,today} AS now,
    {home:delivery_cost_minor,t.currency,(closed_at + 19800) / 86400} AS delivery,
    (qualified_at + 19800) / 86400 AS qualified_on, (closed_at + 19800) / 86400 AS closed_on,
    coalesce(last_activity_at, 0) <= a
            AND a - max(coalesce(last_activity_at, 0), coalesce(came, 0), created_at, iif(qualified_at <= a, qualified_at, 0)) > 30 * 86400
        OR coalesce(a - came > 2 * (SELECT usual FROM stay WHERE stay.stage = t.stage), 0)
        OR coalesce(due < today, 0) AS stale,
    coalesce(due < today, 0) AS overdue,
    qualified AND (coalesce(ended = 'lost' AND closed_at - qualified_at BETWEEN 0 AND 30 * 86400
                   AND (SELECT class FROM reason WHERE reason.id = lost_reason_id) IN ('fit', 'need', 'authority'), 0)
              OR (q_back AND reversed_at - qualified_at BETWEEN 0 AND 30 * 86400)
              OR coalesce((SELECT NOT said FROM stamped_handoff s WHERE s.id = t.handoff_id), 0)) AS early
FROM (SELECT *, coalesce((SELECT before FROM fixed WHERE deal = then_.id ORDER BY at, event LIMIT 1), amount) AS at_end,
        coalesce((SELECT after FROM fixed WHERE deal = then_.id AND (NOT w_back OR at <= reversed_at) ORDER BY at DESC, event DESC LIMIT 1),
            (SELECT before FROM fixed WHERE deal = then_.id ORDER BY at, event LIMIT 1), amount) AS settled_at, iif(moved, coalesce(entered, created_at), coalesce(iif(stage_since_at <= (SELECT a FROM p), stage_since_at, NULL), entered)) AS came FROM then_) t JOIN p WHERE excluded IS NULL OR excluded = 'duplicate';

CREATE TEMP TABLE stood AS
SELECT DISTINCT id AS deal, stage FROM dw UNION
SELECT opportunity_id, CAST(before AS INTEGER) FROM opportunity_event WHERE kind = 'stage' AND at <= (SELECT a FROM p) UNION
SELECT opportunity_id, CAST(after AS INTEGER) FROM opportunity_event WHERE kind = 'stage' AND at <= (SELECT a FROM p);
CREATE TEMP TABLE chance AS
WITH decided AS (SELECT id, ended = 'won' AS won FROM dw WHERE ended IN ('won', 'lost') AND NOT w_back)
SELECT s.id AS stage, iif(count(d.id) >= 10, sum(d.won), (SELECT sum(won) FROM decided)) AS won,
       iif(count(d.id) >= 10, count(d.id), (SELECT count(*) FROM decided)) AS n
FROM stage s LEFT JOIN stood t ON t.stage = s.id LEFT JOIN decided d ON d.id = t.deal GROUP BY s.id;

CREATE TEMP TABLE d AS SELECT dw.*, (now * (SELECT won FROM chance c WHERE c.stage = dw.stage) * 2 + (SELECT n FROM chance c WHERE c.stage = dw.stage))
        / ((SELECT n FROM chance c WHERE c.stage = dw.stage) * 2) AS expected,
    open AND qualified AND NOT q_back AS pipe, coalesce(due >= f AND due < tf, 0) AS due_here,
    coalesce(ended = 'won' AND NOT w_back, 0) AS stands
FROM dw JOIN p WHERE {filter:source_id,campaign_id,segment_id,owner_id};

CREATE TEMP TABLE fixes AS
SELECT x.at, d.delivery, {home:x.after,d.currency,d.closed_on} - {home:x.before,d.currency,d.closed_on} AS delta
FROM fixed x JOIN d ON d.id = x.deal WHERE d.ended = 'won' AND (NOT d.w_back OR x.at <= d.reversed_at);

CREATE TEMP TABLE s AS
SELECT x.kind, x.on_on, {home:x.amount_minor,x.currency,x.on_on} AS amount, iif(x.lead_id IS NULL, x.source_id, l.source_id) AS source
FROM spend x LEFT JOIN lead l ON l.id = x.lead_id JOIN p
WHERE x.on_on >= f AND x.on_on < t AND iif(x.lead_id IS NULL, {spend}, {filter:l.source_id,l.campaign_id,l.segment_id,l.owner_id});

-- People's cost that names none of the filter's values: nobody can say which part is the filter's.
CREATE TEMP TABLE unsplit AS
SELECT x.id FROM spend x JOIN p
WHERE x.on_on >= f AND x.on_on < t AND x.lead_id IS NULL AND x.kind IN ('marketing_people', 'sales_people') AND {unsplit};

-- What a lead cost, by source and month.
CREATE TEMP TABLE cost AS
WITH born AS (SELECT source_id, strftime('%Y-%m', created_at + 19800, 'unixepoch') AS month, count(*) AS n FROM lead, p
              WHERE excluded IS NULL AND created_at <= a AND email IS NOT NULL GROUP BY 1, 2),
paid AS (SELECT iif(x.lead_id IS NULL, x.source_id, l.source_id) AS source_id, strftime('%Y-%m', x.on_on * 86400, 'unixepoch') AS month,
                sum({home:x.amount_minor,x.currency,x.on_on}) AS amount
         FROM spend x LEFT JOIN lead l ON l.id = x.lead_id JOIN p WHERE x.on_on <= today AND x.kind IN ('media', 'tools') GROUP BY 1, 2)
SELECT b.source_id, b.month, iif(coalesce(a.amount, 0) = 0, iif((SELECT free FROM source WHERE source.id = b.source_id), 0, NULL), (a.amount * 2 + n) / (n * 2)) AS each
FROM born b LEFT JOIN paid a ON a.source_id IS b.source_id AND a.month = b.month;
