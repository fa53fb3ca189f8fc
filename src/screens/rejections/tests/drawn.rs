//! Figures on the screen against the metrics, the way from the sentence to a rejection, and every size.

use std::sync::Arc;

use super::room::{self, Desk};
use crate::domain::money::{Currency, Rates};
use crate::metrics::review::{Axis, Order, Proof, Review};
use crate::screens::figures::{self, Room};
use crate::screens::model::{History, Model};
use crate::screens::{Outcome, Place, Screen, sample};

#[test]
fn the_sentences_say_what_the_metrics_count() {
    let mut desk = Desk::new();
    let shown = desk.drawn(200, 60);
    let (facts, book) = (desk.model.facts(), desk.model.book());
    let review = Review::new(facts, book, desk.model.scope());
    let total = review.total(facts);
    // Counted by hand: 7 of 9, four spoke, one can be checked, two rest on nothing.
    assert_eq!(total.by_proof, [4, 1, 2]);
    for words in [
        "7 of 9 decided were rejected: 4 verified, 1 objective (1 by reason alone), 2 unverified"
            .to_owned(),
        // 700.00 on seven leads of Webinar: three verified ones, two unverified.
        "wasted €300, unproven €200".to_owned(),
        format!("{} rep hours", figures::decimal(total.hours(), 1)),
        "Top reason: Student, 6 (85.7 %)".to_owned(),
        "most from Webinar (5, 83.3 %)".to_owned(),
    ] {
        assert!(shown.contains(&words), "{words} in\n{shown}");
    }
    let waste = total.waste.known(total.proven()).unwrap();
    assert_eq!(
        figures::money(waste as f64, review.currency, Room::Narrow),
        "€300"
    );
}

#[test]
fn the_matrix_shows_the_metrics_cells_and_opens_their_rows() {
    let mut desk = Desk::new();
    desk.press("x");
    let shown = desk.drawn(120, 36);
    let facts = desk.model.facts();
    let review = Review::new(facts, desk.model.book(), desk.model.scope());
    let matrix = review.matrix(facts, Axis::Reason, Axis::Source, Order::Count);
    let cell = matrix.cell(0, 0).unwrap();
    assert_eq!((cell.sums.count(), cell.sums.of(Proof::Unverified)), (5, 2));
    assert!(
        shown.contains("5 of 7 decided (71.4 %°, 35.9–91.8 %)"),
        "{shown}"
    );
    assert!(shown.contains("100.0 % of source, 83.3 % of reason"));
    desk.press("\n");
    let list = desk.drawn(100, 30);
    assert!(
        list.contains("5 in all") && list.contains("500.00"),
        "{list}"
    );
    assert!(
        list.contains("unverified") && !list.contains('\u{1b}'),
        "{list}"
    );
    // Back to the matrix, not to the beginning.
    assert!(desk.screen.back());
    assert!(desk.drawn(120, 36).contains("Cells: rejections"));
}

#[test]
fn the_total_of_the_matrix_opens_everything() {
    let mut desk = Desk::new();
    desk.press("xG\n");
    assert!(desk.drawn(100, 30).contains("7 in all"));
}

#[test]
fn only_unverified_ones_can_be_in_sight() {
    let mut desk = Desk::new();
    desk.press("v");
    assert!(desk.drawn(80, 24).contains("few"));
    // a everything, b verified, c objective, d unverified.
    desk.press("d");
    let narrow = desk.drawn(80, 24);
    assert!(narrow.contains("only unverified"), "{narrow}");
    desk.press("r");
    let shown = desk.drawn(100, 30);
    assert!(
        shown.contains("only unverified") && shown.contains("2 in all"),
        "{shown}"
    );
    assert!(
        shown.contains("7 of 9 decided"),
        "the sentence stays whole\n{shown}"
    );
}

#[test]
fn the_second_look_leaves_challenged_ones_out_and_says_how_it_is_drawn() {
    let mut desk = Desk::new();
    desk.press("z");
    let shown = desk.drawn(120, 36);
    assert!(shown.contains("drawn by '2025-Q3'"), "{shown}");
    assert!(shown.contains("7 of 7 that nobody challenged"), "{shown}");
}

#[test]
fn an_answer_opens_its_rows() {
    let mut desk = Desk::new();
    desk.press("S");
    let shown = desk.drawn(80, 40);
    assert!(
        shown.contains("Sales is asked") && shown.contains("How many rejections rest on nothing?")
    );
    desk.press("↓↓\n");
    let shown = desk.drawn(100, 30);
    assert!(shown.contains("2 in all"), "{shown}");
}

#[test]
fn a_click_chooses_a_question_of_either_side_and_another_one_opens_it() {
    let mut desk = Desk::new();
    desk.press("S");
    let shown = desk.drawn(140, 40);
    let lines: Vec<&str> = shown.lines().collect();
    let line = lines
        .iter()
        .position(|l| l.contains("Which sources send junk?"));
    let line = line.unwrap() as u16;
    let click = |desk: &mut Desk| desk.screen.click(80, line, &desk.model);
    assert_eq!(click(&mut desk), Outcome::Nothing);
    assert!(desk.drawn(140, 40).contains("▸ Which sources send junk?"));
    click(&mut desk);
    assert!(desk.drawn(140, 40).contains("5 in all"));
    // Sideways to the other side's first question and back.
    desk.press("S→→");
    assert!(
        desk.drawn(140, 40)
            .contains("▸ How many were handed over below")
    );
}

#[test]
fn no_size_and_no_view_panics() {
    let mut desk = Desk::new();
    for _ in 0..7 {
        for size in [(60, 18), (80, 22), (110, 30), (200, 58), (1, 1), (20, 3)] {
            desk.drawn(size.0, size.1);
        }
        desk.press("\tn↓→");
    }
    assert!(matches!(desk.press("e"), Outcome::Open(_)));
    assert!(Place::ALL.contains(&Place::Rejections));
}

#[test]
fn at_80_by_24() {
    let mut desk = Desk::new();
    insta::assert_snapshot!("worklist_80", desk.drawn(80, 22));
    desk.press("\n");
    insta::assert_snapshot!("list_80", desk.drawn(80, 22));
    desk.press("C");
    insta::assert_snapshot!("challenges_80", desk.drawn(80, 22));
}

#[test]
fn wide() {
    let mut desk = Desk::new();
    insta::assert_snapshot!("worklist_wide", desk.drawn(160, 40));
    desk.press("x");
    insta::assert_snapshot!("matrix_wide", desk.drawn(120, 36));
    desk.press("S");
    insta::assert_snapshot!("sides_wide", desk.drawn(160, 40));
}

#[test]
fn what_has_no_room_in_the_matrix_is_counted_whole_at_every_width() {
    let mut desk = Desk::new();
    desk.press("xB");
    // Reason by campaign has one column; class by source two, of which one has room at 44 columns.
    desk.press("BBBBB");
    for width in [44, 48] {
        let shown = desk.drawn(width, 24);
        assert!(shown.contains("Cells: rejections · 1 more →"), "{shown}");
    }
    let wide = desk.drawn(120, 24);
    assert!(
        wide.contains("Cells: rejections ─") && !wide.contains("more"),
        "{wide}"
    );
    // A window of one row counts those under it.
    let low = desk.drawn(120, 13);
    assert!(low.contains("1 more ↓"), "{low}");
}

#[test]
fn no_amount_is_cut_in_a_currency_that_is_written_with_its_code() {
    let (mut book, mut facts) = (room::book(), room::facts());
    let dirhams = Currency::parse("AED").unwrap();
    book.workspace.currency = dirhams;
    facts.rates = Rates::new(dirhams, Vec::new());
    facts.names.currencies[0] = dirhams;
    for row in &mut facts.spend.rows {
        row.amount *= 100;
    }
    let history = History::new(book, facts, sample::AS_OF);
    let mut desk = Desk::of(Model::new(Arc::new(history)));
    for keys in ["", "xtt", "t"] {
        desk.press(keys);
        let shown = desk.drawn(120, 36);
        let body = shown.lines().skip(4).collect::<Vec<_>>().join("\n");
        let whole = if keys == "t" {
            "AED 20,000"
        } else {
            "AED 30,000"
        };
        assert!(body.contains(whole) && !body.contains("0…"), "{shown}");
    }
}
