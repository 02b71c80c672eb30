# What the confidential service says to whoever writes to it, and in the room of two.
#
# How these files work:
# - A message is a name, "=", and the words. The words may go on over several lines, each begun with four spaces.
#   A new line here is a new line for the reader; an empty line begins a new paragraph.
# - { $name } stands for what is filled in. The comment above each message says what there is to fill in.
#   It is filled in as plain words, whatever it holds.
# - **word** stands out, and marks what people can type; where nothing can stand out, it is in quotation marks.
#   Please keep the typed words as they are.
# - A line that begins with "> " is a quotation, set apart from the service's own words.
# - A line cannot begin with *, [ or . ; put another word or "•" before it.
# - To choose by a number: { $count -> [0] for none, [one] for one, *[other] for all else }.
#
# The service calls itself "I". Its messages can show on a locked screen that others see, so the first paragraph of each
# never says what this is about, and names nobody. The neutral name from the settings goes before each by itself.

# How it works here. Nothing else is asked before it has its yes. When you change what it means, give it another edition in
# the settings, and everybody is asked again before their next conversation.
# $standing: 0 when they are asked for the first time, 1 when something changed, 2 when they only read it again.
# $within: how long counsellors have to answer, such as "2 days".
# $keep: how long a conversation that is over is kept.
# $emergency: the service's own page on what to do in an emergency, with its numbers.
terms =
    { $standing ->
        [0] Hello. Before anything else, please read how it works here.
        [1] How it works here has changed since you agreed to it. Please read it once more.
       *[other] This is how it works here.
    }

    You can talk here with a careers counsellor in confidence.

    • I’m a program; no one else is reading this. I pass on to a counsellor what you tell me to, and nothing more. The people who run me can see what I store, listed below.
    • What you and your counsellor write to each other, only the two of you can read. They see your account there, and not before. I leave your room as soon as you are both in it, and can’t come back.
    • Whoever runs the chat system can’t read any of this. They can see that a room exists, which accounts are in it, and when something is written there.
    • Your counsellor is able to invite someone else into your room. They should ask you first, your app shows who is there, and whoever comes later can’t read what was written before.
    • I keep your account, when I last heard from you, your yes to these terms, which room you have and with whom, the line you may give me about it, and the times you agree on. { $keep } after a conversation is closed I erase all of that, and I tell you before I do. What stays is how many conversations there were in a month, rounded to five. Where there was none, I forget you { $keep } after I last heard from you.
    • Confidence has limits that the law sets. If someone’s life or safety is in danger, or a court orders it, your counsellor may have to tell others. Where they can, they talk with you first.
    • You hear within { $within } if a counsellor has time for you, and when you meet is for the two of you to agree. No person watches this conversation meanwhile.
    • **my data** shows what I keep about you, and **forget me** erases it, at any time.

    In an emergency, please don’t wait for an answer here.

    { $emergency }

    { $standing ->
        [2] This needs no answer just now.
       *[other] If you agree, please write **yes**, and I’ll ask who you’d like to talk to. Anything else costs nothing, and no one is told that you were here.
    }

# They wrote something else, and a yes to the terms comes first.
terms-first =
    One thing comes first: if you agree to how it works here, please write **yes**. **terms** shows it again. If you’d rather not, there is nothing you have to do.

# They said no, to the terms or to the question with whom they would like to talk.
not-now =
    That’s quite all right. Nothing happens, and no one is told. Write **hello** here if you’d like to go on another time.

# With whom would they like to talk?
# $counsellors: those who are here, one on each line (see card-line), numbered from 2.
ask-whom =
    Thank you. Now please choose, by a number.

    With whom would you like to talk?

    • 1: whoever has time first
    { $counsellors }

# One line in that list.
# $number: its number.
# $name: the counsellor's name.
# $card: what they say about themselves.
# $away: 0 when they are not away, 1 when they are, 2 when they are and left words about it.
# $words: those words.
card-line =
    • { $number }: { $name }. { $card } { $away ->
        [0] {""}
        [1] Away at the moment.
       *[other] Away at the moment: { $words }
    }

# Their answer to that question is nobody in the list.
# $counsellors: those who are here, one on each line (see card-line), numbered from 2.
not-one-of-them =
    I couldn’t tell which of these you mean. Please write just the number, or **no** if you’d rather leave it.

    • 1: whoever has time first
    { $counsellors }

# They would like to talk, and the service has nobody at all just now.
# $alternatives: the service's own page on where else they can turn.
nobody-here =
    I’m sorry: there is no one here at the moment whom I could ask for you. This may help meanwhile.

    { $alternatives }

# What would they like to talk about?
# $named: 1 when they chose somebody, 0 when anybody may answer.
# $whom: whom they chose.
ask-about =
    Would you like to say in a line what it’s about?

    { $named ->
        [0] Then whoever I ask can see if they’re the right one.
       *[other] Then { $whom } can prepare a little.
    } I ask you next who may read it. **skip** leaves it out, and **withdraw** stops here.

# The line is longer than it can be.
# $limit: how many characters it may have.
line-too-long =
    That’s longer than I can pass on. Please put it in { $limit } characters, or write **skip** to leave it out.

# May those who are asked read that line?
# $line: what they wrote.
ask-showing =
    This is what you wrote:
    > { $line }

    May everyone whom I ask read it, before one of them answers? They don’t learn who you are. **yes** shows it to them; with **no** only the one who then talks with you reads it.

# Counsellors are asked.
# $named: 1 when one is asked, 0 when several are.
# $whom: the one.
# $until: by when there is an answer.
asking =
    I’m asking for you now. You’ll hear from me by { $until } at the latest.

    { $named ->
        [0] I ask the counsellors who are on duty, and tell none of them who you are. The first who has time gets a room with you.
       *[other] I ask { $whom } and no one else, and don’t say who you are.
    } **withdraw** takes it back until then.

# They have asked as often as anybody may in a day. What they chose and wrote is kept until they may ask again.
# $from: from when on they may.
# $emergency: the service's own page on emergencies.
asked-often =
    I can ask for you again from { $from }. Nothing is lost until then: what you chose and wrote stays here.

    You’ve asked several times today, and that is quite all right. The pause is there so that every question gets someone’s time. Please write **hello** then, and answer me once more.

    If it can’t wait, this helps at any hour.

    { $emergency }

# They would like to ask, and are waiting for an answer already.
# $until: by when there is one.
already-asking =
    I’ve asked for you already, and you’ll hear from me by { $until } at the latest. **withdraw** takes it back.

# They would like to ask, and have a room already or are about to.
already-open =
    You have a room already. Please write there what you’d like to say; **close** ends it, and then I can ask someone else.

# What they asked is taken back.
taken-back =
    It’s taken back, and no one is told who asked. Write **hello** whenever you’d like to begin again.

# Nobody could take it in time.
# $named: 1 when one was asked, 0 when several were.
# $whom: the one.
# $away: 0 when that one is not away, 1 when they are, 2 when they are and left words about it.
# $words: those words.
# $alternatives: the service's own page on where else they can turn.
nobody =
    I’m sorry: there has been no answer in time. That need not have anything to do with you or with what you wrote.

    { $named ->
        [0] None of the counsellors could take it.
       *[other] { $whom } couldn’t take it{ $away ->
            [0] .
            [1] , and is away at the moment.
           *[other] , and is away at the moment: “{ $words }”
        }
    } I’ve closed your question; **hello** asks again, the same or someone else.

    Until then, this may help.

    { $alternatives }

# Somebody has time for them. The invitation to the room follows.
# $name: the counsellor's name.
# $within: how long both have to come in.
claimed =
    Good news, and an invitation to a room follows in a moment. Please come in within { $within }.

    { $name } has time for you. You come in first, then they do. You can write as soon as you are both there, and I leave then. Nothing that you wrote to me comes along but the line about it, if you gave one.

# The room was closed because not both came in, or one of them ended it before. The other reads counsellor-not-met.
not-met =
    I’ve closed the room again, because you weren’t both in it. That happens easily in a busy week. Write **hello** whenever you’d like me to ask once more.

# The room could not be opened.
not-opened =
    I’m sorry: I couldn’t open a room for you. Write **hello**, and I’ll ask once more. If your app turns my invitations away, please allow them first.

# The name of the room of two, from the invitation on until both are in. It says nothing of what the room is for.
room-name =
    A room for two

# The topic of the room of two. It says nothing of what the room is for, and is the same for every room.
room-topic =
    A room for two people. Writing begins when both are in it, and whoever opened it leaves then.

# To whoever comes into the room of two first. It says nothing of what the room is for.
first-here =
    You’re the first here, and can’t write yet; that’s as it should be. I’m inviting the other person now. Once you’re both here, you can write, and I’ll go.

# The last words in the room of two, once both are in. I leave straight after. They say nothing of what the room is for.
opening-note =
    Welcome, both of you. This is your room. I’m leaving now, and can’t read anything you write from here on. Either of you may leave whenever you like.

# The other suggests a time.
# $at: which.
time-suggested =
    How about { $at }? Please write **yes** or **no**. **time** and another day and time suggests that one instead.

# Their suggestion has been passed on.
# $at: which time.
time-passed-on =
    I’ve passed on { $at }, and I’ll tell you the answer as soon as there is one. Another **time** replaces it.

# Those words are no time that I could pass on or hold.
time-how =
    I need a day and a time that are still to come, such as **time Tuesday 14:00** or **time 2 December 9:30**.

# Both agreed on a time.
# $at: which.
time-agreed =
    It’s settled: { $at }. If there’s time, I’ll remind you before. **cancel time** cancels it.

# One of the two said no to a time. Both read this.
# $at: which.
time-declined =
    It won’t be { $at }. To suggest another, write **time** with a day and a time.

# One of the two has cancelled a time. Both read this.
# $at: which.
time-cancelled =
    { $at } is cancelled. To suggest another time, write **time** with a day and a time.

# A time that both agreed on is soon.
# $at: which.
reminder =
    A reminder: { $at }. If that doesn’t suit you any more, write **cancel time**.

# They asked for something that needs an open conversation, or a time that was agreed on.
none-open =
    There’s nothing open that I could do that with. **help** shows what you can write.

# A conversation is being closed.
# $own: 1 when they closed it themselves.
# $until: until when the room is waited for.
closing =
    { $own ->
        [0] This is to tell you that your room is being closed.
       *[other] I’m closing your room, as you asked.
    } Please leave it in your app, and then write **left** here. I wait for that until { $until }.

    I left that room when you came in, and can’t close it for you. Once you’ve both left, the chat system deletes it in time. What I keep myself is erased later, and I’ll write to you before.

# They say that they have left the room.
left =
    Thank you, I’ve noted that. There’s nothing more for you to do.

# They have left, and the other has not said so.
still-there =
    You’ve left the room, and I haven’t heard that the other person has. Until they do, the room and what was written there stay on the chat system, until whoever runs it deletes the room. Your part is done.

# What is kept of a conversation is erased soon.
# $at: when.
erasure-soon =
    I’m about to tidy up. On { $at } I’ll erase what I keep about something that is over, and if it’s the last, all I keep about you.

    Nothing is asked of you. **my data** shows what it is, and **forget me** erases it sooner.

# May somebody else go on with it? These are the words whatever the reason is. Please let them hint at none.
# $named: 1 when somebody is proposed, 0 when it would be whoever has time.
# $to: who is proposed.
# $until: until when the answer is waited for.
ask-handover =
    I have a question for you, and need your answer by { $until }.

    Would you like to go on with { $named ->
        [0] another counsellor
       *[other] { $to }
    }? **yes**: the room you have is closed, I ask them, and if they have time you get a new one. Nothing that was said comes along, and no line of yours either. **no**: I ask no one. Without an answer I ask no one either.

# They would rather not go on with somebody else, and it stays as it is.
handover-declined =
    All right, it stays as it is. There’s nothing more for you to do.

# They asked to be forgotten, and are told what that means.
forget-how =
    I can forget you, at once. This is what happens if you write **forget me now**:

    • What you asked is taken back, and what is open is closed. Whoever is in a room with you learns that it is over, and not why.
    • Everything I keep about you is destroyed, in old copies too. What stays is how many there were in a month, rounded to five.
    • I can’t enter your room, so please leave it yourself. What someone has read there, no one can take back. What passed through the chat system stays with whoever runs it, who can’t read it.

    There’s no way back afterwards. If you’d rather stay, do nothing.

# They are being forgotten.
forgetting =
    I understand. I’m destroying everything I keep about you now, and then leave this conversation and know nothing of you any more. If you’re in a room that I opened, please leave it too.

    All good wishes to you.

# The answer to "my data".
# $json: everything that is kept about them, as text that a program can read too.
data =
    This is everything I keep about you, in a form that a program can read too.

    { $json }

# The answer to "help".
# $agreed: 1 when they have agreed to the terms.
# $open: 1 when they wait for an answer or have a room.
# $emergency: the service's own page on what to do in an emergency, with its numbers.
help =
    You can write these to me at any time:

    { $open ->
        [0] { $agreed ->
            [0] • **terms**: how it works here. Everything else begins with it.
           *[other] • **hello**: I ask someone for you. **terms**: how it works here.
        }
       *[other] • **time** and a day and a time, such as **time Tuesday 14:00**: I suggest it for you. **cancel time** takes it back.
        • **withdraw**: I take back what I asked for you. **close**: it is over. **terms**: how it works here.
    }
    • **left**: you’ve left a room that is being closed.
    • **my data**: everything I keep about you. **forget me**: I’ll forget you.

    In an emergency, please don’t wait for an answer here.

    { $emergency }

# The words were not understood.
not-understood =
    I’m not sure what you mean, so I’ve done nothing with it and passed it on to no one. What is for the other person belongs in your room with them. **help** shows what you can write to me.

# Their words answered nothing: they were written before the question stood there, or as a reply to something else, or I
# had written something in between. The question follows in the next message. To counsellors too.
asked-again =
    I haven’t taken your last message as an answer, because it didn’t come straight after my question. I’ve passed nothing on. This is the question once more; please answer it again.

# A message of theirs could not be read in time. To counsellors too.
unreadable =
    I couldn’t read your last message, because your app didn’t send the key for it. Please send it again.

# Several messages of theirs could not be read in time, or more than are kept until their keys come. To counsellors too.
unreadable-several =
    I couldn’t read several of your messages, because their keys didn’t arrive, so I’ve done nothing with them. Please write again whatever still matters.

# They wrote more in a minute than is read in one. It is said once, until all is read. To counsellors too.
hurried =
    You write faster than I can read. I’ll read on in a minute, in the order in which you wrote. If something stays without an answer, please write it again.

# They wrote much more than is read in a minute, and more than is kept to be read later. It is said when what was kept is read. To counsellors too.
left-out =
    I’ve read as many of your messages as I could keep. There were more after them, and I’ve left those out, so I’ve done nothing with them. Please write again whatever still matters.

# They began a conversation of their own with the service, which reads nothing there. To counsellors too.
elsewhere =
    Thank you for writing. I answer each person in a private room that I open myself, and I’ve invited you there. Please come in, and write to me again.

    I haven’t read anything here, and I’m leaving this room now.

# They sent a reaction, a picture, a recording, a sticker or the like. To counsellors too.
wordless =
    I can only read words, and no reactions, pictures or recordings, so I haven’t acted on that. Please write what you’d like; **help** shows you what you can write.

# They edited a message of theirs, or took one away. To counsellors too, when they edited one.
# $gone: 1 if they took it away, 0 if they edited it.
# $counsels: 1 for somebody who counsels, 0 for a client.
first-words-stand =
    { $gone ->
        [0] I go by what you wrote first, and don’t read changes to a message. If you’d like to say something else, please write it as a new message.
       *[other] You’ve taken a message away. What I noted of it stays as it was.
    } { $counsels ->
        [0] **withdraw** takes back what you’ve asked for, **forget me now** has me forget all of it, and **help** shows you how to go on.
       *[other] **help** shows you what you can write.
    }

# A message came from a device that is not known to be theirs. To counsellors too.
device-unknown =
    Your message came from a device that I couldn’t recognise as yours, so I haven’t acted on it. Please say it again from another of your devices, or sign out on this one, sign in again and then repeat it.

# A message came from a device of theirs that the service does not know yet. To counsellors too.
# $code: four letters and digits by which the service calls that device.
# $counsels: 1 when they counsel, 0 when not.
device-new =
    I don’t know this device as yours yet, so I haven’t acted on your message. Nothing is lost: what was waiting for your word is still waiting. I’ll call this device **{ $code }**.

    Please show me that it is yours, in one of these ways, and then say it again:

    • From a device that you’ve used with me before, write **my new device { $code }**.
    • Or verify this device in your app with one that is verified already; you’ll find it in the settings, often under “Sessions” or “Devices”.

    { $counsels ->
        [0] If you have no such device any more, write **forget me now**: I forget everything about you, and you can begin again from here.
       *[other] If you have no such device any more, please ask whoever looks after this service.
    }

    If it wasn’t you who wrote just now, someone else is signed in to your account; please change your password.

# The answer to "my new device" from a device that the service knows. To counsellors too.
device-how =
    Please write **my new device** to me from the new one first. I’ll answer with a code for it, of four letters and digits. Then write **my new device** and that code here, and what you write there counts.

# They gave a code under which no device of theirs waits. To counsellors too.
device-code-unknown =
    No device of yours waits under that code. A code holds for a day, and once. Please write **my new device** to me from the new one, and I’ll tell you its code.

# They confirmed a new device from one that the service knows. To counsellors too.
device-confirmed =
    Thank you, I know your new device now. If I left something undone, please say it again from there.

# They write from one more device of theirs, where what was said before cannot be read. What waits for their answer follows. To
# counsellors too.
device-once-more =
    This seems to be a new device of yours. Your app may not be able to show there what I wrote before, so here’s what’s waiting for your answer, once more.

# Something went wrong in the program. The administrator is told at the same time.
fault =
    Something went wrong on my side, and the people who look after me have been told. Please try again in a few minutes.
