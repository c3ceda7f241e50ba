//! The plays that Sobol indices are computed from.

use std::convert::Infallible;
use std::sync::Arc;

use super::given::{Lot, LotCounting, LotValues, address, play_lots};
use super::groups::InputGroup;
use super::target::Target;
use crate::engine::{TrialBlock, input_numbers};
use crate::model::{Input, Model};
use crate::stats::{GroupPlays, Resampling, SobolIndices, SobolPlays};
use crate::study::LEVEL;
use crate::study::plan::Plan;
use crate::study::stopped::Stopped;
use crate::study::watch::Watch;

/// About how many trials a lot has, so that the numbers of its inputs take little memory. Part of what
/// makes results the same: each lot has luck of its own.
const LOT: u64 = 1 << 16;

/// One of the plays of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// With the row's first draw of all inputs.
    A,
    /// With the same, and other luck.
    Again,
    /// With its second draw.
    B,
    /// With the first draw, but the inputs of this group from the second.
    Exchanged(usize),
}

impl Row {
    /// The plays of a row, in their order, for so many groups.
    pub fn all(groups: usize) -> impl Iterator<Item = Row> {
        [Row::A, Row::Again, Row::B].into_iter().chain((0..groups).map(Row::Exchanged))
    }

    /// How many plays a row has for so many groups.
    pub fn count(groups: usize) -> u64 {
        Row::all(groups).count() as u64
    }

    /// Which of the two draws an input has that belongs to a group.
    fn draw(self, group: usize) -> u16 {
        match self {
            Row::A | Row::Again => FIRST,
            Row::B => SECOND,
            Row::Exchanged(own) if own == group => SECOND,
            Row::Exchanged(_) => FIRST,
        }
    }
}

/// Which of an input's numbers in a trial is its first draw, which is that of an ordinary run, and which
/// the second: see [`input_numbers`].
const FIRST: u16 = 0;
const SECOND: u16 = 1;

/// The results of all plays of all rows.
#[derive(Clone, Debug)]
pub struct SobolRows {
    seed: u64,
    rows: u64,
    inputs: Vec<Input>,
    groups: Vec<InputGroup>,
    /// By target, play and row.
    values: Vec<Vec<Vec<f64>>>,
}

/// Plays so many rows, each at A, at A with other luck, at B, and at A with one group after another from B.
/// Every play has luck of its own.
///
/// # Errors
///
/// [`Stopped`].
pub fn play_rows(
    model: &Model,
    groups: &[InputGroup],
    targets: &[Target],
    plan: Plan,
    watch: &dyn Watch,
) -> Result<SobolRows, Stopped<Infallible>> {
    let inputs = model.inputs();
    let mut group_of = vec![0; inputs.len()];
    for (at, group) in groups.iter().enumerate() {
        group.members.iter().for_each(|member| group_of[*member] = at);
    }
    let (rows, plays) = (plan.trials, Row::count(groups.len()));
    // A lot is a number of whole rows, whose plays stand beside each other. There are few enough lots that
    // each has luck of its own.
    let per_lot = (LOT / plays).max(rows.div_ceil(u64::from(u16::MAX - 1))).max(1);
    let starts = (0..rows).step_by(per_lot as usize);
    let lots = starts.enumerate().map(|(at, first)| {
        let own = first..rows.min(first + per_lot);
        let column = |(input, group): (&Input, &usize)| -> Arc<[f64]> {
            let drawn = [FIRST, SECOND]
                .map(|which| input_numbers(model, plan.seed, input, own.clone(), which));
            let of_row = |row: usize| {
                let drawn = &drawn;
                Row::all(groups.len()).map(move |play| drawn[usize::from(play.draw(*group))][row])
            };
            (0..(own.end - own.start) as usize).flat_map(of_row).collect()
        };
        let columns = inputs.iter().zip(&group_of).map(column).collect();
        Lot { luck: at as u16, trials: (own.end - own.start) * plays, columns }
    });
    let room = || vec![Vec::with_capacity(rows as usize); plays as usize];
    let mut values: Vec<Vec<Vec<f64>>> = targets.iter().map(|_| room()).collect();
    let begin = |_: u64| LotValues(vec![Vec::new(); targets.len()]);
    let add = |all: &mut LotValues, block: &TrialBlock| all.add(targets, block);
    play_lots(
        (model, targets),
        plan,
        watch,
        lots,
        LotCounting { begin: &begin, add: &add },
        |_, LotValues(lot)| {
            for (columns, lot) in values.iter_mut().zip(lot) {
                // A lot begins with a whole row.
                for (trial, value) in lot.into_iter().enumerate() {
                    columns[trial % plays as usize].push(value);
                }
            }
        },
    )?;
    Ok(SobolRows { seed: plan.seed, rows, inputs, groups: groups.to_vec(), values })
}

impl SobolRows {
    /// How many plays there were.
    pub fn plays(&self) -> u64 {
        self.rows * Row::count(self.groups.len())
    }

    /// The values of a target in one of the plays, row by row.
    pub fn values(&self, target: usize, play: Row) -> &[f64] {
        let at = match play {
            Row::A => 0,
            Row::Again => 1,
            Row::B => 2,
            Row::Exchanged(group) => 3 + group,
        };
        &self.values[target][at]
    }

    /// The mean and the variance (n − 1) of a target over all plays.
    pub fn moments(&self, target: usize) -> crate::stats::Moments {
        let mut all = crate::stats::Moments::default();
        self.values[target].iter().for_each(|values| all.add_all(values));
        all
    }

    /// The uniform numbers of an input in one of the plays, row by row, before correlation.
    pub fn numbers(&self, model: &Model, input: usize, play: Row) -> Vec<f64> {
        let group = self.groups.iter().position(|group| group.members.contains(&input));
        let which = group.map_or(FIRST, |group| play.draw(group));
        input_numbers(model, self.seed, &self.inputs[input], 0..self.rows, which)
    }

    /// The random weights with which intervals are computed: the same for all targets.
    pub fn resampling(&self) -> Resampling {
        let address = address("sensitivity: rows", self.seed);
        Resampling::new(address, self.rows as usize, Resampling::REPLICATES)
    }

    /// The indices of a target; `None` where there are too few rows, or the target is a number of unknown
    /// range that was the same in all plays.
    pub fn indices(
        &self,
        model: &Model,
        (at, target): (usize, &Target),
        resampling: &Resampling,
    ) -> Option<SobolIndices> {
        // Only a single input that is independent of all others has a number that stands for it.
        let single = self.groups.iter().map(|group| match group.members.as_slice() {
            [one] => Some(self.numbers(model, *one, Row::A)),
            _ => None,
        });
        let single: Vec<Option<Vec<f64>>> = single.collect();
        let groups = single.iter().enumerate().map(|(group, numbers)| GroupPlays {
            exchanged: self.values(at, Row::Exchanged(group)),
            numbers: numbers.as_deref(),
        });
        let plays = SobolPlays {
            a: self.values(at, Row::A),
            again: self.values(at, Row::Again),
            b: self.values(at, Row::B),
            groups: groups.collect(),
        };
        let range = target.range(model).map(|(low, high)| high - low).filter(|r| r.is_finite());
        SobolIndices::of(&plays, range, resampling, LEVEL)
    }
}
