//! The page of the definition: wordings, consequence, rules in plain sentences, the gate; one screen. Computes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::view::View;
use super::super::window::Window;
use super::Criteria;
use crate::domain::criteria::Definition;
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Paragraph, Reader, panel};

/// How finance reads an opportunity.
const GATE: &str = "It counts once a rep has spoken with the lead, it stands in stage one or later, has an estimated close date \
     and a value above zero, and these criteria were confirmed. The value is frozen then; corrections are adjusting entries.";

impl Criteria {
    /// The page as text, to be pasted or printed.
    pub(in crate::screens::criteria) fn copy_view(&self, model: &Model) -> Outcome {
        if !matches!(self.view, View::Page(_)) {
            return Outcome::Say("D shows the page; there y copies it".to_owned());
        }
        let (_, text) = self.page_text(model);
        Outcome::Copy {
            what: "the page of the definition".to_owned(),
            text,
        }
    }

    /// Asks into which file the page goes.
    pub(in crate::screens::criteria) fn open_save(&mut self, model: &Model) -> Outcome {
        if !matches!(self.view, View::Page(_)) {
            return Outcome::Say("D shows the page; there E writes it into a file".to_owned());
        }
        let (number, _) = self.page_text(model);
        let name = number.map_or_else(
            || "definition.md".to_owned(),
            |number| format!("definition-v{number}.md"),
        );
        let over = [("keep", "it stays: say so"), ("replace", "it is replaced")];
        let over = over.map(|(word, label)| (word.to_owned(), label.to_owned()));
        let form = Form::new("The page into a file")
            .note("Markdown, in the folder the program was started in where the name says no other")
            .text("File", &name, "definition.md")
            .choice("If it is there", over.to_vec(), "keep");
        self.window = Some(Window::Save(form));
        Outcome::Nothing
    }

    /// The number of the version that the page is of, and the page as text.
    pub(in crate::screens::criteria) fn page_text(&self, model: &Model) -> (Option<i64>, String) {
        let (definition, version) = self.base(model);
        let version = version.or_else(|| self.in_force(model));
        let number = version.map(|version| version.number);
        let mut text = vec![Paragraph::Heading(titled(number))];
        text.extend(self.paragraphs(&definition));
        (number, Reader::new(text).as_text())
    }

    pub(super) fn draw_page(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let (definition, version) = self.base(model);
        let number = version
            .or_else(|| self.in_force(model))
            .map(|version| version.number);
        let title = Span::styled(titled(number), theme[Role::Heading]);
        let inner = panel(
            buffer,
            area,
            &title,
            "w edits the words · E into a file",
            true,
            theme,
        );
        let mut reader = Reader::new(self.paragraphs(&definition));
        if let View::Page(scrolled) = &mut self.view {
            let most = reader
                .lines(inner.width.saturating_sub(1))
                .saturating_sub(usize::from(inner.height));
            *scrolled = (*scrolled).min(most);
            reader.scroll(*scrolled as isize);
        }
        reader.draw(buffer, inner, theme);
    }

    /// The page as Markdown.
    pub(in crate::screens::criteria) fn page_as_markdown(&self, model: &Model) -> String {
        let (definition, version) = self.base(model);
        let version = version.or_else(|| self.in_force(model));
        let mut text = format!("# {}\n", titled(version.map(|version| version.number)));
        for paragraph in self.paragraphs(&definition) {
            let line = match paragraph {
                Paragraph::Heading(words) => format!("\n## {}\n", literal(&words)),
                Paragraph::Entry(label, words) => format!("\n**{label}:** {}\n", literal(&words)),
                Paragraph::Text(words) => match words.strip_prefix("· ") {
                    Some(words) => format!("\n- {}", literal(words)),
                    None => format!("\n{}\n", literal(&words)),
                },
                Paragraph::Strong(words) => format!("\n**{}**\n", literal(&words)),
                Paragraph::Gap => "\n".to_owned(),
            };
            text.push_str(&line);
        }
        text
    }

    fn paragraphs(&self, definition: &Definition) -> Vec<Paragraph> {
        let page = &definition.page;
        let said = |text: &str| {
            if text.is_empty() {
                "— (w writes it)".to_owned()
            } else {
                text.to_owned()
            }
        };
        let mut all = vec![
            Paragraph::Entry("Marketing says".to_owned(), said(&page.marketing)),
            Paragraph::Entry("Sales says".to_owned(), said(&page.sales)),
            Paragraph::Entry("Agreed".to_owned(), said(&page.agreed)),
            Paragraph::Entry("So, in daily work".to_owned(), said(&page.consequence)),
            Paragraph::Gap,
            Paragraph::Heading("The rules".to_owned()),
        ];
        let sentences = definition.sentences(&self.agreed.fields).into_iter();
        all.extend(sentences.map(|sentence| Paragraph::Text(format!("· {sentence}"))));
        all.push(Paragraph::Gap);
        all.push(Paragraph::Heading(
            "An opportunity, as finance reads it".to_owned(),
        ));
        all.push(Paragraph::Text(GATE.to_owned()));
        all
    }
}

/// Foreign words as they stand: nothing in them is markup.
fn literal(words: &str) -> String {
    let mut plain = String::new();
    for c in text::clean(words).chars() {
        if "\\`*_[]<>#|~".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

fn titled(number: Option<i64>) -> String {
    number.map_or_else(
        || "A qualified lead".to_owned(),
        |number| format!("A qualified lead, version {number}"),
    )
}
