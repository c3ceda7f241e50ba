//! No input makes the reader panic, overflow the stack, or take long.

use std::path::Path;
use std::time::{Duration, Instant};

use demarche::diagnostic::{Diagnostics, Paint, render};
use demarche::model::Document;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

/// A runner that tries the same `cases` in every run.
pub(crate) fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_170_903),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })
}

/// A file of the project.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads and checks a file, and returns the mistakes and the text a person would see.
pub(crate) fn check(bytes: &[u8]) -> (Diagnostics, String) {
    let document = Document::read("file.toml", bytes);
    let found = document.check();
    let drawn = render(&found.first(100), &document.source, Paint::Plain);
    (found, drawn)
}

/// One way to corrupt a file.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Flip(Index, char),
    Insert(Index, &'static str),
    Number(Index, &'static str),
    Nest(Index, usize, &'static str, &'static str),
    Cut(Index),
}

const TOKENS: [&str; 38] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\\",
    "\u{0}",
    "é",
    "🙂",
    "\r",
    "'''",
    "\"\"\"",
    "(",
    ")",
    "+=",
    "-= ",
    "%",
    " to ",
    " if ",
    " in ",
    " not ",
    "normal(0, 1)",
    "^",
    "prior",
    "true",
    "nan",
    "inf",
    "-1",
    "0x10",
    "1979-05-27T07:32:00Z",
    "t",
    "happened(",
];

const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "1e-320",
    "999999999999",
    "-0.0",
    "2.5",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e999",
    "300%",
];

const NESTS: [(&str, &str); 7] = [
    ("(", ")"),
    ("[", "]"),
    ("{ a = ", " }"),
    ("-", ""),
    ("a.", ""),
    ("if t > 1 then ", " else 0"),
    ("min(1, ", ")"),
];

fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Slip::Delete),
        at().prop_map(Slip::Duplicate),
        (at(), at()).prop_map(|(one, other)| Slip::Swap(one, other)),
        (at(), prop_oneof![any::<char>(), proptest::char::range(' ', '~')])
            .prop_map(|(at, c)| Slip::Flip(at, c)),
        (at(), proptest::sample::select(&TOKENS[..])).prop_map(|(at, what)| Slip::Insert(at, what)),
        (at(), proptest::sample::select(&NUMBERS[..]))
            .prop_map(|(at, what)| Slip::Number(at, what)),
        (at(), proptest::sample::select(vec![3_usize, 100, 3_000]), 0..NESTS.len())
            .prop_map(|(at, deep, which)| Slip::Nest(at, deep, NESTS[which].0, NESTS[which].1)),
        at().prop_map(Slip::Cut),
    ]
}

/// The position of a random character.
fn place(text: &str, at: &Index) -> usize {
    let mut at = at.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The ranges of the numbers in a text.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte.is_ascii_digit() || byte == b'.', start) {
            (true, None) if byte != b'.' => start = Some(at),
            (false, Some(from)) => {
                out.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn spoil(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.len();
    match slip {
        Slip::Delete(_) | Slip::Duplicate(_) | Slip::Swap(..) if lines.is_empty() => {
            return text.to_owned();
        }
        Slip::Delete(at) => {
            lines.remove(at.index(last));
        }
        Slip::Duplicate(at) => lines.insert(at.index(last), lines[at.index(last)]),
        Slip::Swap(one, other) => lines.swap(one.index(last), other.index(last)),
        Slip::Flip(at, with) => {
            let at = place(text, at);
            let mut rest = text[at..].chars();
            rest.next();
            return format!("{}{with}{}", &text[..at], rest.as_str());
        }
        Slip::Insert(at, what) => {
            let at = place(text, at);
            return format!("{}{what}{}", &text[..at], &text[at..]);
        }
        Slip::Number(at, what) => {
            let all = numbers(text);
            if all.is_empty() {
                return text.to_owned();
            }
            let (from, to) = all[at.index(all.len())];
            return format!("{}{what}{}", &text[..from], &text[to..]);
        }
        Slip::Nest(at, deep, open, close) => {
            let at = place(text, at);
            let (open, close) = (open.repeat(*deep), close.repeat(*deep));
            return format!("{}{open}1{close}{}", &text[..at], &text[at..]);
        }
        Slip::Cut(at) => return text[..place(text, at)].to_owned(),
    }
    lines.join("\n")
}

fn survives_slips(name: &str, cases: u32) {
    let text = file(name);
    let slips = proptest::collection::vec(slip(), 1..4);
    let result = runner(cases).run(&slips, |slips| {
        let spoilt = slips.iter().fold(text.clone(), |text, slip| spoil(&text, slip));
        let began = Instant::now();
        let (found, drawn) = check(spoilt.as_bytes());
        prop_assert!(began.elapsed() < Duration::from_secs(5), "took {:?}", began.elapsed());
        prop_assert_eq!(found.is_empty(), drawn.is_empty());
        Ok(())
    });
    if let Err(error) = result {
        panic!("{name}: {error}");
    }
}

#[test]
fn slips_in_the_example_are_survived() {
    survives_slips("tests/fixtures/example.toml", 1_000);
}

#[test]
fn slips_in_the_border_crisis_are_survived() {
    survives_slips("scenarios/border-crisis.toml", 1_000);
}

#[test]
fn slips_in_the_crisis_tree_are_survived() {
    survives_slips("scenarios/crisis-tree.toml", 600);
}

#[test]
fn slips_in_korea_are_survived() {
    survives_slips("scenarios/korea-2017/first-edition.toml", 100);
}

#[test]
fn bytes_of_any_kind_are_survived() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..200);
    runner(500)
        .run(&bytes, |bytes| {
            check(&bytes);
            Ok(())
        })
        .unwrap();
    let text = proptest::collection::vec(proptest::sample::select(&TOKENS[..]), 0..60);
    runner(2_000)
        .run(&text, |tokens| {
            let body = tokens.concat();
            check(body.as_bytes());
            check(
                format!("format = 1\nscenario.steps = 3\nstate.x.start = '''{body}'''").as_bytes(),
            );
            Ok(())
        })
        .unwrap();
}
