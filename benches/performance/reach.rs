//! The performance goals, and which of them were reached.

use serde_json::{Value, json};

use crate::Measured;
use crate::contest::measure::{BY_HAND, ENGINE, NUMPY, PLAIN_PYTHON, PLAIN_RUST};
use crate::effort::Mode;
use crate::engines::{KOREA, pace};
use crate::figure::{Figure, number};

/// Time with a slope up to this counts as proportional, within noise.
const IN_PROPORTION: f64 = 1.1;

/// A row of the table.
pub struct Row {
    pub what: String,
    /// What was measured, or `None` if it could not be.
    figure: Option<Figure>,
    unit: &'static str,
    must: f64,
    aim: Option<f64>,
    better: Better,
    /// Whether it was measured over as many trials as the goals are meant for.
    judged: bool,
}

/// Which way is better.
#[derive(Clone, Copy, PartialEq)]
enum Better {
    More,
    Less,
}

impl Row {
    fn more(what: impl Into<String>, figure: Option<Figure>, must: f64, aim: f64) -> Self {
        let (what, aim, better) = (what.into(), Some(aim), Better::More);
        Row { what, figure, unit: "×", must, aim, better, judged: true }
    }

    fn less(what: impl Into<String>, figure: Option<Figure>, must: f64, aim: Option<f64>) -> Self {
        let (what, better) = (what.into(), Better::Less);
        Row { what, figure, unit: "×", must, aim, better, judged: true }
    }

    /// What was measured, as text.
    pub fn shown(&self) -> String {
        let figure = self.figure.as_ref();
        figure.map_or_else(|| "not measured here".to_owned(), |figure| figure.shown_in(self.unit))
    }

    /// A goal, as text.
    fn bound(&self, line: f64) -> String {
        let (unit, digits) = (self.unit, format!("{line}"));
        let most = if self.better == Better::Less { "≤ " } else { "" };
        format!("{most}{digits}{unit}")
    }

    /// Whether a goal was reached, judged by the median as printed, or `None` if that is unknown.
    fn reached(&self, line: f64) -> Option<bool> {
        if !self.judged {
            return None;
        }
        let shown = number(self.figure.as_ref()?.median).replace(',', "");
        let value: f64 = shown.parse().expect("a number that was just written");
        Some(match self.better {
            Better::More => value >= line,
            Better::Less => value <= line,
        })
    }

    /// The cells of the table.
    fn cells(&self) -> [String; 5] {
        let aim = self.aim.map_or(String::new(), |aim| self.bound(aim));
        let reached = match (self.reached(self.must), self.aim.and_then(|aim| self.reached(aim))) {
            (None, _) => "",
            (Some(_), Some(true)) => "aim",
            (Some(true), _) => "must",
            (Some(false), _) => "no",
        };
        [self.what.clone(), self.shown(), self.bound(self.must), aim, reached.to_owned()]
    }

    /// The row as JSON.
    pub fn json(&self) -> Value {
        json!({
            "what": self.what,
            "figure": self.figure.as_ref().map(Figure::json),
            "must": self.must,
            "aim": self.aim,
            "must_reached": self.reached(self.must),
            "aim_reached": self.aim.and_then(|aim| self.reached(aim)),
        })
    }
}

/// The table.
pub fn table(rows: &[Row]) -> String {
    let mut text = "| what | measured | must | aim | reached |\n|---|---|---|---|---|\n".to_owned();
    for row in rows {
        text += &format!("| {} |\n", row.cells().join(" | "));
    }
    text.trim_end().to_owned()
}

/// How many goals were reached, in a sentence.
pub fn sentence(rows: &[Row]) -> String {
    let musts: Vec<bool> = rows.iter().filter_map(|row| row.reached(row.must)).collect();
    let aims: Vec<bool> =
        rows.iter().filter_map(|row| row.aim.and_then(|aim| row.reached(aim))).collect();
    let count = |all: &[bool]| all.iter().filter(|reached| **reached).count();
    format!(
        "Of {} required goals, {} are reached; of {} further aims, {}.",
        musts.len(),
        count(&musts),
        aims.len(),
        count(&aims)
    )
}

/// All rows.
pub fn rows(measured: &Measured) -> Vec<Row> {
    let rates = |name, foresight| {
        pace(&measured.rivals, name, foresight).map(|pace| pace.rates.all.as_slice())
    };
    let against =
        |name, foresight| Some(Figure::ratio(rates(ENGINE, foresight)?, rates(name, foresight)?));
    let korea = measured.against.iter().find(|against| against.scenario == KOREA);
    let runs = &measured.commands;
    let ratio = |[a, b]: &[Figure; 2]| Figure::ratio(&a.all, &b.all);
    let memory = runs
        .memory
        .as_ref()
        .map(|[few, many]| Figure::of(many.all.iter().map(|many| many / few.median).collect()));
    let file = Figure::ratio(&runs.file[1].all, &runs.file[0].all);
    let growing = measured.growth.iter().filter(|line| line.in_proportion);
    let steepest = growing.map(|line| line.last_slope()).fold(f64::NEG_INFINITY, f64::max);
    let effort = measured.effort;
    let whole = effort.mode == Mode::Whole;
    let [few, many] = effort.memory.map(count);
    let (file_trials, korea_trials) = (count(effort.file), count(effort.korea));
    let alone_trials = count(effort.alone);
    vec![
        Row::more("lanes / NumPy, trials/s, `border-crisis`", against(NUMPY, 0), 1.0, 1.8),
        Row::more("lanes / hand-written Rust", against(BY_HAND, 0), 0.4, 0.8),
        Row::more("lanes / plain Rust", against(PLAIN_RUST, 0), 1.0, 2.0),
        Row::more(
            "lanes / hand-written Rust, both with foresight 2",
            against(BY_HAND, 2),
            0.7,
            1.2,
        ),
        Row::more("lanes / plain Python", against(PLAIN_PYTHON, 0), 70.0, 120.0),
        Row::more(
            "lanes / reference interpreter, `korea-2017`",
            korea.map(|against| against.times()),
            20.0,
            50.0,
        ),
        Row::less(
            "time of an imagined step / a real one",
            Some(measured.ahead.times()),
            1.2,
            Some(0.8),
        ),
        Row::more("two threads / one", Some(ratio(&runs.threads)), 1.85, 1.95),
        Row::less(
            format!("command / engine alone, {alone_trials} trials on one thread, time"),
            Some(ratio(&runs.alone)),
            1.1,
            Some(1.05),
        )
        .judged_if(whole),
        Row::less(format!("peak memory, {many} trials / {few}"), memory, 1.2, Some(1.05))
            .judged_if(whole),
        Row::less(
            format!("{file_trials} trials with `--trials parquet` / without, time"),
            Some(file),
            2.0,
            Some(1.3),
        )
        .judged_if(whole),
        Row::less(
            "growth with trials, steps, imagined plays, actions: steepest slope at the end",
            Some(Figure::of(vec![steepest])),
            IN_PROPORTION,
            None,
        )
        .in_unit(""),
        Row::less(
            format!("`korea-2017`, {korea_trials} trials, as a command"),
            Some(runs.korea.clone()),
            60.0,
            None,
        )
        .in_unit(" s")
        .judged_if(whole),
    ]
}

impl Row {
    fn in_unit(self, unit: &'static str) -> Self {
        Row { unit, ..self }
    }

    fn judged_if(self, judged: bool) -> Self {
        Row { judged, ..self }
    }
}

/// A number of trials as text; a power of ten is written as a power.
pub fn count(trials: u64) -> String {
    const HIGH: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = trials.to_string();
    let power = digits.len() - 1;
    if power >= 5 && digits[1..].chars().all(|digit| digit == '0') && digits.starts_with('1') {
        return format!("10{}", HIGH[power % 10]);
    }
    crate::figure::grouped(trials as f64)
}
