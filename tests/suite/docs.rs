//! Checks that the pages in `docs/` are correct: their examples are checked and played, and their
//! tables are compared with those that the program uses.

use std::collections::BTreeSet;
use std::path::Path;

use demarche::diagnostic::Code;
use demarche::engine::Reference;
use demarche::formula::{FUNCTIONS, Type};
use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use demarche::report::ChartKind;
use demarche::scenario::json_schema;

const LANGUAGE: &str = include_str!("../../docs/language.md");
const MODEL: &str = include_str!("../../docs/model.md");
const COMMAND_LINE: &str = include_str!("../../docs/command-line.md");
const ARCHITECTURE: &str = include_str!("../../docs/architecture.md");
const COMPARE: &str = include_str!("../../docs/compare.md");
const COUPLING: &str = include_str!("../../docs/coupling.md");
const DISCOVER: &str = include_str!("../../docs/discover.md");
const RELEASING: &str = include_str!("../../docs/releasing.md");
const REPORT: &str = include_str!("../../docs/report.md");
const CHARTS: &str = include_str!("../../docs/charts.md");
const LOOP: &str = include_str!("../../docs/loop.md");
const PERFORMANCE: &str = include_str!("../../docs/performance.md");
const SCORE: &str = include_str!("../../docs/score.md");
const TABLES: &str = include_str!("../../docs/tables.md");
const TRACE: &str = include_str!("../../docs/trace.md");
const UPDATE: &str = include_str!("../../docs/update.md");
const VALIDITY: &str = include_str!("../../docs/validity.md");
const WHY: &str = include_str!("../../docs/why.md");
const PAGES: [(&str, &str); 18] = [
    ("language.md", LANGUAGE),
    ("model.md", MODEL),
    ("architecture.md", ARCHITECTURE),
    ("command-line.md", COMMAND_LINE),
    ("compare.md", COMPARE),
    ("coupling.md", COUPLING),
    ("discover.md", DISCOVER),
    ("releasing.md", RELEASING),
    ("report.md", REPORT),
    ("charts.md", CHARTS),
    ("loop.md", LOOP),
    ("performance.md", PERFORMANCE),
    ("score.md", SCORE),
    ("tables.md", TABLES),
    ("trace.md", TRACE),
    ("update.md", UPDATE),
    ("validity.md", VALIDITY),
    ("why.md", WHY),
];

/// A fenced block of a page.
struct Block<'a> {
    info: &'a str,
    line: usize,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => {
                open = Some(Block { info: info.trim(), line: number + 1, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// The scenario to which fragments are added: the first of the page.
fn base() -> String {
    let block = blocks(LANGUAGE).into_iter().find(|block| block.info == "toml");
    block.expect("the page begins with a complete scenario").text
}

/// The tables of a file: header line and body; the first has no header.
fn sections(text: &str) -> Vec<(String, Vec<String>)> {
    let mut found = vec![(String::new(), Vec::new())];
    for line in text.lines() {
        let header = line.split('#').next().unwrap_or_default().trim_end();
        if header.starts_with('[') && header.ends_with(']') {
            found.push((header.to_owned(), Vec::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push(line.to_owned());
        }
    }
    found
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_key = |c: char| c.is_alphanumeric() || "_-.\", ".contains(c);
    (!key.starts_with(' ') && key.chars().all(is_key)).then_some(key)
}

/// Adds a fragment to a scenario: lines under a header that the scenario has are added to that
/// table, and replace keys that the table has.
fn splice(base: &str, fragment: &str) -> String {
    let mut all = sections(base);
    for (header, body) in sections(fragment) {
        let known = all.iter_mut().find(|(known, _)| *known == header && !header.starts_with("[["));
        let Some((_, lines)) = known else {
            all.push((header, body));
            continue;
        };
        let new: BTreeSet<&str> = body.iter().filter_map(|line| key(line)).collect();
        lines.retain(|line| key(line).is_none_or(|key| !new.contains(key)));
        lines.extend(body);
    }
    let text = |(header, body): (String, Vec<String>)| format!("{header}\n{}\n", body.join("\n"));
    all.into_iter().map(text).collect()
}

fn codes(document: &Document) -> Vec<&'static str> {
    document.check().iter().map(|item| item.code.id()).collect()
}

/// Plays a few trials under every policy and world.
fn play(document: &Document, place: &str) {
    for policy in document.policies() {
        for world in document.worlds() {
            let model = match document.model(policy, world) {
                Ok(model) => model,
                Err(found) => {
                    let found: Vec<_> = found.iter().map(|item| &item.message).collect();
                    panic!("{place}: policy {policy}, world {world}: {found:#?}");
                }
            };
            let played = Reference::new(&model, 1).block(0, 3, &|| true);
            if let Err(accident) = played {
                panic!("{place}: policy {policy}, world {world}: {accident}");
            }
        }
    }
}

#[test]
fn examples_are_right_or_wrong_as_they_say() {
    let base = base();
    let mut tried = 0;
    for (name, page) in PAGES {
        for block in blocks(page) {
            let Some(rest) = block.info.strip_prefix("toml") else { continue };
            let place = format!("{name}:{}", block.line);
            let whole = block.text.contains("format = 1\n");
            let text = if whole { block.text.clone() } else { splice(&base, &block.text) };
            let document = Document::read(&place, text.as_bytes());
            let found = codes(&document);
            if let Some(code) = rest.strip_prefix(",fails=") {
                assert!(!whole || code != "E004", "{place}: a file without its format");
                assert!(found.contains(&code), "{place}: found {found:?}");
            } else {
                assert_eq!(rest, if whole { "" } else { ",fragment" }, "{place}");
                assert!(found.is_empty(), "{place}: {:#?}", document.check());
                play(&document, &place);
            }
            tried += 1;
        }
    }
    assert!(tried > 30, "only {tried} examples");
}

#[test]
fn formulas_have_the_values_written_beside_them() {
    let base = base();
    let mut tried = 0;
    for block in blocks(LANGUAGE).iter().filter(|block| block.info == "formula") {
        for (line, text) in block.text.lines().enumerate().filter(|(_, text)| !text.is_empty()) {
            let place = format!("language.md:{}", block.line + line + 1);
            let (formula, wanted) = text.rsplit_once(" = ").expect("`formula = value`");
            let measure = format!("[measures]\nasked = \"{}\"\n", formula.trim());
            let document = Document::read(&place, splice(&base, &measure).as_bytes());
            let model = document
                .model(NO_POLICY, BASE_WORLD)
                .unwrap_or_else(|found| panic!("{place}: {formula}: {found:#?}"));
            let leaf = Reference::new(&model, 1).block(0, 1, &|| true).expect("no accident");
            let leaf = leaf.expect("nobody stopped it");
            let rows = model.truth.steps as usize + 1;
            let value = leaf.recorded(model.states.len(), 0, rows)[0];
            let wanted = wanted.trim();
            match &model.measures[0].ty {
                Type::Number => {
                    let wanted: f64 = wanted.parse().expect("a number");
                    let near = (value - wanted).abs() <= 5e-7 * wanted.abs().max(1.0);
                    assert!(near, "{place}: {formula} gives {value}");
                }
                Type::Flag => assert_eq!((value == 1.0).to_string(), wanted, "{place}: {formula}"),
                Type::Label(_) | Type::Unknown => {
                    assert_eq!(format!("'{}'", model.label(value)), wanted, "{place}: {formula}")
                }
            }
            tried += 1;
        }
    }
    assert!(tried > 30, "only {tried} formulas");
}

/// The rows of the tables after a mark, cell by cell.
fn tables(mark: &str) -> Vec<Vec<&'static str>> {
    tables_of(LANGUAGE, mark)
}

fn tables_of<'a>(page: &'a str, mark: &str) -> Vec<Vec<&'a str>> {
    let mut rows = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim() != format!("<!-- {mark} -->") {
            continue;
        }
        let mut table = Vec::new();
        while lines.next_if(|line| line.trim().is_empty()).is_some() {}
        while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
            table.push(row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
        }
        assert!(table.len() > 2, "no table after {mark}");
        rows.extend(table.split_off(2));
    }
    rows
}

#[test]
fn every_function_is_in_the_tables_as_it_is_called() {
    let documented: Vec<_> = tables("functions").iter().map(|row| (row[0], row[1])).collect();
    let usages: Vec<_> = FUNCTIONS.iter().map(|f| format!("`{}`", f.usage())).collect();
    let known: Vec<_> =
        usages.iter().zip(FUNCTIONS).map(|(usage, f)| (usage.as_str(), f.about)).collect();
    assert_eq!(documented, known);
}

#[test]
fn every_code_is_in_the_table() {
    let documented: Vec<_> = tables("codes").iter().map(|row| (row[0], row[1])).collect();
    let known: Vec<_> = Code::ALL.iter().map(|code| (code.id(), code.about())).collect();
    assert_eq!(documented, known);
}

/// `12345` as `12,345`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[test]
fn every_key_is_in_the_tables_with_its_limits() {
    let schema = json_schema();
    let parts = schema["$defs"].as_object().expect("tables");
    let parts = parts.iter().map(|(id, part)| (id.as_str(), part)).chain([("file", &schema)]);
    for (id, part) in parts.filter(|(_, part)| part["properties"].is_object()) {
        let rows = tables(&format!("keys: {id}"));
        let documented: Vec<_> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
        let keys = part["properties"].as_object().expect("keys");
        let known = keys.keys().map(String::as_str);
        let known: Vec<_> = known.filter(|key| !["about", "source"].contains(key)).collect();
        assert_eq!(documented, known, "keys of {id}");
        let required = part["required"].as_array();
        for row in rows {
            let key = row[0].trim_matches('`');
            let needed = required.is_some_and(|list| list.iter().any(|item| item == key));
            assert_eq!(row[2] == "required", needed, "{id}.{key}");
            let limits = keys[key]["minimum"].as_i64().zip(keys[key]["maximum"].as_i64());
            if let Some((least, most)) = limits {
                let limits = format!("{} to {}", grouped(least), grouped(most));
                assert!(row[1].contains(&limits), "{id}.{key}: {limits}");
            }
            let most = keys[key]["maxItems"].as_i64().filter(|most| *most > 2);
            if let Some(most) = most {
                assert!(row[1].contains(&grouped(most)), "{id}.{key}: at most {most}");
            }
        }
    }
}

/// The anchor of a heading, as links use it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

/// Collects the folders from which the files of a folder import.
fn imports(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            imports(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for part in code.flat_map(|line| line.split("crate::").skip(1)) {
                let end = part.find(|c: char| !c.is_alphanumeric() && c != '_');
                found.insert(part[..end.unwrap_or(part.len())].to_owned());
            }
        }
    }
}

#[test]
fn imports_run_as_the_architecture_says() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for row in tables_of(ARCHITECTURE, "imports") {
        let folder = row[0].trim_matches('`');
        let documented: Vec<_> = row[1].split(", ").collect();
        let mut found = BTreeSet::new();
        if source.join(folder).exists() {
            imports(&source.join(folder), &mut found);
        }
        found.remove(folder);
        for name in found {
            assert!(documented.contains(&name.as_str()), "{folder} imports {name}");
        }
    }
}

#[test]
fn the_page_of_charts_has_every_kind() {
    let rows = CHARTS.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let documented: BTreeSet<&str> =
        rows.filter(|word| !word.ends_with(".csv") && !word.starts_with("--")).collect();
    let kinds: BTreeSet<&str> = ChartKind::ALL.iter().map(|kind| kind.word()).collect();
    assert_eq!(documented, kinds);
}

#[test]
fn the_first_program_is_ten_lines_and_the_readme_shows_it() {
    let program = include_str!("../../examples/run.rs");
    assert!(program.lines().count() <= 10, "{program}");
    assert!(include_str!("../../README.md").contains(&format!("```rust\n{program}```\n")));
}

#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (name, page) in PAGES {
        for link in page.split("](").skip(1) {
            let target = link.split(')').next().unwrap_or_default();
            if target.starts_with("https://") {
                continue;
            }
            let (file, place) = target.split_once('#').unwrap_or((target, ""));
            assert!(file.is_empty() || root.join(file).exists(), "{name}: {target}");
            if place.is_empty() {
                continue;
            }
            let there = if file.is_empty() { name } else { file };
            let (_, text) = PAGES.iter().find(|(page, _)| *page == there).expect("a known page");
            let headings = text.lines().filter(|line| line.starts_with('#'));
            let known = headings
                .map(|line| anchor(line.trim_start_matches('#').trim()))
                .any(|a| a == place);
            assert!(known, "{name}: {target}");
        }
    }
}

#[test]
fn every_folder_of_the_source_has_its_line_in_the_architecture() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(source).expect("the source") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            let folder = format!("{}/", entry.file_name().to_string_lossy());
            assert!(ARCHITECTURE.contains(&folder), "{folder}");
        }
    }
}
