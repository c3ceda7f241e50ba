//! How far the five are apart, what gifts are worth, and what moves Seoul's line.

use super::super::file;
use super::{mean, minus, rows, trials};
use crate::papers::{find, head, names, number, table};

/// How far the actors' positions are from Seoul's on each issue, times Seoul's weight.
pub fn distances() -> String {
    let scenario: toml::Table = file().parse().expect("TOML");
    let want = |actor: &str, name: &str| {
        let wants = &scenario["actors"][actor]["wants"];
        let row = wants.get(name).unwrap_or_else(|| panic!("{actor} has no want {name}"));
        let mean = |name: &str| {
            let draw = scenario["assumptions"][name]["draw"].as_str().expect("a draw");
            draw.parse().unwrap_or_else(|_| match draw {
                "triangular(0.1, 0.35, 1)" => (0.1 + 0.35 + 1.0) / 3.0,
                "uniform(0.1, 0.9)" => 0.5,
                other => panic!("no mean of {other}"),
            })
        };
        let ideal = &row["ideal"];
        let ideal = ideal.as_float().unwrap_or_else(|| mean(ideal.as_str().expect("a name")));
        (ideal, row["weight"].as_float().expect("a number"))
    };
    let issues = [
        ("denuclearisation", ["denuclearisation"; 5]),
        ("sanctions", ["sanctions"; 5]),
        ("force", ["force"; 5]),
        ("posture", ["posture"; 5]),
        ("engagement", ["engagement"; 5]),
        (
            "contact with Washington",
            ["talks_washington", "talks", "talks", "talks", "talks_washington"],
        ),
    ];
    let others = ["seoul", "moscow", "beijing", "washington", "pyongyang"];
    let mut body = Vec::new();
    for (title, keys) in issues {
        let (own, weight) = want("seoul", keys[0]);
        let cell = |(actor, key): (&&str, &&str)| {
            let (ideal, their) = want(actor, key);
            format!("{:.2} ({their})", (ideal - own).abs())
        };
        let cells = others[1..].iter().zip(&keys[1..]).map(cell);
        body.push(
            [title.to_owned(), format!("{own:.2} ({weight})")].into_iter().chain(cells).collect(),
        );
    }
    let heads =
        ["issue", "Seoul: position (weight)", "Moscow", "Beijing", "Washington", "Pyongyang"];
    table(&head(&heads), &body)
}

/// The actors, as the columns of utilities.
const ACTORS: [&str; 5] = ["seoul", "moscow", "beijing", "washington", "pyongyang"];

/// What each could give, by policy.
const GIFTS: [&str; 9] = [
    "moscow_gives_all",
    "moscow_courts_seoul",
    "beijing_lifts_pressure",
    "beijing_enforces",
    "washington_pauses",
    "washington_talks",
    "seoul_backs_freeze",
    "seoul_veto",
    "pyongyang_promises",
];

/// What each gift is worth to each of the five: the change of mean utility in thousandths.
pub fn gifts() -> String {
    let all = rows("policies/comparison_measures.csv");
    let mut body = Vec::new();
    for policy in GIFTS {
        let cell = |actor: &&str| {
            let row = find(&all, &[("policy_b", policy), ("kind", "utility"), ("measure", actor)]);
            let [mean, low, high] =
                ["difference", "low", "high"].map(|at| 1000.0 * number(row, at));
            let star = if low > 0.0 || high < 0.0 { "**" } else { "" };
            let signed = |x: f64| if x.abs() < 0.5 { "0".to_owned() } else { format!("{x:+.0}") };
            minus(&format!("{star}{}{star} ({} to {})", signed(mean), signed(low), signed(high)))
        };
        body.push([format!("`{policy}`")].into_iter().chain(ACTORS.iter().map(cell)).collect());
    }
    table(&[head(&["gift"]), head(&ACTORS)].concat(), &body)
}

/// Seoul's movement, split by whose doing it is.
pub fn causes() -> String {
    let all = rows("worlds/ends.csv");
    let worlds = names(&all, "world");
    let causes = [
        ("moved_by_seoul", "its own choices"),
        ("moved_by_moscow", "Moscow"),
        ("moved_by_beijing", "Beijing"),
        ("moved_by_washington", "Washington"),
        ("moved_by_pyongyang", "Pyongyang"),
        ("moved_by_contact", "contact of the two Koreas"),
        ("seoul_line", "where the line ends"),
        ("crossed_over", "index above one half, % of trials"),
    ];
    let mut body = Vec::new();
    for world in &worlds {
        let cell = |(measure, _): &(&str, &str)| match *measure {
            "crossed_over" => mean(&all, world, measure, trials(), 100.0, 1),
            _ => mean(&all, world, measure, trials(), 1.0, 3),
        };
        body.push([world.clone()].into_iter().chain(causes.iter().map(cell)).collect());
    }
    let heads = causes.iter().map(|(_, title)| (*title).to_owned()).collect();
    table(&[head(&["world"]), heads].concat(), &body)
}

/// The differences of some measures between `none` and a policy.
fn differences(file: &str, policy: &str, wanted: &[(&str, &str, f64, usize)]) -> String {
    let all = rows(file);
    let mut body = Vec::new();
    for (measure, title, times, digits) in wanted {
        let kinds = ["measure", "state", "utility"];
        let row = all.iter().find(|row| {
            row["policy_b"] == policy
                && row["world_b"] == "base"
                && kinds.contains(&row["kind"].as_str())
                && row["measure"] == *measure
        });
        let row = row.unwrap_or_else(|| panic!("no {measure} under {policy}"));
        let of = |at: &str| minus(&format!("{:+.digits$}", times * number(row, at)));
        let plain = minus(&format!("{:.digits$}", times * number(row, "mean_a")));
        body.push(vec![
            (*title).to_owned(),
            plain,
            of("difference"),
            format!("{} to {}", of("low"), of("high")),
        ]);
    }
    table(&head(&["mean at the end", "without", "change", "95 %"]), &body)
}

/// What follows if Seoul moves.
pub fn follows() -> String {
    let wanted = [
        ("sanctions", "sanctions on paper, 0 to 1", 1.0, 3),
        ("text_passed", "resolutions passed", 1.0, 2),
        ("drills_on", "large exercises held, %", 100.0, 1),
        ("strike_approved", "Seoul has agreed to a strike, %", 100.0, 1),
        ("force", "threat of force, 0 to 1", 1.0, 3),
        ("icb_serious", "strikes and serious clashes, %", 100.0, 1),
        ("icb_war", "war, %", 100.0, 1),
        ("months_with_tests", "months with tests", 1.0, 2),
        ("us_talks", "contact of Washington and Pyongyang, 0 to 1", 1.0, 3),
        ("washington", "Washington’s utility, thousandths", 1000.0, 1),
        ("moscow", "Moscow’s utility, thousandths", 1000.0, 1),
    ];
    differences("policies/comparison_measures.csv", "seoul_moves", &wanted)
}
