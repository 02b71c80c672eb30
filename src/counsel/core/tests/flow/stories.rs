//! Conversations as people read them, from beginning to end.

use std::fmt::Write;

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::input::Input;

use crate::pages::Pages;
use crate::talk::{Talk, address};

struct Story {
    talk: Talk,
    pages: Pages,
    page: String,
}

const PEOPLE: [&str; 3] = ["sam", "kim", "lee"];

impl Story {
    fn new() -> Self {
        Self { talk: Talk::new(), pages: Pages::english(), page: String::new() }
    }

    fn heading(&mut self, text: &str) {
        write!(self.page, "════════ {text}\n\n").unwrap();
    }

    /// Somebody writes, and everybody reads the messages to them.
    fn says(&mut self, name: &str, text: &str) {
        writeln!(self.page, "{name}\n    {text}\n").unwrap();
        self.talk.types(name, text);
        self.read();
    }

    fn comes_in(&mut self, name: &str) {
        writeln!(self.page, "({name} comes into the room.)\n").unwrap();
        let (case, person) = (self.talk.case("sam").id, self.talk.id(name));
        self.talk.input(Input::CameIn(case, person));
        self.read();
    }

    fn days(&mut self, days: u64) {
        writeln!(self.page, "({days} days pass.)\n").unwrap();
        self.talk.days(days);
        self.read();
    }

    fn read(&mut self) {
        for (person, say) in std::mem::take(&mut self.talk.said) {
            let name =
                PEOPLE.into_iter().find(|name| self.talk.state.person_at(&address(name)) == Some(person)).unwrap();
            let wording = say.wording();
            let text = self.pages.page(&wording).replace('\n', "\n    ");
            writeln!(self.page, "To {name} [{}]\n    {text}\n", wording.id).unwrap();
        }
        for act in self.talk.perform() {
            if let Act::Note(_, _, say) = act {
                let wording = say.wording();
                writeln!(self.page, "In the room [{}]\n    {}\n", wording.id, self.pages.page(&wording)).unwrap();
            }
        }
    }

    fn reads_as_before(self, name: &str) {
        let page = self.page.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, page);
        });
    }
}

/// Sam writes, agrees, asks for anybody, and is in a room with Kim.
fn to_the_room(story: &mut Story) {
    story.heading("Sam writes for the first time");
    story.talk.input(Input::Visited(address("sam")));
    story.read();
    for text in ["yes", "1", "Whether to change course", "no"] {
        story.says("sam", text);
    }
    story.heading("Kim takes it");
    story.says("kim", "claim");
    story.comes_in("sam");
    story.comes_in("kim");
}

#[test]
fn the_whole_story() {
    let mut story = Story::new();
    to_the_room(&mut story);
    story.heading("A time");
    story.says("kim", "time Thursday 14:00");
    story.says("sam", "yes");
    story.days(4);
    story.heading("The end");
    story.says("sam", "close");
    story.says("sam", "left");
    story.says("kim", "left");
    story.days(84);
    story.days(7);
    story.reads_as_before("the_whole_story");
}

#[test]
fn somebody_else_goes_on() {
    let mut story = Story::new();
    to_the_room(&mut story);
    story.heading("Kim hands over to Lee");
    story.says("kim", "hand over to Lee");
    story.says("sam", "yes");
    story.says("lee", "claim");
    story.comes_in("sam");
    story.comes_in("lee");
    story.heading("Sam is forgotten");
    story.says("sam", "forget me");
    story.says("sam", "forget me now");
    story.reads_as_before("somebody_else_goes_on");
}

#[test]
fn nobody_has_time() {
    let mut story = Story::new();
    story.heading("Kim is away, and Sam asks for Kim");
    story.says("kim", "away I am back on 1 December.");
    story.talk.input(Input::Visited(address("sam")));
    story.read();
    for text in ["yes", "Kim", "skip"] {
        story.says("sam", text);
    }
    story.says("kim", "pass");
    story.days(2);
    story.reads_as_before("nobody_has_time");
}
