//! The columns of each kind of rows, and a line's cells in them. The text is foreign; the table cleans it.

use super::parts::SortBy;
use crate::domain::calendar::Calendar;
use crate::domain::card::{DealLine, LeadLine, SpendLine};
use crate::domain::moment::Moment;
use crate::domain::review::feedback::FeedbackLine;
use crate::metrics::Table;
use crate::screens::fetch::Fetched;
use crate::screens::model::Model;
use crate::widgets::{Align, Column};

fn column(title: &str, width: u16, drop: u8) -> Column {
    Column {
        title: title.to_owned(),
        width,
        align: Align::Left,
        grows: drop == 0,
        drop,
    }
}

/// The columns of a table; the last one is what a row adds.
pub(super) fn columns(table: Table) -> Vec<Column> {
    let mut columns = match table {
        Table::Leads => vec![
            column("Lead", 18, 0),
            column("Company", 18, 2),
            column("Source", 14, 1),
            column("Campaign", 16, 5),
            column("Owner", 14, 4),
            column("Created", 10, 3),
        ],
        Table::Handoffs => vec![
            column("Lead", 18, 0),
            column("Company", 18, 4),
            column("Source", 14, 3),
            column("Rep", 14, 5),
            column("Handed off", 10, 6),
            column("Verdict", 9, 1),
            column("Reason", 18, 2),
        ],
        Table::Opportunities => vec![
            column("Deal", 24, 0),
            column("Stage", 12, 2),
            column("Source", 14, 3),
            column("Rep", 14, 4),
            column("Qualified", 10, 1),
            column("Closes", 10, 5),
        ],
        Table::Spend => vec![
            column("Spent on", 18, 0),
            column("Kind", 16, 3),
            column("Source", 14, 1),
            column("Campaign", 16, 2),
        ],
        Table::Feedback => vec![
            column("Cluster of rejections", 24, 0),
            column("State", 12, 1),
            column("Raised", 10, 3),
            column("Change", 24, 2),
        ],
    };
    columns.push(Column {
        title: "Adds".to_owned(),
        width: 14,
        align: Align::Right,
        grows: false,
        drop: 0,
    });
    columns
}

/// The column that a sort order belongs to.
pub(super) fn column_of(table: Table, by: SortBy) -> Option<usize> {
    let columns = columns(table);
    match by {
        SortBy::Adds => Some(columns.len() - 1),
        SortBy::Source => columns.iter().position(|column| column.title == "Source"),
        SortBy::Clock => None,
    }
}

/// Row ids and cells of what was read.
pub(super) fn of(fetched: &Fetched, model: &Model) -> Vec<(i64, Vec<String>)> {
    let calendar = &model.book().calendar;
    match fetched {
        Fetched::Leads(lines) => lines
            .iter()
            .map(|line| (line.id.0, lead(line, calendar)))
            .collect(),
        Fetched::Handoffs(lines) => lines
            .iter()
            .filter_map(|line| Some((line.handoff.as_ref()?.id.0, handoff(line, calendar))))
            .collect(),
        Fetched::Deals(lines) => lines
            .iter()
            .map(|line| (line.id.0, deal(line, calendar)))
            .collect(),
        Fetched::Spend(lines) => lines.iter().map(|line| (line.id, spend(line))).collect(),
        Fetched::Feedback(lines) => lines
            .iter()
            .map(|line| (line.id.0, cluster(line, calendar)))
            .collect(),
        _ => Vec::new(),
    }
}

fn or_blank(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn day(at: Moment, calendar: &Calendar) -> String {
    calendar.day_of(at).to_string()
}

fn lead(line: &LeadLine, calendar: &Calendar) -> Vec<String> {
    vec![
        line.name.clone(),
        or_blank(line.account.as_ref()),
        line.source.clone().unwrap_or_else(|| "unknown".to_owned()),
        or_blank(line.campaign.as_ref()),
        or_blank(line.owner.as_ref()),
        day(line.created, calendar),
    ]
}

fn handoff(line: &LeadLine, calendar: &Calendar) -> Vec<String> {
    let handoff = line.handoff.as_ref();
    let verdict = handoff
        .and_then(|h| h.verdict)
        .map_or("open", |(verdict, _)| verdict.label());
    vec![
        line.name.clone(),
        or_blank(line.account.as_ref()),
        line.source.clone().unwrap_or_else(|| "unknown".to_owned()),
        or_blank(handoff.and_then(|h| h.owner.as_ref())),
        handoff.map(|h| day(h.at, calendar)).unwrap_or_default(),
        verdict.to_owned(),
        or_blank(handoff.and_then(|h| h.reason.as_ref().or(h.reason_text.as_ref()))),
    ]
}

fn deal(line: &DealLine, calendar: &Calendar) -> Vec<String> {
    // A deal that has ended stands in no stage any more.
    let stage = line.outcome.map_or_else(
        || or_blank(line.stage.as_ref()),
        |(outcome, _)| outcome.label().to_owned(),
    );
    vec![
        named(&line.name, line.account.as_deref()),
        stage,
        line.source.clone().unwrap_or_else(|| "unknown".to_owned()),
        or_blank(line.owner.as_ref()),
        line.qualified
            .map(|(at, _)| day(at, calendar))
            .unwrap_or_default(),
        line.close_on.map(|day| day.to_string()).unwrap_or_default(),
    ]
}

/// A deal with its company, which many names of deals hold already: said once.
fn named(deal: &str, company: Option<&str>) -> String {
    match company {
        Some(company) if !deal.contains(company) => format!("{company}: {deal}"),
        _ => deal.to_owned(),
    }
}

fn spend(line: &SpendLine) -> Vec<String> {
    vec![
        line.on.to_string(),
        line.kind.label().to_owned(),
        or_blank(line.source.as_ref()),
        or_blank(line.campaign.as_ref()),
    ]
}

fn cluster(line: &FeedbackLine, calendar: &Calendar) -> Vec<String> {
    let act = line.act.as_ref();
    vec![
        line.name(),
        line.state.label().to_owned(),
        day(line.raised.0, calendar),
        act.map(|(act, text, _)| format!("{}: {text}", act.label()))
            .unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_of_a_deal_is_said_once() {
        let silverrock = Some("Silverrock Supply Co");
        assert_eq!(
            named("Silverrock Supply Co: dock", silverrock),
            "Silverrock Supply Co: dock"
        );
        assert_eq!(named("Dock", silverrock), "Silverrock Supply Co: Dock");
        assert_eq!(named("Dock", None), "Dock");
    }
}
