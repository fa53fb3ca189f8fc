//! What a key can mean. Knows no key.

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
    /// Show the meeting.
    Meeting,
    /// Show agreed numbers and catalogues.
    Settings,
    /// Take one's own newest change back.
    Undo,
    /// Take one's own newest undo back.
    Redo,
    /// Be the one whom others follow, or no longer.
    Present,
    /// Follow the presenter.
    Follow,
    /// Show who else is here.
    WhoIsHere,
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
    /// Forget the kept filter that is marked.
    ForgetFilter,
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
    /// Edit a rule in place.
    EditRule,
    /// Switch a rule on or off.
    SwitchRule,
    /// Open the leads that the rule speaks of.
    RuleLeads,
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
    /// Write the page of the definition into a file.
    SavePage,
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
    /// Since the last meeting, or in the period.
    SinceMeeting,
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
    /// Open a meeting.
    StartMeeting,
    /// End the meeting.
    CloseMeeting,
    /// Go on to the next item of the agenda.
    NextItem,
    /// Go on to the next item and to the screen that it opens.
    GoOn,
    /// Go back to the item before.
    ItemBefore,
    /// Leave the item, or the issue, for later.
    ParkIt,
    /// Take an item up out of turn; discuss an issue.
    TakeUp,
    /// Say who is at the table.
    Attendance,
    /// Agendas of one's own.
    Agendas,
    /// Put an issue before the room.
    RaiseIssue,
    /// Decide.
    Decide,
    /// Take on an action.
    TakeOn,
    /// Write something down.
    WriteNote,
    /// Say how urgent an issue is.
    Rank,
    /// Make an issue one step more urgent.
    MoreUrgent,
    /// Make an issue one step less urgent.
    LessUrgent,
    /// Add an item to the agenda of the running meeting.
    AddItem,
    /// Say who presents the meeting.
    PresentedBy,
    /// Write a page to a file for those who were not there.
    WritePage,
    /// Turn an issue into a decision or an action.
    Solve,
    /// Give an issue or an action up, with a reason.
    DropIt,
    /// An action is done.
    MarkDone,
    /// Move an agenda item up.
    ItemUp,
    /// Move an agenda item down.
    ItemDown,
    /// Call an agenda item something else.
    Rename,
    /// Another topic for an agenda item.
    Topic,
}

impl Action {
    pub(super) const fn is_always_possible(self) -> bool {
        matches!(self, Self::Leave | Self::Suspend | Self::Redraw)
    }
}
