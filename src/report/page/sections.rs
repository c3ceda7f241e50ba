//! The charts, grouped by what they show.

use super::table::{PageCell, PageTable};
use super::view::{ChartFigure, ChartSection, FoldedFigures};
use super::words::{plain, sets_direction, title};
use crate::chart::ChartCell;
use crate::format::{count, counted};
use crate::report::picture::{ChartKindText, ChartPlace};
use crate::report::{ChartKind, Picture};

/// The largest number of letters in the description of a chart.
const ALT: usize = 600;
/// If a kind that is shown at once has more charts than this, only the first [`SHOWN`] of them are.
const MANY: usize = 2;
/// How many charts of a kind with too many are shown at first.
const SHOWN: usize = 1;
/// The largest number of letters in a cell of a chart's table.
const CELL: usize = 200;

/// Whether the page has charts of a kind: not where the chart of the first screen, if there is one, has
/// the same numbers.
pub(super) fn has_charts_of(kind: ChartKind, has_first: bool) -> bool {
    !(has_first && kind.text().place == ChartPlace::First)
}

/// The charts by kind, in the order of kinds. What the chart of the first screen shows already is left
/// out if there is such a chart.
pub(super) fn sections(pictures: &[Picture], has_first: bool) -> Vec<ChartSection> {
    let of_kind = |kind: ChartKind| -> Option<ChartSection> {
        let ChartKindText { word, heading, place, note, .. } = kind.text();
        if !has_charts_of(kind, has_first) {
            return None;
        }
        let own = pictures.iter().enumerate().filter(|(_, picture)| picture.kind == kind);
        let mut figures: Vec<ChartFigure> =
            own.map(|(index, picture)| figure(index, picture)).collect();
        let waits = place == ChartPlace::Behind;
        let folds = !waits && figures.len() > MANY;
        let rest = if folds { figures.split_off(SHOWN) } else { Vec::new() };
        let more = (!rest.is_empty()).then(|| FoldedFigures {
            summary: format!("{} more such charts", count(rest.len() as u64)),
            figures: rest,
        });
        (!figures.is_empty()).then(|| ChartSection {
            id: format!("charts-{word}"),
            heading: heading.to_owned(),
            note,
            control: waits.then(|| counted(figures.len() as u64, "chart")),
            figures,
            more,
        })
    };
    ChartKind::ALL.iter().copied().filter_map(of_kind).collect()
}

fn figure(index: usize, picture: &Picture) -> ChartFigure {
    let title = title(picture.drawing.title());
    let heads = picture.data.heads.iter().enumerate().map(|(column, head)| {
        let name = plain(head, CELL);
        if picture.data.is_numeric(column) { format!("#{name}") } else { name }
    });
    let heads: Vec<String> = heads.collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = PageTable::new(format!("Numbers of the chart: {title}"), &heads);
    for row in &picture.data.rows {
        let cell = |cell: &ChartCell| match cell.value() {
            Some(value) => PageCell::number(plain(&cell.text(), CELL), value),
            None => PageCell::text(plain(&cell.text(), CELL)),
        };
        table.row(row.iter().map(cell).collect());
    }
    let id = format!("chart-{index}");
    let body = picture.drawing.body(&id);
    ChartFigure {
        subtitle: plain(picture.drawing.subtitle(), ALT),
        alt: plain(&picture.alt, ALT),
        // No mark in a drawing may change the direction of the text around it.
        svg: body.chars().filter(|c| !sets_direction(*c)).collect(),
        table: (!table.rows.is_empty()).then_some(table),
        title,
        id,
    }
}
