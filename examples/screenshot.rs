//! Draws the demo's screens as the README's pictures: runs the built program in a terminal of its own and writes an SVG.
//!
//! `cargo build --release && cargo run --example screenshot -- target/release/smarketing assets/scoreboard.svg`
//! (and `3` for `assets/rejections.svg`, `4` for `assets/criteria.svg`); each further argument is typed once the screen rests:
//! `6 s $'\r' c $'\r' $'\r'` opens a meeting.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use vt100::{Cell, Color, Screen};

const ROWS: u16 = 44;
const COLUMNS: u16 = 132;
const WIDE: u32 = 8;
const HIGH: u32 = 17;
const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(program), Some(picture)) = (args.next(), args.next()) else {
        bail!("usage: screenshot PROGRAM PICTURE.svg [KEYS]...");
    };
    let home = tempfile::tempdir()?;
    let pty = native_pty_system().openpty(PtySize {
        rows: ROWS,
        cols: COLUMNS,
        pixel_width: 0,
        pixel_height: 0,
    })?;
    let program =
        std::fs::canonicalize(&program).with_context(|| format!("{program} is not there"))?;
    let mut command = CommandBuilder::new(program);
    command.args(["demo", "--theme", "dark"]);
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("COLORTERM", "truecolor");
    let mut child = pty.slave.spawn_command(command)?;
    let mut reader = pty.master.try_clone_reader()?;
    let mut writer = pty.master.take_writer()?;
    let (send, bytes) = mpsc::channel();
    std::thread::spawn(move || {
        let mut chunk = vec![0; 65_536];
        while let Ok(count @ 1..) = reader.read(&mut chunk) {
            if send.send(chunk[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    let mut terminal = vt100::Parser::new(size(ROWS), size(COLUMNS), 0);
    let shown = settle(&bytes, &mut terminal);
    for keys in args {
        writer.write_all(keys.as_bytes())?;
        settle(&bytes, &mut terminal);
    }
    let svg = svg(terminal.screen());
    child.kill()?;
    if !shown {
        bail!("the program showed nothing within ten seconds");
    }
    std::fs::write(&picture, svg).with_context(|| format!("{picture} cannot be written"))
}

/// Takes what comes until nothing has come for most of a second: timers move once in each. False when nothing came at all.
fn settle(bytes: &mpsc::Receiver<Vec<u8>>, terminal: &mut vt100::Parser) -> bool {
    let end = Instant::now() + Duration::from_secs(10);
    let mut any = false;
    while Instant::now() < end {
        match bytes.recv_timeout(Duration::from_millis(800)) {
            Ok(chunk) => {
                terminal.process(&chunk);
                any = true;
            }
            Err(_) if any => break,
            Err(_) => {}
        }
    }
    any
}

fn svg(screen: &Screen) -> String {
    let (width, height) = (u32::from(COLUMNS) * WIDE, u32::from(ROWS) * HIGH);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">\n\
         <title>A screen of smarketing's demo</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{PAPER}\"/>\n",
        width + 24,
        height + 24
    );
    for row in 0..ROWS {
        let mut column = 0;
        while column < COLUMNS {
            let length = run(screen, row, column);
            if let Some(cell) = screen.cell(row, column) {
                place(&mut out, screen, cell, (row, column, length));
            }
            column += length;
        }
    }
    out.push_str("</svg>\n");
    out
}

/// How many cells from here on look the same.
fn run(screen: &Screen, row: u16, column: u16) -> u16 {
    let look = |column| {
        screen.cell(row, column).map(|cell| {
            let colours = (cell.fgcolor(), cell.bgcolor());
            (
                colours,
                cell.bold(),
                cell.dim(),
                cell.inverse(),
                cell.underline(),
            )
        })
    };
    let first = look(column);
    let same = (column..COLUMNS).take_while(|c| look(*c) == first);
    (same.count() as u16).max(1)
}

fn place(out: &mut String, screen: &Screen, cell: &Cell, (row, column, length): (u16, u16, u16)) {
    let (x, y) = (12 + u32::from(column) * WIDE, 12 + u32::from(row) * HIGH);
    let wide = u32::from(length) * WIDE;
    let (mut ink, mut paper) = (colour(cell.fgcolor(), INK), colour(cell.bgcolor(), PAPER));
    if cell.inverse() {
        std::mem::swap(&mut ink, &mut paper);
    }
    if paper != PAPER {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{HIGH}\" fill=\"{paper}\"/>"
        );
    }
    // Blocks and frames become shapes: a font's own do not meet at the edges of its lines.
    let mut shapes = String::new();
    let mut text = String::new();
    for (place, cell) in (column..column + length).filter_map(|c| Some((c, screen.cell(row, c)?))) {
        match cell.contents() {
            "" if cell.is_wide_continuation() => {}
            "" => text.push(' '),
            glyph => {
                let left = 12 + u32::from(place) * WIDE;
                let parts = glyph.chars().next().map_or(Vec::new(), parts);
                text.push_str(if parts.is_empty() { glyph } else { " " });
                for (x, y, wide, high) in parts {
                    let (x, y) = (
                        f64::from(left) + x,
                        f64::from(12 + u32::from(row) * HIGH) + y,
                    );
                    let _ = write!(shapes, "M{x} {y}h{wide}v{high}h-{wide}z");
                }
            }
        }
    }
    let mut style = String::new();
    if cell.bold() {
        style.push_str(" font-weight=\"bold\"");
    }
    if cell.dim() {
        style.push_str(" opacity=\"0.65\"");
    }
    if cell.underline() {
        style.push_str(" text-decoration=\"underline\"");
    }
    if !shapes.is_empty() {
        let opacity = if cell.dim() { " opacity=\"0.65\"" } else { "" };
        let _ = writeln!(out, "<path d=\"{shapes}\" fill=\"{ink}\"{opacity}/>");
    }
    if text.trim().is_empty() {
        return;
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let base = y + 13;
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{base}\" textLength=\"{wide}\" xml:space=\"preserve\" fill=\"{ink}\"{style}>{text}</text>"
    );
}

/// The rectangles (left, top, width, height within a cell) of a block or frame character; none for any other.
fn parts(glyph: char) -> Vec<(f64, f64, f64, f64)> {
    let (wide, high) = (f64::from(WIDE), f64::from(HIGH));
    let (half_wide, half_high) = (wide / 2.0, high / 2.0);
    let code = u32::from(glyph);
    let line = if matches!(glyph, '━' | '┃' | '┏' | '┓' | '┗' | '┛') {
        2.0
    } else {
        1.0
    };
    let across = |left: f64, width: f64| (left, half_high - line / 2.0, width, line);
    let down = |top: f64, height: f64| (half_wide - line / 2.0, top, line, height);
    let (left, right) = (
        across(0.0, half_wide + line / 2.0),
        across(half_wide - line / 2.0, half_wide + line / 2.0),
    );
    let (up, low) = (
        down(0.0, half_high + line / 2.0),
        down(half_high - line / 2.0, half_high + line / 2.0),
    );
    match glyph {
        '█' => vec![(0.0, 0.0, wide, high)],
        '▀' => vec![(0.0, 0.0, wide, half_high)],
        '▁'..='▇' => {
            let eighths = f64::from(code - 0x2580) / 8.0 * high;
            vec![(0.0, high - eighths, wide, eighths)]
        }
        '▉'..='▏' => vec![(0.0, 0.0, f64::from(0x2590 - code) / 8.0 * wide, high)],
        '▐' => vec![(half_wide, 0.0, half_wide, high)],
        '▞' => vec![
            (half_wide, 0.0, half_wide, half_high),
            (0.0, half_high, half_wide, half_high),
        ],
        '─' | '━' => vec![across(0.0, wide)],
        '│' | '┃' => vec![down(0.0, high)],
        '┌' | '┏' => vec![right, low],
        '┐' | '┓' => vec![left, low],
        '└' | '┗' => vec![right, up],
        '┘' | '┛' => vec![left, up],
        _ => Vec::new(),
    }
}

fn colour(colour: Color, usual: &str) -> String {
    const PALETTE: [&str; 16] = [
        "#16181d", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0",
        "#5c6370", "#ff7b86", "#b5e890", "#ffd68a", "#7cc4ff", "#e08cf5", "#6fd3df", "#ffffff",
    ];
    match colour {
        Color::Default => usual.to_owned(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Idx(index @ 0..16) => PALETTE[usize::from(index)].to_owned(),
        Color::Idx(index @ 232..) => {
            let grey = 8 + 10 * (index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Idx(index) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let index = index - 16;
            let (r, g, b) = (step(index / 36), step(index / 6 % 6), step(index % 6));
            format!("#{r:02x}{g:02x}{b:02x}")
        }
    }
}

fn size(cells: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(cells).unwrap_or(std::num::NonZero::<u16>::MIN)
}
