//! Where the bins of an input lie on a horizontal axis.

use super::scale::Scale;
use crate::format::number;

/// How far an outermost bin may reach beyond the others, as a part of what those span: the rest is
/// cut off. With 20 bins of equal probability, this shows a uniform input whole and a normal one from
/// about its 1st to its 99th percentile.
const REACH: f64 = 0.2;
/// The same as a multiple of the widest of the others: if it reaches less far, it is shown whole.
const WIDER: f64 = 1.25;
/// The narrower half of the bins takes at least this part of an axis of values. Otherwise all bins
/// are drawn equally wide.
const SQUEEZED: f64 = 0.12;

/// A horizontal axis with the place of each bin; a place is a part of the width, from 0 to 1.
pub(super) struct CurveAxis {
    /// The left and right edge of each bin.
    pub spans: Vec<(f64, f64)>,
    /// Where ticks stand, with their labels.
    pub ticks: Vec<(f64, String)>,
    /// Whether the bins are drawn as single points.
    pub is_points: bool,
    /// Whether the bins are drawn equally wide although their values are not.
    pub is_uneven: bool,
    /// Whether values at the left end, and at the right end, are cut off.
    pub is_cut: (bool, bool),
}

impl CurveAxis {
    /// An axis of labels in their order, which are points.
    pub fn labels(labels: &[String]) -> Self {
        let count = labels.len() as f64;
        let spans: Vec<(f64, f64)> =
            (0..labels.len()).map(|k| (k as f64 / count, (k as f64 + 1.0) / count)).collect();
        let ticks = spans.iter().zip(labels).map(|(span, label)| (middle(*span), label.clone()));
        Self {
            ticks: ticks.collect(),
            spans,
            is_points: true,
            is_uneven: false,
            is_cut: (false, false),
        }
    }

    /// An axis of bins, each from a low to a high value, in ascending order. The first low and the
    /// last high value may be infinite. If a bin has no width, the bins are points.
    pub fn ranges(bins: &[(f64, f64)]) -> Self {
        let is_points = bins.iter().any(|(low, high)| low >= high);
        let (low, high) = shown(bins);
        let place = |value: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let spans: Vec<(f64, f64)> = bins.iter().map(|(l, h)| (place(*l), place(*h))).collect();
        let widths: Vec<f64> = if is_points {
            spans.windows(2).map(|w| middle(w[1]) - middle(w[0])).filter(|gap| *gap > 0.0).collect()
        } else {
            spans.iter().map(|(low, high)| high - low).collect()
        };
        if is_squeezed(widths) {
            return Self::even(bins, is_points);
        }
        // Points at the ends keep some distance from the edges.
        let inset = if is_points { 0.06 } else { 0.0 };
        let inside = |part: f64| inset + part * (1.0 - 2.0 * inset);
        let scale = Scale::around([low, high]);
        let mut ticks: Vec<(f64, String)> = scale
            .ticks()
            .into_iter()
            .zip(scale.labels())
            .filter(|(tick, _)| (low..=high).contains(tick))
            .map(|(tick, label)| (inside(place(tick)), label))
            .collect();
        if ticks.len() < 2 {
            ticks = vec![(inside(0.0), number(low)), (inside(1.0), number(high))];
        }
        Self {
            spans: spans.into_iter().map(|(l, h)| (inside(l), inside(h))).collect(),
            ticks,
            is_points,
            is_uneven: false,
            is_cut: (
                bins.first().is_some_and(|bin| bin.0 < low),
                bins.last().is_some_and(|bin| bin.1 > high),
            ),
        }
    }

    /// An axis on which all bins are equally wide, with ticks where they meet or, if they are points,
    /// at them.
    fn even(bins: &[(f64, f64)], is_points: bool) -> Self {
        let count = bins.len() as f64;
        let spans: Vec<(f64, f64)> =
            (0..bins.len()).map(|k| (k as f64 / count, (k as f64 + 1.0) / count)).collect();
        let ticks: Vec<(f64, String)> = if is_points {
            bins.iter().zip(&spans).map(|(bin, span)| (middle(*span), number(bin.0))).collect()
        } else {
            let last = bins.last().map(|bin| (1.0, number(bin.1)));
            let lows = bins.iter().zip(&spans).map(|(bin, span)| (span.0, number(bin.0)));
            lows.chain(last).collect()
        };
        Self { spans, ticks, is_points, is_uneven: true, is_cut: (false, false) }
    }

    /// The middle of a bin.
    pub fn middle(&self, bin: usize) -> f64 {
        middle(self.spans[bin])
    }
}

/// The middle of a span, without overflow.
fn middle((low, high): (f64, f64)) -> f64 {
    low / 2.0 + high / 2.0
}

/// The values between which bins are shown: their ends, but for the outermost where they reach far.
fn shown(bins: &[(f64, f64)]) -> (f64, f64) {
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else {
        return (0.0, 1.0);
    };
    let (mut low, mut high) = (first.0, last.1);
    if bins.len() > 1 {
        let (inner_low, inner_high) = (first.1, last.0);
        let ends = [low, inner_low, inner_high, high].into_iter().filter(|end| end.is_finite());
        let finite: Vec<f64> = ends.collect();
        let spread = finite[finite.len() - 1] - finite[0];
        let inner = inner_high - inner_low;
        let widths = bins[1..bins.len() - 1].iter().map(|(low, high)| high - low);
        let widest = widths.fold(0.0, f64::max);
        let reach = match inner > 0.0 {
            true => (REACH * inner).max(WIDER * widest),
            false => spread.max(inner_low.abs() * 0.1),
        };
        low = low.max(inner_low - reach);
        high = high.min(inner_high + reach);
    } else {
        let anchor = [low, high].into_iter().find(|end| end.is_finite()).unwrap_or(0.0);
        let reach = anchor.abs().max(1.0);
        (low, high) = (low.max(anchor - reach), high.min(anchor + reach));
    }
    if high - low > f64::EPSILON * low.abs().max(high.abs()) {
        return (low, high);
    }
    let reach = (low.abs() * 0.1).max(f64::MIN_POSITIVE * 1e12);
    (low - reach, high + reach)
}

/// Whether the narrower half of at least four widths takes too little of the axis.
fn is_squeezed(mut widths: Vec<f64>) -> bool {
    widths.sort_by(f64::total_cmp);
    let narrow: f64 = widths.iter().take(widths.len() / 2).sum();
    widths.len() >= 4 && narrow < SQUEEZED
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(edges: impl IntoIterator<Item = f64>) -> Vec<(f64, f64)> {
        let edges: Vec<f64> = edges.into_iter().collect();
        edges.windows(2).map(|w| (w[0], w[1])).collect()
    }

    #[test]
    fn a_uniform_input_is_shown_whole() {
        let axis = CurveAxis::ranges(&bins((0..=20).map(|k| f64::from(k) / 20.0)));
        assert_eq!((axis.spans[0].0, axis.spans[19].1), (0.0, 1.0));
        assert_eq!((axis.is_uneven, axis.is_points, axis.is_cut), (false, false, (false, false)));
        assert!((axis.middle(9) - 0.475).abs() < 1e-12);
        let labels: Vec<&str> = axis.ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    }

    #[test]
    fn ends_that_reach_far_are_cut_off() {
        let edges = [f64::NEG_INFINITY, -2.0, -1.0, 0.0, 1.0, 2.0, 400.0];
        let axis = CurveAxis::ranges(&bins(edges));
        assert_eq!(axis.is_cut, (true, true));
        assert!(!axis.is_uneven);
        assert!(axis.spans.iter().all(|(low, high)| high - low > 0.1), "{:?}", axis.spans);
    }

    #[test]
    fn bins_that_would_be_squeezed_are_drawn_equally_wide() {
        let edges = (0..=20).map(|k| (1_u64 << (2 * k)) as f64).chain([f64::INFINITY]);
        let axis = CurveAxis::ranges(&bins(edges));
        assert!(axis.is_uneven);
        assert_eq!(axis.ticks.len(), 22);
        assert_eq!(axis.ticks[2].1, "16");
        assert_eq!(axis.ticks[21].1, "∞");
        let width = axis.spans[3].1 - axis.spans[3].0;
        assert!((width - 1.0 / 21.0).abs() < 1e-12);
    }

    #[test]
    fn whole_numbers_and_labels_are_points() {
        let axis = CurveAxis::ranges(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (5.0, 5.0)]);
        assert!(axis.is_points && !axis.is_uneven);
        assert!(axis.spans[0].0 > 0.0 && axis.spans[3].1 < 1.0);
        let axis = CurveAxis::labels(&["low".to_owned(), "high".to_owned()]);
        assert_eq!(axis.ticks, [(0.25, "low".to_owned()), (0.75, "high".to_owned())]);
    }

    #[test]
    fn any_bins_have_places() {
        let all = f64::NEG_INFINITY..f64::INFINITY;
        for bins in [
            vec![],
            vec![(0.0, 0.0)],
            vec![(3.0, 3.0); 20],
            vec![(all.start, all.end)],
            vec![(all.start, 0.0), (0.0, all.end)],
            vec![(all.start, 5.0), (5.0, all.end)],
            vec![(0.0, 1e-300), (1e-300, 2e-300), (2e-300, 1.0)],
            vec![(-1e299, 0.0), (0.0, 1e299), (1e299, all.end)],
        ] {
            let axis = CurveAxis::ranges(&bins);
            assert_eq!(axis.spans.len(), bins.len());
            let parts = axis.spans.iter().flat_map(|(low, high)| [*low, *high]);
            let mut parts = parts.chain(axis.ticks.iter().map(|(part, _)| *part));
            assert!(parts.all(|part| (0.0..=1.0).contains(&part)), "{bins:?}: {:?}", axis.spans);
            assert!(!axis.ticks.is_empty());
        }
    }
}
