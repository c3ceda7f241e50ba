//! Decodes how many plays are imagined: a number, or the least and the most.

use super::super::defaults::{LEAST_IMAGINATIONS, MOST_IMAGINATIONS};
use super::super::tree::{TomlNode, TomlValue};
use super::super::types::Imaginations;
use crate::diagnostic::{Code, Diagnostic};

/// The number of plays under a key, or the least and the most; `None` for a number that is too large
/// to hold, which was reported where the text was read.
///
/// # Errors
///
/// The first thing that is wrong with it.
pub(super) fn read(key: &str, node: &TomlNode) -> Result<Option<Imaginations>, Diagnostic> {
    let (least, most) = (LEAST_IMAGINATIONS, MOST_IMAGINATIONS);
    let wrong = |node: &TomlNode, message: String, label: String| {
        Diagnostic::new(Code::NotWhole, node.span, message).label(label)
    };
    let items = match &node.value {
        TomlValue::Whole(whole) if (1..=i64::from(most)).contains(whole) => {
            return Ok(u32::try_from(*whole).ok().map(Imaginations::fixed));
        }
        TomlValue::TooLarge => return Ok(None),
        TomlValue::Array(items) => items,
        other => {
            let message = match other {
                TomlValue::Whole(whole) => format!("`{key}` cannot be {whole}"),
                TomlValue::Number(_) => {
                    format!("`{key}` takes plain whole numbers, without point or exponent")
                }
                other => format!(
                    "`{key}` takes a plain whole number or a list of two, not {}",
                    other.kind()
                ),
            };
            let label = format!("expected a whole number from 1 to {most}, or `[{least}, 64]`");
            return Err(wrong(node, message, label));
        }
    };
    let [first, last] = items.as_slice() else {
        let message = format!("a list under `{key}` has two numbers, not {}", items.len());
        let label = format!("expected the least and the most, as in `[{least}, 64]`");
        return Err(wrong(node, message, label));
    };
    let mut ends = [0; 2];
    for (end, item) in ends.iter_mut().zip([first, last]) {
        let expected = format!("expected a power of two from {least} to {most}");
        *end = match &item.value {
            TomlValue::Whole(whole) => match u32::try_from(*whole) {
                Ok(plays) if (least..=most).contains(&plays) && plays.is_power_of_two() => plays,
                Ok(plays) if (least..=most).contains(&plays) => {
                    let below = 1 << plays.ilog2();
                    let message = format!("{plays} is not a power of two");
                    let label = format!("expected {below} or {}", (2 * below).min(most));
                    return Err(wrong(item, message, label));
                }
                _ => {
                    let message = format!("a list under `{key}` cannot hold {whole}");
                    return Err(wrong(item, message, expected));
                }
            },
            TomlValue::TooLarge => return Ok(None),
            other => {
                let message = match other {
                    TomlValue::Number(_) => {
                        format!(
                            "a list under `{key}` holds whole numbers, without point or exponent"
                        )
                    }
                    other => {
                        format!("a list under `{key}` holds whole numbers, not {}", other.kind())
                    }
                };
                return Err(wrong(item, message, expected));
            }
        };
    }
    let [least, most] = ends;
    if least > most {
        let message = format!("the least under `{key}` is {least}, above the most, {most}");
        let label = format!("expected the least first: `[{most}, {least}]`");
        return Err(wrong(node, message, label));
    }
    Ok(Some(Imaginations { least, most }))
}
