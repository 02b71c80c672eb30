# Information interviews: tips on a draft, and everything that helps to ask for half an hour with somebody who does the job.
#
# Please never let these sentences show whether the other person is a member, has been asked, or has answered.

## Tips on the message of a request: to a member who is about to send it. The rules for them stand in tips.txt.

# A tip: the message is very short.
tip-short = • It’s quite short. Say who you are and why you ask them, and a yes is easier: “I study History, and yours is the job I’d like to understand.”

# A tip: the message is short, and reads like a question to the porter.
tip-for-porter = • Was that a question for me? So far it’s the whole message. **an example** shows how others write, **policy** says who sees what, and **change** starts your words again.

# A tip: the message asks nothing.
tip-no-question = • There’s no question in it, so they can’t tell what you’d like. One that is easy to answer is enough: “What was your first year like?”

# A tip: the message asks for a job.
tip-job-application = • It reads a little like asking for a job. People would rather talk about their own work: “How did you get into it?” does more than “Are you hiring?”

# A tip: the message is too long for a phone.
tip-long = • It’s long for a phone, and a busy person puts it off. Who you are, why them, and one question is plenty: “I saw your talk. May I ask how you began?”

# A tip: the message praises and asks nothing.
tip-flattery = • It praises, and doesn’t say yet what you’d like to know. A reason of your own says more: “Your talk made me wonder how you began. How did you?”

# A tip: the message names somebody else by their address.
tip-another-person = • Someone else’s address is in it, and they haven’t agreed to that. You can do without it: “a colleague of yours” is enough.

# A tip: the message has a telephone number in it.
tip-phone = • A phone number is in it, and they’d see it before they’ve agreed to anything. Take it out: if it’s yours, **add phone** shows it only after you’ve both said yes.

# A tip: the message is nearly that of another request of theirs.
tip-pasted = • It’s nearly the same as another request of yours, and people notice. One sentence for them alone is enough: “I’m asking you because…”

## Help with an information interview: to a member who asks for it.

# How an information interview is asked for and held, in six lines.
# $drafting: 1 when they have a draft in hand.
guide =
    An information interview is half an hour with someone who does the job. You ask, they tell; no one owes anyone a job.

    • Ask one person, and say why them: something they did, studied or wrote.
    • Ask for little: fifteen to thirty minutes, in whatever way suits them.
    • Bring two or three questions that only someone who does the job can answer. **questions** has some.
    • Let them talk. “What did you do yesterday?” opens more doors than your CV, which stays at home.
    • End on time, and with one last question: “Who else would you talk to?”
    • Write a line of thanks the next day, and one in a year on what came of it.

    { $drafting ->
        [0] **introduce** begins one, and nothing goes out until you say **send**.
       *[other] Your draft is where you left it: **drafts** shows it.
    }

# Questions to ask in an information interview.
# $known: 1 when there is a list on what they asked for, or they asked for nothing in particular; 0 when not.
# $asked: what they asked for, in their words.
# $theme: what these are about, from the service's list.
# $questions: the questions, one on each line (see question-line).
# $more: how many are left.
# $count: how many other themes there are.
# $others: their names, in one line (see theme-name).
questions =
    { $known ->
        [0] I’ve nothing on “{ $asked }” yet. These work anywhere:
       *[other] Questions to take along ({ $theme }):
    }

    { $questions }

    { $more ->
        [0] {""}
       *[other] **more** shows { $more } more.
    } { $count ->
        [0] {""}
       *[other] Or write **questions** and one of these: { $others }.
    }

# A question, from the service's list.
# $text: the question.
question-line = • { $text }

# The name of a theme, from the service's list.
# $text: its name.
theme-name = { $text }

# They asked for more questions, and have seen them all.
no-more-questions =
    Those were all I have there. **questions** begins again, and one of your own is worth more than any of mine.

# Where else they find help.
# $kinds: what the institution lists, by kind (see referrals-appointments and so on).
# $mentors: 1 when there is a list of mentors.
# $in-field: 1 when there are mentors in the field they looked for.
# $field: that field, in their words.
referrals =
    This could help as well:

    { $kinds }

    { $mentors ->
        [0] {""}
       *[other] { $in-field ->
            [0] **mentors** shows people who are glad to be asked.
           *[other] There are people in { $field } who are glad to be asked: write **mentors in { $field }**.
        }
    }

# Talks with a person of the service.
# $entries: what the institution lists, one on each line.
referrals-appointments =
    To talk to someone:
    { $entries }

# People who help the institution's students.
# $entries: what the institution lists, one on each line.
referrals-mentors =
    Mentors:
    { $entries }

# Talks, fairs and the like.
# $entries: what the institution lists, one on each line.
referrals-events =
    Events:
    { $entries }

# Pages, guides and collections.
# $entries: what the institution lists, one on each line.
referrals-resources =
    To read and use:
    { $entries }

# One entry of the institution's list.
# $text: the entry, as the institution wrote it.
referral-line = • { $text }

## The plan of an information interview, which goes with the request: to the one who writes it.

# Questions of their own, which go with the message.
# $to: the person they gave.
# $count: how many they have given already.
# $had: those, one on each line (see question-line).
ask-questions =
    Are there two or three questions you’d most like to ask { $to }? One on each line; they go with your message, and help a busy person to say yes.

    { $count ->
        [0] **skip** goes on without, **questions** shows some, and **guide** how it’s done.
       *[other] These are there now: **skip** keeps them, **none** takes them out.
    }

    { $had }

# The questions are too many, or too long.
# $most: how many there can be.
# $limit: how many characters each can have.
questions-unfit =
    That’s more than a busy person reads. Please send me up to { $most } questions, each on a line of its own and with up to { $limit } characters, or **skip**.

# How long it would take, how they would talk, and in which weeks.
# $to: the person they gave.
# $count: 1 when they have given this already.
# $had: what they gave, each on a line (see plan-time and plan-weeks).
ask-time =
    How long would you like to talk with { $to }, how, and when? For example: **20 minutes, by phone, the next two weeks**.

    • **15**, **20** or **30** minutes
    • **call**, **here** in the room I’d open for the two of you, or **in person**, where other people are about
    • the weeks that suit you, in a few words

    { $count ->
        [0] **skip** leaves it to them, and **guide** shows how it’s done.
       *[other] This is there now: **skip** keeps it, **none** takes it out.
    }

    { $had }

# How long, how and when was not understood.
time-unfit =
    I couldn’t make that out. Please write **15**, **20** or **30**, one or more of **call**, **here** and **in person**, and in a few words which weeks, such as **20, call or in person, before Christmas**. **skip** leaves it open.

# How long it would take, and how the two would talk. Both people read these same words, so it names neither of them.
# $minutes: how many minutes; 0 when that is left open.
# $count: how many ways are named.
# $ways: those, in one line (see way-call and so on).
plan-time = { $minutes ->
        [0] How: { $ways }
       *[other] { $count ->
            [0] Time: { $minutes } minutes
           *[other] Time: { $minutes } minutes, { $ways }
        }
    }

# The weeks in which the two could talk.
# $text: those, in the requester's words.
plan-weeks = When: { $text }

# A question that goes with the request.
# $text: the question, in the requester's words.
plan-question = > { $text }

# A way to talk.
way-call = by phone or video

# A way to talk.
way-here = in writing, in a room here

# A way to talk.
way-in-person = in person in a public place

## A rehearsal: to the one who writes a request, and to no one else. Each begins by saying that it is one.

# The request as the other person would read it.
# $to: the person they gave.
# $request: the request (see request).
rehearsal =
    This is a rehearsal, and no one but you reads it. I’ll be { $to }, and I’ve just got these words:

    { $request }

    One word of mine is enough, and I may say nothing at all. See what you’d get:

    • **rehearse yes**
    • **rehearse question**, if I’d like to know something first
    • **rehearse no**, which is the same as silence

    Your request is where it was: **send** asks them, **change** writes it again, and **ask for feedback** shows the words to the careers service’s staff first.

# They rehearse a yes.
# $to: the person they gave.
# $shows: their own details that the other is shown, one on each line.
# $within: how long both have to come in.
rehearsed-yes =
    This is a rehearsal, of a yes. You’d hear at once that { $to } would like to meet you too, with what they agreed to show you, and they’d be shown this:

    { $shows }

    Your app would get an invitation to a room for the two of you, open for { $within }. A good first line there: “Thank you for saying yes. Would Tuesday at two or Thursday at five suit you?”

    Nothing has gone out. **send** does that.

# They rehearse a question.
# $to: the person they gave.
rehearsed-question =
    This is a rehearsal, of a question. You’d hear from me that { $to } would like to know something first, such as:
    > Which year are you in, and why this job?

    You’d reply to that message, and I’d pass on exactly what you write. Two sentences are plenty, and they can still say yes or no after that.

    Nothing has gone out. **send** does that.

# They rehearse a no, or silence.
# $to: the person they gave.
# $by: when they would hear.
# $answer: the one answer, in its own words (see no-introduction).
rehearsed-no =
    This is a rehearsal, of a no or of silence, which look the same to you. If you sent it now, you’d hear this about { $to } on { $by }:

    { $answer }

    Nothing has gone out. **send** does that.

# They would like to rehearse, and there is no whole request yet.
# $drafting: 1 when they are writing one.
nothing-to-rehearse =
    There’s nothing to rehearse yet. { $drafting ->
        [0] **introduce** begins a request; when you’ve seen the whole of it,
       *[other] **drafts** shows what’s still to come; when you’ve seen the whole request,
    } **rehearse** plays it through with you, and no one hears of it.

## Afterwards

# An example of a line of thanks. They send their own themselves; the porter sends nothing.
thank-you-example =
    A thank-you needs three things: what stayed with you, what you’ll do about it, and no new wish. Something like this:

    > Dear Alex, thank you for your time on Thursday. What you said about writing labels last, not first, has stayed with me, and I’ll try it at the town museum. I’ll let you know how it goes.

    Put your own words in, and send it where the two of you write to each other, best within a day or two. I don’t send it for you.
