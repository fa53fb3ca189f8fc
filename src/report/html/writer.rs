//! Elements, attributes and text with everything escaped and cleaned. Names are ours alone: no foreign text becomes one.

use crate::text::clean;

/// A document being written. Foreign text goes through [`Writer::text`] or an attribute's value; both escape it.
pub(super) struct Writer {
    out: String,
}

/// A name of ours and a value that may be anybody's.
pub(super) type Attribute<'a> = (&'static str, &'a str);

impl Writer {
    /// An empty document.
    pub(super) fn document() -> Writer {
        Writer {
            out: "<!DOCTYPE html>\n".into(),
        }
    }

    /// The document, ending in a line end.
    pub(super) fn end(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    /// An element with what stands inside.
    pub(super) fn element(
        &mut self,
        name: &'static str,
        attributes: &[Attribute],
        inside: impl FnOnce(&mut Writer),
    ) {
        self.open(name, attributes);
        inside(self);
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        if is_block(name) {
            self.out.push('\n');
        }
    }

    /// An element that holds nothing and has no end.
    pub(super) fn void(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.open(name, attributes);
        self.out.push('\n');
    }

    /// Text, cleaned and escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Our own style sheet, the only text that goes in as it is.
    pub(super) fn style(&mut self, style: &'static str) {
        self.out.push_str("<style>");
        self.out.push_str(style);
        self.out.push_str("</style>\n");
    }

    fn open(&mut self, name: &'static str, attributes: &[Attribute]) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
    }
}

/// Elements after which a line ends, so that two reports can be compared line by line.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "small" | "span" | "title" | "desc" | "text" | "td" | "th" | "tspan"
    )
}

fn escape(out: &mut String, text: &str) {
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_text_or_its_attribute() {
        let mut out = Writer::document();
        let evil = "\"><img onerror='x'>&]]>\u{1b}[31m\u{202e}\n";
        out.element("p", &[("title", evil)], |out| out.text(evil));
        let said = "&quot;&gt;&lt;img onerror=&#39;x&#39;&gt;&amp;]]&gt;␛[31m·⏎";
        assert_eq!(
            out.end(),
            format!("<!DOCTYPE html>\n<p title=\"{said}\">{said}</p>\n\n")
        );
    }
}
