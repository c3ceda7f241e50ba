//! Files of parts: what was played of a question, for another machine or for later.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};

use super::inside::read_at_most;
use super::{StoreError, write_file};

/// What every file of parts begins with; the digit is the version of its layout.
const BEGINNING: &[u8] = b"demarche parts 1\n";
/// What the files of all versions begin with.
const ANY_VERSION: &[u8] = b"demarche parts ";
/// How many bytes the checksum has at the end.
const CHECKSUM: usize = blake3::OUT_LEN;
/// The most bytes that the file has, and that its parts have once they are unpacked.
const MOST_BYTES: u64 = 512 << 20;
/// How many of these are left for what stands around the parts.
const ROOM: u64 = 1 << 20;
/// How many times larger contents can be than what they were compressed to, by the format (DEFLATE).
const LARGEST_RATIO: u64 = 1_032;

/// What was played of a question: parts of its stages, and what question it is.
///
/// A file is: `demarche parts 1` and a line feed; the length of what it says of itself as 8 bytes, lowest first; that as JSON
/// in UTF-8; the parts in the [postcard](https://postcard.jamesmunns.com) format, compressed (zlib, RFC 1950); and the
/// BLAKE3 hash of all of this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartFile {
    /// What the file says of itself, as JSON.
    pub about: String,
    /// The parts.
    pub parts: Vec<StoredPart>,
}

/// A part of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPart {
    /// The stage.
    pub stage: u32,
    /// Its first trial.
    pub from: u64,
    /// The trial after its last.
    pub to: u64,
    /// What was counted over its trials.
    pub bytes: Vec<u8>,
}

impl PartFile {
    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        let unpacked: u64 = self.parts.iter().map(|part| part.bytes.len() as u64).sum();
        let bytes = self.to_bytes();
        if unpacked.max(bytes.len() as u64) > MOST_BYTES - ROOM {
            let cause = format!("its parts have more than {} MiB", MOST_BYTES >> 20);
            return Err(StoreError::io("write", path)(std::io::Error::other(cause)));
        }
        write_file(path, &bytes)
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = BEGINNING.to_vec();
        bytes.extend((self.about.len() as u64).to_le_bytes());
        bytes.extend(self.about.as_bytes());
        let parts = postcard::to_allocvec(&self.parts).expect("numbers and bytes can be written");
        let mut compressed = ZlibEncoder::new(bytes, Compression::fast());
        let bytes = compressed.write_all(&parts).and_then(|()| compressed.finish());
        let mut bytes = bytes.expect("memory takes all that is written");
        let hash = blake3::hash(&bytes);
        bytes.extend(hash.as_bytes());
        bytes
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, is no file of parts, was written by another version, or is damaged: not one bit of it may
    /// differ.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let read = File::open(path).and_then(|file| read_at_most(file, MOST_BYTES));
        let bytes = read.map_err(StoreError::io("read", path))?;
        Self::from_bytes(path, &bytes)
    }

    /// The file that has these bytes, and that messages know by a path.
    ///
    /// # Errors
    /// If they are of no file of parts, were written by another version, or are damaged.
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, StoreError> {
        Self::parse(bytes).map_err(|reason| StoreError::Spoilt {
            path: path.to_owned(),
            line: None,
            reason,
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        if !bytes.starts_with(ANY_VERSION) {
            return Err("it holds no parts of a run".to_owned());
        }
        if !bytes.starts_with(BEGINNING) {
            return Err("it was written by another version of Démarche".to_owned());
        }
        let damaged = || "it is damaged: its checksum is not that of its contents".to_owned();
        let end = bytes.len().checked_sub(CHECKSUM).ok_or_else(damaged)?;
        let (contents, checksum) = bytes.split_at(end);
        if blake3::hash(contents).as_bytes() != checksum {
            return Err(damaged());
        }
        let rest = contents.get(BEGINNING.len()..).ok_or_else(damaged)?;
        let (length, rest) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
        let about = rest.get(..length).ok_or_else(damaged)?;
        let compressed = rest.get(length..).ok_or_else(damaged)?;
        let mut parts = Vec::new();
        let most = (compressed.len() as u64).saturating_mul(LARGEST_RATIO).min(MOST_BYTES + 1);
        let read = ZlibDecoder::new(compressed).take(most).read_to_end(&mut parts);
        read.map_err(|error| format!("its parts cannot be unpacked: {error}"))?;
        if parts.len() as u64 > MOST_BYTES {
            return Err(format!("its parts have more than {} MiB", MOST_BYTES >> 20));
        }
        Ok(PartFile {
            about: String::from_utf8(about.to_vec()).map_err(|_| damaged())?,
            parts: postcard::from_bytes(&parts)
                .map_err(|error| format!("its parts cannot be read: {error}"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn file() -> PartFile {
        let part = |stage, from, to| StoredPart { stage, from, to, bytes: vec![7; 1_000] };
        PartFile { about: "{\"of\":\"é\"}".to_owned(), parts: vec![part(0, 0, 9), part(1, 5, 6)] }
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/a.part");
        file().write(&path).unwrap();
        assert_eq!(PartFile::read(&path).unwrap(), file());
        assert!(fs::metadata(&path).unwrap().len() < 300, "compressed");
    }

    #[test]
    fn no_bit_may_differ_and_no_byte_may_be_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.part");
        file().write(&path).unwrap();
        let bytes = fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1 << (at % 8);
            assert!(PartFile::parse(&other).is_err(), "byte {at}");
            assert!(PartFile::parse(&bytes[..at]).is_err(), "{at} bytes");
        }
        let mut newer = bytes.clone();
        newer[15] = b'2';
        assert!(PartFile::parse(&newer).unwrap_err().contains("another version"));
        assert!(PartFile::parse(b"title = 'x'").unwrap_err().contains("no parts"));
        let missing = PartFile::read(&folder.path().join("b.part")).unwrap_err().to_string();
        assert!(missing.starts_with("cannot read ") && missing.ends_with("no such file or folder"));
    }
}
