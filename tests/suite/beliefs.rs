//! What actors take to be true.

use demarche::engine::Reference;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};

/// Whether an actor that gambles on `p` does so, when it believes `belief` of it: it needs a chance
/// above one half.
fn gambles(belief: &str) -> bool {
    let text = format!(
        r#"
format = 1
[scenario]
steps = 1
[assumptions]
p = 0.4
q = "p + 0.2"
[state]
won = {{ start = 0 }}
[actors.a]
rationality = 1e6
believes = {{ "assumptions.p" = "{belief}" }}
wants.gain = {{ of = "won", best = 1, worst = 0 }}
[actors.a.actions.gamble]
cost = 0.5
chance = [{{ p = "p", effects = {{ won = 1 }} }}]
[[outcomes]]
id = "gambled"
when = "happened(a.gamble)"
[[outcomes]]
id = "held"
when = "q > 0"
"#
    );
    let document = Document::read("gamble", text.as_bytes());
    let model = document.model(NO_POLICY, BASE_WORLD).expect("a sound scenario");
    let leaf = Reference::new(&model, 1).leaf(0, 1, &|| true).expect("no accident");
    leaf.expect("nobody stopped it").outcomes[0] == 0
}

#[test]
fn a_belief_reads_the_truth_of_the_very_value_that_it_replaces() {
    assert!(gambles("0.51") && !gambles("0.49"));
    assert!(gambles("1.5 * p") && !gambles("1.1 * p"));
    assert!(gambles("1 - p") && gambles("q"));
}
