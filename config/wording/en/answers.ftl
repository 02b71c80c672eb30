# Answering a request: what the porter says to a member whom somebody would like to meet.

# The question. Their "yes" is their consent to exactly what stands here.
# $number: the number of the request, for members with several open.
# $request: the request, in the words that its writer saw before sending it (see request in requests.ftl).
# $shows: their own details that a yes shows, one on each line.
# $addable: how many more of their details they could show.
# $add: which those are, in one line, such as "email, phone".
# $deadline: until when they can answer. The requester hears then.
asked =
    Somebody would like to meet you, and has asked me to bring you this:

    { $request }

    Would you like to meet them? One word is enough.

    If you say **yes**, I open a private room for the two of you, invite you both, and leave it to you. They are shown this about you, and nothing else:

    { $shows }

    { $addable ->
        [0] {""}
       *[other] You can show more ({ $add }) by saying **yes with** and the word for it.
    }

    If you say **no**, nobody is told. They hear only that it did not come about, at the same time and in the same words as if you had never answered.

    You have until { $deadline }. If you would rather not answer, you need not: I may remind you before then, and after that the request closes by itself.

    This is number { $number }. That matters only if you have several open: then answer by replying to this message, or with **yes { $number }** or **no { $number }**.

# A request still waits. Sent some days before its time is over.
# $number: its number.
# $who: who asks, by the details that came with the request.
# $deadline: until when they can answer.
reminder =
    The request from { $who } is still open, until { $deadline }. A **yes** or a **no** is enough, and **again** shows you the whole of it. If you have several open, write **yes { $number }** or **no { $number }** for this one.

    If you would rather not answer, you need not. Nobody is told.

# Their yes is noted. The room is opened next.
yes-recorded =
    Thank you, I have your yes. I am opening the room for the two of you now, and your invitation follows in a moment. I write to you here when it is ready.

# Their no is noted. Also said when they turn down the invitation before the other has theirs.
no-recorded =
    Thank you, I have noted your no, and nobody is told. They hear only that it did not come about, on the date they were given from the start, in the same words as if you had never answered.

    There is nothing more for you to do.

# They wrote something that began with yes or no, and could have been meant either way.
answer-unclear =
    I was not sure if that was a yes or a no, so I have not taken it as an answer. Please write just **yes** or **no**. To show one more of your details, write it like this: **yes with email**.

# They answered, and no request waits for an answer.
nothing-to-answer =
    No request is waiting for your answer just now. When somebody would like to meet you, I bring it to you here.

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
    That request is no longer open, so I have done nothing with your answer, and nobody is told of it. If you would like to meet that person, you can ask them with **introduce**.
