//! Slips in small files: formulas as other languages write them, moves that nobody has, texts that look like tables.

use demarche::engine::{Engine, EngineKind};

use crate::play::model;
use crate::slips::{NILE, found, said};
use crate::tables::Desk;

#[test]
fn each_move_that_an_actor_does_not_have_is_a_mistake_of_its_own() {
    let text = |first: &str, second: &str| {
        format!(
            "format = 1\nscenario = {{ steps = 3 }}\n[state]\nx = {{ start = 1 }}\n[laws]\n\
             x = 'if happened({first}) then 0 else if happened({second}) then 1 else x'\n\
             [actors.a.wants.x]\nof = 'x'\nbest = 1\nworst = 0\n[actors.a.actions.hold]\n"
        )
    };
    let unknown = |text: &str| {
        let found = found(text);
        found.iter().filter(|own| own.code.id() == "E211").map(said).collect::<Vec<_>>()
    };
    let two = unknown(&text("a.strike", "a.retreat"));
    assert_eq!(two.len(), 2, "{}", two.join("\n\n"));
    assert!(two[0].contains("a.strike") && two[1].contains("a.retreat"), "{two:?}");
    // An actor that there is not is one mistake, whatever it is thought to do.
    let one = unknown(&text("b.strike", "b.retreat"));
    assert_eq!(one.len(), 1, "{}", one.join("\n\n"));
}

/// Dots, brackets and quotes in a text are those of the text, not of the file.
#[test]
fn a_text_of_several_lines_may_hold_whatever_it_likes() {
    let text = |about: &str| {
        NILE.replacen("about = \"", &format!("about = \"\"\"\n{about}\n\"\"\"\nsource = \""), 1)
    };
    for about in [".".repeat(200), "[[[ { (".to_owned(), "one \" and two \"\" quotes".to_owned()] {
        assert_eq!(found(&text(&about)), [], "{about}");
    }
}

#[test]
fn the_library_says_how_many_mistakes_it_does_not_show() {
    let said = |text: &str| demarche::Scenario::parse(text).expect_err("mistakes").to_string();
    let one = said("format = 1\nscenario = { steps = 3, stepps = 4 }\n");
    assert!(one.contains("stepps") && !one.contains(" more"), "{one}");
    let lines: String = (0..130).map(|at| format!("x{at} = 'y{at}'\n")).collect();
    let many = format!("format = 1\nscenario = {{ steps = 3 }}\n[define]\n{lines}");
    let hidden = found(&many).len() - 100;
    assert!(hidden >= 30, "a mistake in each line: {hidden}");
    let many = said(&many);
    assert!(many.ends_with(&format!("... and {hidden} more")), "{}", &many[many.len() - 200..]);
}

/// A scenario with a law.
fn law(formula: &str) -> String {
    format!(
        "format = 1\n[scenario]\nsteps = 3\n[state]\nx = {{ start = 1 }}\ny = {{ start = 0.5 }}\n\
         m = {{ start = 'calm', labels = ['calm', 'war'] }}\n[laws]\nx = \"\"\"{formula}\"\"\"\n"
    )
}

/// What is wrong with a law.
fn mistakes_in(formula: &str) -> Vec<String> {
    let found = found(&law(&formula.replace('\\', "\\\\")));
    found.iter().filter(|own| own.code.id().starts_with('E')).map(said).collect()
}

/// The only mistake in a law.
fn mistake_in(formula: &str) -> String {
    let found = mistakes_in(formula);
    assert_eq!(found.len(), 1, "{formula}: {}", found.join("\n\n"));
    found[0].clone()
}

#[test]
fn functions_of_other_languages_are_told_in_this_one() {
    for (names, ours) in [
        ("And", "write `a and b`"),
        ("Or", "write `a or b`"),
        ("iif ifelse", "write `if a then b else c`"),
        ("xor", "one of two flags alone is `a != b`"),
        ("log", "the natural logarithm is `ln(x)`"),
        ("log10", "write `ln(x) / ln(10)`"),
        ("pow power", "write `x ^ y`"),
        ("int trunc", "the greatest whole number not above x is `floor(x)`"),
        ("ceil ceiling", "write `-floor(-x)`"),
        ("rint", "write `round(x)`"),
        ("fmod modulo rem remainder", "write `mod(x, y)`"),
        ("rand random runif", "write `uniform(0, 1)`"),
        ("randbetween", "write `uniform(a, b)`"),
        ("gauss gaussian rnorm norm", "write `normal(mean, sd)`"),
        ("choice choose sample", "write `discrete(v1, w1, v2, w2, …)`"),
        ("binomial flip", "a chance of yes or no is `bernoulli(p)`"),
        ("mean average avg", "write `(a + b) / 2`"),
        ("sum", "write `a + b`"),
        ("logistic expit", "write `sigmoid(x)`"),
        ("clip", "write `clamp(x, low, high)`"),
        ("Not", "write `not a`"),
        ("happens occurred", "write `happened(x)`"),
        ("month", "the month in which the step begins is `month`, without brackets"),
        ("year", "the year in which the step begins is `year`, without brackets"),
    ] {
        for name in names.split(' ') {
            let said = mistake_in(&format!("{name}(x)"));
            assert!(said.contains(ours), "{name}: {said}");
        }
    }
}

#[test]
fn words_and_signs_of_other_languages_are_told_in_this_one() {
    for (formula, ours) in [
        ("x div 2", "a quotient without its remainder is `floor(x / y)`"),
        ("x // 2", "a quotient without its remainder is `floor(x / y)`"),
        ("x mod 2", "a remainder is `mod(x, y)`"),
        ("x 2", "an operator is missing before it"),
        ("2 x", "a product is written with `*`: `2 * x`"),
        ("2e", "a product is written with `*`: `2 * e`"),
        ("2e+", "a product is written with `*`: `2 * e`"),
        ("if x > 1 then 2 elif x > 0 then 1 else 0", "write `else if`"),
        ("if x xor x then 1 else 0", "one of two flags alone is `a != b`"),
        ("if x is 1 then 1 else 0", "equality is written `==`"),
        ("x if x > 1 else 0", "write `if a then b else c`"),
        ("if(x, y, 1)", "a choice has words, not commas"),
        ("if(max(x, y), y, 1)", "a choice has words, not commas"),
        ("x not in (1, 2)", "write `not` first"),
        ("and x", "`and` stands between two conditions"),
        ("x AND y", "write `and`"),
        ("x ? 1", "write `if a then b else c`"),
        ("x ~ 1", "write `not`"),
        ("x ; 1", "write `,`"),
        ("x \\ 2", "write `/`"),
        ("$x", "a name stands alone"),
        ("x.", "`.` does not fit here"),
        ("if m == “ab” then 1 else 0", "left double quotation mark"),
    ] {
        let said = mistake_in(formula);
        assert!(said.contains(ours), "{formula}: {said}");
    }
    // Between two numbers it may be a sign that is missing, or one number in two parts.
    assert!(!mistake_in("1 000").contains("an operator is missing before it"));
    // A word that is right where it does not stand is not told again.
    assert!(!mistake_in("if x > 1 then then 2 else 3").contains("write `then`"));
}

#[test]
fn comparisons_do_not_chain_and_labels_are_no_numbers() {
    for operator in ["==", "!=", "<", "<=", ">", ">="] {
        let said = mistake_in(&format!("if x {operator} y {operator} 1 then 1 else 0"));
        assert!(said.contains("comparisons do not chain"), "{operator}: {said}");
    }
    for formula in ["if m == 1 then 1 else 0", "if 'calm' == 1 then 1 else 0"] {
        let said = mistake_in(formula);
        assert!(said.contains("a label compared with a number"), "{formula}: {said}");
    }
}

#[test]
fn what_looks_like_a_slip_and_is_none_is_taken() {
    for formula in [
        "if x > 1 then 2else 3",
        "if (max(x, y) > 1) then 2 else 3",
        "max(if (x > 1) then 2 else 3, y)",
        "clamp(x, 1, 1)",
    ] {
        assert_eq!(mistakes_in(formula), [""; 0], "{formula}");
    }
}

#[test]
fn an_accident_names_its_cause() {
    let desk = Desk::new();
    for (formula, why) in [
        ("hazard(0.5, y)", "hazard: steps is 0.5, must be at least 1"),
        ("hazard(x + 1, 2)", "hazard: p is 2, must be from 0 to 1"),
        ("1e300 / (1e-300 * y)", "1e300 / 5e-301 is too large to hold"),
        ("y / (x - 1)", "0.5 is divided by zero"),
        ("if x < 0 then ln(y) else sqrt(y - 1)", "sqrt: x is -0.5, must be at least 0"),
    ] {
        let said = desk.fail(1, &["run", &desk.file("law.toml", &law(formula)), "-n", "2"]);
        assert!(said.contains(why), "{formula}: {said}");
    }
}

/// What formulas are worth, each by hand.
#[test]
fn numbers_and_operators_are_read_as_in_mathematics() {
    for formula in [
        "1e-3 == 0.001",
        "2.5e+2 == 250",
        "1E2 == 100",
        "0.5e1+1 == 6",
        "2e0-1 == 1",
        "10 - 4 - 3 == 3",
        "100 / 5 / 2 == 10",
        "2 * 3 + 4 == 10",
        "1 + 2 * 3 == 7",
        "12 / 3 * 2 == 8",
        "9 - 2 + 3 == 10",
        "true or false and false",
        "not false and true",
        "1 + 1 < 3 and 2 > 4 - 3",
    ] {
        assert_eq!(ends("0", formula), [0; 20], "{formula}");
    }
}

/// Each draw of a formula has its own luck.
#[test]
fn two_draws_of_a_formula_differ() {
    assert_eq!(ends("uniform(0, 1) - uniform(0, 1)", "x != 0"), [0; 20]);
    assert_eq!(ends("uniform(0, 1) - uniform(0, 1)", "x == 0"), [1; 20]);
}

/// The outcomes of twenty trials of one step with a law: zero where a condition holds at the end, else one.
fn ends(law: &str, when: &str) -> Vec<u32> {
    let text = format!(
        "format = 1\n[scenario]\nsteps = 1\n[state]\nx = {{ start = 0 }}\n[laws]\nx = '{law}'\n\
         [[outcomes]]\nid = 'yes'\nwhen = '{when}'\n[[outcomes]]\nid = 'no'\nwhen = 'not ({when})'\n"
    );
    let model = model(&text);
    let engine = Engine::new(&model, 1, EngineKind::default());
    engine.block(0, 20, &|| true).expect("no accident").expect("nobody stops it").outcomes
}
