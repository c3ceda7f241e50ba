//! Files from strangers: what they cannot read, write, say or use up. `SECURITY.md` is the model of threats.
//!
//! What else is tried elsewhere: mistakes and absurd sizes of scenario files in `mistakes`, `robust` and `sizes`, the
//! page in `page`, formulas in spreadsheets in `spreadsheets`, names of files in `written`, and the live page in
//! `serving::security`.
#![cfg(unix)]

mod limits;
mod names;
mod places;
mod shards;
mod sizes;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::command::text;

/// A small scenario with every kind of table.
const BORDER: &str = "scenarios/border-crisis.toml";
/// How long a command may take that has nothing to do but to refuse.
const LONGEST: Duration = Duration::from_secs(20);
/// How much memory a command may take, in KiB of addresses.
const MOST_MEMORY: u64 = 3_000_000;

/// A path that every shell and every message takes as it is.
fn plain(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// The command, run in a folder as on a terminal with colours, on little memory and for a short time.
#[track_caller]
fn strained(folder: &Path, arguments: &[&str]) -> Output {
    strained_by(&format!("ulimit -v {MOST_MEMORY}"), folder, arguments)
}

/// The command with a limit that a shell sets.
#[track_caller]
fn strained_by(limit: &str, folder: &Path, arguments: &[&str]) -> Output {
    let script = format!("{limit} 2>/dev/null; exec \"$@\"");
    let child = Command::new("sh")
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_demarche")])
        .args(arguments)
        .current_dir(folder)
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let id = child.id().to_string();
    let (send, receive) = channel();
    std::thread::spawn(move || send.send(child.wait_with_output()));
    match receive.recv_timeout(LONGEST) {
        Ok(output) => output.expect("it ends"),
        Err(_) => {
            let _ = Command::new("kill").args(["-9", &id]).status();
            panic!("{arguments:?} still runs after {LONGEST:?}");
        }
    }
}

/// What a command says that must refuse its input: in words, and not because it broke.
#[track_caller]
fn refused(output: &Output) -> String {
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(!told.contains("panicked") && !told.contains("memory allocation"), "{told}");
    told
}

/// A file of the project.
fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Copies the small scenario into a folder, and returns its name there.
fn border(folder: &Path) -> &'static str {
    fs::copy(project(BORDER), folder.join("border-crisis.toml")).expect("copied");
    "border-crisis.toml"
}
