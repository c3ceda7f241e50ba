//! The charts and the page of an answer, from its tables.

use super::answer::Ask;
use crate::chart::ChartError;
use crate::report::{ChartKind, PageError, Picture, Played, Scene, VerbPage, page};

/// A chart or several of one kind: drawn from what was played and the tables.
pub type ChartDrawer<T> = fn(&Scene<'_>, &T) -> Result<Vec<Picture>, ChartError>;

/// A question whose answer can be drawn.
pub trait Draw: Ask {
    /// The charts that the verb leaves, by kind, in the order in which they are shown.
    const CHARTS: &'static [(ChartKind, ChartDrawer<Self::Tables>)];

    /// What stands on the page.
    fn page(&self, scene: &Scene<'_>, tables: &Self::Tables) -> VerbPage;
}

/// Why an answer could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// Numbers that cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// There is no page.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// The kinds of charts that a verb leaves.
pub fn kinds<Q: Draw>() -> Vec<ChartKind> {
    Q::CHARTS.iter().map(|(kind, _)| *kind).collect()
}

/// The charts of an answer, or only those of some kinds.
///
/// # Errors
///
/// Numbers that cannot be drawn.
pub fn pictures<Q: Draw>(
    scene: &Scene<'_>,
    tables: &Q::Tables,
    only: Option<&[ChartKind]>,
) -> Result<Vec<Picture>, ChartError> {
    let mut pictures = Vec::new();
    for (kind, draw) in Q::CHARTS {
        if only.is_none_or(|only| only.contains(kind)) {
            pictures.extend(draw(scene, tables)?);
        }
    }
    Ok(pictures)
}

/// All charts of an answer, and the page around them.
///
/// # Errors
///
/// [`DrawError`].
pub fn drawn<Q: Draw>(
    question: &Q,
    played: Played<'_>,
    tables: &Q::Tables,
) -> Result<(Vec<Picture>, String), DrawError> {
    let scene = Scene::new(played);
    let pictures = pictures::<Q>(&scene, tables, None)?;
    let page = page(&scene, question.page(&scene, tables), &pictures)?;
    Ok((pictures, page))
}
