//! Keys in, commands out.

use super::*;
use crate::domain::card::{HandoffLine, LeadLine};
use crate::domain::ids::LeadId;
use crate::facts::queue::State;
use crate::screens::fetch::Listed;

#[test]
fn one_key_moves_a_deal_to_the_next_stage_and_back() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let on = keys(&mut pipeline, &mut model, ">");
    assert_eq!(on, deal(1, DealChange::Stage("Proposal".into())));
    let back = keys(&mut pipeline, &mut model, "<");
    assert_eq!(back, deal(1, DealChange::Stage("Lead".into())));
    let any = keys(&mut pipeline, &mut model, "sd");
    assert_eq!(any, deal(1, DealChange::Stage("Negotiation".into())));
}

#[test]
fn value_and_date_start_from_what_is_there_and_are_read_as_on_the_command_line() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let value = keys(&mut pipeline, &mut model, "a\u{8}\u{8}99\n");
    let euro = |minor| Money {
        minor,
        currency: Currency::EUR,
    };
    assert_eq!(value, deal(1, DealChange::Value(euro(1_000_099))));
    pipeline.back();
    keys(&mut pipeline, &mut model, "a");
    for _ in 0.."10000.50".len() {
        keys(&mut pipeline, &mut model, "\u{8}");
    }
    // A comma is refused in the window, and what was typed stays there.
    assert_eq!(keys(&mut pipeline, &mut model, "5,000\n"), Outcome::Nothing);
    let shown = drawn(&mut pipeline, &model, (80, 24));
    assert!(
        shown.contains("'5,000' is no value") && shown.contains("5,000"),
        "{shown}"
    );
    pipeline.back();
    let day = keys(&mut pipeline, &mut model, "d\u{8}\u{8}30\n");
    let on = Day::parse("2025-11-30").unwrap();
    assert_eq!(day, deal(1, DealChange::CloseOn(on)));
}

#[test]
fn a_deal_is_lost_in_three_keys_and_other_keeps_its_note_when_it_is_refused() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let lost = |reason: &str, note: Option<&str>| {
        let (reason, note) = (reason.to_owned(), note.map(str::to_owned));
        deal(1, DealChange::Lost { reason, note })
    };
    assert_eq!(
        keys(&mut pipeline, &mut model, "xa\n"),
        lost("no_budget", None)
    );
    pipeline.back();
    let asked = keys(&mut pipeline, &mut model, "xbwhy not\n");
    assert_eq!(asked, lost("other", Some("why not")));
    let Outcome::Write(write) = asked else {
        panic!()
    };
    // A second Enter before the answer writes nothing twice.
    assert_eq!(keys(&mut pipeline, &mut model, "\n"), Outcome::Nothing);
    pipeline.written(&write, Err("marketing may not; sales may"), &model);
    let shown = drawn(&mut pipeline, &model, (80, 24));
    assert!(
        shown.contains("marketing may not") && shown.contains("why not"),
        "{shown}"
    );
    assert_eq!(
        keys(&mut pipeline, &mut model, "\n"),
        Outcome::Write(write.clone())
    );
    pipeline.written(&write, Ok(&Done::default()), &model);
    assert_eq!(pipeline.context(), Context::Pipeline);
}

#[test]
fn a_win_is_asked_back_with_its_value_and_day_since_it_is_revenue_from_then_on() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    assert_eq!(keys(&mut pipeline, &mut model, "w"), Outcome::Nothing);
    assert_eq!(pipeline.context(), Context::Sure);
    let shown = drawn(&mut pipeline, &model, (80, 24));
    for said in ["won?", "Value: 10,000.50 EUR", "Closed today, 2025-"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(pipeline.back(), "Esc books nothing");
    assert_eq!(
        keys(&mut pipeline, &mut model, "w\n"),
        deal(1, DealChange::Won)
    );
}

#[test]
fn an_almost_qualified_deal_goes_through_the_gate_with_the_leads_behind_it() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    keys(&mut pipeline, &mut model, "v");
    let shown = drawn(&mut pipeline, &model, (80, 24));
    assert!(shown.contains("2 things are missing  1"), "{shown}");
    assert!(
        shown.contains("not qualified; missing an estimated close date"),
        "{shown}"
    );
    let asked = keys(&mut pipeline, &mut model, "Q\t2025-12-31\t\ty\n");
    let expected = Qualification {
        handoffs: vec![HandoffId(1)],
        deal: Behind::Existing(OpportunityId(5)),
        stage: Some("Proposal".into()),
        value: Some(Money::units(1_500, Currency::EUR)),
        close_on: Day::parse("2025-12-31"),
        criteria: Confirmed::No,
        owner: None,
        marketing_owner: None,
        despite: None,
    };
    // "y" finds nothing that starts with it: confirming is a choice, not a typing mistake.
    let command = |q| Outcome::Write(Write::one(Command::Qualify(q)));
    assert_eq!(asked, command(expected.clone()));
    pipeline.back();
    let asked = keys(&mut pipeline, &mut model, "Q\t2025-12-31\t\t→\n");
    let criteria = Confirmed::Yes;
    assert_eq!(
        asked,
        command(Qualification {
            criteria,
            ..expected
        })
    );
}

#[test]
fn a_qualified_deal_is_not_qualified_again_and_one_more_lead_joins_it() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let Outcome::Refuse(why) = keys(&mut pipeline, &mut model, "Q") else {
        panic!()
    };
    assert!(why.contains("is qualified since 2025-09-10"), "{why}");
    let joined = keys(&mut pipeline, &mut model, "J17\n");
    assert_eq!(joined, deal(1, DealChange::Join(HandoffId(17))));
}

#[test]
fn a_lead_joins_by_what_people_call_it_and_is_chosen_from_those_found() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let looked_for = |pipeline: &mut Pipeline, model: &Model, ids: Vec<i64>| {
        let asked = pipeline.wanted(model);
        let [Fetch::Queue(of, None)] = &asked[..] else {
            panic!("{asked:?}")
        };
        assert_eq!((of.search.as_str(), of.state), ("acme", State::All));
        let listed = Listed {
            ids: ids.into(),
            breached: 0,
        };
        pipeline.fetched(&asked[0], &Fetched::Queue(listed), model);
    };
    assert_eq!(keys(&mut pipeline, &mut model, "Jacme\n"), Outcome::Nothing);
    assert!(drawn(&mut pipeline, &model, (80, 24)).contains("looking"));
    looked_for(&mut pipeline, &model, Vec::new());
    let shown = drawn(&mut pipeline, &model, (80, 24));
    assert!(shown.contains("is found by 'acme'"), "{shown}");
    assert_eq!(keys(&mut pipeline, &mut model, "\n"), Outcome::Nothing);
    let id = model.facts().handoffs.id.at(0);
    looked_for(&mut pipeline, &model, vec![id]);
    let asked = Fetch::Lines(Table::Handoffs, vec![id]);
    assert_eq!(pipeline.wanted(&model), std::slice::from_ref(&asked));
    let kim = named(id, "Kim", "Acme");
    pipeline.fetched(&asked, &Fetched::Handoffs(vec![kim]), &model);
    assert!(drawn(&mut pipeline, &model, (80, 24)).contains("a Kim · Acme"));
    let joined = keys(&mut pipeline, &mut model, "a");
    assert_eq!(joined, deal(1, DealChange::Join(HandoffId(id))));
}

#[test]
fn a_deal_without_a_handed_over_lead_cannot_pass_the_gate_and_says_what_to_do() {
    let mut bare = facts();
    bare.opportunities.rows[4].lead = NONE;
    bare.opportunities.rows[4].handoff = NONE;
    let history = History::new(book(), bare, sample::AS_OF);
    let mut model = Model::new(Arc::new(history));
    let mut pipeline = screen(&model, (80, 24));
    let Outcome::Refuse(why) = keys(&mut pipeline, &mut model, "vQ") else {
        panic!()
    };
    assert!(why.contains("J joins one"), "{why}");
}

#[test]
fn closed_deals_are_refused_in_words_reversed_with_a_note_and_reopened_by_their_entry() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    keys(&mut pipeline, &mut model, "vvv");
    let Outcome::Refuse(why) = keys(&mut pipeline, &mut model, "d") else {
        panic!()
    };
    assert!(why.contains("was closed as won on 2025-09-29"), "{why}");
    assert_eq!(keys(&mut pipeline, &mut model, "R\n"), Outcome::Nothing);
    let reversed = keys(&mut pipeline, &mut model, "twice\n");
    let note = "twice".to_owned();
    assert_eq!(reversed, deal(6, DealChange::Reverse { note }));
    pipeline.back();
    let asked = keys(&mut pipeline, &mut model, "r");
    assert_eq!(asked, deal(6, DealChange::Reopen));
}

#[test]
fn owners_are_chosen_from_their_side_by_letter() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let sales = keys(&mut pipeline, &mut model, "oa");
    assert_eq!(sales, deal(1, DealChange::Owner("sam".into())));
    let marketing = keys(&mut pipeline, &mut model, "Oa");
    assert_eq!(marketing, deal(1, DealChange::MarketingOwner("mia".into())));
}

fn named(handoff: i64, name: &str, account: &str) -> LeadLine {
    LeadLine {
        id: LeadId(1),
        name: name.into(),
        account: Some(account.into()),
        source: None,
        campaign: None,
        segment: None,
        owner: None,
        created: sample::AS_OF,
        mql: None,
        excluded: None,
        handoff: Some(HandoffLine {
            id: HandoffId(handoff),
            number: 1,
            at: sample::AS_OF,
            assigned: None,
            owner: None,
            verdict: None,
            reason: None,
            reason_text: None,
            evidence: None,
            recycle_on: None,
            note: None,
            trigger: None,
            attempts: 0,
            first_attempt: None,
            spoke: None,
        }),
    }
}

#[test]
fn a_won_value_is_corrected_and_the_footer_names_what_is_done_with_closed_deals() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    keys(&mut pipeline, &mut model, "vvv");
    let hints = pipeline.hints();
    assert!(
        hints.contains(&(Action::ReopenDeal, "reopen"))
            && !hints.iter().any(|(of, _)| *of == Action::Won)
    );
    keys(&mut pipeline, &mut model, "a");
    let shown = drawn(&mut pipeline, &model, (80, 24));
    assert!(shown.contains("It is won"), "{shown}");
    assert_eq!(
        pipeline.hints(),
        [(Action::Open, "save"), (Action::Back, "cancel")]
    );
    let Outcome::Write(write) = keys(&mut pipeline, &mut model, "9\n") else {
        panic!("nothing was changed")
    };
    assert!(format!("{write:?}").contains("Value("), "{write:?}");
}
