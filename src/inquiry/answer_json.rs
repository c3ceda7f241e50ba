//! An answer as one JSON object, for programs that read no tables of files.

use serde_json::{Map, Number, Value, json};

use super::answered::AnsweredInquiry;
use crate::verbs::{ColumnValues, TableColumns};

/// The answer as one JSON object: every table as a list of rows, by the name of its file without the ending, and
/// whatever is an object of its own, as `trace` has.
///
/// What is empty in a table is `null`, and an infinite number the text `inf` or `-inf`, as in a CSV table.
pub fn answer_json(answered: &dyn AnsweredInquiry) -> Value {
    let tables = answered.columns();
    let mut all: Map<String, Value> =
        tables.iter().map(|table| (table.name().to_owned(), rows(table))).collect();
    if let Some((file, text)) = answered.object() {
        let name = file.split('.').next().unwrap_or(file);
        // It was made from a value just now.
        all.insert(name.to_owned(), serde_json::from_str(&text).unwrap_or_default());
    }
    Value::Object(all)
}

/// The rows of a table, each an object with its columns.
fn rows(table: &TableColumns) -> Value {
    let row = |at: usize| -> Value {
        let own = table.columns.iter().map(|column| {
            let value = match &column.values {
                ColumnValues::Text(texts) => json!(texts[at]),
                ColumnValues::Count(counts) => json!(counts[at]),
                ColumnValues::Number(numbers) => numbers[at].map_or(Value::Null, number),
            };
            (column.doc.name.to_owned(), value)
        });
        Value::Object(own.collect())
    };
    (0..table.rows).map(row).collect()
}

/// A number, or the text that a CSV table has for it where JSON has none.
fn number(number: f64) -> Value {
    Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_form_in_json_are_texts() {
        assert_eq!(number(0.1 + 0.2).to_string(), "0.30000000000000004");
        assert_eq!(number(f64::INFINITY), json!("inf"));
        assert_eq!(number(f64::NEG_INFINITY), json!("-inf"));
        assert_eq!(number(f64::NAN), json!("NaN"));
    }
}
