//! A map of one's own is drawn as it was written, whatever was written.

use lodge_ground::drawing::{Drawing, Group};
use proptest::prelude::*;
use resvg::usvg::roxmltree::Document;

use super::font::Font;
use super::svg::{LOOKS, WIDTH, svg};
use super::wrap::{self, LEFT_OUT};
use super::{Undrawn, draw};

/// A map with these lines in each of its groups.
fn map(lines: &[&str]) -> Drawing {
    let group = |title: &str| Group {
        title: title.to_owned(),
        lines: (1..).zip(lines).map(|(number, words)| (number, (*words).to_owned())).collect(),
    };
    Drawing {
        name: "network.png",
        instead: "Your network as a picture.".to_owned(),
        middle: "You".to_owned(),
        groups: [group("I know"), group("I’d like to know"), group("Gaps")],
        none: "Nothing here yet".to_owned(),
        left_out: "Letters I can’t draw are above.".to_owned(),
    }
}

/// The texts of the picture, in their order.
fn texts(drawing: &Drawing) -> Vec<String> {
    let svg = svg(&Font::own().unwrap(), drawing);
    let document = Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn d02_a_picture_has_the_middle_three_titles_and_each_line_by_its_number() {
    let above = ["You", "I know", "1", "an aunt in law", "2", "a judge"];
    let beside = ["1", "an aunt in law", "2", "a judge"];
    let all = [&above[..], &["I’d like to know"], &beside, &["Gaps"], &beside].concat();
    assert_eq!(texts(&map(&["an aunt in law", "a judge"])), all);
    let empty =
        ["You", "I know", "Nothing here yet", "I’d like to know", "Nothing here yet", "Gaps", "Nothing here yet"];
    assert_eq!(texts(&map(&[])), empty);
}

#[test]
fn nobodys_words_are_markup() {
    let hostile = "</text><script>alert(1)</script> & &amp; \"x\" 'y' <!-- ]]>";
    let drawn = texts(&map(&[hostile]));
    let words: String = drawn.iter().skip(3).take_while(|text| *text != "I’d like to know").cloned().collect();
    assert_eq!(words.replace(' ', ""), hostile.replace(' ', ""));
}

#[test]
fn words_that_the_font_lacks_are_said_to_be_left_out_and_others_are_not() {
    let font = Font::own().unwrap();
    let drawn = |text: &str| wrap::words(&font, text).join(" ");
    for (text, right) in [
        ("my friend \u{1F469}\u{1F3FD}\u{200D}\u{1F393} at sea", "my friend at sea"),
        ("王芳 from the 语言学院 here", "… from the … here"),
        ("姑姑是 律师", "…"),
        ("\u{1F9D1}\u{200D}\u{1F393}", "…"),
        ("\u{202E}mirrored\u{202C}", "mirrored"),
        ("e\u{301}cole, Знакомый, Άλφα, عمتي", "e\u{301}cole, Знакомый, Άλφα, عمتي"),
    ] {
        assert_eq!(drawn(text), right, "{text}");
    }
    assert_eq!(texts(&map(&["王芳"])).last().map(String::as_str), Some("Letters I can’t draw are above."));
    assert_ne!(texts(&map(&["an aunt"])).last().map(String::as_str), Some("Letters I can’t draw are above."));
}

#[test]
fn the_same_map_is_the_same_picture_as_sharp_as_a_phone_shows_it() {
    let drawn = draw(&map(&["an aunt in law"])).unwrap();
    assert_eq!(Ok(&drawn), draw(&map(&["an aunt in law"])).as_ref());
    assert!(drawn.file.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let pixels = |at: usize| drawn.file.bytes[at..at + 4].iter().fold(0, |all, byte| all * 256 + u32::from(*byte));
    assert_eq!((pixels(16), pixels(20)), drawn.size);
    assert_eq!(drawn.size.0, 780, "twice {WIDTH}");
}

#[test]
fn the_largest_map_there_can_be_is_drawn_and_a_larger_one_is_refused() {
    let widest = "W".repeat(120);
    let height = |lines: usize| {
        let svg = svg(&Font::own().unwrap(), &map(&vec![widest.as_str(); lines]));
        let height: f32 = Document::parse(&svg).unwrap().root_element().attribute("height").unwrap().parse().unwrap();
        height
    };
    assert!(height(12) * 2.0 < 16_000.0, "{}", height(12));
    assert_eq!(draw(&map(&vec![widest.as_str(); 100])), Err(Undrawn::TooLarge));
}

#[test]
fn each_dark_colour_is_read_on_its_light_one_and_on_white() {
    let light_of = |colour: &str| {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let contrast = |dark: &str, light: &str| (light_of(light) + 0.05) / (light_of(dark) + 0.05);
    for look in &LOOKS {
        for (dark, light) in [(look.dark, look.light), (look.dark, "#ffffff"), ("#4b5563", look.light)] {
            // WCAG 2.2: 7 for the text of level AAA, 4.5 for AA.
            let least = if dark == look.dark { 7.0 } else { 4.5 };
            assert!(contrast(dark, light) >= least, "{dark} on {light}: {}", contrast(dark, light));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_somebody_writes_stays_within_its_card(words in "\\PC{0,120}", width in 60.0_f32..340.0) {
        let font = Font::own().unwrap();
        let kept = wrap::words(&font, &words);
        let lines = wrap::lines(&font, &kept, 14.0, width);
        prop_assert_eq!(lines.concat().replace(' ', ""), kept.concat());
        prop_assert!(lines.iter().all(|line| font.width(line, 14.0) <= width), "{lines:?}");
        prop_assert!(!texts(&map(&[&words])).is_empty());
        prop_assert!(kept.iter().all(|word| word == LEFT_OUT || words.contains(word.chars().next().unwrap())));
    }
}
