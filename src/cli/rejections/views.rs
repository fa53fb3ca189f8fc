//! Matrix, worklist, trend, flags and both sides as tables. Computes nothing.

use serde_json::Value;

use super::Desk;
use super::args::RejectionsArgs;
use super::sheet::{Sheet, amount, share, tenths};
use crate::cli::args::Format;
use crate::metrics::review::{Head, Matrix, Order, Proof, Rate, Sides, Sums};
use crate::metrics::show::{DASH, decimals, grouped, money, percent};

/// What every line of numbers holds, in words.
const NUMBERS: [&str; 15] = [
    "rejected",
    "verified",
    "objective",
    "unverified",
    "share",
    "rate",
    "rate low",
    "rate high",
    "n",
    "small n",
    "waste",
    "unproven",
    "not priced",
    "rep hours",
    "rep cost",
];

fn numbers(desk: &Desk, sums: &Sums, of: Option<f64>, rate: Option<Rate>) -> Vec<Value> {
    let currency = desk.review.currency;
    let hours = desk.review.hours_known;
    let interval = rate.and_then(|rate| rate.interval);
    let proof = |proof| Value::from(sums.of(proof));
    vec![
        sums.count().into(),
        proof(Proof::Verified),
        proof(Proof::Objective),
        proof(Proof::Unverified),
        share(of),
        share(rate.and_then(|rate| rate.share)),
        share(interval.map(|(low, _)| low)),
        share(interval.map(|(_, high)| high)),
        rate.map_or(Value::Null, |rate| rate.n.into()),
        rate.map_or(Value::Null, |rate| rate.small_n.into()),
        amount(sums.waste.known(sums.proven()), currency),
        amount(sums.unproven.known(sums.of(Proof::Unverified)), currency),
        sums.unpriced().into(),
        if hours {
            tenths(sums.hours())
        } else {
            Value::Null
        },
        amount(sums.rep_cost.filter(|_| hours), currency),
    ]
}

pub(super) fn matrix(desk: &Desk, args: &RejectionsArgs, form: Format) -> Sheet {
    let (facts, review) = (&desk.facts, &desk.review);
    let matrix = review.matrix(facts, args.rows, args.columns, args.order);
    if matches!(form, Format::Json | Format::Csv) {
        return cells(desk, &matrix);
    }
    let name = |axis, head: &Head| review.name(facts, axis, head.code).to_owned();
    let mut heading = vec![args.rows.word().to_owned()];
    heading.extend(matrix.columns.iter().map(|head| name(args.columns, head)));
    let so_far = match args.order {
        Order::Count => "so far".to_owned(),
        order => format!("{} so far", order.label()),
    };
    heading.extend(["all".to_owned(), so_far]);
    heading.extend(["unverified", "cost", "rep hours"].map(String::from));
    let mut sheet = Sheet::new(heading);
    let cost = |sums: &Sums| {
        let cost = review.cost(sums);
        cost.map_or_else(
            || DASH.to_owned(),
            |minor| money(minor as f64, review.currency),
        )
    };
    let told = |sums: &Sums| -> [Value; 3] {
        let hours = review.hours_known.then(|| decimals(sums.hours(), 1));
        [
            grouped(sums.of(Proof::Unverified) as i64).into(),
            cost(sums).into(),
            hours.unwrap_or_else(|| DASH.to_owned()).into(),
        ]
    };
    for (r, head) in matrix.rows.iter().enumerate() {
        let mut row: Vec<Value> = vec![name(args.rows, head).into()];
        for c in 0..matrix.columns.len() {
            row.push(matrix.cell(r, c).map_or_else(
                || "".into(),
                |cell| {
                    let of = cell.within_column.map(percent).unwrap_or_default();
                    format!("{} ({of})", grouped(cell.sums.count() as i64)).into()
                },
            ));
        }
        row.push(
            format!(
                "{} ({})",
                grouped(head.sums.count() as i64),
                percent(head.share)
            )
            .into(),
        );
        row.push(
            head.cumulated
                .map_or_else(|| DASH.to_owned(), percent)
                .into(),
        );
        row.extend(told(&head.sums));
        sheet.push(row);
    }
    let mut all: Vec<Value> = vec!["all".into()];
    all.extend(matrix.columns.iter().map(|head| {
        let of = head.rate.and_then(|rate| {
            let mark = if rate.small_n { ", small n" } else { "" };
            let of = format!(
                "{} of {}{mark}",
                percent(rate.share?),
                grouped(rate.n as i64)
            );
            Some(format!(" ({of})"))
        });
        let count = grouped(head.sums.count() as i64);
        Value::from(format!("{count}{}", of.unwrap_or_default()))
    }));
    all.push(grouped(matrix.total.count() as i64).into());
    all.push("".into());
    all.extend(told(&matrix.total));
    sheet.push(all);
    sheet
}

/// One row per cell, for programs.
fn cells(desk: &Desk, matrix: &Matrix) -> Sheet {
    let (facts, review) = (&desk.facts, &desk.review);
    let axes = [matrix.row_axis.word(), matrix.column_axis.word()];
    let mut sheet = Sheet::new(axes.into_iter().chain(NUMBERS));
    for (r, row) in matrix.rows.iter().enumerate() {
        for (c, column) in matrix.columns.iter().enumerate() {
            let Some(cell) = matrix.cell(r, c) else {
                continue;
            };
            let mut line: Vec<Value> = vec![
                review.name(facts, matrix.row_axis, row.code).into(),
                review.name(facts, matrix.column_axis, column.code).into(),
            ];
            line.extend(numbers(
                desk,
                &cell.sums,
                cell.within_column,
                Some(cell.rate),
            ));
            sheet.push(line);
        }
    }
    sheet
}

pub(super) fn worklist(desk: &Desk, args: &RejectionsArgs) -> (Sheet, Option<(usize, usize)>) {
    let (facts, review) = (&desk.facts, &desk.review);
    let clusters = review.worklist(facts, args.rows, args.columns);
    let mut axes = vec![args.rows.word()];
    if args.columns != args.rows {
        axes.push(args.columns.word());
    }
    let mut sheet = Sheet::new(axes.into_iter().chain(NUMBERS));
    let limit = if args.limit == 0 {
        clusters.len()
    } else {
        args.limit
    };
    for cluster in (0..limit).map_while(|at| clusters.get(review, facts, at)) {
        let names = cluster
            .at
            .iter()
            .map(|(axis, code)| review.name(facts, *axis, *code));
        let mut line: Vec<Value> = names.map(Value::from).collect();
        let rate = Some(cluster.rate);
        line.extend(numbers(desk, &cluster.sums, Some(cluster.share), rate));
        sheet.push(line);
    }
    (
        sheet,
        (limit < clusters.len()).then_some((limit, clusters.len())),
    )
}

pub(super) fn trend(desk: &Desk) -> Sheet {
    let all = desk.review.count() as f64;
    let mut sheet = Sheet::new(["week from"].into_iter().chain(NUMBERS));
    for week in desk.review.trend(&desk.facts, &[]) {
        let mut line: Vec<Value> = vec![week.first.to_string().into()];
        let of = (all > 0.0).then(|| week.sums.count() as f64 / all);
        line.extend(numbers(desk, &week.sums, of, Some(week.rate)));
        sheet.push(line);
    }
    sheet
}

pub(super) fn flags(desk: &Desk) -> Sheet {
    let mut sheet = Sheet::new(["flag", "meaning", "rejected", "share"]);
    let all = desk.review.count() as f64;
    let counts = desk.flags.as_ref().map(|flags| flags.counts(&desk.review));
    for (flag, count) in counts.unwrap_or_default() {
        sheet.push(vec![
            flag.word().into(),
            flag.label().into(),
            count.into(),
            share((all > 0.0).then(|| count as f64 / all)),
        ]);
    }
    sheet
}

pub(super) fn sides(sides: &Sides) -> Sheet {
    let mut sheet = Sheet::new(["asked", "question", "answer", "to fix"]);
    for (side, answers) in [("sales", &sides.sales), ("marketing", &sides.marketing)] {
        for answer in answers {
            sheet.push(vec![
                side.into(),
                answer.question.into(),
                answer.says.as_str().into(),
                answer.fix.as_deref().into(),
            ]);
        }
    }
    sheet
}
