//! What is settled among several actors at once: who bargains, with what position and weight, and by which rule.

use super::table::{PageCell, PageTable};
use super::verb_page::SettledFacts;
use super::view::{BargainView, PageFact};
use super::words::{formula, paragraph, spaced, title};
use crate::report::phrases::capital;
use crate::scenario::defaults::POWER;
use crate::scenario::{Actor, Bargain, BargainRule, Party, Pick, ScenarioFile, Want, WantForm};

/// All bargains of a scenario; `settled` says what came of each.
pub(super) fn bargains(scenario: &ScenarioFile, settled: &[SettledFacts]) -> Vec<BargainView> {
    let all = scenario.bargains.iter();
    let settled = |name: &str| settled.iter().find(|own| own.bargain == name);
    all.map(|bargain| BargainView {
        name: match &bargain.title {
            Some(given) => title(given),
            None => capital(&spaced(&bargain.name.value)),
        },
        about: bargain.notes.about.as_deref().map(paragraph),
        source: bargain.notes.source.as_deref().map(paragraph),
        facts: [facts(scenario, bargain), came_of_it(settled(&bargain.name.value))].concat(),
        parties: parties(scenario, bargain),
    })
    .collect()
}

fn facts(scenario: &ScenarioFile, bargain: &Bargain) -> Vec<PageFact> {
    let mut facts = Vec::new();
    let mut add = |name, value: String| facts.push(PageFact { name, value });
    let over = scenario.state.iter().find(|own| own.name.value == bargain.over.value);
    add(
        "Over",
        match over.and_then(|own| own.notes.about.as_deref()) {
            Some(about) => paragraph(about),
            None => capital(&spaced(&bargain.over.value)),
        },
    );
    add("Settled at", rule(bargain.rule).to_owned());
    if let Some(when) = &bargain.when {
        add("When", formula(&when.text));
    }
    if let Some(chance) = &bargain.chance {
        add("Chance per step", formula(&chance.text));
    }
    match (bargain.limits.once, bargain.limits.every) {
        (true, _) => add("How often", "once at most".to_owned()),
        (false, Some(every)) => add("How often", format!("at most once in {every} steps")),
        (false, None) => {}
    }
    facts
}

/// What came of a bargain.
fn came_of_it(settled: Option<&SettledFacts>) -> Vec<PageFact> {
    let Some(SettledFacts { struck, settled, .. }) = settled else { return Vec::new() };
    let nothing = "nothing: there was no deal";
    let settled = settled.clone().unwrap_or_else(|| nothing.to_owned());
    vec![
        PageFact { name: "Struck in", value: struck.clone() },
        PageFact { name: "What was settled", value: settled },
    ]
}

/// Where a rule settles, in words.
fn rule(rule: BargainRule) -> &'static str {
    match rule {
        BargainRule::Mean => "the mean of the positions, by weight",
        BargainRule::Median => "the median of the positions, by weight",
        BargainRule::Nash => {
            "what Nash’s solution gives among all that each prefers to what they have; without such a \
             value there is no deal"
        }
        BargainRule::Condorcet(Pick::Mean) => {
            "the mean of a probabilistic election among the positions"
        }
        BargainRule::Condorcet(Pick::Draw) => {
            "a position that is drawn in a probabilistic election among them"
        }
    }
}

fn parties(scenario: &ScenarioFile, bargain: &Bargain) -> PageTable {
    let heads = ["Actor", "Position", "Salience", "Power"];
    let mut table = PageTable::new("Who bargains: the weight is power times salience", &heads);
    for party in &bargain.parties {
        let Some(actor) = scenario.actors.iter().find(|own| own.name.value == party.actor) else {
            continue;
        };
        let want = party.want.as_ref();
        let want = want.and_then(|name| actor.wants.iter().find(|own| own.name.value == *name));
        table.row(vec![
            PageCell::text(title(actor.title_or_name())),
            position(party, want),
            salience(party, want, actor),
            power(party, actor),
        ]);
    }
    table
}

fn position(party: &Party, want: Option<&Want>) -> PageCell {
    match (&party.position, want.map(|want| &want.form)) {
        (Some(given), _) => PageCell::code(formula(&given.text)),
        (None, Some(WantForm::Around { ideal, .. })) => PageCell::code(formula(&ideal.text)),
        (None, Some(WantForm::Between { .. }) | None) => PageCell::nothing(),
    }
}

fn salience(party: &Party, want: Option<&Want>, actor: &Actor) -> PageCell {
    match (&party.salience, want) {
        (Some(given), _) => PageCell::code(formula(&given.text)),
        (None, Some(_)) if actor.wants.len() == 1 => PageCell::code(formula("1")),
        (None, Some(want)) => {
            PageCell::code(formula(&want.importance())).note("of all its weights".to_owned())
        }
        (None, None) => PageCell::nothing(),
    }
}

fn power(party: &Party, actor: &Actor) -> PageCell {
    let own = actor.traits.iter().find(|(name, _)| name.value == POWER).map(|(_, source)| source);
    match party.power.as_ref().or(own) {
        Some(source) => PageCell::code(formula(&source.text)),
        None => PageCell::nothing(),
    }
}
