//! What is swept: a path and the values that are put there, one after the other.

use crate::format::{count, counted};
use crate::scenario::{Decimal, evenly_spaced};

use super::value::SweepValue;

/// The most values along one axis.
const MOST: u64 = 1_000;

/// How an axis is written, for messages.
const FORMS: &str = "write \"PATH = 0.1 to 0.9 in 9\" or \"PATH = a, b, c\"";

/// A path and the values that are put there: in ascending order if all are numbers, else as given.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SweptAxis {
    /// The path, as `--set` takes it.
    pub path: String,
    /// The values, at least two, no two of them alike.
    pub values: Vec<SweepValue>,
}

impl SweptAxis {
    /// Reads words such as `assumptions.cost = 0.1 to 0.9 in 9` or `state.phase.start = talks, war`.
    ///
    /// # Errors
    ///
    /// What is wrong with them, in words. Whether the path leads anywhere is not known here.
    pub fn read(words: &str) -> Result<Self, String> {
        let wrong = |why: &str| Err(format!("--vary {words:?}: {why}\n  {FORMS}"));
        let Some((path, values)) = words.split_once('=') else {
            return wrong("there are no values");
        };
        let (path, values) = (path.trim(), values.trim());
        if path.is_empty() {
            return wrong("there is no path");
        }
        if values.is_empty() {
            return wrong("there are no values");
        }
        let values = match spaced(values) {
            Ok(Some(values)) => values,
            Ok(None) => match listed(values) {
                Ok(values) => values,
                Err(why) => return wrong(&why),
            },
            Err(why) => return wrong(&why),
        };
        Ok(SweptAxis { path: path.to_owned(), values })
    }

    /// Whether all values are numbers, so that what lies between two of them has a meaning.
    pub fn is_of_numbers(&self) -> bool {
        self.values.iter().all(|value| value.number().is_some())
    }

    /// The words that set one of the values, as `--set` takes them.
    pub fn setting(&self, at: usize) -> String {
        format!("{} = {}", self.path, self.values[at].written())
    }
}

/// The values of `lo to hi in n`; nothing if the words do not have this form.
fn spaced(words: &str) -> Result<Option<Vec<SweepValue>>, String> {
    let Some((low, rest)) = words.split_once(" to ") else { return Ok(None) };
    let (high, many) = match rest.rsplit_once(" in ") {
        Some((high, many)) => (high, Some(many.trim())),
        None => (rest, None),
    };
    let (Some(low), Some(high)) = (Decimal::read(low), Decimal::read(high)) else {
        return Ok(None);
    };
    let Some(many) = many else {
        let why = format!("`{words}` is one value, a distribution; `{words} in 9` is nine values");
        return Err(why);
    };
    let many = match many.parse::<u64>() {
        Ok(many) if (2..=MOST).contains(&many) => many,
        _ => return Err(format!("`in {many}`: expected 2 to {} values", count(MOST))),
    };
    if low.value() == high.value() {
        return Err(format!("`{words}` begins where it ends"));
    }
    let Some(mut values) = evenly_spaced(low, high, many) else {
        return Err(format!("the numbers of `{words}` have too many digits"));
    };
    values.sort_by(f64::total_cmp);
    Ok(Some(values.into_iter().map(SweepValue::Number).collect()))
}

/// The values of a list, whose commas stand outside all brackets and quotes.
fn listed(words: &str) -> Result<Vec<SweepValue>, String> {
    let mut parts = vec![String::new()];
    let (mut depth, mut quote) = (0_u32, None);
    for letter in words.chars() {
        match (letter, quote) {
            (_, Some(open)) => quote = (letter != open).then_some(open),
            ('\'' | '"', None) => quote = Some(letter),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) => depth = depth.saturating_sub(1),
            (',', None) if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            (_, None) => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    let mut values: Vec<SweepValue> = Vec::new();
    for part in &parts {
        let part = part.trim();
        if part.is_empty() {
            return Err("a value of the list is empty".to_owned());
        }
        let value = SweepValue::of(part);
        if values.contains(&value) {
            return Err(format!("the value `{part}` is given twice"));
        }
        values.push(value);
    }
    let many = values.len() as u64;
    if many < 2 {
        return Err(format!("`{words}` is one value; at least two are needed"));
    }
    if many > MOST {
        return Err(format!("{}, at most {}", counted(many, "value"), count(MOST)));
    }
    if values.iter().all(|value| value.number().is_some()) {
        values.sort_by(|a, b| a.number().unwrap_or(0.0).total_cmp(&b.number().unwrap_or(0.0)));
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &str) -> Vec<String> {
        let axis = SweptAxis::read(words).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(axis.path, "a.b");
        axis.values.iter().map(SweepValue::written).collect()
    }

    #[test]
    fn values_are_spaced_evenly_or_listed() {
        assert_eq!(shown("a.b=0.1 to 0.5 in 5"), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(shown("a.b = 3 to 1 in 3"), ["1", "2", "3"]);
        assert_eq!(shown("a.b = 0% to 50% in 3"), ["0", "0.25", "0.5"]);
        assert_eq!(shown("a.b = -1e20 to 1e20 in 2"), ["-1e20", "1e20"]);
        assert_eq!(shown("a.b = 3, 1, 50%"), ["0.5", "1", "3"]);
        assert_eq!(shown("a.b = war, talks"), ["war", "talks"]);
        assert_eq!(shown("a.b = true,false"), ["true", "false"]);
        assert_eq!(shown("a.b = 0.5, 0.1 to 0.9"), ["0.5", "0.1 to 0.9"]);
        assert_eq!(shown("a.b = beta(2, 3), beta(3, 2)"), ["beta(2, 3)", "beta(3, 2)"]);
        assert_eq!(shown("a.b = [0, 1], [0, 2]"), ["[0, 1]", "[0, 2]"]);
        assert_eq!(shown("a.b = 'x, y', z"), ["'x, y'", "z"]);
        assert!(SweptAxis::read("a.b = 1, 2").expect("an axis").is_of_numbers());
        assert!(!SweptAxis::read("a.b = 1, x").expect("an axis").is_of_numbers());
    }

    #[test]
    fn what_is_wrong_with_an_axis_is_told() {
        for (words, why) in [
            ("a.b", "there are no values"),
            ("a.b = ", "there are no values"),
            ("= 1, 2", "there is no path"),
            ("a.b = 3", "`3` is one value"),
            ("a.b = 0.1 to 0.9", "is one value, a distribution; `0.1 to 0.9 in 9`"),
            ("a.b = 0.1 to 0.9 in 1", "expected 2 to 1,000 values"),
            ("a.b = 0.1 to 0.9 in 1001", "expected 2 to 1,000 values"),
            ("a.b = 0.1 to 0.9 in many", "expected 2 to 1,000 values"),
            ("a.b = 0.5 to 0.5 in 3", "begins where it ends"),
            ("a.b = 1e20 to 1e-20 in 3", "too many digits"),
            ("a.b = 1, 2, 1.0", "`1.0` is given twice"),
            ("a.b = 1,, 2", "is empty"),
        ] {
            let found = SweptAxis::read(words).expect_err(words);
            assert!(found.contains(why) && found.contains("a, b, c"), "{words}: {found}");
        }
    }
}
