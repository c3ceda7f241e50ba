//! How one text differs from another, as a reader sees it: the lines that change, with those around them.

use serde::Serialize;

/// How many lines are shown around a change.
const AROUND: usize = 3;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LineIs {
    Kept,
    Added,
    Removed,
}

/// A line of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ChangedLine {
    /// Its number in the new text, of a line that is removed in the old one, from 1.
    pub line: usize,
    pub text: String,
    pub is: LineIs,
}

/// How many lines at the start, and how many at the end, two texts have in common.
pub(super) fn common(old: &[&str], new: &[&str]) -> (usize, usize) {
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - first;
    let back = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    (first, back.min(most))
}

/// The lines from the first to the last that change.
pub(super) fn changed_lines(old: &str, new: &str) -> Vec<ChangedLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let (first, last) = common(&old, &new);
    let line =
        |(at, text): (usize, &&str), is| ChangedLine { line: at + 1, text: (*text).to_owned(), is };
    let part = |lines: &[&str], from: usize, to: usize, is| -> Vec<ChangedLine> {
        lines
            .iter()
            .enumerate()
            .take(to)
            .skip(from)
            .map(|each| line((each.0, each.1), is))
            .collect()
    };
    let (old_end, new_end) = (old.len() - last, new.len() - last);
    let mut shown = part(&new, first.saturating_sub(AROUND), first, LineIs::Kept);
    shown.extend(part(&old, first, old_end, LineIs::Removed));
    shown.extend(part(&new, first, new_end, LineIs::Added));
    shown.extend(part(&new, new_end, (new_end + AROUND).min(new.len()), LineIs::Kept));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_insertion_is_shown_with_the_lines_around_it() {
        let shown = changed_lines("a\nb\nc\nd\ne\n", "a\nb\nc\nd\nx\ny\ne\n");
        let words: Vec<(usize, &str, LineIs)> =
            shown.iter().map(|own| (own.line, own.text.as_str(), own.is)).collect();
        let kept = LineIs::Kept;
        let expected = [
            (2, "b", kept),
            (3, "c", kept),
            (4, "d", kept),
            (5, "x", LineIs::Added),
            (6, "y", LineIs::Added),
            (7, "e", kept),
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn what_is_replaced_is_shown_before_what_takes_its_place() {
        let shown = changed_lines("a\nb\n", "a\nc\n");
        assert_eq!(shown.len(), 3);
        assert_eq!([shown[1].is, shown[2].is], [LineIs::Removed, LineIs::Added]);
        assert!(changed_lines("a\na\n", "a\na\na\n").iter().any(|own| own.is == LineIs::Added));
    }
}
