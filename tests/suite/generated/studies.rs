//! Whole studies of a model, played in different ways that must give the same results: numbers of
//! threads, sizes of blocks, chunks of imagined lanes, CPU paths.

use std::convert::Infallible;
use std::fmt::Write as _;

use demarche::engine::{Engine, Lanes, Path, TrialBlock};
use demarche::model::Model;
use demarche::study::{Plan, Stopped, Tally, play_side_by_side};

use super::STUDIED;

/// A way to play a study.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    pub threads: usize,
    pub block: u64,
    pub chunk: usize,
    pub path: Path,
}

const THREADS: [usize; 3] = [1, 2, 8];
/// Numbers of trials in a block and of imagined lanes in a chunk: one, odd, a power of two, and not
/// a multiple of the lane width.
const SIZES: [usize; 4] = [1, 7, 128, 300];

/// The CPU paths that this machine supports.
pub fn paths() -> Vec<Path> {
    Path::ALL.into_iter().filter(|path| path.available()).collect()
}

/// The ways in which a case is played: every CPU path with every block size, combined with numbers
/// of threads and chunk sizes that differ from case to case.
pub fn ways(case: u32) -> Vec<Way> {
    let case = case as usize;
    paths()
        .into_iter()
        .flat_map(|path| {
            (0..SIZES.len()).map(move |way| Way {
                threads: THREADS[(case + way) % THREADS.len()],
                block: SIZES[way] as u64,
                chunk: SIZES[(case / THREADS.len() + way) % SIZES.len()],
                path,
            })
        })
        .collect()
}

/// Some of these ways: every block size, each on one CPU path. Which path it is differs from case to case, so that over
/// 36 studies in a row each of three paths meets every size, number of threads and chunk size.
pub fn some_ways(case: u32) -> Vec<Way> {
    let study = (case / STUDIED) as usize;
    let (paths, shift) = (paths().len(), study / (THREADS.len() * SIZES.len()));
    let is_its = |at: usize| (at / SIZES.len() + at % SIZES.len() + shift).is_multiple_of(paths);
    let all = ways(case).into_iter().enumerate();
    all.filter(|(at, _)| is_its(*at)).map(|(_, way)| way).collect()
}

/// The exact results of a study as text: the summary of the trials and the row of every trial, or
/// how the study stopped.
pub fn study(model: &Model, trials: u64, way: Way) -> String {
    let lanes = Lanes::new(model, 7).expect("not too large").on(way.path).in_chunks(way.chunk);
    let engines = [Engine::Lanes(Box::new(lanes))];
    let plan = Plan {
        seed: 7,
        trials,
        threads: Some(way.threads),
        block: Some(way.block),
        ..Plan::default()
    };
    let mut tally = Tally::new(model);
    let mut rows = Rows::new(model);
    let played = play_side_by_side(&engines, plan, &(), |wave| {
        tally.add(&wave[0]);
        wave[0].iter().for_each(|leaf| rows.add(leaf));
        Ok::<(), Infallible>(())
    });
    match played {
        Ok(()) => format!("{:?}\n{}", tally.finish(), rows.text),
        Err(Stopped::Accident { accident, which }) => format!("{accident:?} in {which}"),
        Err(other) => panic!("{other}"),
    }
}

/// The rows of trials as text, one line each, so that the text does not depend on where blocks end.
struct Rows<'m> {
    model: &'m Model,
    text: String,
}

impl<'m> Rows<'m> {
    fn new(model: &'m Model) -> Self {
        Rows { model, text: String::new() }
    }

    fn add(&mut self, leaf: &TrialBlock) {
        let rows = self.model.truth.steps as usize + 1;
        for row in 0..leaf.len {
            let trial = leaf.first + row as u64;
            let (outcome, step) = (leaf.outcomes[row], leaf.end_steps[row]);
            let _ = write!(self.text, "{trial} {outcome} {step}:");
            let assumptions = (0..self.model.assumptions.len()).map(|at| leaf.assumption(at)[row]);
            let columns = self.model.states.len() + self.model.measures.len();
            let series = (0..columns)
                .flat_map(|column| (0..rows).map(move |at| leaf.recorded(column, at, rows)[row]));
            for value in assumptions.chain(series) {
                let _ = write!(self.text, " {:x}", value.to_bits());
            }
            self.text.push('\n');
        }
    }
}

/// Where two texts first differ.
pub fn first_difference(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    match lines {
        Some((a, b)) => {
            let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
            let around = |text: &str| -> String {
                text.chars().skip(same.saturating_sub(80)).take(160).collect()
            };
            format!("\n  {}\n  {}", around(a), around(b))
        }
        None => format!("{} lines and {}", a.lines().count(), b.lines().count()),
    }
}
