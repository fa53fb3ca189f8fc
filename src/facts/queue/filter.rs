//! A filter of the queue and the one line of text that it is typed and kept as. Reads names, never rows of the file.

use crate::domain::verdict::{Verdict, words};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::dictionary::Dictionary;
use crate::facts::filter::{Dimension, Filter};

words! {
    /// Which handoffs are looked at, by their verdict.
    State {
        /// Without a verdict: the work to do.
        Open = "open" / "open",
        /// Accepted.
        Accepted = "accepted" / "accepted",
        /// Rejected.
        Rejected = "rejected" / "rejected",
        /// Recycled.
        Recycled = "recycled" / "recycled",
        /// All of them.
        All = "all" / "all",
    }
}

impl State {
    /// Whether a handoff with that verdict is looked at.
    pub fn takes(self, verdict: Option<Verdict>) -> bool {
        match self {
            State::Open => verdict.is_none(),
            State::Accepted => verdict == Some(Verdict::Accepted),
            State::Rejected => verdict == Some(Verdict::Rejected),
            State::Recycled => verdict == Some(Verdict::Recycled),
            State::All => true,
        }
    }
}

words! {
    /// Something that must hold of a handoff.
    Mark {
        /// It is the viewer's.
        Mine = "mine" / "mine",
        /// It is nobody's.
        Unassigned = "unassigned" / "nobody's",
        /// Nobody has tried the lead.
        Untouched = "untouched" / "untouched",
        /// The first attempt was not made in time.
        Breached = "breached" / "SLA breached",
        /// The lead was recycled, and its day has come.
        Returned = "due" / "recycled, due",
    }
}

/// What the queue shows. All parts must hold; several values of one dimension are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueFilter {
    /// By verdict.
    pub state: State,
    /// Marks that must hold.
    pub marks: Vec<Mark>,
    /// Source, campaign, segment, rep.
    pub chosen: Filter,
    /// Codes of rejection reasons.
    pub reasons: Vec<Code>,
    /// Words to search for.
    pub search: String,
}

impl Default for QueueFilter {
    fn default() -> Self {
        QueueFilter {
            state: State::Open,
            marks: Vec::new(),
            chosen: Filter::default(),
            reasons: Vec::new(),
            search: String::new(),
        }
    }
}

/// Text that is no filter.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum BadFilter {
    /// Nothing has that name.
    #[error("no {what} is called '{name}'{}", .near.as_ref().map(|n| format!("; did you mean '{n}'?")).unwrap_or_default())]
    Unknown {
        /// `source`, `campaign` …
        what: &'static str,
        /// The name.
        name: String,
        /// A name that begins or goes on like it.
        near: Option<String>,
    },
    /// No such state.
    #[error("'{0}' is no state; open, accepted, rejected, recycled or all is")]
    State(String),
    /// A quotation mark without its other half.
    #[error("a quotation mark is not closed")]
    Quote,
}

impl QueueFilter {
    /// Reads one line such as `mine untouched source:Webinar rep:"Ada L" ada@`. What is no known word is searched for; names
    /// are compared without regard to case; `unknown` stands for "none".
    pub fn parse(text: &str, facts: &Facts) -> Result<QueueFilter, BadFilter> {
        let mut filter = QueueFilter::default();
        let mut search = Vec::new();
        for part in parts(text)? {
            if let Some(mark) = Mark::parse(&part) {
                if !filter.marks.contains(&mark) {
                    filter.marks.push(mark);
                }
                continue;
            }
            match part.split_once(':') {
                Some(("state", word)) => {
                    let state = State::parse(word);
                    filter.state = state.ok_or_else(|| BadFilter::State(cleaned(word)))?;
                }
                Some(("reason", name)) => {
                    filter
                        .reasons
                        .push(find("reason", &facts.names.reasons, name)?);
                    if filter.state == State::Open {
                        filter.state = State::Rejected;
                    }
                }
                Some((key, name)) => {
                    let known = Dimension::ALL.iter().find(|d| d.word() == key);
                    match known {
                        Some(dimension) => {
                            let code = find(dimension.word(), dictionary(*dimension, facts), name)?;
                            if !filter.chosen.chosen.contains(&(*dimension, code)) {
                                filter.chosen.toggle(*dimension, code);
                            }
                        }
                        None => search.push(part),
                    }
                }
                None => search.push(part),
            }
        }
        filter.search = search.join(" ");
        Ok(filter)
    }

    /// The line of text that [`QueueFilter::parse`] reads back as this filter.
    pub fn text(&self, facts: &Facts) -> String {
        let mut words: Vec<String> = self.marks.iter().map(|m| m.word().to_owned()).collect();
        let quoted = |key: &str, name: &str| {
            let name = name.replace('"', "");
            if name.contains(char::is_whitespace) {
                format!("{key}:\"{name}\"")
            } else {
                format!("{key}:{name}")
            }
        };
        let usual = if self.reasons.is_empty() {
            State::Open
        } else {
            State::Rejected
        };
        if self.state != usual {
            words.push(quoted("state", self.state.word()));
        }
        for (dimension, code) in &self.chosen.chosen {
            words.push(quoted(dimension.word(), dimension.name(facts, *code)));
        }
        for code in &self.reasons {
            words.push(quoted("reason", facts.names.reasons.name(*code)));
        }
        words.extend(self.search.split_whitespace().map(str::to_owned));
        words.join(" ")
    }

    /// Whether dimensions and reasons of a handoff pass.
    pub(super) fn takes(&self, facts: &Facts, row: usize, lead: u32) -> bool {
        let (rows, lead) = (&facts.handoffs, lead as usize);
        // Test rows and one's own people are nobody's work; a duplicate still wants its verdict.
        if matches!(facts.leads.excluded[lead], 1 | 2) {
            return false;
        }
        if !self.reasons.is_empty() && !self.reasons.contains(&rows.reason[row]) {
            return false;
        }
        self.chosen.is_empty()
            || self.chosen.passes(|dimension| match dimension {
                Dimension::Source => facts.leads.source[lead],
                Dimension::Campaign => facts.leads.campaign[lead],
                Dimension::Segment => facts.leads.segment[lead],
                Dimension::Rep => rows.rep[row],
            })
    }
}

fn cleaned(text: &str) -> String {
    crate::text::clean(text).into_owned()
}

fn dictionary(dimension: Dimension, facts: &Facts) -> &Dictionary {
    match dimension {
        Dimension::Source => &facts.names.sources,
        Dimension::Campaign => &facts.names.campaigns,
        Dimension::Segment => &facts.names.segments,
        Dimension::Rep => &facts.names.people,
    }
}

fn find(what: &'static str, names: &Dictionary, name: &str) -> Result<Code, BadFilter> {
    let folded = name.to_lowercase();
    // Quotation marks hold words together, so none can be typed as a part of a name.
    let plain = |code| names.name(code).to_lowercase().replace('"', "");
    let all = || (0..names.len() as Code).map(|code| (code, plain(code)));
    if let Some((code, _)) = all().find(|(_, known)| *known == folded) {
        return Ok(code);
    }
    if matches!(folded.as_str(), "unknown" | "none") || folded == plain(NONE) {
        return Ok(NONE);
    }
    let near = all().find(|(_, known)| !folded.is_empty() && known.contains(&folded));
    Err(BadFilter::Unknown {
        what,
        name: cleaned(name),
        near: near.map(|(code, _)| cleaned(names.name(code))),
    })
}

/// Words between blanks; quotation marks keep blanks together.
fn parts(text: &str) -> Result<Vec<String>, BadFilter> {
    let mut parts = Vec::new();
    let (mut part, mut quoted) = (String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !part.is_empty() {
                    parts.push(std::mem::take(&mut part));
                }
            }
            c => part.push(c),
        }
    }
    if quoted {
        return Err(BadFilter::Quote);
    }
    if !part.is_empty() {
        parts.push(part);
    }
    Ok(parts)
}
