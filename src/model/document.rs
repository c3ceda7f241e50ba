//! A scenario file: read, checked, and compiled under a policy and a world.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::build::{InPlace, build};
use super::changes::{KeyChange, changes};
use super::given::{GivenSetting, put_in_place};
use super::info::Model;
use super::label_union::LabelUnion;
use super::origin::Lines;
use super::over_time::too_much_over_time;
use super::overlaid::{OverlaidMistakes, Placed};
use super::preferences::preferences;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText};
use crate::formula::normalised;
use crate::scenario::tree::{self, TomlNode, TomlTable};
use crate::scenario::{
    BASE_WORLD, NO_POLICY, Overlaid, Policy, ScenarioFile, Setting, World, decode, lookup, overlay,
    setting,
};

/// The most bytes that are checked, counting the file once for itself and once for
/// every policy and world, each with every actor that has beliefs.
const MAX_WORK: usize = 64 << 20;

/// Up to how many pairs of a policy and a world are checked, and the most bytes of files for all of
/// them: playing a pair checks it anyway.
const MAX_PAIRS: usize = 64;
const MAX_PAIRED_BYTES: usize = 4 << 20;

/// The tables of the file whose entries put other values in place.
#[derive(Clone, Copy)]
enum Overlays {
    Worlds,
    Policies,
}

/// The text of a scenario file and its tables.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, with the name that the file has in messages; after it the values that a command line
    /// set.
    pub source: SourceText,
    given: Vec<GivenSetting>,
    table: TomlTable,
    scenario: Option<ScenarioFile>,
    labels: Arc<LabelUnion>,
    /// Whether constant preferences are replaced by draws around them.
    varies_preferences: bool,
    /// Whether the text is broken as TOML, so that what it says is known in part only.
    broken: bool,
    mistakes: Diagnostics,
}

impl Document {
    /// Reads the bytes of a file. Never fails: mistakes are kept for
    /// [`Document::check`] and [`Document::model`].
    pub fn read(name: &str, bytes: &[u8]) -> Self {
        let mut mistakes = Diagnostics::new();
        let text = match std::str::from_utf8(bytes) {
            // One name, one spelling: keyboards differ in how they write accents.
            Ok(text) => normalised(text).into_owned(),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                mistakes.push(
                    Diagnostic::of_file(
                        Code::NotText,
                        format!("the file is not UTF-8 text: line {line} holds other bytes"),
                    )
                    .hint("save the file as UTF-8"),
                );
                String::new()
            }
        };
        let mut is_broken = false;
        let (table, scenario) = if mistakes.is_empty() {
            let table = tree::parse(&text, &mut mistakes);
            let broken = mistakes.has_errors();
            is_broken = broken;
            let mut found = Diagnostics::new();
            let nothing = broken && table.is_empty();
            let scenario = if nothing { None } else { decode(&table, &text, &mut found) };
            // Where the TOML is broken, keys that seem to be missing may only be
            // unreadable.
            if broken {
                let missing = |code| matches!(code, Code::MissingKey | Code::Version);
                let known: Vec<_> = mistakes.iter().filter_map(|item| item.span).collect();
                let is_known = |item: &Diagnostic| {
                    item.span.is_some_and(|span| known.iter().any(|other| other.touches(span)))
                };
                let new = |item: &&Diagnostic| !missing(item.code) && !is_known(item);
                for diagnostic in found.iter().filter(new) {
                    mistakes.push(diagnostic.clone());
                }
            } else {
                mistakes.extend(found);
            }
            (table, scenario)
        } else {
            (TomlTable::new(), None)
        };
        let labels = Arc::new(scenario.as_ref().map(LabelUnion::of).unwrap_or_default());
        Document {
            source: SourceText::of_file(name, text),
            given: Vec::new(),
            table,
            scenario,
            labels,
            varies_preferences: false,
            broken: is_broken,
            mistakes,
        }
    }

    /// Reads the bytes of a file with those of another behind them, which holds a table `[record]` alone, as if it
    /// stood at the end of the file. Mistakes in it are told with its name and lines.
    pub fn with_record(name: &str, bytes: &[u8], (record, record_bytes): (&str, &[u8])) -> Self {
        let mut document = Self::read(name, &[bytes, b"\n", record_bytes].concat());
        if let Ok(text) = std::str::from_utf8(bytes) {
            document.source.begin_file(normalised(text).len() + 1, record);
        }
        document
    }

    /// Whether the file holds a table `[record]` and nothing else.
    pub fn is_record(&self) -> bool {
        !self.broken && self.table.len() == 1 && self.table.contains_key("record")
    }

    /// The same file with values in place that a command line sets, such as
    /// `assumptions.cost=0.1 to 0.9`, as if they stood in the file; worlds and policies still replace
    /// them. `option` is what messages call the option that sets them.
    ///
    /// Never fails: mistakes are kept, as those of the file are, with their places in the words given.
    #[must_use]
    pub fn with(&self, option: &'static str, words: &[String]) -> Self {
        let mut document = self.clone();
        // Nothing is known of the paths of a file that cannot be read.
        if words.is_empty() || self.broken || self.scenario.is_none() {
            return document;
        }
        let mut found = Diagnostics::new();
        let mut new = Vec::new();
        for words in words {
            let words = normalised(words);
            let start = document.source.add_option(option, &words);
            let Some(setting) = setting(&words, start, &mut found) else { continue };
            let replaced = self.written(&setting.path.value).map(str::to_owned);
            new.push(GivenSetting::new(option, &words, setting, replaced));
        }
        document.table = put_in_place(&self.table, &self.given, &new, &mut found);
        document.scenario = decode(&document.table, document.source.whole(), &mut found);
        document.labels =
            Arc::new(document.scenario.as_ref().map(LabelUnion::of).unwrap_or_default());
        document.given.extend(new);
        document.mistakes = found;
        document
    }

    /// The same file with every constant preference of every actor replaced by a draw around it, under
    /// each policy and in each world around the value that is in force there:
    ///
    /// - weights of wants and rationality log-uniform from half to twice the value (a 0 stays, and so does
    ///   the weight of a want that is the only one to count);
    /// - ideals uniform within a tenth of their reach;
    /// - patience and risk uniform within 0.1 of the value, patience only from 0 to 1.
    ///
    /// Values that the file leaves at their default are replaced too. What is drawn already, or computed
    /// from what is, stays. The draws have the paths of the values, such as `actors.a.wants.peace.weight`.
    #[must_use]
    pub fn vary_preferences(&self) -> Self {
        Document { varies_preferences: true, ..self.clone() }
    }

    /// The values that a command line set.
    pub fn given(&self) -> &[GivenSetting] {
        &self.given
    }

    /// Those of the values that a command line set which a policy or a world replaces.
    pub fn replaced_under(&self, policy: &str, world: &str) -> Vec<&GivenSetting> {
        let in_place = self.in_place(policy, world, &mut Diagnostics::unread());
        let table = in_place.as_ref().map_or(&self.table, |(table, _)| table);
        self.given.iter().filter(|given| !given.is_in(table)).collect()
    }

    /// The decoded file; `None` if nothing could be read from it.
    pub fn scenario(&self) -> Option<&ScenarioFile> {
        self.scenario.as_ref()
    }

    /// The names of the policies, `none` first.
    pub fn policies(&self) -> Vec<&str> {
        let own = self.scenario.iter().flat_map(|s| &s.policies).map(|p| p.name.value.as_str());
        std::iter::once(NO_POLICY).chain(own).collect()
    }

    /// The names of the worlds, `base` first.
    pub fn worlds(&self) -> Vec<&str> {
        let own = self.scenario.iter().flat_map(|s| &s.worlds).map(|w| w.name.value.as_str());
        std::iter::once(BASE_WORLD).chain(own).collect()
    }

    /// Finds every mistake: in the file as it stands, in each world and in each
    /// policy.
    pub fn check(&self) -> Diagnostics {
        let mut found = self.mistakes.clone();
        if self.scenario.is_some() {
            if self.too_much_to_check(&mut found) {
                return found;
            }
            self.compile(NO_POLICY, BASE_WORLD, &mut found);
            let mut overlaid = OverlaidMistakes::of(&found);
            let overlays = if self.broken { Vec::new() } else { self.overlays() };
            let mut sound = !found.has_errors();
            for (policy, world) in overlays {
                // What is wrong already would only be repeated for pairs.
                let is_pair = policy != NO_POLICY && world != BASE_WORLD;
                if is_pair && !sound {
                    continue;
                }
                let mut own = Diagnostics::new();
                self.compile(policy, world, &mut own);
                sound &= is_pair || !own.has_errors();
                overlaid.add(&own, || self.under(policy, world));
            }
            overlaid.finish(&mut found);
            self.set_by_both(&mut found);
        }
        self.settled(found)
    }

    /// The list in the order of the file, with one slip told once.
    fn settled(&self, mut found: Diagnostics) -> Diagnostics {
        found.settle();
        if found.has_errors() {
            let lines = Lines::of(&self.source);
            found.fold(|span| lines.line(span));
        }
        found
    }

    /// The worlds or policies that set anything. The others leave the file as it
    /// stands.
    fn sets(&self, which: Overlays) -> Vec<&str> {
        let Some(scenario) = &self.scenario else { return Vec::new() };
        match which {
            Overlays::Worlds => {
                let setting = scenario.worlds.iter().filter(|world| !world.set.is_empty());
                setting.map(|world| world.name.value.as_str()).collect()
            }
            Overlays::Policies => {
                let setting = scenario.policies.iter().filter(|policy| !policy.set.is_empty());
                setting.map(|policy| policy.name.value.as_str()).collect()
            }
        }
    }

    /// Whether the file asks for more checking than there is time for: the whole
    /// file is checked for every policy and world, with every actor's beliefs.
    fn too_much_to_check(&self, found: &mut Diagnostics) -> bool {
        let Some(scenario) = &self.scenario else { return false };
        let minds = scenario.actors.iter().filter(|actor| !actor.believes.is_empty()).count();
        let sets = self.sets(Overlays::Worlds).len() + self.sets(Overlays::Policies).len();
        let work = self.source.whole().len().saturating_mul(1 + sets).saturating_mul(1 + minds);
        if work <= MAX_WORK {
            return false;
        }
        let minds_shown = if minds > 0 {
            format!(", with {minds} actors that have beliefs,")
        } else {
            String::new()
        };
        found.push(
            Diagnostic::of_file(
                Code::TooLarge,
                format!(
                    "{sets} policies and worlds that set values{minds_shown} are too many for a \
                     file of {} bytes",
                    self.source.whole().len()
                ),
            )
            .hint(format!(
                "at most {MAX_WORK} bytes are checked: the file once for itself and each of them, \
                 and as often again for each actor with beliefs"
            )),
        );
        true
    }

    /// The policies and worlds that are checked besides the file as it stands: each world and each
    /// policy that sets anything, and where they are few, each policy in each world.
    fn overlays(&self) -> Vec<(&str, &str)> {
        let (worlds, policies) = (self.sets(Overlays::Worlds), self.sets(Overlays::Policies));
        let mut all: Vec<_> = worlds.iter().map(|world| (NO_POLICY, *world)).collect();
        all.extend(policies.iter().map(|policy| (*policy, BASE_WORLD)));
        let pairs = worlds.len() * policies.len();
        if pairs <= MAX_PAIRS && self.source.whole().len() * pairs <= MAX_PAIRED_BYTES {
            let in_each = |policy| worlds.iter().map(move |world| (policy, *world));
            all.extend(policies.iter().flat_map(|policy| in_each(*policy)));
        }
        all
    }

    /// A policy and a world, in words.
    fn under(&self, policy: &str, world: &str) -> Placed {
        let set = self.policy(policy).map(|policy| policy.set.as_slice()).unwrap_or_default();
        let worlds = self.scenario.iter().flat_map(|scenario| &scenario.worlds);
        let in_world = worlds.filter(|each| each.name.value == world).flat_map(|each| &each.set);
        let words = match (policy, world) {
            (policy, BASE_WORLD) => format!("policy `{policy}`"),
            (NO_POLICY, world) => format!("world `{world}`"),
            (policy, world) => format!("policy `{policy}` in world `{world}`"),
        };
        let places = set.iter().chain(in_world);
        let places = places.flat_map(|setting| [setting.path.span, setting.node.span]).collect();
        let is_pair = policy != NO_POLICY && world != BASE_WORLD;
        Placed { words, is_pair, places }
    }

    fn set_by_both(&self, found: &mut Diagnostics) {
        let Some(scenario) = &self.scenario else { return };
        let mut set: HashMap<&str, (&World, &Setting)> = HashMap::new();
        for world in &scenario.worlds {
            for setting in &world.set {
                set.entry(&setting.path.value).or_insert((world, setting));
            }
        }
        for policy in &scenario.policies {
            for setting in &policy.set {
                if let Some((world, other)) = set.get(setting.path.value.as_str()) {
                    found.push(
                        Diagnostic::new(
                            Code::SetByBoth,
                            setting.path.span,
                            format!(
                                "policy `{}` and world `{}` set the same value",
                                policy.name.value, world.name.value
                            ),
                        )
                        .label("the policy wins")
                        .also(other.path.span, "also set here"),
                    );
                }
            }
        }
    }

    /// The keys in which another file differs from this one.
    pub fn changes(&self, other: &Document) -> Vec<KeyChange> {
        changes(&self.table, &other.table)
    }

    /// The value at a path that a policy or a world sets, as the file writes it, without the
    /// quotation marks of a formula; `None` if the file leaves it out.
    pub fn written(&self, path: &str) -> Option<&str> {
        lookup::find(&self.table, path).map(|node| self.text_of(node))
    }

    /// A value as the file writes it, without the quotation marks of a formula.
    pub fn text_of(&self, node: &TomlNode) -> &str {
        let text = self.source.at(node.span);
        let unquoted = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
        unquoted('"').or_else(|| unquoted('\'')).unwrap_or(text)
    }

    /// Compiles the file under a policy and a world.
    ///
    /// # Errors
    ///
    /// Every mistake found, if any of them is an error.
    pub fn model(&self, policy: &str, world: &str) -> Result<Model, Diagnostics> {
        let mut found = self.mistakes.clone();
        let mut own = Diagnostics::new();
        let model = self.compile(policy, world, &mut own);
        if (policy, world) == (NO_POLICY, BASE_WORLD) {
            found.extend(own);
        } else if own.has_errors() {
            let mut plain = Diagnostics::new();
            self.compile(NO_POLICY, BASE_WORLD, &mut plain);
            let mut overlaid = OverlaidMistakes::of(&plain);
            overlaid.add(&own, || self.under(policy, world));
            found.extend(plain);
            overlaid.finish(&mut found);
        } else {
            found.extend(own);
        }
        let found = self.settled(found);
        match model {
            Some(model) if !found.has_errors() => Ok(model),
            _ => Err(found),
        }
    }

    /// The decoded file with the values of a world and a policy in place; `None`
    /// if either is unknown or the file is broken.
    pub fn scenario_under(&self, policy: &str, world: &str) -> Option<Cow<'_, ScenarioFile>> {
        self.in_place(policy, world, &mut Diagnostics::unread()).map(|(_, scenario)| scenario)
    }

    fn in_place(
        &self,
        policy: &str,
        world: &str,
        found: &mut Diagnostics,
    ) -> Option<(Cow<'_, TomlTable>, Cow<'_, ScenarioFile>)> {
        let scenario = self.scenario.as_ref()?;
        let world_set = match scenario.worlds.iter().find(|w| w.name.value == world) {
            Some(world) => world.set.as_slice(),
            None if world == BASE_WORLD => &[],
            None => {
                found.push(unknown("world", world, self.worlds()));
                return None;
            }
        };
        let policy_set = match self.policy(policy) {
            Some(policy) => policy.set.as_slice(),
            None if policy == NO_POLICY => &[],
            None => {
                found.push(unknown("policy", policy, self.policies()));
                return None;
            }
        };
        if world_set.is_empty() && policy_set.is_empty() {
            return Some((Cow::Borrowed(&self.table), Cow::Borrowed(scenario)));
        }
        let table = overlay(&self.table, world_set, Overlaid::Set, found);
        let table = overlay(&table, policy_set, Overlaid::Set, found);
        let scenario = decode(&table, self.source.whole(), found)?;
        Some((Cow::Owned(table), Cow::Owned(scenario)))
    }

    fn policy(&self, name: &str) -> Option<&Policy> {
        self.scenario.as_ref()?.policies.iter().find(|policy| policy.name.value == name)
    }

    fn compile(&self, policy: &str, world: &str, found: &mut Diagnostics) -> Option<Model> {
        let (table, scenario) = self.in_place(policy, world, found)?;
        let in_place = InPlace {
            source: &self.source,
            given: &self.given,
            preferences: &[],
            table: &table,
            scenario: &scenario,
            labels: Arc::clone(&self.labels),
            policy,
            rules: self.policy(policy),
            world,
        };
        let model = build(&in_place, found)?;
        if let Some(wrong) = too_much_over_time(&model) {
            found.push(wrong);
        }
        if !self.varies_preferences || found.has_errors() {
            return Some(model);
        }
        let preferences = preferences(&model, &scenario);
        // What is wrong with the file was found in what stands in it.
        let mut own = Diagnostics::unread();
        let table = overlay(&table, &preferences, Overlaid::Set, &mut own);
        let scenario = decode(&table, self.source.whole(), &mut own)?;
        let drawn = InPlace {
            table: &table,
            scenario: &scenario,
            labels: Arc::clone(&self.labels),
            preferences: &preferences,
            ..in_place
        };
        let model = build(&drawn, &mut own);
        debug_assert!(!own.has_errors(), "preferences that are drawn are sound: {own:?}");
        model
    }
}

fn unknown(what: &str, name: &str, known: Vec<&str>) -> Diagnostic {
    let list = known.join(", ");
    Diagnostic::of_file(Code::UnknownPolicy, format!("no {what} is called `{name}`"))
        .nearest(name, known)
        .hint(format!("there are: {list}"))
}
