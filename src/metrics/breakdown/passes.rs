//! One pass per clock over the rows of a period, added up by place for all selections that read it. Knows no metric.

use rustc_hash::FxHashMap;

use super::kept::Kept;
use super::places::Places;
use crate::metrics::context::{Context, HandoffClock, LeadClock};
use crate::metrics::marks::handoffs::Test;
use crate::metrics::select::{
    DealClock, Deals, Key, Run, Select, Tally, Toll, Whole, each_decided,
};

/// What selections add up to, place by place.
pub(super) type Sums = FxHashMap<Key, Kept>;

/// A pass over rows of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Pass {
    Handoffs(HandoffClock),
    Created,
    Mqls,
    Deals(DealClock),
    Other(Key),
}

/// Adds up what the selections name, none twice. Two threads share the passes.
pub(super) fn add_up(ctx: &Context, places: &Places, selects: &[Select]) -> Sums {
    let mut passes: Vec<(Pass, Vec<Select>)> = Vec::new();
    for select in selects {
        let pass = pass_of(select, select.key(ctx));
        match passes.iter_mut().find(|(other, _)| *other == pass) {
            Some((_, selects)) => selects.push(*select),
            None => passes.push((pass, vec![*select])),
        }
    }
    let (handoffs, others): (Vec<_>, Vec<_>) = passes
        .into_iter()
        .partition(|(pass, _)| matches!(pass, Pass::Handoffs(_)));
    let run = |passes: Vec<(Pass, Vec<Select>)>| {
        let go = |(pass, selects): (Pass, Vec<Select>)| {
            let added = pass.go(ctx, places, &selects);
            let keys = selects.into_iter().map(|select| select.key(ctx));
            keys.zip(added).collect::<Vec<_>>()
        };
        passes.into_iter().flat_map(go).collect::<Sums>()
    };
    if handoffs.is_empty() {
        return run(others);
    }
    std::thread::scope(|threads| {
        let beside = threads.spawn(|| run(handoffs));
        let mut sums = run(others);
        sums.extend(beside.join().expect("adding up rows cannot panic"));
        sums
    })
}

fn pass_of(select: &Select, key: Key) -> Pass {
    match select {
        Select::Handoffs(clock, _) => Pass::Handoffs(*clock),
        Select::Toll(..) => Pass::Handoffs(HandoffClock::Verdict),
        Select::Leads(LeadClock::Created) | Select::LeadsNotFree => Pass::Created,
        Select::Leads(LeadClock::Mql) | Select::MqlsThat(_) => Pass::Mqls,
        Select::Deals(Deals {
            clock,
            whole: Whole::Filtered,
            ..
        }) => Pass::Deals(*clock),
        _ => Pass::Other(key),
    }
}

impl Pass {
    /// What the selections of this pass add up to, in their order, place by place.
    fn go(self, ctx: &Context, places: &Places, selects: &[Select]) -> Vec<Kept> {
        match self {
            Pass::Handoffs(clock) => handoffs(ctx, places, clock, selects),
            Pass::Created => created(ctx, places, selects),
            Pass::Mqls => mqls(ctx, places, selects),
            Pass::Deals(clock) => deals(ctx, places, clock, selects),
            Pass::Other(_) => selects
                .iter()
                .map(|select| other(ctx, places, select))
                .collect(),
        }
    }
}

fn other(ctx: &Context, places: &Places, select: &Select) -> Kept {
    // What a part is a part of is the same for every line.
    if let Select::Deals(_) = select {
        return Kept::new(vec![select.tally(ctx); places.count]);
    }
    if let Select::Streak = select {
        let mut runs = vec![Run::default(); places.count];
        each_decided(ctx, |row, rejected| runs[places.handoff(row)].add(rejected));
        return Kept::Runs(runs);
    }
    let mut tallies = vec![Tally::ZERO; places.count];
    let table = select.table();
    select.visit(ctx, |row, add| {
        if let Some(place) = places.of(table, row) {
            tallies[place].add(add);
        }
    });
    Kept::new(tallies)
}

/// Which of some tests the kinds of handoffs pass, as a few classes of kinds.
struct Classes {
    of_kind: Vec<u16>,
    /// Bit by bit, which tests each class passes.
    passes: Vec<u64>,
}

impl Classes {
    fn new(ctx: &Context, tests: &[Test]) -> Classes {
        let mut passes: Vec<u64> = Vec::new();
        let of_kind = ctx.marks().handoffs.kinds.iter().map(|flags| {
            let own = tests.iter().enumerate().fold(0, |own, (at, test)| {
                own | u64::from(test.passes(*flags)) << at
            });
            let known = passes.iter().position(|passes| *passes == own);
            known.unwrap_or_else(|| {
                passes.push(own);
                passes.len() - 1
            }) as u16
        });
        let of_kind = of_kind.collect();
        Classes { of_kind, passes }
    }

    /// How many of each place pass the `at`th test.
    fn passing(&self, counts: &[u32], at: usize) -> Kept {
        let by_place = counts.chunks_exact(self.passes.len());
        let sum = |counts: &[u32]| {
            let counted = counts.iter().zip(&self.passes);
            let passing = counted.filter(|(_, passes)| **passes >> at & 1 == 1);
            passing.map(|(count, _)| *count).sum()
        };
        Kept::Counts(by_place.map(sum).collect())
    }
}

fn handoffs(ctx: &Context, places: &Places, clock: HandoffClock, selects: &[Select]) -> Vec<Kept> {
    let test_of = |select: &Select| match select {
        Select::Handoffs(_, test) | Select::Toll(test, _) => ctx.of_population(*test),
        _ => Test::EVERY,
    };
    let tests: Vec<Test> = selects.iter().map(test_of).collect();
    let classes = Classes::new(ctx, &tests);
    let width = classes.passes.len();
    let mut counts = vec![0_u32; width * places.count];
    let tolls: Vec<(usize, Toll)> = selects
        .iter()
        .enumerate()
        .filter_map(|(at, select)| match select {
            Select::Toll(_, toll) => Some((at, *toll)),
            _ => None,
        })
        .collect();
    let taken = tolls.iter().fold(0_u64, |bits, (at, _)| bits | 1 << at);
    let mut tallies = vec![vec![Tally::ZERO; places.count]; tolls.len()];
    let kinds = &ctx.marks().handoffs.kind;
    ctx.each_handoff(clock, |row| {
        let place = places.handoff(row);
        let class = classes.of_kind[kinds[row as usize] as usize] as usize;
        counts[place * width + class] += 1;
        if classes.passes[class] & taken != 0 {
            for ((at, toll), tallies) in tolls.iter().zip(&mut tallies) {
                if classes.passes[class] >> at & 1 == 1 {
                    tallies[place].add(toll.of(ctx, row as usize));
                }
            }
        }
    });
    let mut tallies = tallies.into_iter();
    let all = selects.iter().enumerate().map(|(at, select)| match select {
        Select::Toll(..) => Kept::new(tallies.next().unwrap_or_default()),
        _ => classes.passing(&counts, at),
    });
    all.collect()
}

/// Leads created in the period: from sources that cost something, and from free ones.
fn created(ctx: &Context, places: &Places, selects: &[Select]) -> Vec<Kept> {
    let mut created = vec![[0_u32; 2]; places.count];
    let (leads, sources) = (&ctx.facts.leads, &ctx.facts.names.source_facts);
    ctx.each_lead(LeadClock::Created, |row| {
        let source = sources.get(leads.source[row as usize] as usize);
        created[places.lead(row)][usize::from(source.is_some_and(|source| source.free))] += 1;
    });
    let all = selects.iter().map(|select| {
        let free = u32::from(matches!(select, Select::Leads(_)));
        let sum = |[priced, of_free]: &[u32; 2]| priced + free * of_free;
        Kept::Counts(created.iter().map(sum).collect())
    });
    all.collect()
}

fn mqls(ctx: &Context, places: &Places, selects: &[Select]) -> Vec<Kept> {
    // A lead that was never handed over is an MQL all the same.
    let every = Test {
        all: 0,
        any: 0,
        none: 0,
    };
    let tests: Vec<Test> = selects
        .iter()
        .map(|select| match select {
            Select::MqlsThat(test) => ctx.of_population(*test),
            _ => every,
        })
        .collect();
    let classes = Classes::new(ctx, &tests);
    let width = classes.passes.len();
    let mut counts = vec![0_u32; width * places.count];
    ctx.each_lead(LeadClock::Mql, |row| {
        let class = classes.of_kind[ctx.lead_kind(row) as usize] as usize;
        counts[places.lead(row) * width + class] += 1;
    });
    let all = 0..selects.len();
    all.map(|at| classes.passing(&counts, at)).collect()
}

fn deals(ctx: &Context, places: &Places, clock: DealClock, selects: &[Select]) -> Vec<Kept> {
    let deals: Vec<Deals> = selects
        .iter()
        .filter_map(|select| match select {
            Select::Deals(deals) => Some(*deals),
            _ => None,
        })
        .collect();
    let mut tallies = vec![vec![Tally::ZERO; places.count]; deals.len()];
    clock.each(ctx, Whole::Filtered, |row, mark| {
        let place = places.deal(row);
        for (deals, tallies) in deals.iter().zip(&mut tallies) {
            deals.says(ctx, row, mark, |add| tallies[place].add(add));
        }
    });
    tallies.into_iter().map(Kept::new).collect()
}
