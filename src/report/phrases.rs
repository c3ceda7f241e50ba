//! Small functions on words that terminal, charts and page share.

/// A name as a person would write it: `border_guard` is `border guard`.
#[cfg(any(feature = "cli", feature = "report"))]
pub(crate) fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// A text with its first letter as a capital.
#[cfg(any(feature = "cli", feature = "report"))]
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A text with a full stop behind it, where it does not end a sentence itself.
#[cfg(any(feature = "cli", feature = "report"))]
pub(crate) fn sentence(text: &str) -> String {
    match text.ends_with(['.', '!', '?', '…']) {
        true => text.to_owned(),
        false => format!("{text}."),
    }
}

/// A word as a shell reads it: in quotes where it needs them.
pub(crate) fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        assert_eq!(shell("korea-2017.toml"), "korea-2017.toml");
        assert_eq!([shell("two words"), shell("")], ["'two words'", "''"]);
        assert_eq!(shell("it's; rm -r"), "'it'\\''s; rm -r'");
    }

    #[cfg(any(feature = "cli", feature = "report"))]
    #[test]
    fn names_read_as_words() {
        assert_eq!(capital(&spaced("border_guard")), "Border guard");
        assert_eq!(capital("élan"), "Élan");
        assert_eq!(capital(""), "");
        assert_eq!([sentence("When?"), sentence("Then")], ["When?", "Then."]);
    }
}
