//! The colours of outcomes and series, and how a scenario file names them.

use super::colour::{Colour, mix};
use super::theme::{ACCENT, INK, PAPER};

/// The colours of Okabe and Ito (2008), which people with the common colour deficiencies can tell
/// apart, adjusted for white paper: yellow, which cannot be seen on white, is a dark ochre; orange,
/// sky blue and purple are a shade darker; black is slate.
const PALETTE: [(&str, Colour); 8] = [
    ("blue", ACCENT),
    ("vermilion", Colour(0xD5, 0x5E, 0x00)),
    ("green", Colour(0x00, 0x9E, 0x73)),
    ("purple", Colour(0xBF, 0x64, 0x99)),
    ("orange", Colour(0xE0, 0x98, 0x00)),
    ("sky", Colour(0x45, 0xA5, 0xDC)),
    ("ochre", Colour(0x7D, 0x6B, 0x00)),
    ("slate", Colour(0x56, 0x60, 0x6C)),
];

impl Colour {
    /// The names of the palette, in its order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PALETTE.iter().map(|(name, _)| *name)
    }

    /// The colour of the series with this index, from 0: the palette in its order, then its colours
    /// darker, then lighter, then again.
    pub fn series(index: usize) -> Self {
        let base = PALETTE[index % PALETTE.len()].1;
        match index / PALETTE.len() % 3 {
            0 => base,
            1 => mix(base, INK, 0.45),
            _ => mix(base, PAPER, 0.35),
        }
    }

    /// A colour as a person writes it: `#rrggbb`, or a name of the palette.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche::chart::Colour;
    ///
    /// assert_eq!(Colour::read("#0072b2"), Colour::read("blue"));
    /// assert_eq!(Colour::read("infrared"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        if let Some((_, colour)) = PALETTE.iter().find(|(name, _)| *name == text) {
            return Some(*colour);
        }
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Colour(channel(0)?, channel(2)?, channel(4)?))
    }

    /// A colour for each of several series. A series with a colour of its own in `claimed` gets that
    /// colour. Every other one gets the palette's colour for its index or, if that is taken, the first
    /// one that is free.
    pub fn assign(claimed: &[Option<Colour>]) -> Vec<Colour> {
        let own = |(index, claim): (usize, &Option<Colour>)| {
            let usual = Colour::series(index);
            claim.or_else(|| (!claimed.contains(&Some(usual))).then_some(usual))
        };
        let mut colours: Vec<Option<Colour>> = claimed.iter().enumerate().map(own).collect();
        for index in 0..colours.len() {
            if colours[index].is_some() {
                continue;
            }
            // The first 24 colours differ from each other.
            let free = (0..24).map(Colour::series).find(|c| !colours.contains(&Some(*c)));
            colours[index] = free.or(Some(Colour::series(index)));
        }
        colours.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_keeps_its_colour_and_the_first_24_differ() {
        let colours: Vec<_> = (0..24).map(Colour::series).collect();
        for (i, a) in colours.iter().enumerate() {
            assert_eq!(*a, Colour::series(i));
            assert!(!colours[..i].contains(a), "colour {i} came before");
        }
        assert_eq!(Colour::series(usize::MAX), Colour::series(usize::MAX));
    }

    #[test]
    fn a_colour_is_read_as_it_is_written() {
        assert_eq!(Colour::read("#d55e00"), Colour::read("vermilion"));
        assert_eq!(Colour::read("#D55E00").map(|c| c.to_string()), Some("#D55E00".to_owned()));
        for wrong in ["", "#", "#12345", "#1234567", "#12345g", "#+12345", "Blue", "#äää"] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_claimed_colour_moves_only_whoever_would_have_had_it() {
        let series = Colour::series;
        assert_eq!(Colour::assign(&[None, None]), [series(0), series(1)]);
        let claimed = [Some(series(1)), None, None, Some(Colour(1, 2, 3))];
        assert_eq!(Colour::assign(&claimed), [series(1), series(0), series(2), Colour(1, 2, 3)]);
        assert_eq!(Colour::assign(&[None; 40]).len(), 40);
    }
}
