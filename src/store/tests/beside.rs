//! What an import makes beside its records: companies that leads' rows tell of, stages that deals stand in.

use super::records::*;
use super::*;
use crate::domain::catalogue::Catalogue;
use crate::domain::import::{FirmRecord, ImportRecord};
use crate::domain::verdict::DealOutcome;
use crate::store::{Import, ImportPlan};

#[test]
fn what_a_leads_row_tells_of_its_company_fills_and_never_replaces() {
    let mut store = store();
    let firm = |name: &str, industry: Option<&str>, employees| {
        ImportRecord::Firm(FirmRecord {
            name: name.into(),
            industry: industry.map(Into::into),
            employees,
        })
    };
    let mut told = |records: &[ImportRecord]| {
        let mut import = Import::begin(&mut store, &nobody(), plan()).unwrap();
        import.push(&rows(records)).unwrap();
        import.finish().unwrap()
    };
    let report = told(&[
        firm("Acme", None, Some(10)),
        firm("Acme", Some("Software"), Some(99)),
        firm("Beta", Some("Retail"), None),
    ]);
    // They are part of a lead's row, so they count nowhere.
    assert_eq!(report.records(), 0);
    told(&[firm("Beta", Some("Banking"), Some(7))]);
    let first = "SELECT count(*) FROM account WHERE name = 'Acme' AND employees = 10 AND industry = 'Software'";
    assert_eq!(count(&store, first), 1);
    let filled = "SELECT count(*) FROM account WHERE name = 'Beta' AND employees = 7 AND industry = 'Retail'";
    assert_eq!(count(&store, filled), 1);
}

#[test]
fn stages_of_an_import_stand_in_the_order_of_the_funnel_and_closed_ones_are_none() {
    let mut store = store();
    let at = |id: &str, stage: &str, closed| {
        let mut deal = deal(id, None);
        deal.stage = Some(stage.into());
        deal.qualified = None;
        deal.closed = closed;
        deal
    };
    let won = Some((DealOutcome::Won, Moment(1_707_000_000)));
    let funnel = ImportPlan {
        stages: ["Appointment", "Contract Sent"].map(str::to_owned).to_vec(),
        ..plan()
    };
    let file = deals(vec![
        at("1", "Closed Won", won),
        at("2", "Contract sent", None),
        at("3", "Demo", won),
        at("4", "Legal", None),
        at("5", "Appointment", None),
    ]);
    let report = import_as(&mut store, funnel.clone(), &file);
    assert_eq!(report.unqualified, 2);
    let in_use = |store: &Store| -> Vec<String> {
        let book = store.book().unwrap();
        let mut all: Vec<_> = book.stages.iter().filter(|s| !s.retired).collect();
        all.sort_by_key(|s| s.position);
        let made = [
            "Closed Won",
            "Contract sent",
            "Demo",
            "Legal",
            "Appointment",
        ];
        let names = all.iter().map(|s| s.name.clone());
        names.filter(|name| made.contains(&name.as_str())).collect()
    };
    assert_eq!(in_use(&store), ["Appointment", "Contract sent", "Legal"]);
    // A deal that stands open in one of them makes it a stage after all.
    import_as(&mut store, funnel, &deals(vec![at("6", "Demo", None)]));
    assert!(in_use(&store).contains(&"Demo".to_owned()));
    assert!(!in_use(&store).contains(&"Closed Won".to_owned()));
}

#[test]
fn the_first_deals_take_the_place_of_the_stages_that_nobody_uses() {
    let at = |id: &str, stage: &str| {
        let mut deal = deal(id, None);
        (deal.stage, deal.qualified, deal.closed) = (Some(stage.into()), None, None);
        deal
    };
    let in_use = |store: &Store| -> Vec<String> {
        let stages = store.book().unwrap().stages;
        let used = stages.into_iter().filter(|stage| !stage.retired);
        used.map(|stage| stage.name).collect()
    };
    let before = in_use(&store());
    assert_eq!(before, ["Prospect", "Discovery", "Proposal", "Negotiation"]);
    let mut fresh = store();
    let file = deals(vec![at("1", "Demo"), at("2", "Proposal"), at("3", "Legal")]);
    let report = import(&mut fresh, &file);
    assert_eq!(in_use(&fresh), ["Proposal", "Demo", "Legal"]);
    // The same file changes nothing; a deal in one of the others makes it a stage again.
    assert_eq!(import(&mut fresh, &file).written(), (0, 0));
    import(&mut fresh, &deals(vec![at("4", "Discovery")]));
    assert_eq!(in_use(&fresh), ["Discovery", "Proposal", "Demo", "Legal"]);
    // Taken back with what it brought.
    let mut fresh = store();
    import(&mut fresh, &file);
    let batch = report.batch.unwrap();
    fresh.apply(&Command::UndoBatch(batch), &nobody()).unwrap();
    assert_eq!(in_use(&fresh), before);
    // Who has changed a stage keeps it, and a workspace with deals keeps all.
    let mut own = store();
    let renamed = Command::Catalogue(Catalogue::PutStage {
        name: "Talks".into(),
        position: 1,
        was: Some("Discovery".into()),
    });
    own.apply(&renamed, &nobody()).unwrap();
    import(&mut own, &file);
    assert!(in_use(&own).contains(&"Talks".to_owned()));
    let mut used = store();
    import(&mut used, &deals(vec![at("9", "Negotiation")]));
    import(&mut used, &file);
    assert_eq!(in_use(&used).len(), 6);
}
