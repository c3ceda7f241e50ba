//! Marks for an estimate and its interval.

use super::colour::Colour;
use super::error::ChartError;
use super::svg::{Canvas, Point};
use super::theme::{INK, PAPER};

/// How much wider than a whisker the white line behind it is.
const RIM: f64 = 1.5;
/// The thickness of the line of a ring.
const RING: f64 = 1.75;

/// Draws a horizontal line with square ends. Round ends would make an interval look longer than it
/// is.
pub(super) fn level(
    canvas: &Canvas,
    (low, high): (f64, f64),
    y: f64,
    colour: Colour,
    width: f64,
) -> Result<(), ChartError> {
    canvas.rectangle((low, y - width / 2.0), (high, y + width / 2.0), colour)
}

/// Draws a whisker whose caps reach `cap` above and below, on a white line that keeps it visible on
/// a bar.
pub(super) fn whisker(
    canvas: &Canvas,
    (low, high): (f64, f64),
    y: f64,
    cap: f64,
) -> Result<(), ChartError> {
    rimmed(
        canvas,
        &[
            [(low, y), (high, y)],
            [(low, y - cap), (low, y + cap)],
            [(high, y - cap), (high, y + cap)],
        ],
    )
}

/// The same upright, at `x`.
pub(super) fn upright_whisker(
    canvas: &Canvas,
    x: f64,
    (low, high): (f64, f64),
    cap: f64,
) -> Result<(), ChartError> {
    rimmed(
        canvas,
        &[
            [(x, low), (x, high)],
            [(x - cap, low), (x + cap, low)],
            [(x - cap, high), (x + cap, high)],
        ],
    )
}

/// Draws dark lines on wider white ones.
fn rimmed(canvas: &Canvas, lines: &[[Point; 2]]) -> Result<(), ChartError> {
    let width = 1.25;
    for (colour, width) in [(PAPER, width + RIM), (INK, width)] {
        for line in lines {
            canvas.path(line, colour, width)?;
        }
    }
    Ok(())
}

/// Draws a circle that is white inside.
pub(super) fn ring(
    canvas: &Canvas,
    centre: Point,
    radius: f64,
    colour: Colour,
) -> Result<(), ChartError> {
    canvas.dot(centre, radius, colour)?;
    canvas.dot(centre, radius - RING, PAPER)
}

/// Draws the outline of a rectangle between two corners.
pub(super) fn outline(
    canvas: &Canvas,
    (left, top): Point,
    (right, bottom): Point,
    colour: Colour,
    width: f64,
) -> Result<(), ChartError> {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    canvas.path(&corners, colour, width)
}
