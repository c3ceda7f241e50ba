//! Functions from numbers to a number. Each stands here once: trees go through it number by number,
//! lanes column by column.

use crate::numeric;

/// A function of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pure {
    /// The least of its arguments.
    Min,
    /// The greatest.
    Max,
    /// The first argument, but not below the second or above the third.
    Clamp,
    /// A function of one number.
    One(One),
    /// A function of two.
    Two(Two),
}

/// A line for each function of one number: its name, its argument, its value.
macro_rules! functions_of_one {
    ($($name:ident |$x:ident| $value:expr;)*) => {
        /// A function of one number.
        #[allow(missing_docs, reason = "the language's table says what each is")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum One {
            $($name,)*
        }

        impl One {
            /// Its value.
            #[inline(always)]
            pub fn of(self, x: f64) -> f64 {
                match self {
                    $(One::$name => { let $x = x; $value })*
                }
            }

            /// Its values for a whole column. A loop for each function, since what is not put into
            /// its loop cannot run over several numbers at once.
            #[inline(always)]
            pub(crate) fn each(self, out: &mut [f64], of: &[f64]) {
                match self {
                    $(One::$name => {
                        for (slot, x) in out.iter_mut().zip(of) {
                            let $x = *x;
                            *slot = $value;
                        }
                    })*
                }
            }
        }
    };
}

/// The same for functions of two numbers.
macro_rules! functions_of_two {
    ($($name:ident |$x:ident, $y:ident| $value:expr;)*) => {
        /// A function of two numbers.
        #[allow(missing_docs, reason = "the language's table says what each is")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Two {
            $($name,)*
        }

        impl Two {
            /// Its value.
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
}

functions_of_two! {
    Hazard |p, steps| numeric::chance_per_step(p, steps);
}
