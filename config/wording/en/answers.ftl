# Answering a request: what the porter says to a member whom somebody would like to meet.

# The question. Their "yes" is their consent to exactly what stands here.
# $number: the number of the request, for members with several open.
# $request: the request, in the words that its writer saw before sending it (see request in requests.ftl).
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

# Something that a yes would show has changed since they were asked, so their yes is not taken. They are asked again in a
# message of its own.
asked-anew =
    I haven’t taken that as your yes yet, because my words, the policy or your details have changed since I asked you. Here is the request as it stands now: please read it once more, and answer it then.

# They wrote an answer before what it could answer was said to them.
not-asked-yet =
    When you wrote that, I hadn’t asked you anything it could answer, so I’ve done nothing with it. Please read what I’ve written since, and answer then. **again** shows you every request that is open, and **drafts** what you were writing.

# They wrote a yes or a no, and one request is open, but something else was said to them since it was asked.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $no: 1 for a no, 0 for a yes.
do-you-mean =
    { $no ->
        [0] Do you mean yes to the request from { $who }? Then write **{ $number } yes**. I haven’t taken it as an answer yet.
       *[other] Do you mean no to the request from { $who }? Then write **{ $number } no**. I haven’t taken it as an answer yet.
    }

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

# They began an answer that carries words, such as "no because", and gave none.
# $command: the word they typed.
words-missing =
    I would pass on what you write after **{ $command }**, and there was nothing there, so I have done nothing yet. Please write it again with your words after it, all in one message.

# Their words are longer than what can be carried.
# $limit: how many characters can be carried.
# $found: how many there were.
words-too-long =
    That has { $found } characters, and I can carry { $limit }, so I have passed nothing on. Please say it a little more briefly.

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

# A date that was not understood.
# $command: what it was for, as they would type it.
when-unclear =
    I could not tell which day you mean, so nothing has changed. Please write it like one of these: **{ $command } 2 May**, **{ $command } next Monday** or **{ $command } tomorrow**.

# They reported a request.
# $until: until when nothing more of its sender is brought to them.
report-recorded =
    Thank you for telling me. The report is kept for the careers service’s staff. I bring you nothing more from this person before { $until }, and they are not told: they hear only that it did not come about, on the date they already have.

# They reported somebody they had been introduced to.
# $until: until when nothing more of that person is brought to them.
reported-met =
    Thank you for telling me. The report is kept for the careers service’s staff, and I bring you nothing more from this person before { $until }.

    I am taking the introduction back for you now, and write again in a moment when that is done. If the two of you are in a room that I have left, the people who run the service are asked to close it. Please leave it yourself too, and block the person in your app.

# They wrote "report", and nothing is there that could be meant.
nothing-to-report =
    I see no request and no introduction of yours that this could be about. If something is wrong, the careers service’s staff would like to hear of it.

# They wrote "report", and several things could be meant.
# $matters: those, one on each line (see matter-line).
which-to-report =
    I am sorry that something is wrong. Which one do you mean? Please write **report** with its number, and if you like a few words after it.

    { $matters }

# They block somebody.
# $until: until when.
block-recorded =
    I bring you nothing from this person before { $until }. They are not told: if they ask for you, they hear the same as if you did not answer. **my settings** shows whom you block, and **unblock** takes it back.

# They would like to block somebody, and have named nobody that could be blocked.
block-whom =
    Whom would you like to block? Please write **block** and their full Matrix id, as in **block @alex:example.org**. It cannot be your own id or mine.

# They block somebody, and have as many blocks as are kept. None is dropped for another.
# $limit: how many those are.
too-many-blocks =
    You block { $limit } people, and that’s as many as I can keep, so I haven’t blocked this person. **my settings** shows whom you block; **unblock** and a number ends one of those, and then there’s room for the next.

# A block is taken away.
unblocked = That block is gone, so a new request from this person can reach you again. Nobody is told.

# They wrote "unblock" and block nobody.
not-blocked = You block nobody at the moment, so there is nothing to take back.

# They are brought nothing until then.
# $until: until when.
# $open: how many requests wait for their answer already.
paused =
    I bring you no new requests before { $until }, and nobody is told that you are away. Write **resume** whenever you are back sooner.

    { $open ->
        [0] {""}
        [one] One request was here before: you can still answer it, or let it pass.
       *[other] { $open } requests were here before: you can still answer them, or let them pass.
    }

# The pause would be too long.
# $latest: the last day on which it can end.
pause-too-long =
    A pause can last until { $latest } at most, so nothing has changed. Please choose an earlier day. If you would rather not be asked at all, **limit 0 a month** does that for as long as you like.

# They take requests again.
resumed = Welcome back, your pause is over. **my settings** shows how many requests I bring you.

# They set how many requests a month they are brought.
# $limit: how many.
limit-set =
    { $limit ->
        [0] I bring you no requests until you say otherwise.
        [one] I bring you one request in any thirty days, and no more.
       *[other] I bring you { $limit } requests in any thirty days, and no more.
    } Nobody is told. **limit off** takes this back.

# They are brought as many as the service sets.
# $limit: how many.
limit-off =
    { $limit ->
        [one] I bring you one request in any thirty days at most, as for everybody.
       *[other] I bring you { $limit } requests in any thirty days at most, as for everybody.
    }

# The answer to "my settings".
# $paused: whether they pause (see pause-on, pause-off).
# $limit: how many requests a month they are brought at most.
# $blocked: how many people they block.
# $blocks: those, one on each line (see block-line, block-line-address).
own-settings =
    { $paused }

    { $limit ->
        [0] I bring you no requests.
        [one] I bring you one request in any thirty days at most.
       *[other] I bring you { $limit } requests in any thirty days at most.
    } **limit 2 a month**, or another number, changes that.

    { $blocked ->
        [0] You block nobody.
       *[other] You block these people. **unblock** and the number ends a block.
    }

    { $blocks }

# In that answer: they pause.
# $until: until when.
pause-on = You are pausing until { $until }. **resume** ends it.

# In that answer: they do not pause.
pause-off = You are not pausing. **pause until** and a day does that.

# In that answer: a block, where they gave the Matrix id themselves.
# $number: its number.
# $who: the Matrix id.
# $until: until when it lasts.
block-line-address = • Number { $number }: { $who }, until { $until }

# In that answer: a block of somebody whose request they had.
# $number: its number.
# $at: when they blocked.
# $until: until when it lasts.
block-line = • Number { $number }: the person you blocked on { $at }, until { $until }

# They wrote something that began with yes or no, and could have been meant either way.
answer-unclear =
    I was not sure if that was a yes or a no, so I have not taken it as an answer. Please write just **yes** or **no**. To show one more of your details, write it like this: **yes with email**.

# They answered, and nothing waits for such an answer.
nothing-to-answer =
    I have asked you nothing that this could answer just now, so I have done nothing with it. When somebody would like to meet you, or has a question about a request of yours, I bring it to you here.

# They answered, and it is not certain which open request they mean: there are several, or they replied to another message.
# $open: those, one on each line (see which-one-line).
which-one =
    I would like to be sure which request you mean, so I have not taken that as an answer yet. Please write **yes** or **no** with its number, or reply to the message it came in.

    { $open }

# One line in that list.
# $number: its number.
# $who: who asks, by the details that came with the request.
which-one-line = • Number { $number }, from { $who }

# They answered with a number that no open request has.
# $number: the number they gave.
no-such-number =
    No request with the number { $number } is open, so I have not taken that as an answer. Write **requests** to see which ones are waiting, with their numbers.

# They answered a request that is no longer open.
too-late =
    That request is no longer open, so I have done nothing with your answer, and nobody is told of it. If you would like to meet that person and have their Matrix id, you can ask them with **introduce**.

# The request that they had was taken back before it was answered: by its sender, or because its sender is leaving.
taken-back =
    A request that I had brought you has been taken back. I have removed it here, and there is nothing about it to answer any more. **requests** shows what else is open.
