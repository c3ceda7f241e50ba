//! The look: fonts, sizes, colours, and the canvas that charts share.

use plotters::style::RGBColor;

/// Inter Regular (weight 400), OpenType bytes. Its licence (SIL OFL 1.1) lies beside the file.
pub const INTER_REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");

/// Inter SemiBold (weight 600), OpenType bytes. Its licence (SIL OFL 1.1) lies beside the file.
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// What stands in `font-family`: Inter where the reader has it, else the reader's sans-serif font.
pub(super) const FAMILY: &str = "Inter, sans-serif";

/// The name by which the bundled files call themselves.
pub(super) const FAMILY_NAME: &str = "Inter";

/// A colour without transparency.
pub(super) type Colour = RGBColor;

/// Width of every chart, in CSS pixels.
pub(super) const WIDTH: f64 = 800.0;
/// Height of a chart whose content does not ask for another one, in CSS pixels.
pub(super) const HEIGHT: f64 = 450.0;
/// White space left and right, in CSS pixels.
pub(super) const MARGIN: f64 = 24.0;

/// Size of the title, in CSS pixels.
pub(super) const TITLE_SIZE: f64 = 20.0;
/// Size of the subtitle.
pub(super) const SUBTITLE_SIZE: f64 = 13.5;
/// Size of labels that stand beside data.
pub(super) const LABEL_SIZE: f64 = 13.0;
/// Size of tick labels and of the axis name.
pub(super) const TICK_SIZE: f64 = 12.0;
/// Size of the source line.
pub(super) const SOURCE_SIZE: f64 = 11.0;

/// The paper.
pub(super) const PAPER: Colour = RGBColor(255, 255, 255);
/// Titles, labels and values.
pub(super) const INK: Colour = RGBColor(0x1B, 0x24, 0x30);
/// Subtitles, tick labels and everything that should stand back; 5.7 to 1 on white.
pub(super) const MUTED: Colour = RGBColor(0x5B, 0x67, 0x75);
/// Base line of an axis.
pub(super) const AXIS: Colour = RGBColor(0x8A, 0x94, 0xA0);
/// Grid lines.
pub(super) const GRID: Colour = RGBColor(0xE3, 0xE7, 0xEB);

/// The colours of Okabe and Ito (2008), which people with the common colour deficiencies can tell
/// apart. Adjusted for white paper: yellow, which cannot be seen on white, is a dark ochre; orange,
/// sky blue and purple are a shade darker; black is slate.
const SERIES: [Colour; 8] = [
    RGBColor(0x00, 0x72, 0xB2),
    RGBColor(0xD5, 0x5E, 0x00),
    RGBColor(0x00, 0x9E, 0x73),
    RGBColor(0xBF, 0x64, 0x99),
    RGBColor(0xE0, 0x98, 0x00),
    RGBColor(0x45, 0xA5, 0xDC),
    RGBColor(0x7D, 0x6B, 0x00),
    RGBColor(0x56, 0x60, 0x6C),
];

/// Single points that stand far back, below everything else.
pub(super) const POINT: Colour = RGBColor(0xCF, 0xD5, 0xDB);

/// The one colour of a chart that shows one thing.
pub(super) const ACCENT: Colour = SERIES[0];

/// The colour of series `index`. It depends on the index alone, so a series keeps its colour from
/// chart to chart; past the eighth, the colours come again darker, then lighter.
pub(super) fn series_colour(index: usize) -> Colour {
    let base = SERIES[index % SERIES.len()];
    match index / SERIES.len() % 3 {
        0 => base,
        1 => mix(base, INK, 0.45),
        _ => mix(base, PAPER, 0.35),
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
        .unwrap_or(RGBColor(0, 0, 0))
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
    RGBColor(channel(base.0, other.0), channel(base.1, other.1), channel(base.2, other.2))
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
#[allow(clippy::disallowed_methods)]
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
        let colours: Vec<_> = (0..24).map(series_colour).collect();
        for (i, a) in colours.iter().enumerate() {
            assert_eq!(*a, series_colour(i));
            assert!(!colours[..i].contains(a), "colour {i} came before");
        }
        assert_eq!(series_colour(usize::MAX), series_colour(usize::MAX));
    }

    #[test]
    fn text_in_a_series_colour_can_be_read_on_white() {
        for k in 0..24 {
            assert!(contrast_on_white(text_colour(series_colour(k))) >= 4.5);
        }
    }

    #[test]
    fn text_can_be_read_on_every_series_colour_and_every_tint_of_it() {
        for k in 0..24 {
            for share in 0..=100 {
                let fill = tint(series_colour(k), f64::from(share) / 100.0);
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
        assert_eq!(ink_on(series_colour(0), PAPER), PAPER);
        assert_eq!(ink_on(PAPER, PAPER), INK);
        assert_eq!(ink_on(series_colour(5), PAPER), INK);
    }
}
