//! Cuts the text of rules into words, signs and quoted text, each with its place. Total: any text gives tokens; understands none.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare word.
    Word(String),
    /// Text in quotation marks, without them.
    Quoted(String),
    /// Quoted text that does not end.
    Open(String),
    /// A comparison sign.
    Sign(String),
    /// `(`
    Left,
    /// `)`
    Right,
    /// `,`
    Comma,
    /// `;`
    Stop,
}

/// A token and where it stands, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub at: Range<usize>,
}

impl Token {
    /// The bare word in small letters.
    pub(super) fn word(&self) -> Option<String> {
        match &self.kind {
            Kind::Word(word) => Some(word.to_lowercase()),
            _ => None,
        }
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '!' | '≠' | '≤' | '≥')
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '"' | '“' | '”') || is_sign(c)
}

/// The tokens of a text.
pub(super) fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let kind = match c {
            c if c.is_whitespace() => continue,
            '(' => Kind::Left,
            ')' => Kind::Right,
            ',' => Kind::Comma,
            ';' => Kind::Stop,
            '"' | '“' | '”' => {
                let mut inside = String::new();
                let mut closed = false;
                while let Some((_, c)) = chars.next() {
                    match c {
                        '"' | '“' | '”' => {
                            closed = true;
                            break;
                        }
                        '\\' => inside.extend(chars.next().map(|(_, c)| c)),
                        c => inside.push(c),
                    }
                }
                if closed {
                    Kind::Quoted(inside)
                } else {
                    Kind::Open(inside)
                }
            }
            first => {
                let sign = is_sign(first);
                let mut word = String::from(first);
                while let Some((_, c)) =
                    chars.next_if(|(_, c)| if sign { is_sign(*c) } else { !ends_word(*c) })
                {
                    word.push(c);
                }
                if sign {
                    Kind::Sign(word)
                } else {
                    Kind::Word(word)
                }
            }
        };
        let end = chars.peek().map_or(text.len(), |(at, _)| *at);
        tokens.push(Token {
            kind,
            at: start..end,
        });
    }
    tokens
}
