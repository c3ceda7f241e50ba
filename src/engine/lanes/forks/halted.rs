//! Why forks stop.

/// Why forks were not played to their ends.
pub(super) enum Halted {
    /// Someone interrupted it.
    Interrupted,
    /// A value was met that may be a numerical error.
    Suspect,
}
