-- The room reviews the rejections: challenges and how they were settled, what clusters of rejections led to, lists of domains.

CREATE TABLE challenge (
    id              INTEGER PRIMARY KEY,
    handoff_id      INTEGER NOT NULL REFERENCES handoff (id),
    state           TEXT    NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'settled' OR state = 'withdrawn'),
    opened_at       INTEGER NOT NULL CHECK (opened_at BETWEEN 0 AND 4294967294),
    opened_by       INTEGER REFERENCES person (id),
    argument        TEXT    NOT NULL CHECK (length(argument) BETWEEN 1 AND 4000),
    -- The rejection as it stood when it was challenged. An overturned one is gone from its handoff and stays visible here.
    was_at          INTEGER NOT NULL CHECK (was_at BETWEEN 0 AND 4294967294),
    was_by          INTEGER REFERENCES person (id),
    was_reason_id   INTEGER NOT NULL REFERENCES reason (id),
    was_reason_text TEXT,
    was_note        TEXT,
    was_evidence    TEXT    NOT NULL CHECK (was_evidence = 'spoke' OR was_evidence = 'attempts' OR was_evidence = 'objective' OR was_evidence = 'none'),
    -- What the room proposes, and who of each side has confirmed it.
    settlement      TEXT    CHECK (settlement = 'upheld' OR settlement = 'overturned' OR settlement = 'recycled' OR settlement = 'criteria_gap'),
    must_change     TEXT    CHECK (must_change = 'targeting' OR must_change = 'form' OR must_change = 'content' OR must_change = 'follow_up'),
    recycle_on      INTEGER,
    rule            TEXT    CHECK (length(rule) BETWEEN 1 AND 500),
    remark          TEXT,
    marketing_by    INTEGER REFERENCES person (id),
    marketing_at    INTEGER,
    sales_by        INTEGER REFERENCES person (id),
    sales_at        INTEGER,
    settled_at      INTEGER CHECK (settled_at BETWEEN 0 AND 4294967294),
    CHECK ((state = 'settled') = (settled_at IS NOT NULL)),
    CHECK (state <> 'settled' OR (settlement IS NOT NULL AND marketing_by IS NOT NULL AND sales_by IS NOT NULL)),
    CHECK (marketing_by IS NULL OR sales_by IS NULL OR marketing_by <> sales_by),
    CHECK ((marketing_by IS NULL) = (marketing_at IS NULL)),
    CHECK ((sales_by IS NULL) = (sales_at IS NULL)),
    CHECK (settlement IS NOT NULL OR (marketing_by IS NULL AND sales_by IS NULL)),
    CHECK ((settlement IS 'upheld') = (must_change IS NOT NULL)),
    CHECK ((settlement IS 'recycled') = (recycle_on IS NOT NULL)),
    CHECK ((settlement IS 'criteria_gap') = (rule IS NOT NULL))
) STRICT;

CREATE        INDEX challenge_handoff ON challenge (handoff_id);
CREATE UNIQUE INDEX challenge_open    ON challenge (handoff_id) WHERE state = 'open';

-- A cluster of rejections: what they share (empty: it does not matter), and what became of the feedback.
CREATE TABLE feedback (
    id              INTEGER PRIMARY KEY,
    reason_id       INTEGER REFERENCES reason (id),
    source_id       INTEGER REFERENCES source (id),
    campaign_id     INTEGER REFERENCES campaign (id),
    segment_id      INTEGER REFERENCES segment (id),
    rep_id          INTEGER REFERENCES person (id),
    state           TEXT    NOT NULL DEFAULT 'new' CHECK (state = 'new' OR state = 'acknowledged' OR state = 'acted' OR state = 'checked'),
    note            TEXT,
    raised_at       INTEGER NOT NULL CHECK (raised_at BETWEEN 0 AND 4294967294),
    raised_by       INTEGER REFERENCES person (id),
    acknowledged_at INTEGER,
    acknowledged_by INTEGER REFERENCES person (id),
    acted_at        INTEGER,
    acted_by        INTEGER REFERENCES person (id),
    act             TEXT    CHECK (act IN ('criteria', 'campaign_keep', 'campaign_fix', 'campaign_stop', 'content', 'form')),
    act_text        TEXT,
    -- Rejections of the cluster, and what they are a share of: before the act, and when it was checked.
    then_hits       INTEGER,
    then_n          INTEGER,
    checked_at      INTEGER,
    checked_by      INTEGER REFERENCES person (id),
    now_hits        INTEGER,
    now_n           INTEGER,
    CHECK (coalesce(reason_id, source_id, campaign_id, segment_id, rep_id) IS NOT NULL),
    CHECK ((acknowledged_at IS NOT NULL) = (state <> 'new')),
    CHECK ((acted_at IS NOT NULL) = (state = 'acted' OR state = 'checked')),
    CHECK ((acted_at IS NULL) = (act IS NULL)),
    CHECK ((act IS NULL) = (act_text IS NULL)),
    CHECK ((checked_at IS NOT NULL) = (state = 'checked')),
    CHECK ((acted_at IS NULL) = (then_n IS NULL)),
    CHECK ((checked_at IS NULL) = (now_n IS NULL)),
    CHECK ((then_n IS NULL) = (then_hits IS NULL)),
    CHECK ((now_n IS NULL) = (now_hits IS NULL)),
    CHECK (then_n IS NULL OR then_hits BETWEEN 0 AND then_n),
    CHECK (now_n IS NULL OR now_hits BETWEEN 0 AND now_n)
) STRICT;

-- A cluster is open once; when it was checked, it can be raised again.
CREATE UNIQUE INDEX feedback_open ON feedback (coalesce(reason_id, 0), coalesce(source_id, 0), coalesce(campaign_id, 0),
    coalesce(segment_id, 0), coalesce(rep_id, 0)) WHERE state <> 'checked';

-- Domains of e-mail addresses that say something; an entry covers what lies under it (ac.uk: any.ac.uk).
CREATE TABLE domain_list (
    id     INTEGER PRIMARY KEY,
    list   TEXT NOT NULL CHECK (list = 'disposable' OR list = 'student' OR list = 'competitor'),
    domain TEXT NOT NULL CHECK (length(domain) BETWEEN 2 AND 253),
    UNIQUE (list, domain)
) STRICT;
