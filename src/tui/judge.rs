//! The thread that judges rejections: flags, both sides' answers, rules for a cluster. Of several questions of a kind only the newest is answered.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::assessor::only;
use super::clerk::Task;
use super::historian::OF_STAMPS;
use super::{Message, tell};
use crate::app::judge::{self, Criteria, Draft, Drifts, Flagged};
use crate::app::{Fetch, Fetched, History};
use crate::domain::criteria::Field;
use crate::facts::Facts;
use crate::facts::domains::Domains;
use crate::facts::proofs::Proofs;
use crate::facts::queue::Met;
use crate::store::{Access, Check, Opening, Store, StoreError};

/// Words of the journal for what changes neither what is known of leads nor which handoffs there are.
pub(super) const OF_DESK: &[&str] = &[
    "assign",
    "attempt",
    "accept",
    "reject",
    "qualify",
    "challenge",
    "feedback",
];

/// A question about the rejections of a history.
pub(super) struct Ask {
    pub(super) history: Arc<History>,
    pub(super) fetch: Fetch,
}

/// What is kept between two questions.
#[derive(Default)]
struct Bench {
    store: Option<Store>,
    domains: Option<Arc<Domains>>,
    proofs: Option<Arc<Proofs>>,
    flagged: Option<(Arc<History>, Arc<Flagged>)>,
    /// What the criteria said of each handoff, as of an entry of the journal.
    met: Option<(i64, Arc<Met>)>,
}

/// Serves until nobody asks any more. The file is opened with the first question.
pub(super) fn serve(task: &Task, asks: &Receiver<Ask>, to: &Sender<Message>) {
    let mut bench = Bench::default();
    while let Ok(first) = asks.recv() {
        let mut waiting = vec![first];
        waiting.extend(asks.try_iter());
        let kind = |ask: &Ask| std::mem::discriminant(&ask.fetch);
        for at in 0..waiting.len() {
            let ask = &waiting[at];
            if waiting[at + 1..]
                .iter()
                .any(|newer| kind(newer) == kind(ask))
            {
                continue;
            }
            match bench.answer(task, ask) {
                Ok(fetched) => tell(to, Message::Fetched(ask.fetch.clone(), fetched)),
                Err(error) => tell(to, Message::Trouble(error.to_string())),
            }
        }
    }
    if let Some(store) = bench.store {
        store.close();
    }
    tell(to, Message::FileClosed);
}

impl Bench {
    fn answer(&mut self, task: &Task, ask: &Ask) -> Result<Fetched, StoreError> {
        let history = &ask.history;
        Ok(match &ask.fetch {
            Fetch::Sides(section) => {
                let flagged = self.flagged(task, history)?;
                Fetched::Sides(Arc::new(judge::sides(history, section, &flagged)))
            }
            Fetch::Rules(section, spot) => {
                let store = self.opened(task)?;
                let fields = store.criteria_fields()?;
                let versions = store.criteria()?;
                let own: Vec<&Field> = fields.all().iter().collect();
                let read = store.load_fields(&history.facts, &own)?;
                let open = versions.draft(None);
                let base = open.or_else(|| versions.in_force(None, history.scope.as_of));
                let draft = Draft {
                    id: open.map(|version| version.id),
                    definition: base
                        .map(|version| version.definition.clone())
                        .unwrap_or_default(),
                    fields: fields.clone(),
                };
                let proposed = judge::rules(history, section, spot, draft, &read);
                Fetched::Rules(Arc::new(proposed))
            }
            Fetch::Met => Fetched::Met(self.met(task, history)?),
            Fetch::Drift => Fetched::Drift(Arc::new(self.drifts(task, history)?)),
            _ => Fetched::Flags(self.flagged(task, history)?),
        })
    }

    fn flagged(&mut self, task: &Task, history: &Arc<History>) -> Result<Arc<Flagged>, StoreError> {
        if let Some((of, flagged)) = &self.flagged
            && history.has_rows_of(of)
        {
            return Ok(Arc::clone(flagged));
        }
        // The old flags keep their domains; let go of them first, so that the new ones can grow in place.
        self.flagged = None;
        let domains = self.domains(task, history)?;
        let proofs = self.proofs(task)?;
        let store = self.opened(task)?;
        let criteria = criteria(store, &history.facts)?;
        let read = store.load_fields(
            &history.facts,
            &criteria.to_read(&history.facts, &history.book.calendar),
        )?;
        let stamped = criteria.judge(&history.facts, &history.book.calendar, read);
        let flagged = Arc::new(judge::flags(history, domains, proofs, stamped));
        self.flagged = Some((Arc::clone(history), Arc::clone(&flagged)));
        Ok(flagged)
    }

    /// What the criteria say of each handoff; what reps and the room decide leaves it as it is.
    fn met(&mut self, task: &Task, history: &Arc<History>) -> Result<Arc<Met>, StoreError> {
        let until = history.facts.journal_id;
        let kept = self.met.take();
        let store = self.opened(task)?;
        if let Some((since, met)) = kept
            && (since == until || only(store, (since, until), &[OF_DESK, OF_STAMPS].concat())?)
        {
            self.met = Some((until, Arc::clone(&met)));
            return Ok(met);
        }
        let mut criteria = criteria(store, &history.facts)?;
        criteria.of_today(history);
        let read = store.load_fields(
            &history.facts,
            &criteria.to_read(&history.facts, &history.book.calendar),
        )?;
        let judged = criteria.judge(&history.facts, &history.book.calendar, read);
        let met = Arc::new(judged.by_id(&history.facts.handoffs.id));
        self.met = Some((until, Arc::clone(&met)));
        Ok(met)
    }

    /// Whether the versions in force still hold.
    fn drifts(&mut self, task: &Task, history: &History) -> Result<Drifts, StoreError> {
        let store = self.opened(task)?;
        let fields = store.criteria_fields()?;
        let wanted = judge::asked_in_force(history, &fields);
        let read = store.load_fields(&history.facts, &wanted)?;
        Ok(judge::drifts(history, &fields, read))
    }

    fn domains(&mut self, task: &Task, history: &History) -> Result<Arc<Domains>, StoreError> {
        let known = self.domains.take();
        let store = self.opened(task)?;
        let mut domains = match known {
            Some(domains) => domains,
            None => Arc::new(store.load_domains()?),
        };
        if domains.journal_id < history.facts.journal_id {
            store.refresh_domains(Arc::make_mut(&mut domains), &history.facts)?;
        }
        Ok(Arc::clone(self.domains.insert(domains)))
    }

    fn proofs(&mut self, task: &Task) -> Result<Arc<Proofs>, StoreError> {
        let known = self.proofs.take();
        let store = self.opened(task)?;
        let proofs = match known {
            Some(mut proofs) => {
                store.refresh_proofs(Arc::make_mut(&mut proofs))?;
                proofs
            }
            None => Arc::new(store.load_proofs()?),
        };
        Ok(Arc::clone(self.proofs.insert(proofs)))
    }

    fn opened(&mut self, task: &Task) -> Result<&mut Store, StoreError> {
        let store = if let Some(store) = self.store.take() {
            store
        } else {
            // The historian looks the pages over.
            let how = Opening {
                check: Check::None,
                ..Opening::to(Access::ReadOnly)
            };
            Store::open_with(&task.file, &how)?
        };
        Ok(self.store.insert(store))
    }
}

/// What the file says of criteria.
pub(super) fn criteria(store: &Store, facts: &Facts) -> Result<Criteria, StoreError> {
    Ok(Criteria {
        versions: store.criteria()?,
        fields: store.criteria_fields()?,
        stamps: store.load_stamps(facts)?,
    })
}
