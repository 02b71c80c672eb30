# Introductions: what the porter says to the one who asks and to the one who is asked, from a draft to their meeting.
#
# Please never let these sentences show whether the other person is a member, has been asked, or has answered:
# until the date that the requester was given, all of that stays with the other person.

## Writing a request: to a member who would like to meet somebody.

# They asked for an introduction without saying to whom.
ask-whom =
    Whom would you like to meet? Please give me their full Matrix id, such as @alex:example.org.

    Nobody hears of this until you say **send**, and **cancel** stops it at any point.

# What they gave is not a full Matrix id.
# $found: what stood there instead, in their words.
not-an-address =
    I need a full Matrix id, such as @alex:example.org: it begins with @ and has a colon in it. What I found was “{ $found }”.

    Please try once more, or write **cancel** to stop. If you do not know the id, the careers service’s staff can help you.

# They already have a request waiting to the same person.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear about that request.
already-waiting =
    Your request to { $to } is already waiting. You will hear from me by { $deadline } at the latest.

    Until then you can ask to meet somebody else with **introduce**.

# They have as many requests waiting as the service allows.
# $limit: how many that is.
too-many-waiting =
    { $limit ->
        [one] You have one request waiting, and that is as many as anybody can have at a time.
       *[other] You have { $limit } requests waiting, and that is as many as anybody can have at a time.
    } As soon as you have heard about one, you can ask again. Write **requests** to see by when that is; **policy** shows this rule with all the others.

# They have sent as many requests in a month as the service allows.
# $limit: how many that is.
# $from: when they can send the next.
too-many-sent =
    { $limit ->
        [one] You have sent one request in the last thirty days, and that is as many as anybody can.
       *[other] You have sent { $limit } requests in the last thirty days, and that is as many as anybody can.
    } You can send the next one from { $from } on, and what you have written stays here. **policy** shows this rule with all the others.

# What would they like to meet this person for?
# $to: the Matrix id they gave.
# $purposes: the service's list, one purpose on each line (see purpose-line).
ask-purpose =
    What would you like to meet { $to } for? Please answer with the number, or in words.

    { $purposes }

    You can stop with **cancel**.

# What they gave is not on the list of purposes.
# $purposes: the list, one purpose on each line.
purpose-not-offered =
    I can only introduce people for what is on this list. Please choose one by its number, or write **cancel** to stop.

    { $purposes }

    If none of these fits, the careers service’s staff can talk it over with you. **policy** says why the list is closed.

# What they would like to meet for is personal. Introductions here are for work and study only.
# $purposes: the list, one purpose on each line.
purpose-personal =
    I introduce people for their work and studies and not for anything personal, and that rule is the same for everybody. **policy** shows it in full.

    If it is one of these, please give me its number, or begin again with **introduce**:

    { $purposes }

# One line in the list of purposes.
# $number: its number.
# $label: what it is called, from the service's settings.
purpose-line = { $number }. { $label }

# How do the two know each other? It helps the other person to remember.
# $to: the Matrix id they gave.
ask-known-how =
    Have you met { $to }, or do you have somebody or something in common? A few words can jog a memory, such as “we talked at the law fair in May”.

    If not, just write **no**.

# The message itself.
# $to: the Matrix id they gave.
# $limit: how many characters it can have.
ask-message =
    What would you like to say to { $to }? Please write it here in one message, up to { $limit } characters.

    It helps to say who you are, why you are asking them in particular, and one thing you would like to know. I show you everything before it goes out.

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

    Once you have both said yes, I also show them:

    { $after }

    { $advice ->
        [0] {""}
        [one] Before you send it, a thought that you are free to leave aside:
       *[other] Before you send it, some thoughts that you are free to leave aside:
    }

    { $tips }

    What would you like to do?

    • **send**: I ask them for you, and show them what stands above and nothing else.
    • **change**: you write the message anew.
    • **cancel**: I throw it away, and nobody hears of it.
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
request =
    { $fields }
    Purpose: { $purpose }

    { $acquainted ->
        [0] {""}
       *[other]
            How you know each other:
            > { $known }
    }

    Message:
    > { $message }

# A tip: the message is very short.
tip-short = • It is quite short. A sentence about who you are and why you ask them in particular makes it easier to say yes.

# A tip: the message asks nothing.
tip-no-question = • There is no question in it. One question that is easy to answer gives them a place to start.

# A tip: the message reads like a job application.
tip-job-application = • It reads a little like a job application. People say yes more readily when they are asked about their experience than when they are asked for a job.

# They wrote "send", and what they had been shown has changed since. What they would send now follows in a message of
# its own.
changed-since =
    I have not sent it yet, because my words, the policy or your details have changed since I showed it to you. Please read it once more, and write **send** if it is still what you want.

# They wanted to show a detail that the service has nothing for. Said while writing a request, and to somebody who
# answers one.
# $field: the detail, such as "phone".
field-empty =
    I have nothing from you under “{ $field }”, so I could not add it and have left everything as it was. You can go on without it. The careers service’s staff can put it in for you.

# They wanted to keep their Matrix id back from somebody they will share a room with.
id-comes-with-room =
    Your Matrix id is the one thing I cannot keep back, because the room where you meet shows it. It is shown only once you have both said yes.

    Your request is as it was: write **send** if that is all right with you, or **cancel** if you would rather not.

# They wanted to ask without giving their name.
name-comes-with-request =
    Your name goes with every request, so that the other person knows who is asking. I have left everything as it was; if you would rather not go on, write **cancel**.

# The request is on its way. The same words whoever it is for.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear.
sent =
    Your request to { $to } is on its way. You will hear from me by { $deadline } at the latest, whichever way it goes.

    There is nothing you need to do until then. If it comes about, I’ll invite you to a room for the two of you, so please make sure that your app lets invitations from me through. **withdraw** takes it back at any time.

# The answer to "requests": what they asked, what waits for their answer, and what they were asked about a request.
# $sent-count: how many requests of their own there are.
# $sent: those, one on each line (see requests-waiting, requests-agreed, requests-none).
# $answer-count: how many requests wait for their answer.
# $answer: those, one on each line (see requests-to-answer).
# $question-count: how many questions about their own requests wait for their answer.
# $questions: those, one on each line (see requests-question).
requests =
    { $sent-count ->
        [0] You have not asked to meet anybody yet. Write **introduce** whenever you would like to.
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
requests-waiting = • { $to }: waiting. You hear from me by { $deadline } at the latest.

# One of their own requests: both said yes.
# $to: the Matrix id they gave.
requests-agreed = • { $to }: you both said yes.

# One of their own requests: there was no introduction. The same words whatever the reason was.
# $to: the Matrix id they gave.
requests-none = • { $to }: it did not come about this time.

# One of their own requests: the other person said no, and chose to say why.
# $to: the Matrix id they gave.
requests-said-no = • { $to }: they said no this time, and told you why.

# One of their own requests: they took it back themselves.
# $to: the Matrix id they gave.
requests-withdrawn = • { $to }: you took it back.

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

    Please reply to this message, or write **answer { $number }** and your words. I pass on exactly what you write. It can reach them until { $deadline }, when you hear from me in any case.

# Their answer goes with their request.
# $to: the Matrix id they gave.
# $answer: what they wrote.
answer-noted =
    Thank you. This goes with your request to { $to }, in exactly these words:
    > { $answer }

    You hear from me on the date you already have, or sooner if there is news.

# The other person said no, and chose to say why.
# $to: the Matrix id they gave.
# $reason: their reason, in their words.
said-no =
    { $to } has answered. They say no this time, and asked me to pass this on:
    > { $reason }

    It was good that you asked. If there is somebody else you would like to meet, write **introduce** whenever you are ready. The careers service’s staff are glad to look over a draft with you first.

## Answering a request: to a member whom somebody would like to meet.

# The question. Their "yes" is their consent to exactly what stands here.
# $number: the number of the request, for members with several open.
# $request: the request, in the words that its writer saw before sending it (see request).
# $shows: their own details that a yes shows, one on each line.
# $addable: how many more of their details they could show.
# $add: those, one on each line, with what stands in them.
# $deadline: until when they can answer. The requester hears then.
asked =
    Somebody would like to meet you, and has asked me to bring you this:

    { $request }

    Would you like to meet them? You have until { $deadline }, and one word is enough:

    • **yes**: I open a private room for the two of you, invite you both, and leave it to you.
    • **no**: nobody is told. They hear only that it did not come about, on the date they already have.
    • **no because** and your reason: I show you what they would read, and pass it on when you say **send**.
    • **ask** and a question: I show you what they would read, carry it without your name when you say **send**, and bring you their answer.
    • **later** and a day: I remind you then.
    • **ignore**: I leave you in peace about it. For them it is the same as a no.
    • **report** and what is wrong: I stop whatever they send you. **block** does that without a report.
    • **pause until** and a day: I bring you nothing new before then.

    If you say **yes**, they are shown this about you, and nothing else:

    { $shows }

    { $addable ->
        [0] {""}
       *[other] You can show more by naming it, as in **yes with email**. These are there:
    }

    { $add }

    You need not answer at all: then it closes by itself, and they hear the same as after a no.

    This is number { $number }. That matters only if you have several open: then reply to this message, or put the number first, as in **{ $number } yes**.

# A request still waits. Sent some days before its time is over.
# $number: its number.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
reminder =
    The request from { $who } is still open, until { $deadline }. A **yes** or a **no** is enough, and **again** shows you the whole of it. If you have several open, write **{ $number } yes** or **{ $number } no** for this one.

    If you would rather not answer, you need not. Nobody is told.

# Their yes is noted. The room is opened next.
yes-recorded =
    Thank you, I have your yes. I am opening the room for the two of you now, and your invitation follows in a moment. I write to you here when it is ready.

    If that was a slip, write **undo**, and I’ll take it back. **withdraw** does that later on.

# What the requester would read of them, before it is carried.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $reason: 1 for the reason of a no, 0 for a question.
# $words: their words.
carry-preview =
    { $reason ->
        [0] Nothing has gone out yet. { $who } would read exactly this, without your name, and would know that you have read their request:
       *[other] Nothing has gone out yet. { $who } would hear that you say no this time, with exactly these words and nothing else about you:
    }
    > { $words }

    Write **send** to pass it on. With **cancel** I let it go, and request { $number } stays open.

# Words of theirs are ready to be carried, and what they wrote was none of the words that fit.
carry-waits =
    Your words are ready, and nothing has gone out yet. **send** passes them on, and **cancel** lets them go.

# They let the words go that were to be carried.
carry-dropped =
    All right, I’ve passed nothing on. The request is open as before: **yes** or **no** with its number answers it, and **again** shows it to you.

# Their no is noted.
# $number: the number of the request.
no-recorded =
    Thank you, I have noted your no, and nobody is told. They hear only that it did not come about, on the date they were given from the start, in the same words as if you had never answered.

    There is nothing more for you to do. If you change your mind before then, write **{ $number } yes**.

# They let it pass.
# $number: the number of the request.
ignore-recorded =
    I leave you in peace about this one. They hear only that it did not come about, on the date they were given from the start.

    If you change your mind before then, write **{ $number } yes**.

# They turned the invitation to the room down before the other person had theirs.
turned-down =
    You turned the invitation down, so this introduction does not go ahead. Nobody is told: they hear only that it did not come about, on the date they were given from the start. None of your details have been shown.

# Their no was passed on with the reason they gave.
# $reason: what they wrote.
reason-passed-on =
    I have told them that you say no this time, with exactly these words, and nothing else about you:
    > { $reason }

    There is nothing more for you to do.

# Their question is on its way to the one who asked for them.
# $number: the number of the request.
# $question: what they wrote.
# $left: how many more questions they can ask about this request.
question-passed-on =
    I have carried your question to them, in exactly these words and without your name:
    > { $question }

    I bring you their answer as soon as they give one. You can still say **yes** or **no** at any time; the date stays the same.

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
        [one] One question is as many as I can carry about a request, and you have asked it for number { $number }.
       *[other] { $limit } questions are as many as I can carry about a request, and you have asked them for number { $number }.
    } A **yes** opens a room where you can ask the rest; a **no** is told to nobody.

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
    All right: I come back to you about number { $number } on { $at }, and leave you in peace until then. Nobody is told.

# The day they would like to come back to it is after the request closes.
# $number: the number of the request.
# $at: the day they named, with its year.
# $deadline: when the request closes.
later-too-late =
    Number { $number } closes on { $deadline }, so I cannot come back to you about it on { $at }. Nothing has changed.

    If you would like to meet them later, a **yes** now lets you arrange the time between the two of you, or **no because** can tell them when to ask you again.

# They reported a request.
# $until: until when nothing more of its sender is brought to them.
report-recorded =
    Thank you for telling me. The careers service’s staff have your report now, with your name and theirs. Nothing more from this person will reach you before { $until }. They aren’t told: they hear only that it didn’t come about, on the date they already have.

# They reported somebody they had been introduced to.
# $until: until when nothing more of that person is brought to them.
reported-met =
    Thank you for telling me. The careers service’s staff have your report now, with your name and theirs. Nothing more from this person will reach you before { $until }.

    I am taking the introduction back for you now, and write again in a moment when that is done. If the two of you are in a room that I have left, the people who run the service are asked to close it. Please leave it yourself too, and block the person in your app.

# They wrote "report", and nothing is there that could be meant.
nothing-to-report =
    I see no request and no introduction of yours that this could be about. If something is wrong, the careers service’s staff would like to hear of it.

# They wrote "report", and several things could be meant.
# $matters: those, one on each line (see matter-line).
which-to-report =
    I am sorry that something is wrong. Which one do you mean? Please write **report** with its number, and if you like a few words after it.

    { $matters }

# The request that they had was taken back before it was answered: by its sender, or because its sender is leaving.
taken-back =
    A request that I had brought you has been taken back. I have removed it here, and there is nothing about it to answer any more. **requests** shows what else is open.

## How an introduction goes on once the question has been answered, or its time is over.

# Both said yes. To the one who asked.
# $to: the Matrix id they gave.
# $fields: what the other person agreed to show, one detail on each line.
# $within: how long they have to come in, such as "7 days".
agreed-requester =
    Good news: { $to } would like to meet you too. They agreed to show you this:

    { $fields }

    An invitation to a private room for the two of you is waiting. Please come in within { $within }; if one of you is not there by then, I close it. As soon as you are both in, you can write to each other, and I leave.

# Both said yes. To the one who was asked.
# $fields: what the other person agreed to show, one detail on each line.
# $within: how long they have to come in, such as "7 days".
agreed-addressee =
    Your introduction is arranged: you have both said yes. The other person agreed to show you this:

    { $fields }

    An invitation to a private room for the two of you is waiting. Please come in within { $within }; if one of you is not there by then, I close it. As soon as you are both in, you can write to each other, and I leave.

# The one answer: there was no introduction. To the one who asked, on the date they were given, in these words
# whatever the reason was. Please never let it hint at a reason.
# $to: the Matrix id they gave.
no-introduction =
    Your introduction to { $to } has not come about this time. I give this same answer whatever the reason, so it says nothing about you or about what you wrote.

    It was good that you asked. If there is somebody else you would like to meet, write **introduce** whenever you are ready. The careers service’s staff are glad to look over a draft with you first.

# The name of the room of two, from the invitation on until both are in. It names nobody, for the homeserver's operator sees it.
room-of-two-name =
    An introduction

# The topic of the room of two. It names nobody, and is the same for every introduction.
room-of-two-topic =
    A room for two. As soon as you’re both here, you can both write, and the porter leaves.

# To whoever comes into the room of two first.
first-here =
    You’re the first here. I’m waiting for the other person, who is invited too. As soon as you’re both here, you can both write, and I leave.

# The last words in the room of two, once both are in. The porter leaves straight after.
opening-note =
    Welcome, both of you. This is your room. I leave it now and cannot read anything you write from here on, and nobody else can come in. Either of you may leave whenever you like.

# The other person took it back, turned the invitation down or is leaving, before the two had met.
withdrawn-by-other =
    The introduction that you had both agreed to is not going ahead after all. The other person is no longer part of it, as anybody may decide at any time. That need not have anything to do with you.

    There is no room for it any more, and I have removed their details from what I wrote to you here. Please do not use them. If there is somebody else you would like to meet, write **introduce**.

# The room was closed because not both came in. To both, in the same words.
not-met =
    I have closed the room for your introduction, because the two of you were not both in it in time. That happens easily in a busy week. If you would still like to meet, write **introduce** and I ask afresh.

# Their own account turns away the porter's invitations. Nobody else is told.
you-block =
    I could not open the room for your introduction, because your account turns my invitations away. I tell nobody but you, and this introduction does not go ahead.

    If you would like to meet after all, please allow invitations from me in the settings of your app, and then ask for them with **introduce** and their Matrix id.

# The room could not be opened, or not in time, or the other person could not be invited to it, after the person who was
# asked had said yes. To that person only. Please never let it say which it was: how somebody's app is set is their own.
room-failed =
    I am sorry: I could not open the room for the two of you, and that has nothing to do with you. If an invitation to it had reached you, I have taken it back. Your yes has not been passed on, and none of your details have been shown. The other person hears only that it did not come about, on the date they were given from the start.

    If you would still like to meet them and have their Matrix id, you can ask them with **introduce**.

# The other person took it back after the two had met, and after the porter had left their room.
withdrawn-by-other-after-meeting =
    The other person has taken back their yes to the introduction you had, which anybody may do at any time. That need not have anything to do with you.

    I have removed their details from what I wrote to you here. Please do not use them any more, and leave the room you share if you have not done so.

# The withdrawal of the one who asked is done: the other person had not said yes, as far as they knew. Please never let it
# say that something has been removed: it comes at the same moment, in the same words, where there was nothing to remove.
withdrawn =
    It is taken back. Nothing more of yours is shown to anybody for it, and whatever I may have shown I am removing, as far as that can be done: what somebody has read or copied, nobody can take back.

    There is nothing more for you to do. **introduce** begins a new request whenever you like.

# The one who was asked took their yes back before the other person knew of it.
yes-withdrawn =
    Your yes is taken back, and none of your details have been shown. Nobody is told: the other person hears only that it did not come about, on the date they were given from the start.

    There is nothing more for you to do.

# Their withdrawal is done: the room was open, and the porter was still in it.
withdrawn-room-closed =
    It is taken back, and I have closed the room. I have told the other person that it does not go ahead, without a reason, and removed your details from what I wrote to them. What they have read or copied, nobody can take back.

# Their withdrawal is done: the two had met, and the porter had left their room.
withdrawn-after-meeting =
    It is taken back. I have told the other person so, without a reason, and removed your details from what I wrote to them. What they have read or copied, and what the two of you wrote in your room, I cannot take back.

    I left that room when you met, so please leave it yourself. If you would rather not hear from them there again, block them in your app.

# They wrote "withdraw", and there is nothing to take back.
nothing-to-withdraw =
    You have no request waiting and no introduction arranged, so there is nothing to take back. If you are writing a request, **cancel** throws it away.

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
    A little while ago you were introduced to somebody ({ $which }). How did it go? One of these is enough, and only the careers service reads it:

    • **well**
    • **not well**
    • **not yet**, if you have not talked

    If something was not right, write **report**. You need not answer. If you have several such questions, put the number first, as in **{ $number } well**.

# They said how it went, and were asked about several meetings.
# $matters: those, one on each line (see matter-line).
which-meeting =
    Which one do you mean? Please put its number first, as in **2 well**.

    { $matters }

# It went well.
went-well =
    That is good to hear, thank you. A short thank-you to the other person goes a long way, and so does telling them, some months on, what became of it.

    A thought for yourself: what surprised you, and whom would you like to ask next?

# It did not go well.
went-not-well =
    Thank you for telling me; I am sorry it was not what you hoped for. If something was not right, **report** tells the people who look after the service. The careers service’s staff are glad to talk it over with you.

# They have not talked yet.
went-not-yet =
    Thank you. A short message in your room with two times that would suit you makes it easy to begin.
