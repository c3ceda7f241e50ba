//! The same command gives the same bytes, whatever the number of threads, the size of
//! blocks and the length of the run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::command::run_into;
use crate::shortened::{MONTHS, PLAYS};

/// Every file of a run folder except the one that depends on the clock.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "timing.json") {
                let name = path.strip_prefix(folder).expect("inside").display().to_string();
                files.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    files
}

fn run(arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    contents(&run_into(folder.path(), arguments))
}

#[test]
fn threads_and_blocks_change_no_byte() {
    let months = format!("scenario.steps={MONTHS}");
    let plays = format!("scenario.imaginations={PLAYS}");
    for (file, trials, set) in [
        ("scenarios/border-crisis.toml", "2500", &[][..]),
        ("scenarios/crisis-tree.toml", "300", &[]),
        ("scenarios/korea-2017/first-edition.toml", "8", &["--set", &months, "--set", &plays]),
    ] {
        for format in ["csv", "parquet"] {
            let with = |more: &[&str]| {
                let mut all = vec![file, "-n", trials, "--trials", format];
                all.extend(set.iter().chain(more));
                run(&all)
            };
            let one = with(&["-j", "1"]);
            assert!(one.len() >= 8);
            assert!(one == with(&["-j", "2", "--block", "7"]), "{file}: two threads");
            assert!(one == with(&["-j", "8", "--block", "1000"]), "{file}: eight threads");
        }
    }
}

#[test]
fn the_first_trials_of_a_longer_run_are_the_shorter_run() {
    let trials = |n: &str| {
        let files = run(&["scenarios/border-crisis.toml", "-n", n, "--trials", "csv"]);
        String::from_utf8(files["trials.csv"].clone()).expect("text")
    };
    let (short, long) = (trials("1000"), trials("10000"));
    assert_eq!(short.lines().count(), 1001);
    assert!(long.starts_with(&short));
}

/// The expected results of each scenario: a hash over all CSV files of 20 trials. An
/// intended change of results changes these hashes, and is noted in the changelog.
const GOLDEN: &str = include_str!("../golden.txt");

#[test]
fn results_are_what_they_were() {
    let mut now = String::new();
    for name in ["border-crisis", "crisis-tree", "korea-2017/first-edition"] {
        let file = format!("scenarios/{name}.toml");
        let files = run(&[&file, "-n", "20", "--trials", "csv"]);
        let mut hasher = blake3::Hasher::new();
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
            hasher.update(name.as_bytes());
            hasher.update(bytes);
        }
        now.push_str(&format!("{name} {}\n", &hasher.finalize().to_hex()[..16]));
    }
    if std::env::var_os("DEMARCHE_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden.txt");
        fs::write(path, &now).expect("written");
        return;
    }
    assert_eq!(now, GOLDEN, "set DEMARCHE_BLESS=1 to accept the new results");
}

/// The peak memory of a run in KiB, read from the operating system.
#[cfg(target_os = "linux")]
pub(crate) fn peak(arguments: &[&str]) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_demarche"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .arg("-qo")
        .arg(folder.path())
        .spawn()
        .expect("the command starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("watched").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
        most = most.max(kib.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    most
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_trials() {
    let of = |trials| peak(&["run", "scenarios/border-crisis.toml", "-n", trials]);
    let (few, many) = (of("20000"), of("200000"));
    assert!(few > 0 && many < few * 3 / 2, "{few} KiB for 20,000 trials, {many} KiB for 200,000");
}
