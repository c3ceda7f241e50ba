//! The table of plays: for each, the numbers behind its inputs and its results.

use std::sync::Arc;

use crate::model::{Input, Model};
use crate::store::{
    Batch, ColumnData, ColumnKind, StoreError, TrialColumn, TrialFormat, TrialStore,
};
use crate::study::{InputGroup, MorrisPlays, Row, SobolRows, Target};

/// The columns: the row, the play, the uniform number of each input, and the results.
fn columns(inputs: &[Input], targets: &[Target]) -> Vec<TrialColumn> {
    let column = |name: String, kind| TrialColumn { name, kind };
    let numbers = inputs.iter().map(|input| format!("number.{}", input.name));
    let results = targets.iter().map(|target| format!("of.{}", target.name));
    let numbers = numbers.chain(results).map(|name| column(name, ColumnKind::Number));
    let first =
        [column("row".to_owned(), ColumnKind::Whole), column("play".to_owned(), ColumnKind::Text)];
    first.into_iter().chain(numbers).collect()
}

/// Writes all plays of all rows, play by play: A, A with other luck, B, then A with each group from B.
pub(super) fn write_rows(
    trials: &dyn TrialStore,
    format: TrialFormat,
    model: &Model,
    (groups, targets): (&[InputGroup], &[Target]),
    rows: &SobolRows,
) -> Result<(), StoreError> {
    let inputs = model.inputs();
    let mut sink = trials.open(format, columns(&inputs, targets))?;
    for play in Row::all(groups.len()) {
        let word = match play {
            Row::A => "A".to_owned(),
            Row::Again => "A again".to_owned(),
            Row::B => "B".to_owned(),
            Row::Exchanged(group) => groups[group].members_in_words(&inputs),
        };
        let count = rows.values(0, play).len();
        let mut data = first_columns((0..count as i64).collect(), word);
        for input in 0..inputs.len() {
            data.push(ColumnData::Number(rows.numbers(model, input, play)));
        }
        for target in 0..targets.len() {
            data.push(ColumnData::Number(rows.values(target, play).to_vec()));
        }
        sink.write(&Batch { columns: data })?;
    }
    sink.finish()
}

/// Writes the points of all trajectories, one trajectory after another; the play is the point, from 0.
pub(super) fn write_points(
    trials: &dyn TrialStore,
    format: TrialFormat,
    (inputs, targets): (&[Input], &[Target]),
    plays: &MorrisPlays,
) -> Result<(), StoreError> {
    let mut sink = trials.open(format, columns(inputs, targets))?;
    for (at, numbers) in plays.numbers().enumerate() {
        let row = (at / plays.points()) as i64;
        let mut data = first_columns(vec![row], (at % plays.points()).to_string());
        data.extend(numbers.into_iter().map(|number| ColumnData::Number(vec![number])));
        for target in 0..targets.len() {
            data.push(ColumnData::Number(vec![plays.values(target)[at]]));
        }
        sink.write(&Batch { columns: data })?;
    }
    sink.finish()
}

fn first_columns(rows: Vec<i64>, play: String) -> Vec<ColumnData> {
    let codes = vec![0; rows.len()];
    let dictionary: Arc<[String]> = [play].into();
    vec![ColumnData::Whole(rows), ColumnData::Text { codes, dictionary }]
}
