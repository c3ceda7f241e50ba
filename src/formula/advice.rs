//! What was probably meant by what other languages, spreadsheets and word processors write.

use super::lexer::Token;

/// The right form of what does not fit in a formula. `before` is the token before it, and `expected`
/// what was expected instead.
pub(super) fn advice(before: Option<&Token>, token: &Token, expected: &str) -> Option<String> {
    let after_number = matches!(before, Some(Token::Number(_)));
    Some(match token {
        Token::Sign("=") if before.is_none() => "a formula begins without `=`".to_owned(),
        Token::Sign("=") => "equality is written `==`".to_owned(),
        Token::Sign("!") => "write `not` or `!=`".to_owned(),
        Token::Sign("%") => {
            "`%` stands behind a number: 30%; a remainder is `mod(x, y)`".to_owned()
        }
        Token::Sign("/") if before == Some(&Token::Sign("/")) => {
            "a quotient without its remainder is `floor(x / y)`".to_owned()
        }
        Token::Sign(",") if after_number => "the decimal sign is a point: 0.5".to_owned(),
        Token::Sign(".") => {
            "a trait is written `actor.trait`, and any other value by its name alone".to_owned()
        }
        Token::End if expected == "`else`" => {
            "an `if` needs both ways: `if a then b else c`".to_owned()
        }
        Token::Word(word) => return of_word(before, word, expected),
        _ if expected == "`then`" => "write `if a then b else c`".to_owned(),
        Token::Number(_) if matches!(before, Some(Token::Word(_))) => {
            "an operator is missing before it".to_owned()
        }
        Token::Sign("(") if after_number => {
            "a product is written with `*`: `2 * (a + b)`".to_owned()
        }
        Token::Number(_) | Token::Text(_) | Token::Sign(_) | Token::End => return None,
    })
}

fn of_word(before: Option<&Token>, word: &str, expected: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let wants_operator = expected.starts_with("an operator") || expected == "`)`";
    Some(match lower.as_str() {
        "elif" | "elseif" | "elsif" => "write `else if`".to_owned(),
        "is" => "equality is written `==`".to_owned(),
        "between" => "write `a <= x and x <= b`".to_owned(),
        "mod" => "a remainder is `mod(x, y)`".to_owned(),
        "div" => "a quotient without its remainder is `floor(x / y)`".to_owned(),
        "xor" => "one of two flags alone is `a != b`".to_owned(),
        "if" if wants_operator => "write `if a then b else c`".to_owned(),
        "not" if wants_operator => "write `not` first: `not x in ('a', 'b')`".to_owned(),
        "and" | "or" if !wants_operator => format!("`{lower}` stands between two conditions"),
        "and" | "or" | "not" | "if" | "then" | "else" | "in" | "to" if word != lower => {
            format!("write `{lower}`")
        }
        _ if expected == "`then`" => "write `if a then b else c`".to_owned(),
        _ if matches!(before, Some(Token::Number(_))) => {
            format!("a product is written with `*`: `2 * {word}`")
        }
        _ => return None,
    })
}

/// How a function of other languages is written here.
pub(super) fn function(name: &str) -> Option<&'static str> {
    Some(match name.to_lowercase().as_str() {
        "and" => "write `a and b`",
        "or" => "write `a or b`",
        "not" => "write `not a`",
        "if" | "iif" | "ifelse" => "write `if a then b else c`",
        "xor" => "one of two flags alone is `a != b`",
        "log" => "the natural logarithm is `ln(x)`",
        "log10" => "write `ln(x) / ln(10)`",
        "pow" | "power" => "write `x ^ y`",
        "int" | "trunc" => "the greatest whole number not above x is `floor(x)`",
        "ceil" | "ceiling" => "write `-floor(-x)`",
        "round" | "rint" => "write `round(x)`",
        "mod" | "fmod" | "modulo" | "rem" | "remainder" => "write `mod(x, y)`",
        "month" => "the month in which the step begins is `month`, without brackets",
        "year" => "the year in which the step begins is `year`, without brackets",
        "rand" | "random" | "runif" => "write `uniform(0, 1)`",
        "randbetween" => "write `uniform(a, b)`",
        "gauss" | "gaussian" | "rnorm" | "norm" => "write `normal(mean, sd)`",
        "choice" | "choose" | "sample" => "write `discrete(v1, w1, v2, w2, …)`",
        "binomial" | "flip" => "a chance of yes or no is `bernoulli(p)`",
        "mean" | "average" | "avg" => "write `(a + b) / 2`",
        "sum" => "write `a + b`",
        "logistic" | "expit" => "write `sigmoid(x)`",
        "clip" => "write `clamp(x, low, high)`",
        "happens" | "occurred" => "write `happened(x)`",
        _ => return None,
    })
}
