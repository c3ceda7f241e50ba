//! The assumptions on the page, each with a small drawing of its distribution.

use super::sparkline::{Middle, in_words, sparkline};
use super::table::{PageCell, PageTable};
use super::told::subject;
use super::view::AssumptionsView;
use super::words::{formula, paragraph, spaced, title};
use crate::format::{count, counted, number};
use crate::formula::Type;
use crate::model::{AssumptionInfo, Model};
use crate::report::phrases::capital;
use crate::scenario::{Notes, ScenarioFile};
use crate::study::Drawn;

/// The assumptions of a model; `drawn` holds the values drawn for the first trials.
pub(super) fn assumptions(
    scenario: &ScenarioFile,
    model: &Model,
    drawn: Option<&Drawn>,
) -> AssumptionsView {
    let heads = [
        "Assumption",
        "!Distribution",
        "#5th percentile",
        "#Median",
        "#95th percentile",
        "Drawn from",
        "Source",
    ];
    let mut uncertain = PageTable::new("Assumptions that are drawn for each trial", &heads);
    let mut fixed = PageTable::new(
        "Assumptions with a fixed value",
        &["Assumption", "#Value", "Written", "Source"],
    );
    for info in &model.assumptions {
        let of = AssumptionText::of(scenario, info);
        let first = PageCell::text(of.what).note(of.name);
        let values = drawn.and_then(|drawn| drawn.values(&info.column));
        let middle = values.and_then(Middle::of);
        let written = PageCell::code(formula(&info.formula));
        let source = PageCell::text(of.source);
        // The formula says whether it is drawn: values that are alike may have been drawn.
        if !model.varies(info.param) {
            let value = match (&info.ty, middle, values) {
                (Type::Label(_), _, Some([first, ..])) => {
                    PageCell::text(title(model.label(*first)))
                }
                (_, Some(middle), _) => {
                    PageCell::number(number(middle.median), middle.median).unit(of.unit)
                }
                _ => PageCell::nothing(),
            };
            fixed.row(vec![first, value, written, source]);
            continue;
        }
        match (&info.ty, middle, values) {
            (Type::Label(_), ..) | (_, None, _) | (.., None) => {
                let nothing = [PageCell::nothing(), PageCell::nothing(), PageCell::nothing()];
                let shown = PageCell::text(labels(model, info, values));
                let cells = [first, shown].into_iter().chain(nothing).chain([written, source]);
                uncertain.row(cells.collect());
            }
            (_, Some(middle), Some(values)) => {
                let number = |value: f64| PageCell::number(number(value), value);
                uncertain.row(vec![
                    first,
                    PageCell { svg: sparkline(values), ..PageCell::text(in_words(middle)) },
                    number(middle.low),
                    number(middle.median).unit(of.unit),
                    number(middle.high),
                    written,
                    source,
                ]);
            }
        }
    }
    AssumptionsView {
        summary: summary(&uncertain, &fixed, drawn),
        drawn: (!uncertain.rows.is_empty()).then_some(uncertain),
        fixed: (!fixed.rows.is_empty()).then_some(fixed),
    }
}

fn summary(uncertain: &PageTable, fixed: &PageTable, drawn: Option<&Drawn>) -> String {
    let (many, few) = (uncertain.rows.len() as u64, fixed.rows.len() as u64);
    let fixed = match few {
        0 => String::new(),
        some => format!(" {} more have a fixed value.", capital(&count(some))),
    };
    let shown = drawn.map_or_else(String::new, |drawn| {
        format!(
            " Bars: the values of the first {}. The line beneath runs from the 5th to the 95th \
             percentile; the dot is the median.",
            counted(drawn.trials() as u64, "trial")
        )
    });
    match many {
        0 => format!("Nothing in this scenario is drawn: all that varies is chance.{fixed}"),
        _ => format!(
            "{} drawn again for each trial, because nobody knows the true value.{fixed}{shown}",
            if many == 1 {
                "1 assumption is".to_owned()
            } else {
                format!("{many} assumptions are")
            }
        ),
    }
}

/// The shares of an assumption's labels.
fn labels(model: &Model, info: &AssumptionInfo, values: Option<&[f64]>) -> String {
    let (Type::Label(labels), Some(values)) = (&info.ty, values) else {
        return "not shown".to_owned();
    };
    let shares = labels.iter().map(|label| {
        let own = values.iter().filter(|value| **value == f64::from(label.0)).count();
        let share = own as f64 / values.len().max(1) as f64;
        format!("{} {}", title(model.label_text(*label)), crate::format::percent(share))
    });
    shares.collect::<Vec<_>>().join(", ")
}

/// What a scenario says of an assumption.
pub(super) struct AssumptionText {
    what: String,
    name: String,
    unit: Option<String>,
    /// Its source; empty where the file names none.
    pub source: String,
}

impl AssumptionText {
    /// What the scenario says of one assumption, wherever it is written.
    pub fn of(scenario: &ScenarioFile, info: &AssumptionInfo) -> Self {
        let own = scenario.assumptions.iter().find(|own| own.name.value == info.name);
        if let Some(own) = own.filter(|_| info.column.starts_with("assumptions.")) {
            let about = own.notes.about.as_deref().map(paragraph);
            return AssumptionText {
                name: if about.is_some() { title(&info.name) } else { String::new() },
                what: about.unwrap_or_else(|| spaced(&info.name)),
                unit: own.unit.as_deref().map(title),
                source: source(&own.notes),
            };
        }
        let (what, notes) = subject(scenario, &info.column);
        AssumptionText {
            what,
            name: title(&info.name),
            unit: None,
            source: notes.map_or_else(String::new, source),
        }
    }
}

fn source(notes: &Notes) -> String {
    notes.source.as_deref().map(paragraph).unwrap_or_default()
}

impl PageCell {
    /// The same with its unit after the number.
    fn unit(self, unit: Option<String>) -> Self {
        match unit {
            Some(unit) => PageCell { text: format!("{} {unit}", self.text), ..self },
            None => self,
        }
    }
}
