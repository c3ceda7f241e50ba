//! Which colours of a heat map stand for which values.

use super::colour::Colour;
use super::shades::{heat, tint};
use super::theme::ACCENT;

/// The darkest shade of a difference, so that ink can be read on it.
const STRONGEST: f64 = 0.72;
/// The colour of negative differences.
const LESS: Colour = Colour(0xD5, 0x5E, 0x00);

/// Which colour stands for which value.
pub(super) struct HeatShades {
    low: f64,
    high: f64,
    is_difference: bool,
}

impl HeatShades {
    /// Shades for values: from their smallest to their largest or, if zero means "no difference", as
    /// far to both sides of it.
    pub fn new(values: impl Iterator<Item = f64> + Clone, is_difference: bool) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        if is_difference {
            let reach = low.abs().max(high.abs());
            return Self { low: -reach, high: reach, is_difference };
        }
        // Values that are not far from zero, relative to their spread, are shaded from zero on.
        let low = if low > 0.0 && low < high * 0.4 { 0.0 } else { low };
        Self { low, high, is_difference }
    }

    /// The colour for a value.
    pub fn colour(&self, value: f64) -> Colour {
        if self.is_difference {
            let part = if self.high > 0.0 { (value / self.high).clamp(-1.0, 1.0) } else { 0.0 };
            let colour = if part < 0.0 { LESS } else { ACCENT };
            return tint(colour, part.abs() * STRONGEST);
        }
        let spread = self.high / 2.0 - self.low / 2.0;
        let part = if spread > 0.0 { (value / 2.0 - self.low / 2.0) / spread } else { 0.5 };
        heat(part.clamp(0.0, 1.0))
    }

    /// Values that the legend shows.
    pub fn samples(&self) -> Vec<f64> {
        if self.low == self.high {
            return vec![self.low];
        }
        let part = |k: u32| {
            let share = f64::from(k) / 4.0;
            self.low * (1.0 - share) + self.high * share
        };
        (0..=4).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour::exact_contrast;
    use super::super::shades::ink_on;
    use super::super::theme::{INK, PAPER};
    use super::*;

    #[test]
    fn zero_is_white_and_figures_can_be_read_on_every_shade() {
        let shades = HeatShades::new([-1.0, 0.4].into_iter(), true);
        assert_eq!(shades.colour(0.0), PAPER);
        assert_ne!(shades.colour(0.01), shades.colour(-0.01));
        for k in -100..=100 {
            let fill = shades.colour(f64::from(k) / 100.0);
            assert!(exact_contrast(ink_on(fill, INK), fill) >= 4.5, "{k}");
        }
    }

    #[test]
    fn plain_values_are_shaded_from_zero_if_it_is_near() {
        let samples = |values: [f64; 2]| HeatShades::new(values.into_iter(), false).samples();
        assert_eq!(samples([0.2, 0.8]), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8]);
        assert_eq!(samples([60.0, 80.0])[0], 60.0);
        assert_eq!(samples([3.0, 3.0]), [3.0]);
        let shades = HeatShades::new([-1e300, 1e300].into_iter(), false);
        assert_eq!(shades.colour(1e300), heat(1.0));
        assert!(shades.samples().iter().all(|value| value.is_finite()));
    }
}
