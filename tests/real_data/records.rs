//! Real and realistic exports, through the library: every one is recognised, every row counted.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use smarketing::domain::calendar::Calendar;
use smarketing::domain::import::{ImportRecord, ImportRow, LeadRecord, OpportunityRecord, Refusal};
use smarketing::domain::money::Currency;
use smarketing::domain::verdict::{DealOutcome, Verdict};
use smarketing::transfer::import::{Options, Plan, Summary};
use smarketing::transfer::map::{Catalog, candidates};
use smarketing::transfer::read::{ReadOptions, open};

use super::data;

struct Got {
    map: String,
    rows: Vec<ImportRow>,
    refused: Vec<Refusal>,
    summary: Summary,
}

fn import(file: &str) -> Option<Got> {
    let (set, name) = file.split_once('/').unwrap();
    let path: PathBuf = data(set)?.join(name);
    let options = Options::new(Calendar::new("UTC").unwrap(), Currency::EUR);
    let plan = Plan::detect(&path, &Catalog::shipped(), options)
        .unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let mut stream = plan.start(Arc::new(AtomicBool::new(false))).unwrap();
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for chunk in &mut stream {
        let chunk = chunk.unwrap();
        rows.extend(chunk.rows);
        refused.extend(chunk.refused);
    }
    Some(Got {
        map: plan.map_name().to_owned(),
        rows,
        refused,
        summary: stream.finish(),
    })
}

impl Got {
    fn leads(&self) -> impl Iterator<Item = &LeadRecord> {
        self.rows.iter().filter_map(|row| match &row.record {
            ImportRecord::Lead(lead) => Some(&**lead),
            _ => None,
        })
    }

    fn deals(&self) -> impl Iterator<Item = &OpportunityRecord> {
        self.rows.iter().filter_map(|row| match &row.record {
            ImportRecord::Opportunity(deal) => Some(&**deal),
            _ => None,
        })
    }

    fn verdicts(&self, verdict: Verdict) -> usize {
        let given = |lead: &&LeadRecord| {
            lead.handoff
                .as_ref()
                .and_then(|h| h.verdict.as_ref())
                .map(|v| v.verdict)
        };
        self.leads()
            .filter(|lead| given(lead) == Some(verdict))
            .count()
    }

    fn outcome(&self, outcome: DealOutcome) -> usize {
        self.deals()
            .filter(|deal| deal.closed.map(|(how, _)| how) == Some(outcome))
            .count()
    }
}

#[test]
fn olist() {
    let Some(got) = import("olist-marketing-funnel/olist_marketing_qualified_leads_dataset.csv")
    else {
        return;
    };
    assert_eq!(
        (got.map.as_str(), got.leads().count(), got.refused.len()),
        ("olist-mqls", 8_000, 0)
    );
    let mut origins: BTreeMap<&str, usize> = BTreeMap::new();
    got.leads().for_each(|lead| {
        *origins
            .entry(lead.source.as_deref().unwrap_or(""))
            .or_default() += 1;
    });
    assert_eq!(
        (origins["organic_search"], origins["unknown"], origins[""]),
        (2_296, 1_099, 60)
    );
    let deals = import("olist-marketing-funnel/olist_closed_deals_dataset.csv").unwrap();
    assert_eq!(
        (
            deals.map.as_str(),
            deals.outcome(DealOutcome::Won),
            deals.refused.len()
        ),
        ("olist-deals", 842, 0)
    );
    assert!(deals.deals().all(|deal| {
        deal.lead
            .as_ref()
            .is_some_and(|key| key.external_id.is_some())
    }));
}

#[test]
fn real_estate() {
    let Some(got) = import("real-estate-funnel-mit/Leads.csv") else {
        return;
    };
    assert_eq!(
        (got.map.as_str(), got.leads().count(), got.refused.len()),
        ("real-estate-leads", 5_000, 0)
    );
    assert_eq!(
        (
            got.verdicts(Verdict::Rejected),
            got.verdicts(Verdict::Accepted)
        ),
        (4_098, 880)
    );
    let other = |lead: &&LeadRecord| {
        lead.handoff
            .as_ref()
            .and_then(|h| h.verdict.as_ref())
            .is_some_and(|v| v.reason.as_deref() == Some("other"))
    };
    assert_eq!(
        got.leads().filter(other).count(),
        0,
        "each of the eight reasons has a code"
    );
    assert!(got.leads().all(|lead| lead.cost.is_some()));
    let sales = import("real-estate-funnel-mit/Sales.csv").unwrap();
    assert_eq!(
        (sales.map.as_str(), sales.outcome(DealOutcome::Won)),
        ("real-estate-sales", 813)
    );
    assert_eq!(
        sales.deals().next().unwrap().amount.unwrap().minor,
        235_300_000
    );
}

#[test]
fn xeducation() {
    let Some(got) = import("xeducation-leads/Leads.csv") else {
        return;
    };
    assert_eq!(
        (got.map.as_str(), got.leads().count(), got.refused.len()),
        ("xeducation", 9_240, 0)
    );
    assert_eq!(got.outcome(DealOutcome::Won), 3_561);
    assert!(
        got.leads()
            .all(|lead| lead.source.as_deref() != Some("google")),
        "google and Google are one source"
    );
    assert!(got.verdicts(Verdict::Rejected) > 2_000);
}

#[test]
fn maven() {
    let Some(got) = import("maven-crm-sales/sales_pipeline.csv") else {
        return;
    };
    assert_eq!(
        (got.map.as_str(), got.deals().count(), got.refused.len()),
        ("maven-pipeline", 8_800, 0)
    );
    assert_eq!(
        (
            got.outcome(DealOutcome::Won),
            got.outcome(DealOutcome::Lost)
        ),
        (4_238, 2_473)
    );
    assert_eq!(
        got.deals().filter(|deal| deal.account.is_none()).count(),
        1_425
    );
    let accounts = import("maven-crm-sales/accounts.csv").unwrap();
    assert_eq!(
        (accounts.map.as_str(), accounts.rows.len()),
        ("maven-accounts", 85)
    );
    assert_eq!(
        import("maven-crm-sales/sales_teams.csv")
            .unwrap()
            .rows
            .len(),
        35
    );
}

#[test]
fn hubspot_and_salesforce_sets() {
    let Some(contacts) = import("hubspot-synthetic/hubspot_contacts.csv") else {
        return;
    };
    assert_eq!(
        (
            contacts.map.as_str(),
            contacts.summary.mapped,
            contacts.refused.len()
        ),
        ("hubspot-contacts", 950, 0)
    );
    assert_eq!(
        (
            contacts.verdicts(Verdict::Rejected),
            contacts.verdicts(Verdict::Recycled)
        ),
        (39, 34)
    );
    let deals = import("hubspot-synthetic/hubspot_deals.csv").unwrap();
    assert_eq!(
        (
            deals.map.as_str(),
            deals.summary.mapped,
            deals.refused.len()
        ),
        ("hubspot-deals", 500, 0)
    );
    assert_eq!(
        (
            deals.outcome(DealOutcome::Won),
            deals.outcome(DealOutcome::Lost)
        ),
        (71, 69)
    );
    let companies = import("hubspot-synthetic/hubspot_companies.csv").unwrap();
    assert_eq!(
        (companies.map.as_str(), companies.rows.len()),
        ("hubspot-companies", 200)
    );
    let leads = import("salesforce-leads-mit/salesforce_leads.csv").unwrap();
    assert_eq!(
        (
            leads.map.as_str(),
            leads.leads().count(),
            leads.refused.len()
        ),
        ("scored-leads", 160, 0)
    );
    assert_eq!(leads.outcome(DealOutcome::Won), 78);
    let spend = import("salesforce-leads-mit/platform_performance.csv").unwrap();
    assert_eq!(
        (spend.map.as_str(), spend.rows.len(), spend.refused.len()),
        ("platform-spend", 48, 0)
    );
}

#[test]
fn every_real_header_is_recognised() {
    let Some(folder) = data("headers-only") else {
        return;
    };
    let catalog = Catalog::shipped();
    for (file, want) in [
        ("close.leads", "close-leads"),
        ("dynamics365.leads.static-worksheet", "dynamics-leads"),
        ("hubspot.contacts.default-view", "hubspot-contacts"),
        ("hubspot.deals", "hubspot-deals"),
        ("odoo-import-compatible.crm.lead", "odoo-leads-technical"),
        ("pipedrive.deals", "pipedrive-deals"),
        ("pipedrive.leads", "pipedrive-leads"),
        ("salesforce-weekly-export.Lead", "salesforce-leads"),
        (
            "salesforce-weekly-export.Opportunity",
            "salesforce-opportunities",
        ),
        ("twenty.opportunities", "twenty-opportunities"),
        ("zoho-crm-2026.Leads", "zoho-leads"),
    ] {
        let path = folder.join(format!("{file}.header.csv"));
        let reader = open(&path, &ReadOptions::default(), &|name| catalog.knows(name)).unwrap();
        let all = candidates(&catalog, reader.header(), None);
        assert!(
            all[0].fits() && all[0].map.name == want,
            "{file}: {} {}/{}",
            all[0].map.name,
            all[0].matched,
            all[0].required
        );
    }
}
