//! No input makes the reading panic, overflow the stack, or take long.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use demarche::diagnostic::{Diagnostics, Paint, Severity, Span, render};
use demarche::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use demarche::formula::{Text, parse};
use demarche::model::Document;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngSeed, TestRunner};

/// A runner that tries the same `cases` in every run.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_170_903),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..ProptestConfig::default()
    })
}

/// A file of the project.
fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads, checks and draws a file, and says what a person would see.
fn check(bytes: &[u8]) -> (Diagnostics, String) {
    let document = Document::read("file.toml", bytes);
    let found = document.check();
    let drawn = render(&found.first(100), "file.toml", &document.text, Paint::Plain);
    (found, drawn)
}

/// One way to spoil a file.
#[derive(Clone, Debug)]
enum Slip {
    Delete(Index),
    Duplicate(Index),
    Swap(Index, Index),
    Flip(Index, char),
    Insert(Index, &'static str),
    Number(Index, &'static str),
    Nest(Index, usize, &'static str, &'static str),
    Cut(Index),
}

const TOKENS: [&str; 38] = [
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\\",
    "\u{0}",
    "é",
    "🙂",
    "\r",
    "'''",
    "\"\"\"",
    "(",
    ")",
    "+=",
    "-= ",
    "%",
    " to ",
    " if ",
    " in ",
    " not ",
    "normal(0, 1)",
    "^",
    "prior",
    "true",
    "nan",
    "inf",
    "-1",
    "0x10",
    "1979-05-27T07:32:00Z",
    "t",
    "happened(",
];

const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "nan",
    "inf",
    "-inf",
    "1e308",
    "-1e308",
    "1e-320",
    "999999999999",
    "-0.0",
    "2.5",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "1e999",
    "300%",
];

const NESTS: [(&str, &str); 7] = [
    ("(", ")"),
    ("[", "]"),
    ("{ a = ", " }"),
    ("-", ""),
    ("a.", ""),
    ("if t > 1 then ", " else 0"),
    ("min(1, ", ")"),
];

fn slip() -> impl Strategy<Value = Slip> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Slip::Delete),
        at().prop_map(Slip::Duplicate),
        (at(), at()).prop_map(|(one, other)| Slip::Swap(one, other)),
        (at(), prop_oneof![any::<char>(), proptest::char::range(' ', '~')])
            .prop_map(|(at, c)| Slip::Flip(at, c)),
        (at(), proptest::sample::select(&TOKENS[..])).prop_map(|(at, what)| Slip::Insert(at, what)),
        (at(), proptest::sample::select(&NUMBERS[..]))
            .prop_map(|(at, what)| Slip::Number(at, what)),
        (at(), proptest::sample::select(vec![3_usize, 100, 3_000]), 0..NESTS.len())
            .prop_map(|(at, deep, which)| Slip::Nest(at, deep, NESTS[which].0, NESTS[which].1)),
        at().prop_map(Slip::Cut),
    ]
}

/// The start of a random character.
fn place(text: &str, at: &Index) -> usize {
    let mut at = at.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The ranges of the numbers in a text.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte.is_ascii_digit() || byte == b'.', start) {
            (true, None) if byte != b'.' => start = Some(at),
            (false, Some(from)) => {
                out.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn spoil(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let last = lines.len();
    match slip {
        Slip::Delete(_) | Slip::Duplicate(_) | Slip::Swap(..) if lines.is_empty() => {
            return text.to_owned();
        }
        Slip::Delete(at) => {
            lines.remove(at.index(last));
        }
        Slip::Duplicate(at) => lines.insert(at.index(last), lines[at.index(last)]),
        Slip::Swap(one, other) => lines.swap(one.index(last), other.index(last)),
        Slip::Flip(at, with) => {
            let at = place(text, at);
            let mut rest = text[at..].chars();
            rest.next();
            return format!("{}{with}{}", &text[..at], rest.as_str());
        }
        Slip::Insert(at, what) => {
            let at = place(text, at);
            return format!("{}{what}{}", &text[..at], &text[at..]);
        }
        Slip::Number(at, what) => {
            let all = numbers(text);
            if all.is_empty() {
                return text.to_owned();
            }
            let (from, to) = all[at.index(all.len())];
            return format!("{}{what}{}", &text[..from], &text[to..]);
        }
        Slip::Nest(at, deep, open, close) => {
            let at = place(text, at);
            let (open, close) = (open.repeat(*deep), close.repeat(*deep));
            return format!("{}{open}1{close}{}", &text[..at], &text[at..]);
        }
        Slip::Cut(at) => return text[..place(text, at)].to_owned(),
    }
    lines.join("\n")
}

fn survives_slips(name: &str, cases: u32) {
    let text = file(name);
    let slips = proptest::collection::vec(slip(), 1..4);
    let result = runner(cases).run(&slips, |slips| {
        let spoilt = slips.iter().fold(text.clone(), |text, slip| spoil(&text, slip));
        let began = Instant::now();
        let (found, drawn) = check(spoilt.as_bytes());
        prop_assert!(began.elapsed() < Duration::from_secs(5), "took {:?}", began.elapsed());
        prop_assert_eq!(found.is_empty(), drawn.is_empty());
        Ok(())
    });
    if let Err(error) = result {
        panic!("{name}: {error}");
    }
}

#[test]
fn slips_in_the_example_are_survived() {
    survives_slips("tests/fixtures/example.toml", 1_000);
}

#[test]
fn slips_in_the_border_crisis_are_survived() {
    survives_slips("scenarios/border-crisis.toml", 1_000);
}

#[test]
fn slips_in_the_crisis_tree_are_survived() {
    survives_slips("scenarios/crisis-tree.toml", 600);
}

#[test]
fn slips_in_korea_are_survived() {
    survives_slips("scenarios/korea-2017.toml", 100);
}

#[test]
fn bytes_of_any_kind_are_survived() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..200);
    runner(500)
        .run(&bytes, |bytes| {
            check(&bytes);
            Ok(())
        })
        .unwrap();
    let text = proptest::collection::vec(proptest::sample::select(&TOKENS[..]), 0..60);
    runner(2_000)
        .run(&text, |tokens| {
            let body = tokens.concat();
            check(body.as_bytes());
            check(
                format!("format = 1\nscenario.steps = 3\nstate.x.start = '''{body}'''").as_bytes(),
            );
            Ok(())
        })
        .unwrap();
}

/// A formula, written with every bracket.
fn in_full(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(in_full).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        ExprKind::Number(x) => x.to_string(),
        ExprKind::Flag(x) => x.to_string(),
        ExprKind::Text(x) => format!("'{x}'"),
        ExprKind::Name(x) => x.clone(),
        ExprKind::Field(a, x) => format!("{a}.{x}"),
        ExprKind::Unary(UnaryOp::Negate, x) => format!("(-{})", in_full(x)),
        ExprKind::Unary(UnaryOp::Not, x) => format!("(not {})", in_full(x)),
        ExprKind::Binary(op, x, y) => format!("({} {} {})", in_full(x), op.sign(), in_full(y)),
        ExprKind::To(x, y) => format!("({} to {})", in_full(x), in_full(y)),
        ExprKind::In(x, items) => format!("({} in ({}))", in_full(x), list(items)),
        ExprKind::If(c, x, y) => {
            format!("(if {} then {} else {})", in_full(c), in_full(x), in_full(y))
        }
        ExprKind::Call(f, _, items) => format!("{f}({})", list(items)),
        ExprKind::Broken => "?".to_owned(),
    }
}

/// How tightly a form binds, and how tightly its left and right parts must.
fn powers(expr: &Expr) -> (u8, u8, u8) {
    use BinaryOp::*;
    match &expr.kind {
        ExprKind::If(..) => (0, 0, 0),
        ExprKind::Binary(Or, ..) => (1, 1, 2),
        ExprKind::Binary(And, ..) => (2, 2, 3),
        ExprKind::Unary(UnaryOp::Not, _) => (3, 3, 3),
        ExprKind::Binary(Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual, ..)
        | ExprKind::In(..) => (4, 5, 5),
        ExprKind::To(..) => (5, 5, 6),
        ExprKind::Binary(Add | Subtract, ..) => (6, 6, 7),
        ExprKind::Binary(Multiply | Divide, ..) => (7, 7, 8),
        ExprKind::Unary(UnaryOp::Negate, _) => (8, 8, 8),
        ExprKind::Binary(Power, ..) => (9, 10, 8),
        _ => (11, 0, 0),
    }
}

/// A formula, written with no bracket more than it needs where something of
/// the strength `least` must stand.
fn in_short(expr: &Expr, least: u8) -> String {
    let list = |items: &[Expr]| items.iter().map(|x| in_short(x, 0)).collect::<Vec<_>>().join(",");
    let (own, left, right) = powers(expr);
    let text = match &expr.kind {
        ExprKind::Unary(UnaryOp::Negate, x) => format!("-{}", in_short(x, right)),
        ExprKind::Unary(UnaryOp::Not, x) => format!("not {}", in_short(x, right)),
        ExprKind::Binary(op, x, y) => {
            format!("{} {} {}", in_short(x, left), op.sign(), in_short(y, right))
        }
        ExprKind::To(x, y) => format!("{} to {}", in_short(x, left), in_short(y, right)),
        ExprKind::In(x, items) => format!("{} in ({})", in_short(x, left), list(items)),
        ExprKind::If(c, x, y) => {
            format!("if {} then {} else {}", in_short(c, 0), in_short(x, 0), in_short(y, 0))
        }
        ExprKind::Call(f, _, items) => format!("{f}({})", list(items)),
        _ => in_full(expr),
    };
    if own < least { format!("({text})") } else { text }
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn formula() -> impl Strategy<Value = Expr> {
    use BinaryOp::*;
    let word = || proptest::sample::select(&["x", "tension", "_a1", "été", "iffy", "t"][..]);
    let number = prop_oneof![
        (0_u32..1_000).prop_map(f64::from),
        any::<f64>().prop_map(f64::abs).prop_filter("finite", |x| x.is_finite()),
        Just(1e-7),
        Just(1e21),
    ];
    let leaf = prop_oneof![
        number.prop_map(|x| expr(ExprKind::Number(x))),
        any::<bool>().prop_map(|x| expr(ExprKind::Flag(x))),
        "[a-z é\"+(#-]{0,6}".prop_map(|x| expr(ExprKind::Text(x))),
        word().prop_map(|x| expr(ExprKind::Name(x.to_owned()))),
        (word(), word()).prop_map(|(a, x)| expr(ExprKind::Field(a.to_owned(), x.to_owned()))),
    ];
    let operators = [
        Add,
        Subtract,
        Multiply,
        Divide,
        Power,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        And,
        Or,
    ];
    leaf.prop_recursive(6, 60, 4, move |inner| {
        let one = || inner.clone().prop_map(Box::new);
        let many = |least| proptest::collection::vec(inner.clone(), least..4);
        prop_oneof![
            4 => (proptest::sample::select(operators.to_vec()), one(), one())
                .prop_map(|(op, x, y)| expr(ExprKind::Binary(op, x, y))),
            1 => (prop_oneof![Just(UnaryOp::Negate), Just(UnaryOp::Not)], one())
                .prop_map(|(op, x)| expr(ExprKind::Unary(op, x))),
            1 => (one(), one()).prop_map(|(x, y)| expr(ExprKind::To(x, y))),
            1 => (one(), many(1)).prop_map(|(x, list)| expr(ExprKind::In(x, list))),
            1 => (one(), one(), one()).prop_map(|(c, x, y)| expr(ExprKind::If(c, x, y))),
            1 => (word(), many(0))
                .prop_map(|(f, list)| expr(ExprKind::Call(f.to_owned(), Span::default(), list))),
        ]
    })
}

fn read_back(text: &str) -> Result<String, String> {
    let mut found = Diagnostics::new();
    let whole = Span::new(0, text.len());
    let tree = parse(Text { text, offset: Some(0), whole }, &mut found);
    match found.iter().next() {
        None => Ok(in_full(&tree)),
        Some(mistake) => Err(format!("{}: {}", mistake.message, mistake.label)),
    }
}

#[test]
fn a_formula_written_out_is_read_as_the_same_tree() {
    runner(3_000)
        .run(&formula(), |tree| {
            let full = in_full(&tree);
            prop_assert_eq!(read_back(&full), Ok(full.clone()));
            let short = in_short(&tree, 0);
            prop_assert_eq!(read_back(&short), Ok(full), "{}", short);
            let tight: String = short.replace(" + ", "+").replace(" * ", "*").replace(", ", ",");
            prop_assert_eq!(read_back(&tight).is_ok(), true, "{}", tight);
            Ok(())
        })
        .unwrap();
}

/// A file with `body` in it that is otherwise in order.
fn around(body: &str) -> String {
    format!(
        "format = 1\nscenario = {{ steps = 3 }}\n\n[state]\nx = {{ start = 0 }}\n\n\
         {body}\n\n[[outcomes]]\nid = \"high\"\nwhen = \"x > 1\"\n"
    )
}

/// Many lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for index in 0..count {
        writeln!(out, "{}", line(index)).expect("a string can be written to");
    }
    out
}

/// Sizes that no scenario has, and words that the refusal must hold; none where
/// the file is in order or the words do not matter.
fn absurd() -> Vec<(&'static str, String, &'static [&'static str])> {
    let steps = |keys: &str| format!("format = 1\n[scenario]\n{keys}\n");
    let law = |formula: &str| around(&format!("[laws]\nx = \"{formula}\""));
    let deep = |open: &str, close: &str, count: usize| {
        format!("{}x{}", open.repeat(count), close.repeat(count))
    };
    let doubled = |kind: &str, first: &str, count: usize| {
        let rest = lines(count, |i| format!("d{} = \"d{i} + d{i}\"", i + 1));
        format!("[{kind}]\nd0 = \"{first}\"\n{rest}")
    };
    let actor = "rationality = 1\nwants.w = { of = \"x\", best = 1, worst = 0 }\nactions.go = {}\n";
    vec![
        ("a billion steps", steps("steps = 1_000_000_000"), &["from 0 to 10000"]),
        ("a step number beyond 64 bits", steps("steps = 99999999999999999999"), &["64 bits"]),
        ("too many trials", steps("steps = 1\ntrials = 9_000_000_000_000"), &["1099511627776"]),
        (
            "a foresight of a thousand",
            around(&format!("[actors.a]\nforesight = 1000\n{actor}")),
            &["from 0 to 20"],
        ),
        (
            "a million actions",
            around(&format!(
                "[actors.a]\nrationality = 1\n[actors.a.actions]\n{}",
                lines(300_000, |i| format!("a{i}={{}}"))
            )),
            &["`actions` has 300000 entries", "at most 64 fit"],
        ),
        (
            "more than a file holds",
            around(&lines(1_000_000, |i| format!("[actors.a.actions.act{i}]"))),
            &["may have at most 4194304"],
        ),
        ("a 50 MB file", "# comment\n".repeat(5 << 20), &["may have at most 4194304"]),
        ("a formula in brackets", law(&deep("(", ")", 10_000)), &["more than 4000 words"]),
        ("a formula in fewer brackets", law(&deep("(", ")", 1_900)), &["more than 200 parts"]),
        ("a formula of minus signs", law(&deep("-", "", 3_000)), &["more than 200 parts"]),
        ("ifs in ifs", law(&deep("if x > 1 then ", " else 1", 500)), &["more than 200 parts"]),
        ("elses in elses", law(&deep("if x > 1 then 1 else ", "", 450)), &["more than 200 parts"]),
        ("functions in functions", law(&deep("min(1, ", ")", 600)), &["more than 200 parts"]),
        ("powers of powers", law(&deep("2^", "", 1_500)), &["more than 200 parts"]),
        ("100,000 terms", law(&format!("x{}", " + x".repeat(99_999))), &["more than 4000 words"]),
        (
            "a function of 100,000",
            law(&format!("max(x{})", ", x".repeat(99_999))),
            &["more than 4000 words"],
        ),
        (
            "100,000 branches",
            around(&format!("[events.e]\nchance = [{}]", "{p=0.00001},".repeat(100_000))),
            &["a chance of 100000 branches", "at most 32 fit"],
        ),
        (
            "definitions that double",
            around(&format!("{}\n[laws]\nx = \"d60\"", doubled("define", "x", 60))),
            &["more than 50000 parts"],
        ),
        (
            "assumptions that double",
            around(&format!(
                "{}\n[laws]\nx = \"d60\"",
                doubled("assumptions", "uniform(0, 1)", 60)
            )),
            &[],
        ),
        (
            "assumptions that double, believed",
            around(&format!(
                "{}\n[laws]\nx = \"d60\"\n[actors.a]\nbelieves.\"assumptions.d60\" = \"prior\"\n{actor}",
                doubled("assumptions", "uniform(0, 1)", 60)
            )),
            &[],
        ),
        (
            "ifs that double, as a start",
            around(&format!(
                "[state.y]\nstart = \"d60\"\n[assumptions]\nd0 = \"uniform(0, 1)\"\n{}",
                lines(60, |i| format!("d{} = \"if d0 > 0.5 then d{i} else d{i}\"", i + 1))
            )),
            &[],
        ),
        (
            "a chain of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d3999\"\n[define]\nd0 = \"x\"\n{}",
                lines(3_999, |i| format!("d{} = \"d{i} + 1\"", i + 1))
            )),
            &["within each other"],
        ),
        (
            "a backward chain of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d0\"\n[define]\n{}d3999 = \"x\"",
                lines(3_999, |i| format!("d{i} = \"-d{}\"", i + 1))
            )),
            &["within each other"],
        ),
        (
            "a chain of 4,000 assumptions",
            around(&format!(
                "[laws]\nx = \"d3999\"\n[assumptions]\nd0 = \"uniform(0, 1)\"\n{}",
                lines(3_999, |i| format!("d{} = \"d{i} + 1\"", i + 1))
            )),
            &[],
        ),
        (
            "a circle of 4,000 definitions",
            around(&format!(
                "[laws]\nx = \"d0\"\n[define]\n{}d3999 = \"d0\"",
                lines(3_999, |i| format!("d{i} = \"d{}\"", i + 1))
            )),
            &["need each other"],
        ),
        (
            "definitions that are large",
            around(&format!(
                "{}\n{}",
                doubled("define", "x", 14),
                lines(4_000, |i| format!("e{i} = \"d14 + {i}\""))
            )),
            &[],
        ),
        ("deep arrays", format!("a = {}", deep("[", "]", 10_000)), &[]),
        ("deep inline tables", format!("a = {}", deep("{ a = ", " }", 10_000)), &[]),
        ("deep dotted keys", format!("{}a = 1", "a.".repeat(10_000)), &["at most 80 tables"]),
        ("deep quoted keys", format!("{}a = 1", "\"a\".".repeat(10_000)), &["at most 80 tables"]),
        ("deep spaced keys", format!("{}a = 1", "'a' . ".repeat(10_000)), &["at most 80 tables"]),
        ("deep headers", format!("[{}a]", "a.".repeat(10_000)), &["at most 80 tables"]),
        ("deep array headers", format!("[[{}a]]", "a.".repeat(10_000)), &["at most 80 tables"]),
        (
            "deep dotted keys in an inline table",
            format!("a = {{ {}a = 1 }}", "a.".repeat(10_000)),
            &["at most 80 tables"],
        ),
        (
            "dotted keys in inline tables",
            format!("a = {}1{}", format!("{{ {}a = ", "a.".repeat(70)).repeat(70), " }".repeat(70)),
            &["at most 80 tables"],
        ),
        (
            "dotted keys in arrays in inline tables over lines",
            format!(
                "a = {}1{}",
                format!("[\n{{ {}a = ", "a.".repeat(30)).repeat(35),
                " }]".repeat(35)
            ),
            &["at most 80 tables"],
        ),
        (
            "a title of a million characters",
            steps(&format!("steps = 1\ntitle = \"{}\"", "x".repeat(1_000_000))),
            &["`title` has 1000000 characters", "at most 10000 fit"],
        ),
        ("a formula of a million characters", law(&"x".repeat(1_000_000)), &[]),
        ("a label of a million characters", law(&format!("'{}", "x".repeat(1_000_000))), &[]),
        (
            "a key of a million characters",
            around(&format!("[assumptions]\n{} = 1", "x".repeat(1_000_000))),
            &["too long"],
        ),
        (
            "an unknown key of a million characters",
            around(&format!("[actors.a]\n{} = 1", "x".repeat(1_000_000))),
            &["has no key"],
        ),
        (
            "a path of a million characters",
            around(&format!("[worlds.w]\nset.\"{}\" = 1", "x".repeat(1_000_000))),
            &["has no"],
        ),
        (
            "a path of a million points",
            around(&format!("[worlds.w]\nset.\"{}\" = 1", "state.".repeat(100_000))),
            &["has no"],
        ),
        (
            "100,000 unknown keys",
            around(&format!("[events.e]\n{}", lines(100_000, |i| format!("tilte{i} = 1")))),
            &["has no key `tilte7`"],
        ),
        ("100,000 lines that are not TOML", around(&lines(100_000, |i| format!("line {i}"))), &[]),
        (
            "100,000 unknown names",
            around(&format!(
                "[assumptions]\n{}[measures]\n{}",
                lines(4_000, |i| format!("quantity_{i} = 1")),
                lines(100, |_| String::new())
                    + &lines(1_000, |i| format!(
                        "m{i} = \"{}\"",
                        "qantity_77 + ".repeat(100) + "1"
                    ))
            )),
            &["did you mean `quantity_77`"],
        ),
        (
            "thousands of policies and worlds that set the same",
            around(&format!(
                "{}{}",
                lines(2_000, |i| format!("[policies.p{i}]\nset.\"state.x.start\" = {i}")),
                lines(2_000, |i| format!("[worlds.w{i}]\nset.\"state.x.start\" = {i}"))
            )),
            &[],
        ),
        (
            "thousands of policies of a large file",
            around(&format!(
                "[assumptions]\n{}{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(4_000, |i| format!("[policies.p{i}]\nset.\"assumptions.a{i}\" = {i}"))
            )),
            &["policies and worlds"],
        ),
        (
            "policies that only forbid",
            around(&format!(
                "[actors.a]\n{actor}\n{}",
                lines(4_000, |i| format!("[policies.p{i}]\nforbid = [\"a.go\"]"))
            )),
            &[],
        ),
        (
            "beliefs of everyone in a large file",
            around(&format!(
                "[assumptions]\n{}{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(64, |i| format!(
                    "[actors.a{i}]\nbelieves.\"assumptions.a{i}\" = \"prior\"\n{actor}"
                ))
            )),
            &[],
        ),
        (
            "thousands of beliefs",
            around(&format!(
                "[assumptions]\n{}\n[actors.a]\n{actor}\n[actors.a.believes]\n{}",
                lines(4_000, |i| format!("a{i} = \"uniform(0, {i} + 1)\"")),
                lines(4_000, |i| format!("\"assumptions.a{i}\" = \"prior\"")),
            )),
            &[],
        ),
        (
            "thousands of wants",
            around(&format!(
                "{}",
                lines(20, |i| format!(
                    "[actors.a{i}.wants]\n{}",
                    lines(4_000, |i| format!("w{i} = {{of=\"x\",best=1,worst=0}}"))
                ))
            )),
            &[],
        ),
        (
            "thousands of correlations",
            around(&format!(
                "[assumptions]\n{}[correlations]\n{}",
                lines(4_096, |i| format!("a{i} = \"uniform(0, 1)\"")),
                lines(4_095, |i| format!("\"a{i}, a{}\" = 0.1", i + 1))
            )),
            &["can be correlated"],
        ),
        (
            "an effect on everything in every branch",
            format!(
                "format = 1\nscenario.steps = 1\n[state]\n{}[events.e]\neffects = {{ {} }}\nchance = [{}]\n",
                lines(4_096, |i| format!("x{i} = {{ start = 0 }}")),
                (0..4_096).map(|i| format!("x{i}=1")).collect::<Vec<_>>().join(","),
                format!(
                    "{{ p = 0.01, effects = {{ {} }} }},",
                    (0..4_096).map(|i| format!("x{i}=1")).collect::<Vec<_>>().join(",")
                )
                .repeat(8)
            ),
            &["is changed by the effects and by a branch"],
        ),
        (
            "far dates",
            format!(
                "format = 1\nscenario = {{ steps = 3, start = 0001-01-01, step = \"month\" }}\n\
                 [state]\nx = {{ start = 0 }}\n[define]\n{}",
                lines(4_000, |i| format!("d{i} = \"{}0\"", "date('9999-12-31') + ".repeat(20)))
            ),
            &[],
        ),
        (
            "thousands of unread assumptions and much that is said of others",
            around(&format!(
                "[assumptions]\n{}[worlds.w]\nset.\"state.x.start\" = \"{}\"",
                lines(4_000, |i| format!("a{i} = 1")),
                "0 + ".repeat(500_000)
            )),
            &["more than 4000 words"],
        ),
    ]
}

#[test]
fn absurd_sizes_are_refused_with_their_limit_and_at_once() {
    let mut wrong = Vec::new();
    let only = std::env::var("ABSURD").unwrap_or_default();
    for (name, text, words) in absurd() {
        if !name.contains(&only) {
            continue;
        }
        let began = Instant::now();
        let (found, drawn) = check(text.as_bytes());
        let took = began.elapsed();
        if std::env::var_os("ABSURD").is_some() {
            let head: String = drawn.chars().take(700).collect();
            let errors = found.count(Severity::Error);
            println!("== {name}: {took:?}, {errors} errors, {} bytes drawn\n{head}", drawn.len());
        }
        for expected in words {
            if !drawn.contains(expected) {
                let head: String = drawn.chars().take(400).collect();
                wrong.push(format!("{name}: `{expected}` is not in\n{head}"));
            }
        }
        if took > Duration::from_secs(20) {
            wrong.push(format!("{name}: took {took:?}"));
        }
        if drawn.len() > 2_000_000 {
            wrong.push(format!("{name}: draws {} bytes", drawn.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
