//! Names of files: no two are one on another disk, and none is a word of a command.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{border, project, strained};
use crate::command::{only, text};

/// The names in a folder as a disk has them that tells neither capital letters from small ones nor one spelling of an
/// accent from another.
fn alike(folder: &Path) -> (usize, BTreeSet<String>) {
    let entries: Vec<_> = fs::read_dir(folder).expect("a folder").flatten().collect();
    let fold = |name: String| name.nfd().collect::<String>().to_uppercase().to_lowercase();
    let names = entries.iter().map(|own| own.file_name().to_string_lossy().into_owned());
    (entries.len(), names.map(|name| fold(name).nfd().collect()).collect())
}

#[test]
fn charts_of_names_that_a_disk_takes_for_one_have_two_names() {
    let folder = tempfile::tempdir().expect("a folder");
    // The text of a file is brought into one normal form; what is written with escapes is not.
    let scenario = "format = 1\n[scenario]\nsteps = 2\n[state]\n\"\\u00e9\" = { start = 1 }\n\
                    \"e\\u0301\" = { start = 1 }\n\"E\\u0301\" = { start = 1 }\n\
                    \"\\uac00\" = { start = 1 }\n\"\\u1100\\u1161\" = { start = 1 }\n\
                    [[outcomes]]\nid = \"o\"\nwhen = \"true\"\n";
    fs::write(folder.path().join("accents.toml"), scenario).expect("written");
    let output = strained(folder.path(), &["run", "accents.toml", "-n", "10", "-q"]);
    let charts = only(&only(&folder.path().join("output"))).join("charts");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (count, names) = alike(&charts);
    assert!(count >= 6 && names.len() == count, "{names:?}");
}

#[test]
fn copies_of_cases_that_a_disk_takes_for_one_have_two_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).expect("a folder");
    let names = ["\u{e9}", "e\u{301}", "a", "A", "con", "x\u{202e}y"];
    for name in names {
        let to = cases.join(format!("{name}.toml"));
        fs::copy(project("tests/fixtures/nile-dam.toml"), to).expect("copied");
    }
    let output = strained(folder.path(), &["score", "cases", "-n", "20", "-q"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let (count, found) = alike(&only(&only(&folder.path().join("output"))).join("scenarios"));
    assert_eq!((count, found.len()), (names.len(), names.len()), "{found:?}");
    assert!(found.iter().all(|name| !name.contains('\u{202e}') && name != "con.toml"), "{found:?}");
}

#[test]
fn the_folder_of_a_file_has_a_name_that_every_disk_takes() {
    for name in
        ["CON.toml", "..toml", "a.toml.", "b .toml", "x\\y.toml", "*.toml", "c\u{1b}\u{202e}d.toml"]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let file = border(folder.path());
        fs::rename(folder.path().join(file), folder.path().join(name)).expect("renamed");
        let output = strained(folder.path(), &["run", name, "-n", "10", "-q"]);
        assert!(output.status.success(), "{name:?}: {}", text(&output.stderr));
        let stem = only(&folder.path().join("output"));
        let stem = stem.file_name().expect("a name").to_string_lossy().into_owned();
        let is_odd = |c: char| c.is_control() || "<>:\"/\\|?*\u{202e}".contains(c);
        assert!(!stem.contains(is_odd) && !stem.ends_with(['.', ' ']), "{stem:?}");
        assert!(stem.to_lowercase() != "con" && !stem.starts_with('.'), "{stem:?}");
    }
}

/// The words that a shell makes of a command of this program.
fn words(command: &str, folder: &Path) -> Vec<String> {
    let script =
        format!("demarche() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{command}");
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder).output();
    let output = output.expect("a shell");
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout).split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn a_command_that_is_copied_names_the_file_and_does_nothing_else() {
    for name in [
        "-rf.toml",
        "--help.toml",
        "a b; touch pwned.toml",
        "it's $(touch pwned) `touch pwned`.toml",
        "x & touch pwned\n touch pwned.toml",
        "\"$HOME\" ~ * !x.toml",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = border(folder.path());
        fs::rename(folder.path().join(file), folder.path().join(name)).expect("renamed");
        let given = format!("./{name}");
        let output = strained(folder.path(), &["run", &given, "-n", "10", "--json"]);
        assert!(output.status.success(), "{name:?}: {}", text(&output.stderr));
        let object: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let command = object["command"].as_str().expect("a command");
        if command.contains("$'") {
            // Line ends are written out, which `sh` need not know.
            assert!(!command.contains('\n'), "{command:?}");
            continue;
        }
        let words = words(command, folder.path());
        assert_eq!(words[0], "run");
        let is_option = words[1].starts_with('-');
        assert!(!is_option && folder.path().join(&words[1]).is_file(), "{words:?}");
        assert!(!folder.path().join("pwned").exists(), "{command}");
        // The page says the same, and how the scenario gets its name back.
        let page = only(&only(&folder.path().join("output"))).join("report.html");
        let page = fs::read_to_string(page).expect("a page");
        assert!(!page.contains("cp scenario.toml -"), "{name:?}");
    }
}
