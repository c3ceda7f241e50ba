//! The native part of the Python package `demarche`: scenarios, questions, answers and tables as
//! Python objects. What a user sees is in `source/demarche`, which is written in Python.
//!
//! Python objects are only made and read here, never computed with: everything that takes time runs on
//! another thread without the interpreter's lock, see `watch`.

mod answer;
mod ask;
mod chart;
mod command;
mod errors;
mod evaluate;
mod mistakes;
mod scenario;
mod shard;
mod table;
mod trials;
mod watch;

use pyo3::prelude::*;

/// The native part of the package: see `demarche`.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::answer::{Answer, open_folder, restore};
    #[pymodule_export]
    use super::ask::ask;
    #[pymodule_export]
    use super::chart::Chart;
    #[pymodule_export]
    use super::command::main;
    #[pymodule_export]
    use super::evaluate::evaluate;
    #[pymodule_export]
    use super::mistakes::Diagnostic;
    #[pymodule_export]
    use super::scenario::{Input, Named, Scenario};
    #[pymodule_export]
    use super::shard::{divisible, merge, play_shard};
    #[pymodule_export]
    use super::table::Table;
    #[pymodule_export]
    use super::watch::Progress;

    use pyo3::prelude::*;

    /// Adds the version of the engine.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
