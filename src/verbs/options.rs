//! Options that several verbs have: the number of trials, the seed, repeats, and values that are set.

use serde::{Deserialize, Serialize};

#[cfg(feature = "cli")]
use crate::engine::MAX_TRIALS;
use crate::engine::Sampling;
use crate::store::CsvStyle;
#[cfg(feature = "cli")]
use crate::verbs::whole_number::whole_in;

/// The seed where none is given.
pub const SEED: u64 = 1;
/// How many times each draw of the assumptions is played if draws are asked for.
const REPEATS: u16 = 20;
/// How many trials are played if neither the question nor the file says.
pub const TRIALS: u64 = 10_000;

/// A name given on the command line, spelt as names of files are.
#[cfg(feature = "cli")]
pub(super) fn name_argument(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(crate::formula::normalised(text).into_owned())
}

/// How many trials to play, and with which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct LuckOptions {
    /// How many trials to play [default: the file's, or 10000]
    #[cfg_attr(feature = "cli", arg(short = 'n', value_name = "TRIALS",
          value_parser = whole_in::<u64>(1..=MAX_TRIALS)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub n: Option<u64>,
    /// The seed of the random numbers
    #[cfg_attr(feature = "cli", arg(long, value_name = "SEED", default_value_t = SEED,
          value_parser = whole_in::<u64>(0..=u64::MAX)))]
    pub seed: u64,
    /// Also write the charts as PNG
    #[cfg_attr(feature = "cli", arg(long))]
    #[serde(default)]
    pub png: bool,
    /// How text stands in CSV tables, also in that of trials
    #[cfg_attr(feature = "cli", arg(long, value_name = "STYLE", value_enum,
          default_value_t = CsvStyle::Guarded))]
    #[serde(skip_serializing_if = "CsvStyle::is_default", default)]
    pub csv: CsvStyle,
}

/// Other values in place of the file's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct SettingOptions {
    /// Put another value in place of the file's, such as assumptions.cost=0.5
    /// or "assumptions.cost=0.1 to 0.9"; may be given several times
    #[cfg_attr(feature = "cli", arg(long = "set", value_name = "PATH=VALUE"))]
    #[serde(rename = "set", skip_serializing_if = "Vec::is_empty", default)]
    pub settings: Vec<String>,
}

impl SettingOptions {
    /// The option, as messages name it.
    pub const OPTION: &str = "--set";
}

/// When a run has played enough, and how its trials are spread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct SamplingOptions {
    /// Stop once the share of every outcome is known to so many points either
    /// way, all outcomes and all looks together; -n is then the most
    #[cfg_attr(feature = "cli", arg(long, value_name = "POINTS", conflicts_with = "draws", allow_negative_numbers = true,
          value_parser = points))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub precision: Option<f64>,
    /// How what is drawn once per trial is spread over the trials
    #[cfg_attr(feature = "cli", arg(long, value_name = "WAY", value_enum,
          default_value_t = Sampling::Random))]
    #[serde(skip_serializing_if = "Sampling::is_default", default)]
    pub sampling: Sampling,
}

/// How many trials are played at most if a precision is asked for and nothing else is said: the last of
/// 11 looks.
pub const MOST_TRIALS: u64 = 1 << 20;

/// A precision in percentage points.
#[cfg(feature = "cli")]
fn points(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(points) if points > 0.0 && points <= 50.0 => Ok(points),
        _ => Err("expected a number of percentage points above 0 and up to 50".to_owned()),
    }
}

impl Default for LuckOptions {
    fn default() -> Self {
        LuckOptions { n: None, seed: SEED, png: false, csv: CsvStyle::default() }
    }
}

/// How many draws of the assumptions to play, and how many times each, so that what nobody knows can
/// be separated from chance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(clap::Args))]
pub struct DrawOptions {
    /// How many draws of the assumptions to play, each several times, to
    /// separate what nobody knows from chance
    #[cfg_attr(feature = "cli", arg(long, value_name = "DRAWS", conflicts_with = "n",
          value_parser = whole_in::<u64>(2..=1_000_000)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draws: Option<u64>,
    /// How many times to play each draw [default: 20]
    #[cfg_attr(feature = "cli", arg(long, value_name = "TIMES", requires = "draws",
          value_parser = whole_in::<u16>(2..=10_000)))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub repeats: Option<u16>,
}

impl LuckOptions {
    /// The same with the number of trials filled in: the question's, the file's or 10,000. If draws
    /// of the assumptions are asked for, it stays empty, because their number replaces it.
    #[must_use]
    pub fn settled(self, of_file: Option<u64>, draws: DrawOptions) -> Self {
        let trials = self.n.or(of_file).unwrap_or(TRIALS);
        LuckOptions { n: draws.draws.is_none().then_some(trials), ..self }
    }

    /// How many trials of each policy in each world a settled question asks for, or how many draws.
    pub fn trials(self, draws: DrawOptions) -> u64 {
        draws.draws.or(self.n).unwrap_or(TRIALS)
    }
}

impl DrawOptions {
    /// The same with the number of repeats filled in if draws are asked for.
    #[must_use]
    pub fn settled(self) -> Self {
        DrawOptions { repeats: self.draws.map(|_| self.repeats.unwrap_or(REPEATS)), ..self }
    }
}
