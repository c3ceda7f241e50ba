//! The page of `trace`: the trial as a story.

use super::charts::{CHARTS, FIRST};
use super::question::TraceQuestion;
use super::story::story;
use super::tables::TraceTables;
use super::words::TraceWords;
use crate::format::{count, counted};
use crate::report::{ChartKind, Scene, VerbPage};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

impl Draw for TraceQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<TraceTables>)] = CHARTS;
    const FIRST: FirstDrawer<TraceTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &TraceTables) -> VerbPage {
        let trial = &tables.trial;
        let words = TraceWords::new(Titles::for_page(&scene.played), trial);
        let futures = trial.odds.as_ref().map_or(0, |odds| odds.futures);
        let mut played = match &trial.typical {
            Some(typical) => {
                format!("trial {} of {}", count(trial.trial), counted(typical.trials, "trial"))
            }
            None => format!("trial {}", count(trial.trial)),
        };
        if futures > 0 {
            played += &format!(", {} after each step", counted(futures, "future"));
        }
        VerbPage {
            question: "How did this trial go?".to_owned(),
            lead: words.headline(),
            points: words.points(),
            rests_on: None,
            tables: Vec::new(),
            notes: Vec::new(),
            story: Some(story(scene, &words)),
            trials: played,
            times: String::new(),
            certainty: "One trial is one of many ways in which the scenario can go: what is told here happened in \
                        this trial, and how often it happens in all of them a run says. What an actor expected is \
                        what it computed at that moment, from the plays that it imagined; its chances follow from \
                        that exactly. The odds after a step are the shares of outcomes among futures that begin in \
                        the situation as it then really was, with the assumptions of the trial and fresh luck for \
                        all that comes; their 95 % intervals are exact (Clopper–Pearson), each by itself. The \
                        turning point is the step with the largest change of the odds of the outcome that came \
                        about; it is named only if that change is told from none, all steps judged together.",
            times_taken: None,
            settled: Vec::new(),
        }
    }
}
