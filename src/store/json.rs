//! The small JSON files of a run folder, and the hashes that name it.

use std::path::Path;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::inside::read_inside;
use super::{Staging, StoreError};

/// The scenario file a run was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its name, without folders.
    pub file: String,
    /// The title it gives itself.
    pub title: String,
    /// [`content_hash`] of its bytes.
    pub blake3: String,
}

/// `timing.json`: what depends on the clock and the machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// Wall time of playing the trials, in seconds.
    pub seconds: f64,
    /// Trials played per second of wall time, over all policies and worlds.
    pub trials_per_second: f64,
    /// Threads that played them.
    pub threads: usize,
    /// When it began, as RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub started: Option<String>,
}

impl Timing {
    /// The name of the file in the run folder.
    pub const FILE: &'static str = "timing.json";

    /// That so many trials were played in this time, by so many threads.
    pub fn of(trials: u64, time: Duration, threads: usize) -> Self {
        let seconds = time.as_secs_f64();
        Timing { seconds, trials_per_second: trials as f64 / seconds, threads, started: None }
    }

    /// Writes the timing into its run folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        write_json(staging, Self::FILE, self)
    }
}

/// The BLAKE3 hash of a file's bytes, as 64 hexadecimal digits.
pub fn content_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The key of a run folder: the first 8 hexadecimal digits of a BLAKE3 hash over all that went into
/// the run.
///
/// Each part is preceded by its length, so that parts cannot run into each other.
///
/// ```
/// use demarche::store::run_key;
/// assert_ne!(run_key(["run", "10", "1"]), run_key(["run", "1", "01"]));
/// ```
pub fn run_key<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        let part = part.as_ref();
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex()[..8].to_owned()
}

/// Writes a value as indented JSON with a newline at its end.
///
/// # Errors
/// If the system refuses.
pub fn write_json(staging: &Staging, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
    staging.write(name, json_text(value))
}

/// A value as indented JSON with a newline at its end.
pub(crate) fn json_text(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .expect("structs of numbers, strings and lists always have a JSON form");
    text.push('\n');
    text
}

/// Reads a value from a JSON file of a run folder.
///
/// # Errors
/// If there is no such file, or it holds something else.
pub fn read_json<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, StoreError> {
    let path = folder.join(name);
    let text = read_inside(folder, name).map_err(StoreError::io("read", &path))?;
    serde_json::from_slice(&text)
        .map_err(|error| StoreError::Manifest { path, reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_timing_reads_as_expected() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        let timing =
            Timing { seconds: 0.5, trials_per_second: 20_000.0, threads: 2, started: None };
        timing.write(&staging).unwrap();
        let folder = staging.commit().unwrap();
        assert_eq!(
            fs::read_to_string(folder.join("timing.json")).unwrap(),
            "{\n  \"seconds\": 0.5,\n  \"trials_per_second\": 20000.0,\n  \"threads\": 2\n}\n"
        );
        assert_eq!(read_json::<Timing>(&folder, Timing::FILE).unwrap(), timing);
    }

    #[test]
    fn keys_are_stable_and_tell_where_parts_end() {
        let key = run_key(["run", "seed"]);
        assert_eq!(key.len(), 8);
        let hash = content_hash(b"\x03\0\0\0\0\0\0\0run\x04\0\0\0\0\0\0\0seed");
        assert_eq!(key, hash[..8]);
        assert_ne!(run_key(["ab", "c"]), run_key(["a", "bc"]));
        assert_ne!(run_key(["a", ""]), run_key(["a"]));
    }

    #[test]
    fn content_hashes_are_those_of_blake3() {
        assert_eq!(
            content_hash(b""),
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
        );
    }
}
