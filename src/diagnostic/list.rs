//! Diagnostics, and lists of them.

use std::collections::HashMap;

use super::{Code, Severity, Span};
use crate::format::listed;

/// How many lines with the same mistake a message lists.
const MAX_LINES: usize = 5;

/// One mistake or warning: what is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which kind of mistake it is.
    pub code: Code,
    /// The place to underline; `None` where the mistake is about the whole file.
    pub span: Option<Span>,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// The words beside the underline: what was expected. May be empty.
    pub label: String,
    /// Further places that matter, each with its words.
    pub also: Vec<(Span, String)>,
    /// What may help: the nearest known name, an example.
    pub hints: Vec<String>,
    /// What it is about, where one slip may show in many places: see [`Diagnostics::fold`].
    pub topic: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at `span`.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            span: Some(span),
            message: message.into(),
            label: String::new(),
            also: Vec::new(),
            hints: Vec::new(),
            topic: None,
        }
    }

    /// A diagnostic about the file as a whole.
    pub fn of_file(code: Code, message: impl Into<String>) -> Self {
        Self { span: None, ..Self::new(code, Span::default(), message) }
    }

    /// Sets the words beside the underline, which say what was expected.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what it is about, such as a name: of several errors about one thing only the first is
    /// told in full.
    pub fn about(mut self, topic: impl Into<String>) -> Self {
        self.topic = Some(topic.into());
        self
    }

    /// Underlines a second place.
    pub fn also(mut self, span: Span, label: impl Into<String>) -> Self {
        self.also.push((span, label.into()));
        self
    }

    /// Adds a line of help.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds "did you mean …?" if one of `candidates` is near to `word`.
    pub fn nearest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match super::nearest(word, candidates) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Puts "did you mean …?" with these names, of which only the first few are told, in place of the
    /// hints so far.
    pub fn instead(mut self, names: &[String]) -> Self {
        self.hints.clear();
        let shown: Vec<_> = names.iter().take(4).map(|name| format!("`{name}`")).collect();
        match shown.as_slice() {
            [] => self,
            [one] => self.hint(format!("did you mean {one}?")),
            many => self.hint(format!("did you mean one of {}?", listed(many))),
        }
    }

    /// Whether this is an error or a warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A list of mistakes and warnings, which [`Diagnostics::settle`] puts into the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    errors: usize,
    unread: bool,
}

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty list for a caller that only asks whether something is wrong, so that
    /// no time is spent on hints.
    pub fn unread() -> Self {
        Self { unread: true, ..Self::default() }
    }

    /// Whether to look for hints such as the nearest name. Not after a hundred errors:
    /// nobody reads so many, and the search takes long.
    pub fn wants_suggestions(&self) -> bool {
        !self.unread && self.errors < 100
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity() == Severity::Error);
        self.items.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Diagnostics) {
        self.errors += other.errors;
        self.items.extend(other.items);
    }

    /// Adds those of another list that tell of no kind and place that is told of already.
    pub fn extend_with_new(&mut self, other: Diagnostics) {
        for new in other.items {
            if !self.items.iter().any(|old| (old.code, old.span) == (new.code, new.span)) {
                self.push(new);
            }
        }
    }

    /// Keeps only those for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.items.retain(keep);
        let errors = self.items.iter().filter(|item| item.severity() == Severity::Error);
        self.errors = errors.count();
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.items.len() - self.errors,
        }
    }

    /// The diagnostics.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// The first `count` of them.
    pub fn first(&self, count: usize) -> Diagnostics {
        let mut first = Diagnostics::new();
        self.iter().take(count).for_each(|item| first.push(item.clone()));
        first
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Puts errors about one thing together: the first is kept, with the lines of the others. One slip,
    /// say a misspelt name in its table, would otherwise be told once for each use of the name. `line`
    /// gives the line of a place; `None` for one that is in no file but in an option of the command line.
    pub fn fold(&mut self, line: impl Fn(Span) -> Option<usize>) {
        let mut first: HashMap<String, usize> = HashMap::new();
        let mut others: HashMap<usize, Vec<Option<usize>>> = HashMap::new();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for item in std::mem::take(&mut self.items) {
            let topic = item.topic.clone().filter(|_| item.severity() == Severity::Error);
            let Some(topic) = topic else {
                kept.push(item);
                continue;
            };
            match (first.get(&topic), item.span) {
                (Some(index), Some(span)) => others.entry(*index).or_default().push(line(span)),
                (Some(_), None) => {}
                (None, _) => {
                    first.insert(topic, kept.len());
                    kept.push(item);
                }
            }
        }
        for (index, mut lines) in others {
            let own = kept[index].span.and_then(&line);
            let in_options = lines.iter().filter(|line| line.is_none()).count();
            lines.retain(|line| line.is_some() && *line != own);
            lines.dedup();
            let lines: Vec<usize> = lines.into_iter().flatten().collect();
            let more = lines.len().saturating_sub(MAX_LINES);
            let mut shown: Vec<String> =
                lines.iter().take(MAX_LINES).map(usize::to_string).collect();
            if more > 0 {
                shown.push(format!("{more} more"));
            }
            match lines.len() {
                0 => {}
                1 => kept[index].hints.push(format!("the same on line {}", lines[0])),
                _ => kept[index].hints.push(format!("the same on lines {}", listed(&shown))),
            }
            if in_options > 0 {
                kept[index].hints.push("the same in another option of the command".to_owned());
            }
        }
        self.items = kept;
        self.errors = self.items.iter().filter(|item| item.severity() == Severity::Error).count();
    }

    /// Puts errors before warnings, each in file order, and drops repetitions.
    pub fn settle(&mut self) {
        self.items.sort_by(|a, b| {
            (a.severity(), a.span, a.code, &a.message).cmp(&(
                b.severity(),
                b.span,
                b.code,
                &b.message,
            ))
        });
        self.items.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.message == b.message);
        let errors = self.items.iter().filter(|item| item.severity() == Severity::Error);
        self.errors = errors.count();
    }
}
