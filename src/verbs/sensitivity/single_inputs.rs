//! What single inputs do to a result, in words: the effects of a screening, and one input at a time.

use super::tables::{MorrisRow, OneAtATimeRow};
use super::words::{NAMED, SensitivityWords};
use crate::format::{count, listed, number, unsigned_points};
use crate::verbs::titles::said;

impl SensitivityWords<'_> {
    /// What moves a result most in a screening.
    pub fn moved(&self, of: &str) -> String {
        let target = said(&self.names.target(of));
        let mut rows = self.morris(of);
        rows.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star));
        let Some((first, others)) = rows.split_first() else {
            return format!("No input moves {target}: it was the same at all points.");
        };
        let name = |row: &MorrisRow| said(&self.names.shown(&row.input, None));
        let by = self.effect(of, first);
        if others.iter().all(|other| other.mu_star_high < first.mu_star_low) {
            return format!(
                "{} moves {target} most: {by} from end to end on average.",
                name(first)
            );
        }
        let tied = rows.iter().filter(|row| row.mu_star_high >= first.mu_star_low);
        let tied: Vec<String> = tied.map(|row| name(row)).collect();
        match tied.len() {
            few if few <= NAMED => format!(
                "{} move {target} most, {by} from end to end at most; which of them more is not told \
                 apart.",
                listed(&tied)
            ),
            many => format!(
                "{} moves {target} most, {by} from end to end on average, but it is not told apart from {} \
                 others.",
                name(first),
                count(many as u64 - 1)
            ),
        }
    }

    /// The mean size of an effect, with its unit and interval.
    pub fn effect(&self, of: &str, row: &MorrisRow) -> String {
        let (value, low, high) = (row.mu_star, row.mu_star_low, row.mu_star_high);
        match self.is_share(of) {
            true => format!(
                "{} points ({} to {})",
                unsigned_points(value),
                unsigned_points(low),
                unsigned_points(high)
            ),
            false => format!("{} ({} to {})", number(value), number(low), number(high)),
        }
    }

    /// What one input at a time does to a result.
    pub fn swung(&self, of: &str) -> String {
        let target = said(&self.names.target(of));
        let mut all = self.points(of);
        all.sort_by(|a, b| width(b).total_cmp(&width(a)));
        let Some(first) = all.first() else { return String::new() };
        if !is_moved(first) {
            return format!(
                "By itself, no input moves {target} by more than chance allows, all others at their \
                 medians."
            );
        }
        let name = said(&self.names.shown(&first[0].input, None));
        let (least, _) = bounds(first);
        let tied = all[1..].iter().filter(|rows| bounds(rows).1 >= least).count() as u64;
        let tied = match tied {
            0 => String::new(),
            1 => "; it is not told apart from one other".to_owned(),
            some => format!("; it is not told apart from {} others", count(some)),
        };
        format!(
            "{name} moves {target} most: from {} to {} as it goes from its 10th to its 90th percentile, all \
             others at their medians{tied}.",
            self.level(of, first[0].share),
            self.level(of, first[2].share)
        )
    }
}

/// How far a result moves from the lowest percentile of an input to its highest.
pub(super) fn width(rows: &[&OneAtATimeRow; 3]) -> f64 {
    (rows[2].share - rows[0].share).abs()
}

/// The least and the greatest distance by which a result may move from the lowest percentile of an input to
/// its highest, if the intervals at both hold.
fn bounds(rows: &[&OneAtATimeRow; 3]) -> (f64, f64) {
    let ends = |row: &OneAtATimeRow| row.mc_low.zip(row.mc_high);
    match (ends(rows[0]), ends(rows[2])) {
        (Some(low), Some(high)) => {
            let least = (high.0 - low.1).max(low.0 - high.1).max(0.0);
            (least, (high.1 - low.0).max(low.1 - high.0))
        }
        (None, _) | (_, None) => (0.0, f64::INFINITY),
    }
}

/// Whether the intervals at both ends do not touch.
pub(super) fn is_moved(rows: &[&OneAtATimeRow; 3]) -> bool {
    bounds(rows).0 > 0.0
}
