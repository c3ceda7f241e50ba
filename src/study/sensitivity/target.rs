//! What an analysis is of: an outcome, or a number at the end of a trial.

use serde::{Deserialize, Serialize};

use crate::diagnostic::no_such;
use crate::engine::TrialBlock;
use crate::formula::Type;
use crate::model::Model;
use crate::stats::{Interval, PairedMean, clopper_pearson};
use crate::study::ends::{End, EndKind, ends};

/// What an analysis is of. Every trial has a value of it: 1 or 0 for an outcome, for a flag and for
/// whether a label has a value, else a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its name: an outcome's id, `state.x`, `measures.x`, `utility.a`, and `state.phase:war` for whether a
    /// label has a value.
    pub name: String,
    value: TargetValue,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum TargetValue {
    /// Whether the trial ended in the outcome at this position.
    Outcome(usize),
    /// A number at its end.
    End(End),
}

impl Target {
    /// The outcomes in file order, unresolved last.
    pub fn outcomes(model: &Model) -> Vec<Self> {
        let outcome =
            |at| Target { name: model.outcome_id(at).to_owned(), value: TargetValue::Outcome(at) };
        (0..=model.outcomes.len()).map(outcome).collect()
    }

    /// All that an analysis of a model can be of.
    pub fn all(model: &Model) -> Vec<Self> {
        let numbers = ends(model).into_iter().map(Target::from);
        Self::outcomes(model).into_iter().chain(numbers).collect()
    }

    /// What is called so.
    ///
    /// # Errors
    ///
    /// That nothing is, with the nearest name and all there are; that it is a label, with what can be
    /// asked instead.
    pub fn called(model: &Model, name: &str) -> Result<Self, String> {
        let all = Self::all(model);
        if let Some(own) = all.iter().find(|own| own.name == name) {
            return Ok(own.clone());
        }
        let column = name.strip_prefix("state.").or_else(|| name.strip_prefix("measures."));
        let is_label = model.series().any(|series| {
            Some(series.name.as_str()) == column && matches!(series.ty, Type::Label(_))
        });
        if is_label {
            let prefix = format!("{name}:");
            let values = all.iter().filter(|own| own.name.starts_with(&prefix));
            let values: Vec<String> = values.map(|own| format!("`{}`", own.name)).collect();
            return Err(format!(
                "`{name}` is a label, and labels have no mean\n  ask how often it has a value: {}",
                values.join(", ")
            ));
        }
        Err(no_such("outcome or number", name, all.iter().map(|own| own.name.as_str())))
    }

    /// The position of the outcome that it is; `None` for a number.
    pub fn outcome(&self) -> Option<usize> {
        match &self.value {
            TargetValue::Outcome(at) => Some(*at),
            TargetValue::End(_) => None,
        }
    }

    /// Whether it needs the actors' utilities.
    pub fn is_utility(&self) -> bool {
        match &self.value {
            TargetValue::Outcome(_) => false,
            TargetValue::End(end) => end.kind == EndKind::Utility,
        }
    }

    /// Its unit, where the file gives one.
    pub fn unit(&self) -> Option<&str> {
        match &self.value {
            TargetValue::Outcome(_) => None,
            TargetValue::End(end) => end.unit.as_deref(),
        }
    }

    /// Whether its values are 0 and 1, so that its mean is a share of trials.
    pub fn is_share(&self, model: &Model) -> bool {
        match &self.value {
            TargetValue::Outcome(_) => true,
            TargetValue::End(end) => end.is_share(model),
        }
    }

    /// The lowest and the highest value that it can have, where the file tells.
    pub fn range(&self, model: &Model) -> Option<(f64, f64)> {
        match &self.value {
            TargetValue::Outcome(_) => Some((0.0, 1.0)),
            TargetValue::End(end) => end.range(model),
        }
    }

    /// Writes the values of consecutive trials into `out`.
    pub fn read(&self, block: &TrialBlock, out: &mut Vec<f64>) {
        match &self.value {
            TargetValue::Outcome(at) => {
                out.clear();
                let ended = |outcome: &u32| f64::from(u8::from(*outcome as usize == *at));
                out.extend(block.outcomes.iter().map(ended));
            }
            TargetValue::End(end) => end.read(block, out),
        }
    }
}

impl From<End> for Target {
    fn from(end: End) -> Self {
        let place = match end.kind {
            EndKind::State => "state",
            EndKind::Measure => "measures",
            EndKind::Utility => "utility",
        };
        Target { name: format!("{place}.{}", end.name), value: TargetValue::End(end) }
    }
}

/// The mean of a target over independent trials, or over the means of independent rows of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetMean {
    /// Of the distances from the lowest value that the target can have, where there is one.
    above: PairedMean,
    /// How many values were neither 0 nor 1.
    fractions: u64,
}

impl TargetMean {
    /// No trials yet, from a trial on.
    pub(in crate::study) fn from(first: u64) -> Self {
        TargetMean { above: PairedMean::from(first), fractions: 0 }
    }

    /// Joins the trials that follow.
    pub(in crate::study) fn join(&mut self, later: Self) {
        self.above.join(later.above);
        self.fractions += later.fractions;
    }

    /// Adds values of the target.
    pub fn add_all(&mut self, target: &Target, model: &Model, values: &[f64]) {
        let low = target.range(model).map_or(0.0, |(low, _)| low);
        let above: Vec<f64> = values.iter().map(|value| value - low).collect();
        self.above.add_all(&above);
        self.fractions +=
            values.iter().filter(|value| **value != 0.0 && **value != 1.0).count() as u64;
    }

    /// The mean; zero of nothing.
    pub fn mean(&self, target: &Target, model: &Model) -> f64 {
        let low = target.range(model).map_or(0.0, |(low, _)| low);
        self.above.moments().mean().map_or(0.0, |mean| mean + low)
    }

    /// Its interval, where `comparisons` of them are to hold at once with probability `level` (Bonferroni);
    /// `None` where too few values differ to tell. Of zeros and ones it is that of Clopper and Pearson, else
    /// see [`PairedMean::interval`].
    ///
    /// # Panics
    ///
    /// As [`PairedMean::interval`].
    pub fn interval(
        &self,
        target: &Target,
        model: &Model,
        level: f64,
        comparisons: u64,
    ) -> Option<Interval> {
        if target.is_share(model) && self.fractions == 0 {
            let ones = self.above.differing();
            return Some(clopper_pearson(ones, self.above.moments().n(), level, comparisons));
        }
        let Some((low, high)) = target.range(model) else {
            return self.above.interval(None, level, comparisons);
        };
        let own = self.above.interval(Some(high - low), level, comparisons)?;
        let cut = |end: f64| (end + low).clamp(low, high);
        Some(Interval { low: cut(own.low), high: cut(own.high) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    const FILE: &str = "format = 1\n[scenario]\ntitle = 'Targets'\nsteps = 1\n\
         [state]\nx = { start = 1, range = [0, 4] }\nphase = { start = 'calm', labels = ['calm', 'war'] }\n\
         [measures]\nf = 'x + 1'\ng = 'x > 2'\n[actors.a]\nrationality = 1\n\
         actions.go.effects = { x = 2 }\nwants.x = { of = 'x', best = 4, worst = 0 }\n\
         [[outcomes]]\nid = 'high'\nwhen = 'x > 3'\n";

    #[test]
    fn outcomes_numbers_and_values_of_labels_are_found_by_name() {
        let model = Document::read("t.toml", FILE.as_bytes()).model("none", "base").expect("sound");
        let names: Vec<String> = Target::all(&model).into_iter().map(|own| own.name).collect();
        let known = [
            "high",
            "unresolved",
            "state.x",
            "state.phase:calm",
            "state.phase:war",
            "measures.f",
            "measures.g",
            "utility.a",
        ];
        assert_eq!(names, known);
        let called = |name| Target::called(&model, name).expect("it is there");
        assert_eq!(called("state.x").range(&model), Some((0.0, 4.0)));
        assert_eq!(called("measures.f").range(&model), None);
        assert_eq!(called("unresolved").outcome(), Some(1));
        let shares = known.map(|name| called(name).is_share(&model));
        assert_eq!(shares, [true, true, false, true, true, false, true, false]);
    }

    #[test]
    fn a_wrong_name_is_told_with_the_nearest_and_a_label_with_its_values() {
        let model = Document::read("t.toml", FILE.as_bytes()).model("none", "base").expect("sound");
        let error = |name| Target::called(&model, name).expect_err("there is no such thing");
        assert!(
            error("hihg").contains("no outcome or number is called `hihg`; did you mean `high`?")
        );
        assert!(error("state.phase").contains("`state.phase:calm`, `state.phase:war`"));
    }
}
