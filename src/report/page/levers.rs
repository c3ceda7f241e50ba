//! What single moves change.

use super::asked::world_title;
use super::effects::{Effect, effects, firmest};
use super::plain::{quoted, title};
use super::render::PageError;
use super::table::{Cell, Table};
use super::view::Answer;
use super::words::{counted, share};
use super::{Told, page};
use crate::chart::listed;
use crate::diagnostic::grouped;
use crate::report::phrases::{capital, points, points_range};
use crate::report::{Comparison, Pulled};
use crate::study::{Lever, Pull};

/// How many further levers the words name.
const NAMED: usize = 3;

/// What `levers` has to tell.
#[derive(Clone, Copy, Debug)]
pub struct LeverPage<'a> {
    /// What every page is told.
    pub told: Told<'a>,
    /// What came out.
    pub comparison: &'a Comparison,
    /// The levers, world by world, in the order of the pairs.
    pub levers: &'a [Lever],
    /// What each does in each world, the largest change first.
    pub ranking: &'a [&'a Pulled],
}

/// The page of levers.
///
/// # Errors
///
/// A template that cannot be filled.
pub fn lever_page(of: &LeverPage<'_>) -> Result<String, PageError> {
    let all = effects(of.comparison, of.levers.len());
    let firm = firmest(&all);
    let worlds = of.told.manifest.worlds.len();
    let lead = match firm.first() {
        Some(first) => format!("{} {}{}.", lever(of, first), first.predicate(), first.over()),
        None => format!(
            "No single move changes an outcome {} by more than chance allows.",
            if worlds == 1 { "in the world played" } else { "the same way in every world" }
        ),
    };
    let answer = Answer {
        lead,
        points: points_of(of, &all, &firm),
        tables: vec![ranking(of)],
        notes: vec![
            "Each move was forced at its first chance, and forbidden, against the plain run on the same \
             luck. “Made anyway”: the share of plain trials in which it was made. “All outcomes”: the \
             share of trials that end otherwise, net. “Stands out”: over all levers and outcomes at once."
                .to_owned(),
        ],
    };
    page(&of.told, "Which single move matters most?", answer, None)
}

/// A lever as the subject of a sentence.
fn lever(of: &LeverPage<'_>, effect: &Effect<'_>) -> String {
    let lever = of.levers[effect.choice];
    let doing = match lever.pull {
        Pull::Forced => "Forcing",
        Pull::Forbidden => "Forbidding",
    };
    format!("{doing} {}", quoted(&its_move(of, lever)))
}

/// Who does what.
fn its_move(of: &LeverPage<'_>, lever: Lever) -> String {
    let model = of.told.model;
    let action = model.happening(lever.what);
    let does = super::plain::spaced(&action.title);
    let does = does.split_once('.').map_or(does.as_str(), |(_, own)| own);
    format!("{} {does}", title(&model.actors[lever.actor].title))
}

fn points_of(of: &LeverPage<'_>, all: &[Effect<'_>], firm: &[&Effect<'_>]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut told: Vec<usize> = firm.iter().take(1).map(|effect| effect.choice).collect();
    let mut more = Vec::new();
    for effect in firm.iter().skip(1) {
        if more.len() < NAMED && !told.contains(&effect.choice) {
            told.push(effect.choice);
            more.push(format!("{} {}", lever(of, effect), effect.predicate()));
        }
    }
    if !more.is_empty() {
        lines.push(format!("Next: {}.", capital(&listed(&more))));
    }
    let turning: Vec<String> = all
        .iter()
        .filter(|effect| effect.turns())
        .take(2)
        .map(|effect| {
            format!(
                "{} changes {} by {} points",
                lever(of, effect),
                quoted(effect.title),
                effect.least_to_greatest()
            )
        })
        .collect();
    if !turning.is_empty() {
        lines.push(format!("Which way it goes depends on the world: {}.", listed(&turning)));
    }
    let differences = of.comparison.differences();
    let clear = differences.iter().filter(|d| d.stands_out()).count() as u64;
    let trials = of.comparison.cells.first().map_or(0, |cell| cell.summary.trials);
    if of.told.manifest.worlds.len() == 1 {
        lines.push(
            "Only one world was played, so how far this hangs on what nobody knows was not asked; the \
             option --world asks."
                .to_owned(),
        );
    }
    lines.push(format!(
        "{} levers were pulled, each for {} on the same luck; {} of {} changes stand out (95 % over \
         all at once).",
        grouped(of.levers.len() as u64),
        counted(trials, "trial"),
        grouped(clear),
        grouped(differences.len() as u64)
    ));
    lines
}

fn ranking(of: &LeverPage<'_>) -> Table {
    let heads = [
        "Move",
        "Is",
        "World",
        "#Made anyway",
        "Changes most",
        "#By, points",
        "#95 %",
        "#All outcomes",
        "Stands out",
    ];
    let mut table = Table::new("Levers, the largest change first", &heads);
    for pulled in of.ranking {
        let Some(largest) = pulled.largest() else { continue };
        let pair = &of.comparison.pairs[pulled.pair];
        let cell = &of.comparison.cells[pair.a];
        let made = cell.summary.happened[pulled.lever.what.0 as usize] as f64;
        let made = made / cell.summary.trials.max(1) as f64;
        let world = match of.told.document.scenario() {
            Some(scenario) => world_title(scenario, &cell.heading.world),
            None => title(&cell.heading.world),
        };
        let change = largest.paired.difference();
        let clear = largest.stands_out();
        let row = table.row(vec![
            Cell::text(its_move(of, pulled.lever)),
            Cell::text(pulled.lever.pull.word()),
            Cell::text(world),
            Cell::number(share(made), made),
            Cell::outcome(&cell.model, largest.outcome.0),
            Cell::number(points(change), change),
            Cell::number(points_range(largest.own.low, largest.own.high), largest.own.low),
            Cell::number(share(pulled.distance()), pulled.distance()),
            Cell::text(if clear { "yes" } else { "" }),
        ]);
        row.outcome = Some(Comparison::outcome_id(&cell.model, largest.outcome.0).to_owned());
        row.strong = clear;
    }
    table
}
