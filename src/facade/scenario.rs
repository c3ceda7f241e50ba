//! A scenario without mistakes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::error::Error;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::formula::normalised;
use crate::model::{BASE_WORLD, Document, Model, NO_POLICY};
use crate::scenario::tree::MAX_FILE_BYTES;

/// A scenario that was read and has no mistakes, whatever policy and world it is played under.
///
/// ```
/// let scenario = demarche::Scenario::open("scenarios/border-crisis.toml")?;
/// assert_eq!(scenario.policies(), ["none", "restraint", "early_offer"]);
/// assert_eq!(scenario.worlds(), ["base", "hawkish_b"]);
/// assert_eq!(scenario.warnings().count(), 0);
/// let run = scenario.model_under("restraint", "hawkish_b")?.run(200, 1)?;
/// assert_eq!((run.policy(), run.world()), ("restraint", "hawkish_b"));
/// # Ok::<(), demarche::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    document: Document,
    warnings: Diagnostics,
}

impl Scenario {
    /// Reads the text of a scenario file.
    ///
    /// # Errors
    ///
    /// Every mistake in it: in the file as it stands, in each policy and in each world.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::read("scenario", text.as_bytes())
    }

    /// Reads a scenario file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, and every mistake in it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let mut bytes = Vec::new();
        // One byte more than a scenario may have is enough to see that it has too many.
        File::open(path)
            .and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes))
            .map_err(|cause| Error::reading(path, cause))?;
        Self::read(&path.display().to_string(), &bytes)
    }

    fn read(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let document = Document::read(name, bytes);
        let found = document.check();
        if found.has_errors() {
            return Err(Error::mistakes(&document, found));
        }
        Ok(Scenario { document, warnings: found })
    }

    /// What is not wrong but probably not meant, such as an assumption that nothing reads.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.warnings.iter()
    }

    /// The names of the policies: `none` first, then those of the file.
    pub fn policies(&self) -> Vec<&str> {
        self.document.policies()
    }

    /// The names of the worlds: `base` first, then those of the file.
    pub fn worlds(&self) -> Vec<&str> {
        self.document.worlds()
    }

    /// Compiles the scenario without a policy, in the base world.
    ///
    /// # Errors
    ///
    /// None today: the scenario was checked when it was read.
    pub fn model(&self) -> Result<Model, Error> {
        self.model_under(NO_POLICY, BASE_WORLD)
    }

    /// Compiles the scenario under a policy, in a world.
    ///
    /// # Errors
    ///
    /// If the scenario has no such policy or world, and every mistake that comes about only where
    /// both hold together.
    pub fn model_under(&self, policy: &str, world: &str) -> Result<Model, Error> {
        let (policy, world) = (&*normalised(policy), &*normalised(world));
        for (what, name, known) in
            [("policy", policy, self.policies()), ("world", world, self.worlds())]
        {
            if !known.contains(&name) {
                return Err(Error::name(what, name, known.iter().copied()));
            }
        }
        self.document.model(policy, world).map_err(|found| Error::mistakes(&self.document, found))
    }

    /// The text of the file with its tables, for the parts of the crate behind the front door.
    pub fn document(&self) -> &Document {
        &self.document
    }
}
