//! What a colour stands for. Never says which colour.

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal,)*) => {
        /// What a piece of the screen means; a theme gives each role a style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])* $role,)*
        }

        impl Role {
            /// Every role.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$role),*];

            /// The name used in theme files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$role => $name,)*
                }
            }

            /// The role of that name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|role| role.name() == name)
            }
        }
    };
}

roles! {
    /// Ordinary text and the ground of the screen.
    Text = "text",
    /// Text that counts more than its neighbours.
    Strong = "strong",
    /// Text that may be overlooked: units, n, what is not mature yet.
    Dim = "dim",
    /// The name of a pane.
    Title = "title",
    /// Column heads and sections.
    Heading = "heading",
    /// Frames.
    Border = "border",
    /// The frame of the pane that has the keys.
    BorderFocus = "border-focus",
    /// The number that the cursor stands on.
    Cursor = "cursor",
    /// The selected row of a list.
    Selection = "selection",
    /// The one number that both sides own.
    Headline = "headline",
    /// On or over target; never used for volume.
    Good = "good",
    /// Under target, or worse than before.
    Bad = "bad",
    /// Needs a look.
    Warn = "warn",
    /// Marketing's side.
    Marketing = "marketing",
    /// Sales' side.
    Sales = "sales",
    /// Finance's side.
    Finance = "finance",
    /// What both sides own.
    Shared = "shared",
    /// Bars and lines without a side.
    Bar = "bar",
    /// The empty part of a bar.
    Track = "track",
    /// A target or pace mark.
    Target = "target",
    /// A key in a hint.
    Key = "key",
    /// What a key does.
    Hint = "hint",
    /// A tab.
    Tab = "tab",
    /// The tab that is shown.
    TabActive = "tab-active",
    /// The ground of a popup.
    Popup = "popup",
    /// Something was done.
    Notice = "notice",
    /// Something was not done.
    Error = "error",
    /// The letters that a search found.
    Match = "match",
}
