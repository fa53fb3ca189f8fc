-- The meeting: who sat at the table, what was spoken of, what came of it, and the figures as they stood then.

-- Agendas of the workspace's own, beside those that the program brings along.
CREATE TABLE agenda (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    -- [["scoreboard", "Scoreboard", 8], ["other", "Anything else", 5]]
    items TEXT NOT NULL CHECK (json_valid(items))
) STRICT;

CREATE TABLE meeting (
    id           INTEGER PRIMARY KEY,
    agenda       TEXT    NOT NULL CHECK (length(agenda) BETWEEN 1 AND 60),
    -- In the time of the history: the moment that a demo or an archive is looked at.
    started_at   INTEGER NOT NULL CHECK (started_at BETWEEN 0 AND 4294967294),
    started_by   INTEGER REFERENCES person (id),
    -- By the clock on the wall, which timers count by.
    began_at     INTEGER NOT NULL CHECK (began_at BETWEEN 0 AND 4294967294),
    presenter_id INTEGER REFERENCES person (id),
    closed_at    INTEGER CHECK (closed_at BETWEEN 0 AND 4294967294),
    closed_by    INTEGER REFERENCES person (id),
    ended_at     INTEGER CHECK (ended_at BETWEEN 0 AND 4294967294),
    next_on      INTEGER,
    CHECK ((closed_at IS NULL) = (ended_at IS NULL)),
    CHECK (closed_at IS NULL OR closed_at >= started_at),
    CHECK (next_on IS NULL OR closed_at IS NOT NULL)
) STRICT;

-- One meeting at a time.
CREATE UNIQUE INDEX meeting_running ON meeting ((closed_at IS NULL)) WHERE closed_at IS NULL;

CREATE TABLE agenda_item (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    position   INTEGER NOT NULL CHECK (position >= 1),
    topic      TEXT    NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
    title      TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    minutes    INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state = 'waiting' OR state = 'open' OR state = 'done' OR state = 'parked'),
    -- By the clock on the wall; what was spent before it was opened (again) stands in seconds.
    opened_at  INTEGER,
    spent      INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
    CHECK ((state = 'open') = (opened_at IS NOT NULL)),
    UNIQUE (meeting_id, position)
) STRICT;

CREATE UNIQUE INDEX agenda_item_open ON agenda_item (meeting_id) WHERE state = 'open';

CREATE TABLE attendance (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    -- As it was then.
    side       TEXT    NOT NULL CHECK (side = 'marketing' OR side = 'sales' OR side = 'finance' OR side = 'executive'),
    came_at    INTEGER NOT NULL,
    left_at    INTEGER,
    UNIQUE (meeting_id, person_id)
) STRICT;

-- The figures as they stood. Never changed and never removed.
CREATE TABLE snapshot (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    part       TEXT    NOT NULL CHECK (part = 'start' OR part = 'end'),
    at         INTEGER NOT NULL CHECK (at BETWEEN 0 AND 4294967294),
    period     TEXT    NOT NULL CHECK (length(period) BETWEEN 1 AND 60),
    -- The number of the criteria in force for all leads.
    criteria   INTEGER,
    text       TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 8000000),
    sha256     TEXT    NOT NULL CHECK (length(sha256) = 64),
    UNIQUE (meeting_id, part)
) STRICT;

CREATE TABLE decision (
    id          INTEGER PRIMARY KEY,
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    at          INTEGER NOT NULL,
    by_id       INTEGER REFERENCES person (id),
    text        TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    owner_id    INTEGER NOT NULL REFERENCES person (id),
    due_on      INTEGER NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind = 'criteria' OR kind = 'campaign_keep' OR kind = 'campaign_fix' OR kind = 'campaign_stop' OR kind = 'other'),
    campaign_id INTEGER REFERENCES campaign (id),
    -- The number that it should move, and what it was then, as JSON.
    metric      TEXT    CHECK (length(metric) BETWEEN 1 AND 60),
    was         TEXT    CHECK (was IS NULL OR json_valid(was)),
    -- [["metric", "win_rate"], ["handoff", "17"], ["words", "what the reps say"]]
    rests_on    TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(rests_on)),
    CHECK ((metric IS NULL) = (was IS NULL)),
    CHECK ((kind LIKE 'campaign%') = (campaign_id IS NOT NULL))
) STRICT;

CREATE TABLE action (
    id         INTEGER PRIMARY KEY,
    -- Where it was taken on and where it ended; none: between two meetings.
    meeting_id INTEGER REFERENCES meeting (id),
    at         INTEGER NOT NULL,
    by_id      INTEGER REFERENCES person (id),
    text       TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    owner_id   INTEGER NOT NULL REFERENCES person (id),
    due_on     INTEGER NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind = 'task' OR kind = 'content_request'),
    state      TEXT    NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'done' OR state = 'dropped'),
    ended_at   INTEGER,
    ended_by   INTEGER REFERENCES person (id),
    ended_in   INTEGER REFERENCES meeting (id),
    why        TEXT    CHECK (length(why) BETWEEN 1 AND 500),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'dropped') = (why IS NOT NULL)),
    CHECK (ended_in IS NULL OR ended_at IS NOT NULL)
) STRICT;

CREATE TABLE issue (
    id          INTEGER PRIMARY KEY,
    -- Where it was raised and where it ended; none: between two meetings.
    meeting_id  INTEGER REFERENCES meeting (id),
    at          INTEGER NOT NULL,
    by_id       INTEGER REFERENCES person (id),
    text        TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    priority    INTEGER NOT NULL DEFAULT 2 CHECK (priority BETWEEN 1 AND 3),
    state       TEXT    NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'discussing' OR state = 'solved' OR state = 'parked' OR state = 'dropped'),
    rests_on    TEXT    NOT NULL DEFAULT '[]' CHECK (json_valid(rests_on)),
    ended_at    INTEGER,
    ended_in    INTEGER REFERENCES meeting (id),
    decision_id INTEGER REFERENCES decision (id),
    action_id   INTEGER REFERENCES action (id),
    why         TEXT    CHECK (length(why) BETWEEN 1 AND 500),
    CHECK ((state = 'solved' OR state = 'dropped') = (ended_at IS NOT NULL)),
    CHECK ((state = 'solved') = (decision_id IS NOT NULL OR action_id IS NOT NULL)),
    CHECK ((state = 'dropped') = (why IS NOT NULL)),
    CHECK (ended_in IS NULL OR ended_at IS NOT NULL)
) STRICT;

-- The room speaks of one issue at a time.
CREATE UNIQUE INDEX issue_discussing ON issue (state) WHERE state = 'discussing';

CREATE TABLE meeting_note (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    item_id    INTEGER REFERENCES agenda_item (id),
    at         INTEGER NOT NULL,
    by_id      INTEGER REFERENCES person (id),
    text       TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 4000)
) STRICT;

CREATE TABLE rating (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    person_id  INTEGER NOT NULL REFERENCES person (id),
    score      INTEGER NOT NULL CHECK (score BETWEEN 1 AND 10),
    UNIQUE (meeting_id, person_id)
) STRICT;
