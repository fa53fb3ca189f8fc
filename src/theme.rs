//! Colours as roles: the themes that come with the program and those of users. Knows no widget and no number.

mod role;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::ops::Index;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

pub use role::Role;

use crate::text::clean;

/// The themes that come with the program: name and TOML text.
const BUILT_IN: [(&str, &str); 5] = [
    ("terminal", include_str!("../assets/themes/terminal.toml")),
    ("dark", include_str!("../assets/themes/dark.toml")),
    ("light", include_str!("../assets/themes/light.toml")),
    ("mono", include_str!("../assets/themes/mono.toml")),
    (
        "colour-blind",
        include_str!("../assets/themes/colour-blind.toml"),
    ),
];

/// A theme file larger than this is something else.
const MAX_BYTES: u64 = 64 * 1024;

/// A style for each [`Role`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    name: String,
    styles: [Style; Role::ALL.len()],
}

/// Why a theme could not be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// Neither a built-in name nor a file.
    #[error(
        "no theme '{name}'; there are {}, or give the path of a .toml file",
        names()
    )]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The file cannot be read.
    #[error("theme {}: cannot be read: {source}; give the path of a readable .toml file", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is too large or no text.
    #[error("theme {}: not a theme file (text of at most 64 KB expected)", path.display())]
    NoTheme {
        /// The file.
        path: PathBuf,
    },
    /// The text is no theme.
    #[error("theme {origin}: {why}")]
    Invalid {
        /// The file or the name of the theme.
        origin: String,
        /// What is wrong, and where.
        why: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    #[serde(default, rename = "about")]
    _about: String,
    based_on: Option<String>,
    #[serde(default)]
    roles: BTreeMap<String, StyleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the form of the file: one switch per modifier"
)]
struct StyleText {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    bold: bool,
    #[serde(default)]
    dim: bool,
    #[serde(default)]
    italic: bool,
    #[serde(default)]
    underlined: bool,
    #[serde(default)]
    reversed: bool,
}

impl Theme {
    /// The theme of that name, or of the file at that path.
    pub fn find(name: &str) -> Result<Self, ThemeError> {
        if let Some(theme) = Self::built_in(name) {
            return Ok(theme);
        }
        let is_path = Path::new(name)
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("toml"));
        if is_path || name.contains('/') {
            return Self::read(Path::new(name));
        }
        Err(ThemeError::Unknown {
            name: clean(name).into_owned(),
        })
    }

    /// A theme that comes with the program.
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Self::parse(name, text).expect("built-in themes are tested"))
    }

    /// The names of the themes that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// What the theme is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next built-in theme, for switching with a key.
    #[must_use]
    pub fn next(&self) -> Self {
        let at = BUILT_IN.iter().position(|(name, _)| *name == self.name);
        let next = at.map_or(0, |at| (at + 1) % BUILT_IN.len());
        Self::built_in(BUILT_IN[next].0).expect("the name stands in the table")
    }

    fn read(path: &Path) -> Result<Self, ThemeError> {
        let unreadable = |source| ThemeError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let file = File::open(path).map_err(unreadable)?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        let too_long = bytes.len() as u64 > MAX_BYTES;
        match String::from_utf8(bytes) {
            Ok(text) if !too_long => Self::parse(&path.display().to_string(), &text),
            _ => Err(ThemeError::NoTheme {
                path: path.to_owned(),
            }),
        }
    }

    /// Reads a theme; roles that are not named keep the style of `based_on`, else of `terminal`.
    pub fn parse(origin: &str, text: &str) -> Result<Self, ThemeError> {
        let invalid = |why: String| ThemeError::Invalid {
            origin: clean(origin).into_owned(),
            why,
        };
        let file: ThemeFile = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| {
                text[..span.start.min(text.len())].lines().count().max(1)
            });
            invalid(format!("line {line}: {}", clean(error.message())))
        })?;
        let base = match file.based_on.as_deref() {
            Some(base) => {
                Self::built_in(base)
                    .ok_or_else(|| {
                        invalid(format!(
                            "based_on = '{}' is no theme; there are {}",
                            clean(base),
                            names()
                        ))
                    })?
                    .styles
            }
            None if origin == BUILT_IN[0].0 => [Style::new(); Role::ALL.len()],
            None => {
                Self::built_in(BUILT_IN[0].0)
                    .expect("the first theme stands on nothing")
                    .styles
            }
        };
        let mut styles = base;
        for (name, style) in &file.roles {
            let role = Role::named(name).ok_or_else(|| {
                let known: Vec<_> = Role::ALL.iter().map(|role| role.name()).collect();
                invalid(format!(
                    "'{}' is no role; there are {}",
                    clean(name),
                    known.join(", ")
                ))
            })?;
            styles[role as usize] = style.style().map_err(|colour| {
                invalid(format!("{name}: '{}' is no colour; write a name (\"red\"), a number 0-255 or \"#rrggbb\"", clean(&colour)))
            })?;
        }
        Ok(Self {
            name: origin.to_owned(),
            styles,
        })
    }
}

impl StyleText {
    fn style(&self) -> Result<Style, String> {
        let colour = |text: &Option<String>| {
            text.as_ref()
                .map(|text| Color::from_str(text).map_err(|_| text.clone()))
                .transpose()
        };
        let mut style = Style::new();
        style.fg = colour(&self.fg)?;
        style.bg = colour(&self.bg)?;
        let modifiers = [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
        ];
        Ok(modifiers
            .into_iter()
            .filter(|(on, _)| *on)
            .fold(style, |style, (_, modifier)| style.add_modifier(modifier)))
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::built_in(BUILT_IN[0].0).expect("the first theme is built in")
    }
}

impl Index<Role> for Theme {
    type Output = Style;

    fn index(&self, role: Role) -> &Style {
        &self.styles[role as usize]
    }
}

fn names() -> String {
    Theme::names().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
