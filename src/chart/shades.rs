//! Shades of a colour, and the text colour that can be read on them.

use super::colour::{Colour, contrast, contrast_on_white, mix};
use super::theme::{ACCENT, INK, PAPER};

/// The colour, darkened until text in it can be read on white: a contrast of at least 4.5 to 1.
pub(super) fn text_colour(colour: Colour) -> Colour {
    (0..=10)
        .map(|k| mix(colour, INK, f64::from(k) / 10.0))
        .find(|c| contrast_on_white(*c) >= 4.5)
        .unwrap_or(INK)
}

/// A colour mixed with white: 0 is white, 1 the colour itself.
pub(super) fn tint(colour: Colour, share: f64) -> Colour {
    mix(PAPER, colour, share.clamp(0.0, 1.0))
}

/// The colour of text on a filled area, with a contrast of at least 4.5 to 1: the preferred one if
/// that suffices, else the usual ink or white, else black.
pub(super) fn ink_on(background: Colour, preferred: Colour) -> Colour {
    // Black or white always reaches 4.58.
    [preferred, INK, PAPER]
        .into_iter()
        .find(|ink| contrast(*ink, background) >= 4.5)
        .unwrap_or(Colour(0, 0, 0))
}

/// The shade of a cell of a heat map: from white at 0 to a deep blue at 1.
///
/// At 0.75 it skips the few shades on which neither the usual ink nor white can be read. Black
/// could, but small black letters are hard to tell from a dark background.
pub(super) fn heat(share: f64) -> Colour {
    const LEAP: f64 = 0.75;
    if share <= LEAP {
        return tint(ACCENT, share / LEAP * 0.76);
    }
    mix(tint(ACCENT, 0.94), mix(ACCENT, INK, 0.45), ((share - LEAP) / (1.0 - LEAP)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::colour::exact_contrast;
    use super::*;

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
}
