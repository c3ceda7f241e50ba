//! Whether a scenario has mistakes.

use super::error::InquiryError;
use crate::diagnostic::Diagnostics;
use crate::model::Document;

/// The warnings of a scenario.
///
/// # Errors
///
/// Every mistake in it.
pub fn sound(document: &Document) -> Result<Diagnostics, InquiryError> {
    let found = document.check();
    match found.has_errors() {
        true => Err(InquiryError::Mistakes(vec![(document.clone(), found)])),
        false => Ok(found),
    }
}
