//! The charts of a run folder, from its tables.
//!
//! Charts are functions of what is in the folder: manifest, tables and scenario. Verbs that play
//! draw by reading back what they have just written, so a chart that is drawn again later has the
//! same bytes.

mod differences;
mod ends;
mod levers;
mod moves;
mod outcomes;
mod policies;
mod regret;
mod scene;
mod series;
#[cfg(test)]
mod tests;

pub(super) use scene::outcome_names;

use super::picture::{Kind, Picture};
use crate::chart::ChartError;
use crate::diagnostic::Diagnostics;
use crate::model::Document;
use crate::store::{Manifest, Records, StoreError};
use scene::Scene;

/// Why charts could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// A file of the folder is missing or not what it should be.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// Numbers that cannot be drawn.
    #[error("{0}")]
    Chart(#[from] ChartError),
    /// The scenario in the folder has mistakes.
    #[error("the scenario in the folder has mistakes")]
    Scenario(Box<Diagnostics>),
    /// A verb that leaves nothing to draw.
    #[error("there are no charts of `{0}`")]
    Verb(String),
}

/// Draws the charts of a run folder, or only those of some kinds, in the order of [`Kind::ALL`].
/// `documents` are the scenario files in the folder: the one that was played, and in a comparison
/// of two files the other.
///
/// # Errors
///
/// [`DrawError`].
pub fn draw(
    manifest: &Manifest,
    records: &Records,
    documents: &[&Document],
    only: Option<&[Kind]>,
) -> Result<Vec<Picture>, DrawError> {
    let scene = Scene::new(manifest, records, documents)?;
    let wanted = |kind: Kind| only.is_none_or(|only| only.contains(&kind));
    let mut pictures = Vec::new();
    for kind in kinds(&manifest.verb)?.iter().copied().filter(|kind| wanted(*kind)) {
        pictures.extend(match kind {
            Kind::Outcomes => outcomes::outcomes(&scene)?,
            Kind::Spread => outcomes::spread(&scene)?,
            Kind::Buildup => series::buildup(&scene)?,
            Kind::Fan => series::fans(&scene)?,
            Kind::Shares => series::shares(&scene)?,
            Kind::EndMeasure => ends::ends(&scene)?,
            Kind::Moves => moves::moves(&scene)?,
            Kind::OutcomesByPolicy => policies::by_policy(&scene)?,
            Kind::OutcomesByWorld => policies::by_world(&scene)?,
            Kind::Forest => differences::forests(&scene)?,
            Kind::Flips => differences::flips(&scene)?,
            Kind::Regret => regret::regrets(&scene)?,
            Kind::Levers => levers::levers(&scene)?,
        });
    }
    Ok(pictures)
}

/// The kinds of charts that a verb leaves.
///
/// # Errors
///
/// A verb that leaves none.
pub fn kinds(verb: &str) -> Result<&'static [Kind], DrawError> {
    match verb {
        "run" => Ok(&[
            Kind::Outcomes,
            Kind::Spread,
            Kind::Buildup,
            Kind::Fan,
            Kind::Shares,
            Kind::EndMeasure,
            Kind::Moves,
        ]),
        "compare" => Ok(&[
            Kind::OutcomesByPolicy,
            Kind::OutcomesByWorld,
            Kind::Forest,
            Kind::Flips,
            Kind::Regret,
        ]),
        "levers" => Ok(&[Kind::Levers]),
        other => Err(DrawError::Verb(other.to_owned())),
    }
}
