//! The secret by which the page is told from everyone else who can reach this machine's ports.

use std::fmt;

/// How many random bytes a token has: more than anyone can guess.
const BYTES: usize = 24;

/// A secret in hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PageToken(String);

impl PageToken {
    /// A new one, from the random numbers of the system.
    ///
    /// # Errors
    ///
    /// If the system has none.
    pub fn new() -> Result<Self, String> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| format!("no random numbers: {error}"))?;
        Ok(PageToken(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Whether a text is this token. The time that takes does not tell how much of it is right.
    pub fn is(&self, text: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), text.as_bytes());
        own.len() == other.len()
            && own.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
    }

    /// The token as a text, to be given to whoever may know it.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A token is not shown where values are printed for debugging.
impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_itself_and_no_other() {
        let [one, other] = [PageToken::new().expect("random"), PageToken::new().expect("random")];
        assert!(one.is(one.text()) && !one.is(other.text()) && !one.is(""));
        assert!(!one.is(&one.text()[1..]) && one.text().len() == 2 * BYTES);
        assert!(!format!("{one:?}").contains(one.text()));
    }
}
