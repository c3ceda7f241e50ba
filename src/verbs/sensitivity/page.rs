//! The page of `sensitivity`: what it rests on.

use super::charts::{CHARTS, FIRST, value};
use super::question::{SensitivityMethod, SensitivityQuestion};
use super::single_inputs::{is_moved, width};
use super::tables::SensitivityTables;
use super::words::SensitivityWords;
use crate::format::{bare_percent_range, bare_whole_percent, count, number, unsigned_points};
use crate::report::words::quoted;
use crate::report::{ChartKind, PageCell, PageTable, RestsOn, RestsOnItem, Scene, VerbPage};
use crate::verbs::part_known::PartKnown;
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};

/// How many inputs the first screen shows.
const INPUTS: usize = 3;

impl Draw for SensitivityQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<SensitivityTables>)] = CHARTS;
    const FIRST: FirstDrawer<SensitivityTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &SensitivityTables) -> VerbPage {
        let of = SensitivityWords::new(&scene.played, tables);
        VerbPage {
            question: "What does it rest on?".to_owned(),
            lead: of.headline(),
            points: of.page_points(),
            rests_on: of.rests_on(),
            tables: match self.method {
                SensitivityMethod::Sobol => {
                    vec![of.importance_table(scene), of.variance_table(scene)]
                }
                SensitivityMethod::Morris => vec![of.morris_table(scene)],
                SensitivityMethod::OneAtATime => vec![of.point_table(scene)],
            },
            notes: vec![how_to_read(self.method).to_owned()],
            times: of.times(),
            trials: of.played_in_words(),
            certainty: certainty(self.method),
            times_taken: None,
            settled: Vec::new(),
            story: None,
        }
    }
}

/// How to read the tables of a method.
fn how_to_read(method: SensitivityMethod) -> &'static str {
    match method {
        SensitivityMethod::Sobol => {
            "Alone (S1): the part of the variance that would go if this alone were known. With others (ST): the \
             part that would stay if all but this were known. Both are parts of the variance that the inputs \
             explain, or, where it is not known that they explain anything, of all uncertainty about a single \
             trial. An estimate may be below zero where the truth is near it. Pale: not distinguishable from \
             zero."
        }
        SensitivityMethod::Morris => {
            "μ*: the mean size of what changes when the input is moved by half of its levels, per its whole \
             range. σ: how much these effects vary; where it is as large as μ*, the input acts otherwise in other \
             places. μ: the mean effect, in which ups and downs cancel."
        }
        SensitivityMethod::OneAtATime => {
            "Each input at its 10th and its 90th percentile, all others at their medians. What inputs do together \
             does not show."
        }
    }
}

/// How certain the results of a method are.
fn certainty(method: SensitivityMethod) -> &'static str {
    match method {
        SensitivityMethod::Sobol => {
            "Each row has two draws of all inputs, A and B. It was played at A, at A again, at B, and at A with one \
             input or group after another from B, every time with luck of its own, so that what is compared is the \
             expectation and not the luck (Sobol 1993; Saltelli and others 2010; Jansen 1999). Intervals are at \
             95 %, each by itself, from resampled rows or from bins of the input’s numbers. What comes first is \
             said to matter most only where its interval is clear of all others."
        }
        SensitivityMethod::Morris => {
            "Each trajectory begins at a random point of a grid of four levels and moves one input after another by \
             half of the levels, all points with the same luck (Morris 1991; Campolongo and others 2007). With luck, \
             an effect on an outcome is that on a single trial: it holds more than the effect on the probability. \
             Intervals are at 95 %, each by itself."
        }
        SensitivityMethod::OneAtATime => {
            "All points were played with the same luck. Intervals are at 95 %, each by itself; as the points share \
             their luck, differences between them are known better than the intervals say."
        }
    }
}

impl SensitivityWords<'_> {
    /// How often it was played, as the end of a sentence after the number of rows or trials.
    fn times(&self) -> String {
        let plays = self.plays_of_each();
        match self.method() {
            SensitivityMethod::Sobol => format!(" for each of the {plays} plays of a row"),
            SensitivityMethod::Morris => format!(" at each of the {plays} points of a trajectory"),
            SensitivityMethod::OneAtATime => format!(" at each of {plays} points"),
        }
    }

    fn page_points(&self) -> Vec<String> {
        let Some(of) = self.main() else { return Vec::new() };
        let mut points = Vec::new();
        points.extend(self.preferences(of));
        let row = self.variance().iter().find(|row| row.of == of);
        points.extend(row.and_then(|row| self.together(row)));
        let rows = self.importance(of);
        let unclear = rows.iter().filter(|row| !row.is_clear()).count();
        if unclear > 0 {
            points.push(format!(
                "{} of {} inputs and groups are not distinguishable from zero.",
                count(unclear as u64),
                count(rows.len() as u64)
            ));
        }
        points.extend(self.width(of));
        points.extend(self.correlated().map(str::to_owned));
        points
    }

    /// The three inputs that matter most to the main result.
    fn rests_on(&self) -> Option<RestsOn> {
        let of = self.main()?;
        let item = |input: &str, group: Option<&str>, explains: String| {
            let about = self.names.about(input);
            let shown = self.names.shown(input, group);
            let name = if about.is_some() { input.to_owned() } else { shown };
            RestsOnItem { name, about, explains, steps: None, shares: Vec::new() }
        };
        let items: Vec<RestsOnItem> = match self.method() {
            SensitivityMethod::Sobol => {
                let mut rows = self.importance(of);
                rows.retain(|row| row.is_clear());
                rows.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
                let told = rows.into_iter().take(INPUTS).map(|row| {
                    let part = |words: &str, part: Option<PartKnown>| {
                        part.map(|part| format!("{words} {}", part.words()))
                    };
                    let parts = [part("alone", row.first()), part("with others", row.total())];
                    let parts: Vec<String> = parts.into_iter().flatten().collect();
                    item(&row.input, row.group.as_deref(), parts.join(", "))
                });
                told.collect()
            }
            SensitivityMethod::Morris => {
                let mut rows = self.morris(of);
                rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
                let told = rows.into_iter().take(INPUTS);
                told.map(|row| item(&row.input, None, format!("μ* {}", self.effect(of, row))))
                    .collect()
            }
            SensitivityMethod::OneAtATime => {
                let mut points = self.points(of);
                points.retain(is_moved);
                points.sort_by(|a, b| width(b).total_cmp(&width(a)));
                let told = points.into_iter().take(INPUTS).map(|[low, _, high]| {
                    let ends = [low, high]
                        .map(|row| format!("{} at {}", self.level(of, row.share), value(row)));
                    item(&low.input, None, ends.join(", "))
                });
                told.collect()
            }
        };
        (!items.is_empty()).then(|| RestsOn {
            heading: format!("What {} rests on most", quoted(&self.names.target(of))),
            items,
            note: match self.method() {
                SensitivityMethod::Sobol => {
                    "Alone: the part of what is explained that goes with it alone. With others: with its \
                     interactions (95 %, each by itself)."
                }
                SensitivityMethod::Morris => {
                    "μ*: how much changes on average as the input goes through its whole range (95 %, each by \
                     itself)."
                }
                SensitivityMethod::OneAtATime => {
                    "At the 10th and at the 90th percentile of the input, all others at their medians."
                }
            }
            .to_owned(),
        })
    }

    fn importance_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads =
            ["Of", "Input", "#Alone, %", "#95 %, alone", "#With others, %", "#95 %, with others"];
        let mut table = PageTable::new("What each input or group explains", &heads);
        for of in self.targets() {
            let mut rows = self.importance(of);
            rows.sort_by(|a, b| b.rank().total_cmp(&a.rank()));
            for row in rows {
                let part = |part: Option<PartKnown>| match part {
                    Some(part) => [
                        PageCell::number(signed_percent(part.value), part.value),
                        PageCell::number(
                            bare_percent_range(part.low, part.high.min(1.0)),
                            part.low,
                        ),
                    ],
                    None => [PageCell::nothing(), PageCell::nothing()],
                };
                let [first, first_interval] = part(row.first());
                let [total, total_interval] = part(row.total());
                let name = self.names.shown(&row.input, row.group.as_deref());
                let note = if name == row.input { String::new() } else { row.input.clone() };
                let shown = table.row(vec![
                    target_cell(self, scene, of),
                    PageCell::text(crate::report::words::title(&name))
                        .note(crate::report::words::title(&note)),
                    first,
                    first_interval,
                    total,
                    total_interval,
                ]);
                shown.strong = row.is_clear();
                shown.outcome = self.names.is_outcome(of).then(|| of.to_owned());
            }
        }
        table
    }

    fn variance_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = [
            "Of",
            "#Mean",
            "#95 %",
            "#V, variance with the inputs",
            "#95 % of V",
            "#Of all uncertainty, %",
            "#95 % of that",
        ];
        let mut table = PageTable::new("How much is explained at all", &heads);
        for row in self.variance() {
            let range = |ends: Option<(f64, f64)>| match ends {
                Some((low, high)) => {
                    let text = crate::format::number_range(low, high);
                    PageCell::number(text, low)
                }
                None => PageCell::nothing(),
            };
            let value = |value: Option<f64>| match value {
                Some(value) => PageCell::number(number(value), value),
                None => PageCell::nothing(),
            };
            let mean = match (self.is_share(&row.of), row.mean_low.zip(row.mean_high)) {
                (true, Some((low, high))) => {
                    PageCell::number(bare_percent_range(low, high) + " %", low)
                }
                (_, ends) => range(ends),
            };
            let part = PartKnown::of(row.part, row.part_low, row.part_high);
            let shown = table.row(vec![
                target_cell(self, scene, &row.of),
                PageCell::number(self.level(&row.of, row.mean), row.mean),
                mean,
                value(row.V),
                range(row.V_low.zip(row.V_high)),
                part.map_or_else(PageCell::nothing, |part| {
                    PageCell::number(signed_percent(part.value), part.value)
                }),
                part.map_or_else(PageCell::nothing, |part| {
                    PageCell::number(bare_percent_range(part.low, part.high), part.low)
                }),
            ]);
            shown.strong = row.is_clear();
            shown.outcome = self.names.is_outcome(&row.of).then(|| row.of.clone());
        }
        table
    }

    fn morris_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = ["Of", "Input", "#μ*", "#95 %", "#σ", "#μ"];
        let mut table = PageTable::new("Effects, the largest first", &heads);
        for of in self.targets() {
            let size = |value: f64| match self.is_share(of) {
                true => unsigned_points(value),
                false => number(value),
            };
            let mut rows = self.morris(of);
            rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
            for row in rows {
                let sign = if row.mu < 0.0 { "−" } else { "" };
                let shown = table.row(vec![
                    target_cell(self, scene, of),
                    self.input_cell(&row.input),
                    PageCell::number(size(row.mu_star), row.mu_star),
                    PageCell::number(
                        format!("{} to {}", size(row.mu_star_low), size(row.mu_star_high)),
                        row.mu_star_low,
                    ),
                    PageCell::number(size(row.sigma), row.sigma),
                    PageCell::number(format!("{sign}{}", size(row.mu.abs())), row.mu),
                ]);
                shown.outcome = self.names.is_outcome(of).then(|| of.to_owned());
            }
        }
        table
    }

    fn point_table(&self, scene: &Scene<'_>) -> PageTable {
        let heads = [
            "Of",
            "Input",
            "10th percentile",
            "#Result there",
            "90th percentile",
            "#Result there",
            "#At the medians",
        ];
        let mut table = PageTable::new("One input at a time, the widest first", &heads);
        for of in self.targets() {
            let mut points = self.points(of);
            points.sort_by(|a, b| width(b).total_cmp(&width(a)));
            for rows in points {
                let [low, middle, high] = rows;
                let level = |row: &super::tables::OneAtATimeRow| {
                    let text = self.level(of, row.share);
                    let note =
                        row.mc_low.zip(row.mc_high).map(|(low, high)| match self.is_share(of) {
                            true => format!("{} %", bare_percent_range(low, high)),
                            false => crate::format::number_range(low, high),
                        });
                    PageCell::number(text, row.share).note(note.unwrap_or_default())
                };
                let shown = table.row(vec![
                    target_cell(self, scene, of),
                    self.input_cell(&low.input),
                    PageCell::text(value(low)),
                    level(low),
                    PageCell::text(value(high)),
                    level(high),
                    level(middle),
                ]);
                shown.strong = is_moved(&rows);
                shown.outcome = self.names.is_outcome(of).then(|| of.to_owned());
            }
        }
        table
    }

    /// A single input, with its name below what it is.
    fn input_cell(&self, input: &str) -> PageCell {
        use crate::report::words::title;
        match self.names.about(input) {
            Some(about) => PageCell::text(title(&about)).note(title(input)),
            None => PageCell::text(title(input)),
        }
    }
}

/// An outcome with its colour, or another result.
fn target_cell(words: &SensitivityWords<'_>, scene: &Scene<'_>, of: &str) -> PageCell {
    match words.names.is_outcome(of) {
        true => PageCell::outcome(scene, of),
        false => PageCell::text(crate::report::words::title(&words.names.target(of))),
    }
}

/// A percentage of an estimate that may be below zero.
fn signed_percent(part: f64) -> String {
    bare_whole_percent(part.clamp(-9.99, 9.99))
}
