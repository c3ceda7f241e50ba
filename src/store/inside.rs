//! Files that stand in a folder which somebody else may have made.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The most bytes that are read of a file of a run folder.
pub(super) const MOST_BYTES: u64 = 256 << 20;

/// The bytes of a file of a folder: of a plain file in it, and not of what a link in it leads to elsewhere, of
/// a pipe or of a device.
pub(super) fn read_inside(folder: &Path, name: &str) -> io::Result<Vec<u8>> {
    let path = folder.join(name).canonicalize()?;
    if !path.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("it is a link that leads out of the folder"));
    }
    if !fs::metadata(&path)?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    read_at_most(File::open(path)?, MOST_BYTES)
}

/// All that can be read, if it is not more than so many bytes.
pub(super) fn read_at_most(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(format!("it has more than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_not_read_to_its_end() {
        let error = read_at_most(io::repeat(0), 1 << 20).unwrap_err();
        assert_eq!(error.to_string(), "it has more than 1 MiB");
        assert_eq!(read_at_most(&[7; 9][..], 9).unwrap(), [7; 9]);
    }
}
