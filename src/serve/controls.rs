//! The controls that a scenario has: its assumptions, the profiles of its actors, and where its state starts.

use super::control::{
    Control, ControlGroup, ControlKind, ControlOf, ControlValue, SetBy, ends, reach_of,
};
use crate::formula::{ParamId, Type};
use crate::model::{Document, Model};
use crate::report::titles::spaced_title;
use crate::scenario::defaults::MOST_FORESIGHT;
use crate::scenario::{Actor, ScenarioFile, WantForm};

/// The uniform numbers at which drawn values are looked at to see how far a slider should reach: from the 0.1th to the
/// 99.9th percentile.
const LOOKED_AT: [f64; 7] = [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999];
/// Next to 0 and 1, where draws are next to the ends of what they can be, if there are ends.
const AT_THE_ENDS: [f64; 2] = [1e-12, 1.0 - 1e-12];
/// A slider reaches to such an end if that makes it longer by no more than this share.
const LONGER: f64 = 0.25;

/// The controls of a scenario, in the order of the file.
pub(super) fn controls(document: &Document, model: &Model) -> Vec<ControlGroup> {
    let Some(scenario) = document.scenario() else { return Vec::new() };
    let known = KnownValues::of(document, scenario, model);
    let mut groups = vec![assumptions(&known)];
    groups.extend(scenario.actors.iter().map(|actor| actor_group(&known, actor)));
    groups.push(starts(&known));
    groups.retain(|group| !group.controls.is_empty());
    groups
}

/// What is known of the values of a scenario before anything is played.
struct KnownValues<'d> {
    document: &'d Document,
    scenario: &'d ScenarioFile,
    model: &'d Model,
    /// All numbers settled once per trial, at each of [`LOOKED_AT`].
    at: Vec<Vec<f64>>,
    /// The same at each of [`AT_THE_ENDS`].
    at_the_ends: [Vec<f64>; 2],
}

/// What the file says of a value besides its formula.
#[derive(Clone, Copy, Default)]
struct Said<'t> {
    about: Option<&'t String>,
    unit: Option<&'t String>,
    /// How far it may reach; infinite where the file does not say.
    range: Option<(f64, f64)>,
    ty: Option<&'t Type>,
}

impl<'d> KnownValues<'d> {
    fn of(document: &'d Document, scenario: &'d ScenarioFile, model: &'d Model) -> Self {
        let at = LOOKED_AT.map(|uniform| model.numbers_at(uniform)).to_vec();
        let at_the_ends = AT_THE_ENDS.map(|uniform| model.numbers_at(uniform));
        KnownValues { document, scenario, model, at, at_the_ends }
    }

    /// The values of a number from its lowest to its highest.
    fn values(&self, param: ParamId) -> Vec<f64> {
        self.at.iter().map(|numbers| numbers[param.0 as usize]).collect()
    }

    /// The control of the number at a path; nothing if the scenario has none there.
    fn control(
        &self,
        path: String,
        title: String,
        what: ControlOf,
        said: Said<'_>,
    ) -> Option<Control> {
        let at = self.model.params.iter().position(|own| **own == *path)?;
        let param = ParamId(at as u32);
        let drawn = self.model.varies(param);
        let values = self.values(param);
        let middle = values[LOOKED_AT.len() / 2];
        let number = Some(middle).filter(|value| value.is_finite());
        let (kind, labels) = match said.ty {
            Some(Type::Flag) => (ControlKind::Flag, None),
            Some(Type::Label(own)) => {
                let texts = own.iter().map(|label| self.model.label_text(*label).to_owned());
                (ControlKind::Label, Some(texts.collect()))
            }
            Some(Type::Number | Type::Unknown) | None => (ControlKind::Number, None),
        };
        let value = number.map(|value| match kind {
            ControlKind::Flag => ControlValue::Flag(value != 0.0),
            ControlKind::Label => ControlValue::Label(self.model.label(value).to_owned()),
            ControlKind::Number | ControlKind::Whole => ControlValue::Number(value),
        });
        let seen = self.seen(param, &values);
        let is_spread = drawn && seen.0 < seen.1;
        let range = said.range.filter(|range| range.0.is_finite() && range.1.is_finite());
        let range = range.unwrap_or(match is_spread {
            true => seen,
            false => reach_of(middle),
        });
        let (low, high) = ends(range, number);
        let written = self.document.written(&path).map(str::to_owned);
        let text = written.or_else(|| number.map(|value| value.to_string())).unwrap_or_default();
        Some(Control {
            set_by: self.set_by(&path),
            path,
            title,
            about: said.about.cloned(),
            unit: said.unit.cloned(),
            what,
            kind,
            drawn,
            text,
            value,
            low,
            high,
            log: what == ControlOf::Rationality && low > 0.0,
            labels,
        })
    }

    /// From the lowest to the highest of the values of a number, and on to the ends of what it can be where these are
    /// near.
    fn seen(&self, param: ParamId, values: &[f64]) -> (f64, f64) {
        let finite = values.iter().copied().filter(|value| value.is_finite());
        let low = finite.clone().fold(f64::INFINITY, f64::min);
        let high = finite.fold(f64::NEG_INFINITY, f64::max);
        let near = LONGER * (high - low);
        let ends = self.at_the_ends.each_ref().map(|numbers| numbers[param.0 as usize]);
        let (first, last) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let low = if (low - near..=low).contains(&first) { short(first, high - low) } else { low };
        let high =
            if (high..=high + near).contains(&last) { short(last, high - low) } else { high };
        (low, high)
    }

    /// How far a variable reaches, where the file says so in plain numbers.
    fn range_of_state(&self, name: &str) -> Option<(f64, f64)> {
        let own = self.scenario.state.iter().find(|own| own.name.value == name)?;
        let (low, high) = &own.range.as_ref()?.value;
        Some((low.text.trim().parse().ok()?, high.text.trim().parse().ok()?))
    }

    fn set_by(&self, path: &str) -> SetBy {
        let policies = self.scenario.policies.iter();
        let policies = policies.filter(|own| own.set.iter().any(|set| set.path.value == path));
        let worlds = self.scenario.worlds.iter();
        let worlds = worlds.filter(|own| own.set.iter().any(|set| set.path.value == path));
        SetBy {
            policies: policies.map(|own| own.name.value.clone()).collect(),
            worlds: worlds.map(|own| own.name.value.clone()).collect(),
        }
    }
}

fn assumptions(known: &KnownValues<'_>) -> ControlGroup {
    let control = |own: &crate::scenario::Assumption| {
        let path = format!("assumptions.{}", own.name.value);
        let info = known.model.assumptions.iter().find(|info| info.column == path);
        let said = Said {
            about: own.notes.about.as_ref(),
            unit: own.unit.as_ref(),
            range: None,
            ty: info.map(|info| &info.ty),
        };
        known.control(path, spaced_title(&own.name.value), ControlOf::Assumption, said)
    };
    ControlGroup {
        title: "Assumptions".to_owned(),
        kind: "assumptions",
        controls: known.scenario.assumptions.iter().filter_map(control).collect(),
    }
}

fn actor_group(known: &KnownValues<'_>, actor: &Actor) -> ControlGroup {
    let name = &actor.name.value;
    let mut controls = Vec::new();
    for want in &actor.wants {
        let own = spaced_title(&want.name.value);
        let key = format!("actors.{name}.wants.{}", want.name.value);
        let said = Said { about: want.notes.about.as_ref(), ..Said::default() };
        let ranked = want.rank.is_some().then_some((0.0, 1.0));
        let weight = Said { range: ranked, ..said };
        let title = format!("{own}: weight");
        controls.extend(known.control(format!("{key}.weight"), title, ControlOf::Weight, weight));
        if matches!(want.form, WantForm::Around { .. }) {
            let title = format!("{own}: ideal");
            let range = known.range_of_state(want.of.text.trim());
            let ideal = Said { range: range.or_else(|| ideal_range(known, &key)), ..said };
            controls.extend(known.control(format!("{key}.ideal"), title, ControlOf::Ideal, ideal));
        }
    }
    for (key, what, range) in [
        ("rationality", ControlOf::Rationality, None),
        ("patience", ControlOf::Patience, Some((0.0, 1.0))),
        ("risk", ControlOf::Risk, Some((-2.0, 2.0))),
    ] {
        let said = Said { range, ..Said::default() };
        controls.extend(known.control(
            format!("actors.{name}.{key}"),
            spaced_title(key),
            what,
            said,
        ));
    }
    if !actor.actions.is_empty() {
        controls.push(foresight(known, actor));
    }
    for (own, _) in &actor.traits {
        let path = format!("actors.{name}.traits.{}", own.value);
        let title = spaced_title(&own.value);
        controls.extend(known.control(path, title, ControlOf::Trait, Said::default()));
    }
    let title = actor.title.clone().unwrap_or_else(|| spaced_title(name));
    ControlGroup { title, kind: "actor", controls }
}

/// From one reach below an ideal to one above it.
fn ideal_range(known: &KnownValues<'_>, key: &str) -> Option<(f64, f64)> {
    let middle = |path: String| {
        let at = known.model.params.iter().position(|own| **own == *path)?;
        Some(known.at[LOOKED_AT.len() / 2][at]).filter(|value| value.is_finite())
    };
    let (ideal, reach) = (middle(format!("{key}.ideal"))?, middle(format!("{key}.reach"))?);
    Some((ideal - reach, ideal + reach))
}

fn foresight(known: &KnownValues<'_>, actor: &Actor) -> Control {
    let path = format!("actors.{}.foresight", actor.name.value);
    Control {
        set_by: known.set_by(&path),
        path,
        title: "Foresight".to_owned(),
        about: Some("How many whole steps beyond the present one it looks ahead".to_owned()),
        unit: Some("steps".to_owned()),
        what: ControlOf::Foresight,
        kind: ControlKind::Whole,
        drawn: false,
        text: actor.foresight.to_string(),
        value: Some(ControlValue::Number(f64::from(actor.foresight))),
        low: 0.0,
        high: f64::from(MOST_FORESIGHT),
        log: false,
        labels: None,
    }
}

fn starts(known: &KnownValues<'_>) -> ControlGroup {
    let control = |own: &crate::scenario::StateVariable| {
        let path = format!("state.{}.start", own.name.value);
        let info = known.model.states.iter().find(|info| info.series.name == own.name.value);
        let end = |text: &str| text.parse::<f64>().ok();
        let range = own
            .range
            .as_ref()
            .and_then(|range| Some((end(&range.value.0.text)?, end(&range.value.1.text)?)));
        let said = Said {
            about: own.notes.about.as_ref(),
            unit: own.unit.as_ref(),
            range,
            ty: info.map(|info| &info.series.ty),
        };
        known.control(path, spaced_title(&own.name.value), ControlOf::Start, said)
    };
    ControlGroup {
        title: "Where the state starts".to_owned(),
        kind: "start",
        controls: known.scenario.state.iter().filter_map(control).collect(),
    }
}

/// A number to six digits, and 0 where it is next to nothing beside how far values are spread: the end of what is drawn
/// is 0.8, and not 0.7999999999995.
fn short(number: f64, spread: f64) -> f64 {
    match number.abs() < 1e-6 * spread {
        true => 0.0,
        false => format!("{number:.5e}").parse().unwrap_or(number),
    }
}
