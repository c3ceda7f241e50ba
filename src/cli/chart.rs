//! `demarche chart`.

use std::path::PathBuf;

use super::args::{ChartFormat, ChartOptions};
use super::failure::{Failure, print};
use super::input::tell;
use crate::chart::{at_size, png};
use crate::diagnostic::nearest;
use crate::model::Document;
use crate::report::{DrawError, Kind, draw, kinds};
use crate::store::{Manifest, Records, StoreError, content_hash, write_file};

/// How many pixels of a PNG a pixel of a chart has, where no size is asked for.
const SCALE: f32 = 2.0;

/// Draws the charts of a run folder again, from its files.
pub(super) fn chart(options: &ChartOptions) -> Result<(), Failure> {
    let folder = &options.folder;
    if !folder.join(Manifest::FILE).is_file() {
        return Err(Failure::wrong_input(format!(
            "{} is no run folder: it has no {}",
            folder.display(),
            Manifest::FILE
        )));
    }
    let manifest = Manifest::read(folder).map_err(Failure::wrong_input)?;
    let only = only(options, &manifest.verb)?;
    let records = Records::new(folder);
    let mut documents = vec![document(&records, "scenario.toml", &manifest.scenario.blake3)?];
    if let Some(other) = &manifest.compared_with {
        documents.push(document(&records, "scenario-b.toml", &other.blake3)?);
    }
    let pictures =
        draw(&manifest, &records, &documents.iter().collect::<Vec<_>>(), only.as_deref());
    let pictures = pictures.map_err(|error| match error {
        DrawError::Scenario(found) => {
            tell(&found, &documents[0]);
            Failure::told()
        }
        error => Failure::wrong_input(error),
    })?;

    // Everything is drawn before anything is written.
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for picture in pictures {
        let svg = match options.size {
            Some(size) => at_size(&picture.svg, size),
            None => picture.svg,
        };
        if options.format.contains(&ChartFormat::Png) {
            let scale = if options.size.is_some() { 1.0 } else { SCALE };
            let png = png(&svg, scale).map_err(Failure::could_not)?;
            files.push((format!("{}.png", picture.name), png));
        }
        if options.format.contains(&ChartFormat::Svg) {
            files.push((format!("{}.svg", picture.name), svg.into_bytes()));
        }
    }
    let target: PathBuf = options.output.clone().unwrap_or_else(|| folder.join("charts"));
    for (name, bytes) in &files {
        write_file(&target.join(name), bytes)?;
    }
    if options.quiet {
        return Ok(());
    }
    let count = files.len();
    let names = if count == 1 { "file" } else { "files" };
    print(&format!("{count} {names} written to {}\n", target.display()))
}

/// The kinds asked for; each must be one that the verb leaves.
fn only(options: &ChartOptions, verb: &str) -> Result<Option<Vec<Kind>>, Failure> {
    let known = kinds(verb).map_err(Failure::wrong_input)?;
    if options.only.is_empty() {
        return Ok(None);
    }
    let mut only = Vec::new();
    for word in &options.only {
        match word.parse::<Kind>() {
            Ok(kind) if known.contains(&kind) => only.push(kind),
            found => {
                let words = || known.iter().map(|kind| kind.word());
                let reason = match found {
                    Ok(kind) => format!("a folder of `{verb}` has no charts of the kind `{kind}`"),
                    Err(reason) => reason,
                };
                let near = nearest(word, words());
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                let list: Vec<&str> = words().collect();
                let list = list.join(", ");
                return Err(Failure::wrong_input(format!("{reason}{near}\n  there are: {list}")));
            }
        }
    }
    Ok(Some(only))
}

/// A scenario file of the folder, which must be the one that was played.
fn document(records: &Records, name: &str, hash: &str) -> Result<Document, Failure> {
    let bytes = records.bytes(name).map_err(Failure::wrong_input)?;
    if content_hash(&bytes) != hash {
        let reason = "not the file that was played: its hash is not the manifest's".to_owned();
        let path = records.shown(name);
        return Err(Failure::wrong_input(StoreError::Spoilt { path, line: None, reason }));
    }
    Ok(Document::read(&records.shown(name).display().to_string(), &bytes))
}
