//! Colours: the palette, what a scenario may say of them, and what ink can be read on them.

use super::theme::{ACCENT, INK, PAPER};

/// A colour without transparency: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// The colours of Okabe and Ito (2008), which people with the common colour deficiencies can tell
/// apart. Adjusted for white paper: yellow, which cannot be seen on white, is a dark ochre; orange,
/// sky blue and purple are a shade darker; black is slate.
pub(super) const PALETTE: [(&str, Colour); 8] = [
    ("blue", Colour(0x00, 0x72, 0xB2)),
    ("vermilion", Colour(0xD5, 0x5E, 0x00)),
    ("green", Colour(0x00, 0x9E, 0x73)),
    ("purple", Colour(0xBF, 0x64, 0x99)),
    ("orange", Colour(0xE0, 0x98, 0x00)),
    ("sky", Colour(0x45, 0xA5, 0xDC)),
    ("ochre", Colour(0x7D, 0x6B, 0x00)),
    ("slate", Colour(0x56, 0x60, 0x6C)),
];

impl Colour {
    /// What no outcome claims: trials that ended unresolved.
    pub const UNRESOLVED: Colour = Colour(0x9A, 0xA3, 0xAD);
    /// Trials that are not over yet.
    pub const OPEN: Colour = Colour(0xE6, 0xE9, 0xED);

    /// The names of the palette, in its order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PALETTE.iter().map(|(name, _)| *name)
    }

    /// The colour of series `index`: the palette in its order; past the eighth, the colours come
    /// again darker, then lighter.
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

    /// A colour for each of a row of series: those that claim one have it. The others have that of
    /// their place in the palette; where somebody claims it, the first that nobody has.
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
            // 24 colours differ; past them, they come again.
            let free = (0..24).map(Colour::series).find(|c| !colours.contains(&Some(*c)));
            colours[index] = free.or(Some(Colour::series(index)));
        }
        colours.into_iter().flatten().collect()
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// The same hue dark enough for text on white (at least 4.5 to 1).
pub(super) fn text_colour(colour: Colour) -> Colour {
    (0..=10)
        .map(|k| mix(colour, INK, f64::from(k) / 10.0))
        .find(|c| contrast_on_white(*c) >= 4.5)
        .unwrap_or(INK)
}

/// `share` of a colour on paper: 0 is paper, 1 the colour itself.
pub(super) fn tint(colour: Colour, share: f64) -> Colour {
    mix(PAPER, colour, share.clamp(0.0, 1.0))
}

/// The ink for text on a filled area, at least 4.5 to 1: the preferred one where it suffices, else
/// the usual ink or paper white, else black.
pub(super) fn ink_on(background: Colour, preferred: Colour) -> Colour {
    // Black or white always reaches 4.58.
    [preferred, INK, PAPER]
        .into_iter()
        .find(|ink| contrast(*ink, background) >= 4.5)
        .unwrap_or(Colour(0, 0, 0))
}

/// The shade of a heat map: from paper at 0 to a deep accent at 1.
///
/// At three quarters it leaps over the few shades on which neither the usual ink nor white can be
/// read: black is hard to tell from them at a small size.
pub(super) fn heat(share: f64) -> Colour {
    const LEAP: f64 = 0.75;
    if share <= LEAP {
        return tint(ACCENT, share / LEAP * 0.76);
    }
    mix(tint(ACCENT, 0.94), mix(ACCENT, INK, 0.45), ((share - LEAP) / (1.0 - LEAP)).min(1.0))
}

/// `share` of `other` in `base`.
fn mix(base: Colour, other: Colour, share: f64) -> Colour {
    let channel =
        |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    Colour(channel(base.0, other.0), channel(base.1, other.1), channel(base.2, other.2))
}

/// Contrast with white after WCAG 2.1, with its gamma of 2.4 taken as 2. Colours count as somewhat
/// lighter than they are, which errs on the side of darker text, and no function of the platform's
/// mathematics library is called.
fn contrast_on_white(colour: Colour) -> f64 {
    let linear = |c: u8| (f64::from(c) / 255.0) * (f64::from(c) / 255.0);
    let luminance =
        0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2);
    1.05 / (luminance + 0.05)
}

/// Contrast of two colours after WCAG 2.1.
fn contrast(a: Colour, b: Colour) -> f64 {
    let luminance =
        |c: Colour| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2) + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// The light that a channel of sRGB stands for. The power of 2.4 is a square times a fifth root,
/// and the root is Newton's, so that no function of the platform's mathematics library is called.
fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 {
        return channel / 12.92;
    }
    let base = (channel + 0.055) / 1.055;
    let square = base * base;
    let root = (0..16).fold(1.0_f64, |root, _| {
        let fourth = root * root * root * root;
        root - (fourth * root - square) / (5.0 * fourth)
    });
    square * root
}

/// Contrast by its definition, with the platform's power function, which tests may use.
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "an oracle for tests")]
pub(super) fn exact_contrast(a: Colour, b: Colour) -> f64 {
    let linear = |c: u8| match f64::from(c) / 255.0 {
        c if c <= 0.04045 => c / 12.92,
        c => ((c + 0.055) / 1.055).powf(2.4),
    };
    let luminance =
        |c: Colour| 0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2) + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
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
    fn text_in_a_series_colour_can_be_read_on_white() {
        for k in 0..24 {
            assert!(contrast_on_white(text_colour(Colour::series(k))) >= 4.5);
        }
    }

    #[test]
    fn text_can_be_read_on_every_series_colour_and_every_tint_of_it() {
        for k in 0..24 {
            for share in 0..=100 {
                let fill = tint(Colour::series(k), f64::from(share) / 100.0);
                for preferred in [INK, PAPER] {
                    let contrast = exact_contrast(fill, ink_on(fill, preferred));
                    assert!(contrast >= 4.5, "{k} {share} {fill:?} {contrast}");
                }
            }
        }
    }

    #[test]
    fn every_shade_of_a_heat_map_takes_ink_or_white_and_more_is_darker() {
        let shades: Vec<Colour> = (0..=1000).map(|k| heat(f64::from(k) / 1000.0)).collect();
        for pair in shades.windows(2) {
            assert!([INK, PAPER].contains(&ink_on(pair[0], INK)), "{pair:?}");
            assert!(exact_contrast(pair[1], PAPER) >= exact_contrast(pair[0], PAPER));
        }
    }

    #[test]
    fn the_preferred_ink_is_taken_where_it_suffices() {
        assert_eq!(ink_on(Colour::series(0), PAPER), PAPER);
        assert_eq!(ink_on(PAPER, PAPER), INK);
        assert_eq!(ink_on(Colour::series(5), PAPER), INK);
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
