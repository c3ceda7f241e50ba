//! The words of the language, as a dictionary for libFuzzer.

use std::collections::BTreeSet;
use std::{env, fs};

use demarche::distribution::ALL;
use demarche::formula::{BUILT_IN, FUNCTIONS};
use demarche::scenario::json_schema;
use serde_json::Value;

/// The variable of the environment that names the file to which a target writes the dictionary.
const VARIABLE: &str = "DEMARCHE_DICTIONARY";

/// The words and signs of formulas and of TOML that no table of the crate lists.
const SIGNS: [&str; 37] = [
    "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "^", "%", "'", "\"", "\"\"\"", "(", ")", "[",
    "]", "[[", "]]", "{", "}", "#", "\n", " = ", ", ", ".", "\\u0000", "if ", " then ", " else ",
    " and ", " or ", "not ", " in ", " to ", "true", "false",
];

/// Writes the dictionary if the environment names a file for it.
pub fn write_if_asked() {
    if let Some(path) = env::var_os(VARIABLE) {
        fs::write(&path, dictionary()).expect("the dictionary can be written");
    }
}

/// Every word, a line each, as libFuzzer reads them.
fn dictionary() -> String {
    let mut words = BTreeSet::new();
    collect(&json_schema(), &mut words);
    words.extend(FUNCTIONS.iter().map(|function| format!("{}(", function.name)));
    words.extend(ALL.iter().map(|distribution| distribution.written(distribution.cases.sound[0])));
    words.extend(BUILT_IN.iter().chain(&SIGNS).map(|word| (*word).to_owned()));
    words.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect()
}

/// The keys of all tables of a schema, and the words that they take.
fn collect(schema: &Value, words: &mut BTreeSet<String>) {
    if let Some(keys) = schema["properties"].as_object() {
        words.extend(keys.keys().cloned());
    }
    if let Some(known) = schema["enum"].as_array() {
        words.extend(known.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| collect(part, words)),
        Value::Array(parts) => parts.iter().for_each(|part| collect(part, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A word with everything but letters, digits and plain signs as hexadecimal numbers.
fn escaped(word: &str) -> String {
    let one = |byte: u8| match byte {
        b'"' | b'\\' => format!("\\{}", byte as char),
        b' '..=b'~' => (byte as char).to_string(),
        _ => format!("\\x{byte:02x}"),
    };
    word.bytes().map(one).collect()
}
