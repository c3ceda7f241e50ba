//! What is written whatever a scenario is called and however large its numbers are: names of files
//! that every disk takes, tables that no chart can cost, moments of very large and very small numbers.

use std::collections::BTreeSet;
use std::fs;

use crate::command::{demarche, only, text};
use crate::repeat::contents;
use crate::tables::{Desk, Written, find, number};

const FAULTS: &str = "tests/fixtures/faults";

fn fault(name: &str) -> String {
    format!("{FAULTS}/{name}.toml")
}

/// The names of the charts of a folder, without ending.
fn charts(written: &Written) -> BTreeSet<String> {
    let svg = |file: &String| Some(file.strip_prefix("charts/")?.strip_suffix(".svg")?.to_owned());
    written.files.keys().filter_map(svg).collect()
}

/// Checks that there are at least so many charts, that no two have one name on any disk, that no name is
/// longer than disks allow, and that the manifest names them.
#[track_caller]
fn assert_charts_fit(written: &Written, least: usize) {
    let charts = charts(written);
    let folded: BTreeSet<String> = charts.iter().map(|name| name.to_lowercase()).collect();
    assert!(charts.len() >= least && charts.len() == folded.len(), "{charts:?}");
    for name in &charts {
        assert!(name.len() <= 100, "{name}");
        let refused = |letter: char| letter.is_control() || "<>:\"/\\|?*".contains(letter);
        assert!(!name.contains(refused) && !name.ends_with(['.', ' ']), "{name}");
        let named = format!("\"charts/{name}.svg\"");
        assert!(written.text("manifest.json").contains(&named), "{named}");
    }
}

/// Draws a folder again and checks that it stays as it was, byte for byte.
#[track_caller]
fn assert_drawn_again(arguments: &[&str]) {
    let root = tempfile::tempdir().expect("a folder");
    let out = root.path().to_str().expect("a plain path").to_owned();
    let played = demarche(&[arguments, &["-q", "-o", &out]].concat());
    assert!(played.status.success(), "{}", text(&played.stderr));
    let folder = only(&only(root.path()));
    let before = contents(&folder);
    for entry in fs::read_dir(folder.join("charts")).expect("charts").flatten() {
        fs::remove_file(entry.path()).expect("removed");
    }
    fs::remove_file(folder.join("report.html")).expect("removed");
    let again = demarche(&["chart", folder.to_str().expect("a plain path")]);
    assert!(again.status.success(), "{}", text(&again.stderr));
    assert!(before == contents(&folder), "{arguments:?}");
}

#[test]
fn a_goal_of_many_outcomes_is_no_reason_to_lose_the_results() {
    let names = fs::read_to_string(format!("{FAULTS}/long-goal-compare-lost.goal.txt"));
    let goal = format!("seek:{}", names.expect("a goal").trim());
    let file = fault("long-goal-compare-lost");
    let arguments = ["compare", file.as_str(), "-n", "200", "--goal", &goal];
    let written = Desk::new().play(&arguments);
    assert_charts_fit(&written, 3);
    assert_eq!(written.table("regret.csv")[0]["goal"], goal);
    assert_drawn_again(&arguments);
}

#[test]
fn every_name_that_the_language_allows_can_be_written() {
    let long = fault("long-world-name-compare-lost");
    assert_charts_fit(&Desk::new().play(&["compare", &long, "-n", "100"]), 4);
    // A hundred letters of three bytes each, twice, and names that Windows keeps for devices.
    let (first, second) = ("위".repeat(100), format!("{}기", "위".repeat(99)));
    let scenario = format!(
        "format = 1\n[scenario]\nsteps = 1\n[state]\n\"{first}\" = {{ start = 0 }}\n\
         \"{second}\" = {{ start = \"uniform(0, 1)\" }}\ncon = {{ start = \"uniform(0, 1)\" }}\n\
         [[outcomes]]\nid = \"low\"\nwhen = \"con < 0.5\"\n[[outcomes]]\nid = \"nul\"\nwhen = \"true\"\n\
         [worlds.\"{first}\"]\nset = {{ \"state.con.start\" = 1 }}\n\
         [worlds.\"{second}\"]\nset = {{ \"state.con.start\" = 0 }}\n\
         [policies.aux]\nset = {{ \"state.{second}.start\" = 1 }}\n"
    );
    let desk = Desk::new();
    let file = desk.file(&format!("{}.toml", "위".repeat(80)), &scenario);
    // At least the outcomes, and the values of three variables.
    assert_charts_fit(&desk.play(&["run", &file, "-n", "50"]), 4);
    // At least the outcomes and differences in three worlds.
    let compared = desk.play(&["compare", &file, "-n", "50", "--goal", "seek:nul"]);
    assert_charts_fit(&compared, 6);
    for name in ["con", "NUL", "com1", "a.", "x y"] {
        let file = desk.file(&format!("{name}.toml"), &scenario);
        desk.play(&["run", &file, "-n", "20"]);
    }
}

#[test]
fn every_chart_has_a_file_of_its_own_on_any_disk() {
    let two = fault("two-goals-one-chart-file");
    let arguments =
        ["compare", two.as_str(), "-n", "500", "--goal", "seek:a,b", "--goal", "seek:a-b"];
    let written = Desk::new().play(&arguments);
    assert_charts_fit(&written, 4);
    assert_eq!(charts(&written).iter().filter(|name| name.starts_with("regret-")).count(), 2);
    assert_drawn_again(&arguments);
    let cases = fault("chart-names-differ-in-case-only");
    let arguments = ["run", cases.as_str(), "-n", "300"];
    let written = Desk::new().play(&arguments);
    let charts = charts(&written);
    assert_charts_fit(&written, 4);
    assert_eq!(
        charts.iter().filter(|name| name.to_lowercase().starts_with("series-war")).count(),
        2
    );
    assert_drawn_again(&arguments);
}

#[test]
fn a_chart_that_cannot_be_drawn_costs_no_table_and_no_other_chart() {
    let file = fault("doubling-1000-steps-run-lost");
    let arguments = ["run", file.as_str(), "-n", "100"];
    let written = Desk::new().play(&arguments);
    assert_eq!(written.table("series.csv").len(), 1_001);
    assert!(number(&written.table("series.csv")[1_000], "mean") > 1e300);
    assert_eq!(charts(&written), BTreeSet::from(["outcomes".to_owned()]));
    for file in ["manifest.json", "report.html"] {
        let text = written.text(file);
        assert!(text.contains("series-x") && text.contains("left out"), "{file}");
    }
    assert_drawn_again(&arguments);
    // The charts of other variables stay.
    let desk = Desk::new();
    let scenario = "format = 1\n[scenario]\nsteps = 3\n\
                    [state]\nhuge = { start = \"uniform(1e307, 1.7e308)\" }\n\
                    small = { start = \"uniform(0, 1)\" }\n\
                    [[outcomes]]\nid = \"low\"\nwhen = \"small < 0.5\"\n\
                    [[outcomes]]\nid = \"high\"\nwhen = \"true\"\n\
                    [policies.p]\nset = { \"state.huge.start\" = \"-uniform(1e307, 1.7e308)\" }\n";
    let file = desk.file("two.toml", scenario);
    let written = desk.play(&["run", &file, "-n", "500", "--png"]);
    let drawn = charts(&written);
    assert!(drawn.contains("series-small") && drawn.contains("end-small"), "{drawn:?}");
    assert!(!drawn.contains("series-huge") && !drawn.contains("end-huge"), "{drawn:?}");
    for row in written.table("series.csv") {
        let mean = number(&row, "mean");
        assert!(mean.is_finite(), "{row:?}");
        assert!(number(&row, "p05") <= mean && mean <= number(&row, "p95"), "{row:?}");
    }
    // A difference beyond the largest number counts as that number.
    let compared = desk.play(&["compare", &file, "-n", "500"]);
    for row in compared.table("comparison_measures.csv") {
        assert!(number(&row, "difference").is_finite(), "{row:?}");
    }
}

#[test]
fn deviations_of_very_large_and_very_small_numbers_are_right() {
    let written = Desk::new().play(&["run", &fault("sd-zero-beyond-1e153"), "-n", "1000"]);
    let rows = written.table("assumptions.csv");
    for (name, sd) in [("big", 1e160), ("tiny", 1e-170), ("ok", 1e100)] {
        let found = number(find(&rows, &[("assumption", name)]), "sd");
        assert!((found / sd - 1.0).abs() < 0.1, "{name}: {found}");
    }
    // Whether differences stand out does not depend on their unit.
    let desk = Desk::new();
    for unit in ["1e-200", "1e-30", "1", "1e160", "1e290"] {
        let scenario = format!(
            "format = 1\n[scenario]\nsteps = 1\n\
             [assumptions]\nz = \"normal(0, 1)\"\ny = \"normal(0, 1)\"\n\
             [state]\nnoise = {{ start = \"{unit} * z\" }}\nshift = {{ start = \"{unit} * y\" }}\n\
             [[outcomes]]\nid = \"o\"\nwhen = \"true\"\n\
             [policies.p]\n\
             set = {{ \"state.noise.start\" = \"{unit} * (z + y)\", \
                      \"state.shift.start\" = \"{unit} * (y + 1 + 0.1 * z)\" }}\n"
        );
        let file = desk.file("unit.toml", &scenario);
        let written = desk.play(&["compare", &file, "-n", "1000"]);
        let rows = written.table("comparison_measures.csv");
        let of = |name| find(&rows, &[("measure", name)]);
        let (noise, shift) = (of("noise"), of("shift"));
        assert!(number(noise, "low_all") < 0.0 && number(noise, "high_all") > 0.0, "{noise:?}");
        assert!(number(shift, "low_all") > 0.0, "{shift:?}");
        let ratio = number(shift, "variance_ratio");
        assert!((150.0..250.0).contains(&ratio), "{unit}: {ratio}");
    }
}

/// Whether a text has a share or an interval that reads as none, or as all.
fn reads_as_certain(text: &str) -> Option<&str> {
    let words = ["0.0 %", " 0.0 ", "100.0", "0.0 to 0.0", "0.00 to 0.00"];
    words.into_iter().find(|word| text.contains(word))
}

#[test]
fn a_rare_outcome_is_not_shown_as_impossible_nor_the_other_as_certain() {
    let written = Desk::new().play(&["run", &fault("rare-outcome-shown-as-zero"), "-n", "300000"]);
    let rows = written.table("summary.csv");
    let count = number(find(&rows, &[("outcome", "war")]), "count");
    assert!((1.0..30.0).contains(&count), "{count}");
    assert_eq!(reads_as_certain(&written.out), None, "{}", written.out);
    assert!(written.out.contains("<0.01 %") && written.out.contains(">99.9 %"));
    let buildup = written.text("charts/buildup.svg");
    assert!(!buildup.contains("No trial ends before the last step"), "9 or so do");
    for chart in ["outcomes", "buildup"] {
        // But for the ticks of the axis.
        let drawn = written.text(&format!("charts/{chart}.svg"));
        let titles: Vec<&str> = drawn.split("<title").skip(1).collect();
        for title in titles {
            let title = title.split("</title>").next().unwrap_or_default();
            assert_eq!(reads_as_certain(title), None, "{chart}: {title}");
        }
    }
    let compared = Desk::new().play(&["compare", &fault("rare-outcome-compare"), "-n", "300000"]);
    assert_eq!(reads_as_certain(&compared.out), None, "{}", compared.out);
}

#[test]
fn a_step_and_the_number_of_steps_that_have_passed_have_two_names() {
    let written =
        Desk::new().play(&["run", &fault("step-means-two-things"), "-n", "20", "--trials", "csv"]);
    let moves = written.table("moves.csv");
    let attack = find(&moves, &[("action", "attack"), ("step", "0")]);
    assert_eq!(attack["taken"], "20");
    let series = written.table("series.csv");
    assert!(series.iter().all(|row| !row.contains_key("step")));
    let war = |after| number(find(&series, &[("measure", "war"), ("after", after)]), "mean");
    assert_eq!([war("0"), war("1")], [0.0, 1.0]);
    let endings = written.table("endings.csv");
    assert_eq!(find(&endings, &[("outcome", "war"), ("after", "1")])["trials"], "20");
    for row in written.table("trials.csv") {
        assert_eq!([&row["end_step"], &row["first.a.attack"]], ["0", "0"]);
    }
}
