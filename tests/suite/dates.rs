//! `month` and `year`, `mod` and `round`, as formulas read them while a trial runs, with both engines.

use demarche::diagnostic::Code;
use demarche::engine::Path;
use demarche::model::{Document, Model};

use crate::lanes::compare;
use crate::play::{accident, model, option_at, outcomes, play, recorded, scenario};

/// A scenario that begins on a day.
fn dated(start: &str, step: &str, steps: u32, rest: &str) -> String {
    scenario(steps, &format!("start = {start}\nstep = '{step}'\n{rest}"))
}

/// Both engines give the same bits, on every path.
#[track_caller]
fn assert_alike(model: &Model, trials: usize) {
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        for chunk in [3, 128] {
            assert_eq!(compare(model, trials, path, chunk), None, "{} {chunk}", path.name());
        }
    }
}

/// The codes and messages of what is wrong with a text.
fn mistakes(text: &str) -> Vec<(Code, String)> {
    let document = Document::read("test.toml", text.as_bytes());
    document.check().iter().map(|item| (item.code, item.message.clone())).collect()
}

#[test]
fn month_and_year_are_those_of_the_first_day_of_the_step() {
    for (start, step, days) in [
        ("2023-11-30", "month", [(11, 2023), (12, 2023), (1, 2024), (2, 2024), (3, 2024)]),
        ("2023-12-31", "month", [(12, 2023), (1, 2024), (2, 2024), (3, 2024), (4, 2024)]),
        ("2024-12-19", "week", [(12, 2024), (12, 2024), (1, 2025), (1, 2025), (1, 2025)]),
        ("2023-12-30", "day", [(12, 2023), (12, 2023), (1, 2024), (1, 2024), (1, 2024)]),
        ("2024-02-28", "day", [(2, 2024), (2, 2024), (3, 2024), (3, 2024), (3, 2024)]),
        ("2024-05-31", "quarter", [(5, 2024), (8, 2024), (11, 2024), (2, 2025), (5, 2025)]),
        ("2024-02-29", "year", [(2, 2024), (2, 2025), (2, 2026), (2, 2027), (2, 2028)]),
    ] {
        let text = dated(
            start,
            step,
            5,
            "[state]\nn = 0\n[laws]\nn = '100 * year + month'\n\
             [measures]\nm = 'month'\ny = 'year'\n",
        );
        let model = model(&text);
        let leaf = play(&model, 3);
        for row in 0..=5 {
            // At the start, as in the first step; at the end of a step, those of the step.
            let (month, year) = days[usize::saturating_sub(row, 1)];
            let at = |name: &str| recorded(&model, &leaf, name, row)[0];
            assert_eq!(
                (at("m"), at("y")),
                (f64::from(month), f64::from(year)),
                "{start} {step} {row}"
            );
            let law = if row == 0 { 0 } else { 100 * year + month };
            assert_eq!(at("n"), f64::from(law), "{start} {step} {row}");
        }
        assert_alike(&model, 3);
    }
}

#[test]
fn a_run_without_steps_is_in_the_month_of_its_start() {
    let text = dated("2024-07-31", "month", 0, "[measures]\nm = 'month'\ny = 'year'\n");
    let model = model(&text);
    let leaf = play(&model, 2);
    assert_eq!(recorded(&model, &leaf, "m", 0), [7.0, 7.0]);
    assert_eq!(recorded(&model, &leaf, "y", 0), [2024.0, 2024.0]);
    assert_alike(&model, 2);
}

#[test]
fn the_month_in_which_a_trial_ended_is_that_of_its_end() {
    // A trial may end in any step; who looks at it afterwards sees the month of that step.
    let text = dated(
        "2023-10-15",
        "month",
        6,
        "imaginations = 4\n[state]\nx = 0\nseen = 0\n[laws]\nseen = 'month'\n\
         [events.end]\nchance = 0.3\neffects = { x = 1 }\n\
         [actors.a]\nrationality = 8\nforesight = 2\n\
         wants.w = { of = 'mod(month + 6, 12) + year - 2023', best = 12, worst = 0 }\n\
         wants.x = { of = 'x', best = 1, worst = 0 }\n\
         actions.wait = { when = 'month >= 11 or year == 2024', effects = { x = '+= 0.01 * month' } }\n\
         [[outcomes]]\nid = 'over'\nwhen = 'x >= 1'\nends = true\n\
         [[outcomes]]\nid = 'spring'\nwhen = 'month == 3 and year == 2024'\n",
    );
    let model = model(&text);
    let leaf = play(&model, 400);
    assert_eq!(option_at(&model, &leaf, "a.wait", 0).0, 0);
    assert!((1..6).all(|step| option_at(&model, &leaf, "a.wait", step).0 > 0));
    let ends = outcomes(&model, 1_000);
    assert!(ends[0] > 0 && ends[1] > 0 && ends[2] == 0, "{ends:?}");
    assert_alike(&model, 200);
}

#[test]
fn without_dates_there_is_no_month() {
    for (name, formula) in [("month", "month"), ("year", "year - 2000")] {
        let found = mistakes(&scenario(3, &format!("[measures]\nm = '{formula}'\n")));
        let wrong: Vec<_> = found.iter().filter(|(code, _)| *code == Code::NeedsDates).collect();
        assert_eq!(wrong.len(), 1, "{found:?}");
        assert!(wrong[0].1.contains(&format!("`{name}` of a step")), "{found:?}");
    }
}

#[test]
fn what_is_settled_once_per_trial_cannot_read_the_month() {
    for rest in [
        "[assumptions]\np = 'month / 12'\n[measures]\nm = 'p'\n",
        "[define]\nd = 'year'\n[state]\nx = { start = 'd' }\n",
        "[state]\nx = { start = 1, range = [0, 'month'] }\n",
    ] {
        let found = mistakes(&dated("2024-01-01", "month", 3, rest));
        let wrong: Vec<_> = found.iter().filter(|(code, _)| code.id().starts_with('E')).collect();
        assert_eq!(wrong.len(), 1, "{found:?}");
        assert_eq!(wrong[0].0, Code::WorldHere, "{found:?}");
        // Without dates there is one mistake too: that of the name itself comes first.
        let found = mistakes(&scenario(3, rest));
        let wrong: Vec<_> = found.iter().filter(|(code, _)| code.id().starts_with('E')).collect();
        assert_eq!(wrong.len(), 1, "{found:?}");
    }
}

#[test]
fn a_file_that_uses_a_new_word_as_a_name_is_told_what_to_do() {
    for word in ["month", "year", "mod", "round"] {
        for rest in [
            format!("[define]\n{word} = 't + 1'\n[measures]\nm = '{word} * 2'\n"),
            format!("[state]\n{word} = {{ start = 0 }}\n[laws]\n{word} = '{word} + 1'\n"),
            format!("[assumptions]\n{word} = 'uniform(0, 1)'\n[measures]\nm = '{word}'\n"),
        ] {
            let text = scenario(3, &rest);
            let document = Document::read("test.toml", text.as_bytes());
            let found = document.check();
            let errors: Vec<_> =
                found.iter().filter(|item| item.code.id().starts_with('E')).collect();
            assert_eq!(errors.len(), 1, "{text}\n{errors:#?}");
            assert_eq!(errors[0].code, Code::BadName, "{text}");
            let said = format!("{:?}", errors[0]);
            assert!(said.contains(&format!("`{word}`")), "{said}");
            assert!(
                said.contains(&format!(
                    "rename it here and in the formulas that read it: `{word}_value`"
                )),
                "{said}"
            );
        }
    }
    // Traits, events and actions have names of their own.
    let text = dated(
        "2024-01-01",
        "month",
        2,
        "[events.month]\n[actors.a]\nrationality = 1\ntraits = { year = 0.5 }\n\
         wants.w = { of = 'a.year + happened(month) + happened(a.mod)', best = 3, worst = 0 }\n\
         actions.mod = { when = 'year == 2024' }\n[[outcomes]]\nid = 'round'\nwhen = 'true'\n",
    );
    assert_eq!(mistakes(&text), []);
}

#[test]
fn a_month_or_year_that_never_comes_is_told() {
    let rest = |when: &str| {
        format!("[events.e]\nwhen = '{when}'\n[[outcomes]]\nid = 'o'\nwhen = 'happened(e)'\n")
    };
    for (when, never) in
        [("year > 2024", true), ("month > 5", true), ("month == 4", false), ("year == 2024", false)]
    {
        let found = mistakes(&dated("2024-01-01", "month", 5, &rest(when)));
        let warned = found.iter().any(|(code, _)| *code == Code::ConstantWhen);
        assert_eq!(warned, never, "{when}: {found:?}");
    }
}

#[test]
fn remainders_and_rounded_numbers_are_exact_in_both_engines() {
    let text = scenario(
        6,
        "[assumptions]\nu = 'uniform(-40, 40)'\nv = 'uniform(-3, 3)'\n\
         [state]\nx = { start = 'u' }\ny = { start = 'v' }\nhalf = 0\nzero = 0\n\
         [laws]\nx = 'x + normal(0, 9)'\nhalf = 'floor(x) / 2'\ny = '-y * 1.3'\n\
         [measures]\nboth = 'mod(x, y)'\nthree = 'mod(x, 3)'\nminus = 'mod(x, -2.5)'\n\
         seven = 'mod(7, y)'\nrounded = 'round(half)'\nwhole = 'round(x * 1e30)'\n\
         within_all = 'mod(abs(x), 1 / zero)'\ntiny = 'mod(-abs(x) * 1e-20, 1)'\n\
         picked = 'if zero == 0 then round(y) else mod(x, zero)'\n",
    );
    let model = model(&text);
    let leaf = play(&model, 300);
    for row in 0..=6 {
        let at = |name: &str| recorded(&model, &leaf, name, row).to_vec();
        let (x, y, half) = (at("x"), at("y"), at("half"));
        let (both, three, minus) = (at("both"), at("three"), at("minus"));
        let (seven, rounded, whole) = (at("seven"), at("rounded"), at("whole"));
        let (all, tiny) = (at("within_all"), at("tiny"));
        for i in 0..300 {
            assert!(both[i].abs() < y[i].abs() && both[i].is_sign_negative() == (y[i] < 0.0));
            assert!(
                (0.0..3.0).contains(&three[i]) && (three[i] - x[i].rem_euclid(3.0)).abs() < 1e-12
            );
            assert!(-2.5 < minus[i] && minus[i] <= 0.0);
            let turns = (x[i] - minus[i]) / -2.5;
            assert!((turns - turns.round()).abs() < 1e-9);
            assert!(seven[i].abs() < y[i].abs());
            let away = (half[i].abs() + 0.5).floor().copysign(half[i]);
            assert_eq!(rounded[i].to_bits(), away.to_bits(), "{}", half[i]);
            assert_eq!(whole[i], x[i] * 1e30);
            assert_eq!(all[i], x[i].abs());
            assert!(tiny[i] < 1.0 && tiny[i] > 0.999);
        }
    }
    assert_alike(&model, 300);
}

#[test]
fn a_remainder_of_nothing_is_an_accident() {
    let text = scenario(3, "[state]\nx = 5\ny = 2\n[laws]\nx = 'mod(x, y)'\ny = 'y - 1'\n");
    let found = accident(&text, 1);
    assert_eq!(found.problem, "mod: y is 0, must not be 0");
    assert_eq!((found.step, found.path.as_str()), (Some(2), "laws.x"));
    assert_alike(&model(&text), 2);
    let found = mistakes(&scenario(1, "[measures]\nm = 'mod(3, 0)'\n"));
    assert!(found.iter().any(|(code, _)| *code == Code::NotFinite), "{found:?}");
}

#[test]
fn what_an_accident_read_has_the_month() {
    let text = dated(
        "2024-11-01",
        "month",
        4,
        "[state]\nx = 1\n[laws]\nx = '1 / (month - 1) + year * 0'\n",
    );
    let found = accident(&text, 1);
    assert_eq!(found.step, Some(2));
    let read = |name: &str, value: &str| {
        assert!(found.reads.contains(&(name.to_owned(), value.to_owned())), "{:?}", found.reads);
    };
    read("month", "1");
    read("year", "2025");
}
