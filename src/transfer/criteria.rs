//! A definition as a TOML file that people read, edit and keep in git, and back. Judges no lead.

use std::fmt::Write;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::domain::criteria::{Class, Definition, Fields, Kind, Page, Policy, Rule, Switch, parse};
use crate::text::clean;

/// A file that is no definition.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum BadCriteria {
    /// No TOML, or with keys that mean nothing here.
    #[error("the criteria cannot be read: {0}")]
    Form(String),
    /// A rule is wrong.
    #[error("rule {number} of the criteria: {what}")]
    Rule {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    segment: Option<String>,
    #[serde(default)]
    at_least: u32,
    unknown: Option<String>,
    #[serde(default)]
    page: PageText,
    #[serde(default, rename = "rule")]
    rules: Vec<RuleText>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageText {
    marketing: String,
    sales: String,
    agreed: String,
    consequence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    must: Option<String>,
    must_not: Option<String>,
    supporting: Option<String>,
    class: Option<String>,
    #[serde(default)]
    why: String,
    #[serde(default)]
    off: bool,
}

/// A short name of what a definition says: eight hexadecimal digits, others for every other text.
pub fn fingerprint(definition: &Definition) -> String {
    let digits = Sha256::digest(write(definition).as_bytes());
    digits[..4].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The definition as a file: one block per rule, so that a change of one rule changes few lines.
pub fn write(definition: &Definition) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = String::from(
        "# What sales and marketing call a qualified lead; `smarketing criteria apply` reads it back.\n",
    );
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    if let Some(segment) = &definition.segment {
        line(format!("segment = {}", quoted(segment)));
    }
    line(format!(
        "at_least = {}  # so many of the supporting rules",
        definition.at_least
    ));
    line(format!(
        "unknown = \"{}\"  # pass, ask or fail",
        definition.unknown.word()
    ));
    let page = &definition.page;
    line("\n[page]".into());
    for (key, text) in [
        ("marketing", &page.marketing),
        ("sales", &page.sales),
        ("agreed", &page.agreed),
        ("consequence", &page.consequence),
    ] {
        line(format!("{key} = {}", quoted(text)));
    }
    for rule in &definition.rules {
        let _ = write!(
            out,
            "\n[[rule]]\n{} = {}\n",
            rule.kind.word(),
            quoted(&rule.condition.to_string())
        );
        let _ = writeln!(out, "class = \"{}\"", rule.class.word());
        if !rule.why.is_empty() {
            let _ = writeln!(out, "why = {}", quoted(&rule.why));
        }
        if rule.switch == Switch::Off {
            out.push_str("off = true\n");
        }
    }
    out
}

/// Reads such a file.
pub fn read(text: &str, fields: &Fields) -> Result<Definition, BadCriteria> {
    let file: File = toml::from_str(text)
        .map_err(|error| BadCriteria::Form(clean(error.to_string().trim()).into_owned()))?;
    let unknown = match file.unknown.as_deref() {
        None => Policy::Ask,
        Some(word) => Policy::parse(word.trim()).ok_or_else(|| {
            BadCriteria::Form(format!(
                "unknown = '{}': pass, ask or fail is expected",
                clean(word)
            ))
        })?,
    };
    let rules = file.rules.into_iter().zip(1..);
    let rules = rules.map(|(rule, number)| {
        rule.read(fields)
            .map_err(|what| BadCriteria::Rule { number, what })
    });
    Ok(Definition {
        rules: rules.collect::<Result<_, _>>()?,
        at_least: file.at_least,
        unknown,
        page: Page {
            marketing: file.page.marketing,
            sales: file.page.sales,
            agreed: file.page.agreed,
            consequence: file.page.consequence,
        },
        segment: file.segment.filter(|s| !s.trim().is_empty()),
    })
}

impl RuleText {
    fn read(self, fields: &Fields) -> Result<Rule, String> {
        let given = [
            (Kind::Must, self.must),
            (Kind::MustNot, self.must_not),
            (Kind::Supporting, self.supporting),
        ];
        let mut given = given
            .into_iter()
            .filter_map(|(kind, text)| text.map(|text| (kind, text)));
        let (Some((kind, text)), None) = (given.next(), given.next()) else {
            return Err("it wants exactly one of must, must_not and supporting".into());
        };
        let rules = parse(&text, fields).whole().map_err(|fault| fault.what)?;
        let [rule] = <[Rule; 1]>::try_from(rules)
            .map_err(|_| "one condition is expected; each gets its own [[rule]]")?;
        let class = match self.class.as_deref() {
            None => rule.class,
            Some(word) => Class::parse(word.trim()).ok_or_else(|| {
                let known: Vec<&str> = Class::ALL.iter().map(|c| c.word()).collect();
                format!("class '{}' is none of {}", clean(word), known.join(", "))
            })?,
        };
        Ok(Rule {
            kind,
            class,
            condition: rule.condition,
            why: self.why.trim().to_owned(),
            switch: if self.off { Switch::Off } else { Switch::On },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_reads_back_as_what_was_written() {
        let fields = Fields::default();
        let text = "employees >= 50 because \"a \\\"big\\\" one\" and must not industry in (games, \"real estate\") and off supporting need: title contains chief";
        let definition = Definition {
            rules: parse(text, &fields).whole().unwrap(),
            at_least: 1,
            unknown: Policy::Fail,
            page: Page {
                agreed: "Somebody who can buy.\nSoon.".into(),
                ..Page::default()
            },
            segment: Some("Enterprise \"A\"".into()),
        };
        let file = write(&definition);
        assert_eq!(read(&file, &fields), Ok(definition), "{file}");
        assert!(
            file.contains("\n[[rule]]\nmust = \"employees >= 50\"\n")
                || file.contains("must = 'employees >= 50'"),
            "{file}"
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_the_number_of_the_rule() {
        let fields = Fields::default();
        let says = |text: &str| read(text, &fields).unwrap_err().to_string();
        assert_eq!(
            says("[[rule]]\nmust = 'source = Web'\n[[rule]]\nmust = 'employees >= many'"),
            "rule 2 of the criteria: employees is a number; 'many' is not"
        );
        assert_eq!(
            says("[[rule]]\nmust = 'source = Web and title is known'"),
            "rule 1 of the criteria: one condition is expected; each gets its own [[rule]]"
        );
        assert!(says("rules = 5").contains("rules"));
        assert_eq!(
            says("unknown = 'maybe'"),
            "the criteria cannot be read: unknown = 'maybe': pass, ask or fail is expected"
        );
    }
}
