//! Lists of words in a sentence.

/// Words joined as in a sentence, with commas and a final `and`.
///
/// # Examples
///
/// ```
/// use demarche::format::listed;
///
/// assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
/// assert_eq!(listed::<&str>(&[]), "");
/// ```
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    let joined = |words: &[T]| words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => format!("{} and {}", joined(first), last.as_ref()),
    }
}
