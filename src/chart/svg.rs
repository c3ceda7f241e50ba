//! A canvas to draw on, and the SVG elements that it produces.
//!
//! The drawing library rounds every coordinate to a whole number. So charts are drawn four times as
//! large as they are shown, and curves are smooth to a quarter of a pixel.

use std::cell::RefCell;
use std::collections::BTreeSet;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{
    Circle, DashedPathElement, Drawable, PathElement, PointCollection, Polygon, Rectangle, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, RGBColor, ShapeStyle};

use super::colour::Colour;
use super::error::ChartError;
use super::text::{Weight, clean};
use super::theme::{FAMILY, PAPER};

/// Units of the drawing per CSS pixel.
pub(super) const OVERSIZE: f64 = 4.0;

/// The SVG backend divides the size of every text by this.
const BACKEND_TEXT_RATIO: f64 = 1.24;

/// The backend's top anchor puts the base line this many ems below the anchor.
const TOP_TO_BASELINE: f64 = 0.76;

/// Half the height of a capital or a digit, in ems.
const HALF_CAPITAL: f64 = 0.364;

/// Groups are drawn as texts that begin with this control character, since the drawing library has
/// no groups; labels never contain it. The next letter says what begins or ends here.
const STRUCTURE: char = '\u{1}';
const OPEN_OUTCOME: char = 'o';
const OPEN_MARK: char = 'm';
const CLOSE: char = 'c';
const HOVER: char = 'h';

/// A point in CSS pixels from the upper left corner.
pub(super) type Point = (f64, f64);

/// Which part of a text is at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Size, weight, colour and anchor of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextStyle {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
    pub anchor: Anchor,
}

impl TextStyle {
    /// Text of regular weight that starts at its point.
    pub fn new(size: f64, colour: Colour) -> Self {
        Self { size, weight: Weight::Regular, colour, anchor: Anchor::Start }
    }

    /// The same in semi-bold.
    pub fn semibold(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    /// The same with another anchor.
    pub fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }
}

/// What a chart draws on; all measures are CSS pixels.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    outcomes: RefCell<BTreeSet<String>>,
}

/// Elements of an SVG document, without its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fragment {
    /// The elements, one per line.
    pub svg: String,
    /// The ids of the outcomes that it shows.
    pub outcomes: BTreeSet<String>,
}

/// What `draw` draws on a sheet of `width` by `height`.
pub(super) fn fragment(
    (width, height): (f64, f64),
    draw: impl FnOnce(&Canvas) -> Result<(), ChartError>,
) -> Result<Fragment, ChartError> {
    let mut raw = String::new();
    let size = (scaled(width).unsigned_abs(), scaled(height).unsigned_abs());
    let area = SVGBackend::with_string(&mut raw, size).into_drawing_area();
    let canvas = Canvas { area, outcomes: RefCell::default() };
    draw(&canvas)?;
    canvas.area.present().map_err(refused)?;
    let outcomes = canvas.outcomes.take();
    drop(canvas);
    Ok(Fragment { svg: finished(&raw), outcomes })
}

/// The elements of the backend's document, with the real weight of the bundled bold font and
/// without line breaks inside text.
fn finished(raw: &str) -> String {
    let mut out = String::new();
    let mut lines = raw.lines().skip(1).filter(|line| *line != "</svg>");
    while let Some(line) = lines.next() {
        if !line.starts_with("<text") {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let (content, end) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        match content.strip_prefix(STRUCTURE) {
            Some(structure) => out.push_str(&group(structure)),
            None => {
                // Labels hold no line breaks and no bare quotes, so neither the lines nor the
                // attribute can be theirs.
                out.push_str(&line.replace("font-weight=\"bold\"", "font-weight=\"600\""));
                out.push_str(content);
                out.push_str(end);
            }
        }
        out.push('\n');
    }
    out
}

/// The tag for a text that began with [`STRUCTURE`]. The backend has escaped the rest of the text.
fn group(structure: &str) -> String {
    let mut letters = structure.chars();
    let kind = letters.next();
    let text = letters.as_str();
    match kind {
        Some(OPEN_OUTCOME) => format!("<g data-outcome=\"{text}\">"),
        Some(OPEN_MARK) => format!("<g class=\"mark\"><title>{text}</title>"),
        Some(HOVER) => {
            let mut parts = text.splitn(5, ' ');
            let [x, y, width, height, words] = [(); 5].map(|()| parts.next().unwrap_or_default());
            format!(
                "<rect class=\"mark\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                 fill=\"none\" pointer-events=\"all\"><title>{words}</title></rect>"
            )
        }
        _ => "</g>".to_owned(),
    }
}

/// `text` as the value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn scaled(length: f64) -> i32 {
    (length * OVERSIZE).round() as i32
}

fn grid_point((x, y): Point) -> (i32, i32) {
    (scaled(x), scaled(y))
}

fn refused(error: impl std::fmt::Display) -> ChartError {
    ChartError::Draw(error.to_string())
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    ShapeStyle::from(ink(colour)).stroke_width(scaled(width).unsigned_abs().max(1))
}

/// A colour as a type of the drawing library.
fn ink(Colour(red, green, blue): Colour) -> RGBColor {
    RGBColor(red, green, blue)
}

impl<'a> Canvas<'a> {
    /// Puts what `draw` draws into a group about the outcome with this id.
    pub fn outcome(
        &self,
        id: &str,
        draw: impl FnOnce(&Self) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        self.outcomes.borrow_mut().insert(id.to_owned());
        self.group(OPEN_OUTCOME, id, draw)
    }

    /// Makes what `draw` draws one mark with the tooltip `words`, which give its value.
    pub fn mark(
        &self,
        words: &str,
        draw: impl FnOnce(&Self) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        self.group(OPEN_MARK, words, draw)
    }

    fn group(
        &self,
        kind: char,
        text: &str,
        draw: impl FnOnce(&Self) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        self.structure(kind, text)?;
        draw(self)?;
        self.structure(CLOSE, "")
    }

    /// Puts an invisible area with the tooltip `words` between two corners.
    pub fn hover(&self, from: Point, to: Point, words: &str) -> Result<(), ChartError> {
        let ((x, y), (right, bottom)) = (grid_point(from), grid_point(to));
        let (width, height) = ((right - x).max(1), (bottom - y).max(1));
        self.structure(HOVER, &format!("{x} {y} {width} {height} {words}"))
    }

    fn structure(&self, kind: char, text: &str) -> Result<(), ChartError> {
        let style = FontDesc::new(FontFamily::Name(FAMILY), 1.0, Weight::Regular.style());
        let text = format!("{STRUCTURE}{kind}{}", clean(text));
        self.draw(&Text::new(text, (0, 0), style.color(&ink(PAPER))))
    }

    /// A line through all `points`.
    pub fn path(&self, points: &[Point], colour: Colour, width: f64) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().copied().map(grid_point).collect();
        self.draw(&PathElement::new(points, stroke(colour, width)))
    }

    /// A dashed line through all `points`.
    pub fn dashed(&self, points: &[Point], colour: Colour, width: f64) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().copied().map(grid_point).collect();
        let (dash, space) = (scaled(4.0), scaled(4.0));
        self.draw(&DashedPathElement::new(points, dash, space, stroke(colour, width)))
    }

    /// A filled area; `opacity` lies between 0 and 1.
    pub fn polygon(
        &self,
        points: &[Point],
        colour: Colour,
        opacity: f64,
    ) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().copied().map(grid_point).collect();
        self.draw(&Polygon::new(points, ink(colour).mix(opacity)))
    }

    /// A filled rectangle between two corners.
    pub fn rectangle(&self, from: Point, to: Point, colour: Colour) -> Result<(), ChartError> {
        self.draw(&Rectangle::new([grid_point(from), grid_point(to)], ink(colour).filled()))
    }

    /// A filled circle.
    pub fn dot(&self, centre: Point, radius: f64, colour: Colour) -> Result<(), ChartError> {
        self.draw(&Circle::new(grid_point(centre), scaled(radius), ink(colour).filled()))
    }

    /// One line of text whose base line is at `at`.
    pub fn text(
        &self,
        text: &str,
        (x, baseline): Point,
        face: TextStyle,
    ) -> Result<(), ChartError> {
        let family = FontFamily::Name(FAMILY);
        let size = (face.size * OVERSIZE).round();
        let anchor = match face.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = FontDesc::new(family, size * BACKEND_TEXT_RATIO, face.weight.style())
            .color(&ink(face.colour))
            .pos(Pos::new(anchor, VPos::Top));
        let at = grid_point((x, baseline - TOP_TO_BASELINE * face.size));
        self.draw(&Text::new(clean(text), at, style))
    }

    /// One line of text, its capitals and digits centred on the height of `at`.
    pub fn text_centred(
        &self,
        text: &str,
        (x, y): Point,
        face: TextStyle,
    ) -> Result<(), ChartError> {
        self.text(text, (x, y + HALF_CAPITAL * face.size), face)
    }

    fn draw<'b, E>(&'b self, element: &'b E) -> Result<(), ChartError>
    where
        &'b E: PointCollection<'b, (i32, i32)>,
        E: Drawable<SVGBackend<'a>>,
    {
        self.area.draw(element).map_err(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::super::probe::sheet;
    use super::super::text::Ruler;
    use super::super::theme::{ACCENT, INK};
    use super::*;

    #[test]
    fn the_sheet_keeps_its_size_and_is_drawn_four_times_as_large() {
        Ruler::new().unwrap();
        let svg = sheet(100.0, 50.0, "A \"name\" & <more>", |canvas| {
            canvas.text("a < b", (10.0, 20.0), TextStyle::new(13.0, INK).semibold())?;
            canvas.rectangle((1.0, 2.0), (3.5, 4.25), ACCENT)
        })
        .unwrap();
        assert_holds(
            &svg,
            &[
                "width=\"100\" height=\"50\" viewBox=\"0 0 400 200\"",
                "aria-label=\"A &quot;name&quot; &amp; &lt;more&gt;\"",
                "fill=\"#1B2430\" font-weight=\"600\">a &lt; b</text>",
                "<rect x=\"4\" y=\"8\" width=\"10\" height=\"9\"",
            ],
        );
        assert!(svg.trim_end().ends_with("</svg>"));
    }

    fn assert_holds(svg: &str, parts: &[&str]) {
        for part in parts {
            assert!(svg.contains(part), "{part} is not in\n{svg}");
        }
    }

    #[test]
    fn text_that_looks_like_markup_of_the_backend_is_left_alone() {
        Ruler::new().unwrap();
        let label = "<text font-weight=\"bold\">";
        let svg = sheet(100.0, 50.0, label, |canvas| {
            canvas.text(label, (0.0, 20.0), TextStyle::new(12.0, INK))
        })
        .unwrap();
        assert!(svg.contains(">&lt;text font-weight=&quot;bold&quot;&gt;</text>"));
    }

    #[test]
    fn groups_say_what_they_are_about_and_hold_what_was_drawn() {
        Ruler::new().unwrap();
        let svg = sheet(100.0, 50.0, "Groups", |canvas| {
            canvas.outcome("a\"b", |canvas| {
                canvas.mark("1 < 2\n& so on", |canvas| {
                    canvas.rectangle((0.0, 0.0), (1.0, 1.0), ACCENT)
                })
            })?;
            canvas.text("\u{1}c", (10.0, 20.0), TextStyle::new(13.0, INK))
        })
        .unwrap();
        assert_holds(
            &svg,
            &[
                "<g data-outcome=\"a&quot;b\">\n<g class=\"mark\"><title>1 &lt; 2 &amp; so on</title>\n<rect",
                "/>\n</g>\n</g>\n",
                ">c</text>",
            ],
        );
        assert_eq!(svg.matches("</g>").count(), 2);
    }
}
