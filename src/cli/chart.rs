//! `demarche chart`: the charts and the page of a run folder, drawn again from its files.

use std::path::PathBuf;

use serde_json::json;

use super::args::{ChartFormat, ChartOptions};
use super::failure::Failure;
use super::input::tell;
use crate::chart::png;
use crate::diagnostic::nearest;
use crate::format::counted;
use crate::report::{ChartKind, Scene};
use crate::store::write_file;
use crate::verbs::report::{Draw, Gallery, gallery, kinds, whole_page};
use crate::verbs::{FolderError, Manifest, RunFolder, Tables, Verb, with_question};

/// How many pixels a PNG has for each CSS pixel of the chart, where no size is asked for.
const SCALE: f32 = 2.0;

/// Draws the charts of a run folder again. Its page is written again too, if all charts are drawn
/// and go into the run folder itself.
pub(super) fn chart(options: &ChartOptions) -> Result<(), Failure> {
    let folder = &options.folder;
    if !folder.join(Manifest::FILE).is_file() {
        return Err(Failure::wrong_input(format!(
            "{} is not a run folder: it has no {}",
            folder.display(),
            Manifest::FILE
        )));
    }
    let opened = RunFolder::open(folder).map_err(|error| match error {
        FolderError::Mistakes(document, found) => {
            tell(&found, &document);
            Failure::printed()
        }
        FolderError::Store(error) => Failure::wrong_input(error),
    })?;
    let (gallery, page) = with_question!(&opened.manifest.question, question => {
        let only = only(options, &opened.manifest.question, &kinds_of(question))?;
        redraw(question, &opened, only.as_deref())?
    });
    if !options.shown.json {
        let lines = gallery.warnings.iter().map(|line| format!("warning: {line}\n"));
        options.shown.remark(&lines.collect::<String>());
    }
    // Everything is drawn before anything is written.
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for picture in &gallery.pictures {
        let svg = match options.size {
            Some(size) => picture.drawing.at_size(size),
            None => picture.drawing.whole(),
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
    if options.output.is_none() && target.is_symlink() {
        return Err(Failure::wrong_input(format!(
            "{} is a link: nothing is written through it; say with -o where the charts are to go",
            target.display()
        )));
    }
    for (name, bytes) in &files {
        write_file(&target.join(name), bytes)?;
    }
    let page = page.filter(|_| options.output.is_none());
    if let Some(page) = &page {
        write_file(&folder.join("report.html"), page.as_bytes())?;
    }
    let words = || {
        let written = counted(files.len() as u64, "file");
        let also = if page.is_some() { ", and report.html" } else { "" };
        format!("{written} written to {}{also}\n", target.display())
    };
    let object = || {
        let files: Vec<String> =
            files.iter().map(|(name, _)| target.join(name).display().to_string()).collect();
        let page = page.as_ref().map(|_| folder.join("report.html").display().to_string());
        json!({ "charts": files, "page": page, "warnings": gallery.warnings })
    };
    options.shown.detail(|| {
        let lines = files.iter().map(|(name, bytes)| {
            format!("{}, {}", target.join(name).display(), counted(bytes.len() as u64, "byte"))
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    options.shown.result(words, || Ok(object()))
}

/// The kinds of charts that a question's verb draws.
fn kinds_of<Q: Draw>(_: &Q) -> Vec<ChartKind> {
    kinds::<Q>()
}

/// Draws the charts of a folder, and its page unless only some kinds are asked for.
fn redraw<Q: Draw>(
    question: &Q,
    folder: &RunFolder,
    only: Option<&[ChartKind]>,
) -> Result<(Gallery, Option<String>), Failure> {
    let played = folder.played();
    let tables = Q::Tables::read(&folder.records, &played).map_err(Failure::wrong_input)?;
    let scene = Scene::new(played);
    let gallery = gallery::<Q>(&scene, &tables);
    Ok(match only {
        Some(kinds) => (gallery.only(kinds), None),
        None => {
            let page = whole_page(question, &scene, &tables, &gallery.pictures);
            let page = page.map_err(Failure::wrong_input)?;
            (gallery, Some(page))
        }
    })
}

/// The kinds of charts asked for; each must be one that the verb draws.
fn only(
    options: &ChartOptions,
    verb: &Verb,
    known: &[ChartKind],
) -> Result<Option<Vec<ChartKind>>, Failure> {
    if options.only.is_empty() {
        return Ok(None);
    }
    let mut only = Vec::new();
    for word in &options.only {
        match word.parse::<ChartKind>() {
            Ok(kind) if known.contains(&kind) => only.push(kind),
            found => {
                let words = || known.iter().map(|kind| kind.word());
                let reason = match found {
                    Ok(kind) => {
                        format!("a folder of `{}` has no charts of the kind `{kind}`", verb.word())
                    }
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
