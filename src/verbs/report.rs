//! The charts and the page of an answer, from its tables.

use super::answer::Ask;
use super::folder::RunFolder;
use super::tables::Tables;
use super::verb::with_question;
use crate::chart::ChartError;
use crate::report::{ChartKind, FirstChart, PageError, Picture, Scene, VerbPage, page};
use crate::store::{DistinctNames, StoreError};

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

/// The kinds of charts that a verb draws.
pub fn kinds<Q: Draw>() -> Vec<ChartKind> {
    Q::CHARTS.iter().map(|(kind, _)| *kind).collect()
}

/// The charts of an answer, and what is said of those that could not be drawn.
#[derive(Clone, Debug, Default)]
pub struct Gallery {
    /// The charts, each with a file name of its own.
    pub pictures: Vec<Picture>,
    /// A warning for each chart that could not be drawn and is left out.
    pub warnings: Vec<String>,
}

impl Gallery {
    /// Leaves out all charts but those of some kinds, and the warnings with them.
    #[must_use]
    pub fn only(self, kinds: &[ChartKind]) -> Self {
        let pictures = self.pictures.into_iter().filter(|own| kinds.contains(&own.kind));
        Gallery { pictures: pictures.collect(), ..self }
    }
}

/// The charts of an answer.
///
/// All kinds are drawn, so that a chart has the same file name whichever kinds are asked for. What
/// cannot be drawn costs nothing else: it is left out with a warning.
pub fn gallery<Q: Draw>(scene: &Scene<'_>, tables: &Q::Tables) -> Gallery {
    let mut gallery = Gallery::default();
    let mut names = DistinctNames::default();
    for (kind, draw) in Q::CHARTS {
        match draw(scene, tables) {
            Ok(pictures) => {
                for mut picture in pictures {
                    match picture.missing.take() {
                        Some(error) => gallery.warnings.push(left_out(&picture.name, &error)),
                        None => {
                            picture.name = names.next(&picture.name);
                            gallery.pictures.push(picture);
                        }
                    }
                }
            }
            Err(error) => {
                let what = format!("all charts of the kind `{kind}`");
                gallery.warnings.push(format!("{what} are left out: {error}"));
            }
        }
    }
    gallery
}

/// The warning that a chart is left out.
pub fn left_out(chart: &str, why: &impl std::fmt::Display) -> String {
    format!("the chart `{chart}` is left out: {why}")
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
    /// A table that does not fit what was played.
    pub fn pictures(&self) -> Result<Vec<Picture>, StoreError> {
        fn of<Q: Draw>(_: &Q, folder: &RunFolder) -> Result<Vec<Picture>, StoreError> {
            let played = folder.played();
            let tables = Q::Tables::read(&folder.records, &played)?;
            Ok(gallery::<Q>(&Scene::new(played), &tables).pictures)
        }
        with_question!(&self.manifest.question, question => of(question, self))
    }
}
