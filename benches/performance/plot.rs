//! The plot of growth: four panels, both axes logarithmic.

use demarche::chart::{INTER_REGULAR, INTER_SEMIBOLD};
use demarche::format::number;
use demarche::numeric::ln;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, register_font,
};

use crate::Measured;
use crate::effort::Mode;
use crate::growth::{Line, Unit};

/// Everything is drawn this many times larger than shown, since the library rounds to whole
/// numbers.
const OVERSIZE: f64 = 4.0;
const FAMILY: &str = "Inter, sans-serif";
/// The library divides the size of a text by this ratio, and places the baseline this many ems
/// below.
const TEXT_RATIO: f64 = 1.24;
const BASELINE: f64 = 0.76;

const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 660.0;
const PAPER: RGBColor = RGBColor(255, 255, 255);
const INK: RGBColor = RGBColor(0x1B, 0x24, 0x30);
const MUTED: RGBColor = RGBColor(0x5B, 0x67, 0x75);
const GRID: RGBColor = RGBColor(0xE3, 0xE7, 0xEB);
const AXIS: RGBColor = RGBColor(0x8A, 0x94, 0xA0);
/// Blue for lines that are expected to be proportional, dark orange for the others.
const PROPORTIONAL: RGBColor = RGBColor(0x00, 0x72, 0xB2);
const FASTER: RGBColor = RGBColor(0xA8, 0x4A, 0x00);

/// Above this slope at the end, the title says that time grows faster than in proportion.
const FASTER_FROM: f64 = 1.1;

type Sheet<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Point = (f64, f64);

/// Draws the plot and returns the SVG document.
pub fn growth(measured: &Measured) -> String {
    for (style, font) in [(FontStyle::Normal, INTER_REGULAR), (FontStyle::Bold, INTER_SEMIBOLD)] {
        register_font(FAMILY, style, font).map_err(|_| "no font").expect("the font is sound");
    }
    let title = title(&measured.growth);
    let mut raw = String::new();
    {
        let size = ((WIDTH * OVERSIZE) as u32, (HEIGHT * OVERSIZE) as u32);
        let sheet = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        sheet.fill(&PAPER).expect("text can be written to");
        text(&sheet, &title, (24.0, 38.0), Face { size: 20.0, bold: true, ..Face::TITLE });
        let subtitle = "Time against each, on logarithmic axes. Grey and dashed: in proportion, \
                        through the last point.";
        text(&sheet, subtitle, (24.0, 60.0), Face { size: 13.5, ..Face::MUTED });
        for (index, panel) in panels(&measured.growth).iter().enumerate() {
            let left = 24.0 + 388.0 * (index % 2) as f64;
            let top = 82.0 + 272.0 * (index / 2) as f64;
            panel.draw(&sheet, (left, top));
        }
        let rounds = measured.effort.rounds;
        let quick = match measured.effort.mode {
            Mode::Whole => "",
            Mode::Quick => "A quick look. ",
            Mode::Test => "A test of the command. ",
        };
        let source = format!(
            "{quick}border-crisis without an attack, one thread, medians of {rounds} rounds, {}.",
            measured.machine.date()
        );
        text(&sheet, &source, (24.0, HEIGHT - 16.0), Face { size: 11.0, ..Face::MUTED });
        sheet.present().expect("text can be written to");
    }
    finished(&raw, &title)
}

/// What is seen, in a sentence.
fn title(lines: &[Line]) -> String {
    let meant = lines.iter().filter(|line| line.in_proportion);
    let faster: Vec<&str> =
        meant.filter(|line| line.last_slope() > FASTER_FROM).map(|line| line.what).collect();
    match faster.as_slice() {
        [] => "Time grows no faster than trials, steps, imagined plays and actions".to_owned(),
        some => format!("Time grows faster than in proportion to {}", some.join(", ")),
    }
}

/// The document with its size reduced to the intended one; the `viewBox` keeps the drawn size.
fn finished(raw: &str, name: &str) -> String {
    let (wide, high) = (WIDTH * OVERSIZE, HEIGHT * OVERSIZE);
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         viewBox=\"0 0 {wide} {high}\" role=\"figure\" aria-label=\"{name}\">\n"
    );
    let body = raw.split_once('\n').expect("the first line is the head").1;
    head + &body.replace("font-weight=\"bold\"", "font-weight=\"600\"")
}

/// Lines that share their axes.
struct Panel<'a> {
    lines: Vec<&'a Line>,
}

/// One panel for each quantity that grows.
fn panels(lines: &[Line]) -> Vec<Panel<'_>> {
    let mut all: Vec<Panel<'_>> = Vec::new();
    for line in lines {
        match all.last_mut() {
            Some(panel) if panel.lines[0].what == line.what => panel.lines.push(line),
            _ => all.push(Panel { lines: vec![line] }),
        }
    }
    all
}

/// A logarithmic axis.
struct Axis {
    values: Point,
    places: Point,
}

impl Axis {
    fn at(&self, value: f64) -> f64 {
        let share = ln(value / self.values.0) / ln(self.values.1 / self.values.0);
        self.places.0 + share * (self.places.1 - self.places.0)
    }

    /// Powers of ten, and where there are few of them also their multiples by two and five.
    fn ticks(&self) -> Vec<f64> {
        let steps = |all: &[u32]| -> Vec<f64> {
            let powers = (-9..12).map(|power: i32| format!("1e{power}"));
            let powers = powers.map(|text| text.parse::<f64>().expect("a power of ten"));
            powers
                .flat_map(|power| all.iter().map(move |step| f64::from(*step) * power))
                .filter(|value| (self.values.0..=self.values.1).contains(value))
                .collect()
        };
        let ones = steps(&[1]);
        if ones.len() >= 3 { ones } else { steps(&[1, 2, 5]) }
    }
}

impl Panel<'_> {
    fn draw(&self, sheet: &Sheet<'_>, (left, top): Point) {
        let unit = match self.lines[0].unit {
            Unit::Milliseconds => "Milliseconds",
            Unit::Microseconds => "Microseconds a trial",
        };
        let heading = format!("{unit}, by {}", self.lines[0].what);
        text(sheet, &heading, (left, top + 13.0), Face { size: 13.0, bold: true, ..Face::TITLE });
        let points = self.lines.iter().flat_map(|line| &line.points);
        let xs = points.clone().map(|(x, _)| *x);
        let ys = points.map(|(_, y)| y.median);
        let least = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::INFINITY, f64::min);
        let most = |all: &mut dyn Iterator<Item = f64>| all.fold(0.0, f64::max);
        let (low, high) = (least(&mut ys.clone()), most(&mut ys.clone()));
        let x = Axis {
            values: (least(&mut xs.clone()), most(&mut xs.clone())),
            places: (left + 52.0, left + 332.0),
        };
        let y = Axis { values: (low / 1.6, high * 2.2), places: (top + 218.0, top + 26.0) };
        for tick in y.ticks() {
            let height = y.at(tick);
            line(sheet, &[(left + 42.0, height), (left + 342.0, height)], GRID, 1.0);
            let face = Face { end: HPos::Right, ..Face::MUTED };
            text(sheet, &number(tick), (left + 36.0, height + 4.3), face);
        }
        line(sheet, &[(left + 42.0, y.places.0), (left + 342.0, y.places.0)], AXIS, 1.0);
        let mut written = f64::NEG_INFINITY;
        for value in self.lines[0].points.iter().map(|(x, _)| *x) {
            let place = x.at(value);
            line(sheet, &[(place, y.places.0), (place, y.places.0 + 4.0)], AXIS, 1.0);
            let label = number(value);
            let half = 3.6 * label.chars().count() as f64;
            if place - half > written + 4.0 {
                let face = Face { end: HPos::Center, ..Face::MUTED };
                text(sheet, &label, (place, y.places.0 + 18.0), face);
                written = place + half;
            }
        }
        for one in &self.lines {
            self.draw_line(sheet, one, &x, &y);
        }
    }

    fn draw_line(&self, sheet: &Sheet<'_>, one: &Line, x: &Axis, y: &Axis) {
        let colour = if one.in_proportion { PROPORTIONAL } else { FASTER };
        let (last_x, last_y) = {
            let (x, y) = &one.points[one.points.len() - 1];
            (*x, y.median)
        };
        // The dashed line of proportional growth is cut off at the lower edge of the panel.
        let from = x.values.0.max(last_x * y.values.0 / last_y);
        dashed(sheet, [(x.at(from), y.at(last_y * from / last_x)), (x.at(last_x), y.at(last_y))]);
        let places: Vec<Point> =
            one.points.iter().map(|(at, time)| (x.at(*at), y.at(time.median))).collect();
        line(sheet, &places, colour, 2.0);
        for place in &places {
            dot(sheet, *place, colour);
        }
        let name = if self.lines.len() > 1 { format!("{}: ", one.on) } else { String::new() };
        let label = format!("{name}slope at the end {:.2}", one.last_slope());
        // A rising line leaves room for a label above and to the left of its end.
        let end = places[places.len() - 1];
        let at = (end.0 + 5.0, end.1 - 11.0);
        // A white background behind the letters, so that grid lines do not run through them.
        let wide = 6.3 * label.chars().count() as f64;
        let behind = [place((at.0 - wide, at.1 - 11.0)), place((at.0, at.1 + 3.0))];
        let paper = Rectangle::new(behind, PAPER.filled());
        sheet.draw(&paper).expect("text can be written to");
        text(sheet, &label, at, Face { colour, end: HPos::Right, ..Face::MUTED });
    }
}

/// The style of a text.
#[derive(Clone, Copy)]
struct Face {
    size: f64,
    bold: bool,
    colour: RGBColor,
    end: HPos,
}

impl Face {
    const TITLE: Face = Face { size: 13.0, bold: false, colour: INK, end: HPos::Left };
    const MUTED: Face = Face { size: 12.0, bold: false, colour: MUTED, end: HPos::Left };
}

fn place((x, y): Point) -> (i32, i32) {
    ((x * OVERSIZE).round() as i32, (y * OVERSIZE).round() as i32)
}

fn stroke(colour: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle::from(colour).stroke_width((width * OVERSIZE).round() as u32)
}

/// Draws one line of text; its baseline begins, is centred or ends at a point.
fn text(sheet: &Sheet<'_>, text: &str, (x, baseline): Point, face: Face) {
    let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), face.size * OVERSIZE * TEXT_RATIO, style);
    let style = font.color(&face.colour).pos(Pos::new(face.end, VPos::Top));
    let at = place((x, baseline - BASELINE * face.size));
    sheet.draw(&Text::new(text.to_owned(), at, style)).expect("text can be written to");
}

fn line(sheet: &Sheet<'_>, points: &[Point], colour: RGBColor, width: f64) {
    let points: Vec<_> = points.iter().copied().map(place).collect();
    let path = PathElement::new(points, stroke(colour, width));
    sheet.draw(&path).expect("text can be written to");
}

fn dashed(sheet: &Sheet<'_>, points: [Point; 2]) {
    let points: Vec<_> = points.into_iter().map(place).collect();
    let path = DashedPathElement::new(points, 16, 16, stroke(AXIS, 1.25));
    sheet.draw(&path).expect("text can be written to");
}

fn dot(sheet: &Sheet<'_>, at: Point, colour: RGBColor) {
    let (radius, rim) = ((3.6 * OVERSIZE) as i32, (4.8 * OVERSIZE) as i32);
    for (radius, colour) in [(rim, PAPER), (radius, colour)] {
        let circle = Circle::new(place(at), radius, colour.filled());
        sheet.draw(&circle).expect("text can be written to");
    }
}
