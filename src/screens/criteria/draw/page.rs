//! The page of the definition: wordings, consequence, rules in plain sentences, the gate; one screen. Computes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::view::View;
use super::super::window::Window;
use super::Criteria;
use crate::domain::criteria::{Definition, GATE, Rule};
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::model::Model;
use crate::screens::paper::{NotWritten, Order, Over, Page};
use crate::theme::{Role, Theme};
use crate::widgets::{Paragraph, Reader, panel};

impl Criteria {
    /// The page as text, to be pasted or printed.
    pub(in crate::screens::criteria) fn copy_view(&self, model: &Model) -> Outcome {
        if !matches!(self.view, View::Page(_)) {
            return Outcome::Say("D shows the page; there y copies it".to_owned());
        }
        let text = self.page_text(model);
        Outcome::Copy {
            what: "the page of the definition".to_owned(),
            text,
        }
    }

    /// Asks into which file the page goes.
    pub(in crate::screens::criteria) fn open_page(&mut self, model: &Model) -> Outcome {
        if !matches!(self.view, View::Page(_)) {
            return Outcome::Say("D shows the page; there E writes it into a file".to_owned());
        }
        let version = self.base(model).1.or_else(|| self.in_force(model));
        let Some((id, number)) = version.map(|version| (version.id, version.number)) else {
            return Outcome::Say(
                "There is no version yet: a draft begins with the first rule".to_owned(),
            );
        };
        let form = Form::new(format!("The page of version {number} into a file"))
            .note("For print or mail: .html, or .md. Nothing is replaced unasked; only you can read it.")
            .text("File", &format!("definition-{number}.html"), "definition.html");
        self.window = Some(Window::Page(id, None, form));
        Outcome::Nothing
    }

    /// Enter in that window: the page as it is in the file; over one that is there where that was said already.
    pub(in crate::screens::criteria) fn order_page(&mut self) -> Outcome {
        let Some(Window::Page(id, there, form)) = &mut self.window else {
            return Outcome::Nothing;
        };
        let mut order = Order {
            page: Page::Definition(*id),
            file: form.value(0).to_owned(),
            over: Over::Stays,
        };
        if there.as_ref() == Some(&order) {
            order.over = Over::Goes;
        }
        Outcome::Page(order)
    }

    /// What became of it; false when the window is closed.
    pub(in crate::screens::criteria) fn page_written(
        &mut self,
        order: &Order,
        done: Result<(), &NotWritten>,
    ) -> bool {
        let Some(Window::Page(_, there, form)) = &mut self.window else {
            return false;
        };
        *there = None;
        match done {
            Ok(()) => self.window = None,
            Err(NotWritten::There(file)) => {
                *there = Some(order.clone());
                form.refuse(format!(
                    "{file} is there already; Enter again replaces it, another name keeps it"
                ));
            }
            Err(NotWritten::Because(why)) => form.refuse(why.clone()),
        }
        true
    }

    /// The page as text.
    fn page_text(&self, model: &Model) -> String {
        let (definition, version) = self.base(model);
        let version = version.or_else(|| self.in_force(model));
        let number = version.map(|version| version.number);
        let mut text = vec![Paragraph::Heading(titled(number))];
        text.extend(self.paragraphs(&definition));
        Reader::new(text).as_text()
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
        if !definition.rules.iter().any(Rule::is_on) {
            all.push(Paragraph::Text(
                "· No rule counts yet: every lead passes.".to_owned(),
            ));
        }
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

fn titled(number: Option<i64>) -> String {
    number.map_or_else(
        || "A qualified lead".to_owned(),
        |number| format!("A qualified lead, version {number}"),
    )
}
