# How an introduction goes on once the question has been answered, or its time is over.

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

# The only words in the room of two, once both are in. The porter leaves straight after.
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

# They wrote "withdraw", and several things could be meant.
# $matters: those, one on each line (see matter-line).
which-to-withdraw =
    Which one would you like to take back? Please write **withdraw** with its number.

    { $matters }

# A line in such a list.
# $number: its number.
# $which: which introduction it is (see meant-to, meant-from, meant-on).
matter-line = • Number { $number }: { $which }

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
