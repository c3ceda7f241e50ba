//! Intervals have the coverage they claim, and uncertainty about the assumptions is
//! separated from chance.

use demarche::engine::Reference;
use demarche::model::Document;
use demarche::study::{self, Again, Plan, Tally, compare, repeat};

use crate::play::{model_under, play, scenario};
use crate::repeat::peak;
use crate::tables::{Desk, RIVALS, assert_near, find, number};

fn plan(seed: u64, trials: u64) -> Plan {
    Plan { seed, trials, threads: Some(1), block: Some(256), ..Plan::default() }
}

/// In how many of 1,000 seeds the 95 % interval of an outcome's difference covers
/// the true value.
fn covered(text: &str, trials: u64, truths: &[f64]) -> Vec<u32> {
    let models = ["none", "p"].map(|policy| model_under(text, policy, "base"));
    let mut covered = vec![0; truths.len()];
    for seed in 0..1_000 {
        let (_, pairs) = compare(&models, &[(0, 1)], plan(seed, trials), &()).expect("no accident");
        for ((_, _, paired), (count, truth)) in
            pairs[0].outcomes.iter().zip(covered.iter_mut().zip(truths))
        {
            *count += u32::from(paired.interval(0.95, 1).contains(*truth));
        }
    }
    covered
}

/// An event whose chance the policy changes, on common random numbers.
fn event(chance: f64, under_policy: f64) -> String {
    scenario(
        1,
        &format!(
            "[events.e]\nchance = {chance:?}\n[[outcomes]]\nid = 'yes'\nwhen = 'happened(e)'\n\
             [policies.p]\nset = {{ 'events.e.chance' = {under_policy:?} }}\n"
        ),
    )
}

#[test]
fn paired_intervals_cover_the_truth_as_often_as_they_claim() {
    // The expected number of flips is 20, then 12, then 1.5.
    for (trials, under_policy, least, most) in
        [(500, 0.34, 930, 985), (300, 0.34, 930, 985), (300, 0.305, 930, 1_000)]
    {
        let found = covered(&event(0.30, under_policy), trials, &[under_policy - 0.30])[0];
        println!("event 0.30 to {under_policy}, {trials} trials: {found} of 1,000");
        assert!((least..=most).contains(&found), "{found} with {trials} trials");
    }
}

#[test]
fn differences_of_choices_are_covered_too() {
    // x, y and holding, with values 0, -0.1 and 0; then x costs 0.2 more.
    let text = scenario(
        1,
        "[actors.a]\nrationality = 3\nactions.x = { cost = 0 }\nactions.y = { cost = 0.1 }\n\
         [[outcomes]]\nid = 'x'\nwhen = 'happened(a.x)'\n[[outcomes]]\nid = 'y'\nwhen = 'happened(a.y)'\n\
         [[outcomes]]\nid = 'held'\nwhen = 'true'\n\
         [policies.p]\nset = { 'actors.a.actions.x.cost' = 0.2 }\n",
    );
    let shares = |x: f64| {
        let odds = [(-3.0 * x).exp(), (-0.3f64).exp(), 1.0];
        odds.map(|one| one / odds.iter().sum::<f64>())
    };
    let (a, b) = (shares(0.0), shares(0.2));
    let truths = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    let found = covered(&text, 400, &truths);
    println!("choices among three, 400 trials: {found:?} of 1,000");
    assert!(found.iter().all(|count| (930..=985).contains(count)), "{found:?}");
}

#[test]
fn not_knowing_and_chance_are_estimated_without_bias() {
    let text = scenario(
        1,
        "[assumptions]\np = 'beta(2, 5)'\n[events.e]\nchance = 'p'\n\
         [[outcomes]]\nid = 'yes'\nwhen = 'happened(e)'\n",
    );
    let model = model_under(&text, "none", "base");
    let (mean, variance) = (2.0 / 7.0, 10.0 / (49.0 * 8.0));
    let exact = [mean, variance, mean - (variance + mean * mean)];
    for repeats in [2, 10] {
        let mut found = [const { Vec::new() }; 3];
        let mut held = [0; 3];
        for seed in 0..500 {
            let take = |_: &[_]| Ok::<(), std::convert::Infallible>(());
            let mut tally = Tally::new(&model);
            let with = (&model, &mut tally);
            let all = repeat(with, repeats, plan(seed, 40), &(), take).expect("played");
            let split = all.split(0, 0.95).expect("enough");
            let parts = [split.share, split.not_knowing, split.chance];
            for (index, part) in parts.into_iter().enumerate() {
                found[index].push(part.value);
                held[index] += u32::from(part.interval.contains(exact[index]));
            }
        }
        for (index, values) in found.iter().enumerate() {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            let error = (squares / (n - 1.0) / n).sqrt();
            let (off, part) =
                ((mean - exact[index]) / error, ["share", "not knowing", "chance"][index]);
            println!(
                "{repeats} repeats, {part}: {off:+.2} standard errors off, {} of 500 intervals cover",
                held[index]
            );
            assert!(off.abs() <= 3.0, "{part}: {mean}, expected {}, error {error}", exact[index]);
            assert!(held[index] >= 465, "{part}: {} of 500", held[index]);
        }
    }
}

/// A scenario whose outcome has, in each trial, the probability that is drawn for it.
fn drawn_chance(draw: &str) -> String {
    scenario(
        1,
        &format!(
            "[assumptions]\np = '{draw}'\n[events.e]\nchance = 'p'\n\
             [[outcomes]]\nid = 'yes'\nwhen = 'happened(e)'\n"
        ),
    )
}

/// Through the engine: replays keep the assumptions of their trial, and the interval of the swing that
/// they give holds the standard deviation that the formula has.
#[test]
fn the_swing_of_a_plain_run_holds_the_truth() {
    for (draw, truth) in [
        ("0.2", 0.0),
        ("0.3 + 0 * uniform(0, 1)", 0.0),
        ("beta(2, 5)", (10.0f64 / (49.0 * 8.0)).sqrt()),
        ("0.02 + 0.96 * bernoulli(0.55)", 0.96 * (0.55f64 * 0.45).sqrt()),
        ("0.4 * bernoulli(0.005)", 0.4 * (0.005f64 * 0.995).sqrt()),
    ] {
        let model = model_under(&drawn_chance(draw), "none", "base");
        let mut held = 0;
        for seed in 0..300 {
            let plan = plan(seed, 1_000);
            let (mut again, mut count) = (Again::new(&model, plan.trials), 0);
            let run = study::play(&model, plan, &(), |blocks| {
                blocks.iter().for_each(|block| again.note(&block.outcomes));
                let ended = blocks.iter().flat_map(|block| &block.outcomes);
                count += ended.filter(|outcome| **outcome == 0).count() as u64;
                Ok::<(), std::convert::Infallible>(())
            });
            run.expect("no accident");
            again.play(&model, plan, &()).expect("no accident");
            let Some(split) = again.split(0, (count, plan.trials), 0.95) else {
                assert_eq!((again.replays(), draw), (0, "0.2"), "nothing is drawn once per trial");
                held += 1;
                continue;
            };
            assert!((100..=125).contains(&again.replays()), "{}", again.replays());
            held += u32::from(split.swing.is_none_or(|swing| {
                assert!(swing.low < swing.high, "{draw}: {swing:?}");
                swing.contains(truth)
            }));
        }
        println!("{draw}: {held} of 300");
        assert!(held >= 279, "{draw}: {held} of 300");
    }
}

/// What a file draws is decided by its formulas: no replays, `none` and not a word of assumptions where it
/// draws nothing, though outcomes vary by chance.
#[test]
fn where_nothing_is_drawn_there_is_no_swing() {
    let desk = Desk::new();
    let fixed = desk.file("fixed.toml", &drawn_chance("0.3"));
    for (asked, played) in
        [(&["-n", "200"][..], "\n200 trials in"), (&["--draws", "40"], "800 trials in")]
    {
        let run = desk.play(&[&["run", &*fixed][..], asked].concat());
        let headline = run.out.lines().nth(1).expect("a headline");
        assert!(headline.ends_with(").") && !headline.contains("assumption"), "{headline}");
        assert!(run.out.contains(played) && run.out.contains("swing: none"), "{}", run.out);
        for row in run.table("uncertainty.csv") {
            for zero in ["draws", "swing_low", "swing_high", "not_knowing", "not_knowing_high"] {
                assert_eq!(number(&row, zero), 0.0, "{zero}");
            }
            assert!(number(&row, "chance_low") < number(&row, "chance_high"));
        }
        assert!(!run.text("report.html").contains("Assumptions that are drawn"));
    }
    // Drawn, but so seldom anything else than 0 that a thousand draws are alike.
    let rare = desk.file("rare.toml", &drawn_chance("0.3 + 0.7 * bernoulli(0.0000001)"));
    let run = desk.play(&["run", &rare, "-n", "200"]);
    assert!(run.out.contains("200 trials and 99 replays in"), "{}", run.out);
    assert!(!run.out.contains("swing: none"), "{}", run.out);
}

/// Warnings are counted over all plays of all draws, on terminal and page alike, and what a policy
/// forbids is not warned of.
#[test]
fn warnings_are_of_all_plays() {
    let text = scenario(
        1,
        "[assumptions]\np = '0.2 to 0.3'\n[events.e]\nchance = 0.008\n[actors.a]\ntitle = 'Ankara'\n\
         rationality = 1\nactions.go = { title = 'goes', cost = 5 }\n\
         actions.never = { title = 'never does', when = 't > 9' }\n\
         [[outcomes]]\nid = 'e'\ntitle = 'It happens'\nwhen = 'happened(e)'\n\
         [[outcomes]]\nid = 'no'\ntitle = 'It cannot'\nwhen = 't > 9'\n\
         [policies.p]\nforbid = ['a.never', 'a.go']\n",
    );
    let desk = Desk::new();
    let file = desk.file("seldom.toml", &text);
    let few = desk.play(&["run", &file, "-n", "12"]).text("manifest.json");
    assert!(
        few.contains("actions never taken") || few.contains("never taken in 12 trials"),
        "{few}"
    );
    assert!(few.contains("outcomes never reached in 12 trials: It happens; It cannot"), "{few}");
    let many = desk.play(&["run", &file, "--draws", "12", "--repeats", "60"]);
    let manifest = many.text("manifest.json");
    assert!(manifest.contains("outcome never reached in 720 plays: It cannot"), "{manifest}");
    assert!(!manifest.contains("never taken"), "{manifest}");
    assert!(
        manifest.contains("action never available in 720 plays: Ankara: never does"),
        "{manifest}"
    );
    assert!(many.text("report.html").contains("Outcome never reached in 720 plays: It cannot"));
    let forbidden = desk.play(&["run", &file, "-n", "30", "--policy", "p"]).text("manifest.json");
    assert!(!forbidden.contains("Ankara"), "{forbidden}");
}

#[test]
fn the_first_repeat_is_the_ordinary_run_and_the_shares_are_those_of_all() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    let cell = ["run", &*file, "--policy", "quiet", "--trials", "csv", "--seed", "3"];
    let drawn = desk.play(&[&cell[..], &["--draws", "150", "--repeats", "4"]].concat());
    let run = desk.play(&[&cell[..], &["-n", "150"]].concat());
    for name in ["trials.csv", "summary.csv", "series.csv", "moves.csv", "assumptions.csv"] {
        assert!(drawn.files[name] == run.files[name], "{name}");
    }
    let rows = drawn.table("uncertainty.csv");
    assert_eq!(rows.len(), 4);
    let document = Document::read("rivals.toml", RIVALS.as_bytes());
    let model = document.model("quiet", "base").expect("sound");
    let plays: Vec<Vec<u32>> = (0..4)
        .map(|play| {
            let leaf = Reference::new(&model, 3).repeat(play).block(0, 150, &|| true);
            leaf.expect("no accident").expect("whole").outcomes
        })
        .collect();
    assert!(plays[0] != plays[1] && plays[1] != plays[2], "each repeat has its own random numbers");
    for (index, id) in ["a_ahead", "b_ahead", "tense", "unresolved"].iter().enumerate() {
        let row = find(&rows, &[("outcome", id)]);
        assert_eq!((number(row, "draws"), number(row, "repeats")), (150.0, 4.0));
        let count = plays.iter().flatten().filter(|outcome| **outcome as usize == index).count();
        assert_near(number(row, "share"), count as f64 / 600.0);
    }
}

#[test]
fn repeats_share_the_assumptions_and_nothing_else() {
    let document = Document::read("rivals.toml", RIVALS.as_bytes());
    let model = document.model("none", "base").expect("sound");
    let first = play(&model, 200);
    let again = Reference::new(&model, 1).repeat(1).block(0, 200, &|| true);
    let again = again.expect("no accident").expect("whole");
    for column in 0..model.assumptions.len() {
        assert_eq!(first.assumption(column), again.assumption(column));
    }
    let rows = model.truth.steps as usize + 1;
    assert!(first.recorded(0, rows - 1, rows) != again.recorded(0, rows - 1, rows));
}

#[test]
fn draws_and_trials_cannot_be_given_together() {
    let desk = Desk::new();
    let file = desk.file("rivals.toml", RIVALS);
    for (wrong, word) in [
        (&["--draws", "10", "-n", "10"][..], "-n"),
        (&["--repeats", "3"], "--draws"),
        (&["--draws", "1"], "--draws"),
        (&["--draws", "10", "--repeats", "1"], "--repeats"),
    ] {
        let message = desk.fail(2, &[&["run", &*file], wrong].concat());
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn threads_and_blocks_change_no_byte_of_any_answer() {
    let desk = Desk::new();
    let rivals = desk.file("rivals.toml", RIVALS);
    let border = "scenarios/border-crisis.toml";
    for asked in [
        &["compare", &*rivals, "-n", "700", "--goal", "actor:a"][..],
        &["compare", &rivals, border, "-n", "300"],
        &["levers", &rivals, "-n", "400", "--world", "base", "--world", "tilted"],
        &["run", &rivals, "--draws", "300", "--repeats", "3"],
        &["compare", border, "-n", "300", "--goal", "avoid:war"],
        &["levers", border, "-n", "300"],
        &["run", border, "--draws", "200", "--repeats", "3", "--trials", "csv"],
    ] {
        let with = |more: &[&str]| desk.play(&[asked, more].concat()).files;
        let one = with(&["-j", "1"]);
        assert!(one.keys().any(|name| name == "manifest.json") && one.len() > 5, "{one:?}");
        for (threads, block) in [("1", "1"), ("2", "7"), ("8", "256"), ("8", "1")] {
            let other = with(&["-j", threads, "--block", block]);
            let differ = one.keys().find(|name| one.get(*name) != other.get(*name));
            assert!(
                one == other,
                "{asked:?}: {differ:?} with {threads} threads, blocks of {block}"
            );
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_trials_or_repeats() {
    let desk = Desk::new();
    let file = desk.file("event.toml", &event(0.30, 0.34));
    let of = |trials| peak(&["compare", &file, "-n", trials]);
    let (few, many) = (of("30000"), of("600000"));
    assert!(few > 0 && many < few * 3 / 2, "{few} KiB for 30,000 trials, {many} KiB for 600,000");
    let of = |repeats| peak(&["run", &file, "--draws", "3000", "--repeats", repeats]);
    let (few, many) = (of("10"), of("200"));
    assert!(few > 0 && many < few * 3 / 2, "{few} KiB for 10 repeats, {many} KiB for 200");
}
