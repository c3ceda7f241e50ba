//! The charts, grouped by what they show, and the legend of outcomes.

use super::crop::{Cropped, crop};
use super::plain::{plain, title};
use super::table::{Cell, Table};
use super::view::{Figure, More, Outcome, Section};
use crate::chart::OutcomeName;
use crate::model::Model;
use crate::report::draw::outcome_names;
use crate::report::{Kind, Picture};
use crate::study::UNRESOLVED;

/// The most letters of a description of a chart.
const ALT: usize = 600;
/// Where a kind has more charts than this, all but the first few are folded away.
const MANY: usize = 9;
/// How many those first few are.
const SHOWN: usize = 6;
/// The most letters of a cell of a chart's table.
const CELL: usize = 200;

/// The outcomes in file order, `unresolved` last.
pub(super) fn legend(model: &Model) -> Vec<Outcome> {
    let shown = |own: OutcomeName| Outcome {
        id: own.id,
        title: title(&own.label),
        colour: own.colour.to_string(),
    };
    outcome_names(model).into_iter().map(shown).collect()
}

/// The outcomes of the legend: `unresolved` only where a chart shows it.
pub(super) fn shown(model: &Model, pictures: &[Picture]) -> Vec<Outcome> {
    let mut all = legend(model);
    let mark = format!("data-outcome=\"{UNRESOLVED}\"");
    if !pictures.iter().any(|picture| picture.svg.contains(&mark)) {
        all.pop();
    }
    all
}

/// An outcome as the page shows it, `unresolved` after the last.
pub(super) fn outcome(model: &Model, index: usize) -> Outcome {
    legend(model).swap_remove(index)
}

/// The title of an outcome, `unresolved` after the last.
pub(super) fn outcome_title(model: &Model, index: usize) -> &str {
    model.outcomes.get(index).map_or("Unresolved", |outcome| outcome.title.as_str())
}

/// The charts by kind, in the order of kinds.
pub(super) fn sections(pictures: &[Picture]) -> Vec<Section> {
    let of_kind = |kind: Kind| -> Option<Section> {
        let own = pictures.iter().enumerate().filter(|(_, picture)| picture.kind == kind);
        let mut figures: Vec<Figure> = own.map(|(index, picture)| figure(index, picture)).collect();
        let rest = if figures.len() > MANY { figures.split_off(SHOWN) } else { Vec::new() };
        let more = (!rest.is_empty())
            .then(|| More { summary: format!("{} more such charts", rest.len()), figures: rest });
        let (heading, note) = told(kind);
        (!figures.is_empty()).then(|| Section {
            id: format!("charts-{}", kind.word()),
            heading: heading.to_owned(),
            note,
            figures,
            more,
        })
    };
    Kind::ALL.into_iter().filter_map(of_kind).collect()
}

/// What charts of a kind are headed by, and how they are read.
fn told(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Outcomes => (
            "How it ended",
            "Bars: the share of trials. Whiskers: the error of having played only so many trials; \
             they do not show what nobody knows.",
        ),
        Kind::OutcomesByPolicy => (
            "Outcomes under each policy",
            "Each bar is one policy; its parts are the shares of trials that ended so.",
        ),
        Kind::OutcomesByWorld => (
            "Outcomes in each world",
            "Each bar is one world; its parts are the shares of trials that ended so.",
        ),
        Kind::Spread => (
            "How far it hangs on the assumptions",
            "Each row is an outcome. The bands show where its probability lies as what nobody knows \
             is drawn anew.",
        ),
        Kind::Buildup => (
            "How outcomes build up over time",
            "At each date, the share of trials that have ended so by then; the rest are still open.",
        ),
        Kind::Fan => (
            "How state and measures move over time",
            "The line in the middle is the median of all trials; the bands hold the middle half and \
             the middle nine in ten.",
        ),
        Kind::Shares => {
            ("Where things stand over time", "At each date, the share of trials in each state.")
        }
        Kind::EndMeasure => (
            "What it is like at the end",
            "How a measure is distributed at the end, apart for each outcome.",
        ),
        Kind::Moves => (
            "Who moves when",
            "Each field is a move at a date: the darker, the more trials in which it was made.",
        ),
        Kind::Forest => (
            "What each policy changes",
            "A dot is the change of an outcome’s share against the baseline on the same luck, with its \
             95 % interval; dots clear of nought stand out.",
        ),
        Kind::Flips => (
            "Which outcomes become which",
            "Each field counts trials that ended one way without the policy and another way with it.",
        ),
        Kind::Regret => (
            "What may be regretted",
            "How far each policy falls short of the best one in each world, by a goal.",
        ),
        Kind::Levers => (
            "Which single move changes most",
            "Each row is one move, forced or forbidden, and the outcome that it changes most.",
        ),
    }
}

fn figure(index: usize, picture: &Picture) -> Figure {
    let heads: Vec<String> = picture.table.head.iter().map(|head| plain(head, CELL)).collect();
    let numeric = |column: usize| {
        let mut cells = picture.table.rows.iter().filter_map(|row| row.get(column));
        column > 0 && cells.all(|cell| leading_number(cell).is_some() || cell.trim().is_empty())
    };
    let names: Vec<String> = heads
        .into_iter()
        .enumerate()
        .map(|(column, head)| match (head.is_empty(), numeric(column)) {
            (true, _) => "Outcome".to_owned(),
            (false, true) => format!("#{head}"),
            (false, false) => head,
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut table = Table::new(format!("Numbers of the chart: {}", title(&picture.title)), &names);
    for row in &picture.table.rows {
        let cell = |(column, text): (usize, &String)| match leading_number(text) {
            Some(value) if column > 0 => Cell::number(plain(text, CELL), value),
            _ => Cell::text(plain(text, CELL)),
        };
        table.row(row.iter().enumerate().map(cell).collect());
    }
    let chart = crop(&picture.svg);
    Figure {
        id: format!("chart-{index}"),
        title: title(&picture.title),
        subtitle: chart.as_ref().map_or_else(String::new, |chart| plain(&chart.subtitle, ALT)),
        alt: plain(&picture.alt, ALT),
        svg: chart.map_or_else(String::new, |chart| inline(&chart, &format!("chart-{index}"))),
        table: (!table.rows.is_empty()).then_some(table),
    }
}

/// The number that a cell begins with: `41.3 %`, `<0.01 %`, `−3.2`, `1,250`.
fn leading_number(text: &str) -> Option<f64> {
    let text = text.trim_start_matches(['<', '>', '+', ' ']).replace('\u{2212}', "-");
    let end = text
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',') || (*at == 0 && *c == '-')))
        .map_or(text.len(), |(at, _)| at);
    text[..end].replace(',', "").parse().ok()
}

/// A cropped chart for a place within the page: its root names the heading and
/// the description that stand beside it, and nothing in it turns text around.
fn inline(chart: &Cropped, id: &str) -> String {
    let (width, height) = chart.size;
    let mut body: String =
        chart.body.chars().filter(|c| !super::plain::sets_direction(*c)).collect();
    // What goes without saying: texts hold no bare quotes, so only attributes can match.
    for usual in [" opacity=\"1\"", " stroke=\"none\"", " font-family=\"Inter, sans-serif\""] {
        body = body.replace(usual, "");
    }
    format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"{}\" stroke-linejoin=\"round\" \
         stroke-linecap=\"round\" role=\"group\" aria-labelledby=\"{id}-title\" \
         aria-describedby=\"{id}-alt\">\n{body}</svg>",
        chart.view_box
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_sort_by_the_number_they_begin_with() {
        let numbers = ["41.3 %", "<0.01 %", "−3.2", "+1,250 bn USD", "war", ""];
        let read: Vec<Option<f64>> = numbers.iter().map(|text| leading_number(text)).collect();
        assert_eq!(read, [Some(41.3), Some(0.01), Some(-3.2), Some(1250.0), None, None]);
    }
}
