//! Shards: a question in parts that are played apart, and joined again.

use std::path::PathBuf;

use demarche::inquiry::{
    InquiryError, JoinedShards, Kept, PlayedShard, Resources, can_be_sharded, join_shards,
    shard_work,
};
use demarche::store::PartFile;
use demarche::verbs::Shard;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::answer::Answer;
use crate::ask::{Asked, AskedQuestion, answer};
use crate::errors::{raised, refused};
use crate::scenario::Scenario;
use crate::watch::{Whole, apart, watched};

/// Checks that a question can be cut into shards, and says how many trials and replays all of them play together.
#[pyfunction]
#[pyo3(signature = (words, files, record=None))]
pub fn divisible(
    py: Python<'_>,
    words: Vec<String>,
    files: Vec<Asked<'_>>,
    record: Option<Bound<'_, Scenario>>,
) -> PyResult<(u64, u64)> {
    let asked = AskedQuestion::of(py, words, files, record)?;
    let checked = apart(py, || {
        let settled = asked.settle()?;
        can_be_sharded(settled.as_ref())?;
        let work = settled.work();
        Ok((work.trials, work.replays))
    })?;
    checked.map_err(|error| raised(py, error))
}

/// Plays one of several shards of a question, `NUMBER/COUNT`. Returns the name of its file, and the bytes of that.
#[pyfunction]
#[pyo3(signature = (words, files, shard, record=None, progress=None))]
pub fn play_shard<'py>(
    py: Python<'py>,
    words: Vec<String>,
    files: Vec<Asked<'py>>,
    shard: &str,
    record: Option<Bound<'py, Scenario>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<(String, Bound<'py, PyBytes>)> {
    let shard: Shard =
        shard.parse().map_err(|why| refused(py, format!("no shard is {shard}: {why}")))?;
    let asked = AskedQuestion::of(py, words, files, record)?;
    let resources = asked.resources;
    let played = watched(py, progress.as_ref(), move |observer| {
        let settled = asked.settle()?;
        observer.begin(Whole::of(shard_work(settled.as_ref(), shard)));
        let played = demarche::inquiry::play_shard(settled.as_ref(), shard, &resources, observer)?;
        let PlayedShard { name, file } = played;
        Ok((name, file.to_bytes()))
    })?;
    let (name, bytes) = played.map_err(|error: InquiryError| raised(py, error))?;
    Ok((name, PyBytes::new(py, &bytes)))
}

/// Joins all shards of a question to the answer that one machine would have given. Each is the bytes of a file,
/// with the path by which messages name it.
#[pyfunction]
pub fn merge(py: Python<'_>, shards: Vec<(PathBuf, PyBackedBytes)>) -> PyResult<Answer> {
    let merged = watched(py, None, move |observer| {
        let read = shards.into_iter().map(|(path, bytes)| {
            let file = PartFile::from_bytes(&path, &bytes);
            (path, file)
        });
        let JoinedShards { settled, known } = join_shards(read)?;
        let watch = Kept { watch: observer, keeper: Some(&known) };
        let merged = answer(settled, &Resources::default(), &watch);
        match known.missing() {
            Some(missing) => Err(InquiryError::Question(missing)),
            None => merged,
        }
    })?;
    merged.map_err(|error| raised(py, error))
}
