//! The nearest known name to a misspelt one.

/// The candidate most like `word`, if `word` is near enough to be a misspelling of it.
///
/// Nearness is the Damerau–Levenshtein distance (Damerau 1964), ignoring case;
/// a third of the word may differ, and ties go to the candidate named first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 200 {
        return None;
    }
    let word = word.to_lowercase();
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    let letters = letters(&word);
    let mut best: Option<((usize, usize), &str)> = None;
    for candidate in candidates {
        if candidate.len() > 200 || candidate.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let lower = candidate.to_lowercase();
        if (letters ^ self::letters(&lower)).count_ones() as usize > 2 * allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &lower);
        // A word of one letter is no slip of another one. Of equal distances, names of the same
        // length come first: two letters are swapped more often than one is added.
        let rank = (distance, candidate.chars().count().abs_diff(length));
        if distance <= allowed && distance < length && best.is_none_or(|(first, _)| rank < first) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// That there is no such name, with the nearest one and all there are.
pub fn no_such<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = nearest(name, known.clone());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let list: Vec<&str> = known.collect();
    format!("no {what} is called `{name}`{near}\n  there are: {}", list.join(", "))
}

/// The letters of a word as a set of bits. One step of the distance changes two of
/// them at most, which rules most candidates out before their distance is computed.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte % 64))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let known = ["tension", "share", "phase"];
        assert_eq!(nearest("tensoin", known), Some("tension"));
        assert_eq!(nearest("Phase", known), Some("phase"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("y", ["x"]), None);
        assert_eq!(nearest("stesp", ["step", "steps"]), Some("steps"));
    }

    #[test]
    fn of_two_equally_near_names_the_first_is_taken() {
        assert_eq!(nearest("cat", ["bat", "hat"]), Some("bat"));
    }
}
