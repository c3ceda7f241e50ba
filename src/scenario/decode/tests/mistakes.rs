//! Every mistake that the decoder knows: its code, place and help.

use super::{read, seen};
use crate::diagnostic::Code;

/// Lines, and the code, line, underlined words and a part of what is said of
/// the first mistake in them.
type Case = (&'static str, Code, usize, &'static str, &'static str);

fn check(cases: &[Case]) {
    for (text, code, line, words, said) in cases {
        let found = seen(text);
        let first = found.first().unwrap_or_else(|| panic!("nothing is wrong with\n{text}"));
        assert_eq!((first.code, first.line), (*code, *line), "{text}\n{found:#?}");
        assert_eq!(first.words, *words, "{text}\n{found:#?}");
        assert!(first.said.contains(said), "{text}\n{}", first.said);
        assert_eq!(found.len(), 1, "{text}\n{found:#?}");
    }
}

#[test]
fn the_format_must_be_known() {
    for (text, said) in [
        ("[scenario]\nsteps = 1", "does not say its format"),
        ("format = 2\n[scenario]\nsteps = 1", "the format is not known"),
        ("format = \"1\"\n[scenario]\nsteps = 1", "the format is not known"),
    ] {
        let (_, found) = read(text);
        let first = found.iter().next().expect(text);
        assert_eq!(first.code, Code::Version);
        assert!(first.message.contains(said), "{}", first.message);
    }
    for nothing in ["", "# A comment.\n"] {
        let (scenario, found) = read(nothing);
        assert!(scenario.is_none());
        let codes: Vec<Code> = found.iter().map(|item| item.code).collect();
        assert_eq!(codes, [Code::Version]);
    }
    let (_, found) = read("format = 1\n[scenario]");
    assert_eq!(found.iter().next().map(|item| item.code), Some(Code::MissingKey));
}

#[test]
fn keys_are_known_there_and_of_their_kind() {
    use Code::*;
    check(&[
        ("trails = 5", UnknownKey, 1, "trails", "did you mean `trials`?"),
        ("qqqqqqq = 5", UnknownKey, 1, "qqqqqqq", "the keys of [scenario] are title, start"),
        ("[actor.a]", UnknownKey, 1, "actor", "did you mean `actors`?"),
        ("[events.e]\ncolor = 'red'", UnknownKey, 2, "color", "an event has no key"),
        ("[[outcomes]]\nid = 'war'", MissingKey, 1, "[[outcomes]]", "an outcome needs `when`"),
        ("[[outcomes]]\nwhen = true", MissingKey, 1, "[[outcomes]]", "`id` is missing"),
        ("[calendar.c]\ntitle = 'x'", MissingKey, 1, "[calendar.c]", "`on` is missing"),
        ("start = 2024-01-01", MissingKey, 1, "start", "`start` needs `step`"),
        ("step = 'day'", MissingKey, 1, "step", "`step` needs `start`"),
        ("title = 5", WrongKind, 1, "5", "expected a string"),
        ("[assumptions]\nx = { draw = 1, group = '' }", EmptyText, 2, "''", "`group` is empty"),
        ("[assumptions]\nx = { draw = 1, group = 3 }", WrongKind, 2, "3", "expected a string"),
        ("title = ' '", EmptyText, 1, "' '", "`title` is empty"),
        ("title = \"a\\u0007\"", BadText, 1, "\"a\\u0007\"", "control character"),
        ("order = 'random '", BadWord, 1, "'random '", "did you mean `random`?"),
        ("order = true", WrongKind, 1, "true", "expected `listed` or `random`"),
        ("[events.e]\nonce = 1", WrongKind, 2, "1", "expected true or false"),
        ("[events]\ne = 1", WrongKind, 2, "1", "an event is a table"),
        ("events = 1", UnknownKey, 1, "events", "[scenario] has no key"),
        ("[[state]]", WrongKind, 1, "[[state]]", "`state` is a table, not an array"),
        ("[outcomes]", WrongKind, 1, "[outcomes]", "expected `[[outcomes]]`"),
        ("about = 'x'\nabuot = 'y'", UnknownKey, 2, "abuot", "did you mean `about`?"),
    ]);
}

#[test]
fn whole_numbers_keep_their_limits() {
    use Code::NotWhole;
    check(&[
        ("trials = 0", NotWhole, 1, "0", "from 1 to 1099511627776"),
        ("trials = 1.0", NotWhole, 1, "1.0", "plain whole number"),
        ("imaginations = '8'", NotWhole, 1, "'8'", "plain whole number"),
        ("imaginations = 4097", NotWhole, 1, "4097", "from 1 to 4096, or `[8, 64]`"),
        ("imaginations = [8]", NotWhole, 1, "[8]", "two numbers, not 1"),
        ("imaginations = [8, 12]", NotWhole, 1, "12", "expected 8 or 16"),
        ("imaginations = [4, 64]", NotWhole, 1, "4", "a power of two from 8 to 4096"),
        ("imaginations = [8, 8192]", NotWhole, 1, "8192", "a power of two from 8 to 4096"),
        ("imaginations = [8, '64']", NotWhole, 1, "'64'", "holds whole numbers, not a string"),
        ("imaginations = [64, 8]", NotWhole, 1, "[64, 8]", "the least first: `[8, 64]`"),
        ("[actors.a]\nimaginations = [8, 16.0]", NotWhole, 2, "16.0", "holds whole numbers"),
        ("minds = 3", NotWhole, 1, "3", "from 1 to 2"),
        ("[actors.a]\nforesight = 21", NotWhole, 2, "21", "from 0 to 20"),
        ("[events.e]\nevery = 0", NotWhole, 2, "0", "from 1 to 1000000"),
    ]);
    let (scenario, found) = read("format = 1\n[scenario]\nsteps = 10001");
    assert_eq!(found.iter().next().map(|item| item.code), Some(NotWhole));
    assert_eq!(scenario.expect("a scenario").steps, 0);
}

#[test]
fn plans_need_foresight() {
    use Code::*;
    check(&[
        ("[actors.a]\nplans_ahead = true", KeysClash, 2, "plans_ahead", "does not look ahead"),
        ("[actors.a]\nplans_ahead = true\nforesight = 0", KeysClash, 2, "plans_ahead", "1 or more"),
        ("[actors.a]\nplans_ahead = true\nforesight = 21", NotWhole, 3, "21", "from 0 to 20"),
        ("[actors.a]\nplans_ahead = 1", WrongKind, 2, "1", "`plans_ahead`"),
        (
            "[actors.a]\nforesight = 1\nplan_ahead = true",
            UnknownKey,
            3,
            "plan_ahead",
            "did you mean `plans_ahead`?",
        ),
    ]);
    let (_, found) = read("format = 1\n[scenario]\nsteps = 1\n[actors.a]\nplans_ahead = false");
    assert!(found.is_empty());
}

#[test]
fn names_are_words_that_formulas_can_say() {
    use Code::*;
    check(&[
        ("[define]\ncost-of-war = 1", BadName, 2, "cost-of-war", "write `cost_of_war`"),
        ("[define]\n2nd = 1", BadName, 2, "2nd", "write `_2nd`"),
        ("[define]\n\"\" = 1", BadName, 2, "\"\"", "cannot be the name of a definition"),
        ("[define]\nthen = 1", BadName, 2, "then", "a word of formulas"),
        ("[define]\nlast = 1", BadName, 2, "last", "already means something"),
        ("[define]\nmin = 1", BadName, 2, "min", "is a function"),
        ("[actors.a-b]", BadName, 1, "a-b", "write `a_b`"),
        ("[actors.a.actions.hold]", NameTwice, 1, "hold", "every actor can `hold`"),
        ("[policies.none]", NameTwice, 1, "none", "always exists"),
        ("[worlds.base]", NameTwice, 1, "base", "always exists"),
        ("[worlds.'a b']", BadName, 1, "'a b'", "write `a_b`"),
        ("[[outcomes]]\nid='unresolved'\nwhen=true", NameTwice, 2, "'unresolved'", "always"),
        ("[events.e]\n[calendar.e]\non=2024-01-01", NameTwice, 2, "e", "two happenings"),
        ("[define]\nx = 1\n[measures]\nx = 1", NameTwice, 4, "x", "two values are called `x`"),
        ("[define]\nx = 1\n[events.x]", SameName, 3, "x", "happens and a value"),
        (
            "[[outcomes]]\nid='w'\nwhen=true\n[[outcomes]]\nid='w'\nwhen=true",
            NameTwice,
            5,
            "'w'",
            "two outcomes",
        ),
        (
            "[events.e]\nchance = [{ name = '2', p = 1 }, {}]",
            NameTwice,
            2,
            "{}",
            "two branches are called `2`",
        ),
    ]);
    assert!(seen("[define]\n\"ширина_2\" = 1\n[actors.t]\n[worlds.a-2]").is_empty());
}

#[test]
fn values_say_what_form_they_take() {
    use Code::*;
    check(&[
        (
            "[state]\nx = 'calm'",
            WrongKind,
            2,
            "'calm'",
            "a label: `{ start = 'calm', labels = ['calm', …] }`",
        ),
        ("[state]\nx = '1 +'", WrongKind, 2, "'1 +'", "a formula: `{ start = '1 +' }`"),
        ("[state]\nx = [1]", WrongKind, 2, "[1]", "write `x = { start = … }`"),
        ("[state]\nx = nan", NotFinite, 2, "nan", "finite"),
        ("[state]\nx = {}", MissingKey, 2, "{}", "needs `start`"),
        ("[state]\nx = { start = nan }", NotFinite, 2, "nan", "finite"),
        ("[state]\nx = { start = inf }", NotFinite, 2, "inf", "finite"),
        ("[state]\nx = { start = 1, range = [0, nan] }", NotFinite, 2, "nan", "finite"),
        ("[state]\nx = { start = 1, range = [0] }", WrongKind, 2, "[0]", "two ends"),
        ("[state]\nx = { start = 'a', labels = [] }", LabelSet, 2, "[]", "without labels"),
        ("[state]\nx = { start = 'a', labels = ['a', 'a'] }", LabelSet, 2, "'a'", "two labels"),
        ("[state]\nx = { start = 'a', labels = ['a', ''] }", EmptyText, 2, "''", "empty"),
        ("[state]\nx = { start = 'a', labels = ['a', 1] }", WrongKind, 2, "1", "a string"),
        ("[assumptions]\nx = [1]", WrongKind, 2, "[1]", "a formula is wanted, not an array"),
        ("[assumptions]\nx = {}", MissingKey, 2, "{}", "needs `draw`"),
        ("[assumptions]\nx = { of = 1, draw = 1 }", UnknownKey, 2, "of", "has no key `of`"),
        ("[define]\nx = '1 +'", FormulaSyntax, 2, "", "the end of the formula"),
        ("[laws]\nx = 1", UnknownState, 2, "x", "[state] has no `x`"),
        (
            "[state]\nx = { start = 1 }\n[laws]\nx = '+= 1'",
            BadOperator,
            4,
            "'+= 1'",
            "name the variable itself",
        ),
        ("[correlations]\nx = 1", CorrelationKey, 2, "x", "\"one, other\""),
    ]);
}

#[test]
fn effects_have_known_targets_and_operators() {
    let of = |effect: &str| {
        format!("[state]\nx = {{ start = 1 }}\n[events.e]\neffects = {{ {effect} }}")
    };
    for (effect, code, words, said) in [
        ("xx = 1", Code::UnknownState, "xx", "did you mean `x`?"),
        ("x = ' ^= 2'", Code::BadOperator, "^=", "write the new value out"),
        ("x = '= 2'", Code::BadOperator, "=", "without a sign"),
        ("x = '=+ 2'", Code::BadOperator, "=+", "did you mean `+=`?"),
        ("x = '%= 2'", Code::BadOperator, "%=", "expected +=, -=, *=, /="),
        ("x = '- = 2'", Code::BadOperator, "- =", "write `-=` without a space"),
        ("x = '+='", Code::FormulaSyntax, "'+='", "an empty formula"),
        ("x = [1]", Code::WrongKind, "[1]", "a formula is wanted"),
    ] {
        let found = seen(&of(effect));
        assert_eq!(found.len(), 1, "{effect}: {found:#?}");
        assert_eq!((found[0].code, found[0].line), (code, 4), "{effect}");
        assert_eq!(found[0].words, words, "{effect}");
        assert!(found[0].said.contains(said), "{effect}: {}", found[0].said);
    }
}

#[test]
fn chances_and_branches_fit_together() {
    use Code::*;
    check(&[
        ("[actors.a.actions.x]\nchance = 0.5", ActionChance, 2, "0.5", "array of branches"),
        ("[events.e]\nchance = []", WrongKind, 2, "[]", "without branches"),
        ("[events.e]\nchance = [0.5]", WrongKind, 2, "0.5", "a branch is a table"),
        ("[events.e]\nchance = [{}, { p = 1 }, {}]", TwoRests, 2, "{}", "without `p`"),
        (
            "[state]\nx = { start = 1 }\n[events.e]\neffects = { x = 1 }\n\
             chance = [{ effects = { x = 2 } }]",
            SetTwice,
            5,
            "x",
            "changed by the effects and by a branch",
        ),
        ("[actors.a.actions.x.refused]", MissingKey, 1, "refused", "needs `consent`"),
    ]);
    let many = format!("[events.e]\nchance = [{}]", "{ p = 0.01 },".repeat(33));
    assert_eq!(seen(&many)[0].code, TooLarge);
}

#[test]
fn wants_say_what_is_good_in_one_way() {
    let want = |keys: &str| seen(&format!("[actors.a.wants]\nw = {{ of = 1{keys} }}"));
    for (keys, said) in [
        ("", "none of them"),
        (", best = 1", "`best` without `worst`"),
        (", best = 1, reach = 1", "keys of both"),
        (", best = 1, worst = 0, ideal = 1, reach = 1", "keys of both"),
    ] {
        let found = want(keys);
        assert_eq!((found[0].code, found[0].line), (Code::WantForm, 2), "{keys}");
        assert!(found[0].said.contains(said), "{keys}: {}", found[0].said);
    }
    assert!(want(", ideal = 1, reach = 0.5, curve = 2").is_empty());
}

#[test]
fn consent_is_asked_of_known_actors_by_a_known_rule() {
    use Code::*;
    let consent =
        |consent: &str| seen(&format!("[actors.alba.actions.x]\nconsent = {consent}\n[actors.b]"));
    for (text, code, words, said) in [
        ("{ of = ['alba', 'B'] }", UnknownActor, "'B'", "did you mean `b`?"),
        ("{ of = ['b', 'b'] }", VoterTwice, "'b'", "two voters"),
        ("{ of = [] }", ConsentRule, "{ of = [] }", "nobody"),
        ("{ of = ['b'], rule = 'al' }", BadWord, "'al'", "did you mean `all`?"),
        ("{ of = ['b'], rule = 1 }", WrongKind, "1", "weight"),
        ("{ of = ['b'], rule = { quota = 1, weight = {} } }", ConsentRule, "'b'", "no weight"),
        (
            "{ of = ['b'], rule = { quota = 1, weight = { b = 1, alba = 1 } } }",
            ConsentRule,
            "alba",
            "not asked",
        ),
        ("{ of = 'b' }", WrongKind, "'b'", "an array of strings"),
    ] {
        let found = consent(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!((found[0].code, found[0].words.as_str()), (code, words), "{text}");
        assert!(found[0].said.contains(said), "{text}: {}", found[0].said);
    }
    let voters: Vec<_> = (0..17).map(|i| format!("c{i}")).collect();
    let actors: String = voters.iter().map(|voter| format!("[actors.{voter}]\n")).collect();
    let weight: String = voters.iter().map(|voter| format!("{voter} = 1,")).collect();
    let text = format!(
        "{actors}[actors.a.actions.x.consent]\nof = {voters:?}\n\
         rule = {{ quota = 1, weight = {{ {weight} }} }}"
    );
    assert_eq!(seen(&text)[0].code, TooLarge);
}

#[test]
fn policies_name_known_actions_and_possible_windows() {
    use Code::*;
    let of = |text: &str| seen(&format!("[actors.a.actions.attack]\n[policies.p]\n{text}"));
    for (text, code, words, said) in [
        ("forbid = ['a.atack']", UnknownAction, "'a.atack'", "did you mean `a.attack`?"),
        ("forbid = ['attack']", UnknownAction, "'attack'", "did you mean `a.attack`?"),
        ("forbid = ['b.attack']", UnknownActor, "'b.attack'", "did you mean `a.attack`?"),
        ("forbid = ['a.hold']", UnknownAction, "'a.hold'", "must_act"),
        ("force = ['a.attack']", WrongKind, "'a.attack'", "write `{ action = \"a.attack\" }`"),
        ("force = [{ from = 1 }]", MissingKey, "{ from = 1 }", "`action` is missing"),
        ("force = [{ action = 'a.attack', from = 3, to = 2 }]", ForceWindow, "2", "3 or more"),
        ("force = [{ action = 'a.attack', from = 12 }]", ForceOutside, "12", "0 to 11"),
        ("force = [{ action = 'a.attack', to = 12 }]", ForceOutside, "12", "0 to 11"),
        ("force = [{ action = 'a.attack', times = 0 }]", NotWhole, "0", "from 1 to 10000"),
        (
            "forbid = ['a.attack']\nforce = [{ action = 'a.attack' }]",
            ForbidForced,
            "'a.attack'",
            "both forced and forbidden",
        ),
        ("set = { actors.a.patience = 1 }", PathNotValue, "actors", "\"actors.a.patience\""),
        ("set = 1", WrongKind, "1", "a table"),
    ] {
        let found = of(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert_eq!((found[0].code, found[0].words.as_str()), (code, words), "{text}");
        assert!(found[0].said.contains(said), "{text}: {}", found[0].said);
    }
}

#[test]
fn dates_exist_and_outcomes_are_known() {
    use Code::*;
    check(&[
        ("[calendar.c]\non = '2024-02-30'", BadDate, 2, "'2024-02-30'", "is not a date"),
        ("[calendar.c]\non = 2024-02-03T10:00:00", BadDate, 2, "2024-02-03T10:00:00", "a time"),
        ("[calendar.c]\non = 5", BadDate, 2, "5", "a date is wanted"),
        ("[calendar.c]\non = '-000001-01-01'", BadDate, 2, "'-000001-01-01'", "is not a date"),
        (
            "[[outcomes]]\nid = 'war'\nwhen = true\n[observed]\noutcome = 'War'",
            UnknownOutcome,
            5,
            "'War'",
            "did you mean `war`?",
        ),
    ]);
    assert!(seen("[calendar.c]\non = '2024-02-29'").is_empty());
}

#[test]
fn forecasts_name_outcomes_and_add_up_to_one() {
    use Code::*;
    let of = |text: &str| {
        let outcomes =
            "[[outcomes]]\nid = 'war'\nwhen = true\n[[outcomes]]\nid = 'deal'\nwhen = true\n";
        seen(&format!("{outcomes}[observed]\noutcome = 'war'\n{text}"))
    };
    for sound in [
        "base_rate = { war = 0.1, deal = 0.2, unresolved = 0.7 }",
        "base_rate = { war = 1 }",
        "ordered = true\nprobabilities = { panel = { war = 0.1, deal = 0.9 }, crowd-2 = { deal = 1.0 } }",
    ] {
        assert!(of(sound).is_empty(), "{sound}: {:#?}", of(sound));
    }
    for (text, code, words, said) in [
        (
            "base_rate = { war = 0.1, deal = 0.8 }",
            RateSum,
            "{ war = 0.1, deal = 0.8 }",
            "add up to 0.9",
        ),
        ("base_rate = {}", RateSum, "{}", "add up to 0"),
        (
            "base_rate = { war = 0.5, deal = 0.500000002 }",
            RateSum,
            "{ war = 0.5, deal = 0.500000002 }",
            "1.000000002",
        ),
        ("base_rate = { war = 1.5, deal = -0.5 }", NotShare, "1.5", "is 1.5"),
        ("base_rate = { war = nan, deal = 1 }", NotShare, "nan", "0 to 1"),
        ("base_rate = { war = '0.1', deal = 0.9 }", WrongKind, "'0.1'", "plain number"),
        ("base_rate = { wra = 0.1, deal = 0.9 }", UnknownOutcome, "wra", "did you mean `war`?"),
        ("base_rate = 0.5", WrongKind, "0.5", "is a table"),
        ("probabilities = { war = 0.5, deal = 0.5 }", WrongKind, "0.5", "is a table"),
        ("probabilities = { demarche = { war = 1 } }", NameTwice, "demarche", "always exists"),
        ("probabilities = { base_rate = { war = 1 } }", NameTwice, "base_rate", "always exists"),
        ("ordered = 1", WrongKind, "1", "true or false"),
    ] {
        let found = of(text);
        assert!(!found.is_empty(), "{text}");
        assert_eq!((found[0].code, found[0].words.as_str()), (code, words), "{text}");
        assert!(found[0].said.contains(said), "{text}: {}", found[0].said);
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let actors: String = (0..65).map(|i| format!("[actors.a{i}]\n")).collect();
    assert_eq!(seen(&actors)[0].code, Code::TooLarge);
    let entries: String = (0..4_097).map(|i| format!("x{i} = 1\n")).collect();
    let found = seen(&format!("[define]\n{entries}"));
    assert_eq!(found.len(), 1);
    assert!(found[0].said.contains("4096"), "{}", found[0].said);
    let about = format!("about = \"{}\"", "x".repeat(10_001));
    assert_eq!(seen(&about)[0].code, Code::BadText);
}
