//! The rules against code that knows nothing of how they are computed, and against published figures.

use super::*;
use crate::numeric::{ln, philox4x32_10, unit};

const RULES: [BargainRule; 5] = [
    BargainRule::Mean,
    BargainRule::Median,
    BargainRule::Nash,
    BargainRule::Condorcet(Pick::Mean),
    BargainRule::Condorcet(Pick::Draw),
];

/// A bargain: positions and weights on a range, and what the parties have now.
#[derive(Debug)]
struct Case {
    parties: Vec<Wish>,
    range: (f64, f64),
    now: f64,
}

/// The n-th uniform number of a case.
fn uniform(case: u32, n: u32) -> f64 {
    let words = philox4x32_10([case, n, 0, 0], [17, 4]);
    unit(u64::from(words[0]) << 32 | u64::from(words[1]))
}

/// A random bargain: some with equal positions, some with parties without weight, some whose parties all
/// want to go to the same side.
fn random(case: u32) -> Case {
    let mut n = 0;
    let mut next = || {
        n += 1;
        uniform(case, n)
    };
    let range = (-1.0 - 3.0 * next(), 1.0 + 9.0 * next());
    let now = range.0 + (range.1 - range.0) * next();
    let count = 1 + (27.0 * next()) as usize;
    let (same_side, coarse, idle) = (next() < 0.6, next() < 0.3, next() < 0.3);
    let mut parties = Vec::new();
    for _ in 0..count {
        let mut place = next();
        if coarse {
            place = (5.0 * place).floor() / 5.0;
        }
        let low = if same_side { now } else { range.0 };
        let weight = if idle && next() < 0.4 { 0.0 } else { next() * next() };
        parties.push(Wish { position: low + (range.1 - low) * place, weight });
    }
    parties[0].weight = 0.5;
    Case { parties, range, now }
}

fn settled(case: &Case, rule: BargainRule) -> Settlement {
    let mut table = Negotiation { parties: case.parties.clone(), ..Negotiation::default() };
    table.settle(rule, Stage { now: case.now, luck: 0.5 })
}

/// u(x) of a party, from its definition.
fn utility(case: &Case, party: &Wish, x: f64) -> f64 {
    1.0 - (x - party.position).abs() / (case.range.1 - case.range.0)
}

/// The distinct positions.
fn positions(case: &Case) -> Vec<f64> {
    let mut all: Vec<f64> = case.parties.iter().map(|party| party.position).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// The stationary probabilities, straight from the definitions, as the solution of π = πM, Σ π = 1 by
/// Gaussian elimination with pivots.
fn fixed_point(case: &Case) -> Vec<f64> {
    let positions = positions(case);
    let n = positions.len();
    let strength = |j: usize, k: usize| -> f64 {
        let gain = |party: &Wish| {
            (utility(case, party, positions[j]) - utility(case, party, positions[k])).max(0.0)
        };
        case.parties.iter().map(|party| party.weight * gain(party)).sum()
    };
    let beats = |j: usize, k: usize| {
        let (own, other) = (strength(j, k), strength(k, j));
        if own + other == 0.0 { 0.5 } else { own / (own + other) }
    };
    let mut moves = vec![vec![0.0; n]; n];
    for (k, row) in moves.iter_mut().enumerate() {
        for j in (0..n).filter(|j| *j != k) {
            row[j] = beats(j, k) / n as f64;
        }
        row[k] = 1.0 - row.iter().sum::<f64>();
    }
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|j| {
            let mut row: Vec<f64> = (0..n).map(|k| moves[k][j]).collect();
            row[j] -= 1.0;
            row.push(0.0);
            row
        })
        .collect();
    rows[n - 1] = vec![1.0; n + 1];
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
            .expect("a row");
        rows.swap(column, pivot);
        for row in (0..n).filter(|row| *row != column) {
            let factor = rows[row][column] / rows[column][column];
            let pivot = rows[column].clone();
            for (own, other) in rows[row].iter_mut().zip(&pivot).skip(column) {
                *own -= factor * other;
            }
        }
    }
    (0..n).map(|row| rows[row][n] / rows[row][row]).collect()
}

#[test]
fn elections_have_the_stationary_probabilities_of_their_chain() {
    for number in 0..1_000 {
        let case = random(number);
        let expected = fixed_point(&case);
        let mut parties = case.parties.clone();
        parties.sort_by(|a, b| a.position.total_cmp(&b.position));
        let mut election = Election::default();
        election.hold(&parties);
        let shares: Vec<(f64, f64)> = election.shares().collect();
        assert_eq!(shares.len(), expected.len());
        let mut mean = 0.0;
        for ((x, p), (position, share)) in shares.iter().zip(positions(&case).iter().zip(&expected))
        {
            assert_eq!(x, position);
            // Utilities of positions that are close together differ by little, of which the
            // definition loses digits.
            assert!((p - share).abs() < 1e-10, "case {number} at {x}: {p} and {share}");
            mean += share * position;
        }
        let Settlement::At(settled) = settled(&case, BargainRule::Condorcet(Pick::Mean)) else {
            panic!("an election always settles")
        };
        assert!((settled - mean).abs() < 1e-9, "case {number}: {settled} and {mean}");
    }
}

#[test]
fn positions_are_drawn_with_the_probabilities_of_the_election() {
    for number in 0..50 {
        let case = random(number);
        let expected = fixed_point(&case);
        let mut below = 0.0;
        for (position, share) in positions(&case).iter().zip(&expected) {
            for part in [0.001, 0.5, 0.999] {
                let luck = below + part * share;
                if share * 0.001 < 1e-12 {
                    continue;
                }
                let mut table =
                    Negotiation { parties: case.parties.clone(), ..Negotiation::default() };
                let rule = BargainRule::Condorcet(Pick::Draw);
                let settled = table.settle(rule, Stage { now: case.now, luck });
                assert_eq!(settled, Settlement::At(*position), "case {number}");
            }
            below += share;
        }
    }
}

/// Σ g ln(u(x) − u(q)); `None` where somebody with a weight does not gain.
fn product(case: &Case, x: f64) -> Option<f64> {
    let mut sum = 0.0;
    for party in case.parties.iter().filter(|party| party.weight > 0.0) {
        let gain = utility(case, party, x) - utility(case, party, case.now);
        if gain <= 0.0 {
            return None;
        }
        sum += party.weight * ln(gain);
    }
    Some(sum)
}

/// The slope of the same sum at a point where no party has its position.
fn slope_of_product(case: &Case, x: f64) -> f64 {
    let width = case.range.1 - case.range.0;
    let slope = |party: &Wish| {
        let gain = utility(case, party, x) - utility(case, party, case.now);
        let towards = if x < party.position { 1.0 } else { -1.0 };
        party.weight * towards / width / gain
    };
    case.parties.iter().filter(|party| party.weight > 0.0).map(slope).sum()
}

#[test]
fn nash_finds_the_best_of_a_fine_grid_and_is_exact_where_the_grid_is_not() {
    const GRID: u32 = 20_000;
    let (mut deals, mut between) = (0, 0);
    for number in 0..1_000 {
        let case = random(number);
        let (low, high) = case.range;
        let at = |n: u32| low + (high - low) * f64::from(n) / f64::from(GRID);
        let points = (0..=GRID).filter_map(|n| Some((at(n), product(&case, at(n))?)));
        let best = points.max_by(|a, b| a.1.total_cmp(&b.1));
        let Settlement::At(x) = settled(&case, BargainRule::Nash) else {
            assert!(best.is_none(), "case {number}: {best:?} is better than nothing");
            continue;
        };
        deals += 1;
        let own = product(&case, x).expect("a deal is better for all");
        if let Some((near, value)) = best {
            assert!(own >= value - 1e-12 * (1.0 + value.abs()), "case {number}: {own} < {value}");
            assert!((x - near).abs() <= 1.001 * (high - low) / f64::from(GRID), "case {number}");
        }
        // The sum rises up to within 1e-9 of the range before the deal and falls from there on.
        let towards = (x - case.now).signum();
        let step = 1e-9 * (high - low) * towards;
        if product(&case, x - step).is_some() {
            assert!(slope_of_product(&case, x - step) * towards > 0.0, "case {number}");
        }
        if product(&case, x + step).is_some() {
            assert!(slope_of_product(&case, x + step) * towards < 0.0, "case {number}");
        }
        between += u32::from(!case.parties.iter().any(|party| party.position == x));
    }
    assert!(deals > 300 && between > 50, "{deals} deals, {between} of them at no position");
}

/// Where the whole range is turned over, so is the deal.
#[test]
fn nash_knows_no_direction() {
    for number in 0..1_000 {
        let case = random(number);
        let turned = Case {
            parties: case
                .parties
                .iter()
                .map(|party| Wish { position: -party.position, ..*party })
                .collect(),
            range: (-case.range.1, -case.range.0),
            now: -case.now,
        };
        match (settled(&case, BargainRule::Nash), settled(&turned, BargainRule::Nash)) {
            (Settlement::At(x), Settlement::At(y)) => {
                assert!((x + y).abs() < 1e-12 * (case.range.1 - case.range.0), "{x} and {y}");
            }
            (one, other) => assert_eq!(one, other),
        }
    }
}

#[test]
fn nobody_settles_where_someone_with_a_weight_has_what_it_wants_or_wants_the_other_side() {
    let case = |list: &[(f64, f64)]| Case {
        parties: list
            .iter()
            .map(|(position, weight)| Wish { position: *position, weight: *weight })
            .collect(),
        range: (0.0, 10.0),
        now: 5.0,
    };
    for list in [&[(5.0, 1.0), (8.0, 1.0)][..], &[(4.0, 1.0), (8.0, 1.0)], &[(5.0, 1.0)]] {
        assert_eq!(settled(&case(list), BargainRule::Nash), Settlement::NoDeal);
    }
    // Those without a weight are not asked.
    let asked = case(&[(4.0, 0.0), (5.0, 0.0), (8.0, 1.0)]);
    assert_eq!(settled(&asked, BargainRule::Nash), Settlement::At(8.0));
    // By hand: with d = 1 and 3 and equal weights, h(y) = 1/y - 1/(2 - y) is zero at y = 1, the kink.
    assert_eq!(settled(&case(&[(6.0, 1.0), (8.0, 1.0)]), BargainRule::Nash), Settlement::At(6.0));
    // With weights 1 and 3: 3/y = 1/(2 - y) at y = 1.5.
    let Settlement::At(x) = settled(&case(&[(6.0, 1.0), (8.0, 3.0)]), BargainRule::Nash) else {
        panic!("both gain")
    };
    assert!((x - 6.5).abs() < 1e-14);
}

#[test]
fn weights_that_are_negative_zero_or_not_finite_settle_nothing() {
    for rule in RULES {
        for weights in [[-1.0, 2.0], [0.0, 0.0], [f64::NAN, 1.0], [f64::INFINITY, 1.0]] {
            let parties: Vec<Wish> = weights.map(|weight| Wish { position: 7.0, weight }).to_vec();
            let case = Case { parties, range: (0.0, 10.0), now: 5.0 };
            assert_eq!(settled(&case, rule), Settlement::Unusable, "{rule:?} {weights:?}");
        }
        let parties = vec![Wish { position: f64::NAN, weight: 1.0 }];
        let case = Case { parties, range: (0.0, 10.0), now: 5.0 };
        assert_eq!(settled(&case, rule), Settlement::Unusable, "{rule:?}");
    }
    let table = Negotiation::default();
    assert!(!table.is_sound(), "nobody is seated");
}

#[test]
fn every_settlement_lies_between_the_positions() {
    for number in 0..1_000 {
        let case = random(number);
        let all = positions(&case);
        for rule in RULES {
            if let Settlement::At(x) = settled(&case, rule) {
                assert!(all[0] <= x && x <= all[all.len() - 1], "case {number} {rule:?}: {x}");
            }
        }
    }
}

#[test]
fn positions_of_parties_without_weight_are_alternatives_too() {
    let parties = |idle: f64| {
        vec![
            Wish { position: 0.0, weight: 1.0 },
            Wish { position: idle, weight: 0.0 },
            Wish { position: 1.0, weight: 1.0 },
        ]
    };
    let share = |idle: f64| {
        let mut election = Election::default();
        election.hold(&parties(idle));
        election.shares().collect::<Vec<_>>()
    };
    // By hand: a position in the middle beats an end with probability 1/3, since one is for it by half the
    // range and the other against it by half the range: 1/2. So all three are alike.
    for (_, p) in share(0.5) {
        assert!((p - 1.0 / 3.0).abs() < 1e-15);
    }
    // A quarter of the way, the party at 1 is for it against 0 by a quarter, and the party at 0 against it by
    // as much; every pair is even again, whatever the positions.
    for (_, p) in share(0.25) {
        assert!((p - 1.0 / 3.0).abs() < 1e-15);
    }
}

/// Two positions with nobody for the one: it is left and never taken.
#[test]
fn a_position_that_nobody_is_for_is_never_the_result() {
    let parties = vec![Wish { position: 0.0, weight: 1.0 }, Wish { position: 1.0, weight: 0.0 }];
    for mirrored in [false, true] {
        let mut parties = parties.clone();
        if mirrored {
            parties =
                vec![Wish { position: 0.0, weight: 0.0 }, Wish { position: 1.0, weight: 1.0 }];
        }
        let mut election = Election::default();
        election.hold(&parties);
        let shares: Vec<f64> = election.shares().map(|(_, p)| p).collect();
        assert_eq!(shares, if mirrored { [0.0, 1.0] } else { [1.0, 0.0] });
        for luck in [0.0, 0.3, 0.999] {
            assert_eq!(election.drawn(luck), if mirrored { 1.0 } else { 0.0 });
        }
    }
}

/// The figures that Bueno de Mesquita (1994) published on a standard for car emissions, from
/// `tests/oracles/bargains/car-emissions.csv`.
#[test]
fn car_emissions_settle_at_the_published_mean_and_median() {
    let text = include_str!("../../../tests/oracles/bargains/car-emissions.csv");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut table = Negotiation::default();
    for row in rows {
        let numbers: Vec<f64> =
            row.split(',').skip(1).map(|x| x.parse().expect("a number")).collect();
        let [capability, position, salience] = numbers[..] else {
            panic!("three numbers in {row}")
        };
        table.seat([position, salience, capability], (4.0, 10.0));
    }
    assert_eq!(table.parties.len(), 10);
    let stage = Stage { now: 10.0, luck: 0.5 };
    assert_eq!(table.settle(BargainRule::Mean, stage), Settlement::At(7.389955686853767));
    assert_eq!(table.settle(BargainRule::Median, stage), Settlement::At(7.0));
}
