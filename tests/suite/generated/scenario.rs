//! Random scenario files that use the whole language.

use std::fmt::Write as _;

use super::dice::Dice;
use super::formulas::{LABELS, Names, Place};

/// A scenario file that is being generated.
struct Writer {
    dice: Dice,
    names: Names,
    text: String,
    actors: usize,
    actions: Vec<Vec<bool>>,
    /// Whose wants have ranks.
    ranked: Vec<bool>,
    /// Which actors have an ideal of `x0` alone.
    ideals: Vec<bool>,
    bargains: u32,
    /// Whether actors may plan ahead.
    planners: bool,
}

const WORLD: Place = Place { world: true, draws: false, assumptions: 3, definitions: 2 };
const DRAWS: Place = Place { draws: true, ..WORLD };
const ONCE: Place = Place { world: false, draws: true, assumptions: 3, definitions: 0 };

/// The names of menus.
const MENU: [&str; 2] = ["k", "l"];

/// The scenario of a case.
pub fn scenario(case: u32) -> String {
    let mut dice = Dice::new(case);
    let actors = dice.below(4);
    let mut actions = Vec::new();
    let mut happenings = vec!["e0".to_owned(), "e1".to_owned(), "c0".to_owned()];
    let (mut proposals, mut menus) = (Vec::new(), Vec::new());
    for actor in 0..actors {
        let proposes: Vec<bool> =
            (0..1 + dice.below(3)).map(|_| actors > 1 && dice.chance(0.45)).collect();
        for (action, proposes) in proposes.iter().enumerate() {
            happenings.push(format!("a{actor}.m{action}"));
            for name in MENU.iter().take([0, 0, 0, 0, 0, 0, 0, 1, 1, 2][dice.below(10)]) {
                menus.push(format!("a{actor}.m{action}.{name}"));
            }
            if *proposes {
                proposals.push(format!("a{actor}.m{action}"));
            }
        }
        actions.push(proposes);
    }
    let ideals: Vec<bool> = (0..actors).map(|_| dice.chance(0.4)).collect();
    let bargains = if actors > 0 { dice.below(3) as u32 } else { 0 };
    happenings.extend((0..bargains).map(|index| format!("b{index}")));
    let traits = (0..actors).map(|actor| format!("a{actor}.power")).collect();
    let numbers = vec!["x0".to_owned(), "x1".to_owned(), "x2".to_owned()];
    let names = Names { numbers, happenings, proposals, traits, menus };
    let ranked = (0..actors).map(|_| dice.chance(0.4)).collect();
    let text = String::new();
    let planners = false;
    let mut writer =
        Writer { dice, names, text, actors, actions, ranked, ideals, bargains, planners };
    writer.everything();
    writer.text
}

impl Writer {
    fn line(&mut self, line: impl AsRef<str>) {
        let _ = writeln!(self.text, "{}", line.as_ref());
    }

    fn number(&mut self, place: Place, depth: u32) -> String {
        self.names.number(&mut self.dice, place, depth)
    }

    fn flag(&mut self, depth: u32) -> String {
        self.names.flag(&mut self.dice, WORLD, depth)
    }

    fn everything(&mut self) {
        self.head();
        self.values();
        self.nature();
        for index in 0..self.bargains {
            self.bargain(index);
        }
        for actor in 0..self.actors {
            self.actor(actor);
        }
        self.outcomes();
        self.overlays();
    }

    fn head(&mut self) {
        let steps = self.dice.below(5);
        let order = self.dice.one(&["listed", "random"]);
        let minds = 1 + self.dice.below(2);
        self.planners = self.dice.chance(0.12);
        let nested = minds > 1 || self.planners;
        // Orders of up to 16 plays are drawn in another way than longer ones. Where others or the
        // actor itself look ahead in a play, as many plays again are imagined within it.
        let plays = match self.dice.below(20) {
            0 if !nested => "16".to_owned(),
            1 if !nested => "17".to_owned(),
            2..6 if !nested => self.dice.one(&["[8, 16]", "[8, 64]", "[16, 32]"]),
            // So are the items of menus, each as an option.
            _ if self.planners || (nested && !self.names.menus.is_empty()) => {
                (1 + self.dice.below(2)).to_string()
            }
            6 => "[8, 32]".to_owned(),
            _ => (1 + self.dice.below(5)).to_string(),
        };
        let start = self.dice.one(&["2024-01-01", "2024-01-01", "2023-11-30"]);
        let step = self.dice.one(&["month", "month", "week", "quarter"]);
        self.line(format!(
            "format = 1\n[scenario]\ntitle = 'Generated'\nstart = {start}\nstep = '{step}'"
        ));
        self.line(format!(
            "steps = {steps}\norder = '{order}'\nminds = {minds}\nimaginations = {plays}"
        ));
        if self.dice.chance(0.3) {
            self.line("unseen_end = true");
        }
    }

    fn values(&mut self) {
        self.line("[assumptions]");
        let draws =
            ["beta(2, 3)", "0.5 to 2", "uniform(-1, 1)", "bernoulli(0.4)", "0.3", "pert(0, 1, 3)"];
        for index in 0..3 {
            let draw = if self.dice.chance(0.6) {
                self.dice.one(&draws)
            } else {
                self.number(Place { assumptions: index, ..ONCE }, 2)
            };
            self.line(format!("p{index} = \"{draw}\""));
        }
        self.line("[state]");
        let start = self.number(ONCE, 1);
        self.line(format!("x0 = {{ start = \"clamp({start}, 0, 1)\", range = [0, 1] }}"));
        let low = if self.dice.chance(0.3) { "\"-abs(p0)\"" } else { "-1" };
        let high = self.dice.one(&["2", "inf", "\"3 + abs(p1)\""]);
        self.line(format!("x1 = {{ start = 0.5, range = [{low}, {high}] }}"));
        self.line("x2 = { start = \"p1\" }\nf0 = { start = false }");
        self.line("l0 = { start = 'red', labels = ['red', 'green', 'blue'] }");
        self.line("[define]");
        for index in 0..2 {
            let of = self.number(Place { definitions: index, ..WORLD }, 2);
            self.line(format!("d{index} = \"{of}\""));
        }
        self.line("[measures]");
        let (number, flag) = (self.number(WORLD, 2), self.flag(2));
        self.line(format!("q0 = {{ of = \"{number}\" }}\nq1 = {{ of = \"{flag}\" }}"));
        self.line("[laws]");
        let law = self.number(DRAWS, 2);
        self.line(format!("x2 = \"0.5 * x2 + 0.1 * sin({law})\""));
        if self.dice.chance(0.5) {
            let flag = self.flag(1);
            self.line(format!("f0 = \"{flag}\""));
        }
    }

    /// Effects on some of the variables, but not on those before `from`.
    fn effects(&mut self, from: usize) -> String {
        let mut all = Vec::new();
        if from == 0 && self.dice.chance(0.7) {
            let value = self.number(DRAWS, 2);
            let sign = self.dice.one(&["+=", "-=", "*="]);
            all.push(format!("x0 = \"{sign} 0.3 * ({value})\""));
        }
        if self.dice.chance(0.1) {
            all.push("x1 = \"x2\", x2 = \"x1\"".to_owned());
        } else if self.dice.chance(0.4) {
            let value = self.number(DRAWS, 2);
            all.push(format!("x1 = \"{value}\""));
        } else if self.dice.chance(0.3) {
            let value = self.number(WORLD, 1);
            all.push(format!("x2 = \"/= 2 + abs({value})\""));
        }
        if from > 0 && self.dice.chance(0.3) {
            let flag = self.flag(1);
            all.push(format!("f0 = \"{flag}\""));
        }
        if from > 0 && self.dice.chance(0.5) {
            let flag = self.flag(1);
            let (one, other) = (self.dice.one(&LABELS), self.dice.one(&LABELS));
            all.push(match self.dice.below(2) {
                0 => format!("l0 = '{one}'"),
                _ => format!("l0 = \"if {flag} then '{one}' else '{other}'\""),
            });
        }
        format!("{{ {} }}", all.join(", "))
    }

    /// Branches whose effects do not change the first variable.
    fn branches(&mut self) -> String {
        let place = WORLD;
        let first = self.names.chance(&mut self.dice, place);
        let mut all = vec![format!("{{ p = \"0.5 * ({first})\", effects = {} }}", self.effects(1))];
        if self.dice.chance(0.6) {
            let second = self.names.chance(&mut self.dice, place);
            all.push(format!("{{ p = \"0.4 * ({second})\", effects = {} }}", self.effects(1)));
        }
        if self.dice.chance(0.4) {
            all.push(format!("{{ effects = {} }}", self.effects(1)));
        }
        format!("[{}]", all.join(", "))
    }

    /// Effects, with or without branches.
    fn done(&mut self, event: bool) {
        if self.dice.chance(0.35) {
            let branches = self.branches();
            self.line(format!("chance = {branches}"));
            // Variables that branches may change are left out.
            let value = self.number(DRAWS, 1);
            self.line(format!("effects = {{ x0 = \"+= 0.1 * ({value})\" }}"));
        } else {
            if event && self.dice.chance(0.8) {
                let chance = self.names.chance(&mut self.dice, WORLD);
                self.line(format!("chance = \"{chance}\""));
            }
            let from = self.dice.below(2);
            let effects = self.effects(from);
            self.line(format!("effects = {effects}"));
        }
    }

    fn limits(&mut self) {
        match self.dice.below(4) {
            0 => self.line("once = true"),
            1 => {
                let every = 1 + self.dice.below(3);
                self.line(format!("every = {every}"));
            }
            _ => {}
        }
    }

    fn nature(&mut self) {
        for event in 0..2 {
            self.line(format!("[events.e{event}]"));
            if self.dice.chance(0.5) {
                let when = self.flag(2);
                self.line(format!("when = \"{when}\""));
            }
            self.limits();
            self.done(true);
        }
        let effects = self.effects(0);
        self.line(format!("[calendar.c0]\non = 2024-02-01\neffects = {effects}"));
    }

    fn bargain(&mut self, index: u32) {
        self.line(format!("[bargains.b{index}]"));
        let by_default = self.ideals.contains(&true) && self.dice.chance(0.4);
        let over = if by_default { "x0".to_owned() } else { self.dice.one(&["x0", "x1"]) };
        let rule = self.dice.one(&[
            "'mean'",
            "'median'",
            "'nash'",
            "'nash'",
            "'pce'",
            "'pce'\npick = 'draw'",
        ]);
        self.line(format!("over = '{over}'\nrule = {rule}"));
        let seated: Vec<usize> = if by_default {
            (0..self.actors).filter(|actor| self.ideals[*actor]).collect()
        } else {
            let chosen: Vec<usize> = (0..self.actors).filter(|_| self.dice.chance(0.8)).collect();
            if chosen.is_empty() { vec![0] } else { chosen }
        };
        if !by_default {
            let names: Vec<String> = seated.iter().map(|actor| format!("'a{actor}'")).collect();
            self.line(format!("among = [{}]", names.join(", ")));
        }
        for key in ["position", "salience", "power"] {
            let mut given = Vec::new();
            for actor in &seated {
                if (by_default || key == "power") && self.dice.chance(0.6) {
                    continue;
                }
                let number = self.number(WORLD, 1);
                given.push(match (key, self.dice.below(8)) {
                    ("position", 0) => format!("a{actor} = 0.5"),
                    ("position", _) => format!("a{actor} = \"{number}\""),
                    // A weight that may be negative is an accident in some trials.
                    (_, 0) => format!("a{actor} = \"0.5 + ({number})\""),
                    (_, 1) => format!("a{actor} = \"if f0 then 1 else 0\""),
                    (_, 2) => format!("a{actor} = 0.7"),
                    _ => format!("a{actor} = \"0.01 + abs({number})\""),
                });
            }
            self.line(format!("{key} = {{ {} }}", given.join(", ")));
        }
        if self.dice.chance(0.5) {
            let when = self.flag(2);
            self.line(format!("when = \"{when}\""));
        }
        if self.dice.chance(0.4) {
            let chance = self.names.chance(&mut self.dice, WORLD);
            self.line(format!("chance = \"{chance}\""));
        }
        self.limits();
        let from = self.dice.below(2);
        let effects = self.effects(from);
        self.line(format!("effects = {effects}"));
    }

    fn actor(&mut self, actor: usize) {
        let rationality = self.dice.one(&["5", "\"10 to 40\"", "0", "\"20 * abs(p0)\""]);
        // Plays within plays take long where two steps are looked ahead in each.
        let far = if self.planners { "1" } else { "2" };
        let foresight = self.dice.one(&["0", "0", "1", far]);
        let patience = self.dice.one(&["1", "0.9", "\"uniform(0.5, 1)\""]);
        let risk = self.dice.one(&["0", "1", "-2", "\"normal(0, 1)\""]);
        let must = self.dice.chance(0.25);
        let plans = self.planners && foresight != "0" && self.dice.chance(0.6);
        self.line(format!(
            "[actors.a{actor}]\nplans_ahead = {plans}\nrationality = {rationality}\nforesight = {foresight}\npatience = {patience}\nrisk = {risk}\nmust_act = {must}"
        ));
        let power = self.dice.one(&["0.4", "\"uniform(0, 1)\""]);
        self.line(format!("traits = {{ power = {power} }}"));
        if self.dice.chance(0.4) {
            let mut beliefs = vec!["\"assumptions.p0\" = \"prior\"".to_owned()];
            if self.dice.chance(0.5) {
                beliefs.push("\"assumptions.p1\" = \"0.4 + 0.1 * p1\"".to_owned());
            }
            if self.dice.chance(0.3) {
                beliefs.push("\"state.x0.range\" = [0.2, 0.8]".to_owned());
            }
            if self.dice.chance(0.3) {
                let chance = self.names.chance(&mut self.dice, WORLD);
                beliefs.push(format!("\"outcomes.over.when\" = \"x0 > 0.6 * ({chance})\""));
            }
            let other = self.dice.below(self.actors);
            if self.ranked[other] {
                let belief = self.dice.one(&["rank\" = 2", "rank\" = 9", "weight\" = \"abs(p1)\""]);
                beliefs.push(format!("\"actors.a{other}.wants.w0.{belief}"));
            }
            self.line(format!("believes = {{ {} }}", beliefs.join(", ")));
        }
        self.line(format!("[actors.a{actor}.wants]"));
        let most = if self.ranked[actor] { 6 } else { 3 };
        for want in 0..1 + self.dice.below(most) {
            let flags = self.dice.chance(0.3);
            let of = if flags { self.flag(1) } else { self.number(WORLD, 2) };
            let weight = if self.ranked[actor] {
                format!("rank = {}", 1 + self.dice.below(3))
            } else {
                let weights = ["1", "3", "\"abs(p2) + 0.1\"", "\"beta(2, 2)\"", "0.5"];
                format!("weight = {}", self.dice.one(&weights))
            };
            let curve = self.dice.one(&["", "", ", curve = 2", ", curve = \"uniform(0.5, 2)\""]);
            let form = if self.dice.chance(0.5) {
                let (best, worst) =
                    if flags { ("true", "false") } else { ("1", "\"-0.5 - abs(p0)\"") };
                if self.dice.chance(0.5) {
                    format!("best = {best}, worst = {worst}")
                } else {
                    format!("best = {worst}, worst = {best}")
                }
            } else {
                "ideal = \"0.5 * p1\", reach = 1.5".to_owned()
            };
            self.line(format!("w{want} = {{ of = \"{of}\", {form}, {weight}{curve} }}"));
        }
        if self.ideals[actor] {
            let ideal = self.dice.one(&["0.2", "\"abs(p1)\"", "0.9", "\"beta(2, 3)\""]);
            let weight = match self.ranked[actor] {
                true => format!("rank = {}", 1 + self.dice.below(3)),
                false => {
                    let weights = ["weight = 1", "weight = \"abs(p0)\"", "weight = 0.3"];
                    self.dice.one(&weights).to_owned()
                }
            };
            self.line(format!("ideal = {{ of = \"x0\", ideal = {ideal}, reach = 1, {weight} }}"));
        }
        for (action, proposes) in self.actions[actor].clone().into_iter().enumerate() {
            self.action(actor, action, proposes);
        }
    }

    fn action(&mut self, actor: usize, action: usize, proposes: bool) {
        self.line(format!("[actors.a{actor}.actions.m{action}]"));
        let menu = self.menu(&format!("a{actor}.m{action}"));
        if !menu.is_empty() {
            let values = ["[0.2, 0.6, 1.1]", "\"-1 to 0.5 in 2\""];
            let each = menu.iter().zip(values).map(|(name, values)| format!("{name} = {values}"));
            self.line(format!("menu = {{ {} }}", each.collect::<Vec<_>>().join(", ")));
        }
        let plain = self.names.numbers.len();
        self.names.numbers.extend(menu);
        if self.dice.chance(0.6) {
            let when = self.flag(2);
            self.line(format!("when = \"{when}\""));
        }
        self.limits();
        if self.dice.chance(0.6) {
            let cost = self.number(WORLD, 1);
            self.line(format!("cost = \"0.05 * ({cost})\""));
        }
        if self.dice.chance(0.3) {
            self.line("track = 'side'");
        }
        if proposes {
            let everybody: Vec<String> = (0..self.actors)
                .filter(|_| self.dice.chance(0.8))
                .map(|who| format!("'a{who}'"))
                .collect();
            let voters = if everybody.is_empty() {
                vec![format!("'a{}'", (actor + 1) % self.actors)]
            } else {
                everybody
            };
            let rule = match self.dice.below(4) {
                0 => "'all'".to_owned(),
                1 => "'any'".to_owned(),
                2 => "'majority'".to_owned(),
                _ => {
                    let weights: Vec<String> = voters
                        .iter()
                        .map(|who| format!("{} = \"0.5 + abs(x0)\"", who.trim_matches('\'')))
                        .collect();
                    let quota = self.dice.one(&["1", "\"0.7 + abs(p0)\""]);
                    format!("{{ weight = {{ {} }}, quota = {quota} }}", weights.join(", "))
                }
            };
            self.line(format!("consent = {{ of = [{}], rule = {rule} }}", voters.join(", ")));
            let refused = self.effects(0);
            self.line(format!("refused = {refused}"));
        }
        self.done(false);
        self.names.numbers.truncate(plain);
    }

    /// The names of an action's menu.
    fn menu(&self, action: &str) -> Vec<String> {
        let of = |path: &String| Some(path.strip_prefix(action)?.strip_prefix('.')?.to_owned());
        self.names.menus.iter().filter_map(of).collect()
    }

    /// An action, or an item of its menu.
    fn item(&mut self, action: &str) -> String {
        match self.menu(action).len() {
            _ if self.dice.chance(0.4) => action.to_owned(),
            0 => action.to_owned(),
            1 => format!("{action}[k={}]", self.dice.one(&["0.2", "0.60", "1.1"])),
            _ => format!("{action}[l=-1,k={}]", self.dice.one(&["0.2", "0.6"])),
        }
    }

    fn outcomes(&mut self) {
        let (over, end) = (self.flag(2), self.flag(1));
        self.line(format!(
            "[[outcomes]]\nid = 'over'\nwhen = \"{over} and x0 > 0.7\"\nends = true"
        ));
        self.line(format!("[[outcomes]]\nid = 'end'\nwhen = \"{end}\""));
        if self.dice.chance(0.3) {
            self.line("[[outcomes]]\nid = 'late'\nwhen = \"t >= 2 and l0 == 'blue'\"\nends = true");
        }
    }

    fn overlays(&mut self) {
        let happenings = self.names.happenings.iter();
        let actions: Vec<String> = happenings.filter(|name| name.contains('.')).cloned().collect();
        if !actions.is_empty() {
            let forced = self.dice.one(&actions);
            let others: Vec<String> = actions.iter().filter(|a| **a != forced).cloned().collect();
            let (from, times) = (self.dice.below(2), 1 + self.dice.below(2));
            let also = if self.dice.chance(0.5) { forced.clone() } else { self.dice.one(&actions) };
            let second = if self.dice.chance(0.6) {
                format!(", {{ action = '{also}', from = 1, to = 4 }}")
            } else {
                String::new()
            };
            let secret = self.dice.chance(0.4);
            let named = self.item(&forced);
            self.line(format!(
                "[policies.p]\nforce = [{{ action = '{named}', from = {from}, to = 2, times = {times} }}{second}]\nsecret = {secret}\nset = {{ \"assumptions.p2\" = 0.5 }}"
            ));
            let others: Vec<String> = others.into_iter().filter(|a| *a != also).collect();
            if !others.is_empty() && self.dice.chance(0.6) {
                let forbidden = self.dice.one(&others);
                let forbidden = self.item(&forbidden);
                self.line(format!("forbid = ['{forbidden}']"));
            }
        }
        let mut set = vec!["\"assumptions.p0\" = \"beta(3, 2)\"".to_owned()];
        if let Some(actor) = self.ranked.iter().position(|ranked| *ranked) {
            let value =
                self.dice.one(&["rank\" = 3", "weight\" = \"0.2 to 0.6\"", "weight\" = 0.3"]);
            set.push(format!("\"actors.a{actor}.wants.w0.{value}"));
        }
        self.line(format!("[worlds.w]\nset = {{ {} }}", set.join(", ")));
    }
}
