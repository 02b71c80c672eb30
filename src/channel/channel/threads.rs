//! Threads in a conversation: what words in one are about, and that they are answered there, where their writer looks.

use lodge_core::id::EffectId;
use lodge_core::input::Reply;

use super::Channel;
use crate::homeserver::EventRef;
use crate::news::Text;

impl Channel {
    /// The message that words are about.
    pub(super) fn about(&self, text: &Text) -> Reply {
        let said_there = |effect: EffectId, root: &EventRef| {
            self.said.get(&effect).is_some_and(|row| row.thread.as_ref() == Some(root))
        };
        text.about(|event| self.asked.get(event).copied(), said_there)
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::effect::Act;
    use lodge_core::id::MemberId;
    use lodge_core::input::Proof;
    use lodge_core::introduction::Stage;
    use lodge_core::name::{Address, DisplayName};
    use lodge_core::people::member::{Person, Role};
    use lodge_core::people::roster::Roster;
    use lodge_core::say::Say;
    use lodge_core::time::Span;
    use lodge_matrix::content::Thread;
    use serde_json::{Value, json};

    use super::super::trial::{NOW, Trial, effect, event_of, people, refused};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{self, Heard, News, RoomNews};
    use crate::perform::{Task, Tried, What};

    fn address(who: &str) -> Address {
        Address::exact(&format!("@{who}:example.org")).unwrap()
    }

    fn member(trial: &Trial, who: &str) -> MemberId {
        trial.engine.state().member_at(&address(who)).unwrap().id
    }

    /// Sam, Noor and Alex are members and have come into their conversations. Sam and Noor have asked to meet Alex, who
    /// has said nothing yet.
    fn asked() -> Trial {
        let mut trial = Trial::new();
        let noor = Person { address: address("noor"), name: DisplayName::parse("Noor").unwrap(), ..people().remove(0) };
        trial.engine.roster(Roster::whole(people().into_iter().chain([noor])), NOW).unwrap();
        trial.settle();
        let room = trial.room(member(&trial, "noor"));
        trial.hear(&room, Heard::Moved(address("noor").into(), Membership::Joined));
        trial.settle();
        trial.show_all();
        says(&mut trial, "alex", "agree", &Value::Null);
        for who in ["sam", "noor"] {
            for text in ["agree", "introduce @alex:example.org for career advice: Dear Alex, may I?", "no", "send"] {
                says(&mut trial, who, text, &Value::Null);
            }
        }
        assert_eq!((waits(&trial, "sam"), waits(&trial, "noor")), (true, true));
        trial
    }

    /// Somebody's words in their conversation, as they come from a homeserver.
    fn words(trial: &Trial, who: &str, text: &str, relation: &Value) -> RoomNews {
        let event = json!({
            "type": "m.room.message", "event_id": format!("${who} {text} {relation}"), "sender": address(who),
            "content": { "msgtype": "m.text", "body": text, "m.relates_to": relation },
        });
        let news = news::read(&event, &address("porter"), Proof::Proven).unwrap();
        RoomNews { room: trial.room(member(trial, who)), gap: None, news: vec![News { at: NOW, ..news }] }
    }

    /// Somebody writes. Returns the messages that follow, each with its reader and its thread.
    fn says(trial: &mut Trial, who: &str, text: &str, relation: &Value) -> Vec<(String, Say, Option<Thread>)> {
        let words = words(trial, who, text, relation);
        trial.deliver(vec![words], vec![]);
        said(trial)
    }

    fn said(trial: &mut Trial) -> Vec<(String, Say, Option<Thread>)> {
        trial.done.clear();
        trial.settle();
        trial.show_all();
        trial.done.iter().filter_map(told).collect()
    }

    fn told(what: &What) -> Option<(String, Say, Option<Thread>)> {
        let What::Say { to, say, thread, .. } = what else { return None };
        Some((to.first()?.local().to_owned(), say.clone(), thread.clone()))
    }

    /// As clients write in a thread: on this message, after that one.
    fn in_thread(root: &EventRef, last: &EventRef) -> Value {
        json!({
            "rel_type": "m.thread", "event_id": root, "is_falling_back": true, "m.in_reply_to": { "event_id": last },
        })
    }

    /// The event of somebody's request to Alex.
    fn prompt(trial: &Trial, from: &str) -> EventRef {
        shown(trial, from).remove(0)
    }

    /// All the messages that showed it to Alex.
    fn shown(trial: &Trial, from: &str) -> Vec<EventRef> {
        let introduction = introduction(trial, from);
        let prompts = &trial.engine.state().member(trial.alex()).unwrap().dialogue.prompts;
        let prompt = prompts.values().find(|prompt| prompt.introduction == introduction).unwrap();
        prompt.asked.iter().map(|asked| event_of(*asked)).collect()
    }

    fn introduction(trial: &Trial, from: &str) -> lodge_core::id::IntroductionId {
        let from = member(trial, from);
        trial.engine.state().introductions().find(|found| found.requester == from).unwrap().id
    }

    fn waits(trial: &Trial, from: &str) -> bool {
        let introduction = trial.engine.state().introduction(introduction(trial, from)).unwrap();
        matches!(introduction.stage, Stage::Waiting(lodge_core::introduction::Side::Asked))
    }

    /// Alex replies to Sam's request with a yes, so that it is answered for good.
    fn answers_sam(trial: &mut Trial) {
        let reply = json!({ "m.in_reply_to": { "event_id": prompt(trial, "sam") } });
        says(trial, "alex", "yes", &reply);
        assert_eq!((waits(trial, "sam"), waits(trial, "noor")), (false, true));
    }

    /// Something that the porter said to Alex and that asks for nothing.
    fn welcome(trial: &mut Trial) -> EventRef {
        trial.step(vec![(200, &[], Act::Tell(trial.alex(), Say::Hurried))], &[]);
        trial.settle();
        event_of(effect(200))
    }

    /// Fails unless the first message to Alex stands in the thread that Alex wrote in, after Alex's words, and those to
    /// others in none.
    fn assert_answered_there(said: &[(String, Say, Option<Thread>)], root: &EventRef) {
        let first = said.iter().find(|(to, ..)| to == "alex").and_then(|(_, _, thread)| thread.as_ref());
        assert!(first.is_some(), "{said:#?}");
        for (to, say, thread) in said.iter().filter_map(|(to, say, thread)| Some((to, say, thread.as_ref()?))) {
            let there = (to.as_str(), &thread.root, thread.words.0.starts_with("$alex"));
            assert_eq!(there, ("alex", root, true), "{say:?}");
        }
    }

    #[test]
    fn i07_a_yes_in_a_thread_answers_what_the_thread_is_about_or_nothing() {
        // The prompt is open, and so is another.
        let mut trial = asked();
        let root = prompt(&trial, "sam");
        let said = says(&mut trial, "alex", "yes", &in_thread(&root, &root));
        assert_eq!((waits(&trial, "sam"), waits(&trial, "noor")), (false, true));
        assert_answered_there(&said, &root);

        // The prompt was answered, and another is open.
        for text in ["yes", "no", "later tomorrow", "ask Which year?"] {
            let mut trial = asked();
            let root = prompt(&trial, "sam");
            answers_sam(&mut trial);
            let said = says(&mut trial, "alex", text, &in_thread(&root, &root));
            assert!(waits(&trial, "noor"), "{text}");
            assert!(said.iter().all(|(to, ..)| to == "alex"), "{said:#?}");
            assert_answered_there(&said, &root);
        }

        // It hangs on what asked nothing, or nobody can say on what.
        let mut trial = asked();
        answers_sam(&mut trial);
        let root = welcome(&mut trial);
        let said = says(&mut trial, "alex", "yes", &in_thread(&root, &root));
        assert_answered_there(&said, &root);
        for relation in [json!({ "rel_type": "m.thread" }), json!({ "is_falling_back": true }), json!("$thread")] {
            says(&mut trial, "alex", "yes", &relation);
        }
        assert!(waits(&trial, "noor"));
    }

    #[test]
    fn a_whole_request_can_be_written_in_a_thread() {
        let mut trial = Trial::new();
        trial.settle();
        trial.show_all();
        says(&mut trial, "sam", "agree", &Value::Null);
        let root = EventRef("$welcome".to_owned());
        for text in ["introduce @ALEX:example.org", "career advice", "no", "Yes, dear Alex, may I?", "send"] {
            says(&mut trial, "sam", text, &in_thread(&root, &root));
        }
        assert!(waits(&trial, "sam"));
    }

    #[test]
    fn what_was_asked_last_in_a_thread_is_answered_there() {
        let mut trial = asked();
        answers_sam(&mut trial);
        let (root, first) = (welcome(&mut trial), prompt(&trial, "noor"));
        // A client may be wrong about the last message in a thread.
        says(&mut trial, "alex", "yes", &in_thread(&root, &first));
        assert!(waits(&trial, "noor"));
        let said = says(&mut trial, "alex", "again", &in_thread(&root, &root));
        assert_answered_there(&said, &root);
        let again = shown(&trial, "noor").pop().unwrap();
        trial.restart();
        trial.nothing_new();
        says(&mut trial, "alex", "yes", &in_thread(&root, &again));
        assert!(!waits(&trial, "noor"));
    }

    #[test]
    fn words_that_are_read_later_are_about_the_same_and_answered_in_their_thread() {
        let later = NOW.after(Span::from_millis(60_000));
        let mut trial = asked();
        let root = prompt(&trial, "sam");
        answers_sam(&mut trial);
        // Alex has written two messages in this minute.
        for number in 2..60 {
            says(&mut trial, "alex", "help", &json!({ "m.in_reply_to": { "event_id": format!("${number}") } }));
        }
        let hurried = says(&mut trial, "alex", "yes", &in_thread(&root, &root));
        assert_eq!(hurried.iter().map(|(_, say, _)| say).collect::<Vec<_>>(), [&Say::Hurried]);
        assert_answered_there(&hurried, &root);
        trial.restart();
        trial.nothing_new();
        trial.engine.tick(later).unwrap();
        let said = said(&mut trial);
        assert_answered_there(&said, &root);
        assert!(waits(&trial, "noor"));
    }

    #[test]
    fn words_whose_key_comes_later_are_answered_in_their_thread() {
        let mut trial = asked();
        let (conversation, root) = (trial.room(trial.alex()), prompt(&trial, "sam"));
        let words = words(&trial, "alex", "yes", &in_thread(&root, &root)).news.remove(0);
        let ciphertext = json!({ "sender": address("alex"), "content": { "m.relates_to": in_thread(&root, &root) } });
        let ciphertext = ciphertext.to_string();
        let news = vec![News { heard: Heard::Sealed(ciphertext), ..words.clone() }];
        trial.deliver(vec![RoomNews { room: conversation, gap: None, news }], vec![]);
        trial.commit();
        trial.restart();
        trial.nothing_new();
        trial.engine.tick(NOW.after(Span::from_millis(600_000))).unwrap();
        let first = said(&mut trial);
        assert_eq!(first.iter().map(|(_, say, _)| say).collect::<Vec<_>>(), [&Say::Unreadable]);
        assert_answered_there(&first, &root);
        let Heard::Text(text) = words.heard.clone() else { panic!("{words:?}") };
        let cipher = Some(trial.encrypt());
        let words = News { heard: Heard::Text(Text { cipher, ..text }), ..words };
        trial.engine.unsealed(words, NOW).unwrap();
        let said = said(&mut trial);
        assert_answered_there(&said, &root);
        assert_eq!((waits(&trial, "sam"), waits(&trial, "noor")), (false, true));
    }

    /// Alex asks for help in a thread; the try at answering.
    fn help(trial: &mut Trial) -> Task {
        let root = EventRef("$welcome".to_owned());
        let words = words(trial, "alex", "help", &in_thread(&root, &root));
        trial.deliver(vec![words], vec![]);
        let task = trial.task();
        assert!(told(&task.what).unwrap().2.is_some());
        task
    }

    #[test]
    fn where_a_thread_cannot_be_written_in_the_answer_stands_outside_it() {
        let mut trial = Trial::new();
        let task = help(&mut trial);
        trial.report(&task, refused("M_UNKNOWN"));
        let said_outside = said(&mut trial);
        assert!(matches!(&said_outside[..], [(_, Say::Help { .. }, None)]), "{said_outside:#?}");

        // Another conversation was opened meanwhile, where there is no such thread.
        let mut trial = Trial::new();
        let task = help(&mut trial);
        trial.report(&task, Ok(Tried::Overheard));
        trial.settle();
        let room = trial.room(trial.alex());
        trial.hear(&room, Heard::Moved(address("alex").into(), Membership::Joined));
        let said_elsewhere = said(&mut trial);
        assert!(matches!(&said_elsewhere[..], [(_, Say::Help { .. }, None)]), "{said_elsewhere:#?}");
    }

    #[test]
    fn a_member_of_staff_answers_by_a_reply_or_in_a_thread_on_the_question_and_nowhere_else() {
        for in_a_thread in [false, true] {
            let mut trial = Trial::new();
            let jo = Person { address: address("jo"), role: Role::Staff, ..people().remove(0) };
            trial.engine.roster(Roster::whole(people().into_iter().chain([jo])), NOW).unwrap();
            trial.settle();
            let (jo, room) = (member(&trial, "jo"), trial.room(member(&trial, "jo")));
            trial.hear(&room, Heard::Moved(address("jo").into(), Membership::Joined));
            trial.settle();
            trial.show_all();
            says(&mut trial, "sam", "ask staff Where are you?", &Value::Null);
            let brought = trial.engine.said.values().find(|row| row.member == jo && row.prompt);
            let question = EventRef(brought.expect("Sam's question").event.clone());
            trial.restart();
            let elsewhere = in_thread(&welcome_to(&mut trial, jo), &question);
            let heard = says(&mut trial, "jo", "In the hall.", &elsewhere);
            assert_eq!(ids(&heard), [("jo", "desk-which-question")]);
            let about = json!({ "m.in_reply_to": { "event_id": question } });
            let about = if in_a_thread { in_thread(&question, &question) } else { about };
            let heard = says(&mut trial, "jo", "yes, in the hall", &about);
            assert_eq!(ids(&heard), [("sam", "staff-say"), ("jo", "staff-told")]);
            let heard = says(&mut trial, "jo", "2 no", &about);
            assert_eq!(ids(&heard), [("jo", "question-answered-before")]);
        }
    }

    fn ids(said: &[(String, Say, Option<Thread>)]) -> Vec<(&str, &'static str)> {
        said.iter().map(|(to, say, _)| (to.as_str(), say.wording().id)).collect()
    }

    fn welcome_to(trial: &mut Trial, member: MemberId) -> EventRef {
        trial.step(vec![(201, &[], Act::Tell(member, Say::Hurried))], &[]);
        trial.settle();
        event_of(effect(201))
    }
}
