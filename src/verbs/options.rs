//! What several verbs can be asked for: how many trials, on which luck, and repeats.

use serde::{Deserialize, Serialize};

#[cfg(feature = "cli")]
use crate::engine::MAX_TRIALS;

/// The seed where none is given.
pub const SEED: u64 = 1;
/// How many times a draw of the assumptions is played where draws are asked for.
const REPEATS: u16 = 20;
/// How many trials are played where neither the question nor the file says.
pub const TRIALS: u64 = 10_000;

/// How many trials, and on which luck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct LuckOptions {
    /// How many trials to play [default: the file's, or 10000]
    #[cfg_attr(feature = "cli", arg(short = 'n', value_name = "TRIALS",
          value_parser = clap::value_parser!(u64).range(1..=MAX_TRIALS)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
    /// The seed of the random numbers
    #[cfg_attr(feature = "cli", arg(long, value_name = "SEED", default_value_t = SEED))]
    pub seed: u64,
    /// Also write the charts as PNG
    #[cfg_attr(feature = "cli", arg(long))]
    #[serde(default)]
    pub png: bool,
}

impl Default for LuckOptions {
    fn default() -> Self {
        LuckOptions { n: None, seed: SEED, png: false }
    }
}

/// Whether what the assumptions leave open is told from chance, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct DrawOptions {
    /// How many draws of the assumptions to play, each several times, to tell
    /// not knowing from chance
    #[cfg_attr(feature = "cli", arg(long, value_name = "DRAWS", conflicts_with = "n",
          value_parser = clap::value_parser!(u64).range(2..=1_000_000)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draws: Option<u64>,
    /// How many times to play each of them [default: 20]
    #[cfg_attr(feature = "cli", arg(long, value_name = "TIMES", requires = "draws",
          value_parser = clap::value_parser!(u16).range(2..=10_000)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repeats: Option<u16>,
}

impl LuckOptions {
    /// The same with the number of trials filled in: the question's, the file's or 10,000. Draws
    /// of the assumptions stand in its place.
    #[must_use]
    pub fn settled(self, of_file: Option<u64>, draws: DrawOptions) -> Self {
        let trials = self.n.or(of_file).unwrap_or(TRIALS);
        LuckOptions { n: draws.draws.is_none().then_some(trials), ..self }
    }

    /// How many trials of each policy in each world, or draws, a settled question asks for.
    pub fn trials(self, draws: DrawOptions) -> u64 {
        draws.draws.or(self.n).unwrap_or(TRIALS)
    }
}

impl DrawOptions {
    /// The same with the number of repeats filled in where draws are asked for.
    #[must_use]
    pub fn settled(self) -> Self {
        DrawOptions { repeats: self.draws.map(|_| self.repeats.unwrap_or(REPEATS)), ..self }
    }
}
