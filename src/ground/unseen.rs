//! Characters that nobody sees: those that spell a word or a picture stay, and those that could mislead go.
//!
//! A joiner between letters of Persian, of a script of India or of Sinhala is spelling, and between two pictures it makes
//! one of them; between Latin letters it only makes two texts differ that look the same.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_script::{Script, UnicodeScript};

/// Does not join the letters beside it, which would join otherwise.
const NON_JOINER: char = '\u{200C}';

/// Joins the letters or pictures beside it.
const JOINER: char = '\u{200D}';

/// Marks above and below one letter. The tallest letters of Tibetan have eight.
const MARKS_MAX: usize = 8;

/// The canonical combining class of the signs that take a letter's vowel away.
const VIRAMA: u8 = 9;

/// The flag before which tags name a region, such as Scotland.
const BLACK_FLAG: char = '\u{1F3F4}';

/// Ends the name of a region.
const END_OF_TAGS: char = '\u{E007F}';

/// The letters and digits of a region's name in tags: its country's two, and one to four of its own.
const TAGS: std::ops::RangeInclusive<usize> = 3..=6;

/// A line without the characters that are not seen and change how the rest reads. It has no whitespace but blanks.
pub(crate) fn without_unseen(line: &str) -> String {
    let line: Vec<char> = line.chars().collect();
    let mut kept = Vec::with_capacity(line.len());
    let (mut at, mut marks) = (0, 0);
    while let Some(&c) = line.get(at) {
        let rest = line.get(at + 1..).unwrap_or_default();
        at += 1;
        if c == BLACK_FLAG {
            let tags = tags(rest);
            kept.push(c);
            kept.extend(&rest[..tags]);
            (at, marks) = (at + tags, 0);
        } else if !stays(&kept, c, rest) {
            // It does not begin another letter either.
        } else if is_combining_mark(c) {
            marks += 1;
            if marks <= MARKS_MAX {
                kept.push(c);
            }
        } else {
            // Behind a joiner the same letter goes on.
            marks = if is_joiner(c) { marks } else { 0 };
            kept.push(c);
        }
    }
    kept.into_iter().collect()
}

/// The beginning of a text, at most so many characters long, that ends between two letters or pictures.
pub(crate) fn beginning(text: &str, at_most: usize) -> String {
    let characters: Vec<char> = text.chars().collect();
    let goes_on = |at: usize| {
        let within = |c: char| is_combining_mark(c) || is_joiner(c) || is_tone(c) || is_selector(c) || is_tag(c);
        characters.get(at).is_some_and(|c| within(*c)) || (at > 0 && characters[at - 1] == JOINER)
    };
    let end = if characters.len() <= at_most {
        characters.len()
    } else {
        (1..=at_most).rev().find(|end| !goes_on(*end)).unwrap_or(at_most)
    };
    characters[..end].iter().collect()
}

/// Whether a character belongs to the text, behind the characters that were kept.
fn stays(kept: &[char], c: char, rest: &[char]) -> bool {
    if is_joiner(c) {
        let next = rest.iter().copied().find(|next| !is_joiner(*next) && !is_never_seen(*next));
        return joins(kept, c, next);
    }
    if is_selector(c) {
        return kept.last().is_some_and(|before| selects(*before, c, rest.first().copied()));
    }
    !is_never_seen(c)
}

/// Whether a joiner makes a difference to be seen: between two pictures, between letters of a script that needs it, or
/// behind one that reaches for the next.
fn joins(kept: &[char], joiner: char, next: Option<char>) -> bool {
    let Some(&last) = kept.last().filter(|last| !is_joiner(**last)) else { return false };
    let shown = kept.iter().rev().find(|c| !is_tone(**c) && !is_selector(**c) && !is_combining_mark(**c));
    let Some(&before) = shown else { return false };
    if joiner == JOINER && is_picture(before) {
        return next.is_some_and(is_picture);
    }
    let (cursive, spells) = (is_cursive(before), is_cursive(before) || is_of_conjuncts(before));
    let goes_on = next.is_some_and(|next| is_combining_mark(next) || next.script() == before.script());
    let is_open = joiner == JOINER && cursive && next.is_none_or(|next| !next.is_alphanumeric());
    spells && (goes_on || is_open || canonical_combining_class(last) == VIRAMA)
}

/// Whether a selector chooses between the forms of the character before it.
fn selects(before: char, selector: char, next: Option<char>) -> bool {
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => {
            let is_key = before.is_ascii_digit() || before == '#' || before == '*';
            is_picture(before) || is_tone(before) || (is_key && next == Some('\u{20E3}'))
        }
        '\u{180B}'..='\u{180F}' => before.script() == Script::Mongolian,
        _ => before.script() == Script::Han,
    }
}

/// The number of characters that name a region; none where they name nothing.
fn tags(rest: &[char]) -> usize {
    let name = rest.iter().take_while(|c| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}')).count();
    if TAGS.contains(&name) && rest.get(name) == Some(&END_OF_TAGS) { name + 1 } else { 0 }
}

fn is_joiner(c: char) -> bool {
    c == JOINER || c == NON_JOINER
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

/// The colour of a picture's skin.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// A choice between forms of the character before it: in colour or not, of a Mongolian letter, of a Chinese character.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The blocks of pictures (Unicode Technical Standard 51, "Extended Pictographic"), without the colours of skin.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{00A9}' | '\u{00AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}' | '\u{24C2}' | '\u{25A0}'..='\u{27BF}' | '\u{2900}'..='\u{297F}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1F1E5}'
        | '\u{1F200}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}')
}

/// Whether letters of its script are joined, each in a form that depends on its neighbours.
fn is_cursive(c: char) -> bool {
    use Script::{
        Adlam, Arabic, Hanifi_Rohingya, Mandaic, Manichaean, Mongolian, Nko, Old_Uyghur, Phags_Pa, Psalter_Pahlavi,
        Sogdian, Syriac,
    };
    matches!(
        c.script(),
        Adlam
            | Arabic
            | Hanifi_Rohingya
            | Mandaic
            | Manichaean
            | Mongolian
            | Nko
            | Old_Uyghur
            | Phags_Pa
            | Psalter_Pahlavi
            | Sogdian
            | Syriac
    )
}

/// Whether consonants of its script make one sign.
fn is_of_conjuncts(c: char) -> bool {
    use Script::{
        Balinese, Bengali, Brahmi, Chakma, Devanagari, Grantha, Gujarati, Gurmukhi, Javanese, Kannada, Khmer,
        Malayalam, Meetei_Mayek, Modi, Myanmar, Newa, Oriya, Saurashtra, Sharada, Sinhala, Sundanese, Tamil, Telugu,
        Tibetan, Tirhuta,
    };
    matches!(
        c.script(),
        Balinese
            | Bengali
            | Brahmi
            | Chakma
            | Devanagari
            | Grantha
            | Gujarati
            | Gurmukhi
            | Javanese
            | Kannada
            | Khmer
            | Malayalam
            | Meetei_Mayek
            | Modi
            | Myanmar
            | Newa
            | Oriya
            | Saurashtra
            | Sharada
            | Sinhala
            | Sundanese
            | Tamil
            | Telugu
            | Tibetan
            | Tirhuta
    )
}

/// Control, formatting, bidirectional, tag and private-use characters, and the invisible fillers.
fn is_never_seen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joiners_stay_in_pictures_and_where_they_spell() {
        for text in [
            "👩\u{200D}🎓",
            "👩🏽\u{200D}🎓",
            "❤\u{FE0F}\u{200D}🔥",
            "🏳\u{FE0F}\u{200D}⚧\u{FE0F}",
            "👨\u{200D}👩\u{200D}👧\u{200D}👦 and I",
            "1\u{FE0F}\u{20E3}",
            "☎\u{FE0E}",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            // Persian: I go; houses; an abbreviation that ends in a letter which reaches on.
            "می\u{200C}روم",
            "خانه\u{200C}ها",
            "ه\u{200D}",
            "ه\u{200D}.ش",
            // Devanagari with a half form and with a visible virama; Sinhala; Bengali ya-phalaa behind ra; Malayalam.
            "क्\u{200D}ष",
            "क्\u{200C}ष",
            "ශ්\u{200D}රී",
            "র\u{200D}\u{09CD}য",
            "ന്\u{200D}",
            // A Chinese character in the form of a family's name, and a Mongolian letter in one of its forms.
            "葛\u{E0100}城",
            "ᠠ\u{180B}",
            // Tibetan's tallest letter, and marks as languages stack them.
            "ཧྐྵྨླྺྼྻྂ",
            "Nguyễn e\u{0302}\u{0301} שָׁלוֹם",
        ] {
            assert_eq!(without_unseen(text), text, "{text:?}");
        }
    }

    #[test]
    fn what_only_hides_goes() {
        for (text, shown) in [
            ("S\u{200D}a\u{200C}m", "Sam"),
            ("Sam\u{200D}", "Sam"),
            ("\u{200D}Sam", "Sam"),
            ("И\u{200C}ван", "Иван"),
            ("می\u{200C}\u{200D}\u{200C}روم", "می\u{200C}روم"),
            ("می\u{200C}\u{200B}روم", "می\u{200C}روم"),
            ("روم\u{200C} Sam", "روم Sam"),
            ("👩\u{200D}m", "👩m"),
            ("👩\u{200C}🎓", "👩🎓"),
            ("Sa\u{FE0F}m", "Sam"),
            ("1\u{FE0F}2", "12"),
            ("S\u{E0100}am", "Sam"),
            ("Sa\u{200B}m\u{202E}\u{2066}\u{00AD}\u{FEFF}", "Sam"),
            // Tags that name no region, too long ones, ones without an end, and ones behind anything else.
            ("\u{1F3F4}\u{E0067}\u{E007F}", "\u{1F3F4}"),
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}", "\u{1F3F4}"),
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E0067}\u{E0062}\u{E007F}", "\u{1F3F4}"),
            ("S\u{E0067}\u{E0062}\u{E0073}\u{E007F}", "S"),
        ] {
            assert_eq!(without_unseen(text), shown, "{text:?}");
        }
    }

    #[test]
    fn marks_do_not_pile_up() {
        let piled = format!("S{}a{}m", "\u{0301}".repeat(900), "\u{0301}\u{200D}".repeat(900));
        let eight = "\u{0301}".repeat(MARKS_MAX);
        assert_eq!(without_unseen(&piled), format!("S{eight}a{eight}m"));
        // A joiner does not begin them anew.
        let piled = format!("ه{}", "\u{064E}\u{200D}".repeat(900));
        assert!(without_unseen(&piled).chars().count() <= 2 * MARKS_MAX + 2);
    }

    #[test]
    fn a_beginning_ends_between_letters_and_pictures() {
        let flag = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
        for (text, at_most, begins) in [
            ("Sam", 3, "Sam".to_owned()),
            ("Sam", 2, "Sa".to_owned()),
            ("Re\u{0301}e\u{0301}", 4, "Re\u{0301}".to_owned()),
            ("I 👩\u{200D}🎓", 4, "I ".to_owned()),
            (&format!("x{flag}"), 5, "x".to_owned()),
            (&"\u{0301}".repeat(9), 3, "\u{0301}".repeat(3)),
        ] {
            assert_eq!(beginning(text, at_most), begins, "{text:?}");
        }
    }
}
