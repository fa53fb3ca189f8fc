//! The report: figures equal the board's, foreign names stay text, nothing is asked of anybody.

use crate::domain::criteria::version::{By, Signature, State, Version};
use crate::domain::criteria::{Definition, Fields, Page, parse};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::domain::policy::Side;
use crate::facts::Facts;
use crate::facts::filter::Dimension;
use crate::metrics::meeting::Opening;
use crate::metrics::review::Review;
use crate::metrics::tests::fixture::{MARCH, book, empty};
use crate::metrics::tests::random::random;
use crate::metrics::{Board, Metric, Scope, breakdown, show};
use crate::report::{Asked, Paper, report};

pub(super) const EVIL: &str = "\"><img src=x onerror=alert(1)> <script>alert('x')</script> ]]> a|b `c` [x](http://evil.example) \u{1b}[31m \u{202e} &amp;\nsecond";

/// A version in force whose every word is `words`.
pub(super) fn version(words: &str) -> Version {
    let by = |name: &str| By {
        name: Some(name.to_owned()),
        at: Moment(MARCH),
    };
    let fields = Fields::default();
    let mut rules = parse("employees >= 50", &fields).whole().unwrap();
    words.clone_into(&mut rules[0].why);
    Version {
        id: CriteriaId(1),
        number: 3,
        state: State::Signed,
        definition: Definition {
            rules,
            page: Page {
                agreed: words.to_owned(),
                ..Page::default()
            },
            ..Definition::default()
        },
        marks: Vec::new(),
        revision: 1,
        edited: by("Mia"),
        needs_finance: false,
        signatures: [(Side::Marketing, words), (Side::Sales, "Sam")]
            .map(|(side, name)| Signature { side, by: by(name) })
            .into(),
        proposed: None,
        in_force_at: Some(Moment(MARCH)),
        retired_at: None,
        review_on: None,
        figures: None,
    }
}

/// The board and both papers of a history, all foreign names being `words`.
fn written(mut facts: Facts, words: &str) -> (Board, [String; 2]) {
    let mut book = book("Europe/Berlin");
    words.clone_into(&mut book.workspace.name);
    facts.names.sources.put(1, words);
    facts.names.reasons.put(1, words);
    let today = book.calendar.day_of(Moment(MARCH));
    let period = Period::parse("2025-03", today, &book.calendar).unwrap();
    let scope = Scope::new(&facts, &book, period, Moment(MARCH + 40 * 86_400));
    book.meetings = super::meeting::meetings(&facts, &book, words);
    let board = Board::compute(&facts, &book, &scope);
    let version = version(words);
    let asked = Asked {
        book: &book,
        facts: &facts,
        board: &board,
        review: &Review::new(&facts, &book, &scope),
        sources: &breakdown(Dimension::Source, &facts, &book, &scope),
        criteria: &[&version],
        told: &[format!("The definition in force for {words} drifts")],
        fields: &Fields::default(),
        opening: &Opening::new(&facts, &book, &scope),
    };
    let papers = [Paper::Html, Paper::Markdown].map(|paper| report(&asked, paper));
    (board, papers)
}

/// Every tag of the page, without what stands between them.
pub(super) fn tags(html: &str) -> Vec<&str> {
    let style = html.find("<style>").unwrap()..html.find("</style>").unwrap();
    let outside = [&html[..style.start], &html[style.end..]];
    let tags = outside.into_iter().flat_map(|part| part.split('<').skip(1));
    tags.map(|tag| tag.split('>').next().unwrap()).collect()
}

#[test]
fn foreign_names_stay_text_in_elements_pictures_and_attributes() {
    let (_, [evil, _]) = written(random(7, 300), EVIL);
    let (_, [plain, _]) = written(random(7, 300), "Webinar");
    // Whatever the names are, the page has the same elements.
    let names = |html: &str| -> Vec<String> {
        let name = |tag: &&str| tag.split([' ', '\n']).next().unwrap().to_owned();
        tags(html).iter().map(name).collect()
    };
    let lines = |names: Vec<String>| names.iter().filter(|n| *n != "p" && *n != "/p").count();
    assert_eq!(lines(names(&evil)), lines(names(&plain)));
    for known in names(&evil) {
        assert!(
            !["script", "img", "iframe", "object", "link", "foreignObject"]
                .contains(&known.as_str()),
            "{known}"
        );
    }
    assert!(evil.contains("&lt;script&gt;") && evil.contains("]]&gt;"));
    assert!(evil.contains("<svg") && evil.contains("aria-label="));
    let hazard = |c: char| c != '\n' && crate::text::is_hazard(c);
    assert_eq!(evil.chars().find(|c| hazard(*c)), None);
}

#[test]
fn an_attribute_holds_nothing_but_its_value() {
    let (_, [evil, _]) = written(random(7, 300), EVIL);
    for tag in tags(&evil).iter().filter(|tag| !tag.starts_with('!')) {
        // Quotes come in pairs, and outside of them there is nothing but names.
        let outside: String = tag.split('"').step_by(2).collect();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        assert!(!outside.contains("onerror"), "{tag}");
        for attribute in outside.split_whitespace().skip(1) {
            let name = attribute.trim_end_matches('=');
            assert!(!name.starts_with("on") && name != "style", "{tag}");
        }
    }
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let (_, [html, _]) = written(random(7, 300), "Webinar");
    assert!(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-"));
    for asking in ["http:", "https:", "src=", "url(", "@import", "<script"] {
        assert!(!html.contains(asking), "{asking}");
    }
    let anchors = html.split("href=\"").skip(1);
    let targets: Vec<&str> = anchors
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(targets.len() > 20);
    for target in targets {
        let id = target.strip_prefix('#').unwrap();
        assert!(html.contains(&format!("id=\"{id}\"")), "{target}");
    }
}

#[test]
fn the_page_is_for_everybody() {
    let (_, [html, _]) = written(random(7, 300), "Webinar");
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    for landmark in ["<header>", "<main>", "<footer", "<title>", "<caption>"] {
        assert!(html.contains(landmark), "{landmark}");
    }
    let heads = html.matches("<th").count() - html.matches("<thead").count();
    assert_eq!(heads, html.matches("<th scope=").count());
    let pictures = html.matches("<svg").count();
    assert!(pictures >= 5);
    assert_eq!(pictures, html.matches("role=\"img\"").count());
    assert_eq!(pictures, html.matches("<desc id=").count());
    let ids: Vec<&str> = html
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}

#[test]
fn figures_are_the_boards() {
    let (board, papers) = written(random(11, 400), "Webinar");
    let headline = &board.headline;
    let readings = &board.readings;
    let shown = [&headline.value.now, &headline.attainment, &headline.pace];
    let shown = shown
        .into_iter()
        .chain([&readings.marketing, &readings.sales]);
    let columns = [&board.marketing, &board.sales, &board.misalignment];
    let columns = columns.into_iter().flatten().map(|c| &c.now);
    for figure in shown.chain(columns) {
        let told = [show::full(figure), show::beside(figure)];
        for (paper, text) in papers.iter().enumerate() {
            let told = &told[..if figure.is_partial() { 1 } else { 2 }];
            for part in told {
                let part = part.replace("partial:", "partial&#58;");
                assert!(text.contains(&part), "{:?} {part} {paper}", figure.id);
            }
        }
    }
    // What the rejections cost in sum is what the board says it is.
    let wasted = board
        .marketing
        .iter()
        .find(|c| c.now.id == Metric::WastedSpend);
    let wasted = show::full(&wasted.unwrap().now);
    let foot = papers[0].split("<tfoot>").last().unwrap();
    assert!(foot.contains(&format!("<td>{wasted}</td>")), "{wasted}");
}

#[test]
fn markdown_holds_foreign_names_as_text() {
    let (_, [_, text]) = written(random(7, 300), EVIL);
    assert!(!text.contains("<script") && !text.contains("<img"));
    assert!(!text.replace("\\]", "").contains("](") && !text.contains("http://"));
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut width = 0;
    for line in text.lines() {
        if !line.starts_with('|') {
            width = 0;
        } else if width == 0 {
            width = cells(line);
        } else {
            assert_eq!(cells(line), width, "{line}");
        }
    }
}

#[test]
fn a_line_of_a_page_begins_no_list_and_no_rule() {
    for (words, said) in [
        ("- item", "\\- item"),
        ("12. then", "12\\. then"),
        ("1) then", "1\\) then"),
        ("---", "\\---"),
        ("    code", "code"),
        ("# head", "\\# head"),
        ("2025 was fine", "2025 was fine"),
    ] {
        let (_, [_, text]) = written(empty(), words);
        assert!(text.contains(&format!("\n{said}\n")), "{words}: {text}");
    }
}

#[test]
fn an_empty_workspace_has_a_page_of_dashes() {
    let (_, [html, text]) = written(empty(), "Webinar");
    assert!(text.contains("holds no data") && text.contains('—'));
    assert!(!html.contains("NaN") && !html.contains("inf\"") && !html.contains(">inf<"));
    assert!(!html.contains("Why leads were rejected"));
}

#[test]
fn markdown_of_a_small_history() {
    let (_, [_, text]) = written(random(11, 400), "Webinar");
    let page = text.split("## Definitions").next().unwrap();
    insta::assert_snapshot!(page);
}

/// WCAG's relative luminance of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
    let linear = |c: f64| {
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn words_and_pictures_stand_out_from_the_page_in_light_dark_and_print() {
    let style = include_str!("../../../assets/report/style.css");
    let themes: Vec<&str> = style.split(":root {").skip(1).collect();
    assert_eq!(themes.len(), 3);
    for theme in themes {
        let colour = |name: &str| {
            let after = theme.split(&format!("--{name}: ")).nth(1).unwrap();
            &after[..7]
        };
        for ground in ["page", "band"] {
            for word in ["ink", "dim"] {
                let seen = contrast(colour(word), colour(ground));
                assert!(seen >= 4.5, "{word} on {ground}: {seen}");
            }
        }
        for shape in ["shared", "marketing", "sales", "finance", "step"] {
            let seen = contrast(colour(shape), colour("page"));
            assert!(seen >= 3.0, "{shape}: {seen}");
        }
    }
}
