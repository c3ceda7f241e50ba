//! Shards that no run has written, with a right checksum: whoever can write a file can compute that too.

use std::fs;
use std::io::{Read, repeat};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use serde_json::Value;

use super::{border, plain, refused, strained};
use crate::command::text;

/// What a shard begins with.
const BEGINNING: &[u8] = b"demarche parts 1\n";

/// What a shard says of itself, and its parts, unpacked.
fn read(path: &Path) -> (Value, Vec<u8>) {
    let bytes = fs::read(path).expect("a shard");
    let rest = bytes.strip_prefix(BEGINNING).expect("a shard");
    let (length, rest) = rest.split_at(8);
    let length = u64::from_le_bytes(length.try_into().expect("8 bytes")) as usize;
    let about = serde_json::from_slice(&rest[..length]).expect("JSON");
    let mut parts = Vec::new();
    let packed = &rest[length..rest.len() - 32];
    ZlibDecoder::new(packed).read_to_end(&mut parts).expect("it can be unpacked");
    (about, parts)
}

/// What a shard says of itself.
pub(super) fn about(path: &Path) -> Value {
    read(path).0
}

/// The bytes of a shard, with a checksum that is right.
fn shard(about: &str, length: u64, parts: impl Read) -> Vec<u8> {
    let mut bytes = BEGINNING.to_vec();
    bytes.extend(length.to_le_bytes());
    bytes.extend(about.as_bytes());
    let mut packed = ZlibEncoder::new(parts, Compression::fast());
    packed.read_to_end(&mut bytes).expect("memory takes it");
    let hash = blake3::hash(&bytes);
    bytes.extend(hash.as_bytes());
    bytes
}

/// A whole number as the parts have it: seven bits a byte, lowest first.
fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// Two shards that are all of a question.
pub(super) struct Shards {
    root: tempfile::TempDir,
    pub paths: [PathBuf; 2],
}

impl Shards {
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let file = border(root.path());
        for own in ["1/2", "2/2"] {
            let played = strained(root.path(), &["run", file, "-n", "40", "-q", "--shard", own]);
            assert!(played.status.success(), "{}", text(&played.stderr));
        }
        let folder = root.path().join("output/border-crisis");
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").map(|own| own.expect("one").path()).collect();
        paths.sort();
        Shards { paths: paths.try_into().expect("two shards"), root }
    }

    /// The folder that they are in.
    pub fn folder(&self) -> &Path {
        self.root.path()
    }

    /// Writes one that says something else of itself.
    pub fn written(&self, which: usize, change: impl Fn(&mut Value)) -> PathBuf {
        let (mut about, parts) = read(&self.paths[which]);
        change(&mut about);
        self.put(&format!("changed-{which}.shard"), &about.to_string(), &parts[..])
    }

    fn put(&self, name: &str, about: &str, parts: impl Read) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, shard(about, about.len() as u64, parts)).expect("written");
        path
    }

    /// Merges the first, with other parts, and the second as it is.
    fn with_parts(&self, parts: impl Read) -> std::process::Output {
        let about = about(&self.paths[0]).to_string();
        let first = self.put("parts.shard", &about, parts);
        strained(self.folder(), &["merge", plain(&first), plain(&self.paths[1]), "-o", "merged"])
    }

    /// Merges both, each of which says something else of itself.
    fn changed(&self, change: impl Fn(&mut Value)) -> std::process::Output {
        let [one, two] = [0, 1].map(|which| self.written(which, &change));
        strained(self.folder(), &["merge", plain(&one), plain(&two), "-q", "-o", "merged"])
    }
}

#[test]
fn a_shard_is_written_and_read_as_the_tests_believe() {
    let shards = Shards::new();
    let (_, parts) = read(&shards.paths[0]);
    let output = shards.with_parts(&parts[..]);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_shard_that_unpacks_to_a_flood_is_refused() {
    let shards = Shards::new();
    let told = refused(&shards.with_parts(repeat(0).take(600 << 20)));
    assert!(told.contains("its parts have more than 512 MiB"), "{told}");
    let size = fs::metadata(shards.folder().join("parts.shard")).expect("it is there").len();
    assert!(size < 4 << 20, "a small file: {size} bytes");
}

#[test]
fn an_endless_device_is_no_shard() {
    let shards = Shards::new();
    let told = refused(&strained(shards.folder(), &["merge", "/dev/zero"]));
    assert!(told.contains("more than 512 MiB"), "{told}");
}

#[test]
fn counts_and_lengths_beyond_all_bounds_take_no_memory() {
    let shards = Shards::new();
    let begun = [number(1), number(0), number(0), number(20)].concat();
    for parts in [
        number(u64::MAX),
        number(1 << 60),
        [&begun[..], &number(1 << 60), b"abc"].concat(),
        [&begun[..], &number(u64::MAX)].concat(),
        Vec::new(),
        vec![0xff; 64],
    ] {
        let told = refused(&shards.with_parts(&parts[..]));
        assert!(told.contains("its parts cannot be read"), "{told}");
    }
    // Trials that the question does not have.
    for (from, to) in [(0, u64::MAX), (u64::MAX - 1, u64::MAX), (5, 20), (0, 0)] {
        let part = [number(1), number(0), number(from), number(to), number(0)].concat();
        let told = refused(&shards.with_parts(&part[..]));
        assert!(told.contains("are in no shard"), "{from} to {to}: {told}");
    }
    let about = about(&shards.paths[0]).to_string();
    let path = shards.folder().join("long.shard");
    fs::write(&path, shard(&about, u64::MAX, &[][..])).expect("written");
    refused(&strained(shards.folder(), &["merge", plain(&path)]));
}

#[test]
fn parts_of_other_bytes_neither_take_memory_nor_kill_the_program() {
    let shards = Shards::new();
    let (_, parts) = read(&shards.paths[0]);
    for at in [6, 40, 100, 400, parts.len() / 2] {
        for bytes in [number(1 << 60), vec![0x80; 12], vec![0xff; 4]] {
            let mut changed = parts.clone();
            changed[at..at + bytes.len()].copy_from_slice(&bytes);
            let output = shards.with_parts(&changed[..]);
            let told = text(&output.stderr);
            assert!(!told.contains("memory allocation"), "{at}: {told}");
            assert!(output.status.code().is_some(), "{at}: it was not killed: {told}");
        }
    }
}

#[test]
fn names_in_a_shard_stay_in_the_folder_for_results() {
    let shards = Shards::new();
    let away = plain(shards.folder()).to_owned() + "/away";
    for name in ["../../away", &away, "..", "", "a\\b", "\u{1b}[2J\u{202e}", "con"] {
        let output = shards.changed(|own| {
            own["scenarios"][0]["name"] = name.into();
            own["scenarios"][0]["file"] = format!("{name}.toml").into();
            own["key"] = "../../away".into();
        });
        assert!(output.status.success(), "{name:?}: {}", text(&output.stderr));
    }
    for stem in fs::read_dir(shards.folder().join("merged")).expect("a folder") {
        let stem = stem.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(!stem.contains(['\u{1b}', '\u{202e}', '\\']) && !stem.is_empty(), "{stem:?}");
    }
    let names: Vec<_> = fs::read_dir(shards.folder()).expect("a folder").flatten().collect();
    assert!(names.iter().all(|own| !own.file_name().to_string_lossy().contains("away")));
}

#[test]
fn what_a_shard_says_of_itself_may_be_anything() {
    let shards = Shards::new();
    let told = refused(&shards.changed(|own| own["scenarios"] = serde_json::json!([])));
    assert!(told.contains("it holds no scenario"), "{told}");
    for (number, of) in [(0, 0), (3, 2), (1, u32::MAX)] {
        let change = |own: &mut Value| {
            own["shard"] = serde_json::json!({ "number": number, "of": of });
        };
        assert!(refused(&shards.changed(change)).contains("expected NUMBER/COUNT"));
    }
    let told = refused(&shards.changed(|own| own["question"]["n"] = (1_u64 << 62).into()));
    assert!(told.contains("are in no shard"), "{told}");
    // A path in the question is a name there, and not read.
    let other = serde_json::json!({
        "verb": "compare", "other": "/dev/zero", "n": 40, "seed": 1, "png": false,
    });
    let output = shards.changed(|own| own["question"] = other.clone());
    let told = text(&output.stderr);
    assert!([Some(1), Some(2)].contains(&output.status.code()), "{told}");
    assert!(told.starts_with("error: ") && !told.contains("/dev/zero"), "{told}");
    let setting = serde_json::json!(["record=/dev/zero"]);
    refused(&shards.changed(|own| own["question"]["set"] = setting.clone()));
    let deep = "[".repeat(1_000_000);
    let path = shards.put("deep.shard", &deep, &[][..]);
    refused(&strained(shards.folder(), &["merge", plain(&path)]));
}

#[test]
fn a_shard_with_counts_that_no_run_could_have_counted_is_refused_in_words() {
    let shards = Shards::new();
    let parts = read(&shards.paths[0]).1;
    let mut refused = Vec::new();
    // One byte after another is as large as a small number can be: lengths of lists, and counts.
    for at in (0..parts.len().min(360)).step_by(4) {
        let mut changed = parts.clone();
        changed[at] = 0x7f;
        let merged = shards.with_parts(&changed[..]);
        let words = text(&merged.stderr);
        assert!(!words.contains("panicked"), "byte {at}: {words}");
        match merged.status.code() {
            Some(0) => {}
            Some(1 | 2) => refused.push(words),
            status => panic!("byte {at}: {status:?}, {words}"),
        }
    }
    let of_lies = refused.iter().filter(|words| words.contains("no run could have counted"));
    assert!(of_lies.count() > 0, "{refused:?}");
}
