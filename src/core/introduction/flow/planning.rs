//! The plan of an information interview, asked for after the message: questions, how long, in which way, and when.

use crate::dialogue::{Draft, Planning};
use crate::id::MemberId;
use crate::interview::plan::{self, Answered, Part, Plan};
use crate::say::Interview;
use crate::turn::Turn;

impl Turn<'_> {
    /// Asks for the next part of the plan.
    pub(super) fn ask_part(&mut self, member: MemberId, planning: Planning) {
        let ask = question_of(&planning);
        self.draft(member, Draft::Plan(planning), ask);
    }

    /// Words in answer to the question for a part of the plan.
    pub(super) fn planned(&mut self, member: MemberId, planning: Planning, text: &str) {
        let Planning { named, mut request, ticked, part } = planning.clone();
        let plan = &mut request.plan;
        let is_taken = match part {
            Part::Questions => match plan::questions(text) {
                Answered::Skip => true,
                Answered::Nothing => replace(&mut plan.questions, vec![]),
                Answered::Is(questions) => replace(&mut plan.questions, questions),
                Answered::Unfit => false,
            },
            Part::Time => match plan::time(text) {
                Answered::Skip => true,
                Answered::Nothing => {
                    *plan = Plan { questions: std::mem::take(&mut plan.questions), ..Plan::default() };
                    true
                }
                Answered::Is(given) => {
                    plan.take(given);
                    true
                }
                Answered::Unfit => false,
            },
        };
        match part {
            Part::Questions | Part::Time if !is_taken => self.lost_in_draft(member, unfit(part)),
            Part::Questions => self.ask_part(member, Planning { named, request, ticked, part: Part::Time }),
            Part::Time => self.whole(member, named, request, ticked),
        }
    }
}

/// The question for the next part of a plan.
pub(super) fn question_of(planning: &Planning) -> Interview {
    let (to, plan) = (planning.named.clone(), planning.request.plan.clone());
    match planning.part {
        Part::Questions => Interview::AskQuestions { to, had: plan },
        Part::Time => Interview::AskTime { to, had: plan },
    }
}

fn unfit(part: Part) -> Interview {
    match part {
        Part::Questions => Interview::QuestionsUnfit { most: plan::QUESTIONS_MAX, limit: plan::QUESTION_CHARS_MAX },
        Part::Time => Interview::TimeUnfit,
    }
}

fn replace<T>(place: &mut T, value: T) -> bool {
    *place = value;
    true
}
