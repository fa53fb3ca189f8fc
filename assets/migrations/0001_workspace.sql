-- The workspace: who, what came in, what sales said of it, what became of it, what it cost, and the journal of every change.
-- Moments (…_at) are whole seconds since 1970-01-01 UTC; days (…_on) are days since 1970-01-01 and are never shifted by a
-- time zone; money is integer minor units beside an ISO 4217 code. Invariants that a row can show are CHECKs here
-- (spelled with OR: a longer IN list costs a temporary table for every row that is written).

CREATE TABLE workspace (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    name              TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    currency          TEXT    NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    time_zone         TEXT    NOT NULL,
    fiscal_year_start INTEGER NOT NULL DEFAULT 1 CHECK (fiscal_year_start BETWEEN 1 AND 12),
    week_start        INTEGER NOT NULL DEFAULT 1 CHECK (week_start BETWEEN 1 AND 7),
    created_at        INTEGER NOT NULL,
    -- The moment a demo or an archive is looked at; NULL: now.
    as_of             INTEGER
) STRICT;

-- Agreed numbers that change what metrics say (SLA hours, minimum attempts, small n …); domain::settings names them all.
CREATE TABLE setting (
    id    INTEGER PRIMARY KEY,
    key   TEXT    NOT NULL UNIQUE CHECK (length(key) BETWEEN 1 AND 60),
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE holiday (
    id    INTEGER PRIMARY KEY,
    on_on INTEGER NOT NULL UNIQUE,
    name  TEXT    NOT NULL
) STRICT;

CREATE TABLE person (
    id            INTEGER PRIMARY KEY,
    handle        TEXT    NOT NULL UNIQUE CHECK (length(handle) BETWEEN 1 AND 80),
    name          TEXT    NOT NULL,
    side          TEXT    NOT NULL CHECK (side = 'marketing' OR side = 'sales' OR side = 'finance' OR side = 'executive'),
    email         TEXT,
    active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    source_system TEXT,
    external_id   TEXT
) STRICT;

CREATE TABLE account (
    id            INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL,
    domain        TEXT,
    industry      TEXT,
    country       TEXT,
    employees     INTEGER CHECK (employees IS NULL OR employees >= 0),
    source_system TEXT,
    external_id   TEXT,
    custom        TEXT    CHECK (custom IS NULL OR json_valid(custom))
) STRICT;

CREATE TABLE source (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE CHECK (length(name) >= 1),
    side TEXT    NOT NULL DEFAULT 'unknown' CHECK (side = 'marketing' OR side = 'sales' OR side = 'partner' OR side = 'unknown'),
    -- A free channel costs 0 when nothing was spent; any other channel without spend costs "—".
    free INTEGER NOT NULL DEFAULT 0 CHECK (free IN (0, 1))
) STRICT;

CREATE TABLE campaign (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE CHECK (length(name) >= 1),
    source_id INTEGER REFERENCES source (id)
) STRICT;

CREATE TABLE segment (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) >= 1)
) STRICT;

-- Fields of the workspace's own, kept from imports; values lie as JSON under `key` in lead.custom, account.custom, opportunity.custom.
CREATE TABLE custom_field (
    id     INTEGER PRIMARY KEY,
    entity TEXT NOT NULL CHECK (entity = 'lead' OR entity = 'account' OR entity = 'opportunity'),
    key    TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 60),
    label  TEXT NOT NULL,
    kind   TEXT NOT NULL CHECK (kind = 'number' OR kind = 'date' OR kind = 'yes_no' OR kind = 'text'),
    UNIQUE (entity, key)
) STRICT;

CREATE TABLE reason (
    id                 INTEGER PRIMARY KEY,
    code               TEXT    NOT NULL UNIQUE CHECK (code GLOB '[a-z]*' AND length(code) <= 60),
    label              TEXT    NOT NULL,
    class              TEXT    NOT NULL CHECK (class = 'contact' OR class = 'fit' OR class = 'need' OR class = 'authority' OR class = 'budget' OR class = 'timing' OR class = 'competition' OR class = 'junk' OR class = 'other'),
    needs_note         INTEGER NOT NULL DEFAULT 0 CHECK (needs_note IN (0, 1)),
    needs_attempts     INTEGER NOT NULL DEFAULT 0 CHECK (needs_attempts IN (0, 1)),
    -- Objective proof (bounce, duplicate, competitor's domain): no conversation needed.
    objective          INTEGER NOT NULL DEFAULT 0 CHECK (objective IN (0, 1)),
    acts               TEXT    NOT NULL DEFAULT 'marketing' CHECK (acts IN ('marketing', 'sales')),
    criteria_field     TEXT,
    retired            INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
    successor_id       INTEGER REFERENCES reason (id)
) STRICT;

CREATE TABLE stage (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE CHECK (length(name) >= 1),
    -- Stage one is the first that counts as pipeline; 0 stands before it.
    position INTEGER NOT NULL CHECK (position >= 0),
    retired  INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
) STRICT;

CREATE TABLE batch (
    id          INTEGER PRIMARY KEY,
    kind        TEXT    NOT NULL,
    file        TEXT,
    map         TEXT,
    at          INTEGER NOT NULL,
    person_id   INTEGER REFERENCES person (id),
    -- Counts by entity: {"lead": {"added": n, "updated": n, "unchanged": n, "refused": n}, …}
    counts      TEXT    CHECK (counts IS NULL OR json_valid(counts)),
    undone_at   INTEGER
) STRICT;

-- What the history reads on every start stands first: SQLite walks a row from its front.
CREATE TABLE lead (
    id            INTEGER PRIMARY KEY,
    created_at    INTEGER NOT NULL CHECK (created_at BETWEEN 0 AND 4294967294),
    -- When marketing marked it as marketing-qualified; NULL: never.
    mql_at        INTEGER CHECK (mql_at BETWEEN 0 AND 4294967294),
    source_id     INTEGER REFERENCES source (id),
    campaign_id   INTEGER REFERENCES campaign (id),
    segment_id    INTEGER REFERENCES segment (id),
    owner_id      INTEGER REFERENCES person (id),
    account_id    INTEGER REFERENCES account (id),
    -- Why it is left out of every metric (C14); NULL: it counts.
    excluded      TEXT    CHECK (excluded = 'test' OR excluded = 'internal' OR excluded = 'duplicate'),
    email         TEXT,
    phone         TEXT,
    social        TEXT,
    -- 1: the export left e-mail, phone and handle out (anonymised), and its map says that there was one.
    withheld      INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1)),
    name          TEXT    NOT NULL,
    title         TEXT,
    country       TEXT,
    duplicate_of  INTEGER REFERENCES lead (id),
    note          TEXT,
    custom        TEXT,
    source_system TEXT,
    external_id   TEXT,
    -- The source's own status word, kept beside ours.
    source_status TEXT
) STRICT;

-- One hand-over of a lead to sales, and the verdict on it. An overturned rejection leaves the row (the challenge keeps it).
CREATE TABLE handoff (
    id             INTEGER PRIMARY KEY,
    lead_id        INTEGER NOT NULL REFERENCES lead (id),
    number         INTEGER NOT NULL DEFAULT 1 CHECK (number >= 1),
    handed_off_at  INTEGER NOT NULL CHECK (handed_off_at BETWEEN 0 AND 4294967294),
    assigned_at    INTEGER CHECK (assigned_at BETWEEN 0 AND 4294967294),
    owner_id       INTEGER REFERENCES person (id),
    trigger        TEXT,
    criteria_id    INTEGER,
    verdict        TEXT    CHECK (verdict = 'accepted' OR verdict = 'rejected' OR verdict = 'recycled'),
    verdict_at     INTEGER CHECK (verdict_at BETWEEN 0 AND 4294967294),
    verdict_by     INTEGER REFERENCES person (id),
    reason_id      INTEGER REFERENCES reason (id),
    -- The source's own word for the reason.
    reason_text    TEXT,
    note           TEXT,
    evidence       TEXT    CHECK (evidence = 'spoke' OR evidence = 'attempts' OR evidence = 'objective' OR evidence = 'none'),
    recycle_on     INTEGER,
    CHECK ((verdict IS NULL) = (verdict_at IS NULL)),
    CHECK (verdict IS NULL OR evidence IS NOT NULL),
    CHECK (verdict IS NOT 'rejected' OR reason_id IS NOT NULL),
    CHECK (verdict IS 'rejected' OR reason_id IS NULL),
    CHECK (verdict IS NOT 'recycled' OR recycle_on IS NOT NULL),
    CHECK (verdict IS 'recycled' OR recycle_on IS NULL)
) STRICT;

-- Marketing's side of a lead's timeline.
CREATE TABLE touch (
    id            INTEGER PRIMARY KEY,
    lead_id       INTEGER NOT NULL REFERENCES lead (id),
    at            INTEGER NOT NULL CHECK (at BETWEEN 0 AND 4294967294),
    kind          TEXT    NOT NULL,
    campaign_id   INTEGER REFERENCES campaign (id),
    person_id     INTEGER REFERENCES person (id),
    note          TEXT,
    source_system TEXT,
    external_id   TEXT
) STRICT;

-- Sales' side: one try to reach the lead. Automatic replies are no attempts and are not stored here.
CREATE TABLE attempt (
    id            INTEGER PRIMARY KEY,
    handoff_id    INTEGER NOT NULL REFERENCES handoff (id),
    at            INTEGER NOT NULL CHECK (at BETWEEN 0 AND 4294967294),
    channel       TEXT    NOT NULL CHECK (channel = 'call' OR channel = 'email' OR channel = 'meeting' OR channel = 'message' OR channel = 'visit'),
    outcome       TEXT    NOT NULL CHECK (outcome = 'no_answer' OR outcome = 'voicemail' OR outcome = 'connected' OR outcome = 'meeting_held' OR outcome = 'no_show' OR outcome = 'bounced' OR outcome = 'sent'),
    minutes       INTEGER CHECK (minutes IS NULL OR minutes BETWEEN 0 AND 1440),
    person_id     INTEGER REFERENCES person (id),
    note          TEXT,
    source_system TEXT,
    external_id   TEXT
) STRICT;

CREATE TABLE opportunity (
    id                  INTEGER PRIMARY KEY,
    name                TEXT    NOT NULL,
    account_id          INTEGER REFERENCES account (id),
    -- The lead that it came from first; all of them stand in opportunity_lead.
    lead_id             INTEGER REFERENCES lead (id),
    handoff_id          INTEGER REFERENCES handoff (id),
    source_id           INTEGER REFERENCES source (id),
    campaign_id         INTEGER REFERENCES campaign (id),
    segment_id          INTEGER REFERENCES segment (id),
    owner_id            INTEGER REFERENCES person (id),
    marketing_owner_id  INTEGER REFERENCES person (id),
    created_at          INTEGER NOT NULL CHECK (created_at BETWEEN 0 AND 4294967294),
    stage_id            INTEGER REFERENCES stage (id),
    stage_since_at      INTEGER CHECK (stage_since_at BETWEEN 0 AND 4294967294),
    last_activity_at    INTEGER CHECK (last_activity_at BETWEEN 0 AND 4294967294),
    amount_minor        INTEGER,
    currency            TEXT    CHECK (currency IS NULL OR currency GLOB '[A-Z][A-Z][A-Z]'),
    close_on            INTEGER,
    -- The gate's parts that are statements, each with its own evidence.
    conversation_at     INTEGER CHECK (conversation_at BETWEEN 0 AND 4294967294),
    criteria_confirmed  INTEGER NOT NULL DEFAULT 0 CHECK (criteria_confirmed IN (0, 1)),
    criteria_id         INTEGER,
    evidence            TEXT    NOT NULL DEFAULT 'none' CHECK (evidence = 'logged' OR evidence = 'asserted' OR evidence = 'none'),
    -- Frozen when it qualified (C7).
    qualified_at        INTEGER CHECK (qualified_at BETWEEN 0 AND 4294967294),
    qualified_minor     INTEGER,
    qualified_currency  TEXT,
    outcome             TEXT    CHECK (outcome = 'won' OR outcome = 'lost' OR outcome = 'no_decision'),
    closed_at           INTEGER CHECK (closed_at BETWEEN 0 AND 4294967294),
    lost_reason_id      INTEGER REFERENCES reason (id),
    lost_reason_text    TEXT,
    -- Variable cost of delivery; NULL: margin unknown.
    delivery_cost_minor INTEGER,
    reversed_at         INTEGER CHECK (reversed_at BETWEEN 0 AND 4294967294),
    note                TEXT,
    custom              TEXT,
    source_system       TEXT,
    external_id         TEXT,
    source_status       TEXT,
    CHECK ((outcome IS NULL) = (closed_at IS NULL)),
    CHECK (amount_minor IS NULL OR currency IS NOT NULL),
    CHECK (qualified_at IS NULL OR (conversation_at IS NOT NULL AND close_on IS NOT NULL AND criteria_confirmed = 1
                                    AND qualified_minor > 0 AND qualified_currency IS NOT NULL AND stage_id IS NOT NULL)),
    CHECK (qualified_at IS NULL OR evidence <> 'none'),
    CHECK ((qualified_at IS NULL) = (qualified_minor IS NULL))
) STRICT;

CREATE TABLE opportunity_lead (
    id             INTEGER PRIMARY KEY,
    opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
    lead_id        INTEGER NOT NULL REFERENCES lead (id)
) STRICT;

-- What happened to a deal: stage, value, date, owner, qualified, won, lost, no_decision, reversed, reopened.
CREATE TABLE opportunity_event (
    id             INTEGER PRIMARY KEY,
    opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
    at             INTEGER NOT NULL CHECK (at BETWEEN 0 AND 4294967294),
    kind           TEXT    NOT NULL CHECK (kind = 'created' OR kind = 'stage' OR kind = 'amount' OR kind = 'close_on' OR kind = 'owner' OR kind = 'qualified' OR kind = 'won' OR kind = 'lost' OR kind = 'no_decision' OR kind = 'reversed' OR kind = 'reopened'),
    before         TEXT,
    after          TEXT,
    person_id      INTEGER REFERENCES person (id)
) STRICT;

CREATE TABLE spend (
    id            INTEGER PRIMARY KEY,
    source_id     INTEGER REFERENCES source (id),
    campaign_id   INTEGER REFERENCES campaign (id),
    lead_id       INTEGER REFERENCES lead (id),
    on_on         INTEGER NOT NULL,
    kind          TEXT    NOT NULL DEFAULT 'media' CHECK (kind = 'media' OR kind = 'marketing_people' OR kind = 'sales_people' OR kind = 'tools'),
    amount_minor  INTEGER NOT NULL,
    currency      TEXT    NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    note          TEXT,
    source_system TEXT,
    external_id   TEXT
) STRICT;

-- The newest row of a metric and span is in force; older ones are its history.
CREATE TABLE target (
    id       INTEGER PRIMARY KEY,
    metric   TEXT    NOT NULL,
    start_on INTEGER NOT NULL,
    end_on   INTEGER NOT NULL,
    value    INTEGER NOT NULL CHECK (value >= 0),
    set_by   INTEGER REFERENCES person (id),
    set_at   INTEGER NOT NULL,
    CHECK (start_on < end_on)
) STRICT;

-- How much one unit of `currency` is worth in the workspace's currency from that day on; decimal text.
CREATE TABLE fx_rate (
    id       INTEGER PRIMARY KEY,
    currency TEXT    NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    from_on  INTEGER NOT NULL,
    rate     TEXT    NOT NULL,
    UNIQUE (currency, from_on)
) STRICT;

-- One row per command. `change` holds what it did, row by row.
CREATE TABLE journal (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    person_id INTEGER,
    os_user   TEXT    NOT NULL,
    verb      TEXT    NOT NULL,
    -- What a person would call it: "reject Ada Lovelace (No budget)".
    summary   TEXT    NOT NULL,
    batch_id  INTEGER,
    undoes    INTEGER REFERENCES journal (id)
) STRICT;

-- What an entry did, in order. One row: `before` and `after` as JSON objects of the columns that changed. A run of rows of
-- an import (first_id … last_id) has neither: its rows lie in their table, or came from a file that can be imported again.
CREATE TABLE change (
    id         INTEGER PRIMARY KEY,
    journal_id INTEGER NOT NULL REFERENCES journal (id),
    op         TEXT    NOT NULL CHECK (op = 'insert' OR op = 'update' OR op = 'delete'),
    entity     TEXT    NOT NULL,
    first_id   INTEGER NOT NULL,
    last_id    INTEGER NOT NULL CHECK (last_id >= first_id),
    before     TEXT,
    after      TEXT,
    CHECK (op <> 'update' OR (first_id = last_id AND before IS NOT NULL AND after IS NOT NULL))
) STRICT;

-- The columns of the history as the program keeps them in memory, so that a start need not read the tables. Valid at
-- `journal_id`; what was journalled since is read from the tables. Can be thrown away at any time.
CREATE TABLE facts_cache (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    journal_id INTEGER NOT NULL,
    bytes      BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX lead_external        ON lead (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE        INDEX lead_duplicate       ON lead (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE UNIQUE INDEX account_external     ON account (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE        INDEX account_name         ON account (name);
CREATE UNIQUE INDEX person_external      ON person (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX handoff_of_lead      ON handoff (lead_id, number);
CREATE        INDEX opportunity_of_lead  ON opportunity (lead_id) WHERE lead_id IS NOT NULL;
CREATE        INDEX opportunity_handoff  ON opportunity (handoff_id) WHERE handoff_id IS NOT NULL;
CREATE        INDEX opportunity_account  ON opportunity (account_id) WHERE account_id IS NOT NULL;
CREATE        INDEX spend_of_lead        ON spend (lead_id) WHERE lead_id IS NOT NULL;
CREATE UNIQUE INDEX opportunity_external ON opportunity (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX opportunity_lead_one ON opportunity_lead (opportunity_id, lead_id);
CREATE        INDEX opportunity_lead_of  ON opportunity_lead (lead_id);
CREATE        INDEX opportunity_event_of ON opportunity_event (opportunity_id);
CREATE UNIQUE INDEX attempt_external     ON attempt (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE        INDEX attempt_handoff      ON attempt (handoff_id);
CREATE UNIQUE INDEX touch_external       ON touch (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE        INDEX touch_lead           ON touch (lead_id);
CREATE        INDEX spend_day            ON spend (on_on) WHERE lead_id IS NULL;
CREATE UNIQUE INDEX spend_external       ON spend (external_id, source_system) WHERE external_id IS NOT NULL;
CREATE        INDEX change_journal       ON change (journal_id);
CREATE        INDEX change_entity        ON change (entity, first_id);
CREATE        INDEX journal_undoes       ON journal (undoes) WHERE undoes IS NOT NULL;
