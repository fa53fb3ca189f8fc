//! Charts as inline SVG with a title and a description that says every number. Scales what it is given, computes no number.

use super::writer::Writer;
use crate::report::page::{Bar, Chart, Columns, Flow, Gauge, Role, Series};
use crate::text::{clean, truncate};

/// Units across every picture; the page scales it.
const WIDTH: f64 = 720.0;
/// Where pictures begin behind the words at their left.
const LEFT: f64 = 150.0;

/// Draws one chart; `id` makes its title's anchor unique.
pub(super) fn draw(out: &mut Writer, chart: &Chart, id: &str) {
    match chart {
        Chart::Columns(columns) => draw_columns(out, columns, id),
        Chart::Flow(flow) => draw_flow(out, flow, id),
        Chart::Gauge(gauge) => draw_gauge(out, gauge, id),
    }
}

/// The picture with its name and its numbers in words for those who do not see it.
fn picture(
    out: &mut Writer,
    id: &str,
    height: f64,
    (title, said): (&str, &str),
    inside: impl FnOnce(&mut Writer),
) {
    let (name, words) = (format!("{id}-t"), format!("{id}-d"));
    let attributes = [
        ("viewBox", format!("0 0 {WIDTH} {height}")),
        ("role", "img".to_owned()),
        ("aria-labelledby", format!("{name} {words}")),
    ];
    let attributes = attributes
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    out.element("svg", &attributes, |out| {
        out.element("title", &[("id", &name)], |out| out.text(title));
        out.element("desc", &[("id", &words)], |out| out.text(said));
        inside(out);
    });
}

fn class(role: Role) -> &'static str {
    match role {
        Role::Shared => "shared",
        Role::Marketing => "marketing",
        Role::Sales => "sales",
        Role::Finance => "finance",
        Role::Step => "step",
    }
}

fn px(x: f64) -> String {
    // Endless and missing numbers have no place on a page.
    let x = if x.is_finite() { x } else { 0.0 };
    format!("{x:.1}")
}

fn rect(
    out: &mut Writer,
    class: &str,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    said: &str,
) {
    let at = [px(x), px(y), px(width.max(0.0)), px(height.max(0.0))];
    let attributes = [
        ("class", class),
        ("x", &at[0]),
        ("y", &at[1]),
        ("width", &at[2]),
        ("height", &at[3]),
    ];
    out.element("rect", &attributes, |out| {
        if !said.is_empty() {
            out.element("title", &[], |out| out.text(said));
        }
    });
}

fn line(out: &mut Writer, class: &str, from: (f64, f64), to: (f64, f64)) {
    let at = [px(from.0), px(from.1), px(to.0), px(to.1)];
    let attributes = [
        ("class", class),
        ("x1", &at[0]),
        ("y1", &at[1]),
        ("x2", &at[2]),
        ("y2", &at[3]),
    ];
    out.element("line", &attributes, |_| {});
}

fn word(out: &mut Writer, class: &str, (x, y): (f64, f64), text: &str) {
    let at = [px(x), px(y)];
    let attributes = [("class", class), ("x", &at[0]), ("y", &at[1])];
    out.element("text", &attributes, |out| out.text(text));
}

/// Height of a strip's bars, and of what stands over and under them.
const STRIP: f64 = 42.0;
const OVER: f64 = 18.0;

fn draw_columns(out: &mut Writer, chart: &Columns, id: &str) {
    let each = STRIP + OVER + 6.0;
    let height = each * chart.series.len() as f64 + 20.0;
    let said = chart.series.iter().map(|series| in_words(chart, series));
    let said = said.collect::<Vec<_>>().join(" ");
    picture(out, id, height, (&chart.title, &said), |out| {
        let places = chart.axis.len().max(1) as f64;
        let step = (WIDTH - LEFT) / places;
        for (index, series) in chart.series.iter().enumerate() {
            strip(out, chart, series, index as f64 * each, step);
        }
        for (index, name) in chart.axis.iter().enumerate() {
            let x = LEFT + step * (index as f64 + 0.5);
            word(out, "axis", (x, height - 5.0), name);
        }
    });
}

fn in_words(chart: &Columns, series: &Series) -> String {
    let pairs = chart.axis.iter().zip(&series.exact);
    let pairs: Vec<String> = pairs
        .map(|(name, text)| format!("{name}: {text}"))
        .collect();
    let target = series.target.as_ref();
    let target = target
        .map(|(_, text)| format!(", target {text}"))
        .unwrap_or_default();
    format!("{}: {}{target}.", series.name, pairs.join(", "))
}

fn strip(out: &mut Writer, chart: &Columns, series: &Series, top: f64, step: f64) {
    let known = || series.values.iter().flatten().copied();
    let aim = series.target.as_ref().map(|(value, _)| *value);
    let most = known().chain(aim).fold(0.0, f64::max);
    let lowest = known().fold(0.0, f64::min);
    let scale = if most > lowest {
        STRIP / (most - lowest)
    } else {
        0.0
    };
    let zero = top + OVER + most * scale;
    word(out, "name", (0.0, top + OVER + 14.0), &series.name);
    if let Some((_, text)) = &series.target {
        word(out, "remark", (0.0, top + OVER + 30.0), "┄ target");
        word(out, "remark", (0.0, top + OVER + 44.0), text);
    }
    let last = series.values.len().saturating_sub(1);
    for (index, (value, text)) in series.values.iter().zip(&series.texts).enumerate() {
        let left = LEFT + step * index as f64;
        let up = value.unwrap_or(0.0) * scale;
        let runs = chart.running && index == last;
        let class = format!(
            "{}{}",
            class(series.role),
            if runs { " running" } else { "" }
        );
        let name = chart.axis.get(index).map_or("", String::as_str);
        let so_far = if runs { ", so far" } else { "" };
        let said = format!("{}, {name}: {text}{so_far}", series.name);
        if value.is_some() {
            let place = (left + step * 0.14, zero - up.max(0.0));
            rect(out, &class, place, (step * 0.72, up.abs()), &said);
        }
        let over = zero - up.max(0.0) - 4.0;
        // A target right above the bar would cross out its number.
        let crossed =
            index == last && aim.is_some_and(|aim| (zero - aim * scale - over + 4.0).abs() < 11.0);
        let y = if crossed { over + 17.0 } else { over };
        word(out, "value", (left + step * 0.5, y), text);
    }
    if let Some(aim) = aim {
        let (y, left) = (zero - aim * scale, LEFT + step * last as f64);
        line(out, "target", (left, y), (left + step, y));
    }
    line(out, "base", (LEFT, zero), (WIDTH, zero));
}

/// Height of one bar's line.
const LINE: f64 = 19.0;
/// Where bars end: behind them stand the amount and the count.
const RIGHT: f64 = 530.0;
/// Where they begin.
const BEGIN: f64 = 200.0;

fn draw_flow(out: &mut Writer, flow: &Flow, id: &str) {
    let height = LINE * flow.bars.len() as f64 + 16.0;
    let said = flow
        .bars
        .iter()
        .map(|bar| format!("{}: {}, {} {}.", bar.label, bar.text, bar.n, flow.counts));
    let said = said.collect::<Vec<_>>().join(" ");
    picture(out, id, height, (&flow.title, &said), |out| {
        let ends = || flow.bars.iter().flat_map(|bar| [bar.from, bar.to]);
        let (most, lowest) = (ends().fold(0.0, f64::max), ends().fold(0.0, f64::min));
        let scale = if most > lowest {
            (RIGHT - BEGIN) / (most - lowest)
        } else {
            0.0
        };
        let at = |x: f64| BEGIN + (x - lowest) * scale;
        word(out, "count", (WIDTH, 9.0), flow.counts);
        for (index, bar) in flow.bars.iter().enumerate() {
            flow_bar(out, flow, bar, 14.0 + LINE * index as f64, at);
        }
        let foot = 14.0 + LINE * flow.bars.len() as f64;
        line(out, "base", (at(0.0), 14.0), (at(0.0), foot - 2.0));
    });
}

fn flow_bar(out: &mut Writer, flow: &Flow, bar: &Bar, top: f64, at: impl Fn(f64) -> f64) {
    let is_step = bar.role == Role::Step;
    let (low, high) = (bar.from.min(bar.to), bar.from.max(bar.to));
    let width = (at(high) - at(low)).max(if high > low { 1.0 } else { 0.0 });
    let said = format!("{}: {}, {} {}", bar.label, bar.text, bar.n, flow.counts);
    let (indent, class_of_name) = if is_step {
        (10.0, "step-name")
    } else {
        (0.0, "name")
    };
    let label = clean(&bar.label);
    word(
        out,
        class_of_name,
        (indent, top + 12.0),
        &truncate(&label, 30),
    );
    rect(
        out,
        class(bar.role),
        (at(low), top + 2.0),
        (width, LINE - 6.0),
        &said,
    );
    let class = if is_step { "step-amount" } else { "amount" };
    word(out, class, (660.0, top + 12.0), &bar.text);
    word(out, "count", (WIDTH, top + 12.0), &bar.n);
}

fn draw_gauge(out: &mut Writer, gauge: &Gauge, id: &str) {
    let due = gauge.due.map(|due| {
        format!(
            "{} of the working days are gone.",
            crate::metrics::show::percent(due)
        )
    });
    let said = due.clone().unwrap_or_else(|| "The period is over.".into());
    let height = if gauge.due.is_some() { 30.0 } else { 20.0 };
    picture(out, id, height, (&gauge.title, &said), |out| {
        let most = gauge.reached.max(1.0);
        let at = |x: f64| x.clamp(0.0, most) / most * WIDTH;
        rect(out, "rest", (0.0, 4.0), (at(1.0), 12.0), "");
        rect(
            out,
            "shared",
            (0.0, 4.0),
            (at(gauge.reached), 12.0),
            &gauge.title,
        );
        if most > 1.0 {
            line(out, "target", (at(1.0), 0.0), (at(1.0), 18.0));
        }
        if let Some(due) = gauge.due {
            line(out, "due", (at(due), 0.0), (at(due), 19.0));
            let class = if due > 0.5 { "due-left" } else { "due-right" };
            word(out, class, (at(due), 28.0), "due by now");
        }
    });
}
