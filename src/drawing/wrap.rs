//! Words become lines of a width, of letters that the font has.

use super::font::Font;

/// Stands for a word with letters that cannot be drawn.
pub(crate) const LEFT_OUT: &str = "…";

/// The words of a line as they are drawn. Letters that the font lacks make a word a [`LEFT_OUT`]; other signs that it lacks are
/// passed over, and so are marks that have no form, such as those for the direction of writing.
pub(crate) fn words(font: &Font, text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        let kept: String = word.chars().filter(|letter| font.has(*letter) && !is_formless(*letter)).collect();
        if word.chars().any(|letter| letter.is_alphanumeric() && !font.has(letter)) {
            if words.last().is_none_or(|last| last != LEFT_OUT) {
                words.push(LEFT_OUT.to_owned());
            }
        } else if !kept.is_empty() {
            words.push(kept);
        }
    }
    if words.is_empty() {
        words.push(LEFT_OUT.to_owned());
    }
    words
}

/// Marks that change how others look and have no form themselves. The font may have a form for some that is not meant to be seen.
fn is_formless(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}' | '\u{200D}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}')
}

/// The words in lines that are no wider than this at this size. A word that is wider goes on in the next line.
pub(crate) fn lines(font: &Font, words: &[String], size: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let longer = |line: &String| format!("{line} {word}");
        match lines.last_mut() {
            Some(line) if font.width(&longer(line), size) <= width => *line = longer(line),
            Some(_) | None => lines.extend(pieces(font, word, size, width)),
        }
    }
    lines
}

/// A word, in pieces that are no wider than this. A letter without a width of its own stays with the one before it.
fn pieces(font: &Font, word: &str, size: f32, width: f32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut taken = 0.0;
    for letter in word.chars() {
        let wide = font.width(letter.encode_utf8(&mut [0; 4]), size);
        if taken > 0.0 && wide > 0.0 && taken + wide > width {
            pieces.push(String::new());
            taken = 0.0;
        }
        taken += wide;
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
        }
    }
    pieces
}
