//! Picking somebody from the list in words of one's own.

use crate::directory::with_mentors;

#[test]
fn somebody_is_picked_from_the_list_in_words_of_ones_own() {
    for (words, heard) in [
        ("I'll take robin please", "ask-purpose"),
        ("robbin sounds good", "ask-purpose"),
        ("the first one looks lovely", "ask-purpose"),
        ("tell me more about Alex", "ask-purpose"),
        ("both", "mentors-which"),
        ("either, you choose", "mentors-which"),
        ("neither really", "mentors-no-more"),
        ("only two?", "mentors-no-more"),
    ] {
        let mut talk = with_mentors();
        talk.says("sam", "mentors");
        assert_eq!(talk.says("sam", words).last(), Some(&heard), "{words}");
    }
    let mut talk = with_mentors();
    talk.says("sam", "mentors");
    assert_eq!(talk.says("sam", "anybody but robin, not him"), ["is-it-one-of"], "a choice turned round is none");
    talk.says("sam", "help");
    assert_ne!(
        talk.says("sam", "robin sounds good").last(),
        Some(&"ask-purpose"),
        "the list is not what was said last"
    );
}
