//! How may it end? Plays a scenario and prints the probability of each outcome.
fn main() -> Result<(), demarche::Error> {
    let scenario = demarche::Scenario::open("scenarios/border-crisis.toml")?;
    let run = scenario.model()?.run(10_000, 1)?;
    for ending in run.outcomes() {
        println!("{:5.1} %  {}", 100.0 * ending.share, ending.title);
    }
    Ok(())
}
