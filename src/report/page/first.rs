//! The chart on the first screen, laid out as boxes on an axis from 0 to 100 %.

use super::view::{FirstBarView, FirstView};
use super::words;
use crate::chart::OutcomeName;
use crate::format::{
    number, number_range, percent, percent_range, points, points_range, unsigned_points,
    unsigned_points_range,
};
use crate::report::first_chart::{FirstBar, FirstChart, FirstMeasure};

/// The ends that an axis of shares may have.
const ENDS: [f64; 8] = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 1.0];

/// The part of an axis of differences that stays free at its ends.
const MARGIN: f64 = 0.04;

/// The chart with the places of its boxes.
pub(super) fn first(chart: &FirstChart) -> FirstView {
    let (low, high) = axis(chart);
    let place = |value: f64| 100.0 * ((value - low) / (high - low)).clamp(0.0, 1.0);
    FirstView {
        heading: words::title(&chart.heading),
        note: words::paragraph(&chart.note),
        zero: place(0.0),
        end: match chart.measure {
            FirstMeasure::Shares => Some(percent(high).replace(".0", "")),
            FirstMeasure::Differences => None,
            FirstMeasure::Sizes => Some(format!("{} points", unsigned_points(high))),
            FirstMeasure::Scores => Some(number(high)),
        },
        bars: chart.bars.iter().map(|bar| laid_out(bar, chart.measure, place)).collect(),
    }
}

/// The ends of the axis.
fn axis(chart: &FirstChart) -> (f64, f64) {
    let all = chart.bars.iter().flat_map(|bar| [bar.value, bar.interval.0, bar.interval.1]);
    let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    match chart.measure {
        FirstMeasure::Shares => (0.0, ENDS.into_iter().find(|end| high <= *end).unwrap_or(1.0)),
        FirstMeasure::Sizes | FirstMeasure::Scores => (0.0, high.max(0.001)),
        FirstMeasure::Differences => {
            let free = MARGIN * (high - low).max(0.001);
            (low - free, high + free)
        }
    }
}

fn laid_out(bar: &FirstBar, measure: FirstMeasure, place: impl Fn(f64) -> f64) -> FirstBarView {
    let OutcomeName { id, label, colour } = &bar.outcome;
    let (low, high) = bar.interval;
    let (zero, end) = (place(0.0), place(bar.value));
    FirstBarView {
        label: bar.label.as_deref().map(words::title),
        place: bar.place.as_deref().map(words::title),
        outcome: id.clone(),
        title: words::title(label),
        colour: colour.to_string(),
        value: match measure {
            FirstMeasure::Shares => percent(bar.value),
            FirstMeasure::Differences => points(bar.value),
            FirstMeasure::Sizes => unsigned_points(bar.value),
            FirstMeasure::Scores => number(bar.value),
        },
        interval: (low < high).then(|| match measure {
            FirstMeasure::Shares => percent_range(low, high),
            FirstMeasure::Differences => points_range(low, high),
            FirstMeasure::Sizes => unsigned_points_range(low, high),
            FirstMeasure::Scores => number_range(low, high),
        }),
        left: zero.min(end),
        width: (end - zero).abs(),
        low: place(low),
        reach: place(high) - place(low),
        is_clear: bar.is_clear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Colour;

    fn chart(measure: FirstMeasure, numbers: &[(f64, f64, f64)]) -> FirstView {
        let bar = |(value, low, high): &(f64, f64, f64)| FirstBar {
            label: None,
            place: None,
            outcome: OutcomeName {
                id: "war".to_owned(),
                label: "War".to_owned(),
                colour: Colour::series(0),
            },
            value: *value,
            interval: (*low, *high),
            is_clear: true,
        };
        let bars = numbers.iter().map(bar).collect();
        first(&FirstChart { heading: String::new(), note: String::new(), measure, bars })
    }

    #[test]
    fn shares_start_at_zero_and_end_at_a_round_number() {
        let view = chart(FirstMeasure::Shares, &[(0.25, 0.2, 0.3), (0.1, 0.1, 0.1)]);
        assert_eq!(view.end.as_deref(), Some("50 %"));
        assert_eq!(view.zero, 0.0);
        let [bar, exact] = &view.bars[..] else { panic!("two bars") };
        assert_eq!((bar.left, bar.width, bar.low), (0.0, 50.0, 40.0));
        assert_eq!(bar.interval.as_deref(), Some("20.0 to 30.0 %"));
        assert_eq!(exact.interval, None);
        let rare = chart(FirstMeasure::Shares, &[(3e-5, 1e-5, 6e-5)]);
        assert_eq!(rare.end.as_deref(), Some("1 %"));
        assert_eq!(rare.bars[0].value, "<0.01 %");
    }

    #[test]
    fn sizes_start_at_zero_and_have_no_sign() {
        let view = chart(FirstMeasure::Sizes, &[(0.3, 0.1, 0.5), (0.0, 0.0, 0.1)]);
        assert_eq!((view.end.as_deref(), view.zero), (Some("50.0 points"), 0.0));
        let bar = &view.bars[0];
        assert_eq!((bar.left, bar.value.as_str()), (0.0, "30.0"));
        assert!((bar.width - 60.0).abs() < 1e-9 && bar.interval.as_deref() == Some("10.0 to 50.0"));
        assert_eq!(view.bars[1].width, 0.0);
    }

    #[test]
    fn scores_begin_at_zero_and_end_at_the_worst() {
        let view = chart(FirstMeasure::Scores, &[(0.5, 0.4, 0.6), (0.8, 0.8, 0.8)]);
        assert_eq!(view.end.as_deref(), Some("0.8"));
        assert_eq!(view.bars[0].value, "0.5");
        assert_eq!(view.bars[0].interval.as_deref(), Some("0.4 to 0.6"));
        assert_eq!(view.bars[1].interval, None);
        assert!((view.bars[1].width - 100.0).abs() < 1e-9);
    }

    #[test]
    fn differences_lie_on_both_sides_of_zero() {
        let view = chart(FirstMeasure::Differences, &[(-0.1, -0.2, -0.05), (0.1, 0.05, 0.2)]);
        let [less, more] = &view.bars[..] else { panic!("two bars") };
        assert!((view.zero - 50.0).abs() < 1e-9);
        assert!((less.left + less.width - view.zero).abs() < 1e-9 && less.width > 20.0);
        assert!((more.left - view.zero).abs() < 1e-9 && more.low > view.zero);
        assert_eq!((less.value.as_str(), more.value.as_str()), ("−10.0", "+10.0"));
        assert!(chart(FirstMeasure::Differences, &[(0.0, 0.0, 0.0)]).bars[0].width < 1e-9);
    }
}
