//! Numbers, files and widths as people give them to the command.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::command::{demarche, only, text};
use crate::repeat::contents;
use crate::tables::Desk;

const BORDER: &str = "scenarios/border-crisis.toml";

/// Runs the command with a text as its standard input.
fn piped(arguments: &[&str], input: &str) -> std::process::Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that refuses its arguments does not read.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

#[test]
fn counts_may_be_written_as_people_write_them() {
    let desk = Desk::new();
    let plain = desk.play(&["run", BORDER, "-n", "1000"]);
    for count in ["1e3", "1_000", "1,000", "1.0e3"] {
        let written = desk.play(&["run", BORDER, "-n", count, "-j", "1e0", "--seed", "1"]);
        assert!(plain.files == written.files, "{count}: the same folder, byte for byte");
    }
    let draws = desk.play(&["run", BORDER, "--draws", "2e1", "--repeats", "1_0"]);
    assert!(draws.text("manifest.json").contains("\"draws\": 20,\n    \"repeats\": 10"));
    for (count, why) in [
        ("1.5", "1.5 is not a whole number"),
        ("1e-3", "1e-3 is not a whole number"),
        ("many", "expected a whole number, such as"),
        ("1,00", "expected a whole number, such as"),
        ("0", "expected 1 to "),
        ("1e30", "expected 1 to 1,099,511,627,776"),
        ("1e999999999999", "expected 1 to 1,099,511,627,776"),
    ] {
        let message = desk.fail(2, &["run", BORDER, "-n", count]);
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn a_threshold_may_be_a_percentage() {
    let desk = Desk::new();
    let goal = ["compare", BORDER, "-n", "50", "--goal", "avoid:war"];
    let with = |value| desk.play(&[&goal[..], &["--threshold", value]].concat());
    let plain = with("0.7");
    assert!(plain.files == with("70%").files && plain.files == with("70 %").files);
    for (value, why) in [("70", "a percentage: 70%"), ("101%", "70%"), ("much", "70%")] {
        let message = desk.fail(2, &[&goal[..], &["--threshold", value]].concat());
        assert!(message.contains(why), "{message}");
    }
}

#[test]
fn a_scenario_may_come_from_standard_input() {
    let scenario = std::fs::read_to_string(BORDER).expect("a scenario");
    let checked = piped(&["check", "-"], &scenario);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    assert!(text(&checked.stdout).contains("Border crisis"));
    let broken = piped(&["check", "-"], "format = 1\n[scenario]\nsteps = \"x\"\n");
    assert_eq!(broken.status.code(), Some(2));
    assert!(text(&broken.stderr).contains("stdin.toml:3"), "{}", text(&broken.stderr));

    let root = tempfile::tempdir().expect("a folder");
    let out = root.path().to_str().expect("a plain path");
    let run = piped(&["run", "-", "-n", "40", "-o", out], &scenario);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let folder = only(root.path());
    assert_eq!(folder.file_name().expect("a name"), "stdin");
    // The page's command gives the same folder from the copy that it tells to make.
    let written = contents(&only(&folder));
    assert!(text(&written["report.html"]).contains("demarche run stdin.toml"));
    let copy = root.path().join("stdin.toml");
    std::fs::write(&copy, &written["scenario.toml"]).expect("written");
    let again = demarche(&["run", copy.to_str().expect("plain"), "-n", "40", "-q", "-o", out]);
    assert!(again.status.success());
    assert!(written == contents(&only(&folder)));
    let twice = piped(&["compare", "-", "-", "-o", out], &scenario);
    assert_eq!(twice.status.code(), Some(2));
    assert!(text(&twice.stderr).contains("only one file"), "{}", text(&twice.stderr));
}

#[test]
fn the_commands_that_new_prints_can_be_copied() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path().join("été 2024.toml");
    let path = path.to_str().expect("a plain path");
    let output = demarche(&["new", path]);
    assert!(output.status.success());
    let out = text(&output.stdout);
    assert!(out.contains(&format!("demarche check '{path}'\n")), "{out}");
    assert!(out.contains(&format!("demarche run '{path}'\n")), "{out}");
    let template = demarche(&["new", "-"]);
    assert_eq!(template.stdout, std::fs::read(path).expect("the same"));
}

#[test]
fn tables_fit_the_width_that_is_asked_for() {
    let in_columns = |columns: &str, arguments: &[&str]| {
        let root = tempfile::tempdir().expect("a folder");
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .arg("-o")
            .arg(root.path())
            .env("COLUMNS", columns)
            .output()
            .expect("the command starts");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let arguments = ["run", "tests/fixtures/stress.toml", "-n", "40"];
    let table = |out: &str| -> Vec<String> {
        let lines = out.lines().skip_while(|line| !line.contains("Outcome"));
        lines.take_while(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let (wide, narrow) = (in_columns("500", &arguments), in_columns("70", &arguments));
    let (wide, narrow) = (table(&wide), table(&narrow));
    let width = |lines: &[String]| lines.iter().map(|line| line.chars().count()).max();
    assert!(width(&wide) > Some(80) && width(&narrow) <= Some(70), "{narrow:#?}");
    assert_eq!(wide.len(), narrow.len());
    // Every number is still there.
    for (wide, narrow) in wide.iter().zip(&narrow) {
        for word in wide.split_whitespace().filter(|word| word.parse::<f64>().is_ok()) {
            assert!(narrow.contains(word), "{word} in {narrow}");
        }
    }
}

#[test]
fn what_is_one_is_not_counted_in_the_plural() {
    let desk = Desk::new();
    let scenario = "format = 1\n[scenario]\nsteps = 1\n[assumptions]\nx = \"uniform(0, 1)\"\n\
                    [state]\ns = { start = \"a\", labels = [\"a\", \"b\"] }\n\
                    [actors.a]\nrationality = 1\n[actors.a.actions.b]\neffects = { s = \"b\" }\n\
                    [actors.a.wants]\nw = { of = \"x\", best = 1, worst = 0 }\n\
                    [[outcomes]]\nid = \"o\"\nwhen = \"true\"\n";
    let file = desk.file("one.toml", scenario);
    let check = demarche(&["check", &file]);
    let out = text(&check.stdout);
    for words in ["1 step\n", "1 variable, 1 with labels\n", "1, with 1 action\n"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let written = desk.play(&["run", &file, "-n", "1"]);
    let page = written.text("report.html");
    for words in ["1 steps", "1 trials", "1 assumptions", "1 times", "1 actions", "1 draws"] {
        let is_whole = |(at, _): (usize, &str)| {
            !page[..at].ends_with(|letter: char| letter.is_ascii_digit() || letter == ',')
        };
        assert!(!page.match_indices(words).any(is_whole), "{words} on the page");
        assert!(!check.stdout.is_empty() && !out.contains(&format!(" {words}")), "{words}");
    }
}

#[test]
fn there_is_a_manual_page_for_each_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = demarche(&["man", folder.path().to_str().expect("a plain path")]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let named = |name: &str| folder.path().join(name).exists();
    let help = text(&demarche(&["--help"]).stdout);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert_eq!(named(&format!("demarche-{name}.1")), name != "help", "{name}");
    }
    assert!(named("demarche.1"));
}
