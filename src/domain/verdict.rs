//! What sales says of a handoff, on what evidence, and how a try to reach the lead ended. Pure.

/// Declares an enum with its stored words: one table for schema, import, screen and tests.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal / $label:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word in the file and in exports.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// The word on the screen.
            pub fn label(self) -> &'static str {
                match self { $($name::$variant => $label),* }
            }

            /// Reads the stored word.
            pub fn parse(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words! {
    /// The rep's verdict on a handoff.
    Verdict {
        /// Worth working.
        Accepted = "accepted" / "accepted",
        /// Not worth working, with a reason.
        Rejected = "rejected" / "rejected",
        /// Not now: comes back on a date as a new handoff.
        Recycled = "recycled" / "recycled",
    }
}

words! {
    /// What a verdict rests on.
    Evidence {
        /// A rep spoke with the lead.
        Spoke = "spoke" / "spoke",
        /// The agreed number of attempts was made.
        Attempts = "attempts" / "attempts",
        /// Something anybody can check: a bounce, a duplicate, a competitor's domain.
        Objective = "objective" / "objective proof",
        /// Nothing: a rejection without evidence is unverified.
        None = "none" / "none",
    }
}

words! {
    /// How a rep tried to reach a lead.
    Channel {
        /// Telephone or video call.
        Call = "call" / "call",
        /// A mail written by a person.
        Email = "email" / "e-mail",
        /// A meeting.
        Meeting = "meeting" / "meeting",
        /// Chat, SMS, social network.
        Message = "message" / "message",
        /// A visit on site.
        Visit = "visit" / "visit",
    }
}

words! {
    /// How an attempt ended.
    AttemptOutcome {
        /// Nobody answered.
        NoAnswer = "no_answer" / "no answer",
        /// A message was left.
        Voicemail = "voicemail" / "voicemail",
        /// A conversation took place.
        Connected = "connected" / "connected",
        /// A meeting took place.
        MeetingHeld = "meeting_held" / "meeting held",
        /// The lead did not come; no meeting.
        NoShow = "no_show" / "no-show",
        /// The address does not exist.
        Bounced = "bounced" / "bounced",
        /// Sent, no answer known.
        Sent = "sent" / "sent",
    }
}

impl AttemptOutcome {
    /// Whether a rep and the lead spoke.
    pub fn is_conversation(self) -> bool {
        matches!(
            self,
            AttemptOutcome::Connected | AttemptOutcome::MeetingHeld
        )
    }

    /// The channel that mostly goes with it, where nobody says another.
    pub fn usual_channel(self) -> Channel {
        match self {
            AttemptOutcome::NoAnswer | AttemptOutcome::Voicemail | AttemptOutcome::Connected => {
                Channel::Call
            }
            AttemptOutcome::MeetingHeld | AttemptOutcome::NoShow => Channel::Meeting,
            AttemptOutcome::Bounced | AttemptOutcome::Sent => Channel::Email,
        }
    }
}

words! {
    /// How a deal ended.
    DealOutcome {
        /// Closed won.
        Won = "won" / "won",
        /// Closed lost.
        Lost = "lost" / "lost",
        /// Ended without a decision.
        NoDecision = "no_decision" / "no decision",
    }
}

words! {
    /// Why a lead is left out of every metric (C14).
    Exclusion {
        /// A test row.
        Test = "test" / "test row",
        /// One of the company's own domains.
        Internal = "internal" / "internal domain",
        /// The same person came in before.
        Duplicate = "duplicate" / "duplicate",
    }
}

words! {
    /// What a deal's qualification rests on.
    DealEvidence {
        /// Logged here by a rep.
        Logged = "logged" / "logged here",
        /// The imported export says so, and its map says to believe it.
        Asserted = "asserted" / "asserted by the export",
        /// Nothing.
        None = "none" / "none",
    }
}

words! {
    /// What a spend row paid for.
    SpendKind {
        /// Media and programmes.
        Media = "media" / "media",
        /// Marketing's people.
        MarketingPeople = "marketing_people" / "marketing people",
        /// Sales' people.
        SalesPeople = "sales_people" / "sales people",
        /// Software and other tools.
        Tools = "tools" / "tools",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_round_trip() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::parse(verdict.word()), Some(*verdict));
        }
        assert_eq!(Evidence::parse("objective"), Some(Evidence::Objective));
        assert_eq!(Verdict::parse("Rejected"), None);
    }

    #[test]
    fn a_no_show_is_no_conversation() {
        let spoke: Vec<_> = AttemptOutcome::ALL
            .iter()
            .filter(|o| o.is_conversation())
            .collect();
        assert_eq!(
            spoke,
            [&AttemptOutcome::Connected, &AttemptOutcome::MeetingHeld]
        );
    }
}
