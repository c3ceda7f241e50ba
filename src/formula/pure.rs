//! The functions that compute a number from numbers. Each is written once: the reference interpreter
//! calls it for single numbers, the lanes for whole columns.

use crate::numeric;

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pure {
    /// The least of its arguments.
    Min,
    /// The greatest of its arguments.
    Max,
    /// The first argument, but not below the second or above the third.
    Clamp,
    /// A function of one number.
    One(One),
    /// A function of two numbers.
    Two(Two),
}

/// Defines the functions of one number. Each has a line with its name, its argument and its value.
macro_rules! functions_of_one {
    ($($name:ident |$x:ident| $value:expr;)*) => {
        /// A function of one number.
        #[allow(missing_docs, reason = "the language's table says what each is")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum One {
            $($name,)*
        }

        impl One {
            /// The value of the function.
            #[inline(always)]
            pub fn of(self, x: f64) -> f64 {
                match self {
                    $(One::$name => { let $x = x; $value })*
                }
            }
        }
    };
}

/// Defines the functions of two numbers in the same way.
macro_rules! functions_of_two {
    ($($name:ident |$x:ident, $y:ident| $value:expr;)*) => {
        /// A function of two numbers.
        #[allow(missing_docs, reason = "the language's table says what each is")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Two {
            $($name,)*
        }

        impl Two {
            /// The value of the function.
            #[inline(always)]
            pub fn of(self, x: f64, y: f64) -> f64 {
                match self {
                    $(Two::$name => { let ($x, $y) = (x, y); $value })*
                }
            }
        }
    };
}

functions_of_one! {
    Abs |x| x.abs();
    Exp |x| numeric::exp(x);
    Ln |x| numeric::ln(x);
    Sqrt |x| x.sqrt();
    Sigmoid |x| numeric::sigmoid(x);
    Sin |x| numeric::sin(x);
    Cos |x| numeric::cos(x);
    Floor |x| x.floor();
    Round |x| x.round();
}

functions_of_two! {
    Hazard |p, steps| numeric::chance_per_step(p, steps);
    Mod |x, y| numeric::modulo(x, y);
}
