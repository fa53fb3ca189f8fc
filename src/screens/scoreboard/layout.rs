//! Where the panes stand at each width, in lines of the whole board. Draws nothing.

use ratatui::layout::Rect;

use super::item::Pane;
use super::{breakdown, headline, readings, waterfall};
use crate::screens::model::Model;

/// Below this width the two columns would cut the names of their numbers, so they stand one above the other.
const SIDE_BY_SIDE: u16 = 76;

/// Panes side by side: each with the share of the width it takes.
struct Band {
    panes: Vec<(Pane, u16)>,
    /// Lines it needs, frames included.
    height: u16,
    /// Whether it takes lines that are left over.
    grows: bool,
}

/// Panes with their places, and the height of the whole board. Lines that are left over in `view` go to charts and breakdown.
pub(super) fn place(model: &Model, width: u16, view: u16) -> (Vec<(Pane, Rect)>, u16) {
    let mut bands = bands(model, width);
    let needed: u16 = bands.iter().map(|band| band.height).sum();
    let growing = bands.iter().filter(|band| band.grows).count() as u16;
    if let (Some(spare), 1..) = (view.checked_sub(needed), growing) {
        let mut rest = spare % growing;
        for band in bands.iter_mut().filter(|band| band.grows) {
            band.height += spare / growing + u16::from(rest > 0);
            rest = rest.saturating_sub(1);
        }
    }
    let mut placed = Vec::new();
    let mut y = 0;
    for band in bands {
        let all: u16 = band.panes.iter().map(|(_, share)| share).sum();
        let mut taken = 0;
        let mut x = 0;
        for (pane, share) in band.panes {
            taken += share;
            let end = (u32::from(width) * u32::from(taken) / u32::from(all)) as u16;
            placed.push((pane, Rect::new(x, y, end - x, band.height)));
            x = end;
        }
        y += band.height;
    }
    (placed, y)
}

fn bands(model: &Model, width: u16) -> Vec<Band> {
    let board = model.board();
    let frame = 2;
    let columns = board.marketing.len().max(board.sales.len()) as u16 + frame;
    let readings = readings::lines(model) + frame;
    let misalignment = board.misalignment.len() as u16 + frame;
    let waterfall = waterfall::lines(model) + frame;
    let breakdown = breakdown::lines(model) + frame;
    let band = |panes: &[(Pane, u16)], height: u16, grows: bool| Band {
        panes: panes.to_vec(),
        height,
        grows,
    };
    let mut bands = vec![band(&[(Pane::Headline, 1)], headline::HEIGHT, false)];
    if width >= 160 {
        bands.push(band(
            &[
                (Pane::Marketing, 10),
                (Pane::Sales, 10),
                (Pane::BothRight, 12),
            ],
            columns.max(15),
            true,
        ));
        let height = readings.max(misalignment).max(waterfall);
        bands.push(band(
            &[
                (Pane::Readings, 10),
                (Pane::Misalignment, 10),
                (Pane::Waterfall, 12),
            ],
            height,
            false,
        ));
        bands.push(band(&[(Pane::Breakdown, 1)], breakdown.min(16), true));
    } else if width >= 100 {
        bands.push(band(
            &[(Pane::Marketing, 1), (Pane::Sales, 1)],
            columns,
            false,
        ));
        bands.push(band(
            &[(Pane::BothRight, 1), (Pane::Readings, 1)],
            readings.max(14),
            true,
        ));
        bands.push(band(
            &[(Pane::Misalignment, 1), (Pane::Waterfall, 1)],
            misalignment.max(waterfall),
            false,
        ));
        bands.push(band(&[(Pane::Breakdown, 1)], breakdown, true));
    } else {
        if width >= SIDE_BY_SIDE {
            bands.push(band(
                &[(Pane::Marketing, 1), (Pane::Sales, 1)],
                columns,
                false,
            ));
        } else {
            for (pane, figures) in [
                (Pane::Marketing, &board.marketing),
                (Pane::Sales, &board.sales),
            ] {
                bands.push(band(&[(pane, 1)], figures.len() as u16 + frame, false));
            }
        }
        bands.push(band(&[(Pane::BothRight, 1)], 12, true));
        bands.push(band(&[(Pane::Readings, 1)], readings, false));
        bands.push(band(&[(Pane::Misalignment, 1)], misalignment, false));
        bands.push(band(&[(Pane::Breakdown, 1)], breakdown, false));
        bands.push(band(&[(Pane::Waterfall, 1)], waterfall, false));
    }
    bands
}
