//! Odds revised by a record: against posteriors, evidences and odds that are known exactly.

use std::fmt::Write as _;

use demarche::engine::{Contradiction, EngineKind};
use demarche::model::Model;
use demarche::study::{ImpossibleEntry, Plan, Updated, play, update};

use crate::filter::{ERRORS, ln_beta};
use crate::play::{model, scenario};

fn updated(model: &Model, plan: Plan) -> Result<Updated, ImpossibleEntry> {
    let past = model.known.as_ref().expect("a record");
    update(model, past, plan, &()).expect("no accident")
}

fn plan(trials: u64) -> Plan {
    Plan { seed: 7, trials, ..Plan::default() }
}

/// Whether a logarithm of evidence is a value, but for chance.
fn assert_evidence(found: &Updated, exact: f64) {
    let own = found.evidence[0];
    let error = own.error.expect("batches that agree");
    assert!((own.log - exact).abs() < ERRORS * error + 1e-9, "{own:?} instead of {exact}");
    // The steps add up to it.
    let steps: f64 = found.steps.iter().map(|step| step.evidence[0].log).sum();
    assert!((steps - own.log).abs() < 1e-9, "{steps} instead of {}", own.log);
}

/// An event with a chance that nobody knows, beta(2, 3), which came about in these of twelve steps.
fn unknown_chance(came: &[u32]) -> String {
    let mut text = scenario(
        12,
        "[assumptions]\np = { draw = \"beta(2, 3)\" }\n[events.bang]\nchance = \"p\"\n\
         [[outcomes]]\nid = \"often\"\nwhen = \"count(bang) >= 8\"\n\
         [record]\nuntil = 9\ncomplete = [\"bang\"]\n",
    );
    for step in came {
        let _ = write!(text, "[[record.entries]]\non = {step}\ndid = \"bang\"\n");
    }
    text
}

#[test]
fn a_chance_that_nobody_knows_is_learned_as_by_hand() {
    let model = model(&unknown_chance(&[0, 1, 3, 4, 6, 8]));
    let found = updated(&model, plan(4_000)).expect("possible");
    // beta(2, 3) and six of ten: beta(8, 7).
    let (a, b): (f64, f64) = (8.0, 7.0);
    let (mean, sd) = (a / (a + b), (a * b / (a + b + 1.0)).sqrt() / (a + b));
    let posterior = found.assumptions[0].posterior;
    let error = sd / found.effective.sqrt();
    assert!((posterior.mean - mean).abs() < ERRORS * error, "{posterior:?}, mean {mean}");
    assert!((posterior.sd / sd - 1.0).abs() < 0.15, "{posterior:?}, sd {sd}");
    let prior = found.assumptions[0].prior;
    assert!((prior.mean - 0.4).abs() < 0.02 && (prior.sd - 0.2).abs() < 0.02, "{prior:?}");
    assert_evidence(&found, ln_beta(8, 7) - ln_beta(2, 3));
    // Two steps are open: eight come about if both do, E[p²] = a(a + 1)/((a + b)(a + b + 1)).
    let exact = a * (a + 1.0) / ((a + b) * (a + b + 1.0));
    let odds = found.steps.last().expect("ten steps").odds[0];
    assert!(odds.interval.contains(exact), "{odds:?}, not {exact}");
    assert_eq!(found.steps.len(), 10);
}

#[test]
fn evidence_is_without_bias_and_intervals_hold() {
    let model = model(&unknown_chance(&[0, 1, 2, 3, 5, 6, 7, 9]));
    let exact = ln_beta(10, 5) - ln_beta(2, 3);
    let mean = 10.0 / 15.0;
    let (mut ratios, mut held, mut means) = (Vec::new(), 0, Vec::new());
    let seeds = 500;
    for seed in 0..seeds {
        let plan = Plan { seed, trials: 160, threads: Some(1), ..Plan::default() };
        let found = updated(&model, plan).expect("possible");
        ratios.push((found.evidence[0].log - exact).exp());
        // At least eight of twelve: eight have come about, so always; nine and more by what is open.
        let told = found.steps.last().expect("ten steps").odds[0];
        assert_eq!(told.share, 1.0);
        let told = found.steps[7].odds[0];
        held += u32::from(told.interval.contains(after_seven()));
        means.push(found.assumptions[0].posterior.mean);
    }
    let count = f64::from(seeds as u32);
    let average = ratios.iter().sum::<f64>() / count;
    let squares: f64 = ratios.iter().map(|x| (x - average) * (x - average)).sum();
    let error = (squares / (count - 1.0) / count).sqrt();
    assert!((average - 1.0).abs() < ERRORS * error, "{average} ± {error} instead of 1");
    let average = means.iter().sum::<f64>() / count;
    let squares: f64 = means.iter().map(|x| (x - average) * (x - average)).sum();
    let error = (squares / (count - 1.0) / count).sqrt();
    assert!(
        (average - mean).abs() < ERRORS * error + 0.004,
        "{average} ± {error} instead of {mean}"
    );
    assert!(f64::from(held) >= 0.93 * count, "{held} of {seeds}");
}

/// The odds of eight or more of twelve after seven of eight: beta(9, 4), at least one of four.
fn after_seven() -> f64 {
    let (a, b): (f64, f64) = (9.0, 4.0);
    // None of four: E[(1 − p)⁴].
    let none: f64 = (0..4).map(|k| (b + f64::from(k)) / (a + b + f64::from(k))).product();
    1.0 - none
}

/// A chooser whose rationality is 1 or 4, equally likely, and what it chose in six steps.
#[test]
fn rationality_is_learned_from_choices_as_by_hand() {
    let chosen = [true, true, false, true, true, true];
    let mut text = scenario(
        6,
        "[assumptions]\nsharp = { draw = \"bernoulli(50%)\" }\n[state]\nx = 0.5\n\
         [actors.a]\nrationality = \"if sharp then 4 else 1\"\n\
         [actors.a.wants]\nhigh = { of = \"x\", best = 1, worst = 0 }\n\
         [actors.a.actions.up]\neffects = { x = 1 }\n[laws]\nx = 0.5\n\
         [record]\nuntil = 5\ncomplete = [\"a\"]\n",
    );
    for (step, _) in chosen.iter().enumerate().filter(|(_, up)| **up) {
        let _ = write!(text, "[[record.entries]]\non = {step}\ndid = \"a.up\"\n");
    }
    let found = updated(&model(&text), plan(4_000)).expect("possible");
    let likelihood = |rationality: f64| {
        let up = 1.0 / (1.0 + (-0.5 * rationality).exp());
        chosen.iter().map(|own| if *own { up } else { 1.0 - up }).product::<f64>()
    };
    let (dull, sharp) = (likelihood(1.0), likelihood(4.0));
    let exact = sharp / (dull + sharp);
    let posterior = found.assumptions[0].posterior;
    let error = (exact * (1.0 - exact) / found.effective).sqrt();
    assert!((posterior.mean - exact).abs() < ERRORS * error, "{posterior:?}, not {exact}");
    assert_evidence(&found, (0.5 * (dull + sharp)).ln());
    // Everyone at random says one half each time.
    assert!((found.evidence[1].log - 6.0 * 0.5f64.ln()).abs() < 1e-9, "{:?}", found.evidence[1]);
}

/// A hidden chain of two states, seen through a glass that errs in one case of five.
#[test]
fn a_hidden_chain_with_facts_is_followed_as_by_the_forward_algorithm() {
    let seen = [true, true, false, true, false, false, false, true];
    let mut text = scenario(
        9,
        "[state]\nhidden = \"bernoulli(30%)\"\nshown = false\n\
         [events.turn]\nwhen = \"hidden\"\nchance = 0.3\neffects = { hidden = false }\n\
         [events.back]\nwhen = \"not hidden and not within(turn, 1)\"\nchance = 0.1\neffects = { hidden = true }\n\
         [laws]\nshown = \"if bernoulli(20%) then not hidden else hidden\"\n\
         [[outcomes]]\nid = \"on\"\nwhen = \"hidden\"\n[record]\nuntil = 7\n",
    );
    for (step, shown) in seen.iter().enumerate() {
        let fact = if *shown { "shown" } else { "not shown" };
        let _ = write!(text, "[[record.entries]]\non = {step}\nfact = \"{fact}\"\n");
    }
    let found = updated(&model(&text), plan(16_000)).expect("possible");
    // The forward algorithm: in each step the state turns, and then it is seen.
    let turn = |on: f64| on * 0.7 + (1.0 - on) * 0.1;
    let (mut on, mut evidence) = (0.3, 0.0f64);
    for (step, shown) in seen.iter().enumerate() {
        on = turn(on);
        let (of_on, of_off) = if *shown { (0.8, 0.2) } else { (0.2, 0.8) };
        let all = on * of_on + (1.0 - on) * of_off;
        evidence += all.ln();
        on = on * of_on / all;
        // What is open then: the end of the run.
        let exact = (step + 1..9).fold(on, |on, _| turn(on));
        let odds = found.steps[step].odds[0];
        assert!(odds.interval.contains(exact), "after step {step}: {odds:?}, not {exact}");
    }
    assert_evidence(&found, evidence);
}

#[test]
fn an_empty_record_changes_nothing() {
    for name in ["border-crisis.toml", "crisis-tree.toml"] {
        let text = std::fs::read_to_string(format!("scenarios/{name}")).expect("a scenario");
        let until = if name == "border-crisis.toml" { "2024-06-15" } else { "2024-02-10" };
        let model = model(&format!("{text}\n[record]\nuntil = {until}\n"));
        let found = updated(&model, plan(320)).expect("possible");
        let mut counts = vec![0u64; model.outcomes.len() + 1];
        play::<()>(&model, plan(320), &(), |blocks| {
            for block in blocks {
                block.outcomes.iter().for_each(|outcome| counts[*outcome as usize] += 1);
            }
            Ok(())
        })
        .expect("no accident");
        assert_eq!(found.before, counts, "{name}");
        for step in &found.steps {
            for (odds, count) in step.odds.iter().zip(&counts) {
                assert_eq!(odds.share, *count as f64 / 320.0, "{name}");
            }
            assert!((step.effective - 320.0).abs() < 1e-6, "{name}");
        }
        // Whatever the forecaster, nothing surprises it, to the last digit.
        let of_steps = found.steps.iter().flat_map(|step| step.evidence);
        for evidence in of_steps.chain(found.evidence) {
            assert_eq!((evidence.log, evidence.error), (0.0, Some(0.0)), "{name}");
        }
    }
}

#[test]
fn moves_votes_and_bargains_are_weighed_alike_by_both_engines_on_any_threads() {
    let text = std::fs::read_to_string("scenarios/border-crisis.toml").expect("a scenario");
    let model = model(&format!(
        "{text}\n[record]\nuntil = 2024-05-10\ncomplete = [\"a\"]\n\
         [[record.entries]]\non = 2024-01-20\ndid = \"a.threaten\"\n\
         [[record.entries]]\non = 2024-03-15\ndid = \"a.propose_split\"\naccepted = false\n\
         [[record.entries]]\non = 2024-05-10\nfact = \"tension > 0.1\"\n"
    ));
    let of = |engine, threads| updated(&model, Plan { engine, threads, ..plan(160) });
    let lanes = of(EngineKind::Lanes, Some(1)).expect("possible");
    let text = |found: &Updated| format!("{found:?}");
    assert_eq!(text(&lanes), text(&of(EngineKind::Lanes, Some(3)).expect("possible")));
    assert_eq!(text(&lanes), text(&of(EngineKind::Reference, Some(2)).expect("possible")));
    assert!(lanes.evidence[0].log < 0.0 && lanes.evidence[0].log.is_finite());
}

#[test]
fn what_cannot_be_is_named() {
    let text = scenario(
        4,
        "[state]\nx = 0\n[actors.a]\nrationality = 5\n[actors.a.wants]\nx = { of = \"x\", best = 1, worst = 0 }\n\
         [actors.a.actions.up]\nwhen = \"t == 1\"\neffects = { x = 1 }\n\
         [actors.a.actions.down]\neffects = { x = 0 }\n\
         [record]\nuntil = 3\n[[record.entries]]\non = 2\ndid = \"a.up\"\n",
    );
    let found = updated(&model(&text), plan(160)).expect_err("never open");
    assert_eq!((found.step, found.particles), (2, 160));
    let (what, count) = &found.contradictions[0];
    assert_eq!((*what, count.plays), (Contradiction::Entry(0), 160));
    // Down by its position, and holding.
    assert_eq!(
        count.open.iter().map(|(at, all)| (*at, *all)).collect::<Vec<_>>(),
        [(1, 160), (2, 160)]
    );
}
