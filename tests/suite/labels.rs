//! Labels that come about only under a policy, in a world or in a belief.

use demarche::model::{BASE_WORLD, Document, NO_POLICY};

use crate::play::{play, scenario};

fn document(rest: &str) -> Document {
    let text = scenario(1, rest);
    Document::read("labels.toml", text.as_bytes())
}

fn messages(document: &Document) -> Vec<String> {
    let said = |item: &demarche::diagnostic::Diagnostic| {
        format!("{} {} {}", item.code.id(), item.message, item.hints.join(" "))
    };
    document.check().iter().map(said).collect()
}

/// The share of the outcome `y` under a policy and in a world.
fn share(document: &Document, policy: &str, world: &str) -> f64 {
    let model = document.model(policy, world).unwrap_or_else(|found| panic!("{found:?}"));
    let outcomes = play(&model, 64).outcomes;
    outcomes.iter().filter(|outcome| **outcome == 0).count() as f64 / 64.0
}

const ASKS: &str = "[state]\nx = { start = \"if posture == 'hard' then 1 else if posture in ('soft', 'mild') \
                    then 0.5 else 0\" }\n[[outcomes]]\nid = 'y'\nwhen = 'x == 1'\n[[outcomes]]\nid = 'n'\n\
                    when = 'true'\n";

#[test]
fn a_formula_may_ask_for_labels_that_worlds_policies_and_beliefs_bring_about() {
    let believer = |value: &str| {
        format!(
            "[actors.a]\nrationality = 1\nbelieves = {{ 'assumptions.posture' = \"{value}\" }}\n\
             wants.u = {{ of = \"posture == 'soft'\", best = true, worst = false }}\n"
        )
    };
    let sets = |path: &str, value: &str| {
        format!(
            "[worlds.w]\nset = {{ '{path}' = \"{value}\" }}\n[policies.p]\nset = {{ '{path}' = \"'mild'\" }}\n"
        )
    };
    // The assumptions and the rest of the file, and whether `y` is certain in the world `w`.
    let cases = [
        (
            "posture = \"discrete('hard', 2, 'soft', 1)\"",
            sets("assumptions.posture", "'soft'"),
            0.0,
        ),
        (
            "posture = \"discrete('hard', 2, 'soft', 1)\"",
            sets("assumptions.posture", "'hard'"),
            1.0,
        ),
        ("posture = \"'hard'\"", sets("assumptions.posture", "'soft'"), 0.0),
        ("posture = { draw = \"'hard'\" }", sets("assumptions.posture.draw", "'soft'"), 0.0),
        (
            "mood = \"'hard'\"\n[define]\nposture = \"if true then mood else 'mild'\"",
            sets("assumptions.mood", "discrete('soft', 1, 'hard', 0)"),
            0.0,
        ),
        ("[define]\nposture = \"'hard'\"", sets("define.posture", "'soft'"), 0.0),
        ("posture = \"'hard'\"", believer("'soft'") + &sets("assumptions.posture", "'hard'"), 1.0),
        (
            "posture = \"'hard'\"",
            believer("'mild'") + &sets("actors.a.believes.assumptions.posture", "'soft'"),
            1.0,
        ),
    ];
    for (assumptions, rest, certain) in cases {
        let document = document(&format!("[assumptions]\n{assumptions}\n{ASKS}{rest}"));
        let serious: Vec<_> =
            messages(&document).into_iter().filter(|said| said.starts_with('E')).collect();
        // The one label that no case brings about.
        assert_eq!(serious, Vec::<String>::new(), "{assumptions}\n{rest}");
        assert_eq!(share(&document, NO_POLICY, "w"), certain, "{assumptions}\n{rest}");
        document.model("p", "w").expect("a policy in a world");
        document.model("p", BASE_WORLD).expect("a policy");
    }
}

#[test]
fn a_start_that_a_world_sets_and_labels_that_it_adds_are_known_everywhere() {
    let state = "[state]\nphase = { start = 'calm', labels = ['calm', 'war'] }\n\
                 [[outcomes]]\nid = 'y'\nwhen = \"phase == 'truce'\"\n";
    let adds = "[worlds.w]\nset = { 'state.phase.labels' = ['calm', 'war', 'truce'], \
                'state.phase.start' = 'truce' }\n";
    assert!(messages(&document(state))[0].contains("`truce` is none of the labels"));
    let document = document(&format!("{state}{adds}"));
    assert_eq!(messages(&document), Vec::<String>::new());
    assert_eq!(share(&document, NO_POLICY, "w"), 1.0);
    assert_eq!(share(&document, NO_POLICY, BASE_WORLD), 0.0);
}

#[test]
fn what_is_impossible_under_a_world_only_names_the_world() {
    let text = "[assumptions]\nposture = \"discrete('hard', 2, 'soft', 1)\"\n\
                [state]\nmood = { start = 'posture', labels = ['hard', 'soft'] }\n\
                [[outcomes]]\nid = 'y'\nwhen = \"mood == 'hard'\"\n\
                [worlds.odd]\nset = { 'assumptions.posture' = \"'mild'\" }\n\
                [worlds.also_odd]\nset = { 'assumptions.posture' = \"'mild'\" }\n\
                [worlds.fine]\nset = { 'assumptions.posture' = \"'soft'\" }\n";
    let said = messages(&document(text));
    assert_eq!(said.len(), 1, "{said:?}");
    let part = "only under world `odd` and world `also_odd`";
    assert!(said[0].contains("`mild` is none of the labels") && said[0].contains(part), "{said:?}");
    // A label that nothing at all brings about.
    let said = messages(&document(&text.replace("mood == 'hard'", "posture == 'harsh'")));
    assert!(said.iter().any(|said| said.contains("`harsh` is none of the labels")), "{said:?}");
}

#[test]
fn what_is_impossible_only_where_a_policy_meets_a_world_names_both() {
    let text = "[state]\nx = { start = 0.5, range = [0, 1] }\n\
                [[outcomes]]\nid = 'y'\nwhen = 'x > 0.3'\n\
                [policies.p]\nset = { 'state.x.start' = 0.1 }\n\
                [worlds.w]\nset = { 'state.x.range.0' = 0.2 }\n";
    let document = document(text);
    let said = messages(&document);
    let part = "0.1 is outside the range of `x`";
    assert!(said.len() == 1 && said[0].contains(part), "{said:?}");
    assert!(said[0].contains("only under policy `p` in world `w`"), "{said:?}");
    let found = document.model("p", "w").expect_err("a start outside the range");
    assert!(found.has_errors());
    document.model("p", BASE_WORLD).expect("a policy");
}
