//! `why` as it is asked and told: options, tables, words, charts and page.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{demarche, only, text};
use crate::tables::{Desk, Row, Written, find, number, rows};

/// Two coins: the second is thrown in the second month if the first did not win. With q for the odds of
/// winning, they go from 3/4 to 1 or 1/2, and from 1/2 to 1 or 0. So the first coin settles
/// (1/4)² = 1/16 of p(1 − p) = 3/16, which is a third, and the second two thirds.
const COINS: &str = r#"
format = 1
[scenario]
title = "Two coins"
start = 2024-01-01
step = "month"
steps = 3
[state]
won = false
[events.first]
title = "The first coin"
when = "t == 0"
chance = 0.5
effects = { won = true }
[events.second]
title = "The “second” coin"
when = "t == 1 and not won"
chance = 0.5
effects = { won = true }
[[outcomes]]
id = "won"
title = "Won"
when = "won"
[[outcomes]]
id = "lost"
title = "Lost"
when = "not won"
[[outcomes]]
id = "void"
when = "false"
"#;

/// A always throws the coin that decides, so it decides everything and surprises nobody; b nods or not, which
/// decides nothing.
const FORESEEN: &str = r#"
format = 1
[scenario]
title = "A foreseen throw"
steps = 2
[state]
thrown = false
won = false
nods = 0
[actors.a]
title = "Paris"
rationality = 5000
wants.w = { of = "thrown", best = true, worst = false }
[actors.a.actions.throw]
when = "not thrown"
effects = { thrown = true }
chance = [{ name = "heads", p = 0.5, effects = { won = true } }, { name = "tails", effects = {} }]
[actors.b]
rationality = 1
[actors.b.actions.nod]
effects = { nods = "+= 1" }
[[outcomes]]
id = "won"
when = "won"
[[outcomes]]
id = "lost"
when = "not won"
[policies.never]
forbid = ["a.throw"]
"#;

/// The part of a row, with its bounds, and its error.
fn part(row: &Row) -> [f64; 4] {
    ["part", "low", "high", "standard_error"].map(|column| number(row, column))
}

/// Checks that an estimate is as near to the truth as its own error says.
#[track_caller]
fn assert_part(row: &Row, truth: f64) {
    let [part, low, high, error] = part(row);
    assert!(low <= part && part <= high, "{row:?}");
    assert!((part - truth).abs() <= 4.0 * error + 1e-9, "{part}, truly {truth}, by {error}");
}

/// A folder whose tables can be changed, drawn again.
struct Folder(tempfile::TempDir, PathBuf);

impl Folder {
    /// The folder of `why` for a scenario with these arguments.
    fn of(scenario: &str, more: &[&str]) -> Folder {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("scenario.toml");
        fs::write(&file, scenario).expect("written");
        let (file, out) = (plain(&file), plain(&root.path().join("out")));
        let output = demarche(&[&["why", &file, "-o", &out, "-q"], more].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let folder = only(&only(Path::new(&out)));
        Folder(root, folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        assert!(self.0.path().exists());
        self.1.join(name)
    }

    /// Sets fields of the rows of a table that have these fields.
    fn set(&self, name: &str, of: &[(&str, &str)], to: &[(&str, &str)]) {
        let table = fs::read_to_string(self.path(name)).expect("a table");
        let heads: Vec<&str> = table.lines().next().expect("headings").split(',').collect();
        let mut changed = 0;
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&heads).expect("headings");
        for mut row in rows(&table) {
            if of.iter().all(|(column, value)| row[*column] == *value) {
                changed += 1;
                for (column, value) in to {
                    row.insert((*column).to_owned(), (*value).to_owned());
                }
            }
            writer.write_record(heads.iter().map(|head| &row[*head])).expect("a row");
        }
        assert!(changed > 0, "no row with {of:?}");
        fs::write(self.path(name), writer.into_inner().expect("written")).expect("a table");
    }

    /// The page, drawn again with all charts.
    fn page(&self) -> String {
        fs::remove_dir_all(self.path("charts")).expect("charts");
        let output = demarche(&["chart", &plain(&self.1)]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read_to_string(self.path("report.html")).expect("a page")
    }

    /// Why the folder cannot be drawn.
    fn refused(&self) -> String {
        let output = demarche(&["chart", &plain(&self.1)]);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        text(&output.stderr)
    }
}

fn plain(path: &Path) -> String {
    path.to_str().expect("a plain path").to_owned()
}

/// The output on one line.
fn flowing(written: &Written) -> String {
    written.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_parts_of_two_coins_are_those_of_their_odds() {
    let desk = Desk::new();
    let file = desk.file("coins.toml", COINS);
    let found = desk.play(&["why", &file, "-n", "4000"]);
    let table = found.table("why.csv");
    for outcome in ["won", "lost"] {
        let row = |fields: &[(&str, &str)]| {
            find(&table, &[&[("outcome", outcome)], fields].concat()).clone()
        };
        let event = |name| row(&[("by", "source"), ("source", "event"), ("name", name)]);
        assert_part(&event("first"), 1.0 / 3.0);
        assert_part(&event("second"), 2.0 / 3.0);
        for (after, date, truth) in
            [("0", "", 0.0), ("1", "2024-01-01", 1.0 / 3.0), ("2", "2024-02-01", 2.0 / 3.0)]
        {
            let time = row(&[("by", "time"), ("after", after)]);
            assert_part(&time, truth);
            assert_eq!(time["date"], date);
        }
        let sum = row(&[("by", "sum")]);
        assert_part(&sum, 1.0);
        let share = number(&sum, "ended") / number(&sum, "trials");
        let truth = if outcome == "won" { 0.75 } else { 0.25 };
        assert!((share - truth).abs() < 0.04, "{share}");
        let summary = found.table("summary.csv");
        assert_eq!(find(&summary, &[("outcome", outcome)])["count"], sum["ended"]);
    }
    let nothing = find(&table, &[("outcome", "void"), ("by", "sum")]);
    assert_eq!((&*nothing["ended"], &*nothing["part"], &*nothing["low"]), ("0", "", ""));

    let half = found.table("halfway.csv");
    let half = find(&half, &[("outcome", "won")]);
    assert_eq!(
        ["after_low", "after_high", "date_high"].map(|c| &*half[c]),
        ["2", "2", "2024-02-01"]
    );
    // The table by source and time has the same sums.
    let times = found.table("why_times.csv");
    let own = times.iter().filter(|row| row["outcome"] == "won" && row["name"] == "second");
    let sum: f64 = own.map(|row| number(row, "part")).sum();
    let source = find(&table, &[("outcome", "won"), ("name", "second")]);
    assert!((sum - number(source, "part")).abs() < 1e-9, "{sum}");
}

#[test]
fn the_headline_names_who_settled_it_and_when_and_what_it_is_not() {
    let desk = Desk::new();
    let file = desk.file("coins.toml", COINS);
    let found = desk.play(&["why", &file, "-n", "4000"]);
    let out = flowing(&found);
    let second =
        out.find("of what was open about “Won” was settled by the event “The ‘second’ coin”");
    let first = out.find("%) by the event “The first coin”; it was half settled in February 2024.");
    assert!(second.is_some() && first > second, "{}", found.out);
    assert!(!out.contains("about as much"), "{}", found.out);
    for words in [
        "This is about surprises",
        "“demarche levers”",
        "All parts of “Won” add up to",
        "in truth they add up to 100 %",
        "“Won” settled by part 95 %",
        "January 2024",
        "4,000 trials, seed 1, policy none, world base",
        "why.csv",
    ] {
        assert!(out.contains(words), "{words}: {}", found.out);
    }
    let page = found.text("report.html");
    let headline = out.split(" This is about surprises").next().expect("a headline");
    let headline = headline.strip_prefix("Two coins ").expect("the title comes first");
    assert!(page.contains(headline), "the page begins as the terminal does: {headline}");
    for words in
        ["Whose surprises settle it?", "demarche levers", "Half settled", "In February 2024"]
    {
        assert!(page.contains(words), "{words}");
    }
    for chart in ["settled-by-won", "settled-when-won", "settled-by-lost", "settled-when-lost"] {
        let svg = found.text(&format!("charts/{chart}.svg"));
        assert!(svg.contains("second"), "{chart}");
    }
    // Nothing was open about an outcome that never came.
    assert!(!found.files.contains_key("charts/settled-by-void.svg"));
    let asked = desk.play(&["why", &file, "-n", "300", "--outcome", "lost"]);
    assert!(flowing(&asked).contains("Two coins") && flowing(&asked).contains("about “Lost” was"));
    let never = desk.play(&["why", &file, "-n", "300", "--outcome", "void"]);
    assert!(
        flowing(&never).contains("None of 300 trials ended in “void”: nothing was open about it.")
    );
}

#[test]
fn by_step_tells_when_and_not_by_whom() {
    let desk = Desk::new();
    let file = desk.file("coins.toml", COINS);
    let found = desk.play(&["why", &file, "-n", "4000", "--by", "step"]);
    let table = found.table("why.csv");
    assert!(table.iter().all(|row| row["by"] != "source"));
    let time = |after| find(&table, &[("outcome", "won"), ("after", after)]);
    assert_part(time("1"), 1.0 / 3.0);
    assert_part(time("2"), 2.0 / 3.0);
    assert_part(find(&table, &[("outcome", "won"), ("by", "sum")]), 1.0);
    assert!(!found.files.contains_key("why_times.csv"));
    let out = flowing(&found);
    for words in
        ["“Won” was half settled in February 2024; the largest part is the", "in February 2024."]
    {
        assert!(out.contains(words), "{words}: {}", found.out);
    }
    assert!(!out.contains("settled by"), "{}", found.out);
    let charts = found.files.keys().filter(|file| file.starts_with("charts/"));
    assert!(charts.clone().count() == 2 && charts.clone().all(|file| file.contains("when")));
    let source = desk.play(&["why", &file, "-n", "4000", "--by", "source"]).table("why.csv");
    assert_part(find(&source, &[("outcome", "won"), ("name", "second")]), 2.0 / 3.0);
}

#[test]
fn who_decides_but_is_foreseen_settles_nothing() {
    let desk = Desk::new();
    let file = desk.file("foreseen.toml", FORESEEN);
    let found = desk.play(&["why", &file, "-n", "1000"]);
    let table = found.table("why.csv");
    let part =
        |kind, name| find(&table, &[("outcome", "won"), ("source", kind), ("name", name)]).clone();
    assert_part(&part("branch", "a"), 1.0);
    assert_part(&part("choice", "a"), 0.0);
    assert_part(&part("choice", "b"), 0.0);
    let out = flowing(&found);
    assert!(out.contains("was settled by chance in what Paris does"), "{}", found.out);
    let headline = out.split("This is about").next().expect("a headline");
    assert!(!headline.contains("choices"), "{headline}");
    // And yet nothing happens without it.
    let never = desk.play(&["why", &file, "-n", "300", "--policy", "never"]);
    let out = flowing(&never);
    assert!(out.contains("All of 300 trials ended in “lost”: nothing was open about it."), "{out}");
}

#[test]
fn sources_that_cannot_be_ranked_are_not_and_those_that_may_be_nothing_are_not_named() {
    let folder = Folder::of(COINS, &["-n", "500"]);
    let set = |name, part, low, high| {
        // Of both outcomes: the words tell of both.
        let of = [("by", "source"), ("name", name)];
        folder.set("why.csv", &of, &[("part", part), ("low", low), ("high", high)]);
    };
    set("first", "0.42", "0.36", "0.48");
    set("second", "0.51", "0.45", "0.57");
    let page = folder.page();
    let tied = "51 % (45 to 57 %) of what was open about “Won” was settled by the event “The ‘second’ coin” and \
                about as much, 42 % (36 to 48 %), by the event “The first coin”";
    assert!(page.contains(tied), "{tied}");
    let chart = fs::read_to_string(folder.path("charts/settled-by-won.svg")).expect("a chart");
    assert!(chart.contains("which of them more is not told"));

    set("first", "-0.02", "-0.08", "0.04");
    let page = folder.page();
    assert!(
        page.contains("51 % (45 to 57 %) of what was open about “Won” was settled by the event")
    );
    assert!(!page.contains("by the event “The first coin”") && page.contains("−2.0"));
    let chart = fs::read_to_string(folder.path("charts/settled-by-won.svg")).expect("a chart");
    assert!(
        chart.contains("settled more of “Won” than any other source"),
        "one interval lies above"
    );
    assert!(chart.contains("−2.0 %") && chart.contains("not distinguishable from zero"));

    set("second", "0.02", "-0.01", "0.05");
    let page = folder.page();
    assert!(page.contains("500 trials are too few to tell whose luck settled “Won”"));
}

#[test]
fn when_it_was_half_settled_is_a_span_or_not_told() {
    let folder = Folder::of(COINS, &["-n", "500"]);
    let set = |low: (&str, &str), high: (&str, &str)| {
        let to = [
            ("after_low", low.0),
            ("date_low", low.1),
            ("after_high", high.0),
            ("date_high", high.1),
        ];
        folder.set("halfway.csv", &[], &to);
        folder.page()
    };
    let page = set(("1", "2024-01-01"), ("3", "2024-03-01"));
    assert!(page.contains("; it was half settled between January and March 2024."));
    let page = set(("0", ""), ("2", "2024-02-01"));
    assert!(page.contains("; it was half settled between the start and February 2024."));
    let page = set(("0", ""), ("0", ""));
    assert!(page.contains("; it was half settled before the first step."));
    let page = set(("", ""), ("", ""));
    assert!(!page.contains("it was half settled") && page.contains("not told"));
}

#[test]
fn too_few_trials_are_said_to_be() {
    let folder = Folder::of(COINS, &["-n", "500"]);
    for column in ["part", "low", "high", "standard_error"] {
        folder.set("why.csv", &[("outcome", "won")], &[(column, "")]);
        folder.set("why.csv", &[("outcome", "lost")], &[(column, "")]);
    }
    folder.set("why.csv", &[("outcome", "won")], &[("ended", "497")]);
    folder.set("why.csv", &[("outcome", "lost")], &[("ended", "3")]);
    let page = folder.page();
    let words = "“Won” came about in all but 3 of 500 trials: too few to tell what settled it.";
    assert!(page.contains(words) && page.contains("too few to tell"));
    assert!(!folder.path("charts/settled-by-won.svg").exists(), "nothing to draw");
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let event = [("outcome", "won"), ("by", "source"), ("name", "first")];
    let won = [("outcome", "won")];
    for (table, of, to, why) in [
        ("why.csv", &event[..], ("name", "third"), "an event of the scenario"),
        ("why.csv", &event, ("source", "choice"), "an actor of the scenario"),
        ("why.csv", &event, ("source", "laws"), "`name` is `first`, not empty"),
        ("why.csv", &event, ("by", "time"), "`by` is `time`"),
        ("why.csv", &[("by", "time"), ("after", "3")], ("after", "4"), "`after` is `4`"),
        ("why.csv", &won, ("outcome", "win"), "an outcome of the scenario"),
        ("halfway.csv", &won, ("after_low", "3"), "`after_high`"),
        ("why_times.csv", &won, ("after", "9"), "`after` is `9`"),
    ] {
        let folder = Folder::of(COINS, &["-n", "500"]);
        folder.set(table, of, &[to]);
        let message = folder.refused();
        assert!(message.contains(table) && message.contains(why), "{to:?}: {message}");
    }
}

#[test]
fn what_cannot_be_asked_is_reported() {
    let desk = Desk::new();
    let file = desk.file("coins.toml", COINS);
    let fail = |more: &[&str]| desk.fail(2, &[&["why", &*file], more].concat());
    let message = fail(&["--outcome", "wno"]);
    assert!(message.contains("`wno`") && message.contains("`won`"), "{message}");
    let message = fail(&["--by", "actor"]);
    assert!(message.contains("step") && message.contains("source"), "{message}");
    assert!(fail(&["--policy", "calm"]).contains("calm"));
    assert!(fail(&["--world", "calm"]).contains("calm"));
    assert!(fail(&["--sampling", "sobol"]).contains("--sampling"));
    assert!(fail(&["-n", "0"]).contains("expected 1 to"));
}
