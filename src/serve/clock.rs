//! The time, which decides when something is shown or given up, and no number.

use std::time::Instant;

/// Now.
#[expect(clippy::disallowed_methods, reason = "decides when something is shown, and no number")]
pub(super) fn now() -> Instant {
    Instant::now()
}
