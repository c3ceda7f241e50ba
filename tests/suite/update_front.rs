//! `update` as people meet it: records in files of their own, what is refused, and what is written.

use crate::tables::Desk;

const BORDER: &str = "scenarios/border-crisis.toml";
const RECORD: &str = "scenarios/records/border-crisis.toml";

#[test]
fn a_record_revises_odds_assumptions_and_worlds() {
    let desk = Desk::new();
    let asked = ["update", BORDER, "--record", RECORD, "-n", "320", "--world", "all"];
    let written = desk.play(&asked);
    let odds = written.table("odds.csv");
    let of = |world: &str, step: &str| -> f64 {
        let own = odds.iter().filter(|row| row["world"] == world && row["step"] == step);
        own.map(|row| row["share"].parse::<f64>().expect("a share")).sum()
    };
    for world in ["base", "hawkish_b"] {
        for step in ["", "0", "1", "2", "3"] {
            assert!((of(world, step) - 1.0).abs() < 1e-9, "{world}, {step}");
        }
    }
    let worlds = written.table("worlds.csv");
    let all: f64 =
        worlds.iter().map(|row| row["posterior"].parse::<f64>().expect("a number")).sum();
    assert!((all - 1.0).abs() < 1e-9 && worlds.len() == 2);
    assert_eq!(worlds[0]["log_bayes_factor"], "0");
    let page = written.text("report.html");
    assert!(page.contains("What are the odds now?") && page.contains("Log evidence"));
    // The same again from the folder alone, and the same on another number of threads.
    let again = desk.play(&[&asked[..], &["-j", "1"]].concat());
    assert!(written.files == again.files);
    // Cut shorter, it is the beginning of the whole.
    let shorter =
        desk.play(&["update", BORDER, "--record", RECORD, "-n", "320", "--until", "2024-02-10"]);
    let steps: Vec<String> =
        shorter.table("odds.csv").iter().map(|row| row["step"].clone()).collect();
    assert!(steps.contains(&"1".to_owned()) && !steps.contains(&"2".to_owned()), "{steps:?}");
}

#[test]
fn the_run_folder_asks_the_same_again_without_the_file_of_the_record() {
    let desk = Desk::new();
    let played = desk.play(&["update", BORDER, "--record", RECORD, "-n", "64"]);
    let copy = desk.file("again/border-crisis.toml", &played.text("scenario.toml"));
    let command = "demarche update border-crisis.toml --world base -n 64 --seed 1";
    assert!(played.text("report.html").contains(command), "{command}");
    let again = desk.play(&["update", &copy, "--world", "base", "-n", "64", "--seed", "1"]);
    assert!(played.files == again.files);
}

#[test]
fn mistakes_in_a_record_are_told_with_its_file_and_line() {
    let desk = Desk::new();
    let wrong =
        "[record]\nuntil = 2024-03-31\n[[record.entries]]\non = 2024-02-01\ndid = \"a.threatn\"\n";
    let wrong = desk.file("wrong.toml", wrong);
    let message = desk.fail(2, &["update", BORDER, "--record", &wrong, "-n", "64"]);
    assert!(message.contains("wrong.toml:5:7") && message.contains("a.threaten"), "{message}");
    // The mistakes are counted as those of the file that they are in.
    let last = message.lines().last().expect("lines");
    assert!(last.ends_with("wrong.toml: 1 error") && !last.contains("border"), "{message}");
    let other =
        desk.file("other.toml", "[record]\nuntil = 2024-03-31\n[observed]\noutcome = \"war\"\n");
    let message = desk.fail(2, &["update", BORDER, "--record", &other, "-n", "64"]);
    assert!(message.contains("holds no record"), "{message}");
    let message = desk.fail(2, &["update", BORDER, "-n", "64"]);
    assert!(message.contains("has no [record]") && message.contains("--record"), "{message}");
    let message = desk.fail(2, &["update", BORDER, "--record", RECORD, "-n", "8"]);
    assert!(message.contains("at least 32"), "{message}");
    for (until, why) in
        [("2025-01-01", "first 4 steps"), ("soon", "neither a day"), ("9", "first 4 steps")]
    {
        let asked = ["update", BORDER, "--record", RECORD, "-n", "64", "--until", until];
        let message = desk.fail(2, &asked);
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn an_impossible_record_names_the_entry_and_what_was_open_instead() {
    let desk = Desk::new();
    let record = "[record]\nuntil = 2024-02-29\n[[record.entries]]\non = 2024-01-10\nfact = \"tension > 2\"\n";
    let record = desk.file("never.toml", record);
    let message = desk.fail(1, &["update", BORDER, "--record", &record, "-n", "64"]);
    assert!(message.contains("`tension > 2`: probability zero in 100"), "{message}");
    assert!(message.contains("January 2024"), "{message}");
}
