//! Waiting times, gambler's ruin and a Markov chain of phases, compared with their
//! closed forms over a million trials.

use crate::play::{assert_share, fold, model, outcomes, scenario};

const MILLION: u64 = 1_000_000;

#[test]
fn the_waiting_time_of_an_event_is_geometric() {
    // P(first at t) = p (1 - p)^t; none in ten steps (1 - p)^10.
    let p: f64 = 0.2;
    let model = model(&scenario(10, "[state]\nx = 0\n[events.e]\nchance = 0.2\nonce = true\n"));
    let counts = fold(
        &model,
        MILLION,
        |leaf| {
            let mut counts = vec![0u64; 11];
            for first in leaf.first_step(0) {
                counts[first.map_or(10, |step| step as usize)] += 1;
            }
            counts
        },
        |a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect(),
    );
    for (step, count) in counts.iter().take(10).enumerate() {
        assert_share(*count, MILLION, p * (1.0 - p).powi(step as i32));
    }
    assert_share(counts[10], MILLION, (1.0 - p).powi(10));
}

#[test]
fn a_hazard_over_the_whole_run_gives_its_chance() {
    let text = "[state]\nx = 0\n[events.e]\nchance = 'hazard(30%, 12)'\neffects = { x = 1 }\n\
                [[outcomes]]\nid = 'e'\nwhen = 'happened(e)'\nends = true\n";
    assert_share(outcomes(&model(&scenario(12, text)), MILLION)[0], MILLION, 0.3);
}

#[test]
fn a_gambler_is_ruined_with_the_chance_of_the_closed_form() {
    // From 2 of 5, a win with chance p = 0.45 a step: with r = (1 - p) / p,
    // P(5 before 0) = (1 - r^2) / (1 - r^5) (Feller 1968, XIV.2); the mean
    // duration is 2 / (q - p) - 5 / (q - p) P(5). After 300 steps every game is over.
    let text = "[state]\nx = 2\n[events.game]\nchance = [\
                { name = 'win', p = 0.45, effects = { x = '+= 1' } },\
                { name = 'lose', effects = { x = '-= 1' } }]\n\
                [[outcomes]]\nid = 'ruin'\nwhen = 'x == 0'\nends = true\n\
                [[outcomes]]\nid = 'rich'\nwhen = 'x == 5'\nends = true\n";
    let model = model(&scenario(300, text));
    let (p, q) = (0.45, 0.55_f64);
    let r: f64 = q / p;
    let rich = (1.0 - r.powi(2)) / (1.0 - r.powi(5));
    let games = fold(
        &model,
        MILLION,
        |leaf| {
            let mut sums = [0u64; 5];
            for (outcome, end) in leaf.outcomes.iter().zip(&leaf.end_steps) {
                sums[*outcome as usize] += 1;
                let games = u64::from(*end) + 1;
                sums[3] += games;
                sums[4] += games * games;
            }
            sums
        },
        |a, b| std::array::from_fn(|i| a[i] + b[i]),
    );
    assert_share(games[0], MILLION, 1.0 - rich);
    assert_share(games[1], MILLION, rich);
    assert_eq!(games[2], 0);
    let n = MILLION as f64;
    let mean = games[3] as f64 / n;
    let error = ((games[4] as f64 / n - mean * mean) / n).sqrt();
    let expected = 2.0 / (q - p) - 5.0 / (q - p) * rich;
    assert!((mean - expected).abs() < 4.5 * error, "{mean}, expected {expected} ± {error}");
}

#[test]
fn a_chain_of_phases_has_the_shares_of_its_matrix() {
    // Each event is one row of the matrix; the last row is absorbing. Only one
    // event per step may change the phase, so the previous phase is stored separately.
    let rows = [[0.7, 0.2, 0.1], [0.3, 0.5, 0.2], [0.0, 0.0, 1.0]];
    let text = "[state]\n\
                phase = { start = 'peace', labels = ['peace', 'crisis', 'war'] }\n\
                before = { start = 'peace', labels = ['peace', 'crisis', 'war'] }\n\
                [laws]\nbefore = 'phase'\n\
                [events.from_peace]\nwhen = \"before == 'peace'\"\nchance = [\
                { name = 'up', p = 0.2, effects = { phase = 'crisis' } },\
                { name = 'war', p = 0.1, effects = { phase = 'war' } }]\n\
                [events.from_crisis]\nwhen = \"before == 'crisis'\"\nchance = [\
                { name = 'down', p = 0.3, effects = { phase = 'peace' } },\
                { name = 'war', p = 0.2, effects = { phase = 'war' } }]\n\
                [[outcomes]]\nid = 'peace'\nwhen = \"phase == 'peace'\"\n\
                [[outcomes]]\nid = 'crisis'\nwhen = \"phase == 'crisis'\"\n\
                [[outcomes]]\nid = 'war'\nwhen = \"phase == 'war'\"\n";
    let mut shares = [1.0, 0.0, 0.0];
    for _ in 0..8 {
        shares = std::array::from_fn(|to| (0..3).map(|from| shares[from] * rows[from][to]).sum());
    }
    let counts = outcomes(&model(&scenario(8, text)), MILLION);
    for (count, share) in counts.iter().zip(shares) {
        assert_share(*count, MILLION, share);
    }
    assert_eq!(counts[3], 0);
}

#[test]
fn the_waiting_time_of_a_move_is_geometric_too() {
    // Two options of equal value: even odds in each step, whatever λ; `every = 2`
    // then closes the option in the next step. P(first at t) = 2^-(t + 1), and the count
    // follows the renewal x(t) = (1 + x(t - 2)) / 2 + x(t - 1) / 2.
    let text = "[state]\nx = 0\n[actors.a]\nrationality = 30\n\
                actions.go = { every = 2, effects = { x = '+= 1' } }\n";
    let model = model(&scenario(8, text));
    let sums = fold(
        &model,
        MILLION,
        |leaf| {
            let mut counts = vec![0u64; 10];
            for first in leaf.first_step(0) {
                counts[first.map_or(8, |step| step as usize)] += 1;
            }
            counts[9] = leaf.recorded(0, 8, 9).iter().map(|x| *x as u64).sum();
            counts
        },
        |a, b| a.iter().zip(&b).map(|(a, b)| a + b).collect(),
    );
    for (step, count) in sums.iter().take(8).enumerate() {
        assert_share(*count, MILLION, 0.5_f64.powi(step as i32 + 1));
    }
    let mut moves = vec![0.0, 0.5];
    for t in 2..=8 {
        moves.push((1.0 + moves[t - 2]) / 2.0 + moves[t - 1] / 2.0);
    }
    let mean = sums[9] as f64 / MILLION as f64;
    assert!((mean - moves[8]).abs() < 0.005, "{mean}, expected {}", moves[8]);
}
