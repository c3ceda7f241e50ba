//! An observer of a run that also keeps parts of it.

use crate::study::{PartKeeper, Progress, Watch};

/// An observer, and who keeps parts of what it observes, if anybody does.
pub(super) struct Kept<'k, W> {
    pub watch: W,
    pub keeper: Option<&'k dyn PartKeeper>,
}

impl<W: Watch> Watch for Kept<'_, W> {
    fn carry_on(&self) -> bool {
        self.watch.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        self.watch.progress(progress);
    }

    fn keeper(&self) -> Option<&dyn PartKeeper> {
        self.keeper
    }
}
