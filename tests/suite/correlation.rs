//! Rank correlations between assumptions, as drawn.

use crate::play::{assumed, model, oracle, play, scenario};

/// The ranks of values without ties.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank as f64;
    }
    ranks
}

/// Spearman's rank correlation.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let n = a.len() as f64;
    let squares: f64 = a.iter().zip(&b).map(|(x, y)| (x - y) * (x - y)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// Four standard errors of a rank correlation over 100,000 trials are at most
/// about 4 · 1.1 / sqrt(100,000).
const CLOSE: f64 = 0.014;

#[test]
fn the_values_drawn_have_the_given_rank_correlation() {
    let oracle = oracle();
    for case in oracle["rank_correlation"]["cases"].as_array().expect("cases") {
        let asked = case["spearman"].as_f64().expect("a number");
        for asked in [asked, -asked] {
            let text = scenario(
                0,
                &format!(
                    "[assumptions]\nx = 'beta(4, 3)'\ny = '0.2 to 0.5'\n\
                     [state]\ns = 'x + y'\n[correlations]\n'x, y' = {asked:?}\n"
                ),
            );
            let model = model(&text);
            let leaf = play(&model, 100_000);
            let found = spearman(assumed(&model, &leaf, "x"), assumed(&model, &leaf, "y"));
            assert!((found - asked).abs() < CLOSE, "{found}, asked {asked}");
        }
    }
}

#[test]
fn three_correlations_hold_together_and_pairs_not_named_are_uncorrelated() {
    let text = "[assumptions]\nx = 'normal(0, 1)'\nfree = 'normal(0, 1)'\ny = 'gamma(2, 1)'\n\
                z = 'uniform(0, 1)'\n[state]\ns = 'x + y + z + free'\n\
                [correlations]\n'x, y' = 0.5\n'y, z' = -0.3\n'x, z' = 0.2\n";
    let model = model(&scenario(0, text));
    let leaf = play(&model, 100_000);
    let pairs = [("x", "y", 0.5), ("y", "z", -0.3), ("x", "z", 0.2), ("free", "x", 0.0)];
    for (a, b, asked) in pairs {
        let found = spearman(assumed(&model, &leaf, a), assumed(&model, &leaf, b));
        assert!((found - asked).abs() < CLOSE, "{a}, {b}: {found}, asked {asked}");
    }
}

#[test]
fn correlated_values_keep_their_own_distribution() {
    let text = |correlations: &str| {
        scenario(
            0,
            &format!(
                "[assumptions]\nx = 'normal(0, 1)'\ny = 'uniform(0, 1)'\n\
                 [state]\ns = 'x + y'\n{correlations}"
            ),
        )
    };
    let model = model(&text("[correlations]\n'x, y' = 0.8\n"));
    let leaf = play(&model, 100_000);
    let mut y = assumed(&model, &leaf, "y").to_vec();
    y.sort_by(f64::total_cmp);
    // Kolmogorov-Smirnov test: 1.95 / sqrt(n) is exceeded with probability 0.001.
    let n = y.len() as f64;
    let apart = y.iter().enumerate().map(|(i, y)| ((i as f64 + 0.5) / n - y).abs());
    assert!(apart.fold(0.0, f64::max) < 1.95 / n.sqrt());
    // The first value of the matrix is the same as without a correlation.
    let alone = crate::play::model(&text(""));
    let without = play(&alone, 1000);
    for (with, without) in leaf.assumption(0).iter().zip(without.assumption(0)) {
        assert!((with - without).abs() < 1e-9, "{with} against {without}");
    }
}

#[test]
fn draws_elsewhere_can_be_correlated_by_their_path() {
    let text = "[assumptions]\nx = 'normal(0, 1)'\n[state]\ns = 'x'\n\
                [actors.a]\nrationality = '20 to 60'\nwants.s = { of = 's', best = 1, worst = 0 }\n\
                actions.go = { effects = { s = 1 } }\n\
                [correlations]\n'x, actors.a.rationality' = 0.6\n";
    let model = model(&scenario(0, text));
    let leaf = play(&model, 100_000);
    let rationality = assumed(&model, &leaf, "actors.a.rationality");
    let found = spearman(assumed(&model, &leaf, "x"), rationality);
    assert!((found - 0.6).abs() < CLOSE, "{found}");
}

#[test]
fn a_world_may_fix_a_correlated_assumption_and_the_others_keep_their_values() {
    let text = r#"
format = 1
[scenario]
steps = 1
[assumptions]
p = "uniform(0, 1)"
q = "uniform(0, 1)"
[correlations]
"p, q" = 0.7
[[outcomes]]
id = "any"
when = "p + q >= 0"
[worlds.pinned]
set = { "assumptions.p" = 0.25 }
"#;
    let document = demarche::model::Document::read("pinned.toml", text.as_bytes());
    assert!(document.check().is_empty());
    let draws = |world: &str| {
        let model = document.model("none", world).expect("compiles");
        let leaf = demarche::engine::Reference::new(&model, 1).block(0, 200, &|| true);
        let leaf = leaf.expect("no accident").expect("not interrupted");
        (leaf.assumption(0).to_vec(), leaf.assumption(1).to_vec())
    };
    let (base, pinned) = (draws("base"), draws("pinned"));
    assert_eq!(base.1, pinned.1);
    assert!(pinned.0.iter().all(|p| *p == 0.25));
}
