//! Who may do what, and what needs a name: one table. A local file keeps no secret from its owner; roles guide and are
//! recorded. Pure.

use super::verdict::words;

words! {
    /// The side of the table a person sits on.
    Side {
        /// Marketing.
        Marketing = "marketing" / "marketing",
        /// Sales.
        Sales = "sales" / "sales",
        /// Finance.
        Finance = "finance" / "finance",
        /// The executive.
        Executive = "executive" / "executive",
    }
}

words! {
    /// Which side a source of leads belongs to.
    SourceSide {
        /// Marketing-sourced.
        Marketing = "marketing" / "marketing",
        /// Sales' own prospecting.
        Sales = "sales" / "sales",
        /// Partners and referrals.
        Partner = "partner" / "partner",
        /// Not known; shown apart, never spread over the others.
        Unknown = "unknown" / "unknown",
    }
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Give or take back a verdict; log an attempt.
    Verdict,
    /// Take leads through the gate; change and close deals.
    Deal,
    /// Reverse what counted.
    Reverse,
    /// Say who owns a deal on marketing's side.
    MarketingOwner,
    /// Record marketing's touches.
    Touch,
    /// Hand leads to sales, give them to a rep.
    HandOver,
    /// Edit spend, campaigns and sources.
    Spend,
    /// Challenge a rejection.
    Challenge,
    /// Settle what was challenged: propose and confirm.
    Settle,
    /// Raise feedback on rejections, and check what became of it.
    FollowUp,
    /// Take note of feedback and act on it.
    ActOnFeedback,
    /// Edit the draft of the criteria, propose it, withdraw it.
    EditCriteria,
    /// Sign the criteria for one's own side.
    Sign,
    /// Put signed criteria in force, or end them.
    PutInForce,
    /// Open, run and close the meeting.
    RunMeeting,
    /// Decide, take on actions, solve issues.
    Decide,
    /// Raise issues, write notes, rate the meeting.
    Speak,
    /// Set targets.
    Targets,
    /// Change settings, people and catalogues; import.
    Settings,
}

/// The sides that may do each deed.
pub const TABLE: &[(Deed, &[Side], &str)] = &[
    (
        Deed::Verdict,
        &[Side::Sales],
        "give a verdict or log an attempt",
    ),
    (Deed::Deal, &[Side::Sales], "qualify leads or change deals"),
    (
        Deed::Reverse,
        &[Side::Sales, Side::Finance],
        "reverse a deal",
    ),
    (
        Deed::MarketingOwner,
        &[Side::Marketing, Side::Sales],
        "name marketing's owner of a deal",
    ),
    (
        Deed::Touch,
        &[Side::Marketing],
        "record marketing's touches",
    ),
    (
        Deed::HandOver,
        &[Side::Marketing, Side::Sales],
        "hand leads to sales",
    ),
    (
        Deed::Spend,
        &[Side::Marketing, Side::Finance],
        "edit spend, campaigns and sources",
    ),
    (Deed::Challenge, &[Side::Marketing], "challenge a rejection"),
    (
        Deed::Settle,
        &[Side::Marketing, Side::Sales],
        "settle a challenge",
    ),
    (
        Deed::FollowUp,
        &[Side::Marketing, Side::Sales],
        "raise feedback or check it",
    ),
    (
        Deed::ActOnFeedback,
        &[Side::Marketing],
        "acknowledge feedback or act on it",
    ),
    (
        Deed::EditCriteria,
        &[Side::Marketing, Side::Sales],
        "edit the criteria",
    ),
    (
        Deed::Sign,
        &[Side::Marketing, Side::Sales, Side::Finance, Side::Executive],
        "sign the criteria",
    ),
    (
        Deed::PutInForce,
        &[Side::Marketing, Side::Sales],
        "put criteria in force",
    ),
    (
        Deed::RunMeeting,
        &[Side::Marketing, Side::Sales, Side::Finance],
        "run the meeting",
    ),
    (
        Deed::Decide,
        &[Side::Marketing, Side::Sales, Side::Finance],
        "decide or take on actions",
    ),
    (
        Deed::Speak,
        &[Side::Marketing, Side::Sales, Side::Finance, Side::Executive],
        "raise issues, write notes or rate the meeting",
    ),
    (
        Deed::Targets,
        &[Side::Executive, Side::Marketing, Side::Sales, Side::Finance],
        "set targets",
    ),
    (
        Deed::Settings,
        &[Side::Marketing, Side::Sales, Side::Finance],
        "change settings and import",
    ),
];

/// A deed that this side may not do.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("{side} may not {what}; {who} may; nothing was changed")]
pub struct NotAllowed {
    side: &'static str,
    what: &'static str,
    who: String,
}

/// Whether a person of `side` may do `deed`; the refusal says who may.
pub fn check(side: Side, deed: Deed) -> Result<(), NotAllowed> {
    let (_, sides, what) = TABLE
        .iter()
        .find(|(d, _, _)| *d == deed)
        .expect("the table names every deed; a test counts them");
    if sides.contains(&side) {
        return Ok(());
    }
    let who = sides
        .iter()
        .map(|s| s.label())
        .collect::<Vec<_>>()
        .join(", ");
    Err(NotAllowed {
        side: side.label(),
        what,
        who,
    })
}

/// A deed behind which nobody's name stands.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error(
    "nobody knows who you are; to {what}, say so with --as HANDLE (here: {people}); nothing was changed"
)]
pub struct Unsigned {
    what: &'static str,
    people: String,
}

/// Whether a deed is done in somebody's name once the workspace has people. Setting up goes without, else nobody could begin;
/// settlements and signatures name their people themselves, and what a meeting does the room does.
pub const fn needs_name(deed: Deed) -> bool {
    !matches!(
        deed,
        Deed::Settings
            | Deed::Targets
            | Deed::Settle
            | Deed::Sign
            | Deed::RunMeeting
            | Deed::Decide
            | Deed::Speak
    )
}

/// Whether `deed` may be done by who has not said who they are; `people` are the workspace's, cleaned. The refusal names those who may.
pub fn check_unsigned(deed: Deed, people: &[(String, Side)]) -> Result<(), Unsigned> {
    const SHOWN: usize = 10;
    if people.is_empty() || !needs_name(deed) {
        return Ok(());
    }
    let may = people.iter().filter(|(_, side)| check(*side, deed).is_ok());
    let may: Vec<&str> = may.map(|(handle, _)| handle.as_str()).collect();
    let mut people = may[..may.len().min(SHOWN)].join(", ");
    if may.len() > SHOWN {
        people.push_str(", …");
    }
    if may.is_empty() {
        "nobody who may".clone_into(&mut people);
    }
    Err(Unsigned {
        what: words(deed),
        people,
    })
}

fn words(deed: Deed) -> &'static str {
    TABLE
        .iter()
        .find(|(known, ..)| *known == deed)
        .map_or("do this", |(.., what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_side_needs_a_name_as_soon_as_there_are_people() {
        let people = [("mia", Side::Marketing), ("sam", Side::Sales)];
        let sam = people.map(|(handle, side)| (handle.to_owned(), side));
        assert!(check_unsigned(Deed::Verdict, &[]).is_ok());
        assert!(check_unsigned(Deed::Settings, &sam).is_ok());
        assert_eq!(
            check_unsigned(Deed::Verdict, &sam).unwrap_err().to_string(),
            "nobody knows who you are; to give a verdict or log an attempt, say so with --as HANDLE (here: sam); nothing was changed"
        );
        let text = check_unsigned(Deed::Touch, &sam[1..])
            .unwrap_err()
            .to_string();
        assert!(text.contains("(here: nobody who may)"), "{text}");
        let many: Vec<_> = (0..12).map(|n| (format!("p{n}"), Side::Sales)).collect();
        let text = check_unsigned(Deed::Deal, &many).unwrap_err().to_string();
        assert!(text.contains("p9, …)") && !text.contains("p10"), "{text}");
    }

    #[test]
    fn every_deed_stands_in_the_table_and_refusals_say_who_may() {
        for deed in [
            Deed::Verdict,
            Deed::Deal,
            Deed::Reverse,
            Deed::MarketingOwner,
            Deed::Touch,
            Deed::HandOver,
            Deed::Spend,
            Deed::Challenge,
            Deed::Settle,
            Deed::FollowUp,
            Deed::ActOnFeedback,
            Deed::EditCriteria,
            Deed::Sign,
            Deed::PutInForce,
            Deed::RunMeeting,
            Deed::Decide,
            Deed::Speak,
            Deed::Targets,
            Deed::Settings,
        ] {
            assert!(
                Side::ALL.iter().any(|side| check(*side, deed).is_ok()),
                "{deed:?}"
            );
        }
        assert_eq!(
            check(Side::Marketing, Deed::Verdict)
                .unwrap_err()
                .to_string(),
            "marketing may not give a verdict or log an attempt; sales may; nothing was changed"
        );
        assert!(check(Side::Sales, Deed::Spend).is_err());
    }
}
