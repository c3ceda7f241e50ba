//! `report.html`: it needs no other file, no text of a scenario can break it or run
//! a script in it, it is small, and it has the same bytes each time.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{demarche, only, text};

const BORDER: &str = "scenarios/border-crisis.toml";
const HOSTILE: &str = "tests/fixtures/hostile.toml";
/// The beginning of the page's Content-Security-Policy.
const POLICY: &str = "default-src 'none'; script-src 'sha256-";

fn page_of(folder: &Path, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend(["--quiet", "-o", folder.to_str().expect("a plain path")]);
    let output = demarche(&all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    fs::read_to_string(only(&only(folder)).join("report.html")).expect("there is a page")
}

fn page(arguments: &[&str]) -> String {
    page_of(tempfile::tempdir().expect("a folder").path(), arguments)
}

/// The tags of a page, each from `<` to `>`, without the contents of the style and
/// the script. No attribute may contain an unescaped bracket.
fn tags(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("every tag ends");
        let tag = &rest[start..=end];
        found.push(tag);
        rest = &rest[end + 1..];
        for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
            if tag == open {
                rest = &rest[rest.find(close).expect("it ends")..];
            }
        }
    }
    found
}

fn name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['<', '/']);
    inner.split([' ', '>', '/']).next().unwrap_or_default()
}

/// Elements without an end tag.
const ALONE: [&str; 3] = ["meta", "!doctype", "link"];

/// Checks that elements are closed in the reverse order in which they were opened.
fn assert_whole(page: &str) {
    let mut open = Vec::new();
    for tag in tags(page) {
        let name = name(tag);
        if let Some(closed) = tag.strip_prefix("</") {
            assert_eq!(open.pop(), Some(name), "</{closed}");
        } else if !tag.ends_with("/>") && !ALONE.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn each_verb_writes_one_complete_self_contained_page() {
    for arguments in [
        ["run", BORDER, "-n", "60"].as_slice(),
        &["run", BORDER, "--draws", "20", "--repeats", "3"],
        &["compare", BORDER, "-n", "40", "--goal", "avoid:war"],
        &["levers", BORDER, "-n", "20"],
        &["why", BORDER, "-n", "100"],
        &["score", "tests/fixtures/nile-dam.toml", "-n", "40"],
        &["sensitivity", BORDER, "-n", "64", "--vary", "preferences", "--by", "actor"],
        &["sensitivity", BORDER, "-n", "20", "--method", "morris"],
        &["sensitivity", BORDER, "-n", "20", "--method", "one-at-a-time"],
    ] {
        let page = page(arguments);
        assert_whole(&page);
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\""), "{}", &page[..80]);
        assert!(page.contains(POLICY));
        let tags = tags(&page);
        let count = |wanted: &str| tags.iter().filter(|tag| name(tag) == wanted).count();
        for (element, times) in [("script", 2), ("style", 2), ("h1", 2), ("main", 2)] {
            assert_eq!(count(element), times, "{element}");
        }
        for element in ["link", "img", "iframe", "object", "embed", "base", "form", "image", "use"]
        {
            assert_eq!(count(element), 0, "{element}");
        }
        for tag in tags.iter().filter(|tag| name(tag) != "meta") {
            // Whatever is between quotes is text.
            let names: String = tag.split('"').step_by(2).collect();
            for outside in [" on", " src", "xlink", "srcset", "action"] {
                assert!(!names.contains(outside), "{outside}: {tag}");
            }
            assert_eq!(tag.matches(" href=\"").count(), tag.matches(" href=\"#").count(), "{tag}");
        }
        for words in ["Results", "What nobody knows", "Sources", "Method", "--seed 1", "blake3"] {
            assert!(page.to_lowercase().contains(&words.to_lowercase()), "{words}");
        }
    }
}

#[test]
fn text_of_a_scenario_can_neither_break_nor_script_the_page() {
    let plain = page(&["run", BORDER, "-n", "20"]);
    let elements = |page: &str| {
        let mut names: Vec<String> = tags(page).iter().map(|tag| name(tag).to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    let known = elements(&plain);
    for verb in ["run", "compare", "levers", "sensitivity", "why"] {
        let page = page(&[verb, HOSTILE, "-n", "20"]);
        assert_whole(&page);
        // Only elements that the page itself has.
        let new: Vec<_> = elements(&page).into_iter().filter(|n| !known.contains(n)).collect();
        assert!(new.is_empty(), "{verb}: {new:?}");
        let scripts = tags(&page).iter().filter(|tag| name(tag) == "script").count();
        assert_eq!(scripts, 2, "{verb}");
        assert!(page.contains("&lt;script&gt;globalThis.hostile = 9"), "it is shown, as text");
        let turns = ['\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{200F}'];
        assert!(!page.contains(turns), "{verb}: a character that changes the direction of text");
    }
}

/// A scenario with texts of this many letters.
fn endless(folder: &Path, letters: usize) -> PathBuf {
    let long: String = "War and peace ".chars().cycle().take(letters).collect();
    let text = format!(
        "format = 1\n[scenario]\ntitle = \"{long}\"\nabout = \"{long}\"\nsteps = 1\n\
         [assumptions]\na = {{ draw = \"uniform(0, 1)\", source = \"{long}\" }}\n\
         [[outcomes]]\nid = \"o\"\ntitle = \"{long}\"\nwhen = \"a > 0.5\"\n"
    );
    let file = folder.join("endless.toml");
    fs::write(&file, text).expect("written");
    file
}

#[test]
fn a_megabyte_of_title_is_refused_in_a_few_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    // Four texts, a megabyte together; a larger file is not even read.
    let file = endless(folder.path(), 250_000);
    let out = folder.path().join("out");
    let output = demarche(&[
        "run",
        file.to_str().expect("a plain path"),
        "-o",
        out.to_str().expect("a plain path"),
    ]);
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(message.contains("E112") && message.len() < 10_000, "{} bytes", message.len());
    assert!(!out.exists(), "nothing is written");
}

#[test]
fn the_longest_title_that_may_be_is_shown_shortened() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = endless(folder.path(), 10_000);
    let page = page(&["run", file.to_str().expect("a plain path"), "-n", "20"]);
    assert_whole(&page);
    assert!(page.len() < 400_000, "{} bytes", page.len());
    assert!(page.contains("War and peace War") && page.contains('…'));
}

#[test]
fn the_same_command_gives_the_same_page_on_any_number_of_threads() {
    let run = |threads: &str| page(&["run", BORDER, "-n", "300", "-j", threads]);
    assert_eq!(run("1"), run("3"));
    let compare = |threads: &str| page(&["compare", BORDER, "-n", "60", "-j", threads]);
    assert_eq!(compare("1"), compare("3"));
}

#[test]
fn the_page_does_not_grow_with_the_number_of_trials() {
    let [few, many] = ["100", "4000"].map(|trials| page(&["run", BORDER, "-n", trials]).len());
    assert!(many < few + few / 10, "{few} bytes, then {many}");
}

#[test]
fn the_headline_is_the_first_sentence_of_the_terminal_and_names_the_assumptions() {
    for asked in [&["-n", "300"][..], &["--draws", "60", "--repeats", "10"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().to_str().expect("a plain path");
        let output = demarche(&[&["run", BORDER, "-o", out][..], asked].concat());
        let printed = text(&output.stdout);
        // The title, the headline and what was played, on lines of at most 100 columns.
        let first = printed.split("\n\n").next().expect("a paragraph").replace('\n', " ");
        assert!(
            first.contains("of 100 trials (95 %: ") && first.contains("the assumptions"),
            "{first}"
        );
        let page =
            fs::read_to_string(only(&only(folder.path())).join("report.html")).expect("a page");
        let lead = page.split("<p class=\"lead\">").nth(1);
        let lead = lead.and_then(|rest| rest.split("</p>").next());
        let lead = lead.expect("there is a headline");
        assert!(first.contains(&format!(" {lead} ")), "{lead}\n{first}");
    }
}

#[test]
fn the_command_on_the_page_reproduces_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = page_of(folder.path(), &["compare", BORDER, "-n", "30", "--goal", "avoid:war"]);
    let shown = first.split("<pre><code>").nth(1).and_then(|rest| rest.split("</code>").next());
    let shown = shown.expect("there are commands").replace("&#x2f;", "/");
    let run = only(&only(folder.path()));
    for line in shown.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[0] {
            "cp" => {
                fs::copy(run.join(words[1]), folder.path().join(words[2])).expect("copied");
            }
            command => {
                assert_eq!(command, "demarche");
                let output = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
                    .current_dir(folder.path())
                    .args(&words[1..])
                    .args(["--quiet", "-o", "again"])
                    .output()
                    .expect("the command starts");
                assert!(output.status.success(), "{}", text(&output.stderr));
            }
        }
    }
    let again = only(&only(&folder.path().join("again")));
    assert_eq!(fs::read_to_string(again.join("report.html")).expect("a page"), first);
}

#[test]
fn who_bargains_over_what_is_told() {
    let told = page(&["run", "scenarios/car-emissions.toml", "-n", "50"]);
    assert_whole(&told);
    for part in [
        "What is settled together",
        "The governments agree",
        "a position that is drawn in a probabilistic election among them",
        "In how many years small cars must meet the standard",
        "what they bargain over is settled by a rule",
    ] {
        assert!(told.contains(part), "{part}");
    }
    // Denmark: position, salience and power.
    let row = told.split("<tr").find(|row| row.contains("Denmark") && row.contains("0.05"));
    let row = row.expect("a row for each who bargains");
    assert!(row.contains(">4<") && row.contains(">1.0<"), "{row}");
    let world = page(&["run", "scenarios/car-emissions.toml", "-n", "50", "--world", "median"]);
    assert!(world.contains("the median of the positions, by weight"));
    assert!(!page(&["run", BORDER, "-n", "20"]).contains("What is settled together"));
}
