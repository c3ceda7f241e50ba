//! What goes with which ending? Reads a column of single trials, and prints its quartiles by
//! outcome.

use demarche::Scenario;

/// The column: a variable of the state as it is at the end of each trial.
const COLUMN: &str = "state.tension";

fn main() -> Result<(), demarche::Error> {
    let run = Scenario::open("scenarios/border-crisis.toml")?.model()?.run(10_000, 1)?;
    let values = run.column(COLUMN)?;

    println!("{COLUMN} at the end: a quarter of trials lies below, half, three quarters");
    for ending in run.outcomes().filter(|ending| ending.count > 0) {
        let mut own: Vec<f64> = run
            .labels("outcome")?
            .zip(values)
            .filter(|(outcome, _)| *outcome == ending.id)
            .map(|(_, value)| *value)
            .collect();
        own.sort_by(f64::total_cmp);
        let [low, median, high] = [1, 2, 3].map(|quarter| own[(own.len() - 1) * quarter / 4]);
        println!("{low:.2}  {median:.2}  {high:.2}  {} ({} trials)", ending.title, ending.count);
    }
    Ok(())
}
