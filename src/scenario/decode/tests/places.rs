//! Where formulas and their mistakes stand, and labels that are no formulas.

use super::super::super::types::Effect;
use super::{file, read, seen};
use crate::diagnostic::Code;
use crate::formula::ast::ExprKind;

/// The effects of the only event of a file.
fn effects(text: &str) -> Vec<Effect> {
    let (scenario, found) = read(&file(text));
    assert!(found.is_empty(), "{:#?}", found.iter().collect::<Vec<_>>());
    scenario.expect("a scenario").events.remove(0).effects
}

#[test]
fn a_formula_knows_its_place_letter_by_letter_or_not_at_all() {
    let mistake = |line: &str| seen(&format!("[define]\n{line}")).remove(0).words;
    assert_eq!(mistake("d = \"1 + §\""), "§");
    assert_eq!(mistake("d = '1 + § '"), "§");
    assert_eq!(mistake(r#"d = "1 + \u00A7""#), r#""1 + \u00A7""#);
    assert_eq!(mistake("d = '''1 + §'''"), "§");
    assert_eq!(mistake("d = \"\"\"\n1 +\n  § \"\"\""), "§");
    assert_eq!(mistake("d = \"\"\"\r\n1 + § \"\"\""), "§");
    // The end of a line that a backslash takes away stands in the file and not in the formula.
    assert_eq!(mistake("d = \"\"\"1 + \\\n §\"\"\""), "\"\"\"1 + \\\n §\"\"\"");
}

#[test]
fn the_operator_is_no_part_of_the_value_or_of_its_place() {
    let state = "[state]\nx = { start = 0 }\n[events.e]\neffects = ";
    let effects = effects(&format!("{state}{{ x = \"  -=  2 * x \" }}"));
    assert_eq!(effects[0].value.text, "2 * x");
    let text = file(&format!("{state}{{ x = \"  -=  2 * x \" }}"));
    let span = effects[0].value.expr.span;
    assert_eq!(&text[span.start..span.end], "2 * x");
    let mistakes = seen(&format!("{state}{{ x = \"+= 2 § x\" }}"));
    assert_eq!((mistakes[0].words.as_str(), mistakes[0].line), ("§", 4));
}

#[test]
fn a_minus_alone_is_no_operator() {
    let effects = effects("[state]\nx = { start = 0 }\n[events.e]\neffects = { x = \"- 0.1\" }");
    assert!(matches!(effects[0].value.expr.kind, ExprKind::Unary(..)));
}

#[test]
fn labels_that_are_no_formulas_are_not_reported() {
    let text = "[state]\np = { start = \"no fly\", labels = [\"no fly\", \"=x\", \"to war\"] }\n\
                [events.e]\neffects = { p = ";
    let read = effects(&format!("{text}\"to war\" }}"));
    assert_eq!((read[0].value.text.as_str(), read[0].value.mistakes.len()), ("to war", 1));
    assert_eq!(effects(&format!("{text}\"=x\" }}"))[0].value.text, "=x");
}

#[test]
fn what_is_no_label_must_be_a_formula_elsewhere() {
    let text = "[state]\np = { start = \"to war\" }\n";
    assert_eq!(seen(text)[0].code, Code::FormulaSyntax);
    let text = "[state]\np = { start = 'a', labels = ['a', 'to war'] }\n[laws]\np = \"to war\"";
    assert_eq!((seen(text)[0].code, seen(text)[0].line), (Code::FormulaSyntax, 4));
}

#[test]
fn no_beginning_of_the_example_makes_the_decoder_panic() {
    let text = super::EXAMPLE;
    for end in (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
        read(&text[..end]);
    }
    for start in (0..text.len()).step_by(11).filter(|at| text.is_char_boundary(*at)) {
        read(&format!("format = 1\n{}", &text[start..]));
    }
}

#[test]
fn a_file_that_is_no_toml_or_says_nothing_is_no_scenario() {
    let (scenario, found) = read(&format!("a{} = 1", ".a".repeat(100)));
    assert!(scenario.is_none() && found.has_errors());
    let (scenario, found) = read("");
    assert!(scenario.is_none() && found.has_errors());
    let (scenario, found) = read("a = 1");
    assert!(scenario.is_some() && found.has_errors());
}

#[test]
fn the_order_of_mistakes_is_that_of_the_file_and_none_hides_another() {
    let codes: Vec<_> = seen(
        "[state]\nx = { strat = 0 }\n[events.e]\nchance = []\neffects = { y = 1 }\n[worlds.base]",
    )
    .into_iter()
    .map(|mistake| (mistake.code, mistake.line))
    .collect();
    let expected = [
        (Code::UnknownKey, 2),
        (Code::WrongKind, 4),
        (Code::UnknownState, 5),
        (Code::NameTwice, 6),
    ];
    assert_eq!(codes, expected);
}
