//! What the names of a file stand for, and the numbers by which programs know them.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

use super::dates::Dates;
use super::info::{Place, Purpose};
use super::label_union::LabelUnion;
use super::origin::Origins;
use super::program::{ChoicePlaceId, PlaceId};
use crate::formula::is_word_part;
use crate::formula::{
    Access, Binding, DayPart, FullNames, Happening, LabelId, ParamId, Scope, StateId, Type,
};
use crate::scenario::{ScenarioFile, item_in_words};

/// The menu of an action.
#[derive(Debug)]
pub(super) struct ActionMenu {
    /// Its names.
    pub names: Vec<String>,
    /// Its items.
    pub items: Vec<MenuItem>,
}

/// An item of a menu.
#[derive(Debug)]
pub(super) struct MenuItem {
    /// What happens when it is taken.
    pub what: Happening,
    /// What it is called: `x=0.5,y=1`.
    pub name: String,
    /// The same in words, with few digits.
    pub words: String,
    /// Its value for each name of the menu.
    pub values: Vec<f64>,
}

/// The names and numbers that the truth and all beliefs share.
#[derive(Debug, Default)]
pub(super) struct NameTable {
    pub states: IndexMap<String, (StateId, Type)>,
    /// The paths of the numbers settled once per trial.
    pub params: IndexSet<String>,
    pub assumptions: IndexSet<String>,
    pub happenings: IndexMap<String, (Happening, bool)>,
    pub actors: IndexMap<String, Vec<String>>,
    /// The menus of actions; by `actor.action`.
    pub menus: IndexMap<String, ActionMenu>,
    pub dates: Option<Dates>,
    /// How many steps a play has at most.
    horizon: u32,
    /// The month and the year in which each step begins, once they were asked for.
    days: OnceCell<[Arc<[f64]>; 2]>,
    /// Whether dates are wanting because of a mistake that was reported.
    pub dates_are_broken: bool,
    /// Whether the number of steps is wanting, likewise.
    pub steps_are_broken: bool,
    /// Where formulas were written.
    pub origins: Origins,
    /// The words of names that formulas cannot say: `cost`, `of`, `war` and `cost_of_war` of
    /// `cost-of-war`. The name was reported.
    pub refused: HashSet<String>,
    /// The labels that names can stand for under any policy, world or belief.
    pub label_union: Arc<LabelUnion>,
    /// Those that were asked for already.
    anywhere: RefCell<HashMap<String, Vec<LabelId>>>,
    /// The types of the numbers settled once per trial, as far as they are known.
    param_types: RefCell<Vec<Type>>,
    labels: RefCell<IndexSet<String>>,
    places: RefCell<IndexMap<(String, Purpose), u16>>,
    choice_places: RefCell<IndexSet<String>>,
}

impl NameTable {
    /// Numbers what can happen and the actors of a scenario.
    pub fn of(scenario: &ScenarioFile) -> Self {
        let mut names = NameTable { horizon: scenario.horizon(), ..NameTable::default() };
        if let (Some(start), Some(unit)) = (&scenario.start, scenario.step) {
            names.dates = Some(Dates { start: start.value, unit });
        }
        names.dates_are_broken = names.dates.is_none() && scenario.means_dates;
        names.steps_are_broken = scenario.steps_are_broken;
        for assumption in &scenario.assumptions {
            names.assumptions.insert(assumption.name.value.clone());
        }
        let mut happen = |name: String, proposal: bool| {
            let what = Happening(names.happenings.len() as u32);
            names.happenings.entry(name).or_insert((what, proposal)).0
        };
        let mut menus = IndexMap::new();
        for event in &scenario.events {
            happen(event.name.value.clone(), false);
        }
        for bargain in &scenario.bargains {
            happen(bargain.name.value.clone(), false);
        }
        for actor in &scenario.actors {
            for action in &actor.actions {
                let path = format!("{}.{}", actor.name.value, action.name.value);
                let is_proposal = action.consent.is_some();
                happen(path.clone(), is_proposal);
                let Some(menu) = &action.menu else { continue };
                let items = menu.items();
                let labels = menu.item_labels(&items);
                let item = |(values, label): (Vec<f64>, String)| {
                    let name = menu.item_name(&values);
                    let what = happen(format!("{path}[{name}]"), is_proposal);
                    MenuItem { what, name, words: item_in_words(&label), values }
                };
                let items = items.into_iter().zip(labels).map(item).collect();
                let own = menu.names.iter().map(|(name, _)| name.value.clone()).collect();
                menus.insert(path, ActionMenu { names: own, items });
            }
        }
        for entry in &scenario.calendar {
            happen(entry.name.value.clone(), false);
        }
        names.menus = menus;
        let values = names.assumptions.iter().chain(names.happenings.keys());
        let values = values.filter(|name| !is_item(name));
        names.refused = values.flat_map(|name| refused_words(name)).collect();
        let more = scenario.state.iter().map(|x| &x.name);
        let more = more.chain(scenario.define.iter().map(|x| &x.name));
        let more = more.chain(scenario.measures.iter().map(|x| &x.name));
        names.refused.extend(more.flat_map(|name| refused_words(&name.value)));
        for actor in &scenario.actors {
            let traits = actor.traits.iter().map(|(name, _)| name.value.clone()).collect();
            names.actors.insert(actor.name.value.clone(), traits);
        }
        names
    }

    /// A part of the first day of each step; of no meaning where dates are broken, and `None` where
    /// there are none.
    fn days(&self, part: DayPart) -> Option<Arc<[f64]>> {
        let Some(dates) = self.dates else {
            let steps = self.horizon.max(1) as usize;
            return self.dates_are_broken.then(|| vec![1.0; steps].into());
        };
        let days = self
            .days
            .get_or_init(|| DayPart::ALL.map(|part| dates.parts(part, self.horizon).into()));
        Some(days[part as usize].clone())
    }

    /// The number of a once-per-trial value, by its path.
    pub fn param(&self, path: &str) -> ParamId {
        let id = self.params.get_index_of(path);
        ParamId(id.expect("every path is listed before it is asked for") as u32)
    }

    /// The type of a once-per-trial value.
    pub fn param_type(&self, id: ParamId) -> Type {
        self.param_types.borrow().get(id.0 as usize).cloned().unwrap_or(Type::Unknown)
    }

    /// Sets the type of a once-per-trial value.
    pub fn set_param_type(&self, id: ParamId, ty: Type) {
        let mut types = self.param_types.borrow_mut();
        let index = id.0 as usize;
        if types.len() <= index {
            types.resize(index + 1, Type::Unknown);
        }
        types[index] = ty;
    }

    /// The number of a label; a new label gets the next one.
    pub fn label(&self, text: &str) -> LabelId {
        let mut labels = self.labels.borrow_mut();
        LabelId(labels.insert_full(text.to_owned()).0 as u32)
    }

    /// Whether a variable of the state has this label.
    pub fn is_label(&self, text: &str) -> bool {
        let Some(index) = self.labels.borrow().get_index_of(text) else { return false };
        let label = LabelId(index as u32);
        let has =
            |ty: &Type| if let Type::Label(labels) = ty { labels.contains(&label) } else { false };
        self.states.values().any(|(_, ty)| has(ty))
    }

    /// The text of a label.
    pub fn label_text(&self, label: LabelId) -> String {
        self.labels.borrow().get_index(label.0 as usize).cloned().unwrap_or_default()
    }

    /// All labels.
    pub fn labels(&self) -> Vec<String> {
        self.labels.borrow().iter().cloned().collect()
    }

    /// The place with this path and purpose; a new one gets the next number. At least `numbers`
    /// random numbers are drawn there each time.
    pub fn place(&self, path: &str, purpose: Purpose, numbers: u16) -> PlaceId {
        let mut places = self.places.borrow_mut();
        let entry = places.entry((path.to_owned(), purpose));
        let id = PlaceId(entry.index() as u32);
        let known = entry.or_insert(numbers);
        *known = (*known).max(numbers);
        id
    }

    /// The place of the Gumbel numbers of the option with this path.
    pub fn choice_place(&self, path: &str) -> ChoicePlaceId {
        ChoicePlaceId(self.choice_places.borrow_mut().insert_full(path.to_owned()).0 as u32)
    }

    /// The paths of all options.
    pub fn choice_places(&self) -> Vec<String> {
        self.choice_places.borrow().iter().cloned().collect()
    }

    /// All places of uniform numbers.
    pub fn places(&self) -> Vec<Place> {
        self.places
            .borrow()
            .iter()
            .map(|((path, purpose), numbers)| Place {
                path: path.clone(),
                purpose: *purpose,
                numbers: *numbers,
            })
            .collect()
    }
}

/// Whether something that happens is an item of a menu, which formulas do not name.
fn is_item(name: &str) -> bool {
    name.ends_with(']')
}

/// The words by which formulas may try to say a name that they cannot say; none for other names. An
/// action is said with its actor.
fn refused_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for name in name.split('.').filter(|name| !name.chars().all(is_word_part)) {
        words.extend(name.split(|c| !is_word_part(c)).map(str::to_owned));
        words.push(name.chars().map(|c| if is_word_part(c) { c } else { '_' }).collect());
    }
    words
}

/// The compiled definitions and measures, by name.
pub(super) type Definitions = IndexMap<String, Binding>;

/// The names that a formula can read where it stands.
pub(super) struct FormulaScope<'a> {
    pub names: &'a NameTable,
    pub definitions: &'a Definitions,
    pub access: Access,
    /// The values of the item of a menu whose formula this is.
    pub item: &'a [(String, Option<f64>)],
    /// What is added to the position of a once-per-trial number: in a belief, those of the truth
    /// come after the believed ones.
    pub offset: u32,
}

impl FormulaScope<'_> {
    fn shifted(&self, id: ParamId) -> ParamId {
        ParamId(id.0 + self.offset)
    }
}

impl Scope for FormulaScope<'_> {
    fn access(&self) -> Access {
        self.access
    }

    fn name(&self, name: &str) -> Option<Binding> {
        if let Some((_, value)) = self.item.iter().find(|(own, _)| own == name) {
            return Some(value.map_or(Binding::Unknown, Binding::Item));
        }
        if self.names.assumptions.contains(name) {
            let index = self.names.params.get_index_of(&format!("assumptions.{name}"))?;
            let id = ParamId(index as u32);
            return Some(Binding::Param(self.shifted(id), self.names.param_type(id)));
        }
        if let Some((id, ty)) = self.names.states.get(name) {
            return Some(Binding::State(*id, ty.clone()));
        }
        self.definitions.get(name).cloned()
    }

    fn names(&self) -> Vec<&str> {
        let assumptions = self.names.assumptions.iter();
        assumptions
            .chain(self.names.states.keys())
            .chain(self.definitions.keys())
            .chain(self.item.iter().map(|(name, _)| name))
            .map(String::as_str)
            .collect()
    }

    fn characteristic(&self, actor: &str, name: &str) -> Option<ParamId> {
        let index = self.names.params.get_index_of(&format!("actors.{actor}.traits.{name}"))?;
        Some(self.shifted(ParamId(index as u32)))
    }

    fn actors(&self) -> Vec<&str> {
        self.names.actors.keys().map(String::as_str).collect()
    }

    fn characteristics(&self, actor: &str) -> Vec<&str> {
        let traits = self.names.actors.get(actor);
        traits.map(|list| list.iter().map(String::as_str).collect()).unwrap_or_default()
    }

    fn happening(&self, actor: Option<&str>, name: &str) -> Option<(Happening, bool)> {
        let known = match actor {
            Some(actor) => self.names.happenings.get(&format!("{actor}.{name}")),
            None => self.names.happenings.get(name),
        };
        known.copied()
    }

    fn menu(&self, actor: &str, action: &str, name: &str) -> Option<Vec<(Happening, f64)>> {
        let menu = self.names.menus.get(&format!("{actor}.{action}"))?;
        let at = menu.names.iter().position(|own| own == name)?;
        Some(menu.items.iter().map(|item| (item.what, item.values[at])).collect())
    }

    fn menu_names(&self, actor: &str, action: &str) -> Vec<String> {
        let menu = self.names.menus.get(&format!("{actor}.{action}"));
        menu.map(|menu| menu.names.clone()).unwrap_or_default()
    }

    fn happenings(&self) -> Vec<String> {
        self.names.happenings.keys().filter(|name| !is_item(name)).cloned().collect()
    }

    fn full_names(&self, name: &str) -> FullNames {
        let mut full = FullNames::default();
        for (actor, traits) in &self.names.actors {
            let path = format!("{actor}.{name}");
            if traits.iter().any(|own| own == name) {
                full.traits.push(path.clone());
            }
            if self.names.happenings.contains_key(&path) {
                full.actions.push(path);
            }
            let own = |path: &str| path.split_once('.').is_some_and(|(own, _)| own == actor);
            let menus = self
                .names
                .menus
                .iter()
                .filter(|(path, menu)| own(path) && menu.names.iter().any(|own| own == name));
            full.menus.extend(menus.map(|(path, _)| format!("{path}.{name}")));
        }
        full
    }

    fn is_refused(&self, name: &str) -> bool {
        self.names.refused.contains(name)
    }

    fn is_label(&self, name: &str) -> bool {
        self.names.is_label(name)
    }

    fn label(&self, text: &str) -> LabelId {
        self.names.label(text)
    }

    fn label_text(&self, label: LabelId) -> String {
        self.names.label_text(label)
    }

    fn labels_anywhere(&self, name: &str) -> Vec<LabelId> {
        if let Some(known) = self.names.anywhere.borrow().get(name) {
            return known.clone();
        }
        let labels = self.names.label_union.labels(name);
        let labels: Vec<LabelId> = labels.into_iter().map(|text| self.names.label(text)).collect();
        self.names.anywhere.borrow_mut().insert(name.to_owned(), labels.clone());
        labels
    }

    fn step_of(&self, date: Date) -> Option<i64> {
        match self.names.dates {
            Some(dates) => Some(dates.step_of(date)),
            None => self.names.dates_are_broken.then_some(0),
        }
    }

    fn days(&self, part: DayPart) -> Option<Arc<[f64]>> {
        self.names.days(part)
    }
}

/// A copy of a text that can be shared.
pub(super) fn shared(text: &str) -> Arc<str> {
    Arc::from(text)
}
