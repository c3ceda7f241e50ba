//! `report.html`: one page with the question, the results, how certain they are and what they are
//! based on. The file needs no other file and no network.
//!
//! A verb provides the words and tables of its answer as a [`VerbPage`]; the rest of the page is the
//! same for all verbs. The template escapes every text. Text from a scenario also goes through
//! [`words::plain`], which shortens it and removes marks that could change the direction of the text
//! around it.

mod actors;
mod asked;
mod assumptions;
mod bargains;
mod first;
mod method;
mod outcomes;
mod render;
mod rests_on;
mod sections;
mod sources;
mod sparkline;
mod story;
mod table;
mod told;
mod verb_page;
mod view;
pub mod words;

pub use render::PageError;
#[cfg(feature = "serve")]
pub(crate) use render::{FONTS, STYLE};
pub use story::{Story, StoryDetail, StoryMoment, StoryOdds, StoryStep};
pub use table::{PageCell, PageTable};
pub(crate) use told::subject_in_words;
pub use verb_page::{SettledFacts, TimesTaken, VerbPage};

use super::{FirstChart, Picture, Scene};
use crate::diagnostic::{Diagnostics, Severity};
use crate::model::Document;
use crate::report::phrases::capital;
use crate::study::Drawn;
use view::{PageAnswer, PageView, ScenarioView};

/// The largest number of warnings of a file that a page shows.
const WARNINGS: usize = 100;

/// The whole page: the verb's own part with the chart of the first screen, and everything around it.
///
/// # Errors
///
/// A template that cannot be filled.
pub fn page(
    scene: &Scene<'_>,
    verb: VerbPage,
    first_chart: Option<&FirstChart>,
    pictures: &[Picture],
) -> Result<String, PageError> {
    let (played, model) = (&scene.played, scene.model());
    let document = played.file.document;
    let scenario = document
        .scenario_under(&model.policy, &model.world)
        .or_else(|| document.scenario_under(crate::model::NO_POLICY, &model.world))
        .ok_or(PageError::NoScenario)?;
    // Where one trial is told, the distributions are those of all.
    let trials = if verb.story.is_some() { u64::MAX } else { played.trials };
    let drawn = Drawn::of(model, played.seed, trials);
    // What is told of one scenario is not told where there are many.
    let is_one = played.scenarios() == 1;
    let mut points = verb.points;
    if is_one {
        // The last point says what the answer is based on.
        points.push(sources::basis(&scenario, model));
    }
    let of_files = played.files().flat_map(|file| {
        let whose = if is_one { String::new() } else { format!("{}: ", file.name) };
        let own = warnings(file.found, file.document).into_iter();
        own.map(move |line| format!("{whose}{line}"))
    });
    let warned = played.warnings.iter().cloned().chain(of_files);
    render::render(&PageView {
        title: words::title(&played.title()),
        question: verb.question,
        meta: asked::meta(played, &scenario, &verb.trials),
        about: scenario.notes.about.as_deref().filter(|_| is_one).map(words::paragraph),
        facts: asked::facts(played, &scenario, verb.trials),
        choices: if is_one { asked::choices(played, &scenario) } else { Vec::new() },
        answer: PageAnswer {
            lead: verb.lead,
            first: first_chart.map(first::first),
            rests_on: verb.rests_on.as_ref().map(rests_on::rests_on),
            points,
            tables: verb.tables,
            notes: verb.notes,
        },
        outcomes: outcomes::legend(scene, pictures, first_chart.is_some()),
        sections: sections::sections(pictures, first_chart.is_some()),
        method: method::method(played, &verb.times, verb.certainty, verb.story.is_some()),
        story: verb.story,
        scenario: is_one.then(|| ScenarioView {
            assumptions: assumptions::assumptions(&scenario, model, drawn.as_ref()),
            actors: actors::actors(&scenario, drawn.as_ref(), verb.times_taken.as_ref()),
            bargains: bargains::bargains(&scenario, &verb.settled),
            sources: sources::sources(&scenario),
        }),
        warnings: warned
            .map(|line| words::paragraph(&line))
            .map(|line| if is_one { capital(&line) } else { line })
            .collect(),
        reproduce: method::reproduce(played),
    })
}

/// The warnings of a file in words.
fn warnings(found: &Diagnostics, document: &Document) -> Vec<String> {
    found
        .iter()
        .filter(|found| found.severity() == Severity::Warning)
        .take(WARNINGS)
        .map(|found| match found.span.and_then(|span| document.source.line(span)) {
            Some(line) => format!("{} (line {line})", found.message),
            None => found.message.clone(),
        })
        .collect()
}
