//! What a rule asks of one field, and whether one value answers it. Knows no lead.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::field::{Field, FieldKind, Standard};
use super::truth::Truth;
use crate::domain::moment::Day;
use crate::domain::review::lists::DomainList;
use crate::domain::verdict::words;

words! {
    /// How a value is compared.
    Operator {
        /// Equal.
        Is = "=" / "is",
        /// Not equal.
        IsNot = "!=" / "is not",
        /// Less.
        Less = "<" / "is less than",
        /// At most.
        AtMost = "<=" / "is at most",
        /// More.
        More = ">" / "is more than",
        /// At least.
        AtLeast = ">=" / "is at least",
        /// One of a list.
        In = "in" / "is one of",
        /// None of a list.
        NotIn = "not in" / "is none of",
        /// Holds a piece of text.
        Contains = "contains" / "contains",
        /// Begins with a piece of text.
        StartsWith = "starts with" / "starts with",
        /// Is known at all.
        Known = "is known" / "is known",
        /// Is not known.
        Unknown = "is unknown" / "is unknown",
        /// A date at most so many days before or after the handoff.
        Within = "within" / "is within",
        /// A domain of the list, or one below it.
        Matches = "matches domains" / "is of the domains",
    }
}

/// How many values an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// None.
    Nothing,
    /// One.
    One,
    /// One or more.
    List,
}

impl Operator {
    /// How many values it takes.
    pub fn takes(self) -> Takes {
        match self {
            Operator::Known | Operator::Unknown => Takes::Nothing,
            Operator::In | Operator::NotIn | Operator::Matches => Takes::List,
            _ => Takes::One,
        }
    }

    /// Whether values of a field can be compared so.
    pub fn suits(self, kind: FieldKind) -> bool {
        use Operator as O;
        match self {
            O::Is | O::IsNot | O::Known | O::Unknown => true,
            O::Less | O::AtMost | O::More | O::AtLeast => {
                matches!(kind, FieldKind::Number | FieldKind::Date)
            }
            O::In | O::NotIn => kind != FieldKind::YesNo,
            O::Contains | O::StartsWith | O::Matches => kind == FieldKind::Text,
            O::Within => kind == FieldKind::Date,
        }
    }
}

/// A finite number that can be compared and kept as a key.
#[derive(Clone, Copy, Debug)]
pub struct Number(f64);

impl Number {
    /// `None` for what is no finite number.
    pub fn new(x: f64) -> Option<Number> {
        // Adding zero turns −0 into 0.
        x.is_finite().then_some(Number(x + 0.0))
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// A value that a rule names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// A number.
    Number(Number),
    /// A date.
    Day(Day),
    /// Yes or no.
    YesNo(bool),
    /// Text as it was typed.
    Text(String),
}

/// A value that a lead has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nobody knows.
    Unknown,
    /// A number.
    Number(f64),
    /// A date.
    Day(Day),
    /// Yes or no.
    YesNo(bool),
    /// Text.
    Text(&'a str),
}

impl Value<'_> {
    /// Whether there is a value; blank text, no-number and no-day are none.
    pub fn is_known(&self) -> bool {
        match self {
            Value::Unknown => false,
            Value::Number(x) => x.is_finite(),
            Value::Day(day) => *day != Day::NEVER,
            Value::YesNo(_) => true,
            Value::Text(text) => !text.trim().is_empty(),
        }
    }
}

/// What a rule asks of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Condition {
    /// Name of the field.
    pub field: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what: none, one, or a list.
    pub values: Vec<Literal>,
}

/// Most values of a list.
pub const MOST_VALUES: usize = 200;

/// Longest text of a value, in bytes.
pub const LONGEST_VALUE: usize = 200;

impl Condition {
    /// What is wrong with it for a field of that kind, in words; `None`: nothing.
    pub fn fault(&self, field: &Field) -> Option<String> {
        let (name, label) = (&field.key, field.kind.label());
        if !self.operator.suits(field.kind) {
            let word = self.operator.word();
            return Some(format!("{name} is {label}; '{word}' does not go with it"));
        }
        let enough = match self.operator.takes() {
            Takes::Nothing => self.values.is_empty(),
            Takes::One => self.values.len() == 1,
            Takes::List => !self.values.is_empty(),
        };
        if !enough {
            return Some(format!("'{}' lacks its value", self.operator.word()));
        }
        if self.values.len() > MOST_VALUES {
            return Some(format!(
                "the list has {} values; {MOST_VALUES} at most",
                self.values.len()
            ));
        }
        self.values.iter().find_map(|value| {
            let fits = match value {
                Literal::Number(n) if self.operator == Operator::Within => {
                    n.get() >= 0.0 && n.get().fract() == 0.0 && n.get() <= 36_500.0
                }
                Literal::Number(_) => field.kind == FieldKind::Number,
                Literal::Day(_) => field.kind == FieldKind::Date,
                Literal::YesNo(_) => field.kind == FieldKind::YesNo,
                Literal::Text(text) => {
                    field.kind == FieldKind::Text
                        && text.len() <= LONGEST_VALUE
                        && !text.trim().is_empty()
                }
            };
            (!fits).then(|| match value {
                Literal::Number(n) if self.operator == Operator::Within => {
                    format!(
                        "'within' wants a whole number of days, 36500 at most; '{}' is none",
                        n.get()
                    )
                }
                Literal::Text(text) if text.trim().is_empty() => {
                    "nothing stands between the quotation marks".to_owned()
                }
                Literal::Text(text) if text.len() > LONGEST_VALUE => {
                    format!(
                        "a value has {LONGEST_VALUE} bytes at most, this one {}",
                        text.len()
                    )
                }
                _ => format!("{name} is {label}; '{value}' is not"),
            })
        })
    }

    /// The list of e-mail domains that it asks about, and whether the lead is to be on it.
    pub fn on_list(&self) -> Option<(DomainList, bool)> {
        let list = Standard::parse(&self.field)?.list()?;
        match (self.operator, self.values.as_slice()) {
            (Operator::Is, [Literal::YesNo(answer)]) => Some((list, *answer)),
            _ => None,
        }
    }

    /// The condition with its values made ready for many comparisons.
    pub fn test(&self) -> Test<'_> {
        let needles = self.values.iter().map(|value| match value {
            Literal::Text(text) if self.operator == Operator::Matches => host(text).into_owned(),
            Literal::Text(text) => fold(text).into_owned(),
            _ => String::new(),
        });
        Test {
            condition: self,
            needles: needles.collect(),
        }
    }

    /// What it says of a value of a lead that was handed off on that day.
    pub fn holds(&self, value: Value<'_>, handed_off_on: Day) -> Truth {
        self.test().holds(value, handed_off_on)
    }
}

/// A condition made ready: its texts folded once.
#[derive(Debug)]
pub struct Test<'a> {
    condition: &'a Condition,
    needles: Vec<String>,
}

impl Test<'_> {
    /// What it says of a value.
    pub fn holds(&self, value: Value<'_>, handed_off_on: Day) -> Truth {
        let known = value.is_known();
        match self.condition.operator {
            Operator::Known => return known.into(),
            Operator::Unknown => return (!known).into(),
            _ if !known => return Truth::Unknown,
            _ => {}
        }
        match value {
            Value::Unknown => Truth::Unknown,
            Value::Number(x) => self.ordered(x, |literal| match literal {
                Literal::Number(n) => Some(n.get()),
                _ => None,
            }),
            Value::Day(day) if self.condition.operator == Operator::Within => {
                let Some(Literal::Number(n)) = self.condition.values.first() else {
                    return Truth::Unknown;
                };
                let apart = i64::from(day.0) - i64::from(handed_off_on.0);
                (apart.unsigned_abs() as f64 <= n.get()).into()
            }
            Value::Day(day) => self.ordered(day, |literal| match literal {
                Literal::Day(day) => Some(*day),
                _ => None,
            }),
            Value::YesNo(answer) => self.ordered(answer, |literal| match literal {
                Literal::YesNo(answer) => Some(*answer),
                _ => None,
            }),
            Value::Text(text) => self.text(text),
        }
    }

    /// A value that has an order. A value of another kind than the field's says nothing.
    fn ordered<T: PartialOrd + Copy>(&self, x: T, read: impl Fn(&Literal) -> Option<T>) -> Truth {
        let mut wanted = self.condition.values.iter().map(read);
        let Some(Some(first)) = wanted.next() else {
            return Truth::Unknown;
        };
        match self.condition.operator {
            Operator::Is => x == first,
            Operator::IsNot => x != first,
            Operator::Less => x < first,
            Operator::AtMost => x <= first,
            Operator::More => x > first,
            Operator::AtLeast => x >= first,
            Operator::In => x == first || wanted.any(|w| w == Some(x)),
            Operator::NotIn => x != first && wanted.all(|w| w != Some(x)),
            _ => return Truth::Unknown,
        }
        .into()
    }

    fn text(&self, text: &str) -> Truth {
        if self.condition.operator == Operator::Matches {
            let own = host(text);
            let below = |n: &String| {
                own == *n
                    || own
                        .strip_suffix(n.as_str())
                        .is_some_and(|rest| rest.ends_with('.'))
            };
            return self.needles.iter().any(below).into();
        }
        let text = fold(text);
        let Some(first) = self.needles.first() else {
            return Truth::Unknown;
        };
        match self.condition.operator {
            Operator::Is => text == *first,
            Operator::IsNot => text != *first,
            Operator::In => self.needles.iter().any(|n| text == *n),
            Operator::NotIn => self.needles.iter().all(|n| text != *n),
            Operator::Contains => text.contains(first.as_str()),
            Operator::StartsWith => text.starts_with(first.as_str()),
            _ => return Truth::Unknown,
        }
        .into()
    }
}

/// Text as it is compared: without blanks around it, in small letters.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    }
}

/// The host in an e-mail address, a link or a bare domain, in small letters and without `www.`.
pub(crate) fn host(text: &str) -> Cow<'_, str> {
    let cut = |text: &str| {
        let text = text.rsplit_once('@').map_or(text, |(_, host)| host);
        let text = text.split_once("://").map_or(text, |(_, host)| host);
        let text = text.split(['/', '?', '#', ':']).next().unwrap_or(text);
        let text = text.strip_prefix("www.").unwrap_or(text);
        text.trim_end_matches('.').to_owned()
    };
    match fold(text) {
        Cow::Borrowed(text) if !text.contains(['@', '/', '?', '#', ':']) => {
            let text = text.strip_prefix("www.").unwrap_or(text);
            Cow::Borrowed(text.trim_end_matches('.'))
        }
        folded => Cow::Owned(cut(&folded)),
    }
}
