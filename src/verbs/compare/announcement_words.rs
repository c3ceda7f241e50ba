//! What is said of deed and announcement: the same words in the terminal and on the page.

use super::announcement::AnnouncementRow;
use super::question::CompareQuestion;
use super::tables::CompareTables;
use crate::format::{points, points_range};
use crate::model::NO_POLICY;
use crate::verbs::carried_out::CarriedOut;
#[cfg(feature = "cli")]
use crate::verbs::terminal::wrapped;
use crate::verbs::titles::{Titles, quoted};

/// How many sentences on policies stand in the first lines.
const SENTENCES: usize = 3;
/// How many of them are on the same policy.
const OF_ONE_POLICY: usize = 2;

/// Deed and announcement in words.
pub(super) struct AnnouncementWords<'a> {
    pub question: &'a CompareQuestion,
    pub tables: &'a CompareTables,
    pub titles: Titles<'a>,
}

impl AnnouncementWords<'_> {
    fn rows(&self) -> &[AnnouncementRow] {
        self.tables.announcement.as_deref().unwrap_or_default()
    }

    /// The rows whose change as a whole stands out from chance over all comparisons at once, the
    /// largest first.
    pub fn clear(&self) -> Vec<&AnnouncementRow> {
        let stands_out = |row: &&AnnouncementRow| {
            self.tables.comparison.iter().any(|own| {
                own.stands_out()
                    && (&own.policy_b, &own.world_b, &own.outcome)
                        == (&row.policy, &row.world, &row.outcome)
            })
        };
        largest_first(self.rows().iter().filter(stands_out).collect())
    }

    /// All rows, the largest change first.
    pub fn all(&self) -> Vec<&AnnouncementRow> {
        largest_first(self.rows().iter().collect())
    }

    /// Sentences on the largest changes that stand out, each of another policy or another outcome.
    pub fn sentences(&self) -> Vec<String> {
        let mut told: Vec<&AnnouncementRow> = Vec::new();
        for row in self.clear() {
            let same = || told.iter().filter(|other| other.policy == row.policy);
            let is_new = same().all(|other| other.outcome != row.outcome);
            if told.len() < SENTENCES && same().count() < OF_ONE_POLICY && is_new {
                told.push(row);
            }
        }
        told.into_iter().map(|row| self.sentence(row)).collect()
    }

    fn sentence(&self, row: &AnnouncementRow) -> String {
        let world = match self.question.worlds.len() {
            1 => String::new(),
            _ => format!(" in {}", quoted(&self.titles.world(&row.world))),
        };
        let is_told = |low: f64, high: f64| low > 0.0 || high < 0.0;
        let deed = is_told(row.deed_low, row.deed_high);
        let announcement = is_told(row.announcement_low, row.announcement_high);
        let doubt = match (deed, announcement) {
            (true, true) => "",
            (false, true) => "; the deed by itself is not distinguishable from zero",
            (true, false) => "; the announcement by itself is not distinguishable from zero",
            (false, false) => "; neither by itself is distinguishable from zero",
        };
        format!(
            "Of the {} points by which {} changes {}{world}, {} are the deed (95 %: {}) and {} the \
             announcement, that the actors know of it (95 %: {}){doubt}.",
            points(row.total),
            quoted(&self.titles.policy(&row.scenario, &row.policy)),
            quoted(&self.titles.outcome(&row.outcome)),
            points(row.deed),
            points_range(row.deed_low, row.deed_high),
            points(row.announcement),
            points_range(row.announcement_low, row.announcement_high),
        )
    }

    /// Whether a policy is kept secret by the file.
    fn is_secret(&self, name: &str) -> bool {
        let scenario = self.titles.played.file.document.scenario();
        let mut policies = scenario.into_iter().flat_map(|scenario| &scenario.policies);
        policies.any(|own| own.name.value == name && own.secret)
    }

    /// A sentence on each policy of which nothing is announced: those that are secret already, and
    /// those that only set values.
    pub fn unannounced(&self) -> Vec<String> {
        let played = self.titles.played;
        let Some(scenario) = played.file.document.scenario() else { return Vec::new() };
        let mut sentences = Vec::new();
        for name in self.question.policies.iter().skip(1).filter(|name| *name != NO_POLICY) {
            let own = scenario.policies.iter().find(|policy| policy.name.value == *name);
            let Some(own) = own else { continue };
            let title = quoted(&self.titles.policy(played.file.name, name));
            if self.is_secret(name) {
                sentences.push(format!("{title} is secret already: all that it changes is deed."));
            } else if own.force.is_empty() && own.forbid.is_empty() {
                sentences.push(format!(
                    "{title} forces and forbids nothing. What a policy sets everyone knows, and it \
                     counts as deed."
                ));
            }
        }
        sentences
    }
}

/// How far the policies of a comparison were carried out, in words.
pub(super) fn carried_out<'a>(
    question: &'a CompareQuestion,
    tables: &'a CompareTables,
    titles: Titles<'a>,
) -> CarriedOut<'a> {
    let rows = tables.fidelity.as_deref().unwrap_or_default();
    CarriedOut { rows, without: question.without(), titles }
}

/// The first lines in the terminal: policies that were hardly carried out, and what is deed and
/// what announcement.
#[cfg(feature = "cli")]
pub(super) fn first_lines(
    carried_out: &CarriedOut<'_>,
    announced: &AnnouncementWords<'_>,
) -> String {
    let hardly = carried_out.headline(SENTENCES);
    let is_secret = |policy: &String| announced.is_secret(policy);
    let question = announced.question;
    let hint = !hardly.is_empty()
        && !question.announcement
        && question.other.is_none()
        && !question.policies.iter().skip(1).all(is_secret);
    let hint = hint.then(|| {
        "The option --announcement tells what such a policy changes by its moves from what it \
         changes by being known."
            .to_owned()
    });
    let lines = hardly.into_iter().chain(announced.sentences()).chain(hint);
    lines.map(|line| wrapped(&line)).collect()
}

fn largest_first(mut rows: Vec<&AnnouncementRow>) -> Vec<&AnnouncementRow> {
    rows.sort_by(|a, b| b.total.abs().total_cmp(&a.total.abs()));
    rows
}
