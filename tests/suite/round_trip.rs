//! A formula that is printed and parsed again gives the same tree.

use demarche::diagnostic::{Diagnostics, Span};
use demarche::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use demarche::formula::{Text, parse};
use proptest::prelude::*;

use crate::robust::runner;

/// A formula, printed with all possible brackets.
fn in_full(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(in_full).collect::<Vec<_>>().join(", ");
    match &expr.kind {
        ExprKind::Number(x) => x.to_string(),
        ExprKind::Flag(x) => x.to_string(),
        ExprKind::Text(x) => format!("'{x}'"),
        ExprKind::Name(x) => x.clone(),
        ExprKind::Field(a, x) => format!("{a}.{x}"),
        ExprKind::MenuValue(a, b, x) => format!("{a}.{b}.{x}"),
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

/// The precedence of a form, and the lowest precedence allowed in its left and right
/// parts.
fn powers(expr: &Expr) -> (u8, u8, u8) {
    use BinaryOp::*;
    match &expr.kind {
        ExprKind::If(..) => (0, 0, 0),
        ExprKind::Binary(Or, ..) => (1, 1, 2),
        ExprKind::Binary(And, ..) => (2, 2, 3),
        ExprKind::Unary(UnaryOp::Not, _) => (3, 3, 3),
        ExprKind::Binary(Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual, ..)
        | ExprKind::In(..) => (4, 5, 5),
        ExprKind::To(..) => (5, 6, 6),
        ExprKind::Binary(Add | Subtract, ..) => (6, 6, 7),
        ExprKind::Binary(Multiply | Divide, ..) => (7, 7, 8),
        ExprKind::Unary(UnaryOp::Negate, _) => (8, 8, 8),
        ExprKind::Binary(Power, ..) => (9, 10, 8),
        ExprKind::Number(_)
        | ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Name(_)
        | ExprKind::Field(..)
        | ExprKind::MenuValue(..)
        | ExprKind::Call(..)
        | ExprKind::Broken => (11, 0, 0),
    }
}

/// A formula, printed with as few brackets as possible where an expression of at least
/// the precedence `least` is required.
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
        ExprKind::Number(_)
        | ExprKind::Flag(_)
        | ExprKind::Text(_)
        | ExprKind::Name(_)
        | ExprKind::Field(..)
        | ExprKind::MenuValue(..)
        | ExprKind::Broken => in_full(expr),
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
fn a_printed_formula_is_parsed_as_the_same_tree() {
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
