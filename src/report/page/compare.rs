//! What policies and worlds change.

use super::asked::{policy_title, world_title};
use super::compare_tables::{changed, differences, ends, regretted, shares, weighed};
use super::effects::{Effect, effects, firmest};
use super::plain::{quoted, title};
use super::render::PageError;
use super::sections::outcome_title;
use super::view::Answer;
use super::words::{counted, share, size};
use super::{Told, page};
use crate::chart::listed;
use crate::diagnostic::grouped;
use crate::model::KeyChange;
use crate::report::{CellResult, Comparison, Difference, DrawnRegret, Robust};
use crate::scenario::Scenario;
use crate::study::Goal;

/// How many further effects the words name.
const NAMED: usize = 3;
/// How many effects that turn with the world the words name.
const TURNING: usize = 2;

/// What a comparison has to tell.
#[derive(Clone, Copy, Debug)]
pub struct ComparePage<'a> {
    /// What every page is told.
    pub told: Told<'a>,
    /// What came out.
    pub comparison: &'a Comparison,
    /// What each goal makes of the policies.
    pub robust: &'a [Robust],
    /// Their regret over draws of the assumptions.
    pub drawn: &'a [DrawnRegret],
    /// In what two files differ, where there are two.
    pub changes: Option<&'a [KeyChange]>,
}

/// The page of a comparison.
///
/// # Errors
///
/// A template that cannot be filled.
pub fn compare_page(of: &ComparePage<'_>) -> Result<String, PageError> {
    let scenario = of.told.document.scenario().ok_or(PageError::NoScenario)?;
    let named = Named { scenario, of };
    let all = effects(of.comparison, named.choices());
    let question = match (of.changes, of.comparison.pairs.is_empty()) {
        (Some(_), _) => "What does the second file change?",
        (None, true) => "How might it end, world by world?",
        (None, false) => "What would each policy change?",
    };
    let mut tables = Vec::new();
    if !of.comparison.pairs.is_empty() {
        tables.push(differences(&named));
        tables.extend(ends(&named));
    }
    tables.extend(of.changes.map(|changes| changed(&named, changes)));
    tables.push(shares(&named));
    tables.extend(of.robust.iter().map(|robust| weighed(&named, robust)));
    tables.extend(of.drawn.iter().map(|drawn| regretted(&named, drawn)));
    let answer = Answer {
        lead: lead(&named, &all),
        points: points_of(&named, &all),
        tables,
        notes: notes(of),
    };
    page(&of.told, question, answer, None)
}

/// A comparison with the names of its parts.
pub(super) struct Named<'a> {
    pub scenario: &'a Scenario,
    pub of: &'a ComparePage<'a>,
}

impl Named<'_> {
    /// How many pairs there are in each world.
    fn choices(&self) -> usize {
        let pairs = self.of.comparison.pairs.len();
        pairs / self.of.told.manifest.worlds.len().max(1)
    }

    /// What a choice is called: a policy, or the second file under one.
    fn choice(&self, effect: &Effect<'_>) -> String {
        let pair = &self.of.comparison.pairs[effect.choice];
        self.cell(&self.of.comparison.cells[pair.b])
    }

    pub fn cell(&self, cell: &CellResult) -> String {
        let policy = policy_title(self.scenario, &cell.heading.policy);
        match self.of.changes {
            Some(_) if self.of.told.manifest.policies.len() == 1 => title(&cell.heading.scenario),
            Some(_) => format!("{}: {policy}", title(&cell.heading.scenario)),
            None => policy,
        }
    }

    /// That all of these differences are of one choice among several.
    fn alone(&self, clear: &[&Difference]) -> String {
        let of = |d: &Difference| {
            self.cell(&self.of.comparison.cells[self.of.comparison.pairs[d.pair].b])
        };
        match clear {
            [first, rest @ ..] if self.choices() > 1 && rest.iter().all(|d| of(d) == of(first)) => {
                format!(", all of {},", quoted(&of(first)))
            }
            _ => String::new(),
        }
    }

    /// A goal in words.
    pub fn goal(&self, goal: &Goal) -> String {
        let outcomes = |ids: &[String]| {
            let named = |id: &String| {
                let own = self.scenario.outcomes.iter().find(|own| own.id.value == *id);
                quoted(own.and_then(|own| own.title.as_deref()).unwrap_or(id))
            };
            listed(&ids.iter().map(named).collect::<Vec<_>>())
        };
        match goal {
            Goal::Avoid(ids) => format!("avoiding {}", outcomes(ids)),
            Goal::Seek(ids) => format!("seeking {}", outcomes(ids)),
            Goal::Actor(name) => {
                let own = self.scenario.actors.iter().find(|own| own.name.value == *name);
                format!(
                    "what {} wants",
                    quoted(own.and_then(|own| own.title.as_deref()).unwrap_or(name))
                )
            }
        }
    }

    pub fn world(&self, name: &str) -> String {
        world_title(self.scenario, name)
    }
}

fn lead(named: &Named<'_>, all: &[Effect<'_>]) -> String {
    if named.of.comparison.pairs.is_empty() {
        return over_worlds(named)
            .unwrap_or_else(|| "No outcome differs between the worlds.".to_owned());
    }
    match firmest(all).first() {
        Some(first) => {
            format!("{} {}{}.", quoted(&named.choice(first)), first.predicate(), first.over())
        }
        None => clearest(named, all),
    }
}

/// The largest change that stands out, where none does so in every world.
fn clearest(named: &Named<'_>, all: &[Effect<'_>]) -> String {
    let each = all.iter().flat_map(|effect| effect.worlds.iter().map(move |d| (effect, d)));
    let size_of = |difference: &Difference| difference.paired.difference().abs();
    let largest = each
        .filter(|(_, difference)| difference.stands_out())
        .max_by(|a, b| size_of(a.1).total_cmp(&size_of(b.1)));
    let Some((effect, difference)) = largest else {
        return "Nothing that was compared changes an outcome by more than chance allows."
            .to_owned();
    };
    let comparison = named.of.comparison;
    let world = &comparison.cells[comparison.pairs[difference.pair].b].heading.world;
    let change = difference.paired.difference();
    format!(
        "{} {} {} by {} points in {}; no change stands out in every world.",
        quoted(&named.choice(effect)),
        if change > 0.0 { "raises" } else { "lowers" },
        quoted(effect.title),
        size(change),
        quoted(&named.world(world))
    )
}

/// The outcome whose share differs most from world to world under the first
/// policy, in a sentence.
fn over_worlds(named: &Named<'_>) -> Option<String> {
    let cells = &named.of.comparison.cells;
    let first = cells.first()?;
    let same: Vec<&CellResult> = cells
        .iter()
        .filter(|cell| {
            cell.heading.policy == first.heading.policy
                && cell.heading.scenario == first.heading.scenario
        })
        .collect();
    if same.len() < 2 {
        return None;
    }
    let range = |index: usize| {
        let all = same.iter().map(|cell| cell.summary.share(index));
        (all.clone().fold(f64::INFINITY, f64::min), all.fold(0.0, f64::max))
    };
    let width = |index: usize| range(index).1 - range(index).0;
    let widest = (0..=first.model.outcomes.len()).max_by(|a, b| width(*a).total_cmp(&width(*b)))?;
    let (low, high) = range(widest);
    if share(low) == share(high) {
        return None;
    }
    let world = |value: f64| {
        let own = same.iter().find(|cell| cell.summary.share(widest) == value);
        own.map(|cell| quoted(&named.world(&cell.heading.world))).unwrap_or_default()
    };
    Some(format!(
        "The world matters most for {}: {} of trials in {}, {} in {}, under {}.",
        quoted(outcome_title(&first.model, widest)),
        share(low),
        world(low),
        share(high),
        world(high),
        quoted(&named.cell(first))
    ))
}

fn points_of(named: &Named<'_>, all: &[Effect<'_>]) -> Vec<String> {
    let of = named.of;
    let mut lines = Vec::new();
    let firm = firmest(all);
    let mut told: Vec<usize> = firm.iter().take(1).map(|effect| effect.choice).collect();
    let mut more = Vec::new();
    for effect in firm.iter().skip(1) {
        if more.len() < NAMED && (!told.contains(&effect.choice) || named.choices() == 1) {
            told.push(effect.choice);
            more.push(format!("{} {}", quoted(&named.choice(effect)), effect.predicate()));
        }
    }
    if !more.is_empty() {
        let whatever =
            if of.told.manifest.worlds.len() > 1 { "Also, whatever the world" } else { "Also" };
        lines.push(format!("{whatever}: {}.", listed(&more)));
    }
    let turning = all.iter().filter(|effect| effect.turns()).take(TURNING);
    let turning: Vec<String> = turning
        .map(|effect| {
            format!(
                "{} changes {} by {} points",
                quoted(&named.choice(effect)),
                quoted(effect.title),
                effect.least_to_greatest()
            )
        })
        .collect();
    if !turning.is_empty() {
        lines.push(format!("Which way it goes depends on the world: {}.", listed(&turning)));
    }
    if !of.comparison.pairs.is_empty() {
        lines.extend(over_worlds(named));
    }
    lines.extend(of.robust.iter().map(|robust| best(named, robust)));
    let differences = of.comparison.differences();
    if let Some(cell) = of.comparison.cells.first() {
        let clear: Vec<_> = differences.iter().filter(|d| d.stands_out()).collect();
        let trials = counted(cell.summary.trials, "trial");
        lines.push(if differences.is_empty() {
            format!("Each world was played {trials}, all on the same luck.").replace(" trials,", " times,")
        } else {
            format!(
                "{} of {} differences stand out{} from the noise of {trials} each, all on the same luck \
                 (95 % over all comparisons at once). The intervals here cover that noise alone, not \
                 what nobody knows.",
                grouped(clear.len() as u64),
                grouped(differences.len() as u64),
                named.alone(&clear)
            )
        });
    }
    lines
}

/// Which policy a goal prefers.
fn best(named: &Named<'_>, robust: &Robust) -> String {
    let policy = |index: usize| quoted(&policy_title(named.scenario, &robust.policies[index]));
    let by = |value: fn(&crate::stats::Robustness) -> f64| {
        let rows = robust.rows.iter().map(value).enumerate();
        // The first of equals.
        rows.rev().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index)
    };
    let (worst, regret) = (by(|row| row.worst), by(|row| -row.largest_regret));
    let others = robust.rows.iter().enumerate().filter(|(index, _)| *index != worst);
    let next = others.map(|(_, row)| row.worst).reduce(f64::max);
    let next = next.map_or_else(String::new, |next| format!(", the next best {}", share(next)));
    let kept = format!(
        "By the goal of {}, {} does best in its worst world ({}{next})",
        named.goal(&robust.goal),
        policy(worst),
        share(robust.rows[worst].worst)
    );
    let largest = size(robust.rows[regret].largest_regret);
    if worst == regret && robust.rows[regret].largest_regret == 0.0 {
        format!("{kept} and is best in every world.")
    } else if worst == regret {
        format!("{kept} and leaves least to regret (at most {largest} points).")
    } else {
        format!("{kept}; {} leaves least to regret (at most {largest} points).", policy(regret))
    }
}

fn notes(of: &ComparePage<'_>) -> Vec<String> {
    if of.comparison.pairs.is_empty() {
        return Vec::new();
    }
    let against = match (&of.told.manifest.baseline, &of.told.manifest.compared_with) {
        (Some(baseline), _) => of
            .told
            .document
            .scenario()
            .map_or_else(|| title(baseline), |s| policy_title(s, baseline)),
        _ => title(&of.told.manifest.scenario.file),
    };
    vec![format!(
        "Changes are against “{against}”, trial by trial, in percentage points. “Stands out”: the \
         interval over all comparisons at once leaves nought out."
    )]
}
