//! A chart of an answer.

use demarche::chart::png;
use demarche::report::Picture;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A chart: an SVG drawing with what it shows in words.
#[pyclass(frozen, module = "demarche._core")]
pub struct Chart {
    /// The name of its file in a run folder, without the ending.
    #[pyo3(get)]
    name: String,
    /// What kind of chart it is, such as `outcomes`.
    #[pyo3(get)]
    kind: String,
    /// The sentence that stands above it.
    #[pyo3(get)]
    title: String,
    /// What it shows, for those who cannot see it.
    #[pyo3(get)]
    alt: String,
    /// The whole chart as an SVG document.
    #[pyo3(get)]
    svg: String,
}

impl Chart {
    /// The chart that was drawn.
    pub fn of(picture: &Picture) -> Self {
        Chart {
            name: picture.name.clone(),
            kind: picture.kind.word().to_owned(),
            title: picture.drawing.title().to_owned(),
            alt: picture.alt.clone(),
            svg: picture.drawing.whole(),
        }
    }
}

#[pymethods]
impl Chart {
    #[new]
    fn new(name: String, kind: String, title: String, alt: String, svg: String) -> Self {
        Chart { name, kind, title, alt, svg }
    }

    fn __getnewargs__(&self) -> (&str, &str, &str, &str, &str) {
        (&self.name, &self.kind, &self.title, &self.alt, &self.svg)
    }

    /// The chart as a PNG picture, with so many pixels for each CSS pixel of the drawing.
    #[pyo3(signature = (scale=2.0))]
    fn png(&self, py: Python<'_>, scale: f32) -> PyResult<Vec<u8>> {
        let drawn = py.detach(|| png(&self.svg, scale));
        drawn.map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// The chart, for notebooks.
    fn _repr_svg_(&self) -> &str {
        &self.svg
    }

    fn __repr__(&self) -> String {
        format!("<Chart {}: {}>", self.name, self.title)
    }
}
