//! Blocks of trials that are being played, in the order in which they are wanted.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::thread;

use super::stopped::Stopped;
use crate::engine::NumericalError;

/// A block as a thread returns it; `None` if it was interrupted.
pub(super) type PlayedBlock<B> = Result<Option<B>, Box<NumericalError>>;

/// A block that a thread has finished.
pub(super) struct Finished<B> {
    /// The number of its row.
    pub row: usize,
    /// The engine that played it.
    pub engine: usize,
    /// The block, or the panic that it ended in.
    pub played: thread::Result<PlayedBlock<B>>,
}

/// Rows of blocks, begun in the order of their trials and finished in any order. A row holds the blocks of
/// the same trials, one for each engine.
pub(super) struct BlockLine<B> {
    engines: usize,
    /// How many rows were handed out.
    handed_out: usize,
    rows: VecDeque<Vec<Option<PlayedBlock<B>>>>,
}

impl<B> BlockLine<B> {
    /// No rows yet, for so many engines.
    pub fn new(engines: usize) -> Self {
        BlockLine { engines, handed_out: 0, rows: VecDeque::new() }
    }

    /// How many rows were begun and not yet handed out.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Begins a row and says its number.
    pub fn begin(&mut self) -> usize {
        self.rows.push_back((0..self.engines).map(|_| None).collect());
        self.handed_out + self.rows.len() - 1
    }

    /// Notes a block that was finished. If it ended in a panic, that goes on here.
    pub fn note(&mut self, finished: Finished<B>) {
        let Finished { row, engine, played } = finished;
        let played = played.unwrap_or_else(|panic| resume_unwind(panic));
        self.rows[row - self.handed_out][engine] = Some(played);
    }

    /// Whether the first `rows` rows, or all that there are, are finished.
    pub fn is_played(&self, rows: usize) -> bool {
        self.rows.iter().take(rows).flatten().all(Option::is_some)
    }

    /// How many rows are finished before the first that is not.
    pub fn played(&self) -> usize {
        self.rows.iter().take_while(|row| row.iter().all(Option::is_some)).count()
    }

    /// Hands out the first `rows` rows, which must be finished, or all that there are: for each engine, its
    /// blocks.
    ///
    /// # Errors
    ///
    /// [`Stopped`], if one of them was; a numerical error is that of the first trial that has one.
    pub fn hand_out<E>(&mut self, rows: usize) -> Result<Vec<Vec<B>>, Stopped<E>> {
        let mut blocks: Vec<Vec<B>> = (0..self.engines).map(|_| Vec::new()).collect();
        for row in self.rows.drain(..rows.min(self.rows.len())) {
            self.handed_out += 1;
            let accidents = row.iter().enumerate().filter_map(|(which, played)| match played {
                Some(Err(accident)) => Some((accident.trial, which)),
                Some(Ok(_)) | None => None,
            });
            let first = accidents.min();
            for (which, played) in row.into_iter().enumerate() {
                match played.expect("the row is finished") {
                    Err(accident) if first.is_some_and(|(_, first)| first == which) => {
                        return Err(Stopped::Accident { accident, which });
                    }
                    Ok(None) if first.is_none() => return Err(Stopped::Interrupted),
                    Ok(Some(block)) => blocks[which].push(block),
                    Ok(None) | Err(_) => {}
                }
            }
        }
        Ok(blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::TrialBlock;

    fn note(
        line: &mut BlockLine<TrialBlock>,
        row: usize,
        engine: usize,
        played: PlayedBlock<TrialBlock>,
    ) {
        line.note(Finished { row, engine, played: Ok(played) });
    }

    fn block(first: u64) -> PlayedBlock<TrialBlock> {
        Ok(Some(TrialBlock { first, ..TrialBlock::default() }))
    }

    fn accident(trial: u64) -> PlayedBlock<TrialBlock> {
        let text = "format = 1\n[scenario]\nsteps = 1\n[state]\nx = { start = 0 }\n\
                    [laws]\nx = '1 / x'\n";
        let document = crate::model::Document::read("t.toml", text.as_bytes());
        let model = document.model("none", "base").expect("sound");
        let engine = crate::engine::Reference::new(&model, 1);
        Err(engine.block(trial, 1, &|| true).expect_err("a division by zero"))
    }

    fn line(rows: Vec<[PlayedBlock<TrialBlock>; 2]>) -> BlockLine<TrialBlock> {
        let mut line = BlockLine::new(2);
        for [a, b] in rows {
            let row = line.begin();
            note(&mut line, row, 1, b);
            note(&mut line, row, 0, a);
        }
        line
    }

    #[test]
    fn rows_are_handed_out_in_order_whenever_they_are_finished() {
        let mut line = BlockLine::new(1);
        let rows = [line.begin(), line.begin(), line.begin()];
        note(&mut line, rows[1], 0, block(10));
        assert!(!line.is_played(1) && line.played() == 0);
        note(&mut line, rows[0], 0, block(0));
        assert!(line.is_played(2) && !line.is_played(3) && line.played() == 2);
        let firsts = |blocks: Vec<Vec<TrialBlock>>| -> Vec<u64> {
            blocks[0].iter().map(|block| block.first).collect()
        };
        assert_eq!(line.hand_out::<()>(2).map(firsts).expect("no accident"), [0, 10]);
        assert_eq!((line.len(), line.begin()), (1, 3));
        note(&mut line, rows[2], 0, block(20));
        note(&mut line, 3, 0, block(30));
        assert_eq!(line.hand_out::<()>(9).map(firsts).expect("no accident"), [20, 30]);
    }

    #[test]
    fn of_several_accidents_that_of_the_first_trial_is_told() {
        let told = |rows| match line(rows).hand_out::<()>(9) {
            Err(Stopped::Accident { accident, which }) => Some((accident.trial, which)),
            Err(_) | Ok(_) => None,
        };
        assert_eq!(told(vec![[accident(7), accident(5)]]), Some((5, 1)));
        assert_eq!(told(vec![[accident(5), accident(5)]]), Some((5, 0)));
        assert_eq!(told(vec![[Ok(None), accident(5)]]), Some((5, 1)));
        assert_eq!(told(vec![[block(0), block(0)], [accident(9), block(8)]]), Some((9, 0)));
        assert_eq!(told(vec![[block(0), Ok(None)], [accident(9), block(8)]]), None);
    }

    #[test]
    fn what_was_interrupted_is_told() {
        let stopped = line(vec![[block(0), Ok(None)]]).hand_out::<()>(1);
        assert!(matches!(stopped, Err(Stopped::Interrupted)));
    }
}
