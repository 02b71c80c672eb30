# What the porter says in its private conversation with a member, apart from introductions.
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
# $listable: 1 when their role could be in the mentors' list.
# $staff: 1 when they work for the service.
help =
    You can write these to me at any time:

    { $mentors ->
        [0] {""}
       *[other] • **mentors**, or **mentors in museums**: who is glad to be asked. Nobody learns that you looked.
    }
    { $introductions ->
        [0] {""}
       *[other] • **introduce** and a Matrix id: I ask somebody if they would like to meet you. I help you with the words, and nothing goes out until you say **send**.
    }
    { $rooms ->
        [0] {""}
       *[other] • **rooms**: the rooms you can join. **report** and a Matrix id, **in** and a room: something is wrong there; only staff see it.
    }
    • **profile**: your card, and who sees what of it. { $listable ->
        [0] {""}
       *[other] **list me** puts you in the mentors’ list, **unlist me** takes you out.
    }
    • **requests**: how the requests you sent stand, and which ones wait for your answer. **drafts** shows the one you are writing.
    • **withdraw**: take back a request, or a yes, at any time.
    • **again**: I repeat whatever still waits for your answer.
    • **pause until** and a day: I bring you nothing new before then. **limit 2 a month**: no more than that. **my settings** shows both, and whom you block.
    • **report**: something is wrong with a request or with somebody I introduced you to.
    • **ask staff** and your words: the careers service’s staff see them with your Matrix id, and answer in office hours.
    • **policy**: what holds here for everybody; **boundaries** says it in short. **my data**: everything I keep about you. **forget me**: I forget you.
    { $staff ->
        [0] {""}
       *[other] • for staff: **verify** and **end** with a Matrix id, **organisations**, **approve organisation** and its name, and **approve 1** or **decline 1** for what members suggest. **new device** with a Matrix id and a code confirms somebody’s new device. **reports** lists what was reported in rooms, and **warn** alone shows what you can do about it.
    }

    When somebody would like to meet you, I bring you their words here, with everything you can answer. No details of yours are passed on without your yes.

# The words were not understood, and nothing was being asked.
not-understood =
    I am not sure what you would like me to do, so I have left everything as it was. Write **introduce** to ask to meet somebody, **again** to read what waits for your answer, or **help** to see what else I can do.

# To a member who wrote to the porter in a room that the porter did not open. Said there, just before it leaves.
elsewhere =
    Thank you for writing. I talk with each member in one private conversation that I open myself, so that I know only the two of us can read it. I have invited you there; please come in and tell me again what you would like.

    I have not acted on anything written here, and I leave this room now.

# A message of theirs could not be read in time.
unreadable =
    I could not read your last message, because its key did not arrive. Please send it again. Until I can read it, it does not count as an answer to anything.

# Several messages of theirs could not be read in time, or more than are kept until their keys come.
unreadable-several =
    I couldn’t read several of your messages, because their keys didn’t arrive, so nothing in them has counted. Please write again whatever still matters: above all a yes or a no, **withdraw**, **report** or **block**.

# They wrote more in a minute than is read in one. It is said once, until all is read.
hurried =
    You write faster than I can read. I read on in a minute, in the order in which you wrote, and what you say counts when I read it. If something stays without an answer, please write it again.

# They wrote much more than is read in a minute, and more than is kept to be read later. It is said when what was kept is read.
left-out =
    I’ve read as many of your messages as I could keep. There were more after them, and I’ve left those out, so nothing in them has counted. Please write again whatever still matters: above all a yes or a no, **withdraw**, **report** or **block**.

# A message came from a device that is not known to be theirs. It is never taken for an answer.
device-unknown =
    Your message came from a device that I could not recognise as yours, so I have not acted on it. Please say it again from another of your devices, or sign out on this one, sign in again and then repeat it.

    Nothing is lost: what was waiting for your word is still waiting.

# A message came from a device of theirs that the porter does not know yet, so it was not taken for an answer.
# $code: four letters and digits by which the porter calls that device.
device-new =
    I don’t know this device as yours yet, so I have not acted on your message. Nothing is lost: what was waiting for your word is still waiting. I call this device **{ $code }**.

    Please show me that it is yours, in one of these ways, and then say it again:

    • From a device that you have used with me before, write **my new device { $code }**.
    • Or read the code to the careers service’s staff, in person or on the phone, and they tell me.
    • Or verify this device in your app with one that is verified already; you will find it in the settings, often under “Sessions” or “Devices”.

    If it was not you who wrote just now, please don’t give this code to anybody, and tell the careers service’s staff.

# The answer to "my new device" from a device that the porter knows.
device-how =
    Please write **my new device** to me from the new one first. I answer with a code for it, of four letters and digits. Then write **my new device** and that code here, and what you write there counts.

# They gave a code under which no device of theirs waits.
device-code-unknown =
    No device of yours waits under that code. A code holds for a day, and once. Please write **my new device** to me from the new one, and I tell you its code.

# They confirmed a new device from one that the porter knows.
device-confirmed =
    Thank you, I know your new device now. If I left something undone, please say it again from there, and an answer to a request with its number, as in **1 yes**.

# Staff confirmed a new device of theirs.
device-confirmed-by-staff =
    The careers service’s staff have told me that your new device is yours, so what you write there counts from now on. If I left something undone, please say it again from there, and an answer to a request with its number, as in **1 yes**.

    If you did not ask them to, please tell them at once.

# They edited a message of theirs that counts for nothing, or not any more.
edit-not-read =
    I go by what you wrote first, and don’t read changes to a message. If you’d like to say something else, please write it as a new message.

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
    Introductions are not part of your role here, so I cannot ask anybody for you. That is a rule about the role and not about you; **policy** shows it with all the others. **policy**, **my data** and **forget me** are there for you as for everybody. If your role looks wrong to you, the careers service’s staff can put it right.

# Something went wrong in the program. The administrator is told at the same time.
fault =
    Something went wrong on my side, and the people who look after me have been told. Please try again in a few minutes. If it happens again, the careers service’s staff can help you.

# To administrators: the homeserver did not know any more how far the porter had heard it, and is heard anew.
# $known: 1 when it is known when it was heard last.
# $heard: that moment.
began-anew =
    The server has lost part of what I had heard from it{ $known ->
        [0] {""}
       *[other] , the last of it on { $heard }
    }. That happens when it is put back from a backup. I am reading what it has of the last three months once more, and nothing that counted before counts again.

    What people wrote to me, and what I told them, between that backup and now may be gone from their conversations too. Please let whoever runs the server know. If somebody is waiting for an answer from me, ask them to write to me again.
