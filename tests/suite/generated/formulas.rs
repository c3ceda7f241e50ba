//! Random formulas of a given type.

use demarche::distribution::ALL;

use super::dice::Dice;

/// What a formula may contain at its place in the file.
#[derive(Clone, Copy)]
pub struct Place {
    /// Whether it may read the changing world.
    pub world: bool,
    /// Whether it may draw.
    pub draws: bool,
    /// How many assumptions it may read, those before it; if it may read all, it may also read
    /// definitions.
    pub assumptions: usize,
    /// How many definitions it may read, those before it.
    pub definitions: usize,
}

/// The labels of every label variable in a generated scenario.
pub const LABELS: [&str; 3] = ["red", "green", "blue"];

/// The names that formulas can use.
pub struct Names {
    /// Variables that are numbers.
    pub numbers: Vec<String>,
    /// Events, actions and calendar entries.
    pub happenings: Vec<String>,
    /// Proposals.
    pub proposals: Vec<String>,
    /// Traits.
    pub traits: Vec<String>,
    /// Values of menus, as `chosen` asks for them.
    pub menus: Vec<String>,
}

impl Names {
    /// A random formula for a number.
    pub fn number(&self, dice: &mut Dice, place: Place, depth: u32) -> String {
        let under = |dice: &mut Dice| self.number(dice, place, depth.saturating_sub(1));
        if depth == 0 || dice.chance(0.15) {
            return self.leaf(dice, place);
        }
        match dice.below(18) {
            0 | 1 => format!("({} + {})", under(dice), under(dice)),
            2 => format!("({} - {})", under(dice), under(dice)),
            3 | 4 => format!("({} * {})", under(dice), under(dice)),
            5 => format!("({} / (1 + abs({})))", under(dice), under(dice)),
            6 => format!("min({}, {})", under(dice), under(dice)),
            7 => format!("max({}, {}, {})", under(dice), under(dice), under(dice)),
            8 => format!("clamp({}, 0.1, 0.9)", under(dice)),
            9 => {
                let name = dice.one(&["abs", "sigmoid", "sin", "cos", "floor", "round", "-"]);
                format!("{name}({})", under(dice))
            }
            10 => format!("exp(min(2, {}))", under(dice)),
            11 => format!("sqrt(abs({}))", under(dice)),
            12 => format!("ln(0.1 + abs({}))", under(dice)),
            13 => format!("(0.1 + abs({})) ^ {}", under(dice), dice.number()),
            14 => {
                let condition = self.flag(dice, place, depth - 1);
                format!("(if {condition} then {} else {})", under(dice), under(dice))
            }
            15 => format!("hazard(clamp({}, 0, 1), {})", under(dice), 1 + dice.below(5)),
            16 => {
                let y = match dice.below(3) {
                    0 => "-0.7".to_owned(),
                    1 => (1 + dice.below(3)).to_string(),
                    _ => format!("(0.1 + abs({}))", under(dice)),
                };
                format!("mod({}, {y})", under(dice))
            }
            _ if place.draws => self.draw(dice, place),
            // Occasionally something that may cause an accident.
            _ if dice.chance(0.03) => match dice.below(4) {
                0 => format!("ln({})", under(dice)),
                1 => format!("({} / {})", under(dice), under(dice)),
                2 => format!("mod({}, {})", under(dice), under(dice)),
                _ => format!("({} ^ {})", under(dice), under(dice)),
            },
            _ => format!("({})", self.flag(dice, place, depth - 1)),
        }
    }

    fn leaf(&self, dice: &mut Dice, place: Place) -> String {
        if place.world && !self.menus.is_empty() && dice.chance(0.1) {
            return format!("chosen({}, {})", dice.one(&self.menus), dice.number());
        }
        match dice.below(8) {
            0 | 1 => dice.number(),
            2 if place.assumptions > 0 => format!("p{}", dice.below(place.assumptions)),
            3 if !self.traits.is_empty() => dice.one(&self.traits),
            4 if place.world => {
                let x = dice.one(&self.happenings);
                match dice.below(2) {
                    0 => format!("count({x})"),
                    _ => format!("min(since({x}), 9)"),
                }
            }
            5 if place.world => dice.one(&["t", "t", "month", "(year - 2023)"]),
            6 if place.definitions > 0 => format!("d{}", dice.below(place.definitions)),
            _ if place.world => dice.one(&self.numbers),
            _ => dice.number(),
        }
    }

    fn draw(&self, dice: &mut Dice, place: Place) -> String {
        let plain = Place { draws: false, ..place };
        let x = self.number(dice, plain, 1);
        match dice.below(9) {
            0 => format!("normal({x}, 0.2)"),
            1 => format!("student_t(0.5 + abs({x}))"),
            2 => "uniform(0, 1)".to_owned(),
            3 => "beta(2, 3)".to_owned(),
            4 => "(0.2 to 0.9)".to_owned(),
            5 => format!("poisson(0.1 + min(3, abs({x})))"),
            6 => format!("bernoulli(clamp({x}, 0, 1))"),
            7 => format!("discrete({x}, 1, 0.5, 2)"),
            // Any distribution at all, with the tamest of the parameters it is tested with.
            _ => {
                let one = ALL[dice.below(ALL.len())];
                format!("({})", one.written(one.cases.sound[0]))
            }
        }
    }

    /// A random formula for a flag.
    pub fn flag(&self, dice: &mut Dice, place: Place, depth: u32) -> String {
        let number = |dice: &mut Dice| self.number(dice, place, depth.saturating_sub(1));
        let under = |dice: &mut Dice| self.flag(dice, place, depth.saturating_sub(1));
        if depth > 0 && dice.chance(0.4) {
            return match dice.below(4) {
                0 => format!("({} and {})", under(dice), under(dice)),
                1 => format!("({} or {})", under(dice), under(dice)),
                2 => format!("(not {})", under(dice)),
                _ => format!("(if {} then {} else {})", under(dice), under(dice), under(dice)),
            };
        }
        let compared = |dice: &mut Dice| {
            let sign = dice.one(&["<", "<=", ">", ">=", "==", "!="]);
            format!("({} {sign} {})", number(dice), number(dice))
        };
        if !place.world {
            return compared(dice);
        }
        match dice.below(9) {
            0 => "f0".to_owned(),
            1 => format!("(l0 == '{}')", dice.one(&LABELS)),
            2 => "(l0 in ('red', 'blue'))".to_owned(),
            3 => format!("happened({})", dice.one(&self.happenings)),
            4 => format!("within({}, {})", dice.one(&self.happenings), 1 + dice.below(3)),
            5 if !self.proposals.is_empty() => format!("accepted({})", dice.one(&self.proposals)),
            6 => "last".to_owned(),
            7 => format!("({} in (0, 1, {}))", number(dice), number(dice)),
            _ => compared(dice),
        }
    }

    /// A random formula for a chance, nearly always between 0 and 1.
    pub fn chance(&self, dice: &mut Dice, place: Place) -> String {
        match dice.below(4) {
            0 => format!("0.{}", dice.below(10)),
            1 => format!("sigmoid({})", self.number(dice, place, 2)),
            // Occasionally a value that may be outside 0 to 1.
            2 if dice.chance(0.05) => self.number(dice, place, 2),
            _ => format!("clamp({}, 0, 1)", self.number(dice, place, 2)),
        }
    }
}
