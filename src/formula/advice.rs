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
            "`%` stands behind a number: 30%; a remainder is `x - y * floor(x / y)`".to_owned()
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
        "mod" => "a remainder is `x - y * floor(x / y)`".to_owned(),
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
        "round" => "write `floor(x + 0.5)`",
        "mod" => "write `x - y * floor(x / y)`",
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

/// A character that word processors and web pages put in place of one of the keyboard.
pub(crate) struct Pasted {
    pub character: char,
    pub name: &'static str,
    /// What is written here instead.
    pub ours: &'static str,
}

const fn pasted(character: char, name: &'static str, ours: &'static str) -> Pasted {
    Pasted { character, name, ours }
}

/// The characters that are often pasted into formulas.
const PASTED: &[Pasted] = &[
    pasted('−', "minus sign", "-"),
    pasted('‐', "hyphen", "-"),
    pasted('‑', "non-breaking hyphen", "-"),
    pasted('‒', "figure dash", "-"),
    pasted('–', "en dash", "-"),
    pasted('—', "em dash", "-"),
    pasted('×', "multiplication sign", "*"),
    pasted('·', "middle dot", "*"),
    pasted('⋅', "dot operator", "*"),
    pasted('∙', "bullet operator", "*"),
    pasted('∗', "asterisk operator", "*"),
    pasted('÷', "division sign", "/"),
    pasted('∕', "division slash", "/"),
    pasted('⁄', "fraction slash", "/"),
    pasted('≤', "less-than or equal to", "<="),
    pasted('⩽', "less-than or slanted equal to", "<="),
    pasted('≥', "greater-than or equal to", ">="),
    pasted('⩾', "greater-than or slanted equal to", ">="),
    pasted('≠', "not equal to", "!="),
    pasted('＝', "fullwidth equals sign", "=="),
    pasted('＜', "fullwidth less-than sign", "<"),
    pasted('＞', "fullwidth greater-than sign", ">"),
    pasted('＋', "fullwidth plus sign", "+"),
    pasted('－', "fullwidth hyphen-minus", "-"),
    pasted('＊', "fullwidth asterisk", "*"),
    pasted('／', "fullwidth solidus", "/"),
    pasted('％', "fullwidth percent sign", "%"),
    pasted('（', "fullwidth left parenthesis", "("),
    pasted('）', "fullwidth right parenthesis", ")"),
    pasted('，', "fullwidth comma", ","),
    pasted('、', "ideographic comma", ","),
    pasted('．', "fullwidth full stop", "."),
    pasted('∧', "logical and", "and"),
    pasted('∨', "logical or", "or"),
    pasted('¬', "not sign", "not"),
    pasted('∈', "element of", "in"),
    pasted('²', "superscript two", "^ 2"),
    pasted('³', "superscript three", "^ 3"),
    pasted('‘', "left single quotation mark", "'"),
    pasted('’', "right single quotation mark", "'"),
    pasted('‚', "low single quotation mark", "'"),
    pasted('‛', "reversed single quotation mark", "'"),
    pasted('′', "prime", "'"),
    pasted('`', "grave accent", "'"),
    pasted('´', "acute accent", "'"),
    pasted('“', "left double quotation mark", "'"),
    pasted('”', "right double quotation mark", "'"),
    pasted('„', "low double quotation mark", "'"),
    pasted('″', "double prime", "'"),
    pasted('«', "left guillemet", "'"),
    pasted('»', "right guillemet", "'"),
    pasted('‹', "left single guillemet", "'"),
    pasted('›', "right single guillemet", "'"),
    pasted('＇', "fullwidth apostrophe", "'"),
    pasted('＂', "fullwidth quotation mark", "'"),
];

/// The characters that cannot be seen, and so are named alone.
const UNSEEN: &[(char, &str)] = &[
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{200e}', "left-to-right mark"),
    ('\u{200f}', "right-to-left mark"),
    ('\u{2060}', "word joiner"),
    ('\u{feff}', "byte-order mark"),
    ('\u{ad}', "soft hyphen"),
    ('\u{a0}', "no-break space"),
    ('\u{202f}', "narrow no-break space"),
    ('\u{2009}', "thin space"),
];

impl Pasted {
    /// What is known of a character that is often pasted.
    pub fn find(character: char) -> Option<&'static Pasted> {
        PASTED.iter().find(|pasted| pasted.character == character)
    }
}

/// A character as a message names it, and what to do about it: ``` `−` (minus sign, U+2212)``` and
/// ``` write `-` ```.
pub(crate) fn strange(character: char) -> (String, Option<String>) {
    let number = u32::from(character);
    if let Some(pasted) = Pasted::find(character) {
        let words = format!("`{character}` ({}, U+{number:04X})", pasted.name);
        return (words, Some(format!("write `{}`", pasted.ours)));
    }
    if let Some((_, name)) = UNSEEN.iter().find(|(unseen, _)| *unseen == character) {
        return (format!("a {name} (U+{number:04X})"), Some("leave it out".to_owned()));
    }
    let shown = if character.is_control() { String::new() } else { format!("`{character}` ") };
    let words = format!("the character {shown}(U+{number:04X})");
    let ours = match character {
        '[' | ']' | '{' | '}' => Some("a list stands in round brackets: `x in ('a', 'b')`"),
        '?' | ':' => Some("write `if a then b else c`"),
        ';' => Some("write `,`"),
        '~' => Some("write `not`"),
        '$' | '@' => Some("a name stands alone"),
        '\\' => Some("write `/`"),
        _ => None,
    };
    (words, ours.map(str::to_owned))
}
