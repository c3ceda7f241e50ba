//! What all verbs need to present their answers: a description of what was played, and, with the
//! feature `report`, charts and the page.
//!
//! Nothing here depends on a verb. Each verb makes its own charts, and the words and tables of its
//! page, from its tables, with the types and functions of this module.

#[cfg(feature = "report")]
mod first_chart;
#[cfg(feature = "report")]
mod page;
pub(crate) mod phrases;
#[cfg(feature = "report")]
mod picture;
mod played;
#[cfg(feature = "report")]
mod rests_on;
#[cfg(feature = "report")]
mod scene;
#[cfg(feature = "report")]
pub(crate) mod titles;

#[cfg(feature = "report")]
pub use first_chart::{FirstBar, FirstChart, FirstMeasure};
#[cfg(feature = "report")]
pub(crate) use page::subject_in_words;
#[cfg(feature = "serve")]
pub(crate) use page::{FONTS, STYLE};
#[cfg(feature = "report")]
pub use page::{
    PageCell, PageError, PageTable, SettledFacts, Story, StoryDetail, StoryMoment, StoryOdds,
    StoryStep, TimesTaken, VerbPage, page, words,
};
pub(crate) use phrases::{shell, shell_file};
#[cfg(feature = "report")]
pub use picture::{ChartKind, ChartKindText, ChartPlace, Picture};
pub use played::{
    OptionName, Played, PlayedFile, action_name, full_name, option_names, scenario_copies,
    table_names,
};
#[cfg(feature = "report")]
pub use rests_on::{RestsOn, RestsOnItem};
#[cfg(feature = "report")]
pub use scene::{Scene, left_out, most, other_outcomes, outcome_names};
#[cfg(feature = "report")]
pub use titles::{policy_in_words, policy_title, world_in_words, world_title};
