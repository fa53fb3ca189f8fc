//! The one table of keys: dispatch, footer, help, palette and tests read it.

use crossterm::event::KeyCode;

use super::{Action, Chord, Context};

/// One action in one context: its keys and what the user reads about it.
#[derive(Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one that is shown first.
    pub chords: &'static [Chord],
    /// What they mean.
    pub action: Action,
    /// One or two words, for the footer.
    pub label: &'static str,
    /// One sentence, for help and palette.
    pub help: &'static str,
    /// Place in the footer: 1 is the last to go when there is little room, 0 is never shown.
    pub footer: u8,
}

const fn bind(
    context: Context,
    chords: &'static [Chord],
    action: Action,
    label: &'static str,
    help: &'static str,
    footer: u8,
) -> Binding {
    Binding {
        context,
        chords,
        action,
        label,
        help,
        footer,
    }
}

const fn ch(c: char) -> Chord {
    Chord::char(c)
}

const fn key(code: KeyCode) -> Chord {
    Chord::key(code)
}

const UP: Chord = key(KeyCode::Up);
const DOWN: Chord = key(KeyCode::Down);
const LEFT: Chord = key(KeyCode::Left);
const RIGHT: Chord = key(KeyCode::Right);
const ENTER: Chord = key(KeyCode::Enter);
const ESC: Chord = key(KeyCode::Esc);
const TAB: Chord = key(KeyCode::Tab);
const BACK_TAB: Chord = key(KeyCode::BackTab);
const PAGE_UP: Chord = key(KeyCode::PageUp);
const PAGE_DOWN: Chord = key(KeyCode::PageDown);
const HOME: Chord = key(KeyCode::Home);
const END: Chord = key(KeyCode::End);

use Action as A;
use Context::{
    Board, Card, Criteria, Field, Global, Leads, Letters, Menu, Picker, Pipeline, Reader, Rows,
    RuleBar, Settings, Setup,
};

/// Every key of the program.
#[rustfmt::skip]
pub const BINDINGS: &[Binding] = &[
    bind(Board, &[ENTER], A::Open, "open", "Open the rows behind the number; they add up to it", 1),
    bind(Board, &[ch('e')], A::Explain, "explain", "Definition, formula, clock, mode and n of the number", 2),
    bind(Board, &[ch('[')], A::PeriodBack, "period back", "One period back", 4),
    bind(Board, &[ch(']')], A::PeriodOn, "period on", "One period on", 5),
    bind(Board, &[ch('p')], A::PickPeriod, "period", "Choose the period: month, quarter, year, fiscal year, all, custom", 6),
    bind(Board, &[ch('f'), ch('/')], A::Filter, "filter", "Narrow the whole board to a source, campaign, segment or rep", 7),
    bind(Board, &[ch('F')], A::ClearFilter, "all", "Take every filter away", 0),
    bind(Board, &[ch('b')], A::Breakdown, "break down", "Break down by source, campaign, segment, rep", 8),
    bind(Board, &[ch('c')], A::Compare, "compare", "Compare with the period before, the year before, or not at all", 9),
    bind(Board, &[ch('o')], A::Mode, "mode", "Count by event or by cohort", 10),
    bind(Board, &[ch('y')], A::Copy, "copy", "Copy the number to the clipboard", 11),
    bind(Board, &[ch('g')], A::JumpToData, "latest data", "Jump to the latest period that holds data", 0),
    bind(Board, &[TAB], A::NextPane, "pane", "The next pane", 12),
    bind(Board, &[BACK_TAB], A::PreviousPane, "pane back", "The pane before", 0),
    bind(Board, &[UP, ch('k')], A::Up, "up", "The number above", 0),
    bind(Board, &[DOWN, ch('j')], A::Down, "down", "The number below", 0),
    bind(Board, &[LEFT, ch('h')], A::Left, "left", "The number to the left", 0),
    bind(Board, &[RIGHT, ch('l')], A::Right, "right", "The number to the right", 0),
    bind(Board, &[PAGE_UP], A::PageUp, "page up", "Scroll one page up", 0),
    bind(Board, &[PAGE_DOWN], A::PageDown, "page down", "Scroll one page down", 0),
    bind(Board, &[HOME], A::First, "first", "The headline", 0),
    bind(Board, &[END], A::Last, "last", "The last number", 0),

    bind(Leads, &[ch('a')], A::Accept, "accept", "Accept the lead, or all that are marked", 1),
    bind(Leads, &[ch('r')], A::Reject, "reject", "Reject: a letter chooses the reason, Enter confirms", 2),
    bind(Leads, &[ch('l')], A::Recycle, "later", "Recycle: the lead comes back in a week, a month, a quarter or on a date", 4),
    bind(Leads, &[ch('x')], A::NoAnswer, "no answer", "Log a call: nobody answered", 5),
    bind(Leads, &[ch('c')], A::Connected, "connected", "Log a call: you spoke with the lead", 6),
    bind(Leads, &[ch('Q')], A::Qualify, "qualify", "Qualify: take the lead, or all that are marked, through the gate as one deal", 7),
    bind(Leads, &[ch('/')], A::Search, "search", "Search in name, company, e-mail and notes while typing", 8),
    bind(Leads, &[ch('f')], A::Filter, "filter", "Filter by state, reason, source, campaign, segment, rep", 9),
    bind(Leads, &[ENTER], A::Open, "card", "Open the lead's card; the keys of the list hold there too", 10),
    bind(Leads, &[ch(' ')], A::MarkRow, "mark", "Mark the lead: verdicts then hold for all that are marked", 11),
    bind(Leads, &[ch('v')], A::Voicemail, "voicemail", "Log a call: a message was left", 12),
    bind(Leads, &[ch('h')], A::MeetingHeld, "held", "Log a meeting that took place", 0),
    bind(Leads, &[ch('w')], A::NoShow, "no-show", "Log a meeting to which the lead did not come", 0),
    bind(Leads, &[ch('b')], A::Bounced, "bounced", "Log an e-mail that came back: the address does not exist", 0),
    bind(Leads, &[ch('e')], A::Sent, "e-mail", "Log an e-mail that you wrote; no answer is known", 0),
    bind(Leads, &[ch('I')], A::AcceptAlthough, "accept although", "Accept in spite of criteria that are not met, and say why", 0),
    bind(Leads, &[ch('o')], A::Reopen, "reopen", "Take the verdict back: the lead stands in the queue as before", 0),
    bind(Leads, &[ch('t')], A::Assign, "give to", "Give the lead, or all that are marked, to a rep", 0),
    bind(Leads, &[ch('V')], A::MarkRange, "range", "Mark from here; press it again at the other end", 0),
    bind(Leads, &[ch('A')], A::MarkAll, "mark all", "Mark everything that the filter shows, or nothing", 0),
    bind(Leads, &[ch('M')], A::Mine, "mine", "Only leads that are mine, and back", 0),
    bind(Leads, &[ch('U')], A::Untouched, "untouched", "Only leads that nobody has tried, and back", 0),
    bind(Leads, &[ch('B')], A::Breached, "breached", "Only leads whose first attempt is late, and back", 0),
    bind(Leads, &[ch('D')], A::Returned, "due again", "Only recycled leads whose day has come, and back", 0),
    bind(Leads, &[ch('O')], A::Unassigned, "nobody's", "Only leads that nobody has, and back", 0),
    bind(Leads, &[ch('F')], A::ClearFilter, "all", "Take every filter and the search away", 0),
    bind(Leads, &[ch('s')], A::SavedFilters, "kept filters", "Choose one of the kept filters", 0),
    bind(Leads, &[ch('S')], A::SaveFilter, "keep filter", "Keep the filter under a name", 0),
    bind(Leads, &[ch('n')], A::Next, "next", "The next lead of the list", 0),
    bind(Leads, &[ch('N')], A::Previous, "previous", "The lead before in the list", 0),
    bind(Leads, &[ch('J')], A::CardDown, "card down", "Scroll the card down", 0),
    bind(Leads, &[ch('K')], A::CardUp, "card up", "Scroll the card up", 0),
    bind(Leads, &[UP, ch('k')], A::Up, "up", "The lead above", 0),
    bind(Leads, &[DOWN, ch('j')], A::Down, "down", "The lead below", 0),
    bind(Leads, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Leads, &[PAGE_DOWN], A::PageDown, "page down", "One page down", 0),
    bind(Leads, &[HOME, ch('g')], A::First, "first", "The first lead", 0),
    bind(Leads, &[END, ch('G')], A::Last, "last", "The last lead", 0),
    bind(Leads, &[ch('y')], A::Copy, "copy", "Copy the card", 0),

    bind(Criteria, &[ch('a')], A::Add, "type a rule", "Type a rule; the panel follows each key", 1),
    bind(Criteria, &[ch('s')], A::Suggest, "suggest", "Rules that would have caught most rejects for least revenue", 2),
    bind(Criteria, &[ENTER], A::Open, "edit", "Edit the rule in place; in a list, open what is under the cursor", 4),
    bind(Criteria, &[ch(' ')], A::SwitchRule, "on/off", "Switch the rule off or on; it stays on the page", 5),
    bind(Criteria, &[ch('f')], A::Flips, "flips", "The leads that the draft turns, with what became of them and their value", 6),
    bind(Criteria, &[ch('p')], A::ProposeVersion, "propose", "Lay the draft before both sides", 7),
    bind(Criteria, &[ch('S')], A::SignVersion, "sign", "Sign the proposed version: marketing and sales, each by one of theirs", 8),
    bind(Criteria, &[ch('F')], A::PutInForce, "in force", "Put the signed version in force from a day on", 9),
    bind(Criteria, &[ch('A')], A::Agreement, "agreement", "The draft beside verdicts and outcomes, with κ; every cell opens", 10),
    bind(Criteria, &[ch('D')], A::DefinitionPage, "page", "The definition on one page: wordings, rules in sentences, the gate", 11),
    bind(Criteria, &[ch('H')], A::History, "versions", "Every version: who proposed and signed it, what it changed", 12),
    bind(Criteria, &[ch('t')], A::TakeSuggestion, "take", "Take the suggested rule into the draft", 0),
    bind(Criteria, &[ch('i')], A::RuleDetails, "kind", "Kind, class and reason of the rule", 0),
    bind(Criteria, &[ch('d')], A::RemoveRule, "remove", "Take the rule out of the draft", 0),
    bind(Criteria, &[ch('K')], A::RuleUp, "rule up", "Move the rule up", 0),
    bind(Criteria, &[ch('J')], A::RuleDown, "rule down", "Move the rule down", 0),
    bind(Criteria, &[ch('o')], A::HowItCounts, "how it counts", "At least so many supporting rules, what unknown means, when it is looked at again, whether finance signs", 0),
    bind(Criteria, &[ch('w')], A::Wordings, "wordings", "Marketing's, sales' and the agreed wording, and what follows from it", 0),
    bind(Criteria, &[ch('W')], A::WithdrawVersion, "withdraw", "Make the proposed version a draft again; clears its signatures", 0),
    bind(Criteria, &[ch('X')], A::DiscardDraft, "throw away", "Throw the draft away; u brings it back", 0),
    bind(Criteria, &[ch('v')], A::PickSegment, "segment", "The definition of another segment", 0),
    bind(Criteria, &[ch('y')], A::Copy, "copy", "Copy the rules as text", 0),
    bind(Criteria, &[ch('n')], A::Next, "next", "On a card, the next lead of the list", 0),
    bind(Criteria, &[ch('N')], A::Previous, "previous", "On a card, the lead before", 0),
    bind(Criteria, &[UP, ch('k')], A::Up, "up", "The line above", 0),
    bind(Criteria, &[DOWN, ch('j')], A::Down, "down", "The line below", 0),
    bind(Criteria, &[LEFT, ch('h')], A::Left, "left", "The cell to the left", 0),
    bind(Criteria, &[RIGHT, ch('l')], A::Right, "right", "The cell to the right", 0),
    bind(Criteria, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Criteria, &[PAGE_DOWN], A::PageDown, "page down", "One page down", 0),
    bind(Criteria, &[HOME, ch('g')], A::First, "first", "The first line", 0),
    bind(Criteria, &[END, ch('G')], A::Last, "last", "The last line", 0),

    bind(RuleBar, &[ENTER], A::Open, "into the draft", "Put what is typed into the draft; with an offer marked, choose that", 1),
    bind(RuleBar, &[ESC], A::Back, "cancel", "Close the bar and change nothing", 2),
    bind(RuleBar, &[TAB], A::NextPane, "complete", "Put the marked offer in, else the first", 4),
    bind(RuleBar, &[DOWN], A::Down, "offers", "Mark the next offer: fields, signs, values that occur with their counts", 5),
    bind(RuleBar, &[UP], A::Up, "offer before", "Mark the offer before", 0),
    bind(RuleBar, &[key(KeyCode::F(1))], A::Help, "help", "All keys, and how rules are written", 6),

    bind(Pipeline, &[ENTER], A::Open, "card", "Open the card of the deal; on a number of the first line, the rows behind it", 1),
    bind(Pipeline, &[ch('>'), ch('.')], A::StageOn, "stage on", "To the next stage", 2),
    bind(Pipeline, &[ch('<')], A::StageBack, "stage back", "To the stage before", 0),
    bind(Pipeline, &[ch('s')], A::PickStage, "stage", "To any stage", 0),
    bind(Pipeline, &[ch('a')], A::EditValue, "value", "Change the value", 4),
    bind(Pipeline, &[ch('d')], A::EditCloseDate, "close date", "Change the estimated close date", 5),
    bind(Pipeline, &[ch('o')], A::EditOwner, "owner", "Change sales' owner", 6),
    bind(Pipeline, &[ch('O')], A::EditMarketingOwner, "marketing owner", "Change marketing's owner", 0),
    bind(Pipeline, &[ch('Q')], A::QualifyDeal, "qualify", "Take the deal through the gate: value, date, stage, criteria confirmed", 7),
    bind(Pipeline, &[ch('w')], A::Won, "won", "Close as won", 8),
    bind(Pipeline, &[ch('x')], A::Lost, "lost", "Close as lost: the reason by its letter, then a note", 9),
    bind(Pipeline, &[ch('z')], A::NoDecision, "no decision", "Close without a decision", 0),
    bind(Pipeline, &[ch('R')], A::ReverseDeal, "reverse", "Take out what counted, by an adjusting entry of today", 0),
    bind(Pipeline, &[ch('r')], A::ReopenDeal, "reopen", "Take the closing of the deal back", 0),
    bind(Pipeline, &[ch('J')], A::JoinLead, "join", "Let one more lead stand behind the deal; the value counts once", 0),
    bind(Pipeline, &[ch('v')], A::View, "view", "Open by stage, almost qualified, needs a look, closed in the period", 10),
    bind(Pipeline, &[ch('b')], A::Layout, "board", "Columns or one list", 11),
    bind(Pipeline, &[TAB], A::NextPane, "pane", "From the deals to the numbers above them, and back", 12),
    bind(Pipeline, &[ch('e')], A::Explain, "explain", "Definition of the number; on a deal, what the gate and the signs say of it", 16),
    bind(Pipeline, &[ch('n')], A::Next, "next", "The next deal, with its card", 0),
    bind(Pipeline, &[ch('N')], A::Previous, "previous", "The deal before, with its card", 0),
    bind(Pipeline, &[ch('[')], A::PeriodBack, "period back", "One period back", 0),
    bind(Pipeline, &[ch(']')], A::PeriodOn, "period on", "One period on", 0),
    bind(Pipeline, &[ch('p')], A::PickPeriod, "period", "Choose the period", 0),
    bind(Pipeline, &[ch('f'), ch('/')], A::Filter, "filter", "Only deals of a source, campaign, segment or rep", 17),
    bind(Pipeline, &[ch('F')], A::ClearFilter, "all", "Take every filter away", 0),
    bind(Pipeline, &[ch('y')], A::Copy, "copy", "Copy the card of the deal", 0),
    bind(Pipeline, &[UP, ch('k')], A::Up, "up", "The deal above", 0),
    bind(Pipeline, &[DOWN, ch('j')], A::Down, "down", "The deal below", 0),
    bind(Pipeline, &[LEFT, ch('h')], A::Left, "left", "The stage to the left", 0),
    bind(Pipeline, &[RIGHT, ch('l')], A::Right, "right", "The stage to the right", 0),
    bind(Pipeline, &[PAGE_UP], A::PageUp, "page up", "One page up; on a card, scroll it", 0),
    bind(Pipeline, &[PAGE_DOWN, ch(' ')], A::PageDown, "page down", "One page down; on a card, scroll it", 0),
    bind(Pipeline, &[HOME, ch('g')], A::First, "first", "The first deal", 0),
    bind(Pipeline, &[END, ch('G')], A::Last, "last", "The last deal", 0),

    bind(Settings, &[ENTER], A::Open, "change", "Change the entry under the cursor", 1),
    bind(Settings, &[ch('a')], A::Add, "add", "Add an entry", 2),
    bind(Settings, &[ch('x')], A::Retire, "retire", "Take the entry out of use; what rests on it stays", 4),
    bind(Settings, &[ch('M')], A::Merge, "merge", "Take a reason out of use in favour of another", 5),
    bind(Settings, &[ch('H')], A::History, "history", "Who changed what on this page", 6),
    bind(Settings, &[TAB, RIGHT, ch('l')], A::NextPane, "page", "The next page", 7),
    bind(Settings, &[BACK_TAB, LEFT, ch('h')], A::PreviousPane, "page back", "The page before", 0),
    bind(Settings, &[UP, ch('k')], A::Up, "up", "The entry above", 0),
    bind(Settings, &[DOWN, ch('j')], A::Down, "down", "The entry below", 0),
    bind(Settings, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Settings, &[PAGE_DOWN, ch(' ')], A::PageDown, "page down", "One page down", 0),
    bind(Settings, &[HOME, ch('g')], A::First, "first", "The first entry", 0),
    bind(Settings, &[END, ch('G')], A::Last, "last", "The last entry", 0),

    bind(Field, &[ENTER], A::Open, "save", "Save what the fields say", 1),
    bind(Field, &[ESC], A::Back, "cancel", "Close the window and change nothing", 2),
    bind(Field, &[TAB, DOWN], A::NextPane, "next field", "The next field; left and right choose where there is a choice", 4),
    bind(Field, &[BACK_TAB, UP], A::PreviousPane, "field before", "The field before", 0),

    bind(Letters, &[ENTER], A::Open, "choose", "Choose what is marked; a letter chooses at once", 1),
    bind(Letters, &[ESC], A::Back, "cancel", "Close the list and change nothing", 2),
    bind(Letters, &[UP], A::Up, "up", "The entry above", 0),
    bind(Letters, &[DOWN, TAB], A::Down, "down", "The entry below", 0),
    bind(Letters, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Letters, &[PAGE_DOWN], A::PageDown, "page down", "One page down", 0),

    bind(Rows, &[ENTER], A::Open, "card", "Open the card of the lead or deal", 1),
    bind(Rows, &[ch('s')], A::Sort, "sort", "Sort by the next column", 4),
    bind(Rows, &[ch('S')], A::Reverse, "reverse", "Turn the order round", 5),
    bind(Rows, &[ch('y')], A::Copy, "copy", "Copy the selected row", 6),
    bind(Rows, &[TAB], A::NextPane, "part", "Above the line, below the line", 8),
    bind(Rows, &[ch('e')], A::Explain, "explain", "Definition of the number these rows add up to", 7),
    bind(Rows, &[UP, ch('k')], A::Up, "up", "The row above", 0),
    bind(Rows, &[DOWN, ch('j')], A::Down, "down", "The row below", 0),
    bind(Rows, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Rows, &[PAGE_DOWN, ch(' ')], A::PageDown, "page down", "One page down", 0),
    bind(Rows, &[HOME, ch('g')], A::First, "first", "The first row", 0),
    bind(Rows, &[END, ch('G')], A::Last, "last", "The last row", 0),

    bind(Card, &[ch('n'), RIGHT], A::Next, "next", "The next one in the list", 1),
    bind(Card, &[ch('N'), LEFT], A::Previous, "previous", "The one before in the list", 2),
    bind(Card, &[UP, ch('k')], A::Up, "up", "Scroll up", 0),
    bind(Card, &[DOWN, ch('j')], A::Down, "down", "Scroll down", 0),
    bind(Card, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Card, &[PAGE_DOWN, ch(' ')], A::PageDown, "page down", "One page down", 0),
    bind(Card, &[HOME, ch('g')], A::First, "first", "To the top", 0),
    bind(Card, &[END, ch('G')], A::Last, "last", "To the end", 0),
    bind(Card, &[ch('y')], A::Copy, "copy", "Copy the card", 4),

    bind(Reader, &[UP, ch('k')], A::Up, "up", "Scroll up", 0),
    bind(Reader, &[DOWN, ch('j')], A::Down, "down", "Scroll down", 0),
    bind(Reader, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Reader, &[PAGE_DOWN, ch(' ')], A::PageDown, "page down", "One page down", 2),
    bind(Reader, &[HOME, ch('g')], A::First, "first", "To the top", 0),
    bind(Reader, &[END, ch('G')], A::Last, "last", "To the end", 0),
    bind(Reader, &[ch('y')], A::Copy, "copy", "Copy the text", 4),

    bind(Picker, &[ENTER], A::Open, "choose", "Choose what is marked", 1),
    bind(Picker, &[ESC], A::Back, "cancel", "Close the list and change nothing", 2),
    bind(Picker, &[UP, Chord::ctrl('k')], A::Up, "up", "The entry above", 0),
    bind(Picker, &[DOWN, Chord::ctrl('j'), TAB], A::Down, "down", "The entry below", 0),
    bind(Picker, &[BACK_TAB], A::PreviousPane, "up", "The entry above", 0),
    bind(Picker, &[PAGE_UP], A::PageUp, "page up", "One page up", 0),
    bind(Picker, &[PAGE_DOWN], A::PageDown, "page down", "One page down", 0),

    bind(Menu, &[ENTER], A::Open, "confirm", "Do what is chosen; a letter chooses", 1),
    bind(Menu, &[TAB], A::NextPane, "note", "Add a note first", 2),
    bind(Menu, &[ESC], A::Back, "cancel", "Close the list and change nothing", 3),
    bind(Menu, &[UP], A::Up, "up", "The entry above", 0),
    bind(Menu, &[DOWN], A::Down, "down", "The entry below", 0),

    bind(Setup, &[ENTER], A::Open, "choose", "Do what is marked", 1),
    bind(Setup, &[UP, ch('k')], A::Up, "up", "The entry above", 0),
    bind(Setup, &[DOWN, ch('j'), TAB], A::Down, "down", "The entry below", 0),

    bind(Global, &[ch('?'), key(KeyCode::F(1))], A::Help, "help", "All keys", 3),
    bind(Global, &[ch(':'), Chord::ctrl('p')], A::Palette, "commands", "Search in everything that can be done", 13),
    bind(Global, &[ch('q'), ESC], A::Back, "back", "Close what is open; at the bottom, leave", 14),
    bind(Global, &[ch('1')], A::Scoreboard, "Scoreboard", "Marketing and sales under one number", 0),
    bind(Global, &[ch('2')], A::Leads, "Leads", "The rep's queue: attempts and verdicts", 0),
    bind(Global, &[ch('4')], A::Criteria, "Criteria", "The shared definition, edited live against the past", 0),
    bind(Global, &[ch('5')], A::Pipeline, "Pipeline", "Deals by stage, with their gate", 0),
    bind(Global, &[ch(',')], A::Settings, "Settings", "Agreed numbers, reasons, stages, sources, targets, spend, rates, people", 0),
    bind(Global, &[ch('u')], A::Undo, "undo", "Take my newest change back", 0),
    bind(Global, &[Chord::ctrl('r')], A::Redo, "redo", "Do again what I have just undone", 0),
    bind(Global, &[ch('P')], A::Presentation, "presentation", "Big figures for a projector", 15),
    bind(Global, &[ch('m')], A::Mouse, "mouse", "Take the mouse, or leave it to the terminal for selecting text", 0),
    bind(Global, &[ch('T')], A::NextTheme, "theme", "The next colour theme", 0),
    bind(Global, &[Chord::ctrl('l')], A::Redraw, "redraw", "Draw the screen anew", 0),
    bind(Global, &[Chord::ctrl('z')], A::Suspend, "suspend", "Back to the shell; fg returns", 0),
    bind(Global, &[Chord::ctrl('c')], A::Leave, "leave", "Leave; press it twice", 0),
];
