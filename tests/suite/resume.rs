//! Runs that are killed, and go on.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::command::{demarche, only, text};
use crate::repeat::contents;

const BORDER: &str = "scenarios/border-crisis.toml";

/// Questions that take about a second, in few and in many stages.
const ASKED: [&[&str]; 4] = [
    &["run", BORDER, "-n", "300000"],
    &["compare", BORDER, "-n", "30000"],
    &["sensitivity", BORDER, "-n", "20000"],
    &["why", BORDER, "-n", "1500"],
];

fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Begins a question and kills it after so long, unless it is done before.
fn kill_after(arguments: &[&str], time: Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    std::thread::sleep(time);
    // It may be done already.
    let _ = child.kill();
    child.wait().expect("it ends");
}

/// Whatever is left of a run that was killed: everything but what is hidden.
fn visible(out: &Path) -> Vec<String> {
    let files = if out.exists() { contents(out) } else { Default::default() };
    let is_hidden = |name: &String| name.split('/').any(|part| part.starts_with('.'));
    files.into_keys().filter(|name| !is_hidden(name)).collect()
}

/// Kills a question so many times, at moments that move through it, then lets it end.
fn killed_and_resumed(asked: &[&str], kills: u32) {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    let output = demarche(&[asked, &["-o", plain(&whole)]].concat());
    assert!(output.status.success(), "{asked:?}: {}", text(&output.stderr));
    let whole = contents(&only(&only(&whole)));
    let out = folder.path().join("out");
    let again = [asked, &["-o", plain(&out), "--keep-every", "0.02", "--resume"]].concat();
    for kill in 0..kills {
        let time = Duration::from_millis(40 + u64::from(kill * 97 % 400));
        kill_after(&again, time);
        // A run folder is whole or not there.
        let names = visible(&out);
        let in_folder = |name: &String| name.split('/').skip(2).collect::<Vec<_>>().join("/");
        let names: Vec<String> = names.iter().map(in_folder).collect();
        assert!(names.is_empty() || names.iter().eq(whole.keys()), "{asked:?}: {names:?}");
    }
    let output = demarche(&again);
    assert!(output.status.success(), "{asked:?}: {}", text(&output.stderr));
    let stem = only(&out);
    let found = contents(&only(&stem));
    for (name, bytes) in &whole {
        assert!(found.get(name) == Some(bytes), "{asked:?}: {name} differs");
    }
    // Nothing is left but the run folder.
    let left: Vec<_> = std::fs::read_dir(&stem).expect("a folder").collect();
    assert_eq!(left.len(), 1, "{asked:?} left {left:?}");
}

#[test]
fn a_run_that_is_killed_again_and_again_ends_with_the_same_bytes() {
    for asked in ASKED {
        killed_and_resumed(asked, 4);
    }
}

/// As long as it takes: `cargo test --test suite -- --ignored a_hundred_kills`.
#[test]
#[ignore = "takes minutes"]
fn a_hundred_kills_lose_nothing() {
    for asked in ASKED {
        killed_and_resumed(asked, 100);
    }
}

#[test]
fn what_was_kept_need_not_be_played_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = plain(folder.path());
    let asked = ["run", BORDER, "-n", "1000000", "-o", out, "--keep-every", "0.03"];
    kill_after(&asked, Duration::from_millis(500));
    let output = demarche(&[&asked[..], &["--resume"]].concat());
    let told = text(&output.stderr);
    let trials =
        told.strip_prefix("going on: ").and_then(|rest| rest.split_once(" trials need not"));
    let trials: u64 = trials.expect(&told).0.replace(',', "").parse().expect("a number");
    assert!((1_000..1_000_000).contains(&trials), "{told}");
}

#[test]
fn damaged_and_foreign_parts_are_left_out_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let asked = ["run", BORDER, "-n", "1000000", "-o", plain(&out), "--keep-every", "0.03"];
    kill_after(&asked, Duration::from_millis(500));
    let stem = only(&out);
    let hidden =
        std::fs::read_dir(&stem).expect("a folder").map(|entry| entry.expect("one").path());
    let kept = hidden.filter(|path| path.extension().is_some_and(|ending| ending == "parts"));
    let kept = kept.last().expect("parts were kept");
    let mut files: Vec<_> = std::fs::read_dir(&kept)
        .expect("a folder")
        .map(|entry| entry.expect("one").path())
        // The kill may have come while one was being written aside.
        .filter(|path| path.extension().is_some_and(|ending| ending == "part"))
        .collect();
    files.sort();
    let mut bytes = std::fs::read(&files[0]).expect("a part");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&files[0], bytes).expect("written");
    std::fs::write(kept.join("stranger.part"), "no part").expect("written");
    let output = demarche(&[&asked[..], &["--resume"]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told = text(&output.stderr);
    assert!(
        told.contains("it is damaged") && told.contains("it holds no parts of a run"),
        "{told}"
    );
    assert!(told.contains("it is left out"), "{told}");
}

#[test]
fn two_runs_of_one_question_at_once_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = plain(folder.path()).to_owned();
    let asked = ["run", BORDER, "-n", "200000", "-o", &out, "--keep-every", "0.02", "--quiet"];
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| demarche(&asked))).collect();
        for run in runs {
            let output = run.join().expect("it ends");
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
    });
    let alone = tempfile::tempdir().expect("a folder");
    let asked = ["run", BORDER, "-n", "200000", "-o", plain(alone.path()), "--quiet"];
    assert!(demarche(&asked).status.success());
    let of = |folder: &Path| contents(&only(&only(folder)));
    assert!(of(folder.path()) == of(alone.path()));
}

/// A small disk of its own, where the system lets a test have one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs", plain(folder.path())])
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then(|| SmallDisk(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_disk_that_is_full_of_parts_has_room_for_the_results() {
    let Some(disk) = SmallDisk::new("1m") else {
        println!("not tested: no small disk can be had here");
        return;
    };
    let out = plain(disk.0.path());
    let asked = ["run", BORDER, "-n", "2000000", "-o", out, "--keep-every", "0.02"];
    let output = demarche(&asked);
    let told = text(&output.stderr);
    assert!(told.contains("the disk is full; the run goes on"), "{told}");
    assert!(output.status.success(), "{told}");
    let alone = tempfile::tempdir().expect("a folder");
    assert!(
        demarche(&["run", BORDER, "-n", "2000000", "-o", plain(alone.path())]).status.success()
    );
    let found = |folder: &Path| contents(&only(&only(folder)));
    assert!(found(disk.0.path()) == found(alone.path()));
}

#[test]
fn where_not_even_the_results_fit_nothing_is_left_half_written() {
    let Some(disk) = SmallDisk::new("40k") else {
        println!("not tested: no small disk can be had here");
        return;
    };
    let output = demarche(&["run", BORDER, "-n", "2000", "-o", plain(disk.0.path())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("the disk is full"), "{}", text(&output.stderr));
    assert_eq!(visible(disk.0.path()), Vec::<String>::new());
}
