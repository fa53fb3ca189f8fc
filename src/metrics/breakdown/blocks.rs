//! Sums by place kept by quarter of a year, so that a long period is a few additions. Reads no row itself.

use super::kept::Kept;
use super::passes::{Sums, add_up};
use super::places::Places;
use crate::domain::moment::Moment;
use crate::metrics::context::Context;
use crate::metrics::months::Adds;
use crate::metrics::select::{Key, Select};

/// The most lines × quarters that are kept: some hundred bytes each.
const MOST: usize = 50_000;

/// What a quarter adds up to, by place; one for each selection, in their order.
#[derive(Debug)]
pub(crate) struct Block(Vec<Kept>);

/// What the selections add up to by place, each once: whole quarters from what is kept, the rest row by row.
pub(super) fn sums(ctx: &Context, places: &Places, selects: &[Select]) -> Sums {
    let mut known: Vec<Key> = Vec::new();
    let (mut by_moment, mut others) = (Vec::new(), Vec::new());
    for select in selects {
        let key = select.key(ctx);
        if !known.contains(&key) {
            known.push(key);
            if select.falls_by_moment() {
                by_moment.push(*select);
            } else {
                others.push(*select);
            }
        }
    }
    let quarters = &ctx.marks().quarters;
    let cut = quarters.cut(ctx.past.start_at, ctx.past.end_at);
    if cut.whole.is_empty() || places.count * quarters.len() > MOST {
        others.extend(by_moment);
        return add_up(ctx, places, &others);
    }
    let keys: Vec<Key> = by_moment.iter().map(|select| select.key(ctx)).collect();
    let mut sums = add_up(ctx, places, &others);
    let none = || Kept::none(places.count);
    sums.extend(keys.iter().map(|key| (*key, none())));
    let add = |sums: &mut Sums, key: &Key, kept: &Kept| {
        if let Some(sum) = sums.get_mut(key) {
            sum.take_in(kept);
        }
    };
    let add_part = |sums: &mut Sums, part: Option<(Moment, Moment)>| {
        let Some((from, to)) = part else { return };
        for (key, kept) in add_up(&ctx.part(from, to), places, &by_moment) {
            add(sums, &key, &kept);
        }
    };
    // In the order of time: what stands in a row depends on it.
    add_part(&mut sums, cut.before);
    let blocks = ctx.scope.sums.blocks((places.id(), keys.clone()));
    for n in cut.whole {
        let block = blocks.nth(quarters.len(), n, || {
            let (from, to) = quarters.nth(n);
            let mut sums = add_up(&ctx.part(from, to), places, &by_moment);
            let kept = |key| sums.remove(key).unwrap_or_else(none);
            Block(keys.iter().map(kept).collect())
        });
        keys.iter()
            .zip(&block.0)
            .for_each(|(key, kept)| add(&mut sums, key, kept));
    }
    add_part(&mut sums, cut.after);
    sums
}
