//! `demarche check`: the mistakes in a scenario file, and what it contains.

use serde_json::json;

use super::args::CheckOptions;
use super::failure::{Failure, print};
use super::input::{read, tell, told};
use super::machine::MachineMeter;
use super::price::{imagined, price_table};
use super::progress::{Bar, listen};
use crate::diagnostic::Diagnostics;
use crate::inquiry::{
    InquiryError, Price, Resources, SAMPLE, contents, decisiveness, mistake_records, sample, sound,
};
use crate::model::{BASE_WORLD, Document, NO_POLICY};
use crate::verbs::{SettingOptions, Work};

/// How many seconds the trials may take that show how decided choices are.
const PATIENCE: f64 = 30.0;

/// Prints every mistake in a file, and what it contains.
pub(super) fn check(options: &CheckOptions) -> Result<(), Failure> {
    let shown = options.shown;
    let document = read(&options.file).map_err(told)?.document();
    let document = document.with(SettingOptions::OPTION, &options.set.settings);
    let known = sound(&document);
    if shown.json {
        return in_json(&document, known);
    }
    let warnings = known.map_err(told)?;
    let model = document
        .model(NO_POLICY, BASE_WORLD)
        .map_err(|found| told(InquiryError::Mistakes(vec![(document.clone(), found)])))?;
    tell(&warnings, &document);
    if shown.quiet {
        return Ok(());
    }
    print(&contents(&model, &document))?;
    listen();
    let watch = Bar::new(&Work { trials: SAMPLE, replays: 0, outcomes: Vec::new() }, shown.quiet);
    let (meter, resources) = (MachineMeter::start(), Resources::default());
    let price = Price::measure(&model, &resources, &meter, &watch);
    let price = price.inspect_err(|_| watch.clear()).map_err(told)?;
    print(&price_table(&price, &model, &document))?;
    shown.detail(|| imagined(&model));
    if price.trial * SAMPLE as f64 > PATIENCE {
        watch.clear();
        return print(&format!(
            "\nHow decided the choices are was not looked at: {SAMPLE} trials would take too long.\n"
        ));
    }
    let summary = sample(&model, &watch);
    watch.clear();
    print(&decisiveness(&model, &summary.map_err(told)?))
}

/// What it takes to play the file under no policy in its base world; `None` where a formula gives no number.
fn price_of(document: &Document) -> Option<Price> {
    let model = document.model(NO_POLICY, BASE_WORLD).ok()?;
    Price::measure(&model, &Resources::default(), &MachineMeter::start(), &()).ok()
}

/// Prints what was found as one object; mistakes are printed nowhere else.
fn in_json(document: &Document, known: Result<Diagnostics, InquiryError>) -> Result<(), Failure> {
    let (list, is_sound) = match known {
        Ok(warnings) => (mistake_records(document, &warnings), true),
        Err(InquiryError::Mistakes(own)) => (
            own.iter().flat_map(|(document, list)| mistake_records(document, list)).collect(),
            false,
        ),
        Err(other) => return Err(told(other)),
    };
    let object = json!({
        "file": document.source.name,
        "sound": is_sound,
        "found": list,
        "policies": document.policies(),
        "worlds": document.worlds(),
        "price": is_sound.then(|| price_of(document)).flatten(),
    });
    print(&format!("{object:#}\n"))?;
    if is_sound { Ok(()) } else { Err(Failure::printed()) }
}
