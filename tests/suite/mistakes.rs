//! What a person sees for each kind of mistake.
//!
//! Every TOML file in `tests/mistakes` is named after the code it shows; the text file
//! beside it has the message as printed. After an intended change,
//! `REWRITE=1 cargo test --test suite mistakes` writes the text files again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use demarche::diagnostic::{Code, Diagnostics, Paint, Severity, render};
use demarche::model::{BASE_WORLD, Document, NO_POLICY};

/// The files with mistakes, in order.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let entries = fs::read_dir(&folder).expect("the folder of mistakes");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    files
}

/// The code that a file is named after.
fn code_of(path: &Path) -> String {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8");
    stem.split('-').next().expect("a part before the first hyphen").to_owned()
}

/// The mistakes in a file. A comment such as `# policy = "x"` in its first lines
/// selects a policy or a world, as the command line would.
fn mistakes(name: &str, bytes: &[u8]) -> (Document, Diagnostics) {
    let document = Document::read(name, bytes);
    let asked = |key: &str| {
        let start = format!("# {key} = \"");
        let line =
            document.source.file().lines().take(2).find_map(|line| line.strip_prefix(&start))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    let (policy, world) = (asked("policy"), asked("world"));
    let mut found = document.check();
    for (policy, world) in [(policy.as_deref(), None), (None, world.as_deref())] {
        if (policy, world) == (None, None) {
            continue;
        }
        let model = document.model(policy.unwrap_or(NO_POLICY), world.unwrap_or(BASE_WORLD));
        found.extend(model.expect_err("a policy or world that does not exist"));
    }
    (document, found)
}

#[test]
fn every_mistake_is_printed_as_in_its_text_file() {
    let mut stale = Vec::new();
    for path in files() {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
        let bytes = fs::read(&path).expect("a file of the folder");
        let (document, found) = mistakes(name, &bytes);
        let drawn = render(&found, &document.source, Paint::Plain);
        let beside = path.with_extension("txt");
        if std::env::var_os("REWRITE").is_some() {
            fs::write(&beside, &drawn).expect("the folder can be written");
        }
        let known = fs::read_to_string(&beside).unwrap_or_default();
        if known.replace("\r\n", "\n") != drawn {
            stale.push(format!("{name} is now drawn as:\n{drawn}"));
        }
    }
    assert!(stale.is_empty(), "{}\nREWRITE=1 writes the text files again", stale.join("\n"));
}

#[test]
fn every_file_reports_the_code_it_is_named_after_and_every_code_has_a_file() {
    let mut shown = BTreeSet::new();
    for path in files() {
        let code = code_of(&path);
        let bytes = fs::read(&path).expect("a file of the folder");
        let (_, found) = mistakes("file.toml", &bytes);
        let reported = found.iter().any(|diagnostic| diagnostic.code.id() == code);
        assert!(reported, "{} does not report {code}", path.display());
        let is_warning = code.starts_with('W');
        assert_eq!(found.has_errors(), !is_warning, "{}", path.display());
        shown.insert(code);
    }
    let all: BTreeSet<_> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    assert_eq!(shown, all, "every code has a file, and every file a code");
}

#[test]
fn messages_are_in_the_house_style() {
    for path in files() {
        let bytes = fs::read(&path).expect("a file of the folder");
        let (document, found) = mistakes("file.toml", &bytes);
        for diagnostic in found.iter() {
            let words = [&diagnostic.message, &diagnostic.label];
            for text in words.into_iter().chain(&diagnostic.hints) {
                let at = format!("{}: {text}", path.display());
                assert!(!text.starts_with(char::is_uppercase) || text.starts_with("UTF"), "{at}");
                let mut parts = text.split(|c: char| !c.is_alphabetic());
                assert!(!text.ends_with('.') && !text.contains('\n'), "{at}");
                let is_address = |word| ["you", "your", "please"].contains(&word);
                let asks = text == "did you mean" || text.starts_with("did you mean `");
                assert!(asks || !parts.any(is_address), "{at}");
            }
            let is_error = diagnostic.severity() == Severity::Error;
            let spoken = !diagnostic.label.is_empty() || !diagnostic.hints.is_empty();
            let of_toml = diagnostic.code == Code::Toml;
            let of_file = diagnostic.span.is_none();
            assert!(spoken || of_toml || of_file || !is_error, "{diagnostic:?}");
            if let Some(span) = diagnostic.span {
                assert!(span.end <= document.source.whole().len(), "{diagnostic:?}");
            }
        }
    }
}
