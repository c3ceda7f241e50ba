//! How a question is carried out.

use crate::engine::EngineKind;
use crate::study::Plan;
use crate::verbs::Question;

/// What trials are played with; nothing here changes a result.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resources {
    /// How many threads to use; `None` is one per core.
    pub threads: Option<u16>,
    /// How many trials are played in one block; `None` chooses by their number.
    pub block: Option<u64>,
    /// The engine that plays them.
    pub engine: EngineKind,
}

impl Resources {
    /// How many threads there are.
    pub fn thread_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(cores, usize::from)
    }

    /// The plan of which trials to play for a settled question, and with what.
    pub(super) fn plan<Q: Question>(&self, question: &Q) -> Plan {
        Plan {
            seed: question.luck().seed,
            trials: question.trials(),
            threads: self.threads.map(usize::from),
            block: self.block,
            engine: self.engine,
            ..Plan::default()
        }
    }
}
