//! A heat map: a result against two swept values, with a cell for each pair of them.

use super::cells::{Cells, Fill};
use super::chart_trait::Chart;
use super::data::ChartData;
use super::drawing::Drawing;
use super::error::ChartError;
use super::frame::ChartFrame;
use super::heat_data::{HeatChart, MOST};
use super::heat_shades::HeatShades;
use super::legend::{Legend, LegendEntry, LegendMark};
use super::marks::outline;
use super::names::RowNames;
use super::panel::{PlotPanel, TICK_ROOM};
use super::scale::Scale;
use super::shades::ink_on;
use super::svg::{Anchor, Canvas, TextStyle};
use super::text::{Ruler, Weight};
use super::theme::{GRID, INK, LABEL_SIZE, MARGIN, MUTED, PAPER, TICK_SIZE, WIDTH};
use crate::format::listed;

const ROW: f64 = 34.0;
const TALLEST: f64 = 560.0;
const WIDEST_CELL: f64 = 110.0;
/// The part of the chart's width that labels of the vertical axis may take.
const NAMES: f64 = 0.24;
const NAME_GAP: f64 = 10.0;
/// The room above the cells for the name of the vertical axis, and below the ticks for the other.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 24.0;
/// The height of the line that says what is left out.
const NOTE: f64 = 24.0;
/// The height of a label of the vertical axis, and the thickness of the line where the sign changes.
const NAME_HEIGHT: f64 = 15.0;
const BORDER: f64 = 2.0;

impl Chart for HeatChart {
    fn title(&self) -> &str {
        &self.title
    }

    fn alt(&self) -> String {
        let all = || self.cells.iter().flatten().map(|cell| cell.estimate.value);
        let ends = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        if all().next().is_none() {
            return format!("{}: no cells.", self.of);
        }
        format!(
            "{} along {} and {}: from {} to {}.",
            self.of,
            self.across.name,
            self.upwards.name,
            self.unit.text(ends.0),
            self.unit.text(ends.1)
        )
    }

    fn data(&self) -> ChartData {
        let names = [self.upwards.name.as_str(), self.across.name.as_str()];
        let head = names.into_iter().chain([self.of.as_str(), "95 % interval"]);
        let mut table = ChartData::new(head);
        for (row, cells) in self.cells.iter().enumerate().take(self.upwards.values.len()) {
            for (column, cell) in cells.iter().enumerate().take(self.across.values.len()) {
                let (low, high) = cell.estimate.ends();
                table.row([
                    self.upwards.values.cell(row),
                    self.across.values.cell(column),
                    self.unit.quantity(cell.estimate.value).into(),
                    self.unit.interval(low, high).into(),
                ]);
            }
        }
        table
    }

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// Cells that are not one for each pair of values, and a result, an end of an interval or a swept
    /// value that cannot be drawn.
    fn drawing(&self) -> Result<Drawing, ChartError> {
        self.check()?;
        let ruler = Ruler::new()?;
        let frame = ChartFrame::new(&ruler, &self.title, &self.subtitle, &self.source);
        if self.cells.iter().all(Vec::is_empty) {
            let height = frame.head() + ROW + frame.foot();
            return frame.drawing(height, |canvas| {
                let at = (MARGIN, frame.head() + ROW / 2.0);
                canvas.text_centred("Nothing was swept", at, TextStyle::new(LABEL_SIZE, MUTED))
            });
        }
        let grid = HeatGrid::new(&ruler, self, frame.head());
        let height = grid.bottom() + frame.foot();
        frame.drawing(height, |canvas| {
            let draw = |canvas: &Canvas| grid.draw(canvas, frame.head());
            match &self.outcome {
                Some(id) => canvas.outcome(id, draw),
                None => draw(canvas),
            }
        })
    }
}

/// Where the cells of the chart are drawn.
struct HeatGrid<'a> {
    chart: &'a HeatChart,
    ruler: &'a Ruler,
    shades: HeatShades,
    legend: Legend,
    names: RowNames,
    cells: Cells,
    has_texts: bool,
    of: Vec<String>,
    note: String,
    columns: usize,
    rows: usize,
    top: f64,
    left: f64,
}

impl<'a> HeatGrid<'a> {
    fn new(ruler: &'a Ruler, chart: &'a HeatChart, head: f64) -> Self {
        let columns = chart.across.values.len().min(MOST);
        let rows = chart.upwards.values.len().min(MOST);
        let values = chart.shown().map(|cell| cell.estimate.value);
        let shades = HeatShades::new(values, chart.unit.is_difference());
        let legend = Legend::new(ruler, legend_entries(chart, &shades));
        let labels: Vec<String> = (0..rows).map(|row| chart.upwards.values.text(row)).collect();
        let names = RowNames::new(
            ruler,
            labels.iter().map(String::as_str),
            WIDTH * NAMES,
            1,
            (TICK_SIZE, Weight::Regular),
        );
        let left = MARGIN + names.widest() + NAME_GAP;
        let width = ((WIDTH - MARGIN - left) / columns as f64).min(WIDEST_CELL);
        let height = (TALLEST / rows as f64).min(ROW);
        let texts: Vec<String> = chart.shown().map(|cell| chart.text(cell)).collect();
        let has_texts = height >= 14.0 && texts.iter().all(|text| Cells::fits(ruler, text, width));
        let of = ruler.wrap(&chart.of, WIDTH - 2.0 * MARGIN, 2, TICK_SIZE, Weight::Regular);
        let top = head + of.len() as f64 * 16.0 + 6.0 + legend.height() + ABOVE;
        Self {
            cells: Cells::new(ruler, texts.iter().map(String::as_str), width, height),
            note: note(chart),
            chart,
            ruler,
            shades,
            legend,
            names,
            has_texts,
            of,
            columns,
            rows,
            top,
            left,
        }
    }

    /// The lower edge of the cells.
    fn cells_bottom(&self) -> f64 {
        self.top + self.rows as f64 * self.cells.height
    }

    fn bottom(&self) -> f64 {
        let note = if self.note.is_empty() { 0.0 } else { NOTE };
        self.cells_bottom() + self.tick_room() + BELOW + note
    }

    /// The corners of a cell.
    fn corners(&self, row: usize, column: usize) -> ((f64, f64), (f64, f64)) {
        // Numbers rise upwards.
        let row = if self.chart.upwards.values.are_numbers() { self.rows - 1 - row } else { row };
        let (width, height) = (self.cells.width, self.cells.height);
        let (x, y) = (self.left + column as f64 * width, self.top + row as f64 * height);
        ((x, y), (x + width, y + height))
    }

    fn draw(&self, canvas: &Canvas, head: f64) -> Result<(), ChartError> {
        let muted = TextStyle::new(TICK_SIZE, MUTED);
        for (line, text) in self.of.iter().enumerate() {
            canvas.text(text, (MARGIN, head + 10.0 + line as f64 * 16.0), muted)?;
        }
        self.legend.draw(canvas, head + self.of.len() as f64 * 16.0 + 6.0)?;
        let width = WIDTH - 2.0 * MARGIN;
        let upwards = self.ruler.fit(&self.chart.upwards.name, width, TICK_SIZE, Weight::Regular);
        canvas.text(&upwards, (MARGIN, self.top - 9.0), muted)?;
        let right = self.left + self.columns as f64 * self.cells.width;
        outline(canvas, (self.left, self.top), (right, self.cells_bottom()), GRID, 1.0)?;
        for row in 0..self.rows {
            let ((_, top), (_, bottom)) = self.corners(row, 0);
            let at = (self.left - NAME_GAP, (top + bottom) / 2.0);
            if self.shows_name(row) {
                let face = TextStyle::new(TICK_SIZE, INK).at(Anchor::End);
                self.names.draw(canvas, row, at, face)?;
            }
            for column in 0..self.columns {
                let words = self.words(row, column);
                canvas.mark(&words, |canvas| self.draw_cell(canvas, row, column))?;
            }
        }
        self.draw_border(canvas)?;
        self.draw_columns(canvas)?;
        if self.note.is_empty() {
            return Ok(());
        }
        canvas.text(&self.note, (MARGIN, self.bottom() - 8.0), muted)
    }

    /// Whether a row has its label: all have if there is room.
    fn shows_name(&self, row: usize) -> bool {
        let stride = (NAME_HEIGHT / self.cells.height).ceil().max(1.0) as usize;
        row.is_multiple_of(stride)
    }

    fn draw_cell(&self, canvas: &Canvas, row: usize, column: usize) -> Result<(), ChartError> {
        let cell = &self.chart.cells[row][column];
        let ((left, top), (right, bottom)) = self.corners(row, column);
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        let colour = self.shades.colour(cell.estimate.value);
        if self.has_texts {
            let text = self.chart.text(cell);
            self.cells.draw(canvas, self.ruler, middle, Fill::Tone(colour), &text)?;
        } else {
            canvas.rectangle((left + 0.5, top + 0.5), (right - 0.5, bottom - 0.5), colour)?;
        }
        if cell.is_clear || !self.chart.unit.is_difference() {
            return Ok(());
        }
        let at = if self.has_texts { (right - 6.0, top + 6.0) } else { middle };
        canvas.dot(at, 2.0, ink_on(colour, INK))
    }

    /// A line along the edges between cells of different signs.
    fn draw_border(&self, canvas: &Canvas) -> Result<(), ChartError> {
        if !self.chart.unit.is_difference() {
            return Ok(());
        }
        for row in 0..self.rows {
            for column in 0..self.columns {
                let ((left, top), (right, bottom)) = self.corners(row, column);
                if column + 1 < self.columns && differ(self.chart, (row, column), (row, column + 1))
                {
                    canvas.path(&[(right, top), (right, bottom)], INK, BORDER)?;
                }
                if row + 1 < self.rows && differ(self.chart, (row, column), (row + 1, column)) {
                    let is_above = self.corners(row + 1, column).0.1 < top;
                    let y = if is_above { top } else { bottom };
                    canvas.path(&[(left, y), (right, y)], INK, BORDER)?;
                }
            }
        }
        Ok(())
    }

    /// The cells as a panel, for the ticks below it.
    fn panel(&self) -> PlotPanel {
        PlotPanel {
            left: self.left,
            right: self.left + self.columns as f64 * self.cells.width,
            top: self.top,
            bottom: self.cells_bottom(),
            scale: Scale::shares([]),
        }
    }

    /// The ticks of the horizontal axis.
    fn ticks(&self) -> Vec<(f64, String)> {
        let tick = |column: usize| {
            let part = (column as f64 + 0.5) / self.columns as f64;
            (part, self.chart.across.values.text(column))
        };
        (0..self.columns).map(tick).collect()
    }

    /// The room for their labels.
    fn tick_room(&self) -> f64 {
        match self.chart.across.values.are_numbers() {
            true => TICK_ROOM,
            false => TICK_ROOM + self.panel().label_drop(self.ruler, &self.ticks()),
        }
    }

    /// The ticks below the cells, and the name of the horizontal axis.
    fn draw_columns(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let (panel, ticks) = (self.panel(), self.ticks());
        match self.chart.across.values.are_numbers() {
            true => panel.draw_ticks(canvas, self.ruler, &ticks)?,
            false => panel.draw_labels(canvas, self.ruler, &ticks)?,
        }
        let width = WIDTH - MARGIN - self.left;
        let name = self.ruler.fit(&self.chart.across.name, width, TICK_SIZE, Weight::Regular);
        let at = (self.left, panel.bottom + self.tick_room() + BELOW - 10.0);
        canvas.text(&name, at, TextStyle::new(TICK_SIZE, MUTED))
    }

    /// The tooltip of a cell.
    fn words(&self, row: usize, column: usize) -> String {
        let HeatChart { across, upwards, unit, .. } = self.chart;
        let cell = &self.chart.cells[row][column];
        let unclear = match cell.is_clear || !unit.is_difference() {
            true => "",
            false => "; cannot be told from zero",
        };
        format!(
            "{} {}, {} {}: {}{unclear}",
            upwards.name,
            upwards.values.text(row),
            across.name,
            across.values.text(column),
            cell.estimate.words(*unit)
        )
    }
}

/// Whether one of two cells is above zero and the other below.
fn differ(chart: &HeatChart, a: (usize, usize), b: (usize, usize)) -> bool {
    let [a, b] = [a, b].map(|(row, column)| chart.cells[row][column].estimate.value);
    (a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0)
}

fn legend_entries(chart: &HeatChart, shades: &HeatShades) -> Vec<LegendEntry> {
    let sample = |value: f64| {
        let mark = match shades.colour(value) {
            PAPER => LegendMark::Outline(GRID),
            colour => LegendMark::Square(colour),
        };
        LegendEntry::new(mark, &chart.unit.text(value))
    };
    let mut entries: Vec<LegendEntry> = shades.samples().into_iter().map(sample).collect();
    if chart.unit.is_difference() {
        if chart.shown().any(|cell| !cell.is_clear) {
            entries.push(LegendEntry::new(LegendMark::Dot(INK), "cannot be told from zero"));
        }
        let signs = || chart.shown().map(|cell| cell.estimate.value);
        if signs().any(|value| value > 0.0) && signs().any(|value| value < 0.0) {
            entries.push(LegendEntry::new(LegendMark::Line(INK, BORDER), "the sign changes"));
        }
    }
    entries
}

/// What is left out, in words.
fn note(chart: &HeatChart) -> String {
    let left_out = [(&chart.upwards, "rows"), (&chart.across, "columns")];
    let said = left_out.into_iter().filter_map(|(axis, what)| {
        let count = axis.values.len().checked_sub(MOST).filter(|count| *count > 0)?;
        Some(format!("{count} further {what}"))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() { String::new() } else { format!("Not shown: {}", listed(&said)) }
}

#[cfg(test)]
mod tests {
    use super::super::estimate::PlotEstimate;
    use super::super::heat_data::{HeatAxis, HeatCell};
    use super::super::probe::{assert_legible, rectangle_widths, texts};
    use super::super::swept::SweptValues;
    use super::super::unit::PlotUnit;
    use super::*;

    fn numbers(name: &str, count: usize) -> HeatAxis {
        let values = SweptValues::Numbers((0..count).map(|k| k as f64 / 10.0).collect());
        HeatAxis { name: name.to_owned(), values }
    }

    fn labels(name: &str, count: usize) -> HeatAxis {
        HeatAxis {
            name: name.to_owned(),
            values: SweptValues::Labels(vec![name.to_owned(); count]),
        }
    }

    fn cell(value: f64) -> HeatCell {
        let estimate = PlotEstimate { value, low: value, high: value };
        HeatCell { estimate, is_clear: value.abs() > 0.05 }
    }

    fn chart(
        unit: PlotUnit,
        across: HeatAxis,
        upwards: HeatAxis,
        value: impl Fn(usize, usize) -> f64,
    ) -> HeatChart {
        let (rows, columns) = (upwards.values.len(), across.values.len());
        HeatChart {
            title: "Talks avoid war where it is cheap".to_owned(),
            subtitle: "2,000 trials".to_owned(),
            source: "Seed 7".to_owned(),
            of: "Share of trials that end in War".to_owned(),
            outcome: Some("war".to_owned()),
            unit,
            across,
            upwards,
            cells: (0..rows).map(|r| (0..columns).map(|c| cell(value(r, c))).collect()).collect(),
        }
    }

    fn find(svg: &str, text: &str) -> (f64, f64) {
        let all = texts(svg);
        let found: Vec<_> = all.iter().filter(|t| t.text == text).collect();
        assert_eq!(found.len(), 1, "{text}");
        (found[0].left, found[0].top())
    }

    #[test]
    fn numbers_rise_upwards_and_labels_are_listed_downwards() {
        let value = |row: usize, column: usize| 0.1 + 0.2 * row as f64 + 0.03 * column as f64;
        let svg = chart(PlotUnit::Share, numbers("a", 2), numbers("b", 2), value).svg().unwrap();
        let (low, high) = (find(&svg, "10.0 %"), find(&svg, "30.0 %"));
        assert!(high.1 < low.1 && (high.0 - low.0).abs() < 4.0);
        let svg = chart(PlotUnit::Share, numbers("a", 2), labels("b", 2), value).svg().unwrap();
        assert!(find(&svg, "30.0 %").1 > find(&svg, "10.0 %").1);
    }

    #[test]
    fn differences_have_two_colours_dots_and_a_line_where_the_sign_changes() {
        let value = |_: usize, column: usize| [-0.4, 0.01, 0.2][column];
        let chart = chart(PlotUnit::ShareDifference, numbers("a", 3), numbers("b", 2), value);
        let svg = chart.svg().unwrap();
        assert_eq!(svg.matches("<circle").count(), 3, "two cells and the legend");
        let strongest = HeatShades::new([-0.4].into_iter(), true).colour(-0.4).to_string();
        assert_eq!(rectangle_widths(&svg, &strongest).len(), 3, "two cells and the legend");
        assert_eq!(svg.matches("<polyline").count(), 5 + 2, "ticks, outlines, an edge in each row");
        assert!(svg.contains("b 0.1, a 0.1: +1.0; cannot be told from zero</title>"));
        assert!(chart.drawing().unwrap().shows("war"));
    }

    #[test]
    fn numbers_that_do_not_fit_are_left_out() {
        let wide = chart(PlotUnit::Share, numbers("a", 30), numbers("b", 30), |_, _| 0.5);
        let written = texts(&wide.svg().unwrap());
        assert!(!written.iter().any(|t| t.text == "50.0 %" && t.top() > 200.0));
        assert_eq!(wide.svg().unwrap().matches("b 0.3, a 0.2: 50.0 %</title>").count(), 1);
    }

    #[test]
    fn few_many_and_long_names_are_legible_and_the_same_each_time() {
        let long = "A name of a value that goes on and on ".repeat(6);
        let hangul = "서울이 모스크바에 도움을 청하다".repeat(6);
        for label in ["Cost", &long, &hangul, "", "<b>&\"'", "كلفة", "Coût"] {
            for count in [0, 1, 2, 9, 45] {
                for unit in [PlotUnit::Share, PlotUnit::NumberDifference] {
                    let value = |row: usize, column: usize| ((row * 7 + column) % 10) as f64 / 9.0;
                    let mut all = vec![
                        chart(unit, numbers(label, count), numbers(label, count.min(9)), value),
                        chart(unit, labels(label, count), labels(label, count), value),
                        chart(unit, labels(label, 3), numbers(label, count), |_, _| 0.0),
                        chart(unit, numbers(label, count), labels(label, 2), |_, _| 1.0),
                    ];
                    for chart in &mut all {
                        chart.of = label.to_owned();
                        assert_legible(&chart.svg().unwrap());
                        assert_eq!(chart.svg(), chart.svg());
                    }
                }
            }
        }
    }

    #[test]
    fn any_magnitude_is_legible() {
        for unit in [PlotUnit::Number, PlotUnit::NumberDifference] {
            for magnitude in [1e-300, -5.0, 1e12, 1e299] {
                let value = |row: usize, column: usize| magnitude * (row as f64 - column as f64);
                let chart = chart(unit, numbers("a", 4), numbers("b", 4), value);
                assert_legible(&chart.svg().unwrap());
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        for bad in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            let value = |row: usize, _: usize| if row == 1 { bad } else { 0.5 };
            let chart = chart(PlotUnit::Share, numbers("a", 2), numbers("b", 2), value);
            assert!(chart.svg().is_err(), "{bad}");
        }
        let mut chart = chart(PlotUnit::Share, numbers("a", 2), numbers("b", 2), |_, _| 0.5);
        chart.cells[1].pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
        chart.cells.pop();
        assert!(matches!(chart.svg(), Err(ChartError::Length { .. })));
    }
}
