# What the porter says in its private conversation with a member, apart from its features.
#
# How these files work:
# - A message is a name, "=", and the words. The words may go on over several lines, each begun with four spaces.
#   A new line here is a new line for the reader; an empty line begins a new paragraph.
# - { $name } stands for what is filled in. The comment above each message says what there is to fill in.
#   It is filled in as plain words, whatever it holds.
# - **word** stands out, and marks what people can type; where nothing can stand out, it is in quotation marks.
#   Please keep the typed words as they are.
# - A line that begins with "> " is a quotation, set apart from the porter's own words.
# - A line cannot begin with *, [ or . ; put another word or "•" before it.
# - To choose by a number: { $count -> [0] for none, [one] for one, *[other] for all else }.
#
# The porter calls itself "I". Short sentences, no blame, and always what happens next and by when.

# The answer to "help".
# $introductions: 1 when the service offers introductions.
# $mentors: 1 when it offers the mentors' list.
# $rooms: 1 when it offers rooms for many.
# $events: 1 when it offers events.
# $listable: 1 when their role could be in the mentors' list.
# $staff: 1 when they work for the service.
help =
    You can write these to me at any time:

    { $mentors ->
        [0] {""}
       *[other] • **mentors**, or **mentors in museums**: people who are glad to be asked. No one learns that you looked.
    }
    { $introductions ->
        [0] {""}
       *[other] • **introduce** and someone’s name from that list, or their address: I’ll ask them if they’d like to meet you. **guide** and **questions** help with the words, and nothing goes out until you say **send**.
    }
    { $rooms ->
        [0] {""}
       *[other] • **rooms**: the rooms you can join.
    }
    { $events ->
        [0] {""}
       *[other] • **events**: what’s coming up.
    }
    • **profile**: your card, and who sees what of it. { $listable ->
        [0] {""}
       *[other] **list me** puts you in the mentors’ list, **unlist me** takes you out.
    }
    • **requests**: what you’ve asked, and what waits for your answer. **drafts** shows the one you’re writing.
    • **withdraw**: take back a request, or a yes, at any time.
    • **again**: I’ll repeat what waits for you.
    • **pause until** and a day: I won’t bring you anything new before then. **limit 2 a month**: no more than that. **my settings** shows both, and who you block.
    • **report**: something is wrong with a request or with someone I introduced you to. { $rooms ->
        [0] {""}
       *[other] In a room: **report @alex:example.org in museums**; only staff see it.
    }
    • **ask staff** and your question: the careers service’s staff answer in office hours. **referrals**: where else you find help.
    • **policy**: how it works here; **boundaries** is the short version. **my data**: everything I keep about you. **forget me**: I’ll forget you.
    { $staff ->
        [0] {""}
       *[other] • for staff: **desk** shows everything that’s waiting for you. **tell** with an address and your words answers someone who asked, **verify** and **end** with an address, **organisations**, **approve organisation** and its name, and **approve 1** or **decline 1** for what members suggest. **new device** with an address and a code confirms someone’s new device. **reports** lists what was reported, and **warn** alone what you can do about it. { $events ->
            [0] {""}
           *[other] **new event** begins an event.
        }
    }

    When someone would like to meet you, I’ll bring you their words here. No details of yours are passed on without your yes.

# The words were not understood, and nothing was being asked.
not-understood =
    Sorry, I didn’t follow that, so I’ve left everything as it was. **introduce** asks someone if they’d like to meet you, **requests** shows what’s open, and **help** what else I can do.

# The words may mean one of several things.
# $choices: those, one on each line (see wish-help and so on).
# $own: a request of their own that waits, in a line (see is-it-own), or none.
is-it-one-of =
    I’m not quite sure what you’d like. Is it one of these?

    { $choices }

    If not, write **ask staff** and your words, and a person answers.

    { $own }

# The last line of the message above.
# $to: the Matrix id they gave.
# $deadline: they hear by then.
is-it-own = Your request to { $to } is waiting, and you’ll hear from me by { $deadline }, whichever way it goes.

# One line of the choice above, for each thing that somebody may have meant.
wish-help = • **help**: what I can do, and how it works.
wish-about = • **who are you**: who I am, and who runs this.
wish-outcome = • **how it ends**: what happens to a request, and when you hear.
wish-advice = • **an example**: how a good message looks.
wish-trouble = • **something is wrong**: someone behaved badly, or shouldn’t reach you any more.
wish-hard-time = • **a hard time**: where to turn when things are difficult.
wish-stop = • **stop**: I ask what should end, before anything does.
wish-staff = • **ask staff** and your words: a person at the careers service answers.
wish-mentors = • **mentors**, with a word such as “mentors in law”: find someone to talk to.
wish-introduce = • **introduce**: ask someone if they’d like to meet you.
wish-desk = • **desk**: what waits for the staff.
wish-requests = • **requests**: what you’ve asked for, and what waits for you.
wish-pause = • **pause until** and a day: no new requests before then.
wish-resume = • **resume**: requests reach you again.
wish-limit = • **limit 2**: so many requests in a month, and no more.
wish-settings = • **my settings**: how and how often requests reach you.
wish-block = • **block** and their Matrix address: nothing of theirs reaches you.
wish-rooms = • **rooms**: the rooms you can join, and how.
wish-whats-on = • **events**: what’s coming up.
wish-offer = • **opportunity** and your words: tell members of a job or an event.
wish-profile = • **profile**: what others can see of you, and how to change it.
wish-list = • **list me**: be found by students who look for advice.
wish-unlist = • **unlist me**: leave the mentors’ list.
wish-device = • **my new device**: a new phone or computer, or messages you can’t read.
wish-times = • **times**: find a time with someone you’ve met here.
wish-reflect = • **reflect**: think a talk over in five short questions, for yourself alone.
wish-notes = • **notes**: the lines you’ve kept, which I show to no one but you.
wish-notes-export = • **notes export**: all your notes as a file, for you alone.
wish-network = • **network**: a map of who you know and would like to know, for you alone.
wish-thank-you = • **thank-you**: an example of a line of thanks, to send yourself.
wish-data = • **my data**: what is kept about you.
wish-forget = • **forget me**: leave altogether. I’ll ask once more before I do it.
wish-policy = • **policy**: the rules here, and who sees what.
wish-reports = • **reports**: what members have reported.
wish-moderate = • **mute**, **warn** or **remove**: keep order in a room.
wish-organisations = • **organisations**: those that wait for approval.
wish-verify = • **verify**: let someone in.

# The same for the second time in a row.
not-understood-again =
    I didn’t follow that either; I’m a program, and only know some words. These would do: **introduce**, **requests**, **withdraw**, **my settings** or **help**. With **ask staff** and your words you reach a person.

# The same once more.
not-understood-person =
    I’m sorry, I keep missing what you mean. Would you like a person to help? Write **ask staff** and your words: the careers service’s staff see them with your address, and answer in office hours.

# They are writing a request, and their words fitted none of its questions for the third time in a row.
not-understood-draft =
    I’m sorry, I still can’t make that out. With **ask staff** and your words a person can help you; what you’ve written so far stays here. **drafts** repeats my question, and **cancel** stops this request.

# The words were not understood, and a request waits for their answer.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
# $misses: how many messages in a row were not understood.
still-waits =
    { $misses ->
        [1] Sorry, I didn’t follow that.
        [2] I’m afraid I didn’t follow that either.
       *[other] I’m sorry, I keep missing what you mean; with **ask staff** and your words you reach a person.
    } The request from { $who } still waits for you until { $deadline }: **yes** or **no**? **{ $number } later** and a day puts it off, and **again** shows it in full.

# The words may be an answer to the request that waits, or mean something else.
# $number: the number of the request.
# $who: the person who asks, as the addressee may see them.
# $deadline: they can answer until then.
# $choices: the things that may be meant, one on each line.
still-waits-or =
    I couldn’t tell whether that’s your answer. The request from { $who } waits for you until { $deadline }: **yes** or **no**? **{ $number } later** and a day puts it off.

    Or is it one of these?

    { $choices }

# The words were not understood, and a request of their own waits.
# $to: the Matrix id they gave.
# $deadline: the moment by which they hear.
# $misses: how many messages in a row were not understood.
own-waits =
    { $misses ->
        [1] Sorry, I didn’t follow that.
        [2] I’m afraid I didn’t follow that either.
       *[other] I’m sorry, I keep missing what you mean; with **ask staff** and your words you reach a person.
    } Your request to { $to } is waiting, and you’ll hear from me by { $deadline }, whichever way it goes. **requests** shows it, **withdraw** takes it back, and **help** shows what else I can do.

# They greeted.
# $introductions: 1 when the service offers introductions.
# $mentors: 1 when it offers the mentors' list.
# $rooms: 1 when it offers rooms for many.
# $events: 1 when it offers events.
hello =
    Hello.{ $mentors ->
        [0] {""}
       *[other] {" "}With **mentors** you find someone to ask.
    }{ $introductions ->
        [0] {""}
       *[other] {" "}With **introduce** I ask someone if they’d like to meet you.
    }{ $rooms ->
        [0] {""}
       *[other] {" "}**rooms** shows the rooms you can join.
    }{ $events ->
        [0] {""}
       *[other] {" "}**events** shows what’s coming up.
    } **requests** shows what’s open, and **help** what else I can do.

# They greeted, and a request waits for their answer.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
hello-open =
    Hello. The request from { $who } still waits for you until { $deadline }: **yes** or **no**? **{ $number } later** and a day puts it off, and **again** shows it in full.

# They want something to stop, or to think about it, and did not say what.
# $choices: what they can do, one on each line (see stop-no and those after it).
stop-what =
    I’ve left everything as it is. Is it one of these that you’d like?

    { $choices }

# One of those lines: a request that waits for their answer.
# $number: the number of the request.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
stop-no = • **{ $number } no**: no to the request from { $who }, and no one is told that you said so. **{ $number } later** and a day puts it off; it waits until { $deadline }. If something’s wrong with it, **{ $number } report** or **{ $number } block**.

# The same: something they are writing.
stop-draft = • **cancel**: throws away what you are writing.

# The same: requests to come.
stop-pause = • **pause until** and a day: I’ll bring you nothing new before then. **limit 0** stops new requests for good.

# The same: a request of theirs, or a yes.
stop-withdraw = • **withdraw**: take back a request you’ve sent, or a yes.

# The same: the mentors' list.
stop-unlist = • **unlist me**: you leave the mentors’ list.

# The same: everything.
stop-forget = • **forget me**: leave altogether. I’ll ask once more before I do it.

# They asked how a request ends, and who hears what.
how-it-ends =
    Anyone who’s asked can say yes, no or nothing, and needn’t give a reason. A yes reaches the person who asked straight away, and I open a private room for the two, which I leave as soon as both are in. After anything else they hear only that it didn’t work out, on the day they were told at the start, and a reason only if one was given.

    Before anything goes out, I’ll show each of you exactly what the other will see. **requests** shows your requests, with their days.

# They asked how to write a request.
an-example =
    A few lines are enough: who you are, why you’re asking this person, and one thing you’d like to know. For example:

    > I’m in my second year of History, and read about the exhibition you made. Could you spare twenty minutes to tell me how you began as a curator?

    I show you everything before it goes out. With **ask staff** and your words, a person can look it over with you first.

# They asked for another language.
other-languages =
    I’m sorry, I only understand English so far. What you write to someone can be in any language the two of you share. With **ask staff** and your words you reach a person.

# Somebody troubles them, and they did not say whether it is about a request, a meeting or a room.
trouble =
    I’m sorry. You don’t have to put up with that, and these stop it. No one is told that you reported or blocked them:

    • **report**: about a request, or someone I introduced you to. It ends, and the careers service’s staff see it.
    • **block** and their address: I’ll bring you nothing more from them.
    • **report** and their address, **in** and the room: about a room for many.
    • **ask staff** and your words: about anything else.

    In another app, please block them there too. If anyone is in danger, please call the emergency services.

# They wrote that they are having a hard time, or would like to talk with somebody in confidence.
# $quiet: the message "quiet-room", or nothing.
hard-time =
    I’m a program, so I’m not the one to talk to about this; but there are people who are:

    { $quiet }
    • **ask staff** and your words: the careers service’s staff see them with your address, and answer in office hours.

    If you or someone else may be in danger, please don’t wait for them: call the emergency services now.

# To a member who wrote to the porter in a room that the porter did not open. Said there, just before it leaves.
elsewhere =
    Thank you for writing. I talk with each member in one private conversation that I open myself, so that only the two of us can read it. I’ve invited you there; please come in and tell me again what you’d like.

    I haven’t acted on anything written here, and I’m leaving this room now.

# A message of theirs could not be read in time.
unreadable =
    I couldn’t read your last message, because your app didn’t send the key for it. Please send it again. Until I can read it, it doesn’t count as an answer to anything.

# Several messages of theirs could not be read in time, or more than are kept until their keys come.
unreadable-several =
    I couldn’t read several of your messages, because your app didn’t send the keys for them, so nothing in them has counted. Please write again whatever still matters: above all a yes or a no, **withdraw**, **report** or **block**.

# They wrote more in a minute than is read in one. It is said once, until all is read.
hurried =
    You write faster than I can read. I’ll catch up in a minute, in order. If something stays without an answer, please write it again.

# They wrote much more than is read in a minute, and more than is kept to be read later. It is said when what was kept is read.
left-out =
    I’ve read as many of your messages as I could keep. There were more after them, and I’ve left those out, so nothing in them has counted. Please write again whatever still matters: above all a yes or a no, **withdraw**, **report** or **block**.

# A message came from a device that is not known to be theirs. It is never taken for an answer.
device-unknown =
    Your message came from a device that I couldn’t recognise as yours, so I haven’t acted on it. Please say it again from another of your devices, or sign out on this one, sign in again and then repeat it.

    Nothing is lost: what was waiting for your word is still waiting.

# They edited a message of theirs that counts for nothing, or not any more.
edit-not-read =
    I go by what you wrote first, and don’t read changes to a message. If you’d like to say something else, please write it as a new message.

# They sent a reaction, a picture, a recording, a sticker or the like. Nothing waits for a word of theirs.
wordless =
    I can only read words, and no reactions, pictures or recordings, so I haven’t acted on that. If there’s something you’d like, please write it. **help** shows you how.

# The same, while a request that they are writing is not sent yet.
wordless-draft =
    I can only read words, and no reactions, pictures or recordings, so I haven’t acted on that. Your request isn’t sent yet: write **send** to send it, or **cancel** to throw it away.

# The same, while requests wait for their answer.
# $open: those, one on each line (see which-one-line).
# $example: the number of the first.
wordless-open =
    I can only read words, and no reactions, pictures or recordings, so I haven’t taken that for an answer. This is still open:

    { $open }

    To answer, write **yes** or **no** with the number, such as **{ $example } yes** or **{ $example } no**.

# They edited a message with part of the request that they are writing, or took it away.
# $gone: 1 if they took it away, 0 if they edited it.
draft-unchanged =
    { $gone ->
        [0] I go by what you wrote first, and don’t read changes to a message, so your draft is as it was.
       *[other] You’ve taken that message away, but your draft still has what you wrote.
    } **drafts** shows it to you, **change** lets you write the message anew, and **cancel** throws the draft away.

# They edited a message by which a request of theirs went out, or took part of it away.
# $to: the Matrix id they gave.
# $gone: 1 if they took the message away, 0 if they edited it.
request-unchanged =
    { $gone ->
        [0] I go by what you wrote first, and don’t read changes to a message, so your request to { $to } stands as you sent it.
       *[other] You’ve taken that message away, but your request to { $to } stands as you sent it.
    } **withdraw** takes it back.

# They edited their yes, or took it away when the room was open already.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
# $gone: 1 if they took the message away, 0 if they edited it.
yes-unchanged =
    { $gone ->
        [0] I go by what you wrote first, and don’t read changes to a message, so your yes stands ({ $which }).
       *[other] You’ve taken that message away, but your yes still stands ({ $which }).
    } **withdraw** takes it back.

# They edited their no, or took it away.
# $number: the number of the request.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
# $gone: 1 if they took the message away, 0 if they edited it.
no-unchanged =
    { $gone ->
        [0] I go by what you wrote first, and don’t read changes to a message, so your no stands ({ $which }).
       *[other] You’ve taken that message away, but your no still stands ({ $which }).
    } If you’d like to meet after all, write **{ $number } yes**.

# To somebody whose role takes no part in introductions, when they ask for one.
takes-no-part =
    Introductions aren’t part of your role here, so I can’t ask anyone for you. That’s a rule about the role and not about you; **policy** shows it. **my data** and **forget me** are there for you as for everyone. If your role looks wrong to you, the careers service’s staff can put it right.

# Something went wrong in the program. The administrator is told at the same time.
fault =
    Something went wrong on my side, and the people who look after me have been told. Please try again in a few minutes. If it happens again, the careers service’s staff can help you.

## Drafts, and numbers.

# They gave their own Matrix id, or the porter's.
not-that-one =
    That’s your address or mine, and I can only introduce you to someone else. Please give me another one, or write **cancel** to stop.

# They cancelled the draft.
draft-dropped = Your draft is gone, and no one has heard of it. Write **introduce** whenever you’d like to begin again.

# They wrote "send", "change" or the like, and there is no draft.
no-draft = You have no draft with me at the moment. Write **introduce** to begin one.

# The draft is ready, and what they wrote was none of the words that fit.
draft-waits =
    Your request is ready, and nothing has gone out yet. Write **send** to send it, **change** to write the message anew, **save** to put it aside, **cancel** to throw it away, or **drafts** to read it once more.

# They wrote something, and several questions wait for their answer.
# $number: the number of the first of those questions.
maybe-an-answer =
    I wasn’t sure which question that was meant to answer, so I’ve passed nothing on. Please reply to the message with the question, or write **answer { $number }** and your words; **requests** shows their numbers.

## Words that answer something, or do not.

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
# $adding: how many details a yes adds.
# $adds: those, in one line.
do-you-mean =
    { $no ->
        [0] Do you mean yes to the request from { $who }? Then write **{ $number } yes{ $adding ->
            [0] {""}
           *[other] {" "}with { $adds }
        }**. I haven’t taken it as an answer yet.
       *[other] Do you mean no to the request from { $who }? Then write **{ $number } no**. I haven’t taken it as an answer yet.
    }

# They began an answer that carries words, such as "no because", and gave none.
# $command: the word they typed.
words-missing =
    I’d pass on what you write after **{ $command }**, and there was nothing there, so I’ve done nothing yet. Please write it again with your words after it, all in one message.

# Their words are longer than what can be carried.
# $limit: how many characters can be carried.
# $found: how many there were.
words-too-long =
    That has { $found } characters, and I can carry { $limit }, so I’ve passed nothing on. Please say it a little more briefly.

# A date that was not understood.
# $command: what it was for, as they would type it.
when-unclear =
    I couldn’t tell which day you mean, so nothing has changed. Please write it like one of these: **{ $command } 2 May**, **{ $command } next Monday** or **{ $command } tomorrow**.

# They block somebody, and have as many blocks as are kept. None is dropped for another.
# $limit: how many those are.
too-many-blocks =
    You block { $limit } people, and that’s as many as I can keep, so I haven’t blocked this person. **my settings** shows whom you block; **unblock** and a number ends one of those, and then there’s room for the next.

# They wrote something that began with yes or no, and could have been meant either way.
answer-unclear =
    I wasn’t sure if that was a yes or a no, so I haven’t taken it as an answer. Please write just **yes** or **no**. To show one more of your details, write it like this: **yes with email**.

# To staff who ask for figures of the service.
staff-figures =
    I have no figures to show here. Whoever runs my program has them, and they tell of no one in particular: “lodge status” in a terminal, and the page for Grafana. What waits for you is under **desk**.

# To staff who would like to tell many people of something.
staff-announcements =
    I don’t pass words on to many at once. Please write them yourself in one of the rooms; **rooms** shows those. An employer’s offer is different: it comes to your **desk**, and I post it once you’ve approved it.

# To staff who speak of an event.
staff-events =
    For an event, write **new event**: I’ll ask you for its parts, and nothing goes out before you say **announce**. **events** shows those that are coming up, and **event** with a number how many come. The events that your service lists for everyone are under **referrals**.

# They answered, and nothing waits for such an answer.
nothing-to-answer =
    There’s nothing waiting for your answer at the moment. When someone would like to meet you, or has a question about a request of yours, I’ll bring it to you here.

# They answered, and it is not certain which open request they mean: there are several, or they replied to another message.
# $open: those, one on each line (see which-one-line).
which-one =
    I’d like to be sure which request you mean, so I haven’t taken that as an answer yet. Please write **yes** or **no** with its number, or reply to the message it came in.

    { $open }

# One line in that list.
# $number: its number.
# $who: who asks, by the details that came with the request.
which-one-line = • Number { $number }, from { $who }

# They answered with a number that no open request has.
# $number: the number they gave.
no-such-number =
    No request with the number { $number } is open, so I haven’t taken that as an answer. Write **requests** to see which ones are waiting, with their numbers.

# They answered a request that is no longer open.
too-late =
    That request is no longer open, so I’ve done nothing with your answer, and no one is told of it. If you’d like to meet that person and have their address, you can ask them with **introduce**.
