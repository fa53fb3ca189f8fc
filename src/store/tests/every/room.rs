//! What makes every kind of the room's commands: the review, the criteria, the meeting.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::super::meeting::{close, frozen, start};
use super::super::{day, store};
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange, PageEdit};
use crate::domain::criteria::{Definition, Page, Policy, Rule, parse};
use crate::domain::ids::{ActionId, ChallengeId, CriteriaId, HandoffId, IssueId, ItemId, RuleId};
use crate::domain::meeting::agenda::{Point, Topic};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::{
    ActionKind, DecisionKind, MeetingChange, NewAction, NewDecision, Priority, Solution,
};
use crate::domain::review::feedback::{Act, Cluster, Deeds, Rate, Shared};
use crate::domain::review::lists::DomainList;
use crate::domain::review::{By, MustChange, Proposal, Review};

fn both() -> impl Strategy<Value = By> {
    let who = ["sam", "mia"].map(str::to_owned).to_vec();
    prop_oneof![1 => Just(By::Author), 1 => Just(By::Nobody), 2 => Just(By::These(who))]
}

fn proposal() -> impl Strategy<Value = Proposal> {
    prop_oneof![
        Just(Proposal::Upheld(MustChange::Form)),
        Just(Proposal::Overturned),
        Just(Proposal::Recycled(day("2025-06-20"))),
        Just(Proposal::CriteriaGap("employees >= 20".into())),
    ]
}

fn deeds() -> impl Strategy<Value = Deeds> {
    let rate = Rate { hits: 1, n: 2 };
    prop_oneof![
        Just(Deeds::Raise { note: None }),
        Just(Deeds::Acknowledge),
        Just(Deeds::Act {
            act: Act::Form,
            text: "ask".into(),
            rate
        }),
        Just(Deeds::Check { rate }),
    ]
}

fn domains() -> impl Strategy<Value = (DomainList, Vec<String>)> {
    proptest::sample::select(vec!["edu", "uni.test"])
        .prop_map(|domain| (DomainList::Student, vec![domain.to_owned()]))
}

pub(super) mod reviews {
    use super::*;

    fn challenge() -> impl Strategy<Value = ChallengeId> {
        (1_i64..4).prop_map(ChallengeId)
    }

    super::super::list! { Review;
        Review::Challenge { .. } => (1_i64..9)
            .prop_map(|id| Review::Challenge { handoff: HandoffId(id), argument: "they asked for it".into() }),
        Review::Withdraw { .. } => challenge().prop_map(|challenge| Review::Withdraw { challenge }),
        Review::Settle { .. } => (challenge(), proposal(), both())
            .prop_map(|(challenge, proposal, by)| Review::Settle { challenge, proposal, remark: None, by }),
        Review::Confirm { .. } => (challenge(), both()).prop_map(|(challenge, by)| Review::Confirm { challenge, by }),
        Review::Feedback { .. } => deeds().prop_map(|deed| {
            let cluster = Cluster::Of(Shared { reason: Some("no_need".into()), ..Shared::default() });
            Review::Feedback { cluster, deed }
        }),
        Review::List { .. } => domains().prop_map(|(list, domains)| Review::List { list, domains }),
        Review::Unlist { .. } => domains().prop_map(|(list, domains)| Review::Unlist { list, domains }),
        Review::StockLists => Just(Review::StockLists),
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let fields = store().criteria_fields().unwrap();
        let text = "employees >= 50; supporting need: title starts with chief; must not industry in (games)";
        parse(text, &fields).whole().unwrap()
    });
    proptest::sample::select(rules.clone())
}

fn version() -> impl Strategy<Value = CriteriaId> {
    (1_i64..4).prop_map(CriteriaId)
}

fn segment() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), Just(Some("Enterprise".to_owned()))]
}

fn page() -> impl Strategy<Value = PageEdit> {
    any::<bool>().prop_map(|needs_finance| PageEdit {
        page: Page {
            agreed: "we call them".into(),
            ..Page::default()
        },
        at_least: 0,
        unknown: Policy::Ask,
        review_on: Some(day("2025-12-01")),
        needs_finance,
    })
}

pub(super) mod criteria {
    use super::*;

    fn edited() -> impl Strategy<Value = (RuleId, i64)> {
        ((1_i64..6).prop_map(RuleId), 1_i64..3)
    }

    super::super::list! { CriteriaChange;
        CriteriaChange::Open { .. } => segment().prop_map(|segment| CriteriaChange::Open { segment }),
        CriteriaChange::Begin { .. } => (segment(), page()).prop_map(|(segment, to)| CriteriaChange::Begin { segment, to }),
        CriteriaChange::Discard(_) => version().prop_map(CriteriaChange::Discard),
        CriteriaChange::AddRule { .. } => (version(), rule()).prop_map(|(draft, rule)| CriteriaChange::AddRule { draft, rule }),
        CriteriaChange::ChangeRule { .. } => (edited(), rule())
            .prop_map(|((rule, revision), to)| CriteriaChange::ChangeRule { rule, revision, to }),
        CriteriaChange::RemoveRule { .. } => edited().prop_map(|(rule, revision)| CriteriaChange::RemoveRule { rule, revision }),
        CriteriaChange::MoveRule { .. } => (edited(), 0_usize..3)
            .prop_map(|((rule, _), to)| CriteriaChange::MoveRule { rule, to }),
        CriteriaChange::Page { .. } => (version(), 1_i64..4, page())
            .prop_map(|(draft, revision, to)| CriteriaChange::Page { draft, revision, to }),
        CriteriaChange::Replace(_) => (segment(), proptest::collection::vec(rule(), 0..3))
            .prop_map(|(segment, rules)| CriteriaChange::Replace(Definition { rules, segment, ..Definition::default() })),
        CriteriaChange::Propose(_) => version().prop_map(CriteriaChange::Propose),
        CriteriaChange::Sign(..) => version().prop_map(|id| CriteriaChange::Sign(id, None)),
        CriteriaChange::Withdraw(_) => version().prop_map(CriteriaChange::Withdraw),
        CriteriaChange::PutInForce { .. } => version()
            .prop_map(|version| CriteriaChange::PutInForce { version, from: day("2025-06-01") }),
        CriteriaChange::Retire(_) => version().prop_map(CriteriaChange::Retire),
    }
}

fn decision() -> NewDecision {
    NewDecision {
        text: "decided".into(),
        owner: "mia".into(),
        due: day("2025-07-01"),
        kind: DecisionKind::Other,
        campaign: None,
        moves: None,
        rests_on: vec![Ground::Handoff(HandoffId(2))],
    }
}

fn action() -> NewAction {
    NewAction {
        text: "to do".into(),
        owner: "sam".into(),
        due: day("2025-07-01"),
        kind: ActionKind::Task,
    }
}

pub(super) mod meetings {
    use super::*;

    fn issue() -> impl Strategy<Value = IssueId> {
        (1_i64..5).prop_map(IssueId)
    }

    fn task() -> impl Strategy<Value = ActionId> {
        (1_i64..4).prop_map(ActionId)
    }

    fn person() -> impl Strategy<Value = String> {
        proptest::sample::select(vec!["sam", "mia", "fay", "sue"]).prop_map(str::to_owned)
    }

    super::super::list! { MeetingChange;
        MeetingChange::Start { .. } => Just(start(&["mia", "sam"])),
        MeetingChange::Next { .. } => Just(MeetingChange::Next { from: None }),
        MeetingChange::Back => Just(MeetingChange::Back),
        MeetingChange::Park => Just(MeetingChange::Park),
        MeetingChange::Take(_) => (1_i64..8).prop_map(|id| MeetingChange::Take(ItemId(id))),
        MeetingChange::Add(_) => Just(MeetingChange::Add(Point::new(Topic::Other, 3))),
        MeetingChange::Present(_) => person().prop_map(MeetingChange::Present),
        MeetingChange::Attend(_) => person().prop_map(|who| MeetingChange::Attend(vec![who])),
        MeetingChange::Leave(_) => person().prop_map(|who| MeetingChange::Leave(vec![who])),
        MeetingChange::Raise { .. } => Just(MeetingChange::Raise { text: "why".into(), priority: Priority::Low, rests_on: Vec::new() }),
        MeetingChange::Prioritise(..) => issue().prop_map(|id| MeetingChange::Prioritise(id, Priority::High)),
        MeetingChange::Discuss(_) => issue().prop_map(MeetingChange::Discuss),
        MeetingChange::Solve(..) => (issue(), any::<bool>()).prop_map(|(id, decides)| {
            let by = if decides { Solution::Decision(decision()) } else { Solution::Action(action()) };
            MeetingChange::Solve(id, by)
        }),
        MeetingChange::ParkIssue(_) => issue().prop_map(MeetingChange::ParkIssue),
        MeetingChange::DropIssue(..) => issue().prop_map(|id| MeetingChange::DropIssue(id, "old".into())),
        MeetingChange::Decide(_) => Just(MeetingChange::Decide(decision())),
        MeetingChange::Act(_) => Just(MeetingChange::Act(action())),
        MeetingChange::Done(_) => task().prop_map(MeetingChange::Done),
        MeetingChange::Drop(..) => task().prop_map(|id| MeetingChange::Drop(id, "old".into())),
        MeetingChange::Note(_) => Just(MeetingChange::Note("said".into())),
        MeetingChange::Rate { .. } => (1_u8..11).prop_map(|score| MeetingChange::Rate { person: None, score }),
        MeetingChange::Close { .. } => Just(close()),
        MeetingChange::SaveAgenda { .. } => (1_u32..9)
            .prop_map(|minutes| MeetingChange::SaveAgenda { name: "Monday".into(), points: vec![Point::new(Topic::Voice, minutes)] }),
        MeetingChange::RemoveAgenda(_) => Just(MeetingChange::RemoveAgenda("Monday".into())),
    }
}

/// All of them, as commands.
pub(super) fn all() -> Vec<(&'static str, BoxedStrategy<Command>)> {
    let mut all = Vec::new();
    for (kind, made) in reviews::kinds() {
        all.push((kind, made.prop_map(Command::Review).boxed()));
    }
    for (kind, made) in criteria::kinds() {
        all.push((kind, made.prop_map(Command::Criteria).boxed()));
    }
    for (kind, made) in meetings::kinds() {
        all.push((kind, made.prop_map(Command::Meeting).boxed()));
    }
    all
}

/// What is going on in the room at the beginning: criteria signed and proposed, a meeting, an issue, an action, an agenda.
/// Beside each, whose turn it is: sales', then marketing's.
pub(super) fn opened() -> Vec<(Command, usize)> {
    let fields = store().criteria_fields().unwrap();
    let rule = parse("has_phone = yes", &fields).whole().unwrap().remove(0);
    let (first, second) = (CriteriaId(1), CriteriaId(2));
    let segment = Some("Enterprise".to_owned());
    let criteria = [
        (CriteriaChange::Open { segment: None }, 0),
        (CriteriaChange::AddRule { draft: first, rule }, 0),
        (CriteriaChange::Propose(first), 0),
        (CriteriaChange::Sign(first, None), 0),
        (CriteriaChange::Sign(first, None), 1),
        (CriteriaChange::Open { segment }, 0),
        (CriteriaChange::Propose(second), 0),
    ];
    let mut all = criteria
        .map(|(change, turn)| (Command::Criteria(change), turn))
        .to_vec();
    let opening = MeetingChange::Start {
        agenda: "short".into(),
        present: vec!["mia".into(), "sam".into()],
        snapshot: frozen("0.25"),
    };
    let changes = [
        opening,
        MeetingChange::Raise {
            text: "speed".into(),
            priority: Priority::Low,
            rests_on: Vec::new(),
        },
        MeetingChange::Act(action()),
        MeetingChange::SaveAgenda {
            name: "Monday".into(),
            points: vec![Point::new(Topic::Voice, 5)],
        },
    ];
    all.extend(changes.map(|change| (Command::Meeting(change), 0)));
    all
}
