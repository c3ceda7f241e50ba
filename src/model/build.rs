//! A decoded scenario into a [`Model`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::choice::ChoiceRule;
use super::compile::{Expect, FormulaCompiler};
use super::correlate::copula;
use super::given::GivenSetting;
use super::guess::{Shape, is_once, shape};
use super::info::*;
use super::label_union::LabelUnion;
use super::lint;
use super::names::{Definitions, NameTable};
use super::order::items;
use super::origin::Origins;
use super::params::{Belief, list_paths};
use super::possible::PossibleValues;
use super::preferences::VARIED;
use super::program::{Actor, OutcomeTest, Program, Track, Want, WantForm};
use super::rules::Rules;
use super::sources::sources;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, one_line};
use crate::formula::ast::ExprKind;
use crate::formula::{Access, Binding, Labels, ParamId, StateId, Type};
use crate::scenario::defaults::{IMAGINATIONS, MINDS};
use crate::scenario::tree::TomlTable;
use crate::scenario::{
    self as file, BASE_WORLD, Imaginations, Overlaid, Policy, ScenarioFile, Setting, Source,
    decode, overlay,
};

/// A scenario file with the values of a world and a policy in place.
pub(super) struct InPlace<'a> {
    /// The text of the file, with its name.
    pub source: &'a SourceText,
    /// The values that a command line set, each with its words.
    pub given: &'a [GivenSetting],
    /// The preferences that are drawn in place of constants.
    pub preferences: &'a [Setting],
    /// The tables of the file, with the values in place.
    pub table: &'a TomlTable,
    /// What the tables say.
    pub scenario: &'a ScenarioFile,
    /// The labels that names can stand for under any policy, world or belief.
    pub labels: Arc<LabelUnion>,
    /// The name of the policy.
    pub policy: &'a str,
    /// What the file says of the policy; nothing of `none`.
    pub rules: Option<&'a Policy>,
    /// The name of the world.
    pub world: &'a str,
}

/// Compiles a scenario under a world and a policy. `None` when the scenario as an actor takes it to
/// be cannot be decoded at all.
pub(super) fn build(from: &InPlace<'_>, found: &mut Diagnostics) -> Option<Model> {
    let scenario = from.scenario;
    let minds = minds(from, found);
    let mut names = NameTable::of(scenario);
    let beliefs = beliefs(scenario, &minds, found);
    names.params = list_paths(scenario, &beliefs);
    names.origins = origins(from);
    names.label_union = Arc::clone(&from.labels);
    name_states(&mut names, scenario, found);

    let mut truth = FormulaCompiler::new(&names, found);
    let program = compile(&mut truth, scenario, &beliefs);
    let known = scenario.record.as_ref().map(|record| truth.known_past(record, &program));
    let definitions = truth.definitions;

    let mut programs = Vec::new();
    for (actor, mind) in scenario.actors.iter().zip(&minds) {
        programs.push(mind.as_ref().map(|mind| {
            let mut compiler = FormulaCompiler {
                mind: Some(&actor.name.value),
                true_definitions: shifted(&definitions, names.params.len() as u32),
                ..FormulaCompiler::new(&names, found)
            };
            compile(&mut compiler, mind, &[])
        }));
    }

    let overlaid = from.world != BASE_WORLD || from.rules.is_some();
    let copula = copula(scenario, &names, &program, overlaid, found);
    lint::lint(scenario, &names, &program, &programs, found);
    let rules = match from.rules {
        Some(policy) => Rules::of(policy, names.happenings.len(), |action| {
            names.happenings.get(action).map(|(what, _)| *what)
        }),
        None => Rules::default(),
    };
    let types: Vec<Type> = definitions
        .values()
        .map(|name| match name {
            Binding::Define(_, ty, _) => ty.clone(),
            Binding::Param(..) | Binding::State(..) | Binding::Item(_) | Binding::Unknown => {
                Type::Unknown
            }
        })
        .collect();
    let measure_type = |name: &str| {
        definitions.get_index_of(name).map_or(Type::Unknown, |index| types[index].clone())
    };
    Some(Model {
        title: title(from),
        file: from.source.name.clone(),
        policy: from.policy.to_owned(),
        world: from.world.to_owned(),
        dates: names.dates,
        order: scenario.order,
        trials: scenario.trials,
        states: states(scenario, &names),
        measures: scenario
            .measures
            .iter()
            .map(|measure| SeriesInfo {
                name: measure.name.value.clone(),
                ty: measure_type(&measure.name.value),
                unit: measure.unit.clone(),
                about: measure.notes.about.clone(),
            })
            .collect(),
        outcomes: scenario
            .outcomes
            .iter()
            .map(|outcome| OutcomeInfo {
                id: outcome.id.value.clone(),
                title: outcome.title_or_id().to_owned(),
                colour: outcome.colour.clone(),
            })
            .collect(),
        actors: scenario
            .actors
            .iter()
            .map(|actor| ActorInfo {
                name: actor.name.value.clone(),
                title: actor.title_or_name().to_owned(),
                path: format!("actors.{}", actor.name.value),
            })
            .collect(),
        happenings: happenings(scenario),
        params: names.params.iter().map(|path| path.as_str().into()).collect(),
        assumptions: assumptions(scenario, &names, &program),
        places: names.places(),
        choice_places: names.choice_places(),
        labels: names.labels(),
        truth: program,
        minds: programs,
        copula,
        rules,
        known,
    })
}

/// Where the formulas were written, and what the policy and the world put in place.
fn origins(from: &InPlace<'_>) -> Origins {
    let policy = from.rules.map(|policy| policy.set.as_slice()).unwrap_or_default();
    let world = from.scenario.worlds.iter().find(|world| world.name.value == from.world);
    let world = world.map(|world| world.set.as_slice()).unwrap_or_default();
    let overlays =
        [(format!("policy `{}`", from.policy), policy), (format!("world `{}`", from.world), world)];
    let drawn = [(VARIED.to_owned(), from.preferences)];
    let given = from.given.iter().map(|own| (own.words(), std::slice::from_ref(&own.setting)));
    Origins::new(from.source, overlays.into_iter().chain(drawn).chain(given))
}

/// The title; the name of the file where it has none.
fn title(from: &InPlace<'_>) -> String {
    from.scenario.title.clone().unwrap_or_else(|| {
        let file = from.source.name.as_str();
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        one_line(name.strip_suffix(".toml").unwrap_or(name))
    })
}

/// The scenario as each actor believes it to be; `None` for actors without beliefs.
fn minds(from: &InPlace<'_>, found: &mut Diagnostics) -> Vec<Option<ScenarioFile>> {
    from.scenario
        .actors
        .iter()
        .map(|actor| {
            if actor.believes.is_empty() {
                return None;
            }
            let table = overlay(from.table, &actor.believes, Overlaid::Belief, found);
            decode(&table, from.source.whole(), found)
        })
        .collect()
}

/// The beliefs that are settled once per trial: those that read nothing that changes.
fn beliefs<'a>(
    scenario: &'a ScenarioFile,
    minds: &'a [Option<ScenarioFile>],
    found: &mut Diagnostics,
) -> Vec<Belief<'a>> {
    let truth = items(scenario);
    let mut beliefs: Vec<Belief<'a>> = Vec::new();
    let mut paths: HashSet<String> = HashSet::new();
    let mut actual: HashMap<&str, &Source> = HashMap::new();
    if minds.iter().any(Option::is_some) {
        for source in sources(scenario) {
            actual.entry(&source.path).or_insert(source);
        }
    }
    for (actor, mind) in scenario.actors.iter().zip(minds) {
        let Some(mind) = mind else { continue };
        for written in sources(mind) {
            let Some(key) = &written.belief else { continue };
            let path = format!("actors.{}.believes.{key}", actor.name.value);
            if paths.contains(&path) {
                continue;
            }
            let prior = written.is_text && written.text.trim() == "prior";
            let source =
                if prior { actual.get(written.path.as_str()).copied() } else { Some(written) };
            match source {
                Some(source) if is_once(&source.expr, &truth) => {
                    paths.insert(path.clone());
                    beliefs.push(Belief { path, source, written });
                }
                _ if prior => {
                    let is_ranked = is_ranked_weight(scenario, &written.path);
                    let (message, hint) = if is_ranked {
                        (
                            "\"prior\" of a weight that is drawn with others, by its rank",
                            "leave it out to believe the true weight, or believe a formula",
                        )
                    } else {
                        (
                            "\"prior\" of something that is not drawn once per trial",
                            "a prior repeats a distribution; assumptions and profiles have one",
                        )
                    };
                    found.push(
                        Diagnostic::new(Code::PriorOfNothing, written.span, message)
                            .label("expected a formula")
                            .hint(hint),
                    );
                }
                _ => {}
            }
        }
    }
    beliefs
}

/// Whether a path is that of the weight of a want that has a rank.
fn is_ranked_weight(scenario: &ScenarioFile, path: &str) -> bool {
    let is_own = |actor: &file::Actor, want: &file::Want| {
        path == format!("actors.{}.wants.{}.weight", actor.name.value, want.name.value)
    };
    scenario.actors.iter().any(|actor| {
        let mut ranked = actor.wants.iter().filter(|want| want.rank.is_some());
        ranked.any(|want| is_own(actor, want))
    })
}

/// The definitions of the truth as the program of a belief reads them. There, the
/// numbers of the truth come after the believed ones, so their positions move by `offset`.
fn shifted(definitions: &Definitions, offset: u32) -> Definitions {
    definitions
        .iter()
        .map(|(name, what)| {
            let what = match what {
                Binding::Define(definition, ty, reads) => {
                    let node = definition.node.shifted(offset);
                    let extent = definition.extent;
                    let definition =
                        crate::formula::Definition { node, extent, reads: reads.clone() };
                    Binding::Define(definition.into(), ty.clone(), reads.clone())
                }
                Binding::Param(..) | Binding::State(..) | Binding::Item(_) | Binding::Unknown => {
                    what.clone()
                }
            };
            (name.clone(), what)
        })
        .collect()
}

/// Numbers the variables and gives them types.
fn name_states(names: &mut NameTable, scenario: &ScenarioFile, found: &mut Diagnostics) {
    let items = items(scenario);
    let mut states = indexmap::IndexMap::new();
    for variable in &scenario.state {
        let ty = match &variable.labels {
            Some(labels) => {
                let ids: Labels =
                    labels.value.iter().map(|label| names.label(&label.value)).collect();
                Type::Label(ids)
            }
            None if matches!(variable.start.expr.kind, ExprKind::Broken) => Type::Unknown,
            None => match shape(&variable.start.expr, &items) {
                Shape::Number => Type::Number,
                Shape::Flag => Type::Flag,
                Shape::Label => {
                    found.push(
                        Diagnostic::new(
                            Code::LabelSet,
                            variable.start.span,
                            "a label without its `labels`",
                        )
                        .label("expected a number or a flag, or `labels = […]` beside it"),
                    );
                    Type::Unknown
                }
            },
        };
        if let Some(range) = &variable.range
            && ty != Type::Number
            && ty != Type::Unknown
        {
            found.push(
                Diagnostic::new(
                    Code::LabelRange,
                    range.span,
                    format!("a range for {}", ty.shown()),
                )
                .label("only numbers have a range"),
            );
        }
        let id = StateId(states.len() as u32);
        states.entry(variable.name.value.clone()).or_insert((id, ty));
    }
    names.states = states;
}

/// Compiles all formulas of one program.
fn compile(
    compiler: &mut FormulaCompiler<'_>,
    scenario: &ScenarioFile,
    beliefs: &[Belief<'_>],
) -> Program {
    let mut params = compiler.readable(scenario);
    params.extend(compiler.slot_rules(scenario));
    params.extend(compiler.belief_rules(beliefs));
    let start = |name: &str, part: &str| format!("state.{name}.{part}");
    let starts = scenario
        .state
        .iter()
        .map(|x| compiler.names.param(&start(&x.name.value, "start")))
        .collect();
    let ranges: Vec<Option<(ParamId, ParamId)>> = scenario
        .state
        .iter()
        .map(|x| {
            x.range.as_ref()?;
            let low = compiler.names.param(&start(&x.name.value, "range.0"));
            Some((low, compiler.names.param(&start(&x.name.value, "range.1"))))
        })
        .collect();
    let constants = lint::constant_ranges(compiler, scenario, &params, &ranges);
    compiler.known = PossibleValues::of_numbers(scenario.horizon(), &params, &ranges);
    let mut calendar: Vec<_> = scenario
        .calendar
        .iter()
        .map(|entry| (entry.on.value, compiler.calendar_entry(entry)))
        .collect();
    calendar.sort_by_key(|(date, _)| *date);
    let events = scenario.events.iter().map(|event| compiler.event(event)).collect();
    let bargains = scenario.bargains.iter();
    let bargains =
        bargains.filter_map(|bargain| compiler.bargain(&scenario.actors, bargain)).collect();
    let actors = scenario.actors.iter().map(|who| actor(compiler, scenario, who)).collect();
    let laws = compiler.laws(&scenario.laws);
    let outcomes = scenario
        .outcomes
        .iter()
        .map(|outcome| OutcomeTest {
            when: compiler.formula(&outcome.when, Access::SEES, &Expect::Flag),
            ends: outcome.ends,
        })
        .collect();
    let measures = scenario.measures.iter().map(|measure| compiler.measure(measure)).collect();
    let rankings = compiler.rankings(scenario);
    compiler.check_assignments(&constants);
    Program {
        steps: scenario.steps,
        horizon: scenario.horizon(),
        params,
        rankings,
        ranges,
        starts,
        calendar: calendar.into_iter().map(|(_, entry)| entry).collect(),
        events,
        bargains,
        actors,
        laws,
        outcomes,
        measures,
    }
}

fn actor(
    compiler: &mut FormulaCompiler<'_>,
    scenario: &ScenarioFile,
    actor: &file::Actor,
) -> Actor {
    let name = actor.name.value.as_str();
    let path = format!("actors.{name}");
    let options: Vec<Vec<_>> =
        actor.actions.iter().map(|action| compiler.action(name, action)).collect();
    let names = compiler.names;
    let number = |part: &str| names.param(&format!("{path}.{part}"));
    let tracks = scenario
        .tracks
        .iter()
        .filter_map(|track| {
            let mut list = Vec::new();
            let mut first = 0;
            for (action, options) in actor.actions.iter().zip(&options) {
                let own = first..first + options.len();
                first = own.end;
                list.extend(own.filter(|_| action.track == *track));
            }
            (!list.is_empty()).then(|| Track {
                name: super::names::shared(track),
                actions: list,
                hold_place: names.choice_place(&format!("{path}.hold.{track}")),
            })
        })
        .collect();
    let wants = actor
        .wants
        .iter()
        .map(|want| {
            let part = |part: &str| number(&format!("wants.{}.{part}", want.name.value));
            let form = match &want.form {
                file::WantForm::Between { .. } => {
                    WantForm::Between { best: part("best"), worst: part("worst") }
                }
                file::WantForm::Around { .. } => {
                    WantForm::Around { ideal: part("ideal"), reach: part("reach") }
                }
            };
            let (curve, weight) = (part("curve"), part("weight"));
            let of = compiler.formula(&want.of, Access::SEES, &Expect::Number);
            Want { of, form, curve, weight }
        })
        .collect();
    Actor {
        choice: ChoiceRule::QuantalResponse { rationality: number("rationality") },
        patience: number("patience"),
        risk: number("risk"),
        foresight: actor.foresight,
        imaginations: actor
            .imaginations
            .or(scenario.imaginations)
            .unwrap_or(Imaginations::fixed(IMAGINATIONS)),
        minds: actor.minds.or(scenario.minds).unwrap_or(MINDS),
        plans_ahead: actor.plans_ahead,
        must_act: actor.must_act,
        wants,
        actions: options.into_iter().flatten().collect(),
        tracks,
        order_place: names.place(&path, Purpose::Order, 1),
    }
}

fn states(scenario: &ScenarioFile, names: &NameTable) -> Vec<StateInfo> {
    scenario
        .state
        .iter()
        .map(|x| StateInfo {
            series: SeriesInfo {
                name: x.name.value.clone(),
                ty: names.states.get(&x.name.value).map_or(Type::Unknown, |(_, ty)| ty.clone()),
                unit: x.unit.clone(),
                about: x.notes.about.clone(),
            },
        })
        .collect()
}

fn happenings(scenario: &ScenarioFile) -> Vec<HappeningInfo> {
    let plain = |name: &file::SpannedName, title: &Option<String>, kind| HappeningInfo {
        name: name.value.clone(),
        title: title.clone().unwrap_or_else(|| name.value.replace('_', " ")),
        kind,
        item: None,
    };
    let mut all: Vec<HappeningInfo> = scenario
        .events
        .iter()
        .map(|event| plain(&event.name, &event.title, HappeningKind::Event))
        .collect();
    all.extend(
        scenario
            .bargains
            .iter()
            .map(|bargain| plain(&bargain.name, &bargain.title, HappeningKind::Bargain)),
    );
    for (index, actor) in scenario.actors.iter().enumerate() {
        let kind = HappeningKind::Action(super::program::ActorId(index as u32));
        for action in &actor.actions {
            let info = plain(&action.name, &action.title, kind);
            let name = format!("{}.{}", actor.name.value, info.name);
            let items = action.menu.iter().flat_map(|menu| {
                let items = menu.items();
                let names = items.iter().map(|values| menu.item_name(values));
                names.zip(menu.item_labels(&items)).collect::<Vec<_>>()
            });
            let items = items.map(|(item, label)| {
                let words = file::item_in_words(&label);
                HappeningInfo {
                    name: format!("{name}[{item}]"),
                    title: format!("{} ({words})", info.title),
                    kind: HappeningKind::Item(super::program::ActorId(index as u32)),
                    item: Some(words),
                }
            });
            let items: Vec<_> = items.collect();
            all.push(HappeningInfo { name, ..info });
            all.extend(items);
        }
    }
    all.extend(
        scenario
            .calendar
            .iter()
            .map(|entry| plain(&entry.name, &entry.title, HappeningKind::Calendar)),
    );
    all
}

/// The assumptions of the file, then every other number that is drawn once per
/// trial.
fn assumptions(
    scenario: &ScenarioFile,
    names: &NameTable,
    program: &Program,
) -> Vec<AssumptionInfo> {
    let drawn = program.drawn();
    let mut all = Vec::new();
    for assumption in &scenario.assumptions {
        let column = format!("assumptions.{}", assumption.name.value);
        let param = names.param(&column);
        all.push(AssumptionInfo {
            name: assumption.name.value.clone(),
            formula: assumption.draw.text.clone(),
            group: assumption.group.clone(),
            ty: names.param_type(param),
            column,
            param,
        });
    }
    for (index, path) in names.params.iter().enumerate() {
        let param = ParamId(index as u32);
        let Some(formula) = drawn.get(&param) else { continue };
        if path.starts_with("assumptions.") {
            continue;
        }
        let state = path.strip_prefix("state.").and_then(|rest| rest.strip_suffix(".start"));
        let ty = match state.and_then(|name| names.states.get(name)) {
            Some((_, ty)) => ty.clone(),
            None => names.param_type(param),
        };
        all.push(AssumptionInfo {
            name: path.clone(),
            column: path.clone(),
            param,
            formula: formula.text.to_string(),
            group: None,
            ty: if ty == Type::Unknown { Type::Number } else { ty },
        });
    }
    all
}
