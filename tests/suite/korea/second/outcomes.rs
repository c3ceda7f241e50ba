//! How it may end, in each world, and what changes that.

use super::{mean, rows, trials};
use crate::papers::{find, head, names, number, percent, points, table};

/// Shares of outcomes in each world, without a policy, with intervals in the base world.
pub fn worlds() -> String {
    let all = rows("worlds/summary.csv");
    let worlds = names(&all, "world");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |world: &String| {
            let row = find(&all, &[("world", world), ("outcome", outcome)]);
            let share = percent(number(row, "share"));
            match world.as_str() {
                "base" => {
                    let [low, high] = ["mc_low", "mc_high"].map(|at| percent(number(row, at)));
                    format!("{share} ({low} to {high})")
                }
                _ => share,
            }
        };
        let title = find(&all, &[("outcome", outcome)])["title"].clone();
        body.push([title].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["outcome, % of trials"]), worlds].concat(), &body)
}

/// Measures at the end in each world.
pub fn measures() -> String {
    let all = rows("worlds/ends.csv");
    let wanted = [
        ("crossed_over", "Seoul’s index above one half, %", 100.0, 0),
        ("favours_done", "favours Moscow has done, of 4", 1.0, 2),
        ("moscow_mediates", "Moscow mediates, %", 100.0, 0),
        ("moscow_closer", "Moscow’s tie closer than in September while tests go on, %", 100.0, 0),
        ("text_passed", "resolutions passed", 1.0, 2),
        ("drafts_failed", "drafts that lapsed", 1.0, 2),
        ("sanctions", "sanctions on paper", 1.0, 2),
        ("bite", "bite of sanctions", 1.0, 2),
        ("drills_on", "large exercises held, %", 100.0, 0),
        ("months_with_tests", "months with tests", 1.0, 1),
        ("linkage_accepted", "the dual freeze has been agreed, %", 100.0, 0),
        ("struck", "Washington has struck, %", 100.0, 1),
        ("minor_clash", "minor clashes, no more, %", 100.0, 1),
        ("icb_deal", "ICB: agreement, %", 100.0, 1),
        ("icb_quiet", "ICB: quiet end, %", 100.0, 1),
        ("icb_serious", "ICB: serious clashes, %", 100.0, 1),
        ("icb_war", "ICB: war, %", 100.0, 1),
        ("icb_open", "not over by ICB's rule, %", 100.0, 1),
    ];
    let worlds = ["base", "ignorance", "only_the_order", "sharp_choices"];
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let cell = |world: &&str| mean(&all, world, measure, trials(), times, digits);
        body.push([title.to_owned()].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["mean at the end, ± 95 %"]), head(&worlds)].concat(), &body)
}

/// What Moscow's moves, and Beijing's, are worth for the outcomes.
pub fn matters() -> String {
    let all = rows("policies/comparison.csv");
    let outcomes = names(&all, "outcome");
    let policies =
        ["moscow_absent", "moscow_gives_all", "seoul_asks_for_nothing", "beijing_absent"];
    let mut body = Vec::new();
    for outcome in outcomes.iter().filter(|outcome| *outcome != "unresolved") {
        let cell = |policy: &&str| {
            let row =
                find(&all, &[("policy_b", policy), ("world_b", "base"), ("outcome", outcome)]);
            let [change, low, high] =
                ["difference", "low_all", "high_all"].map(|at| row[at].parse::<f64>());
            match (change, low, high) {
                (Ok(change), Ok(low), Ok(high)) => {
                    format!("{} ({} to {})", points(change), points(low), points(high))
                }
                _ => "too few to tell".to_owned(),
            }
        };
        body.push([outcome.clone()].into_iter().chain(policies.iter().map(cell)).collect());
    }
    table(&[head(&["outcome, points"]), head(&policies)].concat(), &body)
}

/// The outcomes of the two editions that have the same name.
pub fn editions() -> String {
    let all = rows("editions/comparison.csv");
    let mut body = Vec::new();
    for outcome in names(&all, "outcome").iter().filter(|outcome| *outcome != "unresolved") {
        let row = find(&all, &[("outcome", outcome)]);
        let share = |at: &str| row[at].parse::<f64>().map_or("–".to_owned(), percent);
        body.push(vec![outcome.clone(), share("share_a"), share("share_b")]);
    }
    table(&head(&["outcome, %", "first edition", "second edition"]), &body)
}

/// Some measures with and without Pyongyang's own plans in view, on the same luck.
pub fn plans() -> String {
    let all = rows("plans/ends.csv");
    let trials = number(&rows("plans/summary.csv")[0], "trials");
    let wanted = [
        ("months_with_tests", "months with tests", 1.0, 1),
        ("icb_deal", "ICB: agreement, %", 100.0, 0),
        ("icb_quiet", "ICB: quiet end, %", 100.0, 0),
        ("icb_open", "not over by ICB's rule, %", 100.0, 0),
        ("seoul_line", "where Seoul's line ends", 1.0, 2),
    ];
    let worlds = ["base", "own_plans"];
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let cell = |world: &&str| mean(&all, world, measure, trials, times, digits);
        body.push([title.to_owned()].into_iter().chain(worlds.iter().map(cell)).collect());
    }
    table(&[head(&["mean at the end, ± 95 %"]), head(&worlds)].concat(), &body)
}

/// Which inputs Moscow's part rests on: those whose part of the variance is told from none.
pub fn rests_on() -> String {
    let titles = [
        ("measures.favours_done", "favours Moscow does"),
        ("measures.moved_by_moscow", "what Moscow moves Seoul's line by"),
        ("measures.seoul_line", "where Seoul's line ends"),
    ];
    let all = rows("sensitivity/importance.csv");
    let mut body = Vec::new();
    for (of, title) in titles {
        for row in all.iter().filter(|row| row["of"] == of) {
            let [part, low, high] = ["S1", "S1_low", "S1_high"].map(|at| 100.0 * number(row, at));
            let part = format!("{part:.0} ({low:.0} to {high:.0})");
            body.push(vec![title.to_owned(), format!("`{}`", row["input"]), part]);
        }
    }
    table(&head(&["what", "rests on", "part of what is not luck, % (95 %)"]), &body)
}
