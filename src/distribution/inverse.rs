//! A distribution together with what was prepared for its parameters.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::prepared::Prepared;
use super::row::Distribution;

/// The quantile of a distribution, as one formula uses it for many draws.
///
/// Where the parameters are constants and the quantile has to be solved, it is prepared once and
/// then costs little.
#[derive(Clone, Debug)]
pub struct Inverse {
    /// The distribution.
    pub distribution: &'static Distribution,
    prepared: Option<Arc<Prepared>>,
}

impl Inverse {
    /// The quantile with these parameters; `None` where they are not all constants.
    pub fn new(distribution: &'static Distribution, constants: Option<&[f64]>) -> Self {
        let sound = constants.filter(|parameters| distribution.accepts(parameters));
        let prepared = distribution.prepared.as_ref().and_then(|preparation| {
            let standard = (preparation.standard)(sound?)?;
            Some(Prepared::shared(standard))
        });
        Inverse { distribution, prepared }
    }

    /// The quantile with nothing prepared.
    pub fn plain(distribution: &'static Distribution) -> Self {
        Inverse { distribution, prepared: None }
    }

    /// The value below which the share `u` of the distribution lies. NaN where `u` is not strictly
    /// between zero and one, and where the parameters make no distribution.
    ///
    /// If the parameters were given as constants before, these must be the same.
    pub fn quantile(&self, u: f64, parameters: &[f64]) -> f64 {
        match (&self.prepared, &self.distribution.prepared) {
            (Some(prepared), Some(preparation)) => {
                (preparation.draw)(prepared.quantile(u), parameters)
            }
            _ => self.distribution.quantile(u, parameters),
        }
    }
}

impl PartialEq for Inverse {
    /// Whether the two give the same draws when given the same parameters.
    fn eq(&self, other: &Self) -> bool {
        self.distribution == other.distribution
            && self.prepared.is_some() == other.prepared.is_some()
    }
}

impl Eq for Inverse {}

impl Hash for Inverse {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.distribution.hash(state);
    }
}
