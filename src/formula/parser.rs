//! Turns tokens into a syntax tree, by precedence climbing (Pratt 1973).
//!
//! From loose to tight: `if … then … else …`, `or`, `and`, `not`, comparisons
//! and `in`, `to`, `+ -`, `* /`, unary `-`, `^` (to the right), then names,
//! numbers, calls and brackets. A formula is always read to its end: what
//! cannot be read becomes [`ExprKind::Broken`] and is reported.

use super::advice::advice;
use super::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use super::lexer::{Token, tokens};
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};

/// How deeply the parts of a formula may be nested.
pub const MAX_DEPTH: usize = 200;

/// The largest number of words and signs that a formula may have.
const MAX_TOKENS: usize = 4_000;

/// Reads a formula. Mistakes are pushed to `found`; the tree is returned all
/// the same.
pub fn parse(text: Text<'_>, found: &mut Diagnostics) -> Expr {
    if text.text.trim().is_empty() {
        found.push(
            Diagnostic::new(Code::FormulaSyntax, text.whole, "an empty formula")
                .label("expected a number or a formula"),
        );
        return Expr::broken(text.whole);
    }
    let mut own = Diagnostics::new();
    let tokens = tokens(&text, &mut own);
    if tokens.len() > MAX_TOKENS {
        found.push(
            Diagnostic::new(Code::FormulaDepth, text.whole, "a formula too long")
                .label(format!("more than {MAX_TOKENS} words and signs")),
        );
        return Expr::broken(text.whole);
    }
    let mut parser =
        Parser { text: &text, tokens, at: 0, found: &mut own, depth: 0, compared: None };
    let expr = parser.expression();
    if !parser.found.has_errors() && *parser.peek() != Token::End {
        parser.unexpected("an operator or the end of the formula");
    }
    let broken = own.has_errors();
    found.extend(own);
    if broken { Expr::broken(text.whole) } else { expr }
}

struct Parser<'a> {
    text: &'a Text<'a>,
    tokens: Vec<(Token, Span)>,
    at: usize,
    found: &'a mut Diagnostics,
    depth: usize,
    /// The bracket that stands directly behind `==` or `!=`, while what is in it is read.
    compared: Option<usize>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn here(&self) -> Span {
        self.tokens[self.at].1
    }

    fn next(&mut self) -> (Token, Span) {
        let token = self.tokens[self.at].clone();
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn takes(&mut self, sign: &str) -> bool {
        let found = match self.peek() {
            Token::Sign(s) => *s == sign,
            Token::Word(w) => w == sign,
            Token::Number(_) | Token::Text(_) | Token::End => false,
        };
        if found {
            self.next();
        }
        found
    }

    fn wants(&mut self, sign: &str) {
        if !self.takes(sign) {
            self.unexpected(&format!("`{sign}`"));
        }
    }

    /// Reports what stands here and skips to the end: one report a formula is
    /// enough, since what follows would be guesswork.
    fn unexpected(&mut self, expected: &str) -> Expr {
        let (token, span) = (self.peek().clone(), self.here());
        if !self.found.has_errors() {
            let mut diagnostic = Diagnostic::new(
                Code::FormulaSyntax,
                span,
                format!("{} does not fit here", token.shown()),
            )
            .label(format!("expected {expected}"));
            let before = self.at.checked_sub(1).map(|at| &self.tokens[at].0);
            let compares =
                token == Token::Sign(",") && self.compared.is_some_and(|at| at < self.at);
            let hint = if compares {
                Some("one of several is written `x in ('a', 'b')`".to_owned())
            } else {
                advice(before, &token, expected)
            };
            if let Some(hint) = hint {
                diagnostic = diagnostic.hint(hint);
            }
            self.found.push(diagnostic);
        }
        self.at = self.tokens.len() - 1;
        Expr::broken(span)
    }

    /// Runs `inner` one level deeper, or reports that the formula is too deep.
    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.depth >= MAX_DEPTH {
            let span = self.here();
            if !self.found.has_errors() {
                self.found.push(
                    Diagnostic::new(Code::FormulaDepth, span, "a formula nested too deep")
                        .label(format!("nested more than {MAX_DEPTH} levels deep")),
                );
            }
            self.at = self.tokens.len() - 1;
            return Expr::broken(span);
        }
        self.depth += 1;
        let expr = inner(self);
        self.depth -= 1;
        expr
    }

    fn expression(&mut self) -> Expr {
        self.deeper(|p| p.binary(0))
    }

    fn binary(&mut self, least: u8) -> Expr {
        let mut left = self.prefix();
        let mut links = 0;
        while let Some((power, right_power, form)) = operator(self.peek()) {
            if power < least {
                break;
            }
            links += 1;
            if links > MAX_DEPTH {
                return self.deepest();
            }
            self.next();
            if form == Form::In {
                let list = self.list();
                let span = left.span.to(self.tokens[self.at.saturating_sub(1)].1);
                left = Expr { span, kind: ExprKind::In(Box::new(left), list) };
                continue;
            }
            let is_equality = matches!(form, Form::Op(BinaryOp::Equal | BinaryOp::NotEqual));
            if is_equality && *self.peek() == Token::Sign("(") {
                self.compared = Some(self.at);
            }
            let right = self.deeper(|p| p.binary(right_power));
            self.compared = None;
            let span = left.span.to(right.span);
            let (l, r) = (Box::new(left), Box::new(right));
            let kind = match form {
                Form::Op(op) => ExprKind::Binary(op, l, r),
                Form::To | Form::In => ExprKind::To(l, r),
            };
            left = Expr { kind, span };
            if form == Form::To && operator(self.peek()).is_some_and(|o| o.2 == Form::To) {
                self.chained_ends(&left);
            }
            if power == COMPARE && operator(self.peek()).is_some_and(|o| o.0 == COMPARE) {
                let span = self.here();
                if !self.found.has_errors() {
                    self.found.push(
                        Diagnostic::new(Code::FormulaSyntax, span, "comparisons do not chain")
                            .label("join two comparisons with `and`, or use brackets"),
                    );
                }
                self.at = self.tokens.len() - 1;
            }
        }
        left
    }

    /// Reports `low to mode to high`, of which two readings differ.
    fn chained_ends(&mut self, first: &Expr) {
        let place = self.here();
        let three = if let ExprKind::To(low, mode) = &first.kind {
            self.next();
            let high = self.deeper(|p| p.binary(6));
            let parts = [low.span, mode.span, high.span].map(|span| self.text.slice(span));
            let [low, mode, high] = parts.map(|part| part.unwrap_or("…").trim());
            format!("{low}, {mode}, {high}")
        } else {
            "low, mode, high".to_owned()
        };
        if !self.found.has_errors() {
            self.found.push(
                Diagnostic::new(Code::FormulaSyntax, place, "`to` joins two ends and no more")
                    .label("a third end")
                    .hint(format!(
                        "with a likeliest value between, write `pert({three})` or `triangular({three})`"
                    )),
            );
        }
        self.at = self.tokens.len() - 1;
    }

    /// Reports a choice that is written as spreadsheets write it, `if(a, b, c)`, whose bracket is
    /// the next token.
    fn called_if(&mut self, word: &str, place: Span) -> Expr {
        let arguments = self.list();
        let end = self.tokens[self.at.saturating_sub(1)].1;
        if !self.found.has_errors() {
            let texts: Vec<_> =
                arguments.iter().filter_map(|part| self.text.slice(part.span)).collect();
            let hint = match texts[..] {
                [a, b, c] => format!("write `if {} then {} else {}`", a.trim(), b.trim(), c.trim()),
                _ => "write `if a then b else c`".to_owned(),
            };
            self.found.push(
                Diagnostic::new(
                    Code::FormulaSyntax,
                    place.to(end),
                    format!("`{word}` is no function"),
                )
                .label("a choice has words, not commas")
                .hint(hint),
            );
        }
        self.at = self.tokens.len() - 1;
        Expr::broken(place)
    }

    /// Whether the bracket that opens here holds several parts with commas between.
    fn opens_list(&self) -> bool {
        let mut depth = 0;
        for (token, _) in &self.tokens[self.at..] {
            match token {
                Token::Sign("(") => depth += 1,
                Token::Sign(")") => {
                    depth -= 1;
                    if depth == 0 {
                        return false;
                    }
                }
                Token::Sign(",") if depth == 1 => return true,
                Token::Number(_) | Token::Text(_) | Token::Word(_) | Token::Sign(_) => {}
                Token::End => return false,
            }
            if depth == 0 {
                return false;
            }
        }
        false
    }

    fn deepest(&mut self) -> Expr {
        self.depth = MAX_DEPTH;
        self.deeper(|_| unreachable!("refused at this depth"))
    }

    fn prefix(&mut self) -> Expr {
        let start = self.here();
        if self.takes("-") {
            let inner = self.deeper(|p| p.binary(NEGATE));
            let span = start.to(inner.span);
            return Expr { span, kind: ExprKind::Unary(UnaryOp::Negate, Box::new(inner)) };
        }
        if self.takes("+") {
            return self.deeper(|p| p.binary(NEGATE));
        }
        if self.takes("not") {
            let inner = self.deeper(|p| p.binary(NOT));
            let span = start.to(inner.span);
            return Expr { span, kind: ExprKind::Unary(UnaryOp::Not, Box::new(inner)) };
        }
        if self.takes("if") {
            if self.opens_list() {
                return self.called_if("if", start);
            }
            let condition = self.expression();
            self.wants("then");
            let yes = self.expression();
            self.wants("else");
            let no = self.expression();
            let span = start.to(no.span);
            let kind = ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no));
            return Expr { kind, span };
        }
        self.atom()
    }

    fn atom(&mut self) -> Expr {
        let (token, span) = (self.peek().clone(), self.here());
        match token {
            Token::Number(number) => {
                self.next();
                let percent = *self.peek() == Token::Sign("%");
                let span = if percent { span.to(self.next().1) } else { span };
                let number = if percent { number / 100.0 } else { number };
                Expr { kind: ExprKind::Number(number), span }
            }
            Token::Text(text) => {
                self.next();
                Expr { kind: ExprKind::Text(text), span }
            }
            Token::Word(word) if is_reserved(&word) => match word.as_str() {
                "true" | "false" => {
                    self.next();
                    Expr { kind: ExprKind::Flag(word == "true"), span }
                }
                _ => self.unexpected("a number, a name or a bracket"),
            },
            Token::Word(word) => {
                self.next();
                self.named(word, span)
            }
            Token::Sign("(") => {
                self.next();
                let mut inner = self.expression();
                let end = self.here();
                self.wants(")");
                inner.span = span.to(end);
                inner
            }
            Token::Sign(_) | Token::End => self.unexpected("a number, a name or a bracket"),
        }
    }

    fn named(&mut self, word: String, span: Span) -> Expr {
        if *self.peek() == Token::Sign("(") {
            if matches!(word.to_lowercase().as_str(), "if" | "iif" | "ifelse") {
                return self.called_if(&word, span);
            }
            let arguments = self.list();
            let end = self.tokens[self.at.saturating_sub(1)].1;
            let kind = ExprKind::Call(word, span, arguments);
            return Expr { kind, span: span.to(end) };
        }
        if self.takes(".") {
            return match self.next() {
                (Token::Word(field), end) if self.takes(".") => match self.next() {
                    (Token::Word(name), last) => {
                        let kind = ExprKind::MenuValue(word, field, name);
                        Expr { kind, span: span.to(last) }
                    }
                    _ => {
                        self.at = self.at.saturating_sub(1);
                        let end = span.to(end);
                        self.unexpected("the name of a menu's value after the point");
                        Expr::broken(end)
                    }
                },
                (Token::Word(field), end) => {
                    Expr { kind: ExprKind::Field(word, field), span: span.to(end) }
                }
                _ => {
                    self.at = self.at.saturating_sub(1);
                    self.unexpected("the name of a trait or an action after the point")
                }
            };
        }
        Expr { kind: ExprKind::Name(word), span }
    }

    /// `(a, b, c)`, possibly empty.
    fn list(&mut self) -> Vec<Expr> {
        self.wants("(");
        let mut items = Vec::new();
        if self.takes(")") {
            return items;
        }
        loop {
            items.push(self.expression());
            if self.takes(",") {
                continue;
            }
            self.wants(")");
            return items;
        }
    }
}

/// Words that no name may be.
pub(crate) fn is_reserved(word: &str) -> bool {
    matches!(word, "if" | "then" | "else" | "and" | "or" | "not" | "in" | "to" | "true" | "false")
}

const NOT: u8 = 3;
const COMPARE: u8 = 4;
const NEGATE: u8 = 8;

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Op(BinaryOp),
    In,
    To,
}

/// How tightly an operator binds to its left and to its right.
fn operator(token: &Token) -> Option<(u8, u8, Form)> {
    let sign = match token {
        Token::Sign(sign) => sign,
        Token::Word(word) => word.as_str(),
        Token::Number(_) | Token::Text(_) | Token::End => return None,
    };
    use BinaryOp::*;
    Some(match sign {
        "or" => (1, 2, Form::Op(Or)),
        "and" => (2, 3, Form::Op(And)),
        "==" => (COMPARE, COMPARE + 1, Form::Op(Equal)),
        "!=" => (COMPARE, COMPARE + 1, Form::Op(NotEqual)),
        "<" => (COMPARE, COMPARE + 1, Form::Op(Less)),
        "<=" => (COMPARE, COMPARE + 1, Form::Op(LessEqual)),
        ">" => (COMPARE, COMPARE + 1, Form::Op(Greater)),
        ">=" => (COMPARE, COMPARE + 1, Form::Op(GreaterEqual)),
        "in" => (COMPARE, COMPARE + 1, Form::In),
        "to" => (5, 6, Form::To),
        "+" => (6, 7, Form::Op(Add)),
        "-" => (6, 7, Form::Op(Subtract)),
        "*" => (7, 8, Form::Op(Multiply)),
        "/" => (7, 8, Form::Op(Divide)),
        "^" => (9, 8, Form::Op(Power)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in brackets, which shows how it was grouped.
    fn shape(expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Number(x) => x.to_string(),
            ExprKind::Flag(x) => x.to_string(),
            ExprKind::Text(x) => format!("'{x}'"),
            ExprKind::Name(x) => x.clone(),
            ExprKind::Field(a, x) => format!("{a}.{x}"),
            ExprKind::MenuValue(a, b, x) => format!("{a}.{b}.{x}"),
            ExprKind::Unary(UnaryOp::Negate, x) => format!("(-{})", shape(x)),
            ExprKind::Unary(UnaryOp::Not, x) => format!("(not {})", shape(x)),
            ExprKind::Binary(op, x, y) => format!("({} {} {})", shape(x), op.sign(), shape(y)),
            ExprKind::To(x, y) => format!("({} to {})", shape(x), shape(y)),
            ExprKind::In(x, list) => format!("({} in {})", shape(x), shapes(list)),
            ExprKind::If(c, x, y) => format!("(if {} {} {})", shape(c), shape(x), shape(y)),
            ExprKind::Call(f, _, list) => format!("{f}{}", shapes(list)),
            ExprKind::Broken => "?".to_owned(),
        }
    }

    fn shapes(list: &[Expr]) -> String {
        format!("({})", list.iter().map(shape).collect::<Vec<_>>().join(", "))
    }

    fn read(text: &str) -> Result<String, String> {
        let mut found = Diagnostics::new();
        let whole = Span::new(0, text.len());
        let expr = parse(Text { text, offset: Some(0), whole }, &mut found);
        match found.iter().next() {
            None => Ok(shape(&expr)),
            Some(d) => Err(format!("{}: {}", d.message, d.label)),
        }
    }

    #[test]
    fn operators_bind_as_the_language_page_says() {
        for (text, grouped) in [
            ("-2^2", "(-(2 ^ 2))"),
            ("2^3^2", "(2 ^ (3 ^ 2))"),
            ("2^-1", "(2 ^ (-1))"),
            ("-a * b", "((-a) * b)"),
            ("1 - 2 - 3", "((1 - 2) - 3)"),
            ("a + b * c", "(a + (b * c))"),
            ("not a and b or c", "(((not a) and b) or c)"),
            ("not a == b", "(not (a == b))"),
            ("a < b + 1", "(a < (b + 1))"),
            ("x in ('a', 'b') and y", "((x in ('a', 'b')) and y)"),
            ("1 + 2 to 3 * 4", "((1 + 2) to (3 * 4))"),
            ("if a then b else c + 1", "(if a b (c + 1))"),
            ("1 + if a then b else c", "(1 + (if a b c))"),
            ("10% + 30% * tension", "(0.1 + (0.3 * tension))"),
            ("a.power * 2", "(a.power * 2)"),
            ("min(1, max(a, -b))", "min(1, max(a, (-b)))"),
            ("1_000 + .5e1", "(1000 + 5)"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(grouped), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_was_expected() {
        for (text, message) in [
            ("1 +", "the end of the formula does not fit here"),
            ("(1", "expected `)`"),
            ("a = b", "`=` does not fit here"),
            ("a && b", "write `and`"),
            ("a < b < c", "comparisons do not chain"),
            ("if a then b", "expected `else`"),
            ("'war", "closing"),
            ("", "empty formula"),
            ("a b", "expected an operator"),
            ("2 § 3", "no meaning"),
            ("a.", "after the point"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.contains(message), "{text}: {error}");
        }
    }

    #[test]
    fn depth_is_limited_in_every_direction() {
        let deep =
            |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        for text in [
            deep("(", ")"),
            deep("-", ""),
            deep("not ", ""),
            "1+".repeat(10_000) + "1",
            deep("2^", ""),
        ] {
            let error = read(&text).expect_err("too deep");
            assert!(error.contains("too deep") || error.contains("too long"), "{error}");
        }
        for text in ["(".repeat(500), "1+".repeat(500) + "1"] {
            assert!(read(&text).expect_err("too deep").contains("nested too deep"));
        }
    }
}
