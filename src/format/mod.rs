//! Numbers as people read them: one number, one text.
//!
//! Every number that a reader sees in the terminal, in a chart or on the page is written by a
//! function of this module, so that the same quantity reads the same everywhere. Numbers for
//! programs (CSV, Parquet, JSON, coordinates in SVG) are not written here: they keep all their
//! digits.
//!
//! | quantity | function | reads |
//! |---|---|---|
//! | a count | [`count`], [`counted`], [`short_count`] | `12,000`, `1 trial`, `12.3k` |
//! | a share of a whole | [`percent`], [`percent_range`] | `41.3 %`, `39.1 to 43.5 %` |
//! | how often something happens | [`of_hundred`], [`of_hundred_span`] | `12 of 100 trials`, `8 to 12 of 100 trials` |
//! | a rough share | [`whole_percent`], [`whole_percent_range`] | `41 %`, `39 to 44 %` |
//! | a difference of shares, in percentage points | [`points`], [`points_range`] | `+3.2`, `+1.1 to +5.4` |
//! | the size of such a difference | [`unsigned_points`], [`unsigned_points_range`] | `3.2`, `1.1 to 5.4` |
//! | any other number | [`number`], [`number_range`] | `0.0031`, `1,250`, `1.2×10¹²` |
//! | a duration | [`seconds`] | `12.3 s` |
//! | about how long, and other estimates | [`rough_time`], [`two_digits`] | `5.3 ms`, `16 min`, `190,000` |
//! | no value, and an unknown value | [`NOTHING`], [`UNKNOWN`] | `–`, `?` |
//!
//! A [`Quantity`] is a number together with which of these it is.
//!
//! The rules:
//!
//! 1. **Signs.** Minus is `−` (U+2212), never a hyphen. Only differences have a plus sign.
//! 2. **Thousands** are separated by commas, the decimal sign is a point.
//! 3. **Digits.** Shares have one decimal, and two below one per cent. Percentage points have one
//!    decimal, and two where one would leave less than 0.1. Other numbers have three significant
//!    digits, and are whole from a thousand on; from a billion on and below 0.0001 they are written
//!    with a power of ten.
//! 4. **Zero is `0`, and nothing else is.** What is not zero but would be rounded to it is written
//!    as less than the last digit: `<0.01 %`, `<1 %`, `+<0.01`, `−<0.01`. A share that is not quite
//!    100 % but would be rounded to it is `>99.9 %`. A share or difference within 10⁻¹² of 0 or 100 %
//!    counts as equal to it: the rest is rounding error.
//! 5. **A range** is its two ends, each written as it would be alone, signs included, with `to`
//!    between them and the unit once; if both would read the same although they differ, with as many
//!    more digits as tell them apart: `49.99 to 50.01 %`. Where a sentence gives the values of several things, from the
//!    smallest to the largest, and both have the same text, only one number is written
//!    ([`points_span`], [`unsigned_points_span`], [`number_span`]).
//! 6. **The ticks of an axis** all have the same number of decimals ([`tick_labels`],
//!    [`percent_tick_labels`], [`point_tick_labels`]). Only there may a number have other digits than
//!    elsewhere.
//! 7. **Not a number** is `?`, infinity is `∞`.
//!
//! Powers of ten come from the standard library's decimal formatting and parsing, which are exact:
//! `log10` and `powf` may differ between platforms.

mod count;
mod difference;
mod digits;
mod duration;
mod frequency;
mod list;
mod marks;
mod number;
mod quantity;
mod share;
mod ticks;

pub use count::{count, counted, short_count};
pub use difference::{
    points, points_range, points_span, unsigned_points, unsigned_points_range, unsigned_points_span,
};
#[cfg(feature = "report")]
pub(crate) use digits::exponent;
pub use duration::{rate, rough_time, seconds, two_digits};
pub use frequency::{among_hundred_span, of_hundred, of_hundred_span};
pub use list::listed;
pub use marks::{one_line, printable, sets_direction};
pub use number::{number, number_range, number_span};
pub use quantity::Quantity;
pub use share::{
    bare_percent, bare_percent_range, bare_whole_percent, percent, percent_range, whole_percent,
    whole_percent_range,
};
pub use ticks::{percent_tick_labels, point_tick_labels, tick_labels};

/// The text that stands where there is no value.
pub const NOTHING: &str = "–";

/// The text of a number that is not known.
pub const UNKNOWN: &str = "?";

/// A range from the texts of its two ends, with `to` between them.
fn range(low: String, high: String) -> String {
    format!("{low} to {high}")
}

/// The most digits that are added to tell the ends of a range apart.
const MOST_EXTRA: usize = 6;

/// A range of two numbers, each written with so many more digits than alone that they can be told
/// apart: with none, unless both have the same text although they differ.
fn told_apart(low: f64, high: f64, text: impl Fn(f64, usize) -> String) -> String {
    let extra = (0..=MOST_EXTRA).find(|extra| text(low, *extra) != text(high, *extra));
    let extra = extra.unwrap_or(0);
    range(text(low, extra), text(high, extra))
}
