//! What a file or folder leads to elsewhere is neither read nor written.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{border, plain, project, refused, strained};
use crate::command::{only, text};

/// What stands in a file that is none of a stranger's business.
const SECRET: &str = "a very private matter";

/// A run folder, and beside it a folder with something private.
struct Scene(tempfile::TempDir);

impl Scene {
    fn new() -> Self {
        let scene = Scene(tempfile::tempdir().expect("a folder"));
        fs::create_dir(scene.private()).expect("a folder");
        fs::write(scene.private().join("outcomes.svg"), SECRET).expect("written");
        fs::write(scene.private().join("case.toml"), SECRET).expect("written");
        border(scene.0.path());
        scene
    }

    fn private(&self) -> PathBuf {
        self.0.path().join("private")
    }

    /// Plays the question that all tests ask.
    fn play(&self, more: &[&str]) -> std::process::Output {
        let asked = ["run", "border-crisis.toml", "-n", "40", "-q"];
        strained(self.0.path(), &[&asked[..], more].concat())
    }

    /// The folder of run folders of the scenario.
    fn stem(&self) -> PathBuf {
        self.0.path().join("output/border-crisis")
    }

    /// The run folder, once it was played.
    fn run_folder(&self) -> PathBuf {
        let output = self.play(&[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        only(&self.stem())
    }

    fn chart(&self) -> std::process::Output {
        let folder = only(&self.stem());
        strained(self.0.path(), &["chart", plain(&folder)])
    }

    /// Checks that nothing private was changed and nothing was put beside it.
    #[track_caller]
    fn assert_private_is_whole(&self) {
        let mut names: Vec<_> = fs::read_dir(self.private())
            .expect("it is there")
            .map(|entry| entry.expect("an entry").file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["case.toml", "outcomes.svg"]);
        for name in names {
            let found = fs::read_to_string(self.private().join(name)).expect("it is there");
            assert_eq!(found, SECRET);
        }
    }
}

/// Puts a pipe at a path, which nobody ever writes to.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("it starts").success());
}

/// Puts something else in the place of a file.
fn replace(path: &Path, with: impl Fn(&Path)) {
    fs::remove_file(path).expect("it was there");
    with(path);
}

#[test]
fn links_of_a_run_folder_lead_to_no_file_elsewhere() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    for name in ["summary.csv", "series.csv", "scenario.toml", "manifest.json"] {
        let kept = fs::read(folder.join(name)).expect("it is there");
        for to in [scene.private().join("case.toml"), "/dev/zero".into()] {
            replace(&folder.join(name), |path| symlink(&to, path).expect("a link"));
            let told = refused(&scene.chart());
            assert!(told.contains(name), "{name}: {told}");
            let is_found_out = told.contains("leads out") || told.contains("no plain file");
            let is_seen_first = name == "manifest.json" && told.contains("is not a run folder");
            assert!(is_found_out || is_seen_first, "{name}: {told}");
            assert!(!told.contains("private matter"), "{name}: {told}");
        }
        fs::remove_file(folder.join(name)).expect("a link");
        fs::write(folder.join(name), kept).expect("written");
    }
    // A link to another file of the folder is none of anybody else's.
    fs::rename(folder.join("summary.csv"), folder.join("kept.csv")).expect("renamed");
    symlink("kept.csv", folder.join("summary.csv")).expect("a link");
    assert!(scene.chart().status.success());
}

#[test]
fn pipes_in_a_run_folder_are_not_waited_for() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    for name in ["summary.csv", "scenario.toml"] {
        let kept = fs::read(folder.join(name)).expect("it is there");
        replace(&folder.join(name), pipe);
        let told = refused(&scene.chart());
        assert!(told.contains(name), "{name}: {told}");
        replace(&folder.join(name), |path| fs::write(path, &kept).expect("written"));
    }
}

#[test]
fn charts_are_not_written_through_a_link_to_a_folder() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    fs::remove_dir_all(folder.join("charts")).expect("removed");
    symlink(scene.private(), folder.join("charts")).expect("a link");
    let told = refused(&scene.chart());
    assert!(told.contains("charts is a link"), "{told}");
    scene.assert_private_is_whole();
    // Where the analyst says to which folder, that is where they go.
    let other = scene.0.path().join("drawn");
    let drawn = strained(scene.0.path(), &["chart", plain(&folder), "-o", plain(&other)]);
    assert!(drawn.status.success() && other.join("outcomes.svg").is_file());
    scene.assert_private_is_whole();
}

#[test]
fn links_in_the_place_of_a_chart_or_the_page_are_replaced() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    let private = scene.private().join("outcomes.svg");
    for name in ["charts/outcomes.svg", "report.html"] {
        replace(&folder.join(name), |path| symlink(&private, path).expect("a link"));
    }
    let drawn = scene.chart();
    assert!(drawn.status.success(), "{}", text(&drawn.stderr));
    scene.assert_private_is_whole();
    for name in ["charts/outcomes.svg", "report.html"] {
        assert!(!folder.join(name).is_symlink(), "{name}");
    }
}

#[test]
fn a_run_folder_takes_the_place_of_a_link_and_leaves_what_it_led_to() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    fs::remove_dir_all(&folder).expect("removed");
    symlink(scene.private(), &folder).expect("a link");
    let output = scene.play(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!folder.is_symlink() && folder.join("summary.csv").is_file());
    scene.assert_private_is_whole();
}

#[test]
fn what_only_looks_like_the_leftover_of_a_run_is_neither_followed_nor_waited_for() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    let hidden = |ending: &str| scene.stem().join(format!(".{name}.{ending}"));
    symlink(scene.private(), hidden("7.partial")).expect("a link");
    symlink(scene.private(), hidden("8.old")).expect("a link");
    fs::create_dir(hidden("9.partial")).expect("a folder");
    symlink(scene.private(), hidden("9.partial").join("charts")).expect("a link");
    pipe(&hidden("10.partial"));
    let output = scene.play(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(folder.join("summary.csv").is_file() && !hidden("9.partial").exists());
    scene.assert_private_is_whole();
}

#[test]
fn what_a_run_kept_is_neither_read_nor_written_through_links() {
    let scene = Scene::new();
    let name = scene.run_folder().file_name().expect("a name").to_string_lossy().into_owned();
    let kept = scene.stem().join(format!(".{name}.parts"));
    symlink(scene.private(), &kept).expect("a link");
    let output = scene.play(&["--resume", "--keep-every", "0.0001"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    scene.assert_private_is_whole();
    let _ = fs::remove_file(&kept);
    fs::create_dir_all(&kept).expect("a folder");
    pipe(&kept.join("a.part"));
    symlink("/dev/zero", kept.join("b.part")).expect("a link");
    let output = scene.play(&["--resume"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn links_and_pipes_among_the_files_of_a_folder_are_no_cases() {
    let scene = Scene::new();
    let cases = scene.0.path().join("cases");
    fs::create_dir(&cases).expect("a folder");
    fs::copy(project("tests/fixtures/nile-dam.toml"), cases.join("a.toml")).expect("copied");
    let score = || strained(scene.0.path(), &["score", "cases", "-n", "20", "-q"]);
    assert!(score().status.success());
    symlink(scene.private().join("case.toml"), cases.join("b.toml")).expect("a link");
    let told = refused(&score());
    assert!(told.contains("b.toml") && !told.contains("private matter"), "{told}");
    replace(&cases.join("b.toml"), pipe);
    let told = refused(&score());
    assert!(told.contains("b.toml"), "{told}");
}

#[test]
fn names_in_a_manifest_lead_nowhere_else() {
    let scene = Scene::new();
    let folder = scene.run_folder();
    let path = folder.join("manifest.json");
    let kept: Value = serde_json::from_slice(&fs::read(&path).expect("it is there")).expect("JSON");
    let secret = plain(&scene.private().join("case.toml")).to_owned();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut manifest = kept.clone();
        change(&mut manifest);
        fs::write(&path, manifest.to_string()).expect("written");
        scene.chart()
    };
    let other = serde_json::json!({ "file": secret, "title": "x", "blake3": "0" });
    for (key, value) in
        [("compared_with", other.clone()), ("further", serde_json::json!([other, other, other]))]
    {
        let told = refused(&changed(&|manifest| manifest[key] = value.clone()));
        let in_folder = format!("cannot read {}", plain(&folder));
        assert!(told.contains(&in_folder) && !told.contains("private matter"), "{told}");
    }
    for file in ["../../../private/case.toml", &secret, ".."] {
        let drawn = changed(&|manifest| manifest["scenario"]["file"] = file.into());
        assert!(drawn.status.success(), "it is what the page calls the file, and no more");
    }
    let files = serde_json::json!(["../../../private/outcomes.svg", secret]);
    assert!(changed(&|manifest| manifest["files"] = files.clone()).status.success());
    scene.assert_private_is_whole();
}

#[test]
fn a_device_or_a_folder_is_no_scenario() {
    let scene = Scene::new();
    symlink("/dev/zero", scene.0.path().join("zero.toml")).expect("a link");
    let told = refused(&strained(scene.0.path(), &["run", "zero.toml"]));
    assert!(told.contains("larger than a scenario may be"), "{told}");
    let told = refused(&strained(scene.0.path(), &["run", "private"]));
    assert!(told.contains("cannot read private"), "{told}");
    let record = ["run", "border-crisis.toml", "--record", "zero.toml"];
    assert_eq!(strained(scene.0.path(), &record).status.code(), Some(2));
}
