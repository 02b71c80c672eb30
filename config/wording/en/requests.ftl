# Writing a request: what the porter says to a member who would like to meet somebody.
#
# Please never let these sentences show whether the other person is a member, has been asked, or has answered:
# until the date that the requester was given, all of that stays with the other person.

# They asked for an introduction without saying to whom.
ask-whom =
    Whom would you like to meet? Please give me their full Matrix id, such as @alex:example.org.

    Nobody hears of this until you say **send**, and **cancel** stops it at any point.

# What they gave is not a full Matrix id.
# $found: what stood there instead, in their words.
not-an-address =
    I need a full Matrix id, such as @alex:example.org: it begins with @ and has a colon in it. What I found was “{ $found }”.

    Please try once more, or write **cancel** to stop. If you do not know the id, the careers service’s staff can help you.

# They gave their own Matrix id, or the porter's.
not-that-one =
    That Matrix id is yours or mine, and I can only introduce you to somebody else. Please give me another one, or write **cancel** to stop.

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

# They cancelled the draft.
draft-dropped = Your draft is gone, and nobody has heard of it. Write **introduce** whenever you would like to begin again.

# They wrote "send", "change" or the like, and there is no draft.
no-draft = You have no draft with me at the moment. Write **introduce** to begin one.

# The draft is ready, and what they wrote was none of the words that fit.
draft-waits =
    Your request is ready, and nothing has gone out yet. Write **send** to send it, **change** to write the message anew, **cancel** to throw it away, or **drafts** to read it once more.

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

# They wrote something, and a question of somebody's waits for their answer.
# $number: the number of the question.
maybe-an-answer =
    I was not sure if that was meant as the answer to a question you were asked, so I have passed nothing on. If it was, please write **answer { $number }** and your words, or reply to the message with the question.

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
