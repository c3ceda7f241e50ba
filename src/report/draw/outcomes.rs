//! How often each outcome came about, and how far the assumptions move that.

use super::DrawError;
use super::scene::{Scene, left_out, most};
use crate::chart::{
    OutcomeBar, OutcomeChart, ProbabilityChart, Quantiles, SpreadRow, number, percent,
};
use crate::report::picture::{Kind, Picture};
use crate::store::{StoreError, StoredRow};
use crate::study::UNRESOLVED;

/// Bars for the shares of outcomes.
pub(super) fn outcomes(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let mut bars = Vec::new();
    for row in scene.records.table("summary.csv")?.rows() {
        if row.text("outcome")? == UNRESOLVED && row.count("count")? == 0 {
            continue;
        }
        bars.push(OutcomeBar {
            outcome: scene.outcomes()[scene.own_outcome(&row, "outcome")?].clone(),
            share: row.number("share")?,
            low: row.number("mc_low")?,
            high: row.number("mc_high")?,
        });
    }
    let count = bars.len();
    let shown = most(&bars.iter().map(|bar| bar.share).collect::<Vec<_>>());
    let bars: Vec<OutcomeBar> = shown.into_iter().map(|at| bars[at].clone()).collect();
    let mut ranked: Vec<&OutcomeBar> = bars.iter().collect();
    ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
    let title = match ranked.as_slice() {
        [first, second, ..] if second.share > 0.0 => format!(
            "{} in {} of trials; {} in {}",
            first.outcome.label,
            percent(first.share),
            second.outcome.label,
            percent(second.share)
        ),
        [first, ..] => format!("{} in {} of trials", first.outcome.label, percent(first.share)),
        [] => "No outcomes".to_owned(),
    };
    let chart = OutcomeChart {
        title,
        subtitle: format!(
            "{}; whiskers: 95 % interval of the Monte Carlo error alone (Wilson){}",
            scene.under(),
            left_out(bars.len(), count)
        ),
        source: scene.source(),
        bars,
    };
    Ok(vec![Picture::of("outcomes", Kind::Outcomes, &chart)?])
}

/// The spread of each probability over draws of the assumptions, where draws were repeated.
pub(super) fn spread(scene: &Scene<'_>) -> Result<Vec<Picture>, DrawError> {
    let Some(repeats) = scene.manifest.repeats else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let mut draws = 0;
    let shares = shares(scene, repeats)?;
    for row in scene.records.table("uncertainty.csv")?.rows() {
        let outcome = scene.own_outcome(&row, "outcome")?;
        draws = row.count("draws")?;
        let mean = row.number("share")?;
        if row.text("outcome")? == UNRESOLVED && mean == 0.0 {
            continue;
        }
        rows.push(SpreadRow {
            outcome: scene.outcomes()[outcome].clone(),
            counted: quantiles(&row, "raw")?,
            corrected: Some(quantiles(&row, "corrected")?),
            mean,
            points: shares[outcome].clone(),
        });
    }
    let count = rows.len();
    let shown = most(&rows.iter().map(|row| row.mean).collect::<Vec<_>>());
    let rows: Vec<SpreadRow> = shown.into_iter().map(|at| rows[at].clone()).collect();
    let width = |row: &SpreadRow| {
        let shown = row.corrected.as_ref().unwrap_or(&row.counted);
        shown.p95 - shown.p05
    };
    let widest = rows.iter().max_by(|a, b| width(a).total_cmp(&width(b)));
    let title = widest.map_or_else(
        || "No outcomes".to_owned(),
        |row| {
            let shown = row.corrected.as_ref().unwrap_or(&row.counted);
            format!(
                "{}: its probability lies between {} and {} in nine of ten draws of the assumptions",
                row.outcome.label,
                percent(shown.p05),
                percent(shown.p95)
            )
        },
    );
    let chart = ProbabilityChart {
        title,
        subtitle: format!(
            "{} draws of the assumptions, each played {} times, seed {}, policy {}, world {}{}",
            number(draws as f64),
            number(f64::from(repeats)),
            scene.manifest.seed,
            scene.model.policy,
            scene.model.world,
            left_out(rows.len(), count)
        ),
        source: scene.source(),
        rows,
    };
    Ok(vec![Picture::of("probabilities", Kind::Spread, &chart)?])
}

/// The share of each outcome in each draw.
fn shares(scene: &Scene<'_>, repeats: u16) -> Result<Vec<Vec<f64>>, StoreError> {
    let mut shares = vec![Vec::new(); scene.outcomes().len()];
    for row in scene.records.table("draws.csv")?.rows() {
        let (times, draws) = (row.count("times")?, row.count("draws")?);
        if times > u64::from(repeats) {
            return Err(row.wrong("times", "at most the number of repeats"));
        }
        let own: &mut Vec<f64> = &mut shares[scene.own_outcome(&row, "outcome")?];
        if own.len() as u64 + draws > scene.manifest.trials {
            return Err(row.wrong("draws", "at most the number of draws"));
        }
        own.extend((0..draws).map(|_| times as f64 / f64::from(repeats)));
    }
    Ok(shares)
}

fn quantiles(row: &StoredRow<'_>, kind: &str) -> Result<Quantiles, StoreError> {
    let at = |point: &str| row.number(&format!("{kind}_{point}"));
    Ok(Quantiles {
        p05: at("p05")?,
        p25: at("p25")?,
        p50: at("p50")?,
        p75: at("p75")?,
        p95: at("p95")?,
    })
}
