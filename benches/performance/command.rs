//! Measures whole commands, as a person would run them.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use demarche::engine::{Engine, EngineKind, TRIALS_PER_BLOCK};
use demarche::model::Model;
use serde_json::{Value, json};

use crate::contest::contender::timed;
use crate::effort::Effort;
use crate::engines::play;
use crate::figure::Figure;

/// The interval at which the peak memory is read.
const LOOK: Duration = Duration::from_millis(10);

/// Time and memory of whole commands.
pub struct Runs {
    /// Seconds with one thread and with two.
    pub threads: [Figure; 2],
    /// Seconds of a command on one thread, and of the engine for the same number of trials.
    pub alone: [Figure; 2],
    /// Seconds without a file of trials and with one.
    pub file: [Figure; 2],
    /// Peak memory in MiB for few trials and for many, where the system reports it.
    pub memory: Option<[Figure; 2]>,
    /// Seconds of `korea-2017`, first edition.
    pub korea: Figure,
}

impl Runs {
    /// The measurements as JSON.
    pub fn json(&self) -> Value {
        json!({
            "seconds_on_one_thread": self.threads[0].json(),
            "seconds_on_two_threads": self.threads[1].json(),
            "seconds_beside_engine": self.alone[0].json(),
            "seconds_of_engine": self.alone[1].json(),
            "seconds_without_file": self.file[0].json(),
            "seconds_with_file": self.file[1].json(),
            "mebibytes_few": self.memory.as_ref().map(|peaks| peaks[0].json()),
            "mebibytes_many": self.memory.as_ref().map(|peaks| peaks[1].json()),
            "seconds_of_korea": self.korea.json(),
        })
    }
}

/// Runs all commands; `border_crisis` is the scenario that most of them play.
pub fn measure(border_crisis: &Model, effort: Effort) -> Runs {
    let border = |trials: u64, more: &[&str]| Demarche::new("border-crisis", trials, more);
    let one = border(effort.threads, &["--threads", "1"]);
    let two = border(effort.threads, &["--threads", "2"]);
    let threads = in_turn(effort.runs, [&|_| one.seconds(), &|_| two.seconds()]);
    println!("one thread {}, two {}", threads[0].shown_in(" s"), threads[1].shown_in(" s"));
    let command = border(effort.alone, &["--threads", "1"]);
    let engine = Engine::new(border_crisis, 1, EngineKind::Lanes);
    let engine = |round| play(&engine, (effort.alone, TRIALS_PER_BLOCK), round);
    let alone = in_turn(effort.runs, [&|_| command.seconds(), &engine]);
    println!("command {}, engine {}", alone[0].shown_in(" s"), alone[1].shown_in(" s"));
    let without = border(effort.file, &[]);
    let with = border(effort.file, &["--trials", "parquet"]);
    let file = in_turn(effort.runs, [&|_| without.seconds(), &|_| with.seconds()]);
    println!("without a file {}, with one {}", file[0].shown_in(" s"), file[1].shown_in(" s"));
    let [few, many] = effort.memory.map(|trials| border(trials, &["--threads", "2"]));
    let peaks = |run: &Demarche, times: usize| -> Option<Figure> {
        (0..times).map(|_| run.peak()).collect::<Option<Vec<f64>>>().map(Figure::of)
    };
    // Many trials take long, and their peak hardly varies.
    let memory = peaks(&few, effort.runs).zip(peaks(&many, 1)).map(|(few, many)| [few, many]);
    if let Some([few, many]) = &memory {
        println!("peak memory {}, {}", few.shown_in(" MiB"), many.shown_in(" MiB"));
    }
    let korea = Demarche::new("korea-2017/first-edition", effort.korea, &[]);
    let korea = Figure::of((0..effort.korea_runs).map(|_| korea.seconds()).collect());
    println!("korea-2017: {}", korea.shown_in(" s"));
    Runs { threads, alone, file, memory, korea }
}

/// How long two things take in seconds, in turn; each is told which round it is.
fn in_turn(rounds: usize, runs: [&dyn Fn(u64) -> f64; 2]) -> [Figure; 2] {
    let mut seconds = [Vec::new(), Vec::new()];
    for round in 0..rounds as u64 {
        for (run, seconds) in runs.iter().zip(&mut seconds) {
            seconds.push(run(round));
        }
    }
    seconds.map(Figure::of)
}

/// A command `demarche run`, whose run folder is deleted afterwards.
struct Demarche {
    arguments: Vec<String>,
}

impl Demarche {
    fn new(scenario: &str, trials: u64, more: &[&str]) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = root.join("scenarios").join(format!("{scenario}.toml"));
        let (file, trials) = (file.display().to_string(), trials.to_string());
        let arguments = ["run", &file, "-n", &trials, "--quiet"];
        let arguments = arguments.iter().chain(more).map(|&argument| argument.to_owned());
        Demarche { arguments: arguments.collect() }
    }

    fn start(&self) -> (Child, PathBuf) {
        let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("performance");
        std::fs::create_dir_all(&output).expect("the target folder can be written to");
        let child = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .args(&self.arguments)
            .arg("--output")
            .arg(&output)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        (child.expect("the command starts"), output)
    }

    fn finish(mut child: Child, output: &Path) {
        let status = child.wait().expect("the command can be waited for");
        assert!(status.success(), "the command fails: {status}");
        std::fs::remove_dir_all(output).expect("the run folder can be deleted");
    }

    /// How long the command takes, in seconds.
    fn seconds(&self) -> f64 {
        timed(|| {
            let (child, output) = self.start();
            Demarche::finish(child, &output);
        })
    }

    /// The peak memory of the command in MiB, if the system reports it.
    fn peak(&self) -> Option<f64> {
        let (mut child, output) = self.start();
        let file = format!("/proc/{}/status", child.id());
        let mut peak = None;
        while child.try_wait().expect("the command can be asked").is_none() {
            peak = high_water_mark(&file).or(peak);
            std::thread::sleep(LOOK);
        }
        Demarche::finish(child, &output);
        peak
    }
}

/// The peak memory of a process in MiB, as the system reports it.
fn high_water_mark(file: &str) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024.0)
}
