//! What would a policy change? Plays the same trials with and without it, and compares.

use demarche::Scenario;

/// The policy that is compared with none.
const POLICY: &str = "early_offer";

fn main() -> Result<(), demarche::Error> {
    let scenario = Scenario::open("scenarios/border-crisis.toml")?;
    // The same seed: both runs have the same luck, so that what differs is the policy's doing.
    let before = scenario.model()?.run(10_000, 1)?;
    let after = scenario.model_under(POLICY, "base")?.run(10_000, 1)?;

    println!("Change in percentage points under {POLICY}, with its 95 % interval");
    for ending in before.outcomes() {
        let change = before.compare(&after, ending.id)?;
        println!(
            "{:+6.1} ({:+.1} to {:+.1})  {}",
            100.0 * change.difference,
            100.0 * change.interval.low,
            100.0 * change.interval.high,
            ending.title
        );
    }
    Ok(())
}
