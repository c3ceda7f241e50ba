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
    /// Whether actors may plan ahead.
    planners: bool,
}

const WORLD: Place = Place { world: true, draws: false, assumptions: 3, definitions: 2 };
const DRAWS: Place = Place { draws: true, ..WORLD };
const ONCE: Place = Place { world: false, draws: true, assumptions: 3, definitions: 0 };

/// The scenario of a case.
pub fn scenario(case: u32) -> String {
    let mut dice = Dice::new(case);
    let actors = dice.below(4);
    let mut actions = Vec::new();
    let mut happenings = vec!["e0".to_owned(), "e1".to_owned(), "c0".to_owned()];
    let mut proposals = Vec::new();
    for actor in 0..actors {
        let proposes: Vec<bool> =
            (0..1 + dice.below(3)).map(|_| actors > 1 && dice.chance(0.45)).collect();
        for (action, proposes) in proposes.iter().enumerate() {
            happenings.push(format!("a{actor}.m{action}"));
            if *proposes {
                proposals.push(format!("a{actor}.m{action}"));
            }
        }
        actions.push(proposes);
    }
    let traits = (0..actors).map(|actor| format!("a{actor}.power")).collect();
    let numbers = vec!["x0".to_owned(), "x1".to_owned(), "x2".to_owned()];
    let names = Names { numbers, happenings, proposals, traits };
    let mut writer = Writer { dice, names, text: String::new(), actors, actions, planners: false };
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
        self.planners = self.dice.chance(0.25);
        let nested = minds > 1 || self.planners;
        // Orders of up to 16 plays are drawn in another way than longer ones. Where others or the
        // actor itself look ahead in a play, as many plays again are imagined within it.
        let plays = match self.dice.below(20) {
            0 if !nested => "16".to_owned(),
            1 if !nested => "17".to_owned(),
            2..6 if !nested => self.dice.one(&["[8, 16]", "[8, 64]", "[16, 32]"]),
            6 if self.planners => self.dice.one(&["[8, 16]", "2"]),
            6 => "[8, 32]".to_owned(),
            _ if self.planners => (1 + self.dice.below(3)).to_string(),
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

    fn actor(&mut self, actor: usize) {
        let rationality = self.dice.one(&["5", "\"10 to 40\"", "0", "\"20 * abs(p0)\""]);
        let foresight = self.dice.one(&["0", "0", "1", "2"]);
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
            self.line(format!("believes = {{ {} }}", beliefs.join(", ")));
        }
        self.line(format!("[actors.a{actor}.wants]"));
        for want in 0..1 + self.dice.below(3) {
            let flags = self.dice.chance(0.3);
            let of = if flags { self.flag(1) } else { self.number(WORLD, 2) };
            let weight = self.dice.one(&["1", "3", "\"abs(p2) + 0.1\"", "\"beta(2, 2)\"", "0.5"]);
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
            self.line(format!("w{want} = {{ of = \"{of}\", {form}, weight = {weight}{curve} }}"));
        }
        for (action, proposes) in self.actions[actor].clone().into_iter().enumerate() {
            self.action(actor, action, proposes);
        }
    }

    fn action(&mut self, actor: usize, action: usize, proposes: bool) {
        self.line(format!("[actors.a{actor}.actions.m{action}]"));
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
        if self.names.happenings.len() > 3 {
            let actions: Vec<String> = self.names.happenings[3..].to_vec();
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
            self.line(format!(
                "[policies.p]\nforce = [{{ action = '{forced}', from = {from}, to = 2, times = {times} }}{second}]\nsecret = {secret}\nset = {{ \"assumptions.p2\" = 0.5 }}"
            ));
            let others: Vec<String> = others.into_iter().filter(|a| *a != also).collect();
            if !others.is_empty() && self.dice.chance(0.6) {
                let forbidden = self.dice.one(&others);
                self.line(format!("forbid = ['{forbidden}']"));
            }
        }
        self.line("[worlds.w]\nset = { \"assumptions.p0\" = \"beta(3, 2)\" }");
    }
}
