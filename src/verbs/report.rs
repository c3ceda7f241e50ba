//! The charts and the page of an answer, from its tables.

use super::answer::Ask;
use super::folder::RunFolder;
use super::tables::Tables;
use super::verb::with_question;
use crate::chart::ChartError;
use crate::report::{ChartKind, FirstChart, PageError, Picture, Played, Scene, VerbPage, page};
use crate::store::StoreError;

/// A function that draws all charts of one kind from the scene and the tables.
pub type ChartDrawer<T> = fn(&Scene<'_>, &T) -> Result<Vec<Picture>, ChartError>;

/// A function that makes the chart of the page's first screen; `None` where there is nothing to show.
pub type FirstDrawer<T> = fn(&Scene<'_>, &T) -> Option<FirstChart>;

/// A question whose answer can be drawn.
pub trait Draw: Ask {
    /// The kinds of charts that the verb draws, in the order in which they are shown.
    const CHARTS: &'static [(ChartKind, ChartDrawer<Self::Tables>)];

    /// The chart of the page's first screen.
    const FIRST: FirstDrawer<Self::Tables>;

    /// The verb's own part of the page.
    fn page(&self, scene: &Scene<'_>, tables: &Self::Tables) -> VerbPage;
}

/// Why an answer could not be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// A table of the folder is missing or not what it should be.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Numbers that cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The page could not be written.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// The kinds of charts that a verb draws.
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
    let page = whole_page(question, &scene, tables, &pictures)?;
    Ok((pictures, page))
}

/// The page of an answer whose charts are drawn.
///
/// # Errors
///
/// The page could not be written.
pub fn whole_page<Q: Draw>(
    question: &Q,
    scene: &Scene<'_>,
    tables: &Q::Tables,
    pictures: &[Picture],
) -> Result<String, PageError> {
    let first = Q::FIRST(scene, tables);
    page(scene, question.page(scene, tables), first.as_ref(), pictures)
}

impl RunFolder {
    /// The charts of the folder, drawn again from its tables.
    ///
    /// # Errors
    ///
    /// A table that does not fit what was played, or numbers that cannot be drawn.
    pub fn pictures(&self) -> Result<Vec<Picture>, DrawError> {
        fn of<Q: Draw>(_: &Q, folder: &RunFolder) -> Result<Vec<Picture>, DrawError> {
            let played = folder.played();
            let tables = Q::Tables::read(&folder.records, &played)?;
            Ok(pictures::<Q>(&Scene::new(played), &tables, None)?)
        }
        with_question!(&self.manifest.question, question => of(question, self))
    }
}
