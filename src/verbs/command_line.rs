//! The command line that asks a question: made from the question itself, so that no option is
//! forgotten.

use serde::Serialize;
use serde_json::Value;

use crate::report::{shell, shell_file};

/// The words of the options that a question sets, as a shell takes them.
///
/// Every field of a question is an option of the same name: `policy` is `--policy`, `n` is `-n`, and
/// `other` and `files` are arguments without an option. A list is an option given several times. Words that are
/// the default, and options that are not set, are left out; numbers are always written.
///
/// # Panics
///
/// If a question is no flat struct of words, numbers, switches and lists of words.
pub fn option_words<Q: Serialize + Default>(question: &Q) -> Vec<String> {
    let object = |question: &Q| match serde_json::to_value(question) {
        Ok(Value::Object(fields)) => fields,
        other => panic!("a question is a struct: {other:?}"),
    };
    let defaults = object(&Q::default());
    let (mut files, mut words) = (Vec::new(), Vec::new());
    for (name, value) in &object(question) {
        if !value.is_number() && defaults.get(name) == Some(value) {
            continue;
        }
        let option = if name.len() == 1 { format!("-{name}") } else { format!("--{name}") };
        let mut add = |value: String| match name.as_str() {
            // Further files come right after the first one.
            OTHER_FILE | FURTHER_FILES => files.push(shell_file(&value)),
            _ => words.extend([option.clone(), shell(&value)]),
        };
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::Bool(true) => words.push(option),
            Value::Number(number) => add(number.to_string()),
            Value::String(text) => add(text.clone()),
            Value::Array(items) => {
                for item in items {
                    add(item.as_str().expect("lists of a question hold words").to_owned());
                }
            }
            Value::Object(_) => panic!("the option {name} is no single value"),
        }
    }
    files.append(&mut words);
    files
}

/// The option that is the path of a second scenario file.
const OTHER_FILE: &str = "other";
/// The option that is the paths of any number of further ones.
const FURTHER_FILES: &str = "files";
