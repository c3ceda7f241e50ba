//! One spelling of each name.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text in Unicode's composed form (NFC). `é` can be written as one character or as two, an `e` and
/// an accent that joins it, and looks the same; keyboards and file systems differ in which they give.
/// All names are compared in this form.
///
/// Source: Unicode Standard Annex #15.
pub fn normalised(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn accents_that_join_letters_and_parts_of_syllables_are_composed() {
        assert_eq!(normalised("confianc\u{327}a"), "confian\u{e7}a");
        assert_eq!(normalised("\u{1112}\u{1161}\u{11ab}"), "\u{d55c}");
        assert_eq!(normalised("plain"), "plain");
    }
}
