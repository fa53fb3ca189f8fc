//! What the figures under the cursor are made of: value, n, period and mode, then the dictionary's text. Counts nothing anew.

use super::view::{Content, Only, View};
use super::{Rejections, matrix, words};
use crate::keymap::{self, Context};
use crate::metrics::review::{Axis, Base, Proof, Rate, Review, Sums, overturned};
use crate::metrics::show::DASH;
use crate::metrics::{Metric, Unit, Value};
use crate::screens::explain::defined;
use crate::screens::figures::{self, Room};
use crate::screens::judge::Spot;
use crate::screens::model::Model;
use crate::screens::{Opening, Outcome, filters};
use crate::widgets::Paragraph;

/// What stands under the cursor.
struct Under {
    name: String,
    sums: Sums,
    rate: Option<Rate>,
    /// What the rate is a share of.
    below: String,
    /// Its shares of row, column and whole.
    share: Option<String>,
}

impl Rejections {
    /// Explains the figure under the cursor; all of a row's, where the cursor stands on a row.
    pub(super) fn explain(&self, model: &Model) -> Outcome {
        let text = match self.view {
            View::Challenges => Some(self.of_challenges(model)),
            View::Feedback => self.of_feedback(model),
            View::Sides => self.of_answer(model),
            View::Worklist | View::Matrix | View::List | View::SecondLook => self.of_spot(model),
        };
        match text {
            Some(text) => {
                let binding = keymap::binding(Context::Rejections, self.view.action());
                let title = binding.map_or("", |binding| binding.label);
                Outcome::Open(Opening::Text(title, text))
            }
            None => Outcome::Say("There is no figure here to explain".to_owned()),
        }
    }

    fn of_spot(&self, model: &Model) -> Option<Vec<Paragraph>> {
        let review = &*self.found.as_ref()?.review;
        let under = self.under_cursor(model)?;
        let contents: &[Content] = match self.view {
            View::Matrix => std::slice::from_ref(&self.content),
            _ => &[
                Content::Count,
                Content::Unverified,
                Content::Wasted,
                Content::Unproven,
                Content::Hours,
            ],
        };
        let mut text = vec![Paragraph::Strong(under.name.clone())];
        text.extend(self.looked_at(model));
        for content in contents {
            text.push(Paragraph::Gap);
            let (value, parts) = under.figure(*content, review);
            text.push(Paragraph::Strong(value));
            text.extend(parts.into_iter().map(|(name, value)| entry(name, value)));
            text.push(Paragraph::Gap);
            text.extend(self.definition(*content));
        }
        Some(text)
    }

    /// Period, mode, and what is left out of sight.
    fn looked_at(&self, model: &Model) -> Vec<Paragraph> {
        let scope = self.scope(model);
        let mut text = vec![
            entry("period", figures::period(&scope.period)),
            entry("counted", "event: by the moment of the verdict".to_owned()),
        ];
        if self.only != Only::Everything {
            text.push(entry("only", self.only.words().to_owned()));
        }
        let filter = filters::words(&scope.filter, model.facts());
        if !filter.is_empty() {
            text.push(entry("filter", filter));
        }
        text
    }

    fn under_cursor(&self, model: &Model) -> Option<Under> {
        let (found, facts) = (self.found.as_ref()?, model.facts());
        let spot = self.spot(model);
        let name = found.spot_name(facts, &spot);
        let decided = |places: &[(Axis, _)]| {
            let of = places.iter().filter(|(axis, _)| axis.is_of_decided());
            let of: Spot = of.copied().collect();
            if of.is_empty() {
                "all decided handoffs".to_owned()
            } else {
                format!("decided handoffs of {}", found.spot_name(facts, &of))
            }
        };
        Some(match self.view {
            View::Worklist => {
                let at = self.states[View::Worklist as usize].selected;
                let cluster = found.clusters.get(&found.review, facts, at)?;
                Under {
                    share: Some(format!("{} of all", figures::percent(cluster.share))),
                    below: decided(&spot),
                    rate: Some(cluster.rate),
                    sums: cluster.sums,
                    name,
                }
            }
            View::Matrix => {
                let matrix = found.matrix();
                let (sums, rate, share) = matrix::told(matrix, self.cell);
                let both = spot.len() == 2;
                let base = match matrix.base {
                    Base::Column if both => decided(&spot[1..]),
                    Base::Row if both => decided(&spot[..1]),
                    _ => decided(&spot),
                };
                Under {
                    name,
                    sums,
                    rate,
                    below: base,
                    share,
                }
            }
            _ => {
                let rows = &self.shown.rows;
                let sums = found.review.sums_of(facts, rows);
                let listed = words::count(rows.len() as u64);
                let is_spot = self.view == View::List && self.shown.is_spot();
                let rate = is_spot.then(|| {
                    let n = found.review.decided_at(facts, &spot).len() as u64;
                    Rate::new(sums.count(), n, found.review.small_n)
                });
                Under {
                    name: format!("{}: {listed} in the list", self.list_title(model)),
                    below: decided(&spot),
                    rate,
                    sums,
                    share: None,
                }
            }
        })
    }

    /// The dictionary's text for what is in the cells. A share within an axis that is no reason has none: its parts say it all.
    fn definition(&self, content: Content) -> Vec<Paragraph> {
        let metric = match content {
            Content::Share if ![self.axes.down, self.axes.across].contains(&Axis::Reason) => {
                return Vec::new();
            }
            Content::Share => Metric::RejectionsByReason,
            Content::Count => Metric::RejectionRate,
            Content::Wasted => Metric::WastedSpend,
            Content::Unproven => Metric::WastedSpendUnproven,
            Content::Hours => Metric::RepHoursOnRejected,
            Content::Unverified => Metric::UnverifiedRejections,
        };
        defined(metric)
    }

    fn of_challenges(&self, model: &Model) -> Vec<Paragraph> {
        let scope = self.scope(model);
        let (facts, book) = (model.facts(), model.book());
        let rates = overturned(facts, book, &scope, Axis::Reason);
        let small = book.settings.small_n as u64;
        let whole = rates.iter().fold((0, 0), |(hits, n), (_, rate)| {
            (hits + rate.hits, n + rate.n)
        });
        let rate = Rate::new(whole.0, whole.1, small);
        let share = rate.share.map_or_else(|| DASH.to_owned(), figures::percent);
        let mut text = vec![
            Paragraph::Strong(format!("Overturned challenges: {share}")),
            entry(
                "made of",
                format!("{} overturned ÷ {} settled", rate.hits, rate.n),
            ),
            entry("n", n(rate)),
            entry("period", figures::period(&scope.period)),
            entry(
                "counted",
                "event: by the moment of the settlement".to_owned(),
            ),
        ];
        text.extend(interval(rate));
        let found = self.found.as_ref();
        for (code, rate) in &rates {
            let name = found.map_or("", |found| found.name(facts, Axis::Reason, *code));
            text.push(entry(
                "of them",
                format!("{name}: {} of {}", rate.hits, rate.n),
            ));
        }
        text.push(Paragraph::Gap);
        text.extend(defined(Metric::OverturnRate));
        text
    }

    fn of_feedback(&self, model: &Model) -> Option<Vec<Paragraph>> {
        let line = self.feedback_line()?;
        let small = model.book().settings.small_n;
        let mut text = vec![Paragraph::Strong(line.name())];
        match &line.act {
            Some((_, _, then)) => text.push(entry(
                "then",
                format!(
                    "{} of the decided handoffs of the 13 weeks before the change",
                    super::feedback::rate(*then, small)
                ),
            )),
            None => text.push(entry("then", "nothing was changed yet".to_owned())),
        }
        if let Some(told) = super::feedback::since(line, small) {
            let since = format!("{told} of those decided from the change until it was looked at");
            text.push(entry("since", since));
        }
        let noted = self.feedback.iter();
        let noted = noted.filter(|line| line.acknowledged.is_some() || line.acted.is_some());
        let acted = self.feedback.iter().filter(|line| line.acted.is_some());
        let told = format!(
            "{} clusters with a change ÷ {} that marketing took note of",
            acted.count(),
            noted.count()
        );
        text.extend([entry("of this list", told), Paragraph::Gap]);
        text.extend(defined(Metric::FeedbackActedOn));
        Some(text)
    }

    fn of_answer(&self, model: &Model) -> Option<Vec<Paragraph>> {
        let at = self.states[View::Sides as usize].selected;
        let answer = self.answers().nth(at)?;
        let (section, _) = self.sides.as_ref()?;
        let mut text = vec![
            Paragraph::Strong(answer.question.to_owned()),
            Paragraph::Text(answer.says.clone()),
            entry("made of", answer.means.to_owned()),
        ];
        if let Some(rate) = answer.rate {
            text.push(entry("n", n(rate)));
            text.extend(interval(rate));
        }
        text.push(entry("period", figures::period(&section.period)));
        let filter = filters::words(&section.filter, model.facts());
        if !filter.is_empty() {
            text.push(entry("filter", filter));
        }
        text.push(Paragraph::Gap);
        text.extend(answer.metric.map(defined).unwrap_or_default());
        Some(text)
    }
}

impl Under {
    /// A figure and its parts.
    fn figure(&self, content: Content, review: &Review) -> (String, Vec<(&'static str, String)>) {
        let (sums, count) = (&self.sums, self.sums.count());
        let money = |minor: Option<i64>| {
            minor.filter(|_| review.costs_known).map_or_else(
                || DASH.to_owned(),
                |minor| figures::money(minor as f64, review.currency, Room::Wide),
            )
        };
        let proven = format!(
            "the leads of {} verified and {} objective rejections",
            words::count(sums.of(Proof::Verified)),
            words::count(sums.of(Proof::Objective))
        );
        let unverified = words::count(sums.of(Proof::Unverified));
        match content {
            Content::Count | Content::Share => {
                let proofs = Proof::ALL.iter();
                let proofs = proofs.map(|p| format!("{} {}", words::count(sums.of(*p)), p.label()));
                let mut parts = vec![("made of", proofs.collect::<Vec<_>>().join(" + "))];
                parts.extend(self.share.clone().map(|share| ("share", share)));
                if let Some(rate) = self.rate {
                    parts.push(("rate", words::rate(&rate)));
                    parts.push(("n", format!("{}, {}", n(rate), self.below)));
                }
                (rejections(count), parts)
            }
            Content::Unverified => {
                let rate = Rate::new(sums.of(Proof::Unverified), count, review.small_n);
                let share = rate.share.map_or_else(|| DASH.to_owned(), figures::percent);
                let mut parts = vec![
                    ("made of", format!("{unverified} ÷ {}", rejections(count))),
                    ("n", n(rate)),
                ];
                parts.extend(between(rate).map(|told| ("95 % between", told)));
                (format!("{unverified} unverified, {share}"), parts)
            }
            Content::Wasted => (
                format!("{} wasted", money(sums.waste.known(sums.proven()))),
                priced(proven, sums.proven(), sums.waste.unpriced),
            ),
            Content::Unproven => {
                let n = sums.of(Proof::Unverified);
                (
                    format!("{} unproven", money(sums.unproven.known(n))),
                    priced(
                        format!("the leads of {unverified} unverified rejections"),
                        n,
                        sums.unproven.unpriced,
                    ),
                )
            }
            Content::Hours if !review.hours_known => (
                format!("{DASH} rep hours"),
                vec![("n", "no attempt is recorded in this workspace".to_owned())],
            ),
            Content::Hours => {
                let hours = Value::Real(sums.hours());
                let told =
                    figures::plain(Metric::RepHoursOnRejected, hours, Unit::Hours, Room::Wide);
                let minutes = format!(
                    "{} minutes logged + {} by default minutes of the channel",
                    figures::grouped(sums.logged),
                    figures::grouped(sums.minutes - sums.logged)
                );
                let cost = sums.rep_cost.map(|cost| cost as f64);
                let cost = cost.map_or_else(
                    || DASH.to_owned(),
                    |cost| figures::money(cost, review.currency, Room::Wide),
                );
                let parts = vec![
                    ("made of", minutes),
                    ("n", rejections(count)),
                    ("cost", cost),
                ];
                (format!("{told} of reps' time"), parts)
            }
        }
    }
}

fn entry(name: &str, value: String) -> Paragraph {
    Paragraph::Entry(name.to_owned(), value)
}

fn rejections(n: u64) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} rejection{s}", words::count(n))
}

/// n, with the mark of a small one.
fn n(rate: Rate) -> String {
    let small = if rate.small_n {
        ", a small number (°)"
    } else {
        ""
    };
    format!("{}{small}", words::count(rate.n))
}

fn between(rate: Rate) -> Option<String> {
    let (low, high) = rate.interval?;
    let (low, high) = (figures::percent(low), figures::percent(high));
    Some(format!("{low} and {high} (Wilson)"))
}

fn interval(rate: Rate) -> Option<Paragraph> {
    between(rate).map(|told| entry("95 % between", told))
}

/// The parts of a sum of money.
fn priced(of: String, n: u64, unpriced: u32) -> Vec<(&'static str, String)> {
    let mut parts = vec![("made of", of), ("n", words::count(n))];
    if unpriced > 0 {
        let told = format!(
            "{} of them have no cost per lead and are not in it",
            words::count(u64::from(unpriced))
        );
        parts.push(("partial", told));
    }
    parts
}
