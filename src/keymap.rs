//! Keys as data: which key means what, where, and how it is called. Dispatches nothing and draws nothing.

mod chord;
mod table;

pub use chord::Chord;
pub use table::{BINDINGS, Binding};

/// Where a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everywhere, unless a window that takes all keys is open.
    Global,
    /// The scoreboard.
    Board,
    /// The rep's queue.
    Leads,
    /// The review of rejections.
    Rejections,
    /// The shared definition and its past.
    Criteria,
    /// The line in which a rule is typed.
    RuleBar,
    /// Deals by stage.
    Pipeline,
    /// Agreed numbers and catalogues.
    Settings,
    /// A window of fields to fill in.
    Field,
    /// A list to choose from by letter.
    Letters,
    /// The list of rows behind a number.
    Rows,
    /// The card of one lead or deal.
    Card,
    /// A text that explains: help, a definition.
    Reader,
    /// A list to choose from while typing.
    Picker,
    /// A verdict's choice by letter, confirmed before it is given.
    Menu,
    /// The first run.
    Setup,
}

impl Context {
    /// Every context, in the order in which help shows them.
    pub const ALL: [Self; 16] = [
        Self::Board,
        Self::Leads,
        Self::Rejections,
        Self::Criteria,
        Self::RuleBar,
        Self::Pipeline,
        Self::Settings,
        Self::Field,
        Self::Letters,
        Self::Rows,
        Self::Card,
        Self::Reader,
        Self::Picker,
        Self::Menu,
        Self::Setup,
        Self::Global,
    ];

    /// The heading in help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Board => "Scoreboard",
            Self::Leads => "Leads",
            Self::Rejections => "Rejections",
            Self::Criteria => "Criteria",
            Self::RuleBar => "Rule bar",
            Self::Pipeline => "Pipeline",
            Self::Settings => "Settings",
            Self::Field => "Fields to fill in",
            Self::Letters => "Lists with letters",
            Self::Rows => "Rows behind a number",
            Self::Card => "Lead and deal card",
            Self::Reader => "Help and definitions",
            Self::Picker => "Lists to choose from",
            Self::Menu => "Verdicts by letter",
            Self::Setup => "First run",
        }
    }

    /// Whether keys that mean nothing here are tried in [`Context::Global`].
    pub const fn falls_through(self) -> bool {
        !matches!(
            self,
            Self::Picker | Self::Menu | Self::RuleBar | Self::Field | Self::Letters | Self::Global
        )
    }
}

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Close what is open; at the bottom, leave.
    Back,
    /// Leave; asks for the key twice.
    Leave,
    /// Stop the program and give the terminal to the shell.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Show the keys.
    Help,
    /// Choose from everything that can be done.
    Palette,
    /// Show the scoreboard.
    Scoreboard,
    /// Show the rep's queue.
    Leads,
    /// Show the review of rejections.
    Rejections,
    /// Show the shared definition.
    Criteria,
    /// Show the deals by stage.
    Pipeline,
    /// Show agreed numbers and catalogues.
    Settings,
    /// Take one's own newest change back.
    Undo,
    /// Take one's own newest undo back.
    Redo,
    /// Big figures for a projector.
    Presentation,
    /// Take or release the mouse.
    Mouse,
    /// The next theme.
    NextTheme,
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Move left.
    Left,
    /// Move right.
    Right,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// The next pane.
    NextPane,
    /// The pane before.
    PreviousPane,
    /// Open what is under the cursor.
    Open,
    /// Explain the number under the cursor.
    Explain,
    /// Copy to the clipboard.
    Copy,
    /// One period back.
    PeriodBack,
    /// One period on.
    PeriodOn,
    /// Choose the period.
    PickPeriod,
    /// Compare with another period.
    Compare,
    /// Switch between event and cohort.
    Mode,
    /// Break down by another dimension.
    Breakdown,
    /// Narrow the whole board.
    Filter,
    /// Take all filters away.
    ClearFilter,
    /// Jump to the latest period that holds data.
    JumpToData,
    /// Sort by the next column.
    Sort,
    /// Turn the order round.
    Reverse,
    /// The next one in the list.
    Next,
    /// The one before in the list.
    Previous,
    /// Log an attempt: nobody answered.
    NoAnswer,
    /// Log an attempt: a message was left.
    Voicemail,
    /// Log an attempt: a conversation.
    Connected,
    /// Log an attempt: a meeting took place.
    MeetingHeld,
    /// Log an attempt: the lead did not come.
    NoShow,
    /// Log an attempt: the address does not exist.
    Bounced,
    /// Log an attempt: an e-mail was written.
    Sent,
    /// Accept.
    Accept,
    /// Accept although criteria are not met, with the reason why.
    AcceptAlthough,
    /// Reject, with a reason.
    Reject,
    /// Recycle to a day.
    Recycle,
    /// Take a verdict back.
    Reopen,
    /// Take through the gate.
    Qualify,
    /// Give to a rep.
    Assign,
    /// Mark the row.
    MarkRow,
    /// Mark the rows from one to another.
    MarkRange,
    /// Mark everything that the filter shows.
    MarkAll,
    /// Only mine.
    Mine,
    /// Only what nobody tried.
    Untouched,
    /// Only what is late.
    Breached,
    /// Only recycled leads whose day has come.
    Returned,
    /// Only what nobody has.
    Unassigned,
    /// Search.
    Search,
    /// Keep the filter under a name.
    SaveFilter,
    /// Choose a kept filter.
    SavedFilters,
    /// Scroll the card beside the list up.
    CardUp,
    /// Scroll the card beside the list down.
    CardDown,
    /// Columns or one list.
    Layout,
    /// Look at other deals.
    View,
    /// To the next stage.
    StageOn,
    /// To the stage before.
    StageBack,
    /// To any stage.
    PickStage,
    /// Change the value.
    EditValue,
    /// Change the close date.
    EditCloseDate,
    /// Change sales' owner.
    EditOwner,
    /// Change marketing's owner.
    EditMarketingOwner,
    /// Close as won.
    Won,
    /// Close as lost.
    Lost,
    /// Close without a decision.
    NoDecision,
    /// Take out what counted.
    ReverseDeal,
    /// Take the closing back.
    ReopenDeal,
    /// Take the deal through the gate.
    QualifyDeal,
    /// Let one more lead stand behind the deal.
    JoinLead,
    /// Add an entry.
    Add,
    /// Take an entry out of use.
    Retire,
    /// Take an entry out of use in favour of another.
    Merge,
    /// Switch a rule on or off.
    SwitchRule,
    /// Move a rule up.
    RuleUp,
    /// Move a rule down.
    RuleDown,
    /// Take a rule out.
    RemoveRule,
    /// Kind, class and reason of a rule.
    RuleDetails,
    /// How many supporting rules, what unknown means.
    HowItCounts,
    /// The wordings of the definition.
    Wordings,
    /// The leads that a draft turns.
    Flips,
    /// Rules worth a look.
    Suggest,
    /// Take a suggested rule.
    TakeSuggestion,
    /// What the draft says beside what people said.
    Agreement,
    /// The page of the definition.
    DefinitionPage,
    /// Lay the draft before both sides.
    ProposeVersion,
    /// Make a proposed version a draft again.
    WithdrawVersion,
    /// Throw the draft away.
    DiscardDraft,
    /// Sign for a side.
    SignVersion,
    /// Put a signed version in force.
    PutInForce,
    /// The definition of another segment.
    PickSegment,
    /// Show who changed what.
    History,
    /// Clusters of rejections, the dearest first.
    ViewWorklist,
    /// Rejections by two axes.
    ViewMatrix,
    /// Rejections one by one.
    ViewList,
    /// The sample that nobody challenged.
    ViewSecondLook,
    /// Challenges.
    ViewChallenges,
    /// Feedback on clusters.
    ViewFeedback,
    /// Both sides' questions.
    ViewSides,
    /// Another axis across.
    Across,
    /// Another figure in the cells.
    Content,
    /// Only some of the rejections.
    Narrow,
    /// Doubt a rejection.
    Challenge,
    /// Settle a challenge.
    Settle,
    /// Confirm how a challenge is settled.
    ConfirmSettlement,
    /// Take a challenge back.
    Withdraw,
    /// Propose a rule for what is under the cursor.
    ProposeRule,
    /// Put a cluster before marketing.
    Raise,
    /// Take note of feedback.
    Acknowledge,
    /// Say what was changed.
    ActOnFeedback,
    /// Look whether it helped.
    CheckFeedback,
}

/// The action of a key: the innermost context first, then [`Context::Global`] where the context lets keys through.
pub fn action(context: Context, chord: Chord) -> Option<Action> {
    let found = |context| {
        BINDINGS
            .iter()
            .find(|binding| binding.context == context && binding.chords.contains(&chord))
    };
    found(context)
        .or_else(|| {
            context
                .falls_through()
                .then(|| found(Context::Global))
                .flatten()
        })
        // Leaving must be possible from everywhere, also from windows that take all keys.
        .or_else(|| found(Context::Global).filter(|binding| binding.action.is_always_possible()))
        .map(|binding| binding.action)
}

/// The binding of an action as seen from a context: for hints that name a key.
pub fn binding(context: Context, action: Action) -> Option<&'static Binding> {
    let in_context = |context| {
        BINDINGS
            .iter()
            .find(|binding| binding.context == context && binding.action == action)
    };
    in_context(context).or_else(|| in_context(Context::Global))
}

/// The bindings worth a place in the footer, the most important first.
pub fn footer(context: Context) -> Vec<&'static Binding> {
    let mut shown: Vec<_> = BINDINGS
        .iter()
        .filter(|binding| {
            let here = binding.context == context
                || (binding.context == Context::Global && context.falls_through());
            here && binding.footer > 0
        })
        .collect();
    shown.sort_by_key(|binding| binding.footer);
    shown
}

/// All bindings, by context, as help shows them; the given context first.
pub fn help(first: Context) -> Vec<(Context, Vec<&'static Binding>)> {
    let others = Context::ALL.into_iter().filter(|context| *context != first);
    std::iter::once(first)
        .chain(others)
        .map(|context| {
            (
                context,
                BINDINGS
                    .iter()
                    .filter(|binding| binding.context == context)
                    .collect(),
            )
        })
        .collect()
}

impl Action {
    const fn is_always_possible(self) -> bool {
        matches!(self, Self::Leave | Self::Suspend | Self::Redraw)
    }
}

#[cfg(test)]
mod tests;
