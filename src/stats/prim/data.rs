//! What conditions are looked for in: inputs as columns, and whether an outcome came about.

/// An input: its value in each trial.
#[derive(Clone, Debug, PartialEq)]
pub enum PrimColumn {
    /// Numbers, none of them NaN.
    Real(Vec<f64>),
    /// Whole numbers, so that a limit can be one of them.
    Whole(Vec<f64>),
    /// Labels or flags, numbered from zero. Their order does not count.
    Categories(Vec<u32>),
}

impl PrimColumn {
    /// A column of numbers: whole ones, if all of them are whole.
    pub fn numbers(values: Vec<f64>) -> Self {
        let is_whole = values.iter().all(|value| value.fract() == 0.0);
        if is_whole { PrimColumn::Whole(values) } else { PrimColumn::Real(values) }
    }

    fn len(&self) -> usize {
        match self {
            PrimColumn::Real(values) | PrimColumn::Whole(values) => values.len(),
            PrimColumn::Categories(numbers) => numbers.len(),
        }
    }
}

/// Inputs of trials, and whether an outcome came about in each trial.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimData {
    pub(super) columns: Vec<PrimColumn>,
    pub(super) outcome: Vec<bool>,
}

impl PrimData {
    /// Puts columns and outcomes together.
    ///
    /// # Panics
    /// If a column has not as many values as there are outcomes, or a number is NaN.
    pub fn new(columns: Vec<PrimColumn>, outcome: Vec<bool>) -> Self {
        for column in &columns {
            assert_eq!(column.len(), outcome.len(), "a column has one value for each trial");
            if let PrimColumn::Real(values) | PrimColumn::Whole(values) = column {
                assert!(values.iter().all(|value| !value.is_nan()), "an input is NaN");
            }
        }
        PrimData { columns, outcome }
    }

    /// The lowest and the highest number of a column in all trials; `None` for labels and flags, and
    /// without trials.
    pub fn range(&self, column: usize) -> Option<(f64, f64)> {
        match &self.columns[column] {
            PrimColumn::Real(values) | PrimColumn::Whole(values) => {
                let first = values.first()?;
                let widened =
                    |(least, most): (f64, f64), value: &f64| (least.min(*value), most.max(*value));
                Some(values.iter().fold((*first, *first), widened))
            }
            PrimColumn::Categories(_) => None,
        }
    }

    /// How many of these trials there are, and in how many of them the outcome came about.
    pub(super) fn count(&self, trials: &[u32]) -> BoxCount {
        let count = trials.iter().filter(|trial| self.outcome[**trial as usize]).count();
        BoxCount { n: trials.len() as u64, count: count as u64 }
    }
}

/// How many trials lie in a box, and in how many of these the outcome came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BoxCount {
    /// The trials in the box.
    pub n: u64,
    /// Those of them with the outcome.
    pub count: u64,
}

impl BoxCount {
    /// The share of the trials in the box that have the outcome, in 0..=1; `None` without trials.
    pub fn density(self) -> Option<f64> {
        (self.n > 0).then(|| self.count as f64 / self.n as f64)
    }

    /// How much the density rises from this box to `new`, for each trial by which they differ.
    ///
    /// Source: the objective `LENIENT1` of the EMA Workbench (Kwakkel 2017, Environmental Modelling &
    /// Software 96), after Friedman & Fisher 1999, section 14.6.
    pub(super) fn gain(self, new: BoxCount) -> f64 {
        let [old, mean] = [self, new].map(|own| own.density().unwrap_or(0.0));
        if old == mean { 0.0 } else { (mean - old) / self.n.abs_diff(new.n) as f64 }
    }
}
