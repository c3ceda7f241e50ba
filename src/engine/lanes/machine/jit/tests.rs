//! Random stretches of instructions as machine code, against the kernels.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};

use super::*;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::columns::FrameColumns;
use crate::engine::lanes::machine::cpu::{Cpu, Path};
use crate::engine::lanes::machine::instruction::Opcode;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;

/// Columns that hold flags and are not written.
const FLAGS: u32 = 4;
/// Columns that are compared; those behind are temporary.
const LASTING: u32 = 24;
const ALL: u32 = 80;

/// Numbers that operations treat in special ways.
const ODD: [f64; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MIN_POSITIVE,
    f64::MAX,
    1e-310,
    -2.5,
];

fn opcodes() -> Vec<Opcode> {
    let binary = [
        Binary::Add,
        Binary::Subtract,
        Binary::Multiply,
        Binary::Divide,
        Binary::AtLeast,
        Binary::AtMost,
        Binary::Equal,
        Binary::NotEqual,
        Binary::Less,
        Binary::LessEqual,
        Binary::And,
        Binary::Or,
        // These are left to the kernels, so they end a stretch.
        Binary::Min,
        Binary::LessOrNan,
    ];
    let unary = [
        Unary::Negate,
        Unary::Not,
        Unary::Share,
        Unary::NotBelowZero,
        Unary::Function(One::Abs),
        Unary::Function(One::Sqrt),
        Unary::Function(One::Floor),
        Unary::Function(One::Exp),
    ];
    let mut all: Vec<Opcode> = unary.into_iter().map(Opcode::Unary).collect();
    for op in binary {
        all.extend([Opcode::Columns(op), Opcode::ConstantLeft(op), Opcode::ConstantRight(op)]);
    }
    all.extend([
        Opcode::Select,
        Opcode::SelectConstantThen,
        Opcode::SelectConstantElse,
        Opcode::SelectConstants,
        Opcode::Fill,
        Opcode::Copy,
        Opcode::Blend,
        Opcode::BlendConstant,
        Opcode::AddScaled,
        Opcode::AddProduct,
        Opcode::AddThree,
        Opcode::Near,
        Opcode::AddNear,
        Opcode::Around,
        Opcode::AddAtMost,
        Opcode::AddAtLeast,
        Opcode::Test,
    ]);
    all
}

fn number(random: &mut SmallRng) -> f64 {
    match random.random_range(0..3) {
        0 => ODD[random.random_range(0..ODD.len())],
        1 => random.random_range(-2.0..2.0),
        _ => random.random_range(-1e6..1e6),
    }
}

/// A tape of so many instructions, cut in two runs, that reads no temporary column before it wrote
/// it.
fn tape(random: &mut SmallRng, opcodes: &[Opcode], length: usize) -> Tape {
    let mut written: Vec<u32> = (0..LASTING).collect();
    let mut code = Vec::new();
    while code.len() < length {
        let opcode = opcodes[random.random_range(0..opcodes.len())];
        let one = |random: &mut SmallRng| written[random.random_range(0..written.len())];
        let (a, b) = (one(random), one(random));
        let is_mask = matches!(
            opcode,
            Opcode::Select
                | Opcode::SelectConstantThen
                | Opcode::SelectConstantElse
                | Opcode::SelectConstants
                | Opcode::Blend
                | Opcode::BlendConstant
                | Opcode::Test
        );
        let c = if is_mask { random.random_range(0..FLAGS) } else { one(random) };
        let instruction = Instruction {
            code: opcode,
            out: random.random_range(FLAGS..ALL),
            a,
            b,
            c,
            k: number(random),
            l: number(random),
        };
        let reads = instruction.operands().contains(&Some(instruction.out));
        // What `Test` notes is noted in a column of flags.
        let unfit = instruction.changes() && !written.contains(&instruction.out)
            || matches!(opcode, Opcode::Test) && instruction.out != FLAGS
            || !matches!(opcode, Opcode::Test) && instruction.out == FLAGS;
        if reads || unfit {
            continue;
        }
        if !written.contains(&instruction.out) {
            written.push(instruction.out);
        }
        code.push(instruction);
    }
    let (middle, end) = (length as u32 / 3, length as u32);
    let pieces = vec![Piece::Run(0, middle), Piece::Run(middle, end)];
    Tape { code, pieces, ..Tape::default() }
}

/// The lasting columns after a tape was run on a path.
fn after(tape: &Tape, path: Path, lanes: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut columns = FrameColumns::default();
    columns.resize(ALL as usize, lanes);
    for column in 0..LASTING {
        for x in columns.get_mut(ColumnId(column)) {
            *x = if column <= FLAGS {
                f64::from(random.random_range(0..2u8))
            } else {
                number(&mut random)
            };
        }
    }
    let cpu = Cpu::new(path);
    let mut writer = cpu.writer();
    let stretches = writer.as_mut().map(|writer| writer.stretches(tape, LASTING));
    let code = cpu.decode(&tape.code, stretches.unwrap_or_default());
    let machine = writer.and_then(MachineWriter::finish);
    for piece in &tape.pieces {
        if let Piece::Run(from, to) = piece {
            cpu.run(&code, *from as usize..*to as usize, &mut columns, machine.as_ref());
        }
    }
    (0..LASTING).map(|column| columns.get(ColumnId(column))[..lanes].to_vec()).collect()
}

#[test]
fn machine_code_gives_the_bits_of_the_kernels() {
    let opcodes = opcodes();
    let mut random = SmallRng::seed_from_u64(7);
    for round in 0..400 {
        let length = [3, 12, 60, 400][round % 4];
        let lanes = [1, 7, 64, 65, 200, 256][round % 6];
        let tape = tape(&mut random, &opcodes, length);
        let seed = round as u64;
        let expected = after(&tape, Path::Baseline, lanes, seed);
        for path in [Path::Avx2Code, Path::Avx512Code].into_iter().filter(|path| path.available()) {
            let found = after(&tape, path, lanes, seed);
            let differs =
                |(a, b): (&f64, &f64)| a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan());
            for (column, (a, b)) in expected.iter().zip(&found).enumerate() {
                let lane = a.iter().zip(b).position(differs);
                assert_eq!(lane, None, "{path:?}, round {round}, column {column}");
            }
        }
    }
}

#[test]
fn longer_columns_are_left_to_the_kernels() {
    let mut random = SmallRng::seed_from_u64(3);
    let tape = tape(&mut random, &opcodes(), 30);
    let bits = |path| {
        let all = after(&tape, path, 300, 1);
        all.concat()
            .into_iter()
            .map(|x| if x.is_nan() { 0 } else { x.to_bits() })
            .collect::<Vec<_>>()
    };
    for path in Path::ALL.into_iter().filter(|path| path.available()) {
        assert_eq!(bits(path), bits(Path::Baseline), "{path:?}");
    }
}
