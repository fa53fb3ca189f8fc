//! What an item is about, as few words and tall figures, as many as fit. Computes nothing: figures are those of the board and of the decisions.

use crate::domain::criteria::version::{State, Version};
use crate::domain::meeting::IssueState;
use crate::domain::meeting::line::{Decision, Issue};
use crate::metrics::Metric;
use crate::screens::figures::{self, Room};
use crate::screens::labels;
use crate::screens::meeting::measure::{self, Effects, NO_PROOF};
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{BIG_HEIGHT, Ink, big_width, draw_big};

/// Lines of a tall figure with its name and a free line.
const TILE: u16 = BIG_HEIGHT + 2;

/// From this width on tiles stand in three columns, and in two from the other.
const COLUMNS: [(u16, u16); 2] = [(150, 3), (70, 2)];

/// Most lines of one text.
const MOST: usize = 3;

/// A screen that is filled from the top.
pub(super) struct Sheet<'a> {
    pub(super) ink: Ink<'a>,
    pub(super) line: u16,
    /// The first entry of its list.
    pub(super) from: usize,
    pub(super) model: &'a Model,
    pub(super) effects: &'a Effects,
    pub(super) theme: &'a Theme,
}

impl Sheet<'_> {
    fn room(&self) -> u16 {
        self.ink.height().saturating_sub(self.line)
    }

    fn heading(&mut self, words: &str) {
        self.ink
            .write(self.line, 2, words, self.theme[Role::Heading]);
        self.line += 1;
    }

    /// Words over the whole width, with a free line below.
    fn say(&mut self, words: &str, role: Role) {
        let width = usize::from(self.ink.width().saturating_sub(4));
        for line in text::wrap(&text::clean(words), width).iter().take(MOST) {
            self.ink.write(self.line, 2, line, self.theme[role]);
            self.line += 1;
        }
        self.line += 1;
    }

    /// One entry of a list: lines as long as there is room for one more; how many were left out otherwise.
    fn list(&mut self, entries: &[String], empty: &str) {
        if entries.is_empty() {
            return self.say(empty, Role::Dim);
        }
        let from = self.from.min(entries.len() - 1);
        for (at, entry) in entries.iter().enumerate().skip(from) {
            if self.room() < 3 && at + 1 < entries.len() {
                return self.more(entries.len() - at);
            }
            self.say(entry, Role::Strong);
        }
    }

    fn more(&mut self, n: usize) {
        let told = format!("and {n} more: ↓");
        let last = self.ink.height().saturating_sub(1);
        let line = self.line.min(last);
        self.ink.write(line, 2, &told, self.theme[Role::Dim]);
    }

    /// The issue that the room speaks of.
    pub(super) fn spoken_of(&mut self) {
        let issues = self.model.book().meetings.open_issues();
        let spoken = |issue: &&&Issue| issue.state == IssueState::Discussing;
        let Some(text) = issues.iter().find(spoken).map(|issue| issue.text.clone()) else {
            return;
        };
        self.heading("We speak of");
        self.say(&text, Role::Headline);
    }

    fn tiles(&mut self, metrics: &[Metric]) {
        let period = figures::period(&self.model.scope().period);
        self.heading(&period);
        let width = self.ink.width().saturating_sub(2);
        let columns = COLUMNS.iter().find(|(from, _)| width >= *from);
        let columns = columns.map_or(1, |(_, columns)| *columns);
        let wide = width / columns;
        for row in metrics.chunks(usize::from(columns)) {
            if self.room() < TILE - 1 {
                return;
            }
            for (column, metric) in (0..).zip(row) {
                self.tile(*metric, 2 + column * wide, wide.saturating_sub(2));
            }
            self.line += TILE;
        }
    }

    fn tile(&mut self, metric: Metric, at: u16, wide: u16) {
        let board = self.model.board();
        let Some(figure) = board.figures().find(|figure| figure.id == metric) else {
            return;
        };
        let mut told = figures::figure(figure, Room::Wide);
        if big_width(&told) > wide {
            told = figures::figure(figure, Room::Narrow);
        }
        let (line, theme) = (self.line, self.theme);
        let name = labels::label(metric);
        let beside = figures::beside(figure, Room::Wide);
        let side = crate::widgets::Side::Left;
        let end = self
            .ink
            .field(line, at, wide, name, side, theme[Role::Strong]);
        let room = wide.saturating_sub(end - at + 1);
        self.ink
            .field(line, end + 1, room, &beside, side, theme[Role::Dim]);
        draw_big(&mut self.ink, line + 1, at, &told, theme[Role::Headline]);
    }

    /// One number that both own, and why both are right.
    pub(super) fn board(&mut self) {
        use Metric as M;
        self.tiles(&[
            M::QualifiedPipelineSourced,
            M::PipelineAttainment,
            M::Mqls,
            M::Revenue,
            M::RejectionRate,
            M::WinRate,
        ]);
    }

    /// What is rejected, how well that is proven, what it costs.
    pub(super) fn rejections(&mut self) {
        use Metric as M;
        self.tiles(&[
            M::RejectionRate,
            M::UnverifiedRejections,
            M::WastedSpend,
            M::AcceptanceRate,
            M::SpeedToLead,
            M::FeedbackLatency,
        ]);
    }

    /// Which definition is in force, and how far the next one has come.
    pub(super) fn criteria(&mut self) {
        let (book, now) = (self.model.book(), self.model.now());
        let in_force = match book.criteria.in_force(None, now) {
            Some(version) => {
                let since = version.in_force_at.map(|at| book.calendar.day_of(at));
                let since = since.map_or_else(String::new, |day| format!(" since {day}"));
                format!("Version {} is in force{since}", version.number)
            }
            None => "No criteria are in force yet".to_owned(),
        };
        self.say(&in_force, Role::Headline);
        for alarm in self.model.alarms() {
            self.say(&format!("! {alarm}"), Role::Warn);
        }
        if let Some(draft) = book.criteria.draft(None) {
            self.say(&next(draft), Role::Strong);
        }
        self.tiles(&[Metric::AcceptanceRate, Metric::RejectionRate]);
    }

    /// The open pipeline when the room last met, and now, and what happened between.
    pub(super) fn pipeline(&mut self) {
        let Some(since) = self.effects.since_the_last() else {
            return self.tiles(&[
                Metric::QualifiedPipelineSourced,
                Metric::PipelineCoverage,
                Metric::WinRate,
                Metric::Revenue,
            ]);
        };
        let currency = self.model.facts().rates.home();
        let money = |minor: Option<i64>, room| figures::sum(minor, currency, room);
        let fall = &since.waterfall;
        let (then, now) = (
            money(fall.start, Room::Narrow),
            money(fall.end, Room::Narrow),
        );
        let steps = fall.steps.iter().filter(|step| step.amount != Some(0));
        let steps: Vec<String> = steps
            .map(|step| {
                let sign = if step.amount > Some(0) { "+" } else { "" };
                let amount = money(step.amount, Room::Wide);
                format!("{} {sign}{amount}", step.change.label())
            })
            .collect();
        let period = figures::period(&self.model.history().scope.period);
        self.heading(&format!(
            "Open qualified pipeline that closes in {period}, since the last meeting"
        ));
        self.then_and_now((&then, &now), Role::Headline, "");
        self.line += 1;
        self.list(&steps, "nothing has changed");
    }

    /// Two tall figures and an arrow between them.
    fn then_and_now(&mut self, (then, now): (&str, &str), role: Role, beside: &str) {
        let (line, theme) = (self.line, self.theme);
        let at = draw_big(&mut self.ink, line, 3, then, theme[Role::Dim]);
        self.ink.write(line + 1, at + 2, "→", theme[Role::Text]);
        let at = draw_big(&mut self.ink, line, at + 5, now, theme[role]);
        self.ink.write(line + 2, at + 3, beside, theme[Role::Dim]);
        self.line += BIG_HEIGHT;
    }

    /// Issues that wait, the most urgent first.
    pub(super) fn issues(&mut self) {
        let open = self.model.book().meetings.open_issues();
        let waiting = open
            .iter()
            .filter(|issue| issue.state != IssueState::Discussing);
        let told: Vec<String> = waiting
            .map(|issue| {
                let parked = match issue.state {
                    IssueState::Parked => " · parked",
                    _ => "",
                };
                format!("{}  {}{parked}", issue.priority.word(), issue.text)
            })
            .collect();
        self.heading("Issues, the most urgent first");
        self.list(&told, "No issue waits; ! raises one");
    }

    /// What was written down at the open item.
    pub(super) fn noted(&mut self) {
        let running = self.model.book().meetings.running();
        let open = running.and_then(|meeting| meeting.open_item());
        let of = open.map(|item| item.id);
        let notes = running.into_iter().flat_map(|meeting| &meeting.notes);
        let notes: Vec<String> = notes
            .filter(|note| note.item == of)
            .map(|note| format!("• {}", note.text))
            .collect();
        self.heading("Noted");
        self.list(&notes, "Nothing yet; ; writes a note");
    }

    /// What was decided and taken on in the running meeting.
    pub(super) fn today(&mut self) {
        let meetings = &self.model.book().meetings;
        let Some(running) = meetings.running() else {
            return;
        };
        let by = |owner: &str, due, text: &str| format!("{text}  · {owner}, {due}");
        let mut told: Vec<String> = meetings
            .decisions_of(running.id)
            .map(|d| format!("= {}", by(&d.owner.name, d.due, &d.text)))
            .collect();
        let actions = meetings
            .actions
            .iter()
            .filter(|a| a.meeting == Some(running.id));
        told.extend(actions.map(|a| format!("+ {}", by(&a.owner.name, a.due, &a.text))));
        self.heading("Decided (=) and taken on (+) today");
        self.list(&told, "Nothing yet; = decides, + takes something on");
    }

    /// Decisions of the meeting before, each with its number then and now.
    pub(super) fn last_time(&mut self) {
        let meetings = &self.model.book().meetings;
        let last = meetings.last_closed();
        let decisions: Vec<&Decision> = last
            .map(|last| meetings.decisions_of(last.id).collect())
            .unwrap_or_default();
        if decisions.is_empty() {
            return self.say("Nothing was decided last time", Role::Dim);
        }
        self.heading(&format!("Decided last time; {NO_PROOF}"));
        let from = self.from.min(decisions.len() - 1);
        for (at, decision) in decisions.iter().enumerate().skip(from) {
            if at > from && self.room() < TILE + 1 {
                return self.more(decisions.len() - at);
            }
            self.decision(decision);
        }
    }

    fn decision(&mut self, decision: &Decision) {
        let text = format!("{}  · {}", decision.text, decision.owner.name);
        let Some(effect) = self.effects.of(decision) else {
            return self.say(&text, Role::Strong);
        };
        let theme = self.theme;
        self.ink.write(self.line, 2, &text, theme[Role::Strong]);
        self.line += 1;
        let then = figures::figure(&effect.then, Room::Narrow);
        let now = figures::figure(&effect.now, Room::Narrow);
        let wide = big_width(&then) + big_width(&now) + 30;
        if wide > self.ink.width() {
            return self.say(&measure::words(effect), Role::Text);
        }
        let role = match measure::better(effect) {
            Some(true) => Role::Good,
            Some(false) => Role::Bad,
            None => Role::Headline,
        };
        let mode = effect.now.counted.word();
        let beside = format!(
            "n {} → {} {mode}  {}",
            figures::grouped(effect.then.n as i64),
            figures::grouped(effect.now.n as i64),
            measure::moved(effect)
        );
        let at = big_width(&then) + big_width(&now) + 11;
        let name = format!("{}, {}", measure::name(effect), effect.now_period);
        let room = usize::from(self.ink.width().saturating_sub(at));
        if text::width(&name).max(text::width(&beside)) > room {
            self.then_and_now((&then, &now), role, "");
            let both = format!("{name}, {beside}");
            self.ink.write(self.line, 3, &both, theme[Role::Text]);
            self.line += 2;
            return;
        }
        self.ink.write(self.line + 1, at, &name, theme[Role::Text]);
        self.then_and_now((&then, &now), role, &beside);
        self.line += 1;
    }
}

/// How far the next definition has come, and who has to sign.
fn next(draft: &Version) -> String {
    let number = draft.number;
    if draft.state == State::Draft {
        return format!("Version {number} is a draft, not proposed yet");
    }
    let missing: Vec<&str> = draft.unsigned().iter().map(|side| side.label()).collect();
    match &missing[..] {
        [] => format!("Version {number} is signed"),
        missing => format!(
            "Version {number} is proposed; {} has to sign",
            missing.join(" and ")
        ),
    }
}
