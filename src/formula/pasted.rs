//! Characters that are pasted into formulas in place of those of the keyboard.

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
