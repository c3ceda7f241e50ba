//! Trials that end otherwise under another policy, as examples to be told.

use super::tables::FlipRow;
use super::words::CompareWords;
use crate::format::{count, percent};
use crate::model::BASE_WORLD;
use crate::report::{PageCell, PageTable, Scene};
use crate::report::{shell, shell_file};
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain, wrapped};

/// How many kinds of flips the page shows of each policy in each world.
const SHOWN: usize = 6;
/// How many the terminal lists.
#[cfg(feature = "cli")]
const LISTED: usize = 8;
/// The width of a name in the terminal.
#[cfg(feature = "cli")]
const NAME: usize = 15;

impl CompareWords<'_> {
    /// The kinds of flips between two policies in the same world, those of the most trials first within each pair,
    /// with an example each. None where the draws of the assumptions are played several times, since the number of a
    /// trial does not tell which of them it was.
    pub fn flips_with_examples(&self) -> Vec<Vec<&FlipRow>> {
        if self.played.repeats.is_some() {
            return Vec::new();
        }
        let is_told = |row: &&FlipRow| {
            row.outcome_a != row.outcome_b
                && row.scenario_a == row.scenario_b
                && row.world_a == row.world_b
                && example(row).is_some()
        };
        let rows: Vec<&FlipRow> = self.tables.flips.iter().filter(is_told).collect();
        let pair =
            |row: &FlipRow| (row.policy_a.clone(), row.policy_b.clone(), row.world_b.clone());
        let pairs = rows.chunk_by(|a, b| pair(a) == pair(b)).map(|rows| {
            let mut rows = rows.to_vec();
            rows.sort_by_key(|row| std::cmp::Reverse(row.trials));
            rows
        });
        pairs.collect()
    }

    /// The command that tells an example of a flip under both policies.
    pub fn example_command(&self, row: &FlipRow) -> Option<String> {
        let file = shell_file(&self.played.file.record.file);
        let mut words = vec![format!("demarche trace {file}")];
        let mut option = |name: &str, value: &str| words.push(format!("--{name} {}", shell(value)));
        option("policy", &row.policy_a);
        option("against", &row.policy_b);
        if row.world_a != BASE_WORLD {
            option("world", &row.world_a);
        }
        option("trial", example(row)?);
        for given in self.played.file.document.given() {
            option("set", given.written());
        }
        option("seed", &self.played.seed.to_string());
        words.push(format!("-n {}", self.played.trials));
        Some(words.join(" "))
    }

    /// The kinds of flips, with an example each, for the page.
    pub fn example_table(&self, scene: &Scene<'_>) -> Option<PageTable> {
        let heads = [
            "Policy",
            "World",
            "From",
            "To",
            "#Trials",
            "#Share",
            "#For example trial",
            "!Told by",
        ];
        let mut table = PageTable::new("Which becomes which, with a trial to look at", &heads);
        for rows in self.flips_with_examples() {
            for row in rows.into_iter().take(SHOWN) {
                let (Some(example), Some(command)) = (example(row), self.example_command(row))
                else {
                    continue;
                };
                table.row(vec![
                    PageCell::text(self.cell(&row.scenario_b, &row.policy_b)),
                    PageCell::text(self.world(&row.world_b)),
                    PageCell::outcome(scene, &row.outcome_a),
                    PageCell::outcome(scene, &row.outcome_b),
                    PageCell::number(count(row.trials), row.trials as f64),
                    PageCell::number(percent(row.share), row.share),
                    PageCell::number(example, example.parse().unwrap_or(f64::NAN)),
                    PageCell::code(command),
                ]);
            }
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// The kinds of flips of the most trials, with an example each, and how it is told.
    #[cfg(feature = "cli")]
    pub fn examples_in_terminal(&self) -> String {
        let mut kinds: Vec<&FlipRow> = self.flips_with_examples().into_iter().flatten().collect();
        kinds.sort_by_key(|row| std::cmp::Reverse(row.trials));
        kinds.truncate(LISTED);
        let Some(command) = kinds.first().and_then(|row| self.example_command(row)) else {
            return String::new();
        };
        let rows = kinds.iter().map(|row| {
            vec![
                cut(&row.world_b, NAME),
                cut(&row.policy_b, NAME),
                cut(&row.outcome_a, NAME),
                cut(&row.outcome_b, NAME),
                count(row.trials),
                example(row).unwrap_or_default().to_owned(),
            ]
        });
        let heads = ["World", "Policy", "from", "to", "trials", "such as trial"];
        format!("\n{}", plain(&heads, rows.collect(), &[4, 5]))
            + &wrapped(&format!(
                "How the first of them goes under both, and where it parts: {command}"
            ))
    }
}

/// The number of the first trial of a kind of flip.
fn example(row: &FlipRow) -> Option<&str> {
    row.examples.split(' ').next().filter(|trial| !trial.is_empty())
}
