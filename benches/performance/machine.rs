//! Describes the machine on which the figures were measured, as far as the system reports it, but
//! without its name.

use std::path::Path as FilePath;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use demarche::engine::Path;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A description of the machine.
pub struct Machine {
    processor: String,
    cores: usize,
    /// Caches of a core, by level: "32 KiB first-level (data)".
    caches: Vec<String>,
    memory: Option<String>,
    paths: Vec<&'static str>,
    missing: Vec<&'static str>,
    compiler: String,
    date: String,
    load: String,
}

impl Machine {
    /// Reads the description from the system.
    pub fn look() -> Self {
        let (present, missing): (Vec<Path>, Vec<Path>) =
            Path::ALL.into_iter().partition(|path| path.available());
        let names = |paths: Vec<Path>| paths.into_iter().map(Path::name).collect();
        Machine {
            processor: field("/proc/cpuinfo", "model name")
                .unwrap_or_else(|| format!("unnamed {} processor", std::env::consts::ARCH)),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            caches: caches(),
            memory: field("/proc/meminfo", "MemTotal").and_then(|text| gibibytes(&text)),
            paths: names(present),
            missing: names(missing),
            compiler: compiler(),
            date: date(),
            load: load(),
        }
    }

    /// The description in a sentence or two.
    pub fn sentence(&self) -> String {
        let mut text = format!("{} cores of an {}", self.cores, self.processor);
        for cache in &self.caches {
            text += &format!(", {cache}");
        }
        if let Some(memory) = &self.memory {
            text += &format!(", {memory} of memory");
        }
        text += &format!("; processor paths {}", self.paths.join(", "));
        if !self.missing.is_empty() {
            text += &format!(" (not {})", self.missing.join(", "));
        }
        text + &format!("; {}; {}", self.compiler, self.date)
    }

    /// The day of the description.
    pub fn date(&self) -> &str {
        &self.date
    }

    /// The load average at that time.
    pub fn load(&self) -> &str {
        &self.load
    }

    /// The description as JSON.
    pub fn json(&self) -> Value {
        json!({
            "processor": self.processor,
            "cores": self.cores,
            "caches": self.caches,
            "memory": self.memory,
            "paths": self.paths,
            "missing_paths": self.missing,
            "compiler": self.compiler,
            "date": self.date,
            "load": self.load,
        })
    }
}

/// The load average of the last minute: the mean number of processes that ran or waited for a core.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|text| !text.is_empty()).unwrap_or("not known").to_owned()
}

/// The first value of a name in a file of `name: value` lines.
fn field(file: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = pairs.find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}

/// "16384256 kB" in GiB.
fn gibibytes(text: &str) -> Option<String> {
    let kibibytes: f64 = text.strip_suffix("kB")?.trim().parse().ok()?;
    Some(format!("{:.1} GiB", kibibytes / f64::from(1 << 20)))
}

/// The data caches that the first core uses.
fn caches() -> Vec<String> {
    let folder = FilePath::new("/sys/devices/system/cpu/cpu0/cache");
    let mut found = Vec::new();
    for index in 0..8 {
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join(format!("index{index}/{name}")));
            text.map(|text| text.trim().to_owned()).ok()
        };
        let (Some(level), Some(kind), Some(size)) = (read("level"), read("type"), read("size"))
        else {
            break;
        };
        if kind != "Instruction" {
            found.push(format!("{} of level-{level} cache", cache_size(&size)));
        }
    }
    found
}

/// "32768K" as "32 MiB".
fn cache_size(text: &str) -> String {
    let kibibytes = text.strip_suffix('K').and_then(|digits| digits.parse::<u64>().ok());
    match kibibytes {
        Some(size) if size >= 1024 && size % 1024 == 0 => format!("{} MiB", size / 1024),
        Some(size) => format!("{size} KiB"),
        None => text.to_owned(),
    }
}

fn compiler() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let output = Command::new(rustc).arg("--version").output();
    let text = output.ok().filter(|output| output.status.success());
    text.and_then(|output| String::from_utf8(output.stdout).ok()).map_or_else(
        || "a Rust that does not say its version".to_owned(),
        |text| text.trim().to_owned(),
    )
}

/// Today, as in "25 November 2026", in UTC.
#[allow(clippy::disallowed_methods, reason = "the page states the date")]
fn date() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = (since.as_secs() / 86_400) as i64;
    let today = Date::constant(1970, 1, 1).saturating_add(days.days());
    today.strftime("%-d %B %Y").to_string()
}
