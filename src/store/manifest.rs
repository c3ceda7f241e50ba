//! What a run folder says about itself.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Staging, StoreError, TrialFormat};

/// The version of the manifest's own layout.
pub const MANIFEST_FORMAT: u32 = 1;

/// `manifest.json`: what was asked, and nothing that depends on the clock or the machine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`].
    pub format: u32,
    /// The version of the engine: results are the same only within one.
    pub demarche: String,
    /// `run`, `compare`…
    pub verb: String,
    /// The scenario that was played.
    pub scenario: ScenarioFile,
    /// The seed of all random numbers.
    pub seed: u64,
    /// How many trials were played of each policy in each world.
    pub trials: u64,
    /// The policies, in the order of the tables; one for `run`.
    pub policies: Vec<String>,
    /// The worlds, in the order of the tables; one for `run`.
    pub worlds: Vec<String>,
    /// How many times each trial was played, where not knowing was told from
    /// chance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repeats: Option<u16>,
    /// The policy that the others are compared with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub baseline: Option<String>,
    /// The second scenario, where two files are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub compared_with: Option<ScenarioFile>,
    /// The goals that policies were weighed by, as on the command line.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub goals: Vec<String>,
    /// The value that counts as good enough.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub threshold: Option<f64>,
    /// The format of the file of trials, if one was asked for.
    pub trials_file: Option<TrialFormat>,
    /// The other files of the folder, sorted, such as `charts/outcomes.svg`.
    pub files: Vec<String>,
}

/// The scenario file a run was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioFile {
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

impl Manifest {
    /// The name of the file in the run folder.
    pub const FILE: &'static str = "manifest.json";

    /// Writes the manifest into its run folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        staging.write(Self::FILE, pretty(self))
    }

    /// Reads the manifest of a run folder.
    ///
    /// # Errors
    /// If there is none, or it is not one of this format.
    pub fn read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(Self::FILE);
        let text = fs::read(&path).map_err(StoreError::io("read", &path))?;
        let wrong = |reason| StoreError::Manifest { path, reason };
        let manifest: Self = match serde_json::from_slice(&text) {
            Ok(manifest) => manifest,
            Err(error) => return Err(wrong(error.to_string())),
        };
        if manifest.format != MANIFEST_FORMAT {
            return Err(wrong(format!("format {} in place of {MANIFEST_FORMAT}", manifest.format)));
        }
        Ok(manifest)
    }
}

impl Timing {
    /// The name of the file in the run folder.
    pub const FILE: &'static str = "timing.json";

    /// Writes the timing into its run folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, staging: &Staging) -> Result<(), StoreError> {
        staging.write(Self::FILE, pretty(self))
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

/// Indented JSON with a newline at its end.
fn pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .expect("structs of numbers, strings and lists always have a JSON form");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            format: MANIFEST_FORMAT,
            demarche: "0.1.0".to_owned(),
            verb: "run".to_owned(),
            scenario: ScenarioFile {
                file: "crisis.toml".to_owned(),
                title: "A \"crisis\"".to_owned(),
                blake3: content_hash(b"format = 1\n"),
            },
            seed: u64::MAX,
            trials: 10_000,
            policies: vec!["none".to_owned()],
            worlds: vec!["base".to_owned()],
            repeats: None,
            baseline: None,
            compared_with: None,
            goals: Vec::new(),
            threshold: None,
            trials_file: Some(TrialFormat::Parquet),
            files: vec!["charts/outcomes.svg".to_owned(), "summary.csv".to_owned()],
        }
    }

    #[test]
    fn a_manifest_reads_as_expected_and_reads_back() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::create(root.path(), "crisis", "run-1").unwrap();
        manifest().write(&staging).unwrap();
        let timing =
            Timing { seconds: 0.5, trials_per_second: 20_000.0, threads: 2, started: None };
        timing.write(&staging).unwrap();
        let folder = staging.commit().unwrap();
        assert_eq!(Manifest::read(&folder).unwrap(), manifest());
        assert_eq!(
            fs::read_to_string(folder.join("manifest.json")).unwrap(),
            r#"{
  "format": 1,
  "demarche": "0.1.0",
  "verb": "run",
  "scenario": {
    "file": "crisis.toml",
    "title": "A \"crisis\"",
    "blake3": "HASH"
  },
  "seed": 18446744073709551615,
  "trials": 10000,
  "policies": [
    "none"
  ],
  "worlds": [
    "base"
  ],
  "trials_file": "parquet",
  "files": [
    "charts/outcomes.svg",
    "summary.csv"
  ]
}
"#
            .replace("HASH", &content_hash(b"format = 1\n"))
        );
        assert_eq!(
            fs::read_to_string(folder.join("timing.json")).unwrap(),
            "{\n  \"seconds\": 0.5,\n  \"trials_per_second\": 20000.0,\n  \"threads\": 2\n}\n"
        );
    }

    #[test]
    fn a_manifest_that_is_missing_broken_or_newer_is_named() {
        let root = tempfile::tempdir().unwrap();
        let error = || Manifest::read(root.path()).unwrap_err().to_string();
        assert!(error().ends_with("manifest.json: no such file or folder"));
        let path = root.path().join("manifest.json");
        fs::write(&path, "{").unwrap();
        assert!(error().contains("manifest.json: EOF while parsing"));
        let newer = Manifest { format: 2, ..manifest() };
        fs::write(&path, pretty(&newer)).unwrap();
        assert!(error().ends_with("manifest.json: format 2 in place of 1"));
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
