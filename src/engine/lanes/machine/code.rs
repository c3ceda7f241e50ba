//! Instructions in the form in which they are carried out.

/// An instruction with the function that carries it out.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Call {
    pub function: unsafe fn(&Call, *mut f64, usize),
    pub out: u32,
    pub a: u32,
    pub b: u32,
    pub c: u32,
    pub k: f64,
    pub l: f64,
}

/// Instructions in the form in which they are carried out on a path.
#[derive(Clone, Debug, Default)]
pub(in crate::engine::lanes) struct DecodedCode {
    pub calls: Vec<Call>,
    /// The same in stretches, one after the other, where there is machine code.
    pub stretches: Vec<Stretch>,
    /// How many columns there must be.
    pub columns: usize,
}

/// Instructions of a tape, from one to before another, that are carried out together.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Stretch {
    pub from: u32,
    pub to: u32,
    /// Where the machine code for them begins, if there is some.
    pub entry: Option<u32>,
}
