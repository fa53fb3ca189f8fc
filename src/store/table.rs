//! The tables that the journal records, parents before children. Names of tables come from here, never from data.

use crate::domain::verdict::words;

words! {
    /// A table whose rows are journalled.
    Table {
        /// The workspace's one row.
        Workspace = "workspace" / "workspace",
        /// Agreed numbers.
        Setting = "setting" / "setting",
        /// Holidays.
        Holiday = "holiday" / "holiday",
        /// People.
        Person = "person" / "person",
        /// Companies.
        Account = "account" / "account",
        /// Sources of leads.
        Source = "source" / "source",
        /// Campaigns.
        Campaign = "campaign" / "campaign",
        /// Segments.
        Segment = "segment" / "segment",
        /// Fields of the workspace's own.
        CustomField = "custom_field" / "custom field",
        /// Rejection reasons.
        Reason = "reason" / "reason",
        /// Stages of deals.
        Stage = "stage" / "stage",
        /// Leads.
        Lead = "lead" / "lead",
        /// Hand-overs of leads to sales.
        Handoff = "handoff" / "handoff",
        /// Marketing's touches.
        Touch = "touch" / "touch",
        /// Sales' attempts.
        Attempt = "attempt" / "attempt",
        /// Deals.
        Opportunity = "opportunity" / "opportunity",
        /// Which leads stand behind a deal.
        OpportunityLead = "opportunity_lead" / "lead of a deal",
        /// What happened to a deal.
        OpportunityEvent = "opportunity_event" / "event of a deal",
        /// Money spent.
        Spend = "spend" / "spend",
        /// Targets.
        Target = "target" / "target",
        /// Currency rates.
        Rate = "fx_rate" / "currency rate",
        /// Kept filters.
        SavedFilter = "saved_filter" / "filter",
        /// Challenges of rejections.
        Challenge = "challenge" / "challenge",
        /// What clusters of rejections led to.
        Feedback = "feedback" / "feedback",
        /// Domains that say something.
        DomainList = "domain_list" / "listed domain",
        /// Versions of the criteria.
        Criteria = "criteria" / "version of the criteria",
        /// Their rules.
        CriteriaRule = "criteria_rule" / "rule of the criteria",
        /// Agendas of the workspace's own.
        Agenda = "agenda" / "agenda",
        /// Meetings.
        Meeting = "meeting" / "meeting",
        /// Items of their agendas.
        AgendaItem = "agenda_item" / "agenda item",
        /// Who was there.
        Attendance = "attendance" / "attendance",
        /// Figures as they stood.
        Snapshot = "snapshot" / "snapshot",
        /// Decisions.
        Decision = "decision" / "decision",
        /// Actions.
        Action = "action" / "action",
        /// Issues.
        Issue = "issue" / "issue",
        /// Notes of meetings.
        Note = "meeting_note" / "note of a meeting",
        /// Ratings of meetings.
        Rating = "rating" / "rating of a meeting",
    }
}

impl Table {
    /// Columns that point from this table to others, with the tables they point to.
    pub(crate) fn references(self) -> &'static [(&'static str, Table)] {
        match self {
            Table::Campaign => &[("source_id", Table::Source)],
            Table::Reason => &[("successor_id", Table::Reason)],
            Table::Lead => &[
                ("account_id", Table::Account),
                ("source_id", Table::Source),
                ("campaign_id", Table::Campaign),
                ("segment_id", Table::Segment),
                ("owner_id", Table::Person),
                ("duplicate_of", Table::Lead),
            ],
            Table::Handoff => &[
                ("lead_id", Table::Lead),
                ("owner_id", Table::Person),
                ("verdict_by", Table::Person),
                ("reason_id", Table::Reason),
            ],
            Table::Touch => &[
                ("lead_id", Table::Lead),
                ("campaign_id", Table::Campaign),
                ("person_id", Table::Person),
            ],
            Table::Attempt => &[("handoff_id", Table::Handoff), ("person_id", Table::Person)],
            Table::Opportunity => &[
                ("account_id", Table::Account),
                ("lead_id", Table::Lead),
                ("handoff_id", Table::Handoff),
                ("source_id", Table::Source),
                ("campaign_id", Table::Campaign),
                ("segment_id", Table::Segment),
                ("owner_id", Table::Person),
                ("marketing_owner_id", Table::Person),
                ("stage_id", Table::Stage),
                ("lost_reason_id", Table::Reason),
            ],
            Table::OpportunityLead => &[
                ("opportunity_id", Table::Opportunity),
                ("lead_id", Table::Lead),
            ],
            Table::OpportunityEvent => &[
                ("opportunity_id", Table::Opportunity),
                ("person_id", Table::Person),
            ],
            Table::Spend => &[
                ("source_id", Table::Source),
                ("campaign_id", Table::Campaign),
                ("lead_id", Table::Lead),
            ],
            Table::Target => &[("set_by", Table::Person)],
            Table::Criteria => &[
                ("segment_id", Table::Segment),
                ("edited_by", Table::Person),
                ("proposed_by", Table::Person),
                ("marketing_by", Table::Person),
                ("sales_by", Table::Person),
                ("finance_by", Table::Person),
            ],
            Table::CriteriaRule => &[
                ("criteria_id", Table::Criteria),
                ("edited_by", Table::Person),
            ],
            Table::Challenge => &[
                ("handoff_id", Table::Handoff),
                ("opened_by", Table::Person),
                ("was_by", Table::Person),
                ("was_reason_id", Table::Reason),
                ("marketing_by", Table::Person),
                ("sales_by", Table::Person),
            ],
            Table::Feedback => &[
                ("reason_id", Table::Reason),
                ("source_id", Table::Source),
                ("campaign_id", Table::Campaign),
                ("segment_id", Table::Segment),
                ("rep_id", Table::Person),
                ("raised_by", Table::Person),
                ("acknowledged_by", Table::Person),
                ("acted_by", Table::Person),
                ("checked_by", Table::Person),
            ],
            Table::Meeting => &[
                ("started_by", Table::Person),
                ("presenter_id", Table::Person),
                ("closed_by", Table::Person),
            ],
            Table::AgendaItem | Table::Snapshot => &[("meeting_id", Table::Meeting)],
            Table::Attendance | Table::Rating => {
                &[("meeting_id", Table::Meeting), ("person_id", Table::Person)]
            }
            Table::Decision => &[
                ("meeting_id", Table::Meeting),
                ("by_id", Table::Person),
                ("owner_id", Table::Person),
                ("campaign_id", Table::Campaign),
            ],
            Table::Action => &[
                ("meeting_id", Table::Meeting),
                ("by_id", Table::Person),
                ("owner_id", Table::Person),
                ("ended_by", Table::Person),
                ("ended_in", Table::Meeting),
            ],
            Table::Issue => &[
                ("meeting_id", Table::Meeting),
                ("by_id", Table::Person),
                ("ended_in", Table::Meeting),
                ("decision_id", Table::Decision),
                ("action_id", Table::Action),
            ],
            Table::Note => &[
                ("meeting_id", Table::Meeting),
                ("item_id", Table::AgendaItem),
                ("by_id", Table::Person),
            ],
            _ => &[],
        }
    }

    /// The column that names a row of this table to a person, if it has one.
    pub(crate) fn naming(self) -> Option<&'static str> {
        match self {
            Table::Person
            | Table::Account
            | Table::Source
            | Table::Campaign
            | Table::Segment
            | Table::Stage
            | Table::Lead
            | Table::Opportunity
            | Table::Holiday
            | Table::SavedFilter
            | Table::Agenda
            | Table::Workspace => Some("name"),
            Table::AgendaItem => Some("title"),
            Table::Decision | Table::Action | Table::Issue | Table::Note => Some("text"),
            Table::Reason | Table::CustomField => Some("label"),
            Table::Setting => Some("key"),
            Table::DomainList => Some("domain"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_table_of_references_is_the_schemas() {
        let store = Store::open_in_memory().unwrap();
        for table in Table::ALL {
            let sql = format!(
                "SELECT \"from\", \"table\" FROM pragma_foreign_key_list('{}') ORDER BY 1",
                table.word()
            );
            let mut stmt = store.conn.prepare(&sql).unwrap();
            let schema: Vec<(String, String)> = stmt
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            let mut ours: Vec<(String, String)> = table
                .references()
                .iter()
                .map(|(column, to)| ((*column).to_owned(), to.word().to_owned()))
                .collect();
            ours.sort();
            assert_eq!(schema, ours, "{table:?}");
        }
    }
}
