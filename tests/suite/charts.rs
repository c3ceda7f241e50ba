//! Charts: they look as expected, and can be drawn again from a run folder.
//!
//! `tests/charts` holds run folders that were stored once, and beside them, in `reference`, one
//! chart of each kind as SVG and PNG. If a chart looks different, the test writes the new picture,
//! the old one and their difference into `target/charts`. After an intended change, `REWRITE=1
//! cargo test --test suite charts` stores the pictures again.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::chart::png;
use demarche::report::{ChartKind, Picture};
use demarche::verbs::{Manifest, RunFolder};
use resvg::tiny_skia::{Color, Pixmap, PremultipliedColorU8};

use crate::command::{demarche, only, text};

/// The largest allowed difference of a channel of a pixel: machines round differently.
const TOLERANCE: u8 = 2;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The charts of every stored run folder.
fn stored() -> Vec<Picture> {
    let entries = fs::read_dir(here("tests/charts")).expect("stored folders").flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join(Manifest::FILE).is_file());
    folders.sort();
    let charts = |folder: &PathBuf| {
        let folder = RunFolder::open(folder).expect("a stored run folder");
        folder.pictures().expect("charts")
    };
    folders.iter().flat_map(charts).collect()
}

/// The number of pixels in which two pictures differ, and a picture that shows them in red on a
/// faint copy of the first.
fn difference(new: &Pixmap, old: &Pixmap) -> (usize, Pixmap) {
    let (width, height) = (new.width().max(old.width()), new.height().max(old.height()));
    let mut shown = Pixmap::new(width, height).expect("a size");
    shown.fill(Color::WHITE);
    let mut count = 0;
    for y in 0..height {
        for x in 0..width {
            let (a, b) = (new.pixel(x, y), old.pixel(x, y));
            let channels = |p: PremultipliedColorU8| [p.red(), p.green(), p.blue()];
            let differs = match (a, b) {
                (Some(a), Some(b)) => {
                    channels(a).iter().zip(channels(b)).any(|(a, b)| a.abs_diff(b) > TOLERANCE)
                }
                _ => true,
            };
            count += usize::from(differs);
            let grey = |p: PremultipliedColorU8| 200 + p.green() / 5;
            let [r, g, b] = match a {
                _ if differs => [220, 0, 0],
                Some(a) => [grey(a); 3],
                None => [255; 3],
            };
            let colour = PremultipliedColorU8::from_rgba(r, g, b, 255).expect("opaque");
            shown.pixels_mut()[(y * width + x) as usize] = colour;
        }
    }
    (count, shown)
}

#[test]
fn one_chart_of_each_kind_looks_like_its_reference() {
    let pictures = stored();
    let (reference, target) = (here("tests/charts/reference"), here("target/charts"));
    let mut stale = Vec::new();
    for kind in ChartKind::ALL {
        let picture = pictures.iter().find(|picture| picture.kind == *kind);
        let picture = picture.unwrap_or_else(|| panic!("no chart of the kind {kind}"));
        let (svg, image) =
            (reference.join(format!("{kind}.svg")), reference.join(format!("{kind}.png")));
        let whole = picture.drawing.whole();
        let drawn = png(&whole, 1.0).expect("a picture");
        if std::env::var_os("REWRITE").is_some() {
            fs::create_dir_all(&reference).expect("a folder");
            fs::write(&svg, &whole).expect("a reference");
            fs::write(&image, &drawn).expect("a reference");
            continue;
        }
        let old_svg = fs::read_to_string(&svg).unwrap_or_default();
        let old = fs::read(&image).unwrap_or_default();
        let new_pixels = Pixmap::decode_png(&drawn).expect("a picture");
        let empty = || Pixmap::new(1, 1).expect("a size");
        let old_pixels = Pixmap::decode_png(&old).unwrap_or_else(|_| empty());
        let (count, shown) = difference(&new_pixels, &old_pixels);
        if count == 0 && old_svg == whole {
            continue;
        }
        fs::create_dir_all(&target).expect("a folder");
        for (name, bytes) in [
            (format!("{kind}-new.svg"), whole.into_bytes()),
            (format!("{kind}-old.svg"), old_svg.into_bytes()),
            (format!("{kind}-new.png"), drawn),
            (format!("{kind}-old.png"), old),
            (format!("{kind}-difference.png"), shown.encode_png().expect("a picture")),
        ] {
            fs::write(target.join(name), bytes).expect("what differs");
        }
        stale.push(format!("{kind} ({count} pixels)"));
    }
    assert!(
        stale.is_empty(),
        "these charts look different: {}; new, old and difference are in {}",
        stale.join(", "),
        target.display()
    );
}

#[test]
fn colours_of_scenario_files_are_those_of_the_palette() {
    let names: Vec<&str> = demarche::chart::Colour::names().collect();
    assert_eq!(names, demarche::scenario::COLOURS);
}

/// Every file of a folder, as name and bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let name = entry.file_name().into_string().expect("a plain name");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

/// Runs the command and returns the run folder.
fn played(folder: &Path, arguments: &[&str]) -> PathBuf {
    let mut all = arguments.to_vec();
    all.extend(["--quiet", "-o", folder.to_str().expect("a plain path")]);
    let output = demarche(&all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    only(&only(folder))
}

const BORDER: &str = "scenarios/border-crisis.toml";
const NILE: &str = "tests/fixtures/nile-dam.toml";

#[test]
fn charts_drawn_again_have_the_same_bytes() {
    for arguments in [
        &["run", BORDER, "--draws", "30", "--repeats", "3", "--png"][..],
        &["run", BORDER, "-n", "60"],
        &[
            "sweep",
            BORDER,
            "--vary",
            "state.tension.start = 0.2, 0.5, 0.8",
            "--policy",
            "none",
            "--policy",
            "restraint",
            "-n",
            "60",
        ],
        &[
            "sweep",
            BORDER,
            "--vary",
            "state.tension.start = 0.2, 0.5, 0.8",
            "--measure",
            "phase:war",
            "--measure",
            "tension",
            "-n",
            "60",
        ],
        &[
            "sweep",
            BORDER,
            "--vary",
            "state.tension.start = 0.2, 0.8",
            "--vary",
            "state.phase.start = talks, standoff",
            "-n",
            "60",
            "--set",
            "assumptions.p_a_wins=0.6",
        ],
        &["compare", BORDER, "-n", "60", "--goal", "avoid:war"],
        &["compare", BORDER, "tests/fixtures/example.toml", "-n", "40"],
        &["levers", BORDER, "-n", "30"],
        &["discover", BORDER, "--outcome", "settlement", "-n", "2000"],
        &["trace", BORDER, "--trial", "3", "--odds", "20"],
        &["why", BORDER, "-n", "200"],
        &["score", NILE, "tests/fixtures/example.toml", "-n", "100"],
        &["sensitivity", BORDER, "-n", "64", "--vary", "preferences", "--by", "actor"],
        &["sensitivity", BORDER, "-n", "40", "--method", "morris", "--of", "measures.trade"],
        &["sensitivity", BORDER, "-n", "40", "--method", "one-at-a-time"],
    ] {
        let root = tempfile::tempdir().expect("a folder");
        let folder = played(&root.path().join("first"), arguments);
        let again = root.path().join("again");
        let formats = if arguments.contains(&"--png") { "svg,png" } else { "svg" };
        let output = demarche(&[
            "chart",
            folder.to_str().expect("plain"),
            "--format",
            formats,
            "-o",
            again.to_str().expect("plain"),
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let (first, again) = (files(&folder.join("charts")), files(&again));
        assert!(!first.is_empty());
        assert!(first == again, "{arguments:?}");
    }
}

#[test]
fn charts_and_page_are_drawn_again_in_their_place() {
    let goal = ["--goal", "avoid:war", "--threshold", "0.5"];
    let compare = [&["compare", BORDER, "-n", "60"][..], &goal].concat();
    let drawn = ["--draws", "30", "--repeats", "3"];
    let measures = ["--measure", "phase:war", "--measure", "tension"];
    for arguments in [
        [&["run", BORDER, "--trials", "csv"][..], &drawn].concat(),
        vec!["run", BORDER, "-n", "60", "--policy", "restraint", "--seed", "5"],
        [&compare[..], &["--world", "hawkish_b", "--announcement"]].concat(),
        vec!["run", BORDER, "-n", "60", "--policy", "early_offer"],
        [&["compare", BORDER][..], &drawn, &goal].concat(),
        vec!["compare", BORDER, "tests/fixtures/example.toml", "-n", "40"],
        vec!["levers", BORDER, "-n", "30", "--world", "hawkish_b"],
        [&["sweep", BORDER, "-n", "60", "--vary", "state.tension.start = 0.2, 0.8"][..], &measures]
            .concat(),
        vec!["discover", BORDER, "--outcome", "war", "-n", "2000", "--boxes", "2"],
        vec!["trace", BORDER, "--outcome", "war", "--typical", "-n", "2000", "--odds", "20"],
        vec!["sensitivity", BORDER, "-n", "64", "--vary", "preferences", "--of", "utility.a"],
        vec!["why", BORDER, "-n", "200", "--by", "step", "--outcome", "war"],
        vec!["update", BORDER, "--record", "scenarios/records/border-crisis.toml", "-n", "64"],
        vec![
            "score",
            NILE,
            "tests/fixtures/example.toml",
            "tests/charts/score/scenarios/lake.toml",
            "-n",
            "50",
        ],
    ] {
        let root = tempfile::tempdir().expect("a folder");
        let folder = played(root.path(), &arguments);
        let page = folder.join("report.html");
        let (charts, first) = (files(&folder.join("charts")), fs::read(&page).expect("a page"));
        fs::remove_dir_all(folder.join("charts")).expect("charts");
        fs::remove_file(&page).expect("a page");
        let output = demarche(&["chart", folder.to_str().expect("plain")]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("and report.html"));
        assert!(files(&folder.join("charts")) == charts, "{arguments:?}");
        assert!(fs::read(&page).expect("a page") == first, "{arguments:?}");
    }
}

#[test]
fn kinds_and_sizes_can_be_chosen() {
    let root = tempfile::tempdir().expect("a folder");
    let target = root.path().join("slides");
    let output = demarche(&[
        "chart",
        "tests/charts/run",
        "--only",
        "outcomes,buildup",
        "--format",
        "png",
        "--size",
        "640x360",
        "-o",
        target.to_str().expect("plain"),
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let files = files(&target);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["buildup.png", "outcomes.png"]);
    for (_, bytes) in &files {
        let picture = Pixmap::decode_png(bytes).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (640, 360));
    }
}

#[test]
fn what_cannot_be_drawn_is_reported() {
    let root = tempfile::tempdir().expect("a folder");
    let copy = |name: &str| {
        let folder = root.path().join(name);
        fs::create_dir(&folder).expect("a folder");
        for (file, bytes) in files(&here("tests/charts/run")) {
            fs::write(folder.join(file), bytes).expect("a copy");
        }
        folder
    };
    let message = |folder: &Path, more: &[&str]| {
        let target = root.path().join("never");
        let mut arguments = vec!["chart", folder.to_str().expect("plain"), "-o"];
        arguments.push(target.to_str().expect("plain"));
        arguments.extend(more);
        let output = demarche(&arguments);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        assert!(!target.exists(), "nothing is written");
        text(&output.stderr)
    };
    assert!(message(root.path(), &[]).contains("is not a run folder: it has no manifest.json"));
    assert!(message(&root.path().join("nowhere"), &[]).contains("is not a run folder"));

    let folder = copy("kinds");
    let error = message(&folder, &["--only", "fam"]);
    assert!(error.contains("no kind of chart is called `fam`; did you mean `fan`?"), "{error}");
    let error = message(&folder, &["--only", "levers"]);
    assert!(error.contains("a folder of `run` has no charts of the kind `levers`"), "{error}");

    let folder = copy("missing");
    fs::remove_file(folder.join("series.csv")).expect("a file");
    assert!(message(&folder, &[]).contains("series.csv: no such file or folder"));

    let folder = copy("spoilt");
    let series = fs::read_to_string(folder.join("series.csv")).expect("a table");
    fs::write(folder.join("series.csv"), series.replacen(",0.5,", ",half,", 1)).expect("a table");
    let error = message(&folder, &[]);
    assert!(error.contains("series.csv, line 2") && error.contains("not a number"), "{error}");

    let folder = copy("short");
    let series: Vec<&str> = series.lines().take(9).collect();
    fs::write(folder.join("series.csv"), series.join("\n")).expect("a table");
    assert!(message(&folder, &[]).contains("rows instead of"));

    let folder = copy("other");
    let scenario = fs::read_to_string(folder.join("scenario.toml")).expect("a scenario");
    fs::write(folder.join("scenario.toml"), scenario + "\n").expect("a scenario");
    assert!(message(&folder, &[]).contains("not the file that was played"));

    let folder = copy("manifest");
    fs::write(folder.join("manifest.json"), "{").expect("a manifest");
    assert!(message(&folder, &[]).contains("cannot read"));
}
