//! What the tables of a run folder hold, in words: made from the structs of their rows, so that it
//! cannot say anything else than what is written.

use crate::store::TableRow;

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDoc {
    /// The file in the run folder.
    pub file: &'static str,
    /// What a row of it is.
    pub about: String,
    /// Its columns, in their order.
    pub columns: Vec<ColumnDoc>,
    /// Whether it is only there when it was asked for.
    pub is_on_request: bool,
}

/// What a column of a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnDoc {
    /// Its heading.
    pub name: &'static str,
    /// What kind of value it holds.
    pub kind: FieldKind,
    /// Whether a row may have no value there.
    pub may_be_empty: bool,
    /// Whether a number there may be infinite.
    pub may_be_infinite: bool,
    /// What the value means.
    pub about: String,
}

/// What kind of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text, or a word of a list.
    Text,
    /// A number of double precision.
    Number,
    /// A count.
    Count,
}

impl FieldKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            FieldKind::Text => "text",
            FieldKind::Number => "number",
            FieldKind::Count => "count",
        }
    }
}

impl ColumnDoc {
    /// What kind of value it holds, in words: `number, may be `inf` or empty`.
    pub fn words(&self) -> String {
        let infinite = if self.may_be_infinite { ", may be `inf`" } else { "" };
        let empty = if self.may_be_empty { " or empty" } else { "" };
        format!("{}{infinite}{empty}", self.kind.word())
    }
}

/// A row that says what its table holds.
pub trait DocumentedRow: TableRow {
    /// What the table holds.
    fn doc() -> TableDoc;
}

impl TableDoc {
    /// A table from the words of its struct: what stands above it, and for each field its name, its
    /// type and what stands above it.
    pub(super) fn of<R: TableRow>(
        about: &str,
        fields: &[(&'static str, &'static str, &'static str)],
    ) -> Self {
        let column = |(name, written, about): &(&'static str, &str, &str)| {
            let (kind, may_be_empty) = kind(written);
            ColumnDoc {
                // A name that is a word of Rust has a prefix in the code, and none in the table.
                name: name.trim_start_matches("r#"),
                kind,
                may_be_empty,
                may_be_infinite: kind == FieldKind::Number && R::INFINITE.contains(name),
                about: words(about),
            }
        };
        TableDoc {
            file: R::FILE,
            about: words(about),
            columns: fields.iter().map(column).collect(),
            is_on_request: false,
        }
    }
}

/// The kind of value of a field, from the name of its type, and whether it may be empty.
fn kind(written: &str) -> (FieldKind, bool) {
    let (own, may_be_empty) = match written.strip_prefix("Option") {
        Some(inner) => (inner.trim_matches(|c| "<> ".contains(c)), true),
        None => (written, false),
    };
    let kind = match own {
        "f64" => FieldKind::Number,
        "u64" => FieldKind::Count,
        // Text, or a list of words of which each has a text.
        _ => FieldKind::Text,
    };
    (kind, may_be_empty)
}

/// The lines of a comment in the code as one paragraph, without references to code.
fn words(comment: &str) -> String {
    let comment = comment.split(" See [`").next().unwrap_or(comment);
    comment.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write;

    use super::*;
    use crate::store::headings;
    use crate::verbs::tables::Tables;
    use crate::verbs::verb::with_question;
    use crate::verbs::{Ask, SummaryRow, Verb};

    const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/tables.md");
    const BEGIN: &str = "<!-- tables: made from the code, see above -->\n";
    const END: &str = "<!-- end of tables -->\n";

    /// The tables of all verbs, each with the verbs that write it.
    fn all() -> Vec<(TableDoc, Vec<&'static str>)> {
        fn of<Q: Ask>(_: &Q) -> Vec<TableDoc> {
            Q::Tables::docs()
        }
        let mut tables: Vec<(TableDoc, Vec<&'static str>)> = Vec::new();
        for verb in Verb::all() {
            let word = verb.word();
            for table in with_question!(&verb, question => of(question)) {
                match tables.iter_mut().find(|(own, _)| own.file == table.file) {
                    Some((own, verbs)) => {
                        assert_eq!(*own, table, "one file, one meaning");
                        verbs.push(word);
                    }
                    None => tables.push((table, vec![word])),
                }
            }
        }
        tables
    }

    /// The tables as the page lists them.
    fn listed() -> String {
        let mut text = String::new();
        for (table, verbs) in all() {
            let verbs: Vec<String> = verbs.iter().map(|verb| format!("`{verb}`")).collect();
            let asked = if table.is_on_request { ", where it is asked for" } else { "" };
            let (file, about) = (table.file, &table.about);
            let verbs = verbs.join(", ");
            write!(text, "\n### `{file}`\n\nWritten by {verbs}{asked}. {about}\n\n").unwrap();
            text.push_str("| column | type | meaning |\n|---|---|---|\n");
            for column in &table.columns {
                let (name, kind) = (column.name, column.words());
                let about = column.about.replace('|', "\\|");
                writeln!(text, "| `{name}` | {kind} | {about} |").unwrap();
            }
        }
        text + "\n"
    }

    #[test]
    fn the_page_of_tables_lists_every_table_and_column_as_it_is_written() {
        let page = std::fs::read_to_string(PAGE).expect("docs/tables.md");
        let (before, rest) = page.split_once(BEGIN).expect("a place for the tables");
        let (found, after) = rest.split_once(END).expect("an end of the tables");
        let now = listed();
        if std::env::var_os("REWRITE").is_some() {
            std::fs::write(PAGE, format!("{before}{BEGIN}{now}{END}{after}")).expect("written");
            return;
        }
        let only = |one: &str, other: &str| -> Vec<String> {
            let lacks = one.lines().filter(|line| !other.lines().any(|own| own == *line));
            lacks.map(str::to_owned).collect()
        };
        let (missing, stale) = (only(&now, found), only(found, &now));
        assert!(
            now == found,
            "docs/tables.md lacks these lines:\n{}\nand has these instead:\n{}\n\
             REWRITE=1 cargo test --lib page_of_tables writes them anew",
            missing.join("\n"),
            stale.join("\n")
        );
    }

    #[test]
    fn every_column_has_a_meaning_and_is_the_one_that_is_written() {
        for (table, _) in all() {
            assert!(!table.about.is_empty(), "{}", table.file);
            for column in &table.columns {
                assert!(!column.about.is_empty(), "{}: {}", table.file, column.name);
            }
        }
        let names: Vec<&str> = SummaryRow::doc().columns.iter().map(|own| own.name).collect();
        assert_eq!(names, headings::<SummaryRow>());
    }

    #[test]
    fn kinds_come_from_types() {
        let kinds: BTreeMap<&str, (&str, bool)> =
            ["String", "Option<String>", "f64", "Option<f64>", "u64", "EndKind"]
                .map(|written| (written, kind(written)))
                .map(|(written, (kind, may_be_empty))| (written, (kind.word(), may_be_empty)))
                .into();
        assert_eq!([kinds["String"], kinds["Option<String>"]], [("text", false), ("text", true)]);
        assert_eq!([kinds["f64"], kinds["Option<f64>"]], [("number", false), ("number", true)]);
        assert_eq!([kinds["u64"], kinds["EndKind"]], [("count", false), ("text", false)]);
        let column = ColumnDoc {
            name: "ratio",
            kind: FieldKind::Number,
            may_be_empty: true,
            may_be_infinite: true,
            about: String::new(),
        };
        assert_eq!(column.words(), "number, may be `inf` or empty");
        assert_eq!(words(" A share. See [`crate::stats::Split`]."), "A share.");
    }
}
