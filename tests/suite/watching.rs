//! `watch`: a file is checked and played each time it is saved.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

use crate::command::{demarche, text};

const BORDER: &str = "scenarios/border-crisis.toml";

/// Hands on each line of what a program prints.
fn lines(from: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (to, lines) = channel();
    spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// Waits for a line with some words, and returns all until then.
fn until(lines: &Receiver<String>, words: &str) -> String {
    let mut seen = String::new();
    loop {
        let line = lines.recv_timeout(Duration::from_secs(120));
        let line = line.unwrap_or_else(|error| panic!("{error}: no {words} in {seen}"));
        seen.push_str(&line);
        seen.push('\n');
        if line.contains(words) {
            return seen;
        }
    }
}

/// Ends a program as Ctrl-C does, and returns its exit status.
fn interrupt(mut child: Child) -> Option<i32> {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill").success());
    child.wait().expect("it ends").code()
}

#[test]
fn a_file_is_played_each_time_it_is_saved_and_mistakes_do_not_end_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    let scenario = fs::read_to_string(BORDER).expect("the scenario");
    fs::write(&file, &scenario).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["watch", file.to_str().expect("plain"), "-n", "100"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let out = lines(child.stdout.take().expect("a pipe"));
    let errors = lines(child.stderr.take().expect("a pipe"));
    let first = until(&out, "Ctrl-C ends");
    assert!(first.contains("Border crisis") && first.contains("100 trials in "), "{first}");

    fs::write(&file, scenario.replacen("tension", "tensoin", 1)).expect("a file");
    assert!(until(&errors, "mine.toml: ").contains("tens"));
    let broken = until(&out, "Ctrl-C ends");
    assert!(!broken.contains("trials in"), "{broken}");

    // An editor may put another file in its place.
    let other = folder.path().join("other.toml");
    fs::write(&other, scenario.replace("Border crisis", "Another crisis")).expect("a file");
    fs::rename(&other, &file).expect("it is renamed");
    let again = until(&out, "Ctrl-C ends");
    assert!(again.contains("Another crisis") && !again.contains("Border crisis"), "{again}");

    assert_eq!(interrupt(child), Some(0));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().collect();
    assert_eq!(left.len(), 1, "nothing is written: {left:?}");
}

#[test]
fn a_long_run_is_given_up_when_the_file_is_saved_or_on_ctrl_c() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    let scenario = fs::read_to_string(BORDER).expect("the scenario");
    fs::write(&file, "format = 1\n").expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["watch", file.to_str().expect("plain"), "-n", "2000000000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let out = lines(child.stdout.take().expect("a pipe"));
    until(&out, "Ctrl-C ends");
    fs::write(&file, &scenario).expect("a file");
    // It takes that up, and is left again for a file that cannot be played.
    std::thread::sleep(Duration::from_secs(2));
    fs::write(&file, "format = 1\n").expect("a file");
    until(&out, "Ctrl-C ends");
    fs::write(&file, &scenario).expect("a file");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(interrupt(child), Some(0));
}

#[test]
fn standard_input_cannot_be_watched() {
    let output = demarche(&["watch", "-"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("needs a file"));
}
