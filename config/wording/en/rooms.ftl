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

# The other person took their yes back or turned the invitation down.
withdrawn-by-other =
    The introduction that you had both agreed to is not going ahead: the other person has taken their yes back, which anybody may do at any time. That need not have anything to do with you.

    I have closed the room. Please do not use the details of theirs that I showed you. If there is somebody else you would like to meet, write **introduce**.

# The room was closed because not both came in. To both, in the same words.
not-met =
    I have closed the room for your introduction, because the two of you were not both in it in time. That happens easily in a busy week. If you would still like to meet, write **introduce** and I ask afresh.

# Their own account turns away the porter's invitations. Nobody else is told.
you-block =
    I could not open the room for your introduction, because your account turns my invitations away. I tell nobody but you, and this introduction does not go ahead.

    If you would like to meet after all, please allow invitations from me in the settings of your app, and then write **introduce**.

# The room could not be opened, after the person who was asked had said yes. To that person only.
room-failed =
    I am sorry: I could not open the room for the two of you, for a reason on my side. Your yes has not been passed on, and none of your details have been shown. The other person will hear only that it did not come about.

    If you would still like to meet them, you can ask them with **introduce**.
