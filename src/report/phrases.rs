//! Small functions on words that terminal, charts and page share.

use crate::format::sets_direction;

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
    let is_hidden = |c: char| c.is_control() || sets_direction(c);
    if word.contains(is_hidden) {
        // What is not seen is written out, so that who copies a command knows what it is.
        let written = |c: char| match c {
            '\'' | '\\' => format!("\\{c}"),
            _ if is_hidden(c) => {
                c.to_string().bytes().map(|byte| format!("\\{byte:03o}")).collect()
            }
            _ => c.to_string(),
        };
        return format!("$'{}'", word.chars().map(written).collect::<String>());
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The name of a file as a shell reads it, and no command takes for an option.
pub(crate) fn shell_file(name: &str) -> String {
    if name.starts_with('-') { shell(&format!("./{name}")) } else { shell(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        assert_eq!(shell("korea-2017.toml"), "korea-2017.toml");
        assert_eq!([shell("two words"), shell("")], ["'two words'", "''"]);
        assert_eq!(shell("it's; rm -r"), "'it'\\''s; rm -r'");
        assert_eq!(shell("a\u{1b}\u{202e}'"), "$'a\\033\\342\\200\\256\\''");
        assert_eq!([shell_file("-x.toml"), shell_file("x")], ["./-x.toml", "x"]);
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
