//! Quantiles written out in simple operations, so that a program over columns can put them among
//! its own operations and do each for many draws at once.

/// A computation from a standard normal number and the parameters. It gives the same bits as the
/// quantile of its distribution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Composed {
    /// The standard normal number.
    StandardNormal,
    /// A parameter, by its position.
    Parameter(usize),
    /// A constant.
    Constant(f64),
    /// The sum of two.
    Sum(Box<[Composed; 2]>),
    /// The product of two.
    Product(Box<[Composed; 2]>),
    /// e to this power.
    Exp(Box<Composed>),
    /// The first where the standard normal number is below zero, else the second.
    BelowZeroOrNot(Box<[Composed; 2]>),
}

/// What is known of a parameter before any trial is played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownParameter {
    /// Its value, if it is a constant.
    pub constant: Option<f64>,
    /// Its least value.
    pub low: f64,
    /// Whether it is certainly neither NaN nor infinite.
    pub finite: bool,
}

impl Composed {
    /// The sum of two.
    pub fn sum(x: Composed, y: Composed) -> Composed {
        Composed::Sum(Box::new([x, y]))
    }

    /// The product of two.
    pub fn product(x: Composed, y: Composed) -> Composed {
        Composed::Product(Box::new([x, y]))
    }

    /// e to this power.
    pub fn exp(x: Composed) -> Composed {
        Composed::Exp(Box::new(x))
    }

    /// The first where the standard normal number is below zero, else the second.
    pub fn below_zero_or_not(below: Composed, otherwise: Composed) -> Composed {
        Composed::BelowZeroOrNot(Box::new([below, otherwise]))
    }
}

#[cfg(test)]
impl Composed {
    /// The value where the standard normal number is `z`.
    pub fn value(&self, z: f64, parameters: &[f64]) -> f64 {
        let of = |x: &Composed| x.value(z, parameters);
        match self {
            Composed::StandardNormal => z,
            Composed::Parameter(index) => parameters[*index],
            Composed::Constant(x) => *x,
            Composed::Sum(pair) => of(&pair[0]) + of(&pair[1]),
            Composed::Product(pair) => of(&pair[0]) * of(&pair[1]),
            Composed::Exp(x) => crate::numeric::exp(of(x)),
            Composed::BelowZeroOrNot(pair) => of(&pair[usize::from(z >= 0.0)]),
        }
    }
}
