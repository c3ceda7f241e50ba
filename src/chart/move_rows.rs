//! The rows of the chart of moves: actors, their most used actions, and the most used items of menus.

use super::move_data::{ActionShares, ItemShares, MoveActor};
use super::text::{Ruler, Weight};
use super::theme::{TICK_SIZE, WIDTH};

pub(super) const ROW: f64 = 18.0;
const HEADING: f64 = 24.0;
const NOTE: f64 = 17.0;
/// The part of the chart's width that names may take.
const NAMES: f64 = 0.34;
/// The largest number of rows of the chart, and the smallest and largest number of actions of an actor.
const MOST_ROWS: usize = 60;
const FEWEST: usize = 3;
const MOST: usize = 8;
/// The smallest and the largest number of items of an action.
const FEWEST_ITEMS: usize = 2;
const MOST_ITEMS: usize = 6;

/// A line of the chart.
pub(super) enum MoveLine<'a> {
    /// The name of an actor, above its actions.
    Actor(&'a str),
    /// An action, or an item of its menu.
    Shares(SharesLine<'a>),
    /// How many more there are.
    Note(String),
}

/// How often an action, or an item of its menu, is taken.
pub(super) struct SharesLine<'a> {
    /// Its name as the chart has room for it.
    pub name: String,
    /// Who does what, in full.
    pub words: String,
    /// Whether it is an item.
    pub is_item: bool,
    pub shares: &'a [f64],
}

impl MoveLine<'_> {
    pub fn height(&self) -> f64 {
        match self {
            MoveLine::Actor(_) => HEADING,
            MoveLine::Shares(_) => ROW,
            MoveLine::Note(_) => NOTE,
        }
    }
}

fn sum(shares: &[f64]) -> f64 {
    shares.iter().sum()
}

/// The actions that are taken in at least one trial, the most used first.
pub(super) fn used(actor: &MoveActor) -> Vec<&ActionShares> {
    let mut rows: Vec<&ActionShares> =
        actor.rows.iter().filter(|row| sum(&row.shares) > 0.0).collect();
    rows.sort_by(|a, b| sum(&b.shares).total_cmp(&sum(&a.shares)));
    rows
}

/// The items of an action's menu that are taken in at least one trial, the most used first.
pub(super) fn used_items(action: &ActionShares) -> Vec<&ItemShares> {
    let mut items: Vec<&ItemShares> =
        action.items.iter().filter(|item| sum(&item.shares) > 0.0).collect();
    items.sort_by(|a, b| sum(&b.shares).total_cmp(&sum(&a.shares)));
    items
}

/// Who does what with an item, in full.
pub(super) fn item_words(action: &ActionShares, item: &ItemShares) -> String {
    format!("{} ({})", action.label, item.label)
}

/// The lines of a chart of these actors.
pub(super) fn lines<'a>(ruler: &Ruler, actors: &'a [MoveActor]) -> Vec<MoveLine<'a>> {
    let each = MOST_ROWS / actors.len().max(1);
    let fit = |text: &str| ruler.fit(text, WIDTH * NAMES, TICK_SIZE, Weight::Regular);
    let mut lines = Vec::new();
    for actor in actors {
        let mut actions = used(actor);
        actions.truncate(each.clamp(FEWEST, MOST));
        let menus = actions.iter().filter(|action| !action.items.is_empty()).count();
        let room = each.saturating_sub(actions.len()) / menus.max(1);
        let room = room.clamp(FEWEST_ITEMS, MOST_ITEMS);
        lines.push(MoveLine::Actor(&actor.label));
        for action in &actions {
            lines.push(MoveLine::Shares(SharesLine {
                name: fit(&action.label),
                words: format!("{} {}", actor.label, action.label),
                is_item: false,
                shares: &action.shares,
            }));
            let mut items = used_items(action);
            // A note takes as much room as the only item that it would stand for.
            if items.len() > room + 1 {
                items.truncate(room);
            }
            lines.extend(items.iter().map(|item| {
                MoveLine::Shares(SharesLine {
                    name: fit(&item.label),
                    words: format!("{} {}", actor.label, item_words(action, item)),
                    is_item: true,
                    shares: &item.shares,
                })
            }));
            lines.extend(rarer(action.items.len() - items.len(), ["item", "items"]));
        }
        lines.extend(rarer(actor.rows.len() - actions.len(), ["action", "actions"]));
    }
    lines
}

/// The note that so many rarer ones are left out; none if none are.
fn rarer<'a>(left_out: usize, [one, many]: [&str; 2]) -> Option<MoveLine<'a>> {
    let word = if left_out == 1 { one } else { many };
    (left_out > 0).then(|| MoveLine::Note(format!("and {left_out} rarer {word}")))
}
