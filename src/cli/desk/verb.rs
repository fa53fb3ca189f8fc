//! From options to commands: one place for the command line's words and a batch's columns. Applies nothing.

use super::fields::{Fields, Room};
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealChange, Qualification};
use crate::domain::desk::Desk;
use crate::domain::gate::Confirmed;
use crate::domain::ids::OpportunityId;
use crate::domain::review::{By, MustChange, Proposal, Review, Settlement};
use crate::domain::verdict::{AttemptOutcome, Channel};

/// What a subcommand does with each of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Touch,
    HandOver,
    Assign,
    Attempt,
    Accept,
    Reject,
    Recycle,
    Reopen,
    Qualify,
    Deal,
    Challenge,
    Settle,
}

impl Verb {
    /// The columns of a batch, the subject first.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Verb::Touch => &["lead", "kind", "at", "campaign", "note"],
            Verb::HandOver => &["lead", "to", "trigger"],
            Verb::Assign => &["handoff", "to"],
            Verb::Attempt => &["handoff", "outcome", "channel", "at", "minutes", "note"],
            Verb::Accept => &["handoff", "despite", "note"],
            Verb::Reject => &["handoff", "reason", "note"],
            Verb::Recycle => &["handoff", "on", "note"],
            Verb::Reopen => &["handoff"],
            Verb::Qualify => &[
                "handoff",
                "deal",
                "another",
                "name",
                "value",
                "close_on",
                "stage",
                "criteria_confirmed",
                "owner",
                "marketing_owner",
                "despite",
            ],
            Verb::Deal => &["deal", "change", "to", "note"],
            Verb::Challenge => &["handoff", "why"],
            Verb::Settle => &[
                "challenge",
                "how",
                "change",
                "on",
                "rule",
                "confirm",
                "note",
            ],
        }
    }

    /// The command that the options say.
    pub(super) fn command(self, fields: &Fields, room: &Room<'_>) -> Result<Command, String> {
        match self {
            Verb::Qualify => return qualify(fields, room),
            Verb::Deal => return deal(fields, room),
            Verb::Challenge => {
                return Ok(Command::Review(Review::Challenge {
                    handoff: room.handoff(fields.need("handoff")?)?,
                    argument: fields
                        .owned("why")
                        .ok_or("a challenge needs an argument: --why says it in words")?,
                }));
            }
            Verb::Settle => return settle(fields, room).map(Command::Review),
            _ => (),
        }
        let note = fields.owned("note");
        let handoff = || room.handoff(fields.need("handoff")?);
        Ok(Command::Desk(match self {
            Verb::Touch => Desk::AddTouch {
                lead: room.lead(fields.need("lead")?)?,
                at: room.moment(fields.get("at"))?,
                kind: fields.need("kind")?.to_owned(),
                campaign: fields.owned("campaign"),
                note,
            },
            Verb::HandOver => Desk::HandOver {
                lead: room.lead(fields.need("lead")?)?,
                to: fields.owned("to"),
                trigger: fields.owned("trigger"),
            },
            Verb::Assign => Desk::Assign {
                handoff: handoff()?,
                to: fields.need("to")?.to_owned(),
            },
            Verb::Attempt => attempt(fields, room)?,
            Verb::Accept => Desk::Accept {
                handoff: handoff()?,
                despite: fields.owned("despite"),
                note,
            },
            Verb::Reject => Desk::Reject {
                handoff: handoff()?,
                reason: reason(fields, room)?,
                note,
            },
            Verb::Recycle => Desk::Recycle {
                handoff: handoff()?,
                on: room.day(fields.need("on")?)?,
                note,
            },
            Verb::Reopen | Verb::Qualify | Verb::Deal | Verb::Challenge | Verb::Settle => {
                Desk::Reopen {
                    handoff: handoff()?,
                }
            }
        }))
    }
}

/// The code of a reason; without one, which there are.
fn reason(fields: &Fields, room: &Room<'_>) -> Result<String, String> {
    fields.owned("reason").ok_or_else(|| {
        let in_use = room.book.reasons.iter().filter(|reason| !reason.retired);
        let known: Vec<&str> = in_use.map(|reason| reason.code.as_str()).collect();
        let known = crate::text::clean(&known.join(", ")).into_owned();
        format!("a rejection needs a reason; --reason CODE is one of: {known}")
    })
}

fn attempt(fields: &Fields, room: &Room<'_>) -> Result<Desk, String> {
    let word = folded(fields.need("outcome")?);
    let outcome = AttemptOutcome::parse(&word).ok_or_else(|| {
        one_of(
            "outcome",
            &word,
            AttemptOutcome::ALL.iter().map(|o| o.word()),
        )
    })?;
    let channel = match fields.get("channel").map(folded) {
        Some(word) => Channel::parse(&word)
            .ok_or_else(|| one_of("channel", &word, Channel::ALL.iter().map(|c| c.word())))?,
        None => outcome.usual_channel(),
    };
    let minutes = fields.get("minutes").map(|text| {
        text.parse::<i64>()
            .map_err(|_| format!("'{text}' is no number of minutes"))
    });
    Ok(Desk::LogAttempt {
        handoff: room.handoff(fields.need("handoff")?)?,
        at: room.moment(fields.get("at"))?,
        channel,
        outcome,
        minutes: minutes.transpose()?,
        note: fields.owned("note"),
    })
}

/// `No answer` and `no-answer` are `no_answer`.
fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

fn one_of<'a>(what: &str, given: &str, known: impl Iterator<Item = &'a str>) -> String {
    // As they are typed everywhere else.
    let known = known.collect::<Vec<&str>>().join(", ").replace('_', "-");
    format!(
        "'{}' is no {what}; one of {known} is",
        given.replace('_', "-")
    )
}

fn number(what: &str, text: &str) -> Result<i64, String> {
    text.parse()
        .map_err(|_| format!("'{text}' is no number of a {what}"))
}

fn qualify(fields: &Fields, room: &Room<'_>) -> Result<Command, String> {
    let handoffs = fields
        .need("handoff")?
        .split([' ', ';', ','])
        .filter(|part| !part.is_empty())
        .map(|part| room.handoff(part))
        .collect::<Result<_, _>>()?;
    let says_yes = |field| {
        fields
            .get(field)
            .is_some_and(|word| matches!(folded(word).as_str(), "yes" | "true" | "1" | "y"))
    };
    let deal = match (fields.get("deal"), says_yes("another")) {
        (Some(_), true) => {
            return Err(
                "a deal that is there and another one exclude each other; --deal or --another"
                    .into(),
            );
        }
        (Some(text), false) => Behind::Existing(OpportunityId(number("deal", text)?)),
        (None, true) => Behind::Another(fields.owned("name")),
        (None, false) => Behind::New(fields.owned("name")),
    };
    let confirmed = says_yes("criteria_confirmed");
    let behind = match &deal {
        Behind::Existing(deal) => Some(*deal),
        _ => None,
    };
    Ok(Command::Qualify(Qualification {
        handoffs,
        deal,
        stage: fields.owned("stage"),
        value: fields
            .get("value")
            .map(|v| room.money(v, behind))
            .transpose()?,
        close_on: fields.get("close_on").map(|on| room.day(on)).transpose()?,
        criteria: if confirmed {
            Confirmed::Yes
        } else {
            Confirmed::No
        },
        owner: fields.owned("owner"),
        marketing_owner: fields.owned("marketing_owner"),
        despite: fields.owned("despite"),
    }))
}

fn settle(fields: &Fields, room: &Room<'_>) -> Result<Review, String> {
    let challenge = room.challenge(fields.need("challenge")?)?;
    let handles: Vec<String> = fields
        .get("confirm")
        .unwrap_or_default()
        .split([' ', ';', ','])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let by = if handles.is_empty() {
        By::Author
    } else {
        By::These(handles)
    };
    let Some(how) = fields.get("how").map(folded) else {
        return Ok(Review::Confirm { challenge, by });
    };
    if how == "withdrawn" {
        return Ok(Review::Withdraw { challenge });
    }
    let known = || {
        let words = Settlement::ALL.iter().map(|s| s.word());
        one_of("settlement", &how, words.chain(["withdrawn"]))
    };
    let proposal = match Settlement::parse(&how).ok_or_else(known)? {
        Settlement::Upheld => {
            let word = folded(fields.get("change").ok_or(
                "what has to change? --change targeting, form, content or follow-up says it",
            )?);
            let change = MustChange::parse(&word);
            let words = || one_of("change", &word, MustChange::ALL.iter().map(|c| c.word()));
            Proposal::Upheld(change.ok_or_else(words)?)
        }
        Settlement::Overturned => Proposal::Overturned,
        Settlement::Recycled => Proposal::Recycled(
            room.day(
                fields
                    .get("on")
                    .ok_or("when does the lead come back? --on YYYY-MM-DD says it")?,
            )?,
        ),
        Settlement::CriteriaGap => Proposal::CriteriaGap(
            fields
                .owned("rule")
                .ok_or("which rule is missing? --rule \"employees >= 20\" says it")?,
        ),
    };
    Ok(Review::Settle {
        challenge,
        proposal,
        remark: fields.owned("note"),
        by,
    })
}

fn deal(fields: &Fields, room: &Room<'_>) -> Result<Command, String> {
    let deal = OpportunityId(number("deal", fields.need("deal")?)?);
    let note = fields.owned("note");
    let to = || fields.need("to");
    let word = folded(fields.need("change")?);
    let change = match word.as_str() {
        "stage" => DealChange::Stage(to()?.to_owned()),
        "value" => DealChange::Value(room.money(to()?, Some(deal))?),
        "close_on" => DealChange::CloseOn(room.day(to()?)?),
        "owner" => DealChange::Owner(to()?.to_owned()),
        "marketing_owner" => DealChange::MarketingOwner(to()?.to_owned()),
        "join" => DealChange::Join(room.handoff(to()?)?),
        "won" => DealChange::Won,
        "lost" => DealChange::Lost {
            reason: to()?.to_owned(),
            note,
        },
        "no_decision" => DealChange::NoDecision { note },
        "reopen" => DealChange::Reopen,
        "reverse" => DealChange::Reverse {
            note: note
                .or_else(|| fields.owned("to"))
                .ok_or("a reversal needs a --note that says why")?,
        },
        _ => {
            let known = "stage value close-on owner marketing-owner join won lost no-decision reopen reverse";
            return Err(one_of("change of a deal", &word, known.split(' ')));
        }
    };
    Ok(Command::Deal { deal, change })
}
