-- The rep's desk: why a lead was accepted although criteria fail, kept filters, and two more things that happen to a deal.

ALTER TABLE handoff ADD COLUMN despite TEXT;

CREATE TABLE saved_filter (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500)
) STRICT;

CREATE TABLE opportunity_event_2 (
    id             INTEGER PRIMARY KEY,
    opportunity_id INTEGER NOT NULL REFERENCES opportunity (id),
    at             INTEGER NOT NULL CHECK (at BETWEEN 0 AND 4294967294),
    kind           TEXT    NOT NULL CHECK (kind = 'created' OR kind = 'stage' OR kind = 'amount' OR kind = 'close_on'
                                           OR kind = 'owner' OR kind = 'marketing_owner' OR kind = 'lead' OR kind = 'qualified'
                                           OR kind = 'won' OR kind = 'lost' OR kind = 'no_decision' OR kind = 'reversed' OR kind = 'reopened'),
    before         TEXT,
    after          TEXT,
    person_id      INTEGER REFERENCES person (id)
) STRICT;

INSERT INTO opportunity_event_2 (id, opportunity_id, at, kind, before, after, person_id)
    SELECT id, opportunity_id, at, kind, before, after, person_id FROM opportunity_event;
DROP TABLE opportunity_event;
ALTER TABLE opportunity_event_2 RENAME TO opportunity_event;
CREATE INDEX opportunity_event_of ON opportunity_event (opportunity_id);
