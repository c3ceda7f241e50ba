//! The complete example, decoded.

use super::super::super::types::*;
use super::{EXAMPLE, file, read};
use crate::formula::ast::ExprKind;

fn example() -> ScenarioFile {
    let (scenario, found) = read(EXAMPLE);
    assert!(found.is_empty(), "{:#?}", found.iter().collect::<Vec<_>>());
    scenario.expect("the example is a scenario")
}

#[test]
fn the_example_is_decoded_without_a_word() {
    let scenario = example();
    assert_eq!(scenario.title.as_deref(), Some("Border crisis"));
    assert_eq!(scenario.start.map(|start| start.value.to_string()).as_deref(), Some("2024-01-01"));
    assert_eq!((scenario.step, scenario.steps), (Some(StepUnit::Month), 12));
    assert_eq!((scenario.order, scenario.trials), (Order::Listed, Some(10_000)));
    let names: Vec<_> = scenario.assumptions.iter().map(|a| a.name.value.as_str()).collect();
    assert_eq!(names, ["cost_of_war", "sanctions_bite", "sides_of_border"]);
    assert_eq!(scenario.assumptions[0].draw.path, "assumptions.cost_of_war");
    assert_eq!(scenario.assumptions[0].draw.text, "beta(4, 3)");
    assert_eq!(scenario.assumptions[0].notes.source.as_deref(), Some("judgement"));
    assert_eq!(scenario.assumptions[2].draw.expr.kind, ExprKind::Number(2.0));
    let phase = &scenario.state[2];
    let labels: Vec<_> =
        phase.labels.iter().flat_map(|l| &l.value).map(|l| l.value.as_str()).collect();
    assert_eq!(labels, ["standoff", "talks", "war"]);
    assert_eq!(scenario.measures[0].unit.as_deref(), Some("bn USD"));
    assert_eq!(scenario.laws[0].target.value, "tension");
    assert_eq!(scenario.calendar[0].on.value.to_string(), "2024-06-01");
    assert_eq!(scenario.calendar[0].effects[0].operator, Assign::Multiply);
    let ids: Vec<_> = scenario.outcomes.iter().map(|o| (o.id.value.as_str(), o.ends)).collect();
    assert_eq!(ids, [("war", true), ("settlement", false)]);
    assert_eq!(scenario.outcomes[0].when.path, "outcomes.war.when");
    assert_eq!(scenario.correlations[0].value.path, "correlations.cost_of_war, sanctions_bite");
    let observed = scenario.observed.expect("observed");
    assert_eq!(observed.outcome.expect("outcome").value, "settlement");
}

#[test]
fn actors_are_decoded_with_their_profile_and_actions() {
    let scenario = example();
    let actor = &scenario.actors[0];
    assert_eq!(actor.foresight, 2);
    assert_eq!(actor.traits[0].1.path, "actors.a.traits.power");
    assert_eq!(actor.believes[0].path.value, "assumptions.cost_of_war");
    assert!(matches!(actor.wants[0].form, WantForm::Between { .. }));
    assert!(matches!(actor.wants[2].form, WantForm::Around { .. }));
    assert_eq!(scenario.tracks, ["main", "table"]);
    let propose = &actor.actions[1];
    assert_eq!((propose.limits.every, propose.track.as_str()), (Some(3), "table"));
    assert_eq!(propose.refused[0].value.path, "actors.a.actions.propose_split.refused.tension");
    let consent = propose.consent.as_ref().expect("consent");
    assert_eq!(consent.of[0].value, "b");
    assert!(matches!(consent.rule, ConsentRule::All));
    let Some(Chance::Branches(branches, _)) = &actor.actions[2].chance else { panic!("branches") };
    assert_eq!(branches[0].p.as_ref().expect("p").path, "actors.a.actions.attack.chance.wins.p");
    assert_eq!(
        branches[1].effects[1].value.path,
        "actors.a.actions.attack.chance.loses.effects.share"
    );
    assert_eq!(scenario.actors[1].wants.len(), 2);
}

#[test]
fn policies_and_worlds_are_decoded() {
    let scenario = example();
    assert_eq!(scenario.policies[0].forbid[0].value, "a.threaten");
    let force = &scenario.policies[1].force[0];
    assert_eq!((force.from, force.to, force.times), (0, Some(2), 1));
    assert_eq!(scenario.policies[1].set[0].path.value, "actors.a.patience");
    assert_eq!(scenario.worlds[0].set[0].path.value, "assumptions.cost_of_war");
}

#[test]
fn every_form_that_the_example_leaves_out_is_decoded_too() {
    let text = file(
        r#"start = "2024-01-31"
step = "quarter"
order = "random"
minds = 2
about = "all of it"
[assumptions]
cost = { draw = "1 to 2", group = "war", unit = "bn USD" }
[state]
x = { start = 1, range = [-inf, inf], unit = "t" }
[events.shock]
once = true
chance = [{ p = "10%", effects = { x = "/= 2" } }, { name = "rest" }]
[actors.a]
must_act = true
foresight = 2
plans_ahead = true
risk = -1
[actors.a.actions.pact.consent]
of = ["a", "b"]
rule = { weight = { a = 2, b = "1 + 1" }, quota = 3 }
[actors.b]
[policies.quiet-1]
secret = true
"#,
    );
    let (scenario, found) = read(&text);
    assert!(found.is_empty(), "{:#?}", found.iter().collect::<Vec<_>>());
    let scenario = scenario.expect("a scenario");
    assert_eq!(scenario.step, Some(StepUnit::Quarter));
    assert_eq!((scenario.order, scenario.minds), (Order::Random, Some(2)));
    assert_eq!(scenario.notes.about.as_deref(), Some("all of it"));
    assert_eq!(scenario.assumptions[0].group.as_deref(), Some("war"));
    let range = scenario.state[0].range.as_ref().expect("range");
    assert_eq!(range.value.0.expr.kind, ExprKind::Number(f64::NEG_INFINITY));
    assert_eq!(range.value.1.path, "state.x.range.1");
    assert!(scenario.events[0].limits.once);
    let Some(Chance::Branches(branches, _)) = &scenario.events[0].chance else {
        panic!("branches")
    };
    assert_eq!(branches[0].name.value, "1");
    assert_eq!(branches[0].effects[0].operator, Assign::Divide);
    assert_eq!(branches[0].effects[0].value.path, "events.shock.chance.1.effects.x");
    assert!(branches[1].p.is_none());
    let actor = &scenario.actors[0];
    assert!(actor.must_act && actor.plans_ahead && !scenario.actors[1].plans_ahead);
    let consent = actor.actions[0].consent.as_ref().expect("consent");
    let ConsentRule::Quota { weight, quota } = &consent.rule else { panic!("a quota") };
    assert_eq!(weight[1].1.path, "actors.a.actions.pact.consent.rule.weight.b");
    assert_eq!(quota.path, "actors.a.actions.pact.consent.rule.quota");
    assert!(scenario.policies[0].secret);
}
