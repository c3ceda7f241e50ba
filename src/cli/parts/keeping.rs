//! Whether what is played is kept, and whether something that was kept is taken up.

use std::time::Duration;

use super::checkpoints::Checkpoints;
use crate::cli::failure::Failure;
use crate::cli::input::told;
use crate::cli::machine_options::MachineOptions;
use crate::format::{counted, seconds};
use crate::inquiry::{SettledInquiry, cannot};

/// Who keeps what is played for later, if that is wanted and can be done.
pub(in crate::cli) fn checkpoints(
    settled: &dyn SettledInquiry,
    machine: &MachineOptions,
) -> Result<Option<Checkpoints>, Failure> {
    let verb = settled.verb();
    if let Err(why) = settled.can_be_cut() {
        return match machine.resume {
            true => Err(told(cannot(&verb, "resumed", &why))),
            false => Ok(None),
        };
    }
    if machine.keep_every == 0.0 && !machine.resume {
        return Ok(None);
    }
    let owner = settled.part_owner(None);
    let name = format!("{}-{}", verb.word(), owner.key);
    let parent = machine.output.join(settled.stem());
    let every = match machine.keep_every {
        0.0 => Duration::MAX,
        seconds => Duration::from_secs_f64(seconds),
    };
    let kept = Checkpoints::new(&parent, &name, &owner, every);
    if machine.resume {
        let trials = kept.resume();
        machine.shown.remark(&match trials {
            0 => "nothing was kept; playing from the beginning\n".to_owned(),
            _ => format!("going on: {} need not be played again\n", counted(trials, "trial")),
        });
    } else if kept.has_some() {
        machine.shown.remark(
            "a run of the same question was stopped; --resume would go on with what it had kept\n",
        );
    }
    machine.shown.detail(|| {
        let often = match machine.keep_every {
            0.0 => "nothing more is kept".to_owned(),
            every => format!("what is played is kept every {}", seconds(every)),
        };
        format!("{often}, in {}", kept.folder().display())
    });
    Ok(Some(kept))
}
