//! A type name stands for one thing, but for a file type and its compiled twin.

use std::collections::BTreeMap;

use super::source::{code, files};

/// The names that stand for two things. Each is what a scenario file says of it in
/// `scenario/types.rs`, with places, and the same resolved and numbered in `model/`: who reads one
/// finds the other by its name.
const TWINS: [&str; 12] = [
    "Action",
    "Actor",
    "Bargain",
    "Branch",
    "CalendarEntry",
    "Chance",
    "Consent",
    "Event",
    "Limits",
    "Party",
    "Want",
    "WantForm",
];

/// The most names that may stand for two things.
const MOST: usize = 12;

/// The type that a line defines. Types within a trait or its implementation are none: they are
/// indented, and end there too; a type within a function, a macro or a module counts.
fn defined<'a>(line: &'a str, within: &str) -> Option<&'a str> {
    let mut words = line.split_whitespace().peekable();
    if words.next_if(|word| word.starts_with("pub")).is_some_and(|word| word.contains('(')) {
        // `pub(in a::b)` is two words.
        words.next_if(|word| word.ends_with(')'));
    }
    let kind = words.find(|word| *word != "unsafe")?;
    if !["struct", "enum", "trait", "type", "union"].contains(&kind) {
        return None;
    }
    let is_associated = kind == "type" && ["impl", "trait"].contains(&within);
    let name = words.next().filter(|_| !is_associated)?;
    let end = name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len());
    (name[..end].starts_with(|c: char| c.is_uppercase())).then_some(&name[..end])
}

/// The types that a file defines.
fn types(text: &str) -> Vec<&str> {
    let (mut found, mut within) = (Vec::new(), "");
    for line in code(text) {
        if line.starts_with(|c: char| c.is_alphabetic()) {
            let words = line.split(|c: char| !c.is_alphanumeric());
            let mut words = words.filter(|word| ["impl", "trait", "mod", "fn"].contains(word));
            within = words.next().unwrap_or_default();
        }
        found.extend(defined(line, within));
    }
    found
}

#[test]
fn a_type_name_stands_for_one_thing_but_for_twins() {
    let files = files();
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &files {
        for name in types(&file.text) {
            places.entry(name).or_default().push(&file.path);
        }
    }
    assert!(places.len() > 400, "only {} types", places.len());
    places.retain(|_, places| places.len() > 1);
    let names: Vec<&str> = places.keys().copied().collect();
    assert_eq!(names, TWINS, "where they stand: {places:#?}");
    assert!(names.len() <= MOST, "{} names stand for two things", names.len());
    for (name, places) in places {
        let is_twin = places.len() == 2
            && places.contains(&"scenario/types.rs")
            && places.iter().any(|place| place.starts_with("model/"));
        assert!(is_twin, "{name}: {places:?}");
    }
}

#[test]
fn types_are_found_wherever_they_stand() {
    let text = "pub struct A<T>(T);\nimpl Iterator for A {\n    type Item = u8;\n}\n\
                pub(in crate::a) enum B {}\npub(crate) type C = u8;\nfn f() {\n    struct D;\n}\n\
                pub trait E {\n    type Out;\n}\n// struct F;\nrow! {\n    pub struct H in \"h.csv\" \
                {\n    }\n}\nunion I {}\n#[cfg(test)]\nmod tests {\n    struct G;\n}\n";
    assert_eq!(types(text), ["A", "B", "C", "D", "E", "H", "I"]);
}
