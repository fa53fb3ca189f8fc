//! Keys as data: which key means what, where, and how it is called. Dispatches nothing and draws nothing.

mod action;
mod binding;
mod chord;
mod table;

pub use action::Action;
pub use binding::{Binding, Touch};
pub use chord::Chord;
pub use table::BINDINGS;

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
    /// The meeting: agenda, issues, decisions, actions, history.
    Meeting,
    /// Who is at the table.
    Table,
    /// An agenda that is being put together.
    Plan,
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
    /// The kept filters of the queue.
    Kept,
    /// Asked back before many are changed.
    Sure,
    /// The first run.
    Setup,
}

impl Context {
    /// Every context, in the order in which help shows them.
    pub const ALL: [Self; 20] = [
        Self::Board,
        Self::Leads,
        Self::Rejections,
        Self::Criteria,
        Self::RuleBar,
        Self::Pipeline,
        Self::Meeting,
        Self::Table,
        Self::Plan,
        Self::Settings,
        Self::Field,
        Self::Letters,
        Self::Rows,
        Self::Card,
        Self::Reader,
        Self::Picker,
        Self::Kept,
        Self::Sure,
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
            Self::Meeting => "Meeting",
            Self::Table => "Who is at the table",
            Self::Plan => "Agenda of one's own",
            Self::Settings => "Settings",
            Self::Field => "Fields to fill in",
            Self::Letters => "Lists with letters",
            Self::Rows => "Rows behind a number",
            Self::Card => "Lead and deal card",
            Self::Reader => "Help and definitions",
            Self::Picker => "Lists to choose from",
            Self::Kept => "Kept filters",
            Self::Sure => "Asked back",
            Self::Setup => "First run",
        }
    }

    /// Whether keys that mean nothing here are tried in [`Context::Global`].
    pub const fn falls_through(self) -> bool {
        !matches!(
            self,
            Self::Picker
                | Self::Kept
                | Self::Sure
                | Self::RuleBar
                | Self::Field
                | Self::Letters
                | Self::Table
                | Self::Plan
                | Self::Global
        )
    }
}

/// The action of a key.
pub fn action(context: Context, chord: Chord) -> Option<Action> {
    meaning(context, chord).map(|binding| binding.action)
}

/// What a key means: the innermost context first, then [`Context::Global`] where the context lets keys through.
pub fn meaning(context: Context, chord: Chord) -> Option<&'static Binding> {
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

#[cfg(test)]
mod tests;
