//! Words and figures that terminal, charts and page say alike.

/// A name as a person would write it: `border_guard` is `border guard`.
pub(super) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// A text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A difference of shares in percentage points, with its sign and one decimal; no sign where there
/// is nothing left of the difference.
pub fn points(difference: f64) -> String {
    match format!("{:+.1}", 100.0 * difference).as_str() {
        "+0.0" | "-0.0" => "0.0".to_owned(),
        shown => shown.replace('-', "\u{2212}"),
    }
}

/// An interval of such differences.
pub fn points_range(low: f64, high: f64) -> String {
    format!("{} to {}", points(low), points(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign_unless_nothing_is_left_of_them() {
        assert_eq!([points(-0.0001), points(0.0), points(0.0004)], ["0.0", "0.0", "0.0"]);
        assert_eq!([points(-0.03), points(0.123)], ["\u{2212}3.0", "+12.3"]);
        assert_eq!(points_range(-0.01, 0.02), "\u{2212}1.0 to +2.0");
    }

    #[test]
    fn names_read_as_words() {
        assert_eq!(capital(&spaced("border_guard")), "Border guard");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
    }
}
