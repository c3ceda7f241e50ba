//! Names of files that every disk takes, made from names that a scenario gives.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::format::sets_direction;

/// The most bytes that a name has. Endings, and the marks of a file that is still being written, are
/// added to it, and file systems take no more than 255 bytes (some of them 143).
const MOST: usize = 100;
/// How many letters of the hash end a name that had to be changed.
const HASH: usize = 8;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Beginnings of such names that are followed by a digit.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// A name for a file or folder, which is the same for the same text.
///
/// Letters of all scripts stay. What some disk refuses is replaced by `-`, and a text that is too
/// long is cut; such a name ends in a part of the text's hash, so that two texts do not become one name.
///
/// # Examples
///
/// ```
/// use demarche::store::file_name;
///
/// assert_eq!(file_name("series-tension"), "series-tension");
/// assert_eq!(file_name(&"w".repeat(300)).len(), 100);
/// assert_ne!(file_name("seek:a,b"), file_name("seek:a-b"));
/// ```
pub fn file_name(text: &str) -> String {
    let replaced: String =
        text.chars().map(|letter| if is_refused(letter) { '-' } else { letter }).collect();
    // Windows drops dots and spaces at the end.
    let plain = replaced.trim_end_matches(['.', ' ']);
    if plain == text && text.len() <= MOST && !is_device(text) && !text.is_empty() {
        return text.to_owned();
    }
    // A device keeps its name whatever comes after a dot.
    if is_device(plain) { marked(&plain.replace('.', "-"), text) } else { marked(plain, text) }
}

/// A name that is cut where it is too long and ends in a part of the hash of `of`.
fn marked(name: &str, of: &str) -> String {
    let most = MOST - HASH - 1;
    let end = name.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = end.take_while(|end| *end <= most).last().unwrap_or(0);
    let hash = blake3::hash(of.as_bytes()).to_hex();
    format!("{}-{}", name[..end].trim_end_matches(['.', ' ']), &hash[..HASH])
}

/// Whether some disk does not take a letter in a name, or it turns around what is listed beside it.
fn is_refused(letter: char) -> bool {
    letter.is_control() || sets_direction(letter) || "<>:\"/\\|?*".contains(letter)
}

/// Whether Windows takes a name for a device.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| {
            let mut letters = rest.chars();
            matches!((letters.next(), letters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(|device| is_numbered(device))
}

/// What is the same of two names that some disk takes for one: where capital letters are not told from small ones, or
/// a letter with an accent from a letter and an accent.
fn alike(name: &str) -> String {
    // Capital letters first: some small letters are told apart only by their capitals.
    let folded = name.nfd().collect::<String>().to_uppercase().to_lowercase();
    folded.nfd().collect()
}

/// The names of the files of one folder, no two of which are the same on a disk that does not tell
/// capital letters from small ones or one spelling of an accent from another.
#[derive(Clone, Debug, Default)]
pub struct DistinctNames {
    taken: BTreeSet<String>,
}

impl DistinctNames {
    /// The name of the next file: that of [`file_name`], unless it is taken.
    pub fn next(&mut self, text: &str) -> String {
        let mut name = file_name(text);
        for again in 1_u64.. {
            if self.taken.insert(alike(&name)) {
                break;
            }
            name = marked(&file_name(text), &format!("{text}\n{again}"));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_and_others_fit_every_disk() {
        for name in ["series-tension", "outcomes-base", "Krieg und Frieden", "위기", "a.b", "-"] {
            assert_eq!(file_name(name), name);
        }
        let hangul = "위".repeat(100);
        let odd = [
            "", ".", "..", "a.", "a ", "con", "CON", "nul.txt", "com1", "Lpt9.x", "com¹", "a/b",
            "a\\b", "a:b", "a|b", "a\nb", "seek:a,b", &hangul,
        ];
        let mut seen = BTreeSet::new();
        for text in odd {
            let name = file_name(text);
            assert!(name.len() <= MOST && name != text, "{text}: {name}");
            assert!(!is_device(&name) && !name.contains(is_refused) && !name.ends_with(['.', ' ']));
            assert_eq!(file_name(&name), name, "a name stays as it is");
            assert!(seen.insert(name.to_lowercase()), "{text}");
        }
        for name in ["console", "com", "com10", "auxiliary", "lpt"] {
            assert_eq!(file_name(name), name);
        }
    }

    #[test]
    fn no_two_files_of_a_folder_have_one_name() {
        let mut names = DistinctNames::default();
        let long = "w".repeat(200);
        let texts = ["war", "War", "WAR", "seek:a,b", "seek:a-b", "war", &long, &long, "ß", "SS"];
        let given: Vec<String> = texts.iter().map(|text| names.next(text)).collect();
        assert_eq!(given[0], "war");
        let folded: BTreeSet<String> =
            given.iter().map(|name| name.to_uppercase().to_lowercase()).collect();
        assert_eq!(folded.len(), texts.len(), "{given:?}");
        assert!(given.iter().all(|name| name.len() <= MOST));
        let mut again = DistinctNames::default();
        assert_eq!(given, texts.map(|text| again.next(text)));
    }
}
