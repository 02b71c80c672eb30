# Introductions: what the porter says to the one who asks and to the one who is asked, from a draft to their meeting.
#
# Please never let these sentences show whether the other person is a member, has been asked, or has answered:
# until the date that the requester was given, all of that stays with the other person.

## Writing a request: to a member who would like to meet somebody.

# They asked for an introduction without saying to whom.
ask-whom =
    Who would you like to meet? Pick someone with **mentors**, or give me their Matrix address, such as @alex:example.org.

    No one hears of this until you say **send**, and **cancel** stops it at any point.

# What they gave is not a full Matrix id.
# $found: what stood there instead, in their words.
not-an-address =
    I couldn’t tell who you mean by “{ $found }”. Pick someone with **mentors**, or paste their address, such as @alex:example.org.

    Please try once more, or write **cancel** to stop. If you don’t know their address, **ask staff** and who you’d like to meet.

# They already have a request waiting to the same person.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear about that request.
already-waiting =
    Your request to { $to } is already waiting. You’ll hear from me by { $deadline } at the latest.

    Until then you can ask to meet someone else with **introduce**.

# They have as many requests waiting as the service allows.
# $limit: how many that is.
too-many-waiting =
    { $limit ->
        [one] You have one request waiting, and that is as many as anyone can have at a time.
       *[other] You have { $limit } requests waiting, and that is as many as anyone can have at a time.
    } As soon as you’ve heard about one, you can ask again. Write **requests** to see by when that is; **policy** shows this rule with all the others.

# They have sent as many requests in a month as the service allows.
# $limit: how many that is.
# $from: when they can send the next.
too-many-sent =
    { $limit ->
        [one] You’ve sent one request in the last thirty days, and that is as many as anyone can.
       *[other] You’ve sent { $limit } requests in the last thirty days, and that is as many as anyone can.
    } You can send the next one from { $from } on, and what you’ve written stays here. **policy** shows this rule with all the others.

# What would they like to meet this person for?
# $to: the Matrix id they gave.
# $purposes: the service's list, one purpose on each line (see purpose-line).
ask-purpose =
    What would you like to meet { $to } for? Please answer with the number, or in words; **cancel** stops here.

    { $purposes }

# What they gave is not on the list of purposes.
# $purposes: the list, one purpose on each line.
purpose-not-offered =
    I can only introduce people for what is on this list. Please choose one by its number, or write **cancel** to stop.

    { $purposes }

    Not sure which? An information interview is half an hour about someone’s work, and **guide** says more. If none of these fits, **ask staff** and your words reaches a person; **policy** says why the list is closed.

# What they would like to meet for is personal. Introductions here are for work and study only.
# $purposes: the list, one purpose on each line.
purpose-personal =
    I introduce people for their work and studies and not for anything personal, and that rule is the same for everyone. **policy** shows it in full.

    If it is one of these, please give me its number, or begin again with **introduce**:

    { $purposes }

# One line in the list of purposes.
# $number: its number.
# $label: what it is called, from the service's settings.
purpose-line = { $number }. { $label }

# How do the two know each other? It helps the other person to remember.
# $to: the Matrix id they gave.
ask-known-how =
    Do you and { $to } know each other, or have you something in common? For example: “we talked at the law fair in May”.

    If not, just write **no**.

# The drafts that they put aside.
# $drafts: those, one on each line.
# $more: 1 if another is in hand and follows.
saved-drafts =
    These are the drafts you’ve put aside; no one has heard of them:

    { $drafts }

    { $more ->
        [1] The one you’re writing now is kept in its place. Here it is:
       *[other] Write the words before one to go on with it.
    }

# One line in the list of drafts.
# $number: its number.
# $named: 1 if they have said whom it is to.
# $to: that person.
# $meant: 1 if they have said what for.
# $purpose: that purpose.
saved-draft-line =
    • **drafts { $number }**: { $named ->
        [1] to { $to }
       *[other] to someone you haven’t named yet
    }{ $meant ->
        [1] {" "}({ $purpose })
       *[other] {""}
    }

# Their draft is put aside.
# $number: the number by which they go on with it.
draft-saved =
    I’ve put your draft aside just as it is, and no one hears of it. It waits for as long as you like: **drafts { $number }** goes on with it.

# As many drafts are put aside as anybody can have.
# $limit: how many that is.
too-many-drafts =
    You’ve put { $limit } drafts aside already, and that’s as many as I can keep. Please send this one, or write **cancel** to throw it away; **drafts** shows the others.

# No draft of theirs has that number.
# $number: the number they gave.
no-such-draft =
    I have no draft { $number } of yours. **drafts** shows what you’ve put aside, with its numbers.

# The message itself.
# $to: the Matrix id they gave.
# $limit: how many characters it can have.
ask-message =
    What would you like to say to { $to }? Please write it here in one message, up to { $limit } characters.

    It helps to say who you are, why you’re asking them in particular, and one thing you’d like to know (**guide** and **questions** help). I’ll show you everything before it goes out. **back** goes a step back, and **save** puts it aside for another day.

# The message is longer than it can be.
# $limit: how many characters it can have.
# $found: how many it has.
message-too-long =
    Your message has { $found } characters, and there is room for { $limit }. Please send me a shorter one. Nothing has gone out.

# The whole request, before it is sent. Their "send" is their consent to exactly what stands here.
# $to: the Matrix id they gave.
# $request: the request as the other person will read it (see request).
# $after: what the other person is shown once both have said yes, one detail on each line.
# $addable: how many more of their details they could show.
# $add: which those are, in one line, such as "email, phone".
# $advice: how many tips there are.
# $tips: tips on the message, one on each line.
preview =
    Nothing has gone out yet. This is exactly what { $to } will see:

    { $request }

    Once you’ve both said yes, I’ll also show them:

    { $after }

    { $advice ->
        [0] {""}
        [one] Before you send it, a thought that you’re free to leave aside:
       *[other] Before you send it, some thoughts that you’re free to leave aside:
    }

    { $tips }

    What would you like to do?

    • **send**: I’ll ask them, and show them exactly what’s above.
    • **change**: you write the message again.
    • **rehearse**: I’ll play the other person for you.
    • **cancel**: I’ll throw it away, and no one hears of it.
    { $addable ->
        [0] {""}
       *[other] • **add** and a word ({ $add }): you show that too, and see the whole again first. **hide** takes it away again.
    }

# The request itself. Both people read these same words, so it names neither of them by "you" or "they".
# $purpose: what for, from the service's list.
# $fields: the requester's details that go with it, one on each line.
# $acquainted: 1 when the requester said how the two know each other, 0 when not.
# $known: how they know each other, in the requester's words.
# $message: the requester's message.
# $time: how long, in which way and in which weeks, each on a line, if the request says so (see plan-time and plan-weeks).
# $asks: how many questions it has.
# $questions: those, one on each line (see plan-question).
request =
    { $fields }
    Purpose: { $purpose }
    { $time }

    { $acquainted ->
        [0] {""}
       *[other]
            How you know each other:
            > { $known }
    }

    Message:
    > { $message }

    { $asks ->
        [0] {""}
        [one] A question to begin with:
       *[other] Questions to begin with:
    }
    { $questions }

# They wrote "send", and what they had been shown has changed since. What they would send now follows in a message of
# its own.
changed-since =
    I haven’t sent it yet, because my words, the policy or your details have changed since I showed it to you. Please read it once more, and write **send** if it’s still what you want.

# They wanted to show a detail that the service has nothing for. Said while writing a request, and to somebody who
# answers one.
# $field: the detail, such as "phone".
field-empty =
    I have nothing from you under “{ $field }”, so I couldn’t add it and have left everything as it was. You can go on without it. **profile** shows how to add it.

# They wanted to keep their Matrix id back from somebody they will share a room with.
id-comes-with-room =
    Your address is the one thing I can’t keep back, because the room where you meet shows it. It’s shown only once you’ve both said yes.

    Your request is as it was: write **send** if that’s all right with you, or **cancel** if you’d rather not.

# They wanted to ask without giving their name.
name-comes-with-request =
    Your name goes with every request, so that the other person knows who is asking. I’ve left everything as it was; if you’d rather not go on, write **cancel**.

# The request is on its way. The same words whoever it is for.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear.
sent =
    Your request to { $to } is on its way. You’ll hear from me by { $deadline } at the latest, whichever way it goes.

    There’s nothing you need to do until then. If it comes about, I’ll invite you to a room for the two of you. **withdraw** takes it back at any time.

# The answer to "requests": what they asked, what waits for their answer, and what they were asked about a request.
# $sent-count: how many requests of their own there are.
# $sent: those, one on each line (see requests-waiting, requests-agreed, requests-none).
# $answer-count: how many requests wait for their answer.
# $answer: those, one on each line (see requests-to-answer).
# $question-count: how many questions about their own requests wait for their answer.
# $questions: those, one on each line (see requests-question).
requests =
    { $sent-count ->
        [0] You haven’t asked to meet anyone yet. Write **introduce** whenever you’d like to.
        [one] You asked to meet one person:
       *[other] You asked to meet these people:
    }

    { $sent }

    { $question-count ->
        [0] {""}
        [one] One question waits for your answer. Write **answer** with its number and your words:
       *[other] These questions wait for your answer. Write **answer** with the number and your words:
    }

    { $questions }

    { $answer-count ->
        [0] No request is waiting for your answer.
        [one] One request is waiting for your answer. Write **again** to read it in full:
       *[other] These requests are waiting for your answer. Write **again** to read them in full:
    }

    { $answer }

# One of their own requests: it waits.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear.
requests-waiting = • { $to }: waiting. You’ll hear from me by { $deadline } at the latest.

# One of their own requests: both said yes.
# $to: the Matrix id they gave.
requests-agreed = • { $to }: you both said yes.

# One of their own requests: there was no introduction. The same words whatever the reason was.
# $to: the Matrix id they gave.
requests-none = • { $to }: it didn’t come about this time.

# One of their own requests: the other person said no, and chose to say why.
# $to: the Matrix id they gave.
requests-said-no = • { $to }: they said no this time, and told you why.

# One of their own requests: they took it back, turned its room’s invitation down or left the room.
# $to: the Matrix id they gave.
requests-withdrawn = • { $to }: you called it off.

# One of their own requests: it ended because they were no longer a member for a while, so they did nothing themselves. The
# same words whatever the other person did.
# $to: the Matrix id they gave.
requests-membership-ended = • { $to }: it ended when your membership did.

# A question about one of their own requests that waits for their answer.
# $number: its number.
# $to: the Matrix id they gave.
# $question: the question.
requests-question = • Number { $number }, about { $to }: “{ $question }”

# A request that waits for their answer.
# $number: its number.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
requests-to-answer = • Number { $number }, from { $who }: open until { $deadline }.

# The other person would like to know something before they answer.
# $number: the number of the question.
# $to: the Matrix id they gave.
# $question: the question, in the other person's words.
# $deadline: until when an answer can reach them.
question-came =
    { $to } has read your request, and would like to know something first:
    > { $question }

    Please reply to this message, or write **answer { $number }** and your words. I’ll pass on exactly what you write. It can reach them until { $deadline }, when you’ll hear from me in any case.

# Their answer goes with their request.
# $to: the Matrix id they gave.
# $answer: what they wrote.
answer-noted =
    Thank you. This goes with your request to { $to }, in exactly these words:
    > { $answer }

    You’ll hear from me on the date you already have, or sooner if there’s news.

# The other person said no, and chose to say why.
# $to: the Matrix id they gave.
# $reason: their reason, in their words.
said-no =
    { $to } has answered. They say no this time, and asked me to pass this on:
    > { $reason }

    It was good that you asked. **referrals** shows where else you find help, and **introduce** asks someone else whenever you’re ready. The careers service’s staff are glad to look over a draft with you first.

## Answering a request: to a member whom somebody would like to meet.

# The question. Their "yes" is their consent to exactly what stands here.
# $number: the number of the request.
# $several: 1 when other requests of theirs are open too, 0 when not.
# $request: the request, in the words that its writer saw before sending it (see request).
# $shows: their own details that a yes shows, one on each line.
# $addable: how many more of their details they could show.
# $add: those, one on each line, with what stands in them.
# $example: the first of them, such as "email".
# $deadline: until when they can answer. The requester hears then.
# $planned: 1 when it is a request for an information interview with a plan, 0 when not.
asked =
    Someone would like to meet you. You have until { $deadline } to answer.

    { $request }

    A **yes** shows them only this about you:

    { $shows }

    { $addable ->
        [0] {""}
       *[other] To show more, **yes with { $example }**:
    }

    { $add }

    • **yes**: a private room for you both. { $planned ->
        [0] {""}
       *[other] It can say when: **yes, Tue or Thu after 4**.
    }
    • **no**, or no answer: no one is told.
    • **later** and a day: I’ll remind you then.
    • **more**: ask first, report, and the rest.

    { $several ->
        [0] {""}
       *[other] This is request { $number }. Please reply to this message, or put the number first: **{ $number } yes**.
    }

# Everything else that they can do with a request that is open, as they asked.
# $number: the number of the request.
choices =
    With request { $number } you can also do one of these:

    • **ask** and a question: I’ll show you what they’d read, carry it without your name when you say **send**, and bring you their answer.
    • **no because** and your reason: I’ll show you what they’d read, and pass it on when you say **send**.
    • **ignore**: I won’t mention it again. They hear the same as after a no.
    • **report** and what’s wrong: I’ll stop whatever they send you, and tell the staff. **block** does that without a report.
    • **pause until** and a day: I won’t bring you anything new before then.

    If you don’t answer, it closes by itself, and they hear the same as after a no. **again** shows you the request.

# A request still waits. Sent some days before its time is over.
# $number: its number.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
reminder =
    The request from { $who } is still open, until { $deadline }. A **yes** or a **no** is enough, and **again** shows you the whole of it. If you have several open, write **{ $number } yes** or **{ $number } no** for this one.

    If you’d rather not answer, you need not. No one is told.

# Their yes is noted. The room is opened next.
yes-recorded =
    Thank you. I’m opening a private room for the two of you, and I’ll write here when it’s ready.

    If that was a slip, write **undo**, and I’ll take it back. **withdraw** does that later on.

# What the requester would read of them, before it is carried.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $reason: 1 for the reason of a no, 0 for a question.
# $words: their words.
carry-preview =
    { $reason ->
        [0] Nothing has gone out yet. { $who } would read exactly this, without your name, and would know that you’ve read their request:
       *[other] Nothing has gone out yet. { $who } would hear that you say no this time, with exactly these words and nothing else about you:
    }
    > { $words }

    Write **send** to pass it on. **cancel** drops it, and request { $number } stays open.

# Words that may be their answer to a question, as the one who asked would read them.
# $number: the number of the question.
# $to: the Matrix id they gave.
# $words: their words.
answer-preview =
    Nothing has gone out yet. If this is your answer to { $to }, they’d read exactly this:
    > { $words }

    Write **send** to pass it on. **cancel** drops it; to put it differently, write **answer { $number }** and your words.

# They let their answer to a question go.
# $number: the number of the question.
answer-dropped =
    All right, I’ve passed nothing on. The question is open as before: **answer { $number }** and your words, or a reply to it.

# Words of theirs are ready to be carried, and what they wrote was none of the words that fit.
carry-waits =
    Your words are ready, and nothing has gone out yet. **send** passes them on, and **cancel** lets them go.

# They let the words go that were to be carried.
carry-dropped =
    All right, I’ve passed nothing on. The request is open as before: **yes** or **no** with its number answers it, and **again** shows it to you.

# Their no is noted.
# $number: the number of the request.
no-recorded =
    Thank you, I’ve noted your no. No one is told: on the date they were given from the start they’ll hear only that it didn’t come about, in the same words as if you’d never answered.

    There’s nothing more for you to do. If you change your mind before then, write **{ $number } yes**.

# They let it pass.
# $number: the number of the request.
ignore-recorded =
    I won’t mention this one again. They’ll hear only that it didn’t come about, on the date they were given from the start.

    If you change your mind before then, write **{ $number } yes**.

# They turned the invitation to the room down before the other person had theirs.
turned-down =
    You turned the invitation down, so this introduction doesn’t go ahead. No one is told: they’ll hear only that it didn’t come about, on the date they were given from the start. None of your details have been shown.

# Their no was passed on with the reason they gave.
# $reason: what they wrote.
reason-passed-on =
    I’ve told them that you say no this time, with exactly these words, and nothing else about you:
    > { $reason }

    There’s nothing more for you to do.

# Their question is on its way to the one who asked for them.
# $number: the number of the request.
# $question: what they wrote.
# $left: how many more questions they can ask about this request.
question-passed-on =
    I’ve carried your question to them, in exactly these words and without your name:
    > { $question }

    I’ll bring you their answer as soon as they give one. You can still say **yes** or **no** at any time; the date stays the same.

    { $left ->
        [0] That was the last question for number { $number }.
        [one] You can ask one more about number { $number }.
       *[other] You can ask { $left } more about number { $number }.
    }

# They have asked as many questions about one request as the service allows.
# $number: the number of the request.
# $limit: how many that is.
questions-used-up =
    { $limit ->
        [one] One question is as many as I can carry about a request, and you’ve asked it for number { $number }.
       *[other] { $limit } questions are as many as I can carry about a request, and you’ve asked them for number { $number }.
    } A **yes** opens a room where you can ask the rest; a **no** is told to no one.

# The answer to their question.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $question: their question.
# $answer: the other person's answer, in their words.
# $deadline: until when they can answer the request.
answer-came =
    { $who } has answered your question about number { $number }:
    > { $question }

    Their answer:
    > { $answer }

    Would you like to meet them? **yes**, **no** and everything else still stand until { $deadline }. If you have several open, reply to this message or write **{ $number } yes**.

# They are reminded on that day.
# $number: the number of the request.
# $at: when.
later-noted =
    All right: I’ll come back to you about number { $number } on { $at }, and won’t mention it before then. No one is told.

# The day they would like to come back to it is after the request closes.
# $number: the number of the request.
# $at: the day they named, with its year.
# $deadline: when the request closes.
later-too-late =
    Number { $number } closes on { $deadline }, so I can’t come back to you about it on { $at }. Nothing has changed.

    If you’d like to meet them later, a **yes** now lets you arrange the time between the two of you, or **no because** can tell them when to ask you again.

# They reported a request.
# $until: until when nothing more of its sender is brought to them.
report-recorded =
    Thank you for telling me. The careers service’s staff have your report now, with your name and theirs. Nothing more from this person will reach you before { $until }. They aren’t told: they hear only that it didn’t come about, on the date they already have.

# They reported somebody they had been introduced to.
# $until: until when nothing more of that person is brought to them.
reported-met =
    Thank you for telling me. The careers service’s staff have your report now, with your name and theirs. Nothing more from this person will reach you before { $until }.

    I’m taking the introduction back for you now, and I’ll write again in a moment when that’s done. If the two of you are in a room that I’ve left, the people who run the service are asked to close it. Please leave it yourself too, and block the person in your app.

# They wrote "report", and nothing is there that could be meant.
nothing-to-report =
    I see no request and no introduction of yours that this could be about. If something is wrong, the careers service’s staff would like to hear of it.

# They wrote "report", and several things could be meant.
# $matters: those, one on each line (see matter-line).
which-to-report =
    I’m sorry that something is wrong. Which one do you mean? Please write **report** with its number, and if you like a few words after it.

    { $matters }

# The request that they had was taken back before it was answered: by its sender, or because its sender is leaving.
taken-back =
    A request that I had brought you has been taken back. I’ve removed it here, and there is nothing about it to answer any more. **requests** shows what else is open.

## How an introduction goes on once the question has been answered, or its time is over.

# Both said yes. To the one who asked.
# $to: the Matrix id they gave.
# $fields: what the other person agreed to show, one detail on each line.
# $room: the name that the room has until both are in it.
# $within: how long they have to come in, such as "7 days".
# $times: 1 when the one who was asked gave times with their yes, 0 when not.
agreed-requester =
    Good news: { $to } would like to meet you too. They agreed to show you this:

    { $fields }

    Your app has an invitation to a private room for the two of you, called “{ $room }”. It stays open for { $within }. Once you’re both in, you can write to each other, and I’ll go.

    { $times ->
        [0] Then tell me when you’re free, as in **times Tue or Thu after 4**, and I’ll find a time with them.
       *[other] They’ve told me when they could meet you. I’ll show you their times then, and you pick one.
    } If you’ve agreed one yourselves, **arranged Thursday 17:00** has me remind you both.

# Both said yes. To the one who was asked.
# $fields: what the other person agreed to show, one detail on each line.
# $room: the name that the room has until both are in it.
# $within: how long they have to come in, such as "7 days".
# $times: 1 when the one who was asked gave times with their yes, 0 when not.
agreed-addressee =
    It’s arranged: you’ve both said yes. This is who you’ll meet:

    { $fields }

    Your app has an invitation to a private room for the two of you, called “{ $room }”. It stays open for { $within }. Once you’re both in, you can write to each other, and I’ll go.

    { $times ->
        [0] Then tell me when you’re free, as in **times Tue or Thu after 4**, and I’ll find a time with them.
       *[other] Then I’ll show them your times, and tell you as soon as they’ve picked one.
    } If you’ve agreed one yourselves, **arranged Thursday 17:00** has me remind you both.

# The one answer: there was no introduction. To the one who asked, on the date they were given, in these words
# whatever the reason was. Please never let it hint at a reason.
# $to: the Matrix id they gave.
no-introduction =
    Your introduction to { $to } hasn’t come about this time. I give this same answer whatever the reason, so it says nothing about you or about what you wrote.

    { $next }

# The next step in the answer above. Which of the three it is depends on the purpose of the request, and on the field that its
# writer had looked for.
next-anybody = It was good that you asked. **referrals** shows where else you find help, and **introduce** asks someone else whenever you’re ready. The careers service’s staff are glad to look over a draft with you first.
next-interviewer = It was good that you asked. **reflect** keeps what it taught you, in five short questions; **referrals** shows where else you find help, and **introduce** asks someone else whenever you’re ready.

# The same, where they had looked for mentors in a field.
# $field: the field, in their words.
next-interviewer-in-field = It was good that you asked. **reflect** keeps what it taught you, in five short questions; **referrals** shows where else you find help, and **mentors in { $field }** others you could ask.

# The name of the room of two, from the invitation on until both are in. It names nobody, for the homeserver's operator sees it.
room-of-two-name =
    An introduction

# The topic of the room of two. It names nobody, and is the same for every introduction.
room-of-two-topic =
    A room for two people. Writing begins when both are in it, and the porter leaves then.

# To whoever comes into the room of two first.
first-here =
    You’re the first here, and can’t write yet; that’s as it should be. The other person is invited too. Once you’re both here, you can write, and I’ll go.

# The last words in the room of two, once both are in. The porter leaves straight after.
opening-note =
    Welcome, both of you. This is your room. I’m leaving now, and can’t read anything you write from here on. No one else can come in. Either of you may leave whenever you like.

# The other person took it back, turned the invitation down or is leaving, before the two had met.
withdrawn-by-other =
    The introduction that you had both agreed to isn’t going ahead after all. The other person is no longer part of it, as anyone may decide at any time. That need not have anything to do with you.

    There’s no room for it any more, and I’ve removed their details from what I wrote to you here. Please don’t use them. If there is someone else you’d like to meet, write **introduce**.

# The room was closed because not both came in. To both, in the same words.
not-met =
    I’ve closed the room for your introduction, because the two of you weren’t both in it in time. That happens easily in a busy week. If you’d still like to meet, write **introduce** and I’ll ask afresh.

# Their own account turns away the porter's invitations. Nobody else is told.
you-block =
    I couldn’t open the room for your introduction, because your account turns my invitations away. I won’t tell anyone but you. This introduction isn’t going ahead.

    If you’d like to meet after all, please allow invitations from me in the settings of your app, and then ask for them with **introduce** and their address.

# The room could not be opened, or not in time, or the other person could not be invited to it, after the person who was
# asked had said yes. To that person only. Please never let it say which it was: how somebody's app is set is their own.
room-failed =
    I’m sorry: I couldn’t open the room for the two of you, and that has nothing to do with you. If an invitation to it had reached you, I’ve taken it back. Your yes hasn’t been passed on, and none of your details have been shown. The other person will hear only that it didn’t come about, on the date they were given from the start.

    If you’d still like to meet them and have their address, you can ask them with **introduce**.

# The other person took it back after the two had met, and after the porter had left their room.
withdrawn-by-other-after-meeting =
    The other person has taken back their yes to the introduction you had, which anyone may do at any time. That need not have anything to do with you.

    I’ve removed their details from what I wrote to you here. Please don’t use them any more, and leave the room you share if you haven’t done so.

# The withdrawal of the one who asked is done: the other person had not said yes, as far as they knew. Please never let it
# say that something has been removed: it comes at the same moment, in the same words, where there was nothing to remove.
withdrawn =
    It’s taken back. Nothing more of yours will be shown to anyone for it, and I’m removing whatever I may have shown, as far as that can be done: what someone has read or copied, no one can take back.

    There’s nothing more for you to do. **introduce** begins a new request whenever you like.

# The one who was asked took their yes back before the other person knew of it.
yes-withdrawn =
    Your yes is taken back, and none of your details have been shown. No one is told: the other person will hear only that it didn’t come about, on the date they were given from the start.

    There’s nothing more for you to do.

# Their withdrawal is done: the room was open, and the porter was still in it.
withdrawn-room-closed =
    It’s taken back, and I’ve closed the room. I’ve told the other person that it doesn’t go ahead, without a reason, and removed your details from what I wrote to them. What they’ve read or copied, no one can take back.

# Their withdrawal is done: the two had met, and the porter had left their room.
withdrawn-after-meeting =
    It’s taken back. I’ve told the other person so, without a reason, and removed your details from what I wrote to them. What they’ve read or copied, and what the two of you wrote in your room, I can’t take back.

    I left that room when you met, so please leave it yourself. If you’d rather not hear from them there again, block them in your app.

# They wrote "withdraw", and there is nothing to take back.
nothing-to-withdraw =
    You have no request waiting and no introduction arranged, so there’s nothing to take back. **requests** shows what’s open, and **cancel** throws away what you’re writing.

# They wrote "cancel", and are writing no request, but have sent one or said yes to one.
withdraw-instead =
    You’re not writing a request at the moment, so there’s nothing to cancel. To take back a request you’ve sent, or a yes, write **withdraw**.

# They wrote "withdraw", and several things could be meant.
# $matters: those, one on each line (see matter-waiting, matter-agreed, matter-arranged).
which-to-withdraw =
    Which one would you like to take back? Please write **withdraw** with its number.

    { $matters }

# A line in such a list.
# $number: its number.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
matter-line = • Number { $number }: { $which }

# A line in a list of things to take back: a request of theirs that waits.
# $number: its number.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
# $at: the day on which it was sent.
matter-waiting = • Number { $number }: { $which }, still waiting, sent on { $at }

# The same: a yes of theirs; the room is not open yet.
# $number: its number.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
# $at: the day on which the request was sent.
matter-agreed = • Number { $number }: your yes to { $which }, sent on { $at }

# The same: an introduction that was arranged.
# $number: its number.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
# $at: the day on which the request was sent.
matter-arranged = • Number { $number }: { $which }, already arranged, asked for on { $at }

# An introduction that they asked for.
# $to: the Matrix id they gave.
meant-to = your request to { $to }

# An introduction that somebody else asked for.
# $who: who asked, by the details that came with the request.
meant-from = the request from { $who }

# An introduction that somebody else asked for, long ago.
# $at: when.
meant-on = the request you had on { $at }

# Some time after the two met, to each of them in private.
# $number: the number of this question.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
how-was-it =
    A little while ago you were introduced to someone ({ $which }). How did it go? One of these is enough, and only the careers service sees it:

    • **well**
    • **not well**
    • **not yet**, if you haven’t talked

    If something wasn’t right, write **report**. You need not answer. If you have several such questions, put the number first, as in **{ $number } well**.

# The same, to the one who asked for an information interview.
# $number: the number of this question.
# $who: the other person, by the Matrix id or the name that the reader knows, or as in meeting-with-asker.
how-was-your-interview =
    How did your talk with { $who } go? A line in your own words is enough, and I’ll keep it among your notes, which I show to no one but you. Or one of these, which only the careers service sees:

    • **well**
    • **not well**
    • **not yet**, if you haven’t talked. If you were there and they weren’t, just say so.

    If something wasn’t right, write **report**. You need not answer. If you have several such questions, put the number first, as in **{ $number } well**.

# The same, to the one who was asked for an information interview.
# $number: the number of this question.
# $who: the other person, by the name or the Matrix id that the reader knows, or as in meeting-with-asker.
how-was-their-interview =
    You gave { $who } some of your time. How was it? A word such as **well** is enough, and only the careers service sees that; a line of your own is kept among your notes, which I show to no one but you.

    If something wasn’t right, write **report**. You need not answer. If you have several such questions, put the number first, as in **{ $number } well**.

# They said how it went, and were asked about several meetings.
# $matters: those, one on each line (see matter-line).
which-meeting =
    Which one do you mean? Please put its number first, as in **2 well**.

    { $matters }

# It went well.
went-well =
    That’s good to hear, thank you. A short thank-you to the other person goes a long way, and so does telling them, some months on, what became of it.

    A thought for yourself: what surprised you, and whom would you like to ask next?

# It did not go well.
went-not-well =
    Thank you for telling me; I’m sorry it wasn’t what you hoped for. If something wasn’t right, **report** tells the people who look after the service. The careers service’s staff are glad to talk it over with you.

# They have not talked yet.
went-not-yet =
    Thank you. A short message in your room with two times that would suit you makes it easy to begin.

# An information interview went well: to the one who had asked for it.
interview-went-well =
    That’s good to hear. Two small things are worth doing while it’s fresh: a line of thanks (**thank-you** shows an example), and five short questions for yourself alone (**reflect**).

# An information interview did not go well: to the one who had asked for it.
interview-went-not-well =
    Thank you for telling me; I’m sorry it wasn’t what you hoped for. Such talks teach something too: **reflect** asks you five short questions, for yourself alone. If something wasn’t right, **report** tells the people who look after the service, and the careers service’s staff are glad to talk it over with you.

# An information interview went well: to the one who gave it.
thank-you-mentor =
    That’s good to hear. Thank you for giving someone your time: half an hour with a person who does the job is what they can’t read anywhere. If you’d like a rest before the next one, **pause until** and a day keeps new requests away.

# They told in words of their own how it went.
# $note: the number of the note that holds them.
# $then: what else they can do (see then-anybody, then-interviewer and then-mentor).
thank-you-for-words =
    Thank you. I’ve kept that as note { $note } of yours, which I show to no one but you. { $then }

# In the message above, to anybody.
then-anybody = A short thank-you to the other person goes a long way.
# In the message above, to the one who had asked for an information interview.
then-interviewer = While it’s fresh: **thank-you** shows an example of a line of thanks, and **reflect** asks you five short questions, for yourself alone.
# In the message above, to the one who gave an information interview.
then-mentor = It’s good of you to give someone your time. If you’d like a rest before the next one, **pause until** and a day keeps new requests away.

# The other person did not come.
# $asked: 1 when they had asked for an information interview, 0 when not.
missed-by-other =
    I’m sorry you waited. It happens, and hardly ever means anything: days get away from people. I won’t tell anyone.

    A kind line in your room is often all it takes: “I think we missed each other. Would Tuesday or Thursday at five suit you?” **arranged** and the time tells me the new one. If nothing comes back within a week, let it rest{ $asked ->
        [0] .
       *[other] ; **mentors** and **referrals** have other ways to what you’d like to know.
    }

# They did not come themselves.
# $asked: 1 when they had asked for an information interview, 0 when not.
missed-by-reader =
    It happens. A line in your room today puts it right: “I’m sorry I missed you. { $asked ->
        [0] Shall we try again? Tuesday or Thursday at five would suit me.
       *[other] I’d still love to hear about your work; could we try again, whenever suits you?
    }” **arranged** and the time tells me the new one. I won’t tell anyone.
