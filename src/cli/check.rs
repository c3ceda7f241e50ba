//! `demarche check`: the mistakes in a scenario file, and what it contains.

use super::args::CheckOptions;
use super::failure::{Failure, print};
use super::input::{read, tell, told};
use super::progress::{Bar, listen};
use crate::inquiry::{InquiryError, SAMPLE, contents, decisiveness, sample, sound};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::verbs::{SettingOptions, Work};

/// Prints every mistake in a file, and what it contains.
pub(super) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let document = read(&options.file).map_err(told)?.document();
    let document = document.with(SettingOptions::OPTION, &options.set.settings);
    let found = sound(&document).map_err(told)?;
    let model = document
        .model(NO_POLICY, BASE_WORLD)
        .map_err(|found| told(InquiryError::Mistakes(vec![(document.clone(), found)])))?;
    tell(&found, &document);
    if options.quiet {
        return Ok(());
    }
    print(&contents(&model, &document))?;
    listen();
    let watch = Bar::new(&Work { trials: SAMPLE, replays: 0, outcomes: Vec::new() }, options.quiet);
    let summary = sample(&model, &watch);
    watch.clear();
    print(&decisiveness(&model, &summary.map_err(told)?))
}
