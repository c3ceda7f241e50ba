//! Wants that say how they rank: the weights that are drawn for them, compared with the uniform
//! distribution over all weights in that order, and what they do.

use std::sync::Arc;

use demarche::engine::{GivenNumbers, Lanes, Path, Reference, Sampling, TrialBlock, input_numbers};
use demarche::model::{Document, Model};

use crate::lanes::{compare, difference};
use crate::play::{assert_share, assert_spread, assumed, model, model_under, play, scenario};

const TRIALS: usize = 200_000;

/// An actor `a` whose wants have these ranks: `w0`, `w1`, and so on.
fn ranked(ranks: &[u32]) -> String {
    let wants = ranks
        .iter()
        .enumerate()
        .map(|(at, rank)| format!("w{at} = {{ of = 'x', best = 1, worst = 0, rank = {rank} }}\n"));
    format!("[actors.a.wants]\n{}", wants.collect::<String>())
}

/// A scenario without steps in which an actor has these ranks.
fn still(ranks: &[u32]) -> Model {
    model(&scenario(0, &format!("[state]\nx = 0.5\n{}", ranked(ranks))))
}

/// The weights drawn for the wants of `a`, want by want.
fn weights<'a>(model: &Model, block: &'a TrialBlock, wants: usize) -> Vec<&'a [f64]> {
    (0..wants).map(|at| assumed(model, block, &format!("actors.a.wants.w{at}.weight"))).collect()
}

/// The same weights, trial by trial.
fn by_trial(weights: &[&[f64]]) -> Vec<Vec<f64>> {
    let trials = weights.first().map_or(0, |own| own.len());
    (0..trials).map(|trial| weights.iter().map(|own| own[trial]).collect()).collect()
}

fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count as f64
}

/// Asserts that the mean of values, one a trial, is as expected, to within five standard errors.
fn assert_mean(what: &str, values: &[f64], expected: f64) {
    let count = values.len();
    let found = mean(values.iter().copied(), count);
    let variance = mean(values.iter().map(|x| (x - found) * (x - found)), count);
    let error = (variance / count as f64).sqrt();
    let close = (found - expected).abs() <= 5.0 * error + 1e-12;
    assert!(close, "{what}: {found} ± {error}, expected {expected}");
}

/// The centroid of the k-th of n ranks: the mean of 1 / i over i from k to n, divided by n.
fn centroid(k: usize, n: usize) -> f64 {
    (k..=n).map(|i| 1.0 / i as f64).sum::<f64>() / n as f64
}

/// The mean of the product of the weights in places j and k of n, from 1, in order. The weight in place k
/// is the sum of D_i / i over i from k on, with D uniform on the simplex, so that the mean of D_i · D_l is
/// 1 / (n (n + 1)), and twice that for i = l.
fn product(j: usize, k: usize, n: usize) -> f64 {
    let sum = |k: usize| (k..=n).map(|i| 1.0 / i as f64).sum::<f64>();
    let squares = (j.max(k)..=n).map(|i| 1.0 / (i * i) as f64).sum::<f64>();
    (sum(j) * sum(k) + squares) / (n * (n + 1)) as f64
}

#[test]
fn the_products_of_sorted_uniform_weights_are_those_of_an_integral() {
    // Two weights: the larger is uniform from 1/2 to 1. Three: a sum over a fine grid of the simplex.
    assert!((product(1, 1, 2) - (1.0 / 48.0 + 0.75 * 0.75)).abs() < 1e-15);
    assert!((product(1, 2, 2) - (0.75 * 0.25 - 1.0 / 48.0)).abs() < 1e-15);
    let steps = 600;
    let mut sums = [[0.0; 3]; 3];
    let mut points = 0.0;
    for i in 0..steps {
        for j in 0..steps - i {
            // The middles of the cells of a triangular grid.
            let (x, y) =
                ((i as f64 + 1.0 / 3.0) / steps as f64, (j as f64 + 1.0 / 3.0) / steps as f64);
            let mut all = [x, y, 1.0 - x - y];
            all.sort_by(|a, b| b.total_cmp(a));
            points += 1.0;
            for (j, row) in sums.iter_mut().enumerate() {
                row.iter_mut().enumerate().for_each(|(k, sum)| *sum += all[j] * all[k]);
            }
        }
    }
    for (j, row) in sums.iter().enumerate() {
        for (k, sum) in row.iter().enumerate() {
            assert!((sum / points - product(j + 1, k + 1, 3)).abs() < 1e-3, "{j} {k}");
        }
    }
}

#[test]
fn mean_weights_are_the_rank_order_centroid_and_the_order_holds_in_every_trial() {
    let model = still(&[1, 2, 3, 4, 5]);
    let block = play(&model, TRIALS);
    let weights = weights(&model, &block, 5);
    // To the digits printed by Barron & Barrett (1996) and others.
    for ((own, at), printed) in
        weights.iter().zip(1..).zip([0.456667, 0.256667, 0.156667, 0.09, 0.04])
    {
        assert!((centroid(at, 5) - printed).abs() < 5e-7);
        assert_mean(&format!("rank {at}"), own, centroid(at, 5));
    }
    for own in by_trial(&weights) {
        assert!(own.windows(2).all(|pair| pair[0] >= pair[1]) && own[4] > 0.0, "{own:?}");
        assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-14, "{own:?}");
    }
}

#[test]
fn only_the_order_of_ranks_counts_not_their_numbers_or_their_places_in_the_file() {
    let (plain, wide) = (still(&[1, 2, 3, 4]), still(&[2, 30, 400, 1_000_000]));
    let (a, b) = (play(&plain, 50), play(&wide, 50));
    assert_eq!(a.assumptions, b.assumptions);
    // The same wants by name in another order of the file.
    let [first, second, third] = [("w0", 1), ("w1", 2), ("w2", 2)].map(|(name, rank)| {
        format!("{name} = {{ of = 'x', best = 1, worst = 0, rank = {rank} }}\n")
    });
    let of = |lines: String| {
        let model = model(&scenario(0, &format!("[state]\nx = 0.5\n[actors.a.wants]\n{lines}")));
        let block = play(&model, 50);
        ["w0", "w1", "w2"]
            .map(|name| assumed(&model, &block, &format!("actors.a.wants.{name}.weight")).to_vec())
    };
    let (a, b) = (of(format!("{first}{second}{third}")), of(format!("{third}{second}{first}")));
    for (x, y) in a.iter().flatten().zip(b.iter().flatten()) {
        assert!((x - y).abs() < 1e-15);
    }
}

#[test]
fn weights_are_correlated_as_a_uniform_point_of_the_ordered_simplex() {
    for n in [2, 3, 5, 8] {
        let ranks: Vec<u32> = (1..=n as u32).collect();
        let model = still(&ranks);
        let block = play(&model, TRIALS);
        let weights = weights(&model, &block, n);
        for j in 0..n {
            for k in 0..=j {
                let products: Vec<f64> =
                    weights[j].iter().zip(weights[k]).map(|(x, y)| x * y).collect();
                assert_mean(&format!("{n}: {j} {k}"), &products, product(j + 1, k + 1, n));
            }
        }
        // Beyond the first two moments: the largest of n uniform weights is above one half with
        // probability n / 2^(n-1), the smallest above x with probability (1 - n x)^(n-1).
        let count = |own: &[f64], x: f64| own.iter().filter(|w| **w > x).count() as u64;
        let half = n as f64 * 0.5_f64.powi(n as i32 - 1);
        if n > 2 {
            assert_share(count(weights[0], 0.5), TRIALS as u64, half);
        }
        for part in [0.1, 0.3, 0.6] {
            let x = part / n as f64;
            let p = (1.0 - part).powi(n as i32 - 1);
            assert_share(count(weights[n - 1], x), TRIALS as u64, p);
        }
    }
}

/// The places, from 1, of the wants of each want's rank.
fn places(ranks: &[u32], at: usize) -> std::ops::RangeInclusive<usize> {
    let above = ranks.iter().filter(|rank| **rank < ranks[at]).count();
    let same = ranks.iter().filter(|rank| **rank == ranks[at]).count();
    above + 1..=above + same
}

#[test]
fn wants_of_one_rank_share_their_places_in_a_uniform_order() {
    for ranks in
        [[1, 2, 2, 2, 3], [1, 1, 2, 3, 3], [2, 1, 3, 1, 2], [4, 4, 4, 4, 4], [1, 2, 2, 2, 2]]
    {
        let n = ranks.len();
        let model = still(&ranks);
        let block = play(&model, TRIALS);
        let weights = weights(&model, &block, n);
        for j in 0..n {
            let own: Vec<f64> = places(&ranks, j).map(|place| centroid(place, n)).collect();
            assert_mean(
                &format!("{ranks:?}: {j}"),
                weights[j],
                mean(own.iter().copied(), own.len()),
            );
            for k in 0..=j {
                let pairs: Vec<f64> = places(&ranks, j)
                    .flat_map(|x| places(&ranks, k).map(move |y| (x, y)))
                    // Two wants are never in one place, and a want is in its own.
                    .filter(|(x, y)| ranks[j] != ranks[k] || (x == y) == (j == k))
                    .map(|(x, y)| product(x, y, n))
                    .collect();
                let products: Vec<f64> =
                    weights[j].iter().zip(weights[k]).map(|(x, y)| x * y).collect();
                let expected = mean(pairs.iter().copied(), pairs.len());
                assert_mean(&format!("{ranks:?}: {j} {k}"), &products, expected);
            }
        }
        for own in by_trial(&weights) {
            let holds = |j: usize, k: usize| ranks[j] >= ranks[k] || own[j] >= own[k];
            assert!((0..n).all(|j| (0..n).all(|k| holds(j, k))), "{ranks:?}: {own:?}");
        }
    }
}

#[test]
fn the_order_within_a_rank_says_nothing_about_the_weights_in_that_order() {
    let ranks = [1, 2, 2, 2, 3];
    let model = still(&ranks);
    let block = play(&model, TRIALS);
    let weights = weights(&model, &block, 5);
    let mut by_order = std::collections::BTreeMap::<[usize; 3], Vec<usize>>::new();
    for (trial, own) in by_trial(&weights).into_iter().enumerate() {
        let mut order = [1, 2, 3];
        order.sort_by(|a, b| own[*b].total_cmp(&own[*a]));
        by_order.entry(order).or_default().push(trial);
    }
    assert_eq!(by_order.len(), 6);
    for (order, trials) in by_order {
        assert_share(trials.len() as u64, TRIALS as u64, 1.0 / 6.0);
        let wants = [0, order[0], order[1], order[2], 4];
        for (at, want) in wants.into_iter().enumerate() {
            let own: Vec<f64> = trials.iter().map(|trial| weights[want][*trial]).collect();
            assert_mean(&format!("{order:?}, place {at}"), &own, centroid(at + 1, 5));
            let squares: Vec<f64> = own.iter().map(|x| x * x).collect();
            assert_mean(&format!("{order:?}, square {at}"), &squares, product(at + 1, at + 1, 5));
        }
    }
}

#[test]
fn a_want_more_moves_the_draws_of_no_other_actor_and_no_others_own_number() {
    let parts = |more: &str| {
        scenario(
            0,
            &format!(
                "[state]\nx = 0.5\n[assumptions]\np = 'uniform(0, 1)'\n{}{more}[actors.b.wants]\n\
                 y = {{ of = 'x', best = 1, worst = 0, rank = 1 }}\n\
                 z = {{ of = 'x', best = 0, worst = 1, rank = 2 }}\n",
                ranked(&[1, 2, 2]),
            ),
        )
    };
    let few = model(&parts(""));
    let more = model(&parts("extra = { of = 'x', best = 1, worst = 0, rank = 3 }\n"));
    let (a, b) = (play(&few, 200), play(&more, 200));
    for name in ["p", "actors.b.wants.y.weight", "actors.b.wants.z.weight"] {
        assert_eq!(assumed(&few, &a, name), assumed(&more, &b, name), "{name}");
    }
    let number = |model: &Model, block: &TrialBlock, path: &str| {
        let at = model.inputs().iter().position(|input| input.path == path).expect("an input");
        block.input(at).to_vec()
    };
    for want in 0..3 {
        let path = format!("actors.a.wants.w{want}.weight");
        assert_eq!(number(&few, &a, &path), number(&more, &b, &path), "{path}");
    }
    // What is ahead of what by how much, in units of the distance between the first two groups, stays:
    // a want at the end only lifts the others.
    let (old, new) = (weights(&few, &a, 3), weights(&more, &b, 3));
    for trial in 0..200 {
        let ratio = |of: &[&[f64]]| {
            (of[1][trial] - of[2][trial]) / (of[0][trial] - of[1][trial].max(of[2][trial]))
        };
        assert!((ratio(&old) / ratio(&new) - 1.0).abs() < 1e-6, "trial {trial}");
    }
}

#[test]
fn the_weight_rises_with_the_wants_own_number() {
    let model = still(&[1, 2, 2, 2, 3, 3]);
    let inputs = model.inputs();
    for (at, input) in inputs.iter().enumerate() {
        let mut columns: Vec<Option<Arc<[f64]>>> = inputs
            .iter()
            .map(|other| Some(Arc::from(input_numbers(&model, 5, other, 3..4, 0).repeat(500))))
            .collect();
        columns[at] = Some((0..500).map(|i| (f64::from(i) + 0.5) / 500.0).collect());
        let given = GivenNumbers { columns };
        let reference = Reference::new(&model, 1).sampled(Sampling::Random, given);
        let block = reference.block(0, 500, &|| true).expect("no accident").expect("played");
        let own = assumed(&model, &block, &input.path);
        assert!(own.windows(2).all(|pair| pair[0] <= pair[1] + 1e-15), "{}", input.path);
        assert!(own[499] - own[0] > 0.05, "{} hardly moves", input.path);
        // No jumps: of two numbers that are close, the weights are close.
        assert!(own.windows(2).all(|pair| pair[1] - pair[0] < 0.06), "{} jumps", input.path);
    }
}

#[test]
fn utility_divides_by_the_sum_of_the_weights_that_were_drawn() {
    // Two wants of opposite value: u = w0 when x is 1, w1 when it is 0, so that acting pays w0 - w1.
    let text = scenario(
        1,
        "[state]\nx = 0\n[measures]\nis = 'x'\n[actors.a]\nrationality = 10\nmust_act = true\n\
         wants.w0 = { of = 'x', best = 1, worst = 0, rank = 1 }\n\
         wants.w1 = { of = 'x', best = 0, worst = 1, rank = 2 }\n\
         actions.up = { effects = { x = 1 } }\nactions.down = { effects = { x = 0 } }\n",
    );
    let model = model(&text);
    let block = Reference::new(&model, 1).with_utilities().block(0, 2_000, &|| true);
    let block = block.expect("no accident").expect("played");
    let weights = weights(&model, &block, 2);
    let expected: Vec<f64> = (0..2_000).map(|t| 10.0 * (weights[0][t] - weights[1][t])).collect();
    for (spread, expected) in block.spreads[0].iter().zip(&expected) {
        assert!((spread - expected).abs() < 1e-12, "{spread}, expected {expected}");
    }
    // A column of the state at its end: what was chosen is what the utility is of.
    let ups = crate::play::recorded(&model, &block, "is", 1);
    for trial in 0..2_000 {
        let own = if ups[trial] == 1.0 { weights[0][trial] } else { weights[1][trial] };
        assert!((block.utilities[trial] - own).abs() < 1e-15);
    }
}

#[test]
fn an_only_want_has_weight_one_whatever_its_rank_and_draws_nothing() {
    let model = still(&[7]);
    assert!(model.inputs().is_empty() && !model.draws_assumptions());
}

#[test]
fn ranks_and_weights_can_be_set_and_believed() {
    let text = scenario(
        1,
        "[state]\nx = 0\n[actors.a]\nrationality = 5\nmust_act = true\n\
         actions.up = { effects = { x = 1 } }\nactions.down = { effects = { x = 0 } }\n\
         [actors.a.wants]\n\
         w0 = { of = 'x', best = 1, worst = 0, rank = 1 }\n\
         w1 = { of = 'x', best = 0, worst = 1, rank = 2 }\n\
         w2 = { of = 'x', best = 0, worst = 1, rank = 3 }\n\
         [actors.b.wants]\n\
         v0 = { of = 'x', best = 1, worst = 0, weight = 2 }\n\
         v1 = { of = 'x', best = 0, worst = 1 }\n\
         [worlds.other]\nset = { 'actors.a.wants.w0.rank' = 4 }\n\
         [worlds.fixed]\nset = { 'actors.a.wants.w0.weight' = 0.25 }\n\
         [worlds.all_fixed]\nset = { 'actors.a.wants.w0.weight' = 3, 'actors.a.wants.w1.weight' = 1, 'actors.a.wants.w2.weight' = 0 }\n\
         [worlds.ranked]\nset = { 'actors.b.wants.v0.rank' = 2, 'actors.b.wants.v1.rank' = 1 }\n",
    );
    let drawn = |world: &str, want: &str| {
        let model = model_under(&text, "none", world);
        let block = play(&model, 20_000);
        let at = model.assumptions.iter().position(|x| x.name == format!("actors.{want}.weight"));
        at.map(|at| block.assumption(at).to_vec())
    };
    // The world ranks it last.
    for (want, k) in [("a.wants.w0", 3), ("a.wants.w1", 1), ("a.wants.w2", 2)] {
        assert_mean(want, &drawn("other", want).expect("drawn"), centroid(k, 3));
    }
    // A weight that is set takes its want out of the ranking.
    assert_eq!(drawn("fixed", "a.wants.w0"), None);
    assert_mean("w1", &drawn("fixed", "a.wants.w1").expect("drawn"), centroid(1, 2));
    assert_mean("w2", &drawn("fixed", "a.wants.w2").expect("drawn"), centroid(2, 2));
    assert!((0..3).all(|at| drawn("all_fixed", &format!("a.wants.w{at}")).is_none()));
    let fixed = model_under(&text, "none", "all_fixed");
    assert_spread(&play(&fixed, 200), 0, 5.0 * 0.5);
    // A rank that is set takes the place of a weight.
    assert_eq!(drawn("base", "b.wants.v0"), None);
    assert_mean("v0", &drawn("ranked", "b.wants.v0").expect("drawn"), centroid(2, 2));
    assert_mean("v1", &drawn("ranked", "b.wants.v1").expect("drawn"), centroid(1, 2));
}

#[test]
fn an_actor_may_believe_other_ranks_of_another() {
    // Whether b gives way is up to what matters more to it; a cannot know that, and thinks otherwise.
    let text = |believes: &str| {
        scenario(
            1,
            &format!(
                "[state]\nu = 0.5\nprovoked = false\nanswered = false\n\
                 [actors.a]\nrationality = 3\nforesight = 1\nbelieves = {{ {believes} }}\n\
                 wants.u = {{ of = 'u', best = 1, worst = 0 }}\n\
                 actions.provoke = {{ effects = {{ u = 0.8, provoked = true }} }}\n\
                 [actors.b]\nrationality = 1e9\n\
                 wants.calm = {{ of = 'provoked', best = false, worst = true, rank = 3 }}\n\
                 wants.u = {{ of = 'u < 0.3', best = true, worst = false, rank = 1 }}\n\
                 wants.pride = {{ of = 'answered', best = false, worst = true, rank = 2 }}\n\
                 actions.answer = {{ when = 'provoked', effects = {{ u = 0.1, answered = true }} }}\n"
            ),
        )
    };
    // b answers, since u matters more to it: a would lose 0.4.
    let truth = model(&text(""));
    assert_spread(&play(&truth, 300), 0, 3.0 * 0.4);
    // a believes that pride comes first: then it would win 0.3.
    for believes in [
        "'actors.b.wants.u.rank' = 4",
        "'actors.b.wants.pride.weight' = 5",
        "'actors.b.wants.u.weight' = 0",
    ] {
        let mistaken = model(&text(believes));
        assert_spread(&play(&mistaken, 300), 0, 3.0 * 0.3);
        for path in Path::ALL.into_iter().filter(|path| path.available()) {
            assert_eq!(compare(&mistaken, 60, path, 32), None, "{believes}, {path:?}");
        }
    }
}

/// Three actors with ranks of every kind, who look ahead, one of whom is mistaken about another.
fn lively() -> Model {
    let wants = |ranks: &[u32]| {
        let of = ["x", "y", "1 - x", "x * y", "abs(x - y)", "t", "x + t"];
        let lines = ranks.iter().zip(of).enumerate().map(|(at, (rank, of))| {
            format!("wants.w{at} = {{ of = '{of}', ideal = 0.7, reach = 2, rank = {rank} }}\n")
        });
        lines.collect::<String>()
    };
    model(&scenario(
        3,
        &format!(
            "[assumptions]\np = '0.2 to 0.8'\n[state]\nx = {{ start = 'p', range = [0, 1] }}\ny = 0.5\n\
             [laws]\ny = 'y + normal(0, 0.1)'\n\
             [actors.a]\nrationality = '10 to 40'\nforesight = 1\n{}\
             believes = {{ 'actors.b.wants.w1.rank' = 1, 'actors.c.wants.w0.weight' = 'p' }}\n\
             actions.up = {{ effects = {{ x = '+= 0.2' }} }}\n\
             [actors.b]\nrationality = 20\nrisk = 1\n{}\
             actions.down = {{ effects = {{ x = '-= 0.2' }}, consent = {{ of = ['a', 'c'] }} }}\n\
             [actors.c]\nrationality = 20\nforesight = 2\n{}\
             actions.mix = {{ effects = {{ y = 'x' }} }}\n",
            wants(&[2, 1, 2, 2, 3, 1, 2]),
            wants(&[1, 2, 3, 4]),
            wants(&[5, 5, 5]),
        ),
    ))
}

#[test]
fn both_engines_draw_the_same_weights_on_every_path_and_under_every_sampling() {
    let model = lively();
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        for chunk in [1, 40, 128] {
            assert_eq!(compare(&model, 40, path, chunk), None, "{path:?} in chunks of {chunk}");
        }
    }
    let given = input_numbers(&model, 3, &model.inputs()[2], 0..40, 5);
    let given = GivenNumbers { columns: vec![None, None, Some(Arc::from(given))] };
    for (sampling, given) in [
        (Sampling::Stratified, GivenNumbers::default()),
        (Sampling::Sobol, GivenNumbers::default()),
        (Sampling::Random, given),
    ] {
        let reference = Reference::new(&model, 7).sampled(sampling, given.clone());
        let lanes = Lanes::new(&model, 7).expect("not too large").sampled(sampling, given);
        let a = reference.block(8, 24, &|| true).expect("no accident").expect("played");
        let b = lanes.block(8, 24, &|| true).expect("no accident").expect("played");
        assert_eq!(difference(&a, &b), None, "{sampling:?}");
    }
}

#[test]
fn very_many_wants_of_one_rank_are_played_all_the_same() {
    let mut ranks = vec![2; 600];
    ranks[0] = 1;
    let model = still(&ranks);
    assert!(Lanes::new(&model, 1).is_none(), "too many to compare side by side");
    let block = play(&model, 4);
    let weights = weights(&model, &block, 600);
    for own in by_trial(&weights) {
        assert!(own.iter().all(|weight| own[0] >= *weight));
        assert!((own.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    // Of different ranks, or all of one, they are not compared.
    for ranks in [(1..=600).collect::<Vec<u32>>(), vec![1; 600]] {
        let model = still(&ranks);
        assert_eq!(compare(&model, 8, Path::best(), 8), None);
    }
}

#[test]
fn even_samples_know_mean_weights_far_better() {
    let model = still(&[1, 2, 2, 3]);
    let error = |sampling: Sampling| {
        let squares = (0..40).map(|seed| {
            let engine = Reference::new(&model, seed).sampled(sampling, GivenNumbers::default());
            let block = engine.block(0, 256, &|| true).expect("no accident").expect("played");
            let own = mean(weights(&model, &block, 4)[0].iter().copied(), 256);
            (own - centroid(1, 4)).powi(2)
        });
        mean(squares, 40).sqrt()
    };
    let (random, even, sobol) =
        (error(Sampling::Random), error(Sampling::Stratified), error(Sampling::Sobol));
    assert!(even < 0.6 * random && sobol < 0.4 * random, "{random} {even} {sobol}");
}

#[test]
fn each_want_is_an_input_by_the_path_of_its_weight() {
    let model = lively();
    let inputs = model.inputs();
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names.len(), 2 + 7 + 4 + 3, "{names:?}");
    for input in inputs.iter().filter(|input| input.path.ends_with(".weight")) {
        assert!(!input.is_alone && input.actor.is_some(), "{}", input.path);
    }
    let document = Document::read(
        "varied.toml",
        scenario(0, &format!("[state]\nx = {{ start = 1 }}\n{}", ranked(&[1, 2]))).as_bytes(),
    );
    // What is drawn already stays as it is when preferences are varied.
    let varied = document.vary_preferences().model("none", "base").expect("sound");
    let plain = document.model("none", "base").expect("sound");
    let weights = |model: &Model| -> Vec<String> {
        let own = model.assumptions.iter().filter(|info| info.column.ends_with(".weight"));
        own.map(|info| format!("{} {}", info.column, info.formula)).collect()
    };
    assert_eq!(
        weights(&plain),
        ["actors.a.wants.w0.weight rank 1", "actors.a.wants.w1.weight rank 2"]
    );
    assert_eq!(weights(&plain), weights(&varied));
}
