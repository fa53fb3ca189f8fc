-- The shared definition of a qualified lead: versions with their signatures, and rules.

CREATE TABLE criteria (
    id             INTEGER PRIMARY KEY,
    number         INTEGER NOT NULL UNIQUE CHECK (number >= 1),
    segment_id     INTEGER REFERENCES segment (id),
    state          TEXT    NOT NULL DEFAULT 'draft' CHECK (state = 'draft' OR state = 'proposed' OR state = 'signed'),
    at_least       INTEGER NOT NULL DEFAULT 0 CHECK (at_least BETWEEN 0 AND 64),
    unknown        TEXT    NOT NULL DEFAULT 'ask' CHECK (unknown = 'pass' OR unknown = 'ask' OR unknown = 'fail'),
    marketing_text TEXT    NOT NULL DEFAULT '' CHECK (length(marketing_text) <= 2000),
    sales_text     TEXT    NOT NULL DEFAULT '' CHECK (length(sales_text) <= 2000),
    agreed_text    TEXT    NOT NULL DEFAULT '' CHECK (length(agreed_text) <= 2000),
    consequence    TEXT    NOT NULL DEFAULT '' CHECK (length(consequence) <= 2000),
    -- When it is looked at again.
    review_on      INTEGER,
    -- Of the page: a change names the revision that it was made on.
    revision       INTEGER NOT NULL DEFAULT 1,
    edited_at      INTEGER NOT NULL,
    edited_by      INTEGER REFERENCES person (id),
    -- 1: finance signs as well.
    needs_finance  INTEGER NOT NULL DEFAULT 0 CHECK (needs_finance IN (0, 1)),
    proposed_at    INTEGER,
    proposed_by    INTEGER REFERENCES person (id),
    -- Who signed for which side: different people. A change clears them.
    marketing_by   INTEGER REFERENCES person (id),
    marketing_at   INTEGER,
    sales_by       INTEGER REFERENCES person (id),
    sales_at       INTEGER,
    finance_by     INTEGER REFERENCES person (id),
    finance_at     INTEGER,
    -- What it said of the past when the last side signed: decided handoffs by its answer, and how many met it of all.
    met_accepted    INTEGER CHECK (met_accepted >= 0),
    met_rejected    INTEGER CHECK (met_rejected >= 0),
    failed_accepted INTEGER CHECK (failed_accepted >= 0),
    failed_rejected INTEGER CHECK (failed_rejected >= 0),
    met             INTEGER CHECK (met BETWEEN 0 AND handoffs),
    handoffs        INTEGER CHECK (handoffs >= 0),
    -- From then on it is in force, until a later one of its segment is or it is retired.
    in_force_at    INTEGER CHECK (in_force_at BETWEEN 0 AND 4294967294),
    retired_at     INTEGER CHECK (retired_at BETWEEN 0 AND 4294967294),
    CHECK ((state = 'draft') = (proposed_at IS NULL)),
    CHECK (state <> 'draft' OR (marketing_by IS NULL AND sales_by IS NULL AND finance_by IS NULL)),
    CHECK (state <> 'signed' OR (marketing_by IS NOT NULL AND sales_by IS NOT NULL AND (needs_finance = 0 OR finance_by IS NOT NULL))),
    CHECK (marketing_by IS NULL OR sales_by IS NULL OR marketing_by <> sales_by),
    CHECK (finance_by IS NULL OR (finance_by IS NOT marketing_by AND finance_by IS NOT sales_by)),
    CHECK ((marketing_by IS NULL) = (marketing_at IS NULL)),
    CHECK ((sales_by IS NULL) = (sales_at IS NULL)),
    CHECK ((finance_by IS NULL) = (finance_at IS NULL)),
    CHECK ((handoffs IS NULL) = (met IS NULL)),
    CHECK ((handoffs IS NULL) = (met_accepted IS NULL)),
    CHECK ((handoffs IS NULL) = (met_rejected IS NULL)),
    CHECK ((handoffs IS NULL) = (failed_accepted IS NULL)),
    CHECK ((handoffs IS NULL) = (failed_rejected IS NULL)),
    CHECK (handoffs IS NULL OR state = 'signed'),
    CHECK (in_force_at IS NULL OR state = 'signed'),
    CHECK (retired_at IS NULL OR in_force_at IS NOT NULL)
) STRICT;

-- One draft at a time for each segment: the room edits one page.
CREATE UNIQUE INDEX criteria_draft ON criteria (coalesce(segment_id, 0)) WHERE state <> 'signed';

CREATE TABLE criteria_rule (
    id          INTEGER PRIMARY KEY,
    criteria_id INTEGER NOT NULL REFERENCES criteria (id),
    position    INTEGER NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind = 'must' OR kind = 'must_not' OR kind = 'supporting'),
    class       TEXT    NOT NULL CHECK (class IN ('fit', 'need', 'authority', 'budget', 'timing', 'engagement')),
    field       TEXT    NOT NULL CHECK (length(field) BETWEEN 1 AND 120),
    operator    TEXT    NOT NULL,
    -- [["number", "50"], ["text", "software"], ["day", "2025-01-31"], ["yes_no", "yes"]]
    vals        TEXT    NOT NULL CHECK (json_valid(vals)),
    why         TEXT    NOT NULL DEFAULT '' CHECK (length(why) <= 500),
    switch      TEXT    NOT NULL DEFAULT 'on' CHECK (switch = 'on' OR switch = 'off'),
    revision    INTEGER NOT NULL DEFAULT 1,
    edited_at   INTEGER NOT NULL,
    edited_by   INTEGER REFERENCES person (id)
) STRICT;

CREATE INDEX criteria_rule_of ON criteria_rule (criteria_id);
