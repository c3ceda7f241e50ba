//! An observer of a run that also keeps parts of it.

use crate::study::{PartKeeper, Progress, Watch};

/// An observer, and who keeps parts of what it observes, if anybody does.
pub struct Kept<'k> {
    /// The observer.
    pub watch: &'k dyn Watch,
    /// Who keeps parts, or has some.
    pub keeper: Option<&'k dyn PartKeeper>,
}

impl Watch for Kept<'_> {
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
