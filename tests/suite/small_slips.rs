//! Slips in small files: formulas as other languages write them, moves that nobody has, texts that look like tables.

use crate::slips::{NILE, found, said};

/// How a formula is written in another language, and what is said of it.
#[test]
fn what_other_languages_write_is_told_in_this_one() {
    let of = |formula: &str| {
        let text = format!(
            "format = 1\nscenario = {{ steps = 3 }}\n[state]\nx = {{ start = 1 }}\n[laws]\nx = '{formula}'\n"
        );
        let found: Vec<String> =
            found(&text).iter().filter(|own| own.code.id().starts_with('E')).map(said).collect();
        assert_eq!(found.len(), 1, "{formula}: {}", found.join("\n\n"));
        found[0].clone()
    };
    for (formula, right) in [
        ("x div 2", "a quotient without its remainder is `floor(x / y)`"),
        ("x mod 2", "a remainder is `mod(x, y)`"),
        ("x 2", "an operator is missing before it"),
        ("2 x", "a product is written with `*`: `2 * x`"),
        ("x // 2", "a quotient without its remainder is `floor(x / y)`"),
    ] {
        let said = of(formula);
        assert!(said.contains(right), "{formula}: {said}");
    }
    // Between two numbers it may be a sign that is missing, or one number in two parts.
    assert!(!of("1 000").contains("an operator is missing before it"));
}

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
