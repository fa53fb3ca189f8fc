//! What `e` says is the figure under the cursor, with its own n, period and what is in sight, and not the board's.

use super::meetings::{CLOSED, after};
use super::room::Desk;
use crate::screens::{Opening, Outcome};
use crate::widgets::Paragraph;

/// The explanation's lines.
fn explained(desk: &mut Desk, keys: &str) -> String {
    desk.press(keys);
    let Outcome::Open(Opening::Text(_, text)) = desk.press("e") else {
        panic!("nothing is explained");
    };
    let line = |paragraph: Paragraph| match paragraph {
        Paragraph::Heading(text) | Paragraph::Text(text) | Paragraph::Strong(text) => text,
        Paragraph::Entry(name, text) => format!("{name}: {text}"),
        Paragraph::Gap => String::new(),
    };
    text.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.lines().any(|line| line == *part), "{part} in\n{text}");
    }
}

#[test]
fn a_cluster_is_explained_by_all_figures_of_its_row() {
    let text = explained(&mut Desk::new(), "");
    says(
        &text,
        &[
            "Student · Webinar",
            "period: Q3 2025",
            "counted: event: by the moment of the verdict",
            "5 rejections",
            "made of: 3 verified + 0 objective + 2 unverified",
            "rate: 5 of 7 decided (71.4 %°, 35.9–91.8 %)",
            "n: 7, a small number (°), decided handoffs of Webinar",
            "2 unverified, 40.0 %",
            "made of: 2 ÷ 5 rejections",
            // 700.00 on seven leads of Webinar.
            "€300 wasted",
            "made of: the leads of 3 verified and 0 objective rejections",
            "€200 unproven",
            // 1 + 2 + 1 + 0 + 1 attempts of 30 minutes.
            "2.5 h of reps' time",
            "made of: 150 minutes logged + 0 by default minutes of the channel",
            "id: rejection_rate",
            "id: wasted_spend_unproven",
        ],
    );
}

#[test]
fn a_cell_is_explained_by_the_figure_that_stands_in_it() {
    let mut desk = Desk::new();
    let text = explained(&mut desk, "xt");
    says(
        &text,
        &[
            "Student · Webinar",
            "share: 100.0 % of source, 83.3 % of reason",
            "id: rejections_by_reason",
        ],
    );
    let wasted = explained(&mut desk, "t");
    says(&wasted, &["€300 wasted", "id: wasted_spend"]);
    assert!(!wasted.contains("reps' time"), "{wasted}");
    // The corner: everything, of everything that was decided.
    let all = explained(&mut desk, "ttttG");
    says(
        &all,
        &[
            "All rejections",
            "rate: 7 of 9 decided (77.8 %°, 45.3–93.7 %)",
            "n: 9, a small number (°), all decided handoffs",
        ],
    );
}

#[test]
fn with_reasons_across_a_share_is_of_the_row_and_says_so() {
    let mut desk = Desk::new();
    desk.press("xt");
    assert!(desk.drawn(120, 30).contains("Cells: share of the column"));
    // Across: campaign; down: class, source; across: segment, rep, week, reason.
    desk.press("BbbBBBB");
    let shown = desk.drawn(120, 30);
    assert!(
        shown.contains("Source × reason") && shown.contains("Cells: share of the row"),
        "{shown}"
    );
    let text = explained(&mut desk, "");
    says(&text, &["share: 83.3 % of reason, 100.0 % of source"]);
}

#[test]
fn what_is_explained_is_of_the_meeting_and_of_what_is_in_sight() {
    let mut desk = after(&[CLOSED]);
    let all = explained(&mut desk, "xG");
    says(
        &all,
        &[
            "period: since the meeting of 2025-09-13",
            "4 rejections",
            "rate: 4 of 6 decided (66.7 %°, 30.0–90.3 %)",
        ],
    );
    let period = explained(&mut desk, "M");
    says(&period, &["period: Q3 2025", "7 rejections"]);
    let unverified = explained(&mut desk, "vd");
    says(
        &unverified,
        &[
            "only: unverified",
            "2 rejections",
            "made of: 0 verified + 0 objective + 2 unverified",
        ],
    );
}

#[test]
fn lists_challenges_and_answers_are_explained_by_their_own_figures() {
    let mut desk = Desk::new();
    let list = explained(&mut desk, "\n");
    says(
        &list,
        &[
            "Student · Webinar: 5 in the list",
            "5 rejections",
            "€200 unproven",
        ],
    );
    let challenges = explained(&mut desk, "C");
    says(
        &challenges,
        &[
            "Overturned challenges: —",
            "made of: 0 overturned ÷ 0 settled",
            "id: overturn_rate",
        ],
    );
    let answer = explained(&mut desk, "S↓↓");
    says(
        &answer,
        &[
            "How many rejections rest on nothing?",
            "made of: unverified rejections ÷ rejections",
            "n: 7, a small number (°)",
            "id: unverified_rejections",
        ],
    );
    // Nothing was fed back yet.
    desk.press("I");
    assert!(matches!(desk.press("e"), Outcome::Say(_)));
}
