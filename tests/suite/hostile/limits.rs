//! The numbers of `SECURITY.md` are those of the code.

use std::fs;

use super::project;

/// What the page says, and the line of the source that makes it so.
const LIMITS: [(&str, &str, &str); 22] = [
    ("file:** 4 MiB", "scenario/tree.rs", "MAX_FILE_BYTES: usize = 4 << 20"),
    ("80 nested tables", "scenario/tree.rs", "MAX_DEPTH: usize = 80"),
    ("4,096 entries", "scenario/keys/limits.rs", "MAX_ENTRIES: usize = 4_096"),
    ("64 actors", "scenario/keys/limits.rs", "MAX_ACTORS: usize = 64"),
    ("64 items of a menu", "scenario/keys/limits.rs", "MAX_MENU_ITEMS: usize = 64"),
    ("64 labels", "scenario/keys/limits.rs", "MAX_LABELS: usize = 64"),
    ("32 branches", "scenario/keys/limits.rs", "MAX_BRANCHES: usize = 32"),
    ("10,000 letters", "scenario/keys/limits.rs", "MAX_TEXT: usize = 10_000"),
    ("4,000 words", "formula/parser.rs", "MAX_TOKENS: usize = 4_000"),
    ("200 levels", "formula/parser.rs", "MAX_DEPTH: usize = 200"),
    ("50,000 parts", "formula/resolve.rs", "MAX_SIZE: usize = 50_000"),
    ("4,096 imagined plays", "scenario/defaults.rs", "MOST_IMAGINATIONS: u32 = 4_096"),
    ("20 steps", "scenario/defaults.rs", "MOST_FORESIGHT: u32 = 20"),
    ("64 MiB of checking", "model/document.rs", "MAX_WORK: usize = 64 << 20"),
    ("256 values that are correlated", "model/correlate.rs", "MAX_CORRELATED: usize = 256"),
    ("1,099,511,627,776 trials", "engine/address.rs", "MAX_TRIALS: u64 = 1 << 40"),
    ("400 letters", "diagnostic/render.rs", "MAX_SHOWN: usize = 400"),
    ("100 bytes", "store/file_name.rs", "MOST: usize = 100"),
    ("1,000,000 shards", "verbs/part_owner.rs", "MOST: u32 = 1_000_000"),
    ("4,194,304 numbers", "model/over_time.rs", "MAX_COUNTED: u64 = 1 << 22"),
    ("256 MiB", "store/inside.rs", "MOST_BYTES: u64 = 256 << 20"),
    ("512 MiB", "store/part_file.rs", "MOST_BYTES: u64 = 512 << 20"),
];

#[test]
fn the_limits_that_the_page_states_are_those_of_the_code() {
    let page = fs::read_to_string(project("SECURITY.md")).expect("the page is there");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    for (words, file, line) in LIMITS {
        let source = fs::read_to_string(project("src").join(file)).unwrap_or_default();
        if !source.contains(&format!("const {line};")) {
            wrong.push(format!("src/{file} does not say `{line}`"));
        }
        if !page.contains(words) {
            wrong.push(format!("SECURITY.md does not say “{words}”"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_links_of_the_page_lead_somewhere() {
    let page = fs::read_to_string(project("SECURITY.md")).expect("the page is there");
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let mut seen = 0;
    for target in targets.filter(|target| !target.starts_with("https://")) {
        let (file, place) = target.split_once('#').unwrap_or((target, ""));
        let text = fs::read_to_string(project(file)).unwrap_or_else(|_| panic!("{target}"));
        let anchor =
            |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        let headings = text.lines().filter(|line| line.starts_with('#'));
        assert!(place.is_empty() || headings.map(anchor).any(|own| own == place), "{target}");
        seen += 1;
    }
    assert!(seen > 0);
}
