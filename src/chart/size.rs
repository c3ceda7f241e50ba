//! The size at which a chart is asked for.

use std::str::FromStr;

/// Sizes that have a name.
const NAMED: [(&str, Size); 3] = [
    ("slide", Size { width: 1600, height: 900 }),
    ("page", Size { width: 1200, height: 1600 }),
    ("square", Size { width: 1200, height: 1200 }),
];
/// The longest side, in pixels.
const LONGEST: u32 = 8_000;
/// The shortest.
const SHORTEST: u32 = 50;

/// The width and height of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

impl FromStr for Size {
    type Err = String;

    /// Reads `1600x900`, or the name of a size.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, size)) = NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(*size);
        }
        let side =
            |side: &str| side.parse().ok().filter(|side| (SHORTEST..=LONGEST).contains(side));
        let sides = text.split_once('x').and_then(|(w, h)| Some((side(w)?, side(h)?)));
        let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
        let (width, height) = sides.ok_or_else(|| {
            format!(
                "expected a size such as 1600x900, each side from {SHORTEST} to {LONGEST}, or one of {}",
                names.join(", ")
            )
        })?;
        Ok(Size { width, height })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_what_is_none_is_refused() {
        assert_eq!("1600x900".parse(), Ok(Size { width: 1600, height: 900 }));
        assert_eq!("slide".parse(), Ok(Size { width: 1600, height: 900 }));
        for wrong in ["", "x", "1600", "1600x", "0x900", "9000x900", "1600X900", "-1x9", "slyde"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
