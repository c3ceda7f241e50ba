//! Where paths lead, and what is said of those that lead nowhere.

use super::super::decode;
use super::super::tree;
use super::super::types::{Chance, ConsentRule, Imaginations, ScenarioFile, Setting};
use super::{Overlaid, overlay};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Spanned};
use crate::formula::ast::ExprKind;

/// The example with further lines, and a world that sets these.
fn text(setting: &str) -> String {
    format!(
        "{}\n[define.more]\nof = 1\n[events.shock]\nchance = [{{ p = 0.5 }}, {{ name = 'b' }}]\n\
         [actors.b.actions.pact]\nconsent = {{ of = ['a'], \
         rule = {{ weight = {{ a = 1 }}, quota = 1 }} }}\n\
         [worlds.test]\nset = {{ {setting} }}\n",
        include_str!("../../../tests/fixtures/example.toml")
    )
}

fn overlaid(setting: &str, how: Overlaid) -> (ScenarioFile, String, Vec<Diagnostic>) {
    let text = text(setting);
    let mut found = Diagnostics::new();
    let table = tree::parse(&text, &mut found);
    let scenario = decode(&table, &text, &mut found).expect("a scenario");
    let settings = &scenario.worlds.last().expect("a world").set;
    let table = overlay(&table, settings, how, &mut found);
    let scenario = decode(&table, &text, &mut found).expect("a scenario");
    (scenario, text, found.iter().cloned().collect())
}

/// The scenario in which one path has this value, which must be allowed.
fn set(setting: &str) -> ScenarioFile {
    let (scenario, _, found) = overlaid(setting, Overlaid::Set);
    assert!(found.is_empty(), "{setting}: {found:#?}");
    scenario
}

/// The one mistake in a setting: code, underlined words, and what is said.
fn mistake(setting: &str, how: Overlaid) -> (Code, String, String) {
    let (_, text, found) = overlaid(setting, how);
    assert_eq!(found.len(), 1, "{setting}: {found:#?}");
    let span = found[0].span.expect("a place");
    let said = format!("{}; {}; {:?}", found[0].message, found[0].label, found[0].hints);
    (found[0].code, text[span.start..span.end].to_owned(), said)
}

fn number(kind: &ExprKind) -> f64 {
    let ExprKind::Number(number) = kind else { panic!("{kind:?} is no number") };
    *number
}

#[test]
fn existing_values_are_replaced_by_their_paths() {
    let of = |s: &ScenarioFile, path: &str| -> Option<f64> {
        let source = match path {
            "start" => &s.state[0].start,
            "range" => &s.state[0].range.as_ref()?.value.1,
            "draw" => &s.assumptions[0].draw,
            "constant" => &s.assumptions[2].draw,
            "define" => &s.define[0].of,
            "more" => &s.define[1].of,
            "measure" => &s.measures[0].of,
            "law" => &s.laws[0].formula,
            "when" => &s.outcomes[0].when,
            "weight" => s.actors[0].wants[1].weight.as_ref()?,
            "trait" => &s.actors[0].traits[0].1,
            "effect" => &s.actors[0].actions[0].effects[0].value,
            "quota" | "voter" => {
                let rule = &s.actors[1].actions[1].consent.as_ref()?.rule;
                let ConsentRule::Quota { quota, weight } = rule else { return None };
                if path == "quota" { quota } else { &weight[0].1 }
            }
            "correlation" => &s.correlations[0].value,
            "chance" => match s.events[0].chance.as_ref()? {
                Chance::Formula(chance) => chance,
                Chance::Branches(..) => return None,
            },
            branch => {
                let chance = match branch {
                    "wins" => s.actors[0].actions[2].chance.as_ref()?,
                    _ => s.events[1].chance.as_ref()?,
                };
                let Chance::Branches(branches, _) = chance else { return None };
                branches[usize::from(branch == "b")].p.as_ref()?
            }
        };
        Some(number(&source.expr.kind))
    };
    for (path, place) in [
        ("state.tension.start", "start"),
        ("state.tension.range.1", "range"),
        ("assumptions.cost_of_war", "draw"),
        ("assumptions.cost_of_war.draw", "draw"),
        ("assumptions.sides_of_border", "constant"),
        ("assumptions.sides_of_border.draw", "constant"),
        ("define.heat", "define"),
        ("define.more", "more"),
        ("measures.trade", "measure"),
        ("measures.trade.of", "measure"),
        ("laws.tension", "law"),
        ("outcomes.war.when", "when"),
        ("actors.a.wants.peace.weight", "weight"),
        ("actors.a.traits.power", "trait"),
        ("actors.a.actions.threaten.effects.tension", "effect"),
        ("actors.a.actions.attack.chance.wins.p", "wins"),
        ("events.shock.chance.1.p", "1"),
        ("events.shock.chance.b.p", "b"),
        ("events.incident.chance", "chance"),
        ("actors.b.actions.pact.consent.rule.quota", "quota"),
        ("actors.b.actions.pact.consent.rule.weight.a", "voter"),
        ("correlations.cost_of_war, sanctions_bite", "correlation"),
        ("correlations.sanctions_bite,cost_of_war", "correlation"),
    ] {
        assert_eq!(of(&set(&format!("\"{path}\" = 0.125")), place), Some(0.125), "{path}");
    }
}

#[test]
fn optional_numbers_and_plans_that_were_left_out_can_be_given() {
    let scenario = set(
        "\"actors.b.patience\" = 0.5, \"actors.b.minds\" = 2, \"scenario.imaginations\" = 16, \
         \"actors.a.actions.threaten.every\" = 4, \"actors.a.wants.good.curve\" = 2, \
         \"actors.a.actions.attack.cost\" = 0.1, \"actors.b.foresight\" = 2, \
         \"actors.b.plans_ahead\" = true",
    );
    assert!(scenario.actors[1].plans_ahead);
    assert_eq!(number(&scenario.actors[1].patience.as_ref().expect("patience").expr.kind), 0.5);
    assert_eq!(scenario.actors[1].minds, Some(2));
    assert_eq!(scenario.imaginations, Some(Imaginations::fixed(16)));
    assert_eq!(scenario.actors[0].actions[0].limits.every, Some(4));
    assert!(scenario.actors[0].wants[0].curve.is_some());
    assert!(scenario.actors[0].actions[2].cost.is_some());
}

#[test]
fn a_rank_takes_the_place_of_a_weight_and_a_weight_that_is_set_that_of_a_rank() {
    let ranks = ["good", "peace", "calm"]
        .map(|want| format!("\"actors.a.wants.{want}.rank\" = {}", want.len()))
        .join(", ");
    let scenario = set(&ranks);
    let wants = &scenario.actors[0].wants;
    assert_eq!([wants[0].rank, wants[1].rank, wants[2].rank], [Some(4), Some(5), Some(4)]);
    assert!(wants.iter().all(|want| want.weight.is_none()));
    let both = set(&format!("{ranks}, \"actors.a.wants.peace.weight\" = 2"));
    let wants = &both.actors[0].wants;
    assert!(wants[1].rank.is_some() && wants[1].weight.is_some() && wants[0].weight.is_none());
    let (code, words, said) = mistake("\"actors.a.wants.good.rank\" = 1", Overlaid::Set);
    assert_eq!((code, words.as_str()), (Code::MixedRanks, "weight"), "{said}");
    let (code, _, said) = mistake("\"actors.a.wants.good.rank\" = 1", Overlaid::Belief);
    assert_eq!(code, Code::PathNotValue, "{said}");
    assert!(said.contains("has no `rank` in truth"), "{said}");
}

#[test]
fn other_kinds_of_values_can_be_set_too() {
    let scenario = set(
        "\"scenario.steps\" = 3, \"state.tension.range\" = [0, 2], \"outcomes.war.ends\" = false, \
         \"calendar.election.on\" = 2024-07-01, \"actors.a.actions.propose_split.every\" = 5, \
         \"actors.a.believes.assumptions.cost_of_war\" = 0.5, \
         \"actors.a.actions.propose_split.consent.rule\" = 'any'",
    );
    assert_eq!(scenario.steps, 3);
    assert!(!scenario.outcomes[0].ends);
    assert_eq!(scenario.calendar[0].on.value.month(), 7);
    assert!(matches!(scenario.actors[0].believes[0].node.value, tree::TomlValue::Number(_)));
}

#[test]
fn paths_that_lead_to_nothing_name_the_nearest() {
    for (path, words, said) in [
        ("stat.tension.start", "stat", "did you mean `state`"),
        ("state.tensoin.start", "tensoin", "did you mean `tension`"),
        ("state.tension.strat", "strat", "did you mean `start`"),
        ("state.share.labels", "labels", "left out"),
        ("actors.b.believes.x", "believes", "left out"),
        ("actors.a.patince", "patince", "did you mean `patience`"),
        ("actors.a.believes.assumptions.cost_of_wa", "assumptions.cost_of_wa", "did you mean"),
        ("outcomes.wra.when", "wra", "did you mean `war`"),
        ("events.shock.chance.2.p", "2", "has no `2`"),
        ("events.shock.when", "when", "left out"),
        ("laws.tension.x", "x", "`laws.tension` has no `x`"),
        ("assumptions.sides_of_border.about", "about", "has no `about`"),
        ("correlations.cost_of_war, sanction_bite", "cost_of_war, sanction_bite", "did you mean"),
        ("", "", "the file has no ``"),
        ("state..start", "", "`state` has no ``"),
        ("state.tension.range.2", "2", "has no `2`"),
    ] {
        let (code, underlined, message) = mistake(&format!("\"{path}\" = 1"), Overlaid::Set);
        assert_eq!((code, underlined.as_str()), (Code::UnknownPath, words), "{path}: {message}");
        assert!(message.contains(said), "{path}: {message}");
    }
}

#[test]
fn what_is_no_single_value_or_a_name_cannot_be_set() {
    for (path, said) in [
        ("state.tension", "name a value in it: `state.tension.start`"),
        ("actors", "leads to a table"),
        ("outcomes", "leads to tables"),
        ("outcomes.war", "leads to a table"),
        ("outcomes.war.id", "cannot be replaced"),
        ("events.shock.chance", "leads to tables"),
        ("events.shock.chance.b", "leads to a table"),
        ("events.shock.chance.b.name", "cannot be replaced"),
        ("events.incident.effects", "leads to a table"),
        ("actors.a.believes", "leads to a table"),
        ("actors.a.actions.propose_split.track", "cannot be replaced"),
        ("actors.a.actions.propose_split.consent.of", "cannot be replaced"),
        ("format", "cannot be replaced"),
        ("policies.restraint.title", "cannot be replaced"),
        ("worlds.test.set", "cannot be replaced"),
        ("observed.outcome", "cannot be replaced"),
    ] {
        let (code, words, message) = mistake(&format!("\"{path}\" = 1"), Overlaid::Set);
        assert_eq!((code, words.as_str()), (Code::PathNotValue, path), "{path}: {message}");
        assert!(message.contains(said), "{path}: {message}");
    }
    let (code, words, _) = mistake("\"laws.tension\" = [{ p = 1 }]", Overlaid::Set);
    assert_eq!((code, words.as_str()), (Code::PathNotValue, "[{ p = 1 }]"));
}

#[test]
fn beliefs_reach_less_than_policies() {
    for path in [
        "scenario.steps",
        "scenario.minds",
        "actors.a.believes.assumptions.cost_of_war",
        "state.phase.labels",
    ] {
        let (code, words, message) = mistake(&format!("\"{path}\" = 1"), Overlaid::Belief);
        assert_eq!((code, words.as_str()), (Code::PathNotValue, path), "{message}");
        assert!(message.contains("cannot be believed"), "{message}");
    }
}

#[test]
fn beliefs_are_marked_down_to_their_parts() {
    let belief = "\"state.tension.range\" = [0, 2], \"assumptions.cost_of_war\" = 'prior', \
                  \"actors.b.patience\" = 0.5";
    let (scenario, _, found) = overlaid(belief, Overlaid::Belief);
    assert!(found.is_empty(), "{found:#?}");
    let range = &scenario.state[0].range.as_ref().expect("range").value;
    assert_eq!(range.1.belief.as_deref(), Some("state.tension.range"));
    let draw = &scenario.assumptions[0].draw;
    assert_eq!(draw.belief.as_deref(), Some("assumptions.cost_of_war"));
    assert_eq!(draw.text, "prior");
    let patience = scenario.actors[1].patience.as_ref().expect("patience");
    assert_eq!(patience.belief.as_deref(), Some("actors.b.patience"));
    assert_eq!(scenario.state[0].start.belief, None);
}

#[test]
fn a_mistake_in_a_new_value_stands_where_it_was_written() {
    let (code, words, _) = mistake("\"state.tension.start\" = \"1 + §\"", Overlaid::Set);
    assert_eq!((code, words.as_str()), (Code::FormulaSyntax, "§"));
    let (code, words, _) = mistake("\"actors.b.foresight\" = 99", Overlaid::Set);
    assert_eq!((code, words.as_str()), (Code::NotWhole, "99"));
}

#[test]
fn the_file_itself_is_left_as_it_was() {
    let text = text("\"state.tension.start\" = 1");
    let mut found = Diagnostics::new();
    let table = tree::parse(&text, &mut found);
    let before = format!("{table:?}");
    let scenario = decode(&table, &text, &mut found).expect("a scenario");
    let settings: Vec<Setting> = scenario.worlds[1].set.clone();
    let after = overlay(&table, &settings, Overlaid::Set, &mut found);
    assert_eq!(before, format!("{table:?}"));
    assert_ne!(before, format!("{after:?}"));
}

#[test]
fn a_path_written_with_escapes_is_underlined_as_a_whole() {
    let setting = Setting {
        path: Spanned::new("sta.x".to_owned(), (3..20).into()),
        node: tree::TomlNode {
            value: tree::TomlValue::Whole(1),
            span: (25..26).into(),
            belief: None,
        },
    };
    let mut found = Diagnostics::new();
    overlay(&tree::TomlTable::new(), &[setting], Overlaid::Set, &mut found);
    let span = found.iter().next().and_then(|item| item.span);
    assert_eq!(span, Some((3..20).into()));
}
