# What the confidential service says to counsellors. How these files work stands at the head of client.ftl.
#
# A case is spoken of by a word that means nothing, such as "tobek", and never by whose it is. The first paragraph of each
# message can show on a locked screen, so it never says what this is about.

# The first words to somebody whom the service has named.
# $name: their name.
counsellor-welcome =
    Hello { $name }. I bring you here whatever there is for you.

    Whoever would like to talk with a counsellor writes to me and agrees to the terms. Then I ask you, with a word for the case and without a name. If you **claim** it, I open a room for the two of you and leave.

    With **hours**, **capacity** and **away** you tell me when to ask you, and **help** shows everything you can write.

# The answer to "help".
counsellor-help =
    You can write these to me at any time. Where several cases could be meant, put the case word after it, as in **close tobek**.

    • **claim**: you take a case that I’ve asked you about. **pass**: you leave it to others.
    • **cases**: yours, and those you’re asked about.
    • **time** and a day and a time, such as **time Tuesday 14:00**: I suggest it. **yes** or **no** answers one that was suggested to you, **cancel time** cancels it.
    • **hand over**, or **hand over to** and a name: I ask the other person if someone else may go on.
    • **close**: it is over. **left**: you’ve left the room.
    • **hours mon-fri 9-17**: when I ask you; **hours always**: at any time. **capacity 5**: how many you hold at once.
    • **away** and a few words: I ask you nothing until you write **back**, and people can read your words. **settings** shows all this.
    • **policy**: an answer to whoever asks you elsewhere for a connection, an introduction or a reference. **policy tone** and your words changes how it begins.

    Please invite no one into a room of two without asking first: you’re able to, and the terms say so.

# Somebody would like to talk. It goes to each counsellor alone, and says nothing of whose case it is.
# $word: the case word.
# $told: 1 when there is a line about it that they may read.
# $about: that line.
# $only: 1 when nobody else is asked.
# $until: until when it can be taken.
counsellor-offer =
    Something new for you: { $word }, until { $until }.

    { $only ->
        [0] Someone would like to talk with a counsellor. The first who claims it has it.
       *[other] Someone would like to talk with you. No one else is asked.
    }{ $told ->
        [0] {""}
       *[other] {" "}They say what it’s about: “{ $about }”
    }

    Write **claim { $word }** to take it. **pass** leaves it, and no one is told.

# It is theirs. The invitation to the room follows.
# $word: the case word.
# $told: 1 when the client said what it is about.
# $about: what they said.
# $within: how long both have to come in.
counsellor-claimed =
    { $word } is yours, thank you. I’ll invite the other person first, and you when they’re in. Please come in within { $within } of now.

    { $told ->
        [0] They haven’t said what it’s about.
       *[other] What it’s about: “{ $about }”
    }

# There is nothing to take, for whatever reason: somebody else has it, it was taken back, or its time is over. Please let
# the words fit all of these.
# $word: the case word.
counsellor-taken =
    { $word } is no longer open, so there is nothing for you to do about it.

# They leave it to others.
# $word: the case word.
counsellor-passed =
    All right, I leave { $word } to others. No one is told, and while it is open you can still **claim** it.

# They hold as many as they set.
# $count: how many that is.
counsellor-full =
    { $count ->
        [0] You have set **capacity 0**, so I haven’t given you another.
        [one] You hold one already, which is as many as you set, so I haven’t given you another.
       *[other] You hold { $count } already, which is as many as you set, so I haven’t given you another.
    } **capacity** and a larger number changes that.

# No case that could be meant.
counsellor-no-such-case =
    I see none of yours that this could be about, so I’ve done nothing. **cases** shows which there are.

# Several could be meant.
# $words: their words, in one line (see counsellor-word).
counsellor-which-case =
    Which one do you mean? Please say it again with one of these words after it: { $words }.

# A case word, in such a line.
# $word: the word.
counsellor-word = { $word }

# The answer to "cases".
# $count: how many there are.
# $cases: those, one on each line (see counsellor-case).
counsellor-cases =
    { $count ->
        [0] You have nothing open, and nothing waits for you.
       *[other] This is what you have:
    }

    { $cases }

# One line in that list.
# $word: the case word.
# $standing: 0 when they are asked about it, 1 when the room is on its way, 2 when it is open, 3 when it is being closed.
# $arranged: 1 when a time is agreed on.
# $at: which.
counsellor-case =
    • { $word }: { $standing ->
        [0] you can **claim** it
        [1] the room is on its way
        [2] open
       *[other] being closed
    }{ $arranged ->
        [0] {""}
       *[other] , { $at }
    }

# The room was closed because not both came in, or one of them ended it before. The other reads not-met.
# $word: the case word.
counsellor-not-met =
    I’ve closed the room for { $word } again, because you weren’t both in it. There’s nothing for you to do.

# The room could not be opened.
# $word: the case word.
counsellor-not-opened =
    I couldn’t open a room for { $word }, so it ends here. The other person knows, and can ask again. If your app turns my invitations away, please allow them.

# It is being closed.
# $word: the case word.
# $own: 1 when they closed it themselves.
# $until: until when the room is waited for.
counsellor-closing =
    { $own ->
        [0] { $word } is being closed.
       *[other] I’m closing { $word }, as you asked.
    } Please leave its room in your app, and then write **left { $word }** here. I wait for that until { $until }.

# They say that they have left the room.
# $word: the case word.
counsellor-left =
    Thank you, I’ve noted that you left the room of { $word }. There’s nothing more for you to do.

# It is over, and everything that was kept of it is destroyed.
# $word: the case word.
counsellor-over =
    { $word } is over, and I keep nothing of it. If you’re in its room, please leave it now.

# They have left, and the other has not said so.
# $word: the case word.
counsellor-still-there =
    You’ve left the room of { $word }, and I haven’t heard that the other person has. Until they do, it stays on the chat system, until whoever runs it deletes the room. Your part is done.

# What is kept of it is erased soon.
# $word: the case word.
# $at: when.
counsellor-erasure-soon =
    On { $at } I’ll erase what I keep of { $word }. Nothing is asked of you; please look whether there is anything of it that you keep elsewhere and should not.

# The other suggests a time.
# $word: the case word.
# $at: which.
counsellor-time-suggested =
    How about { $at }, for { $word }? Please write **yes { $word }** or **no { $word }**. **time { $word }** and another day and time suggests that one instead.

# Their suggestion has been passed on.
# $word: the case word.
# $at: which time.
counsellor-time-passed-on =
    I’ve passed on { $at } for { $word }, and I’ll tell you the answer as soon as there is one.

# Those words are no time that I could pass on or hold.
counsellor-time-how =
    I need a day and a time that are still to come, such as **time Tuesday 14:00**, or **time tobek Tuesday 14:00** if you have several.

# Both agreed on a time.
# $word: the case word.
# $at: which.
counsellor-time-agreed =
    It’s settled for { $word }: { $at }. If there’s time, I’ll remind you before. **cancel time { $word }** cancels it.

# One of the two said no to a time. Both read this.
# $word: the case word.
# $at: which.
counsellor-time-declined =
    It won’t be { $at } for { $word }. To suggest another, write **time { $word }** with a day and a time.

# One of the two has cancelled a time. Both read this.
# $word: the case word.
# $at: which.
counsellor-time-cancelled =
    { $at } is cancelled for { $word }. To suggest another time, write **time { $word }** with a day and a time.

# A time that both agreed on is soon.
# $word: the case word.
# $at: which.
counsellor-reminder =
    A reminder: { $at }, { $word }. If that doesn’t suit you any more, write **cancel time { $word }**.

# The other is asked if somebody else may go on.
# $word: the case word.
counsellor-handover-asked =
    I’ve asked, about { $word }, if someone else may go on, and ask no one else before there is a yes. Until then it stays as it is. If it’s a yes, I’ll write to you to leave the room.

# It stays as it is.
# $word: the case word.
counsellor-handover-declined =
    { $word } stays with you: there has been no yes to going on with someone else.

# There is nobody of that name to hand over to.
# $count: how many others there are.
# $names: their names, in one line (see counsellor-name).
counsellor-no-such-counsellor =
    { $count ->
        [0] There’s no one else at the moment who could go on with it, so I’ve asked nothing.
       *[other] I know no one here by that name, so I’ve asked nothing. These are here:
    }

    { $names }

# A name, in such a line.
# $name: the name.
counsellor-name = { $name }

# How they work, as it is set.
# $timed: 1 when they have set hours.
# $hours: those, as they typed them.
# $capacity: how many they hold at once.
# $away: 0 when they are not away, 1 when they are, 2 when they are and left words about it.
# $words: those words.
counsellor-settings =
    This is how it is set now:

    • { $timed ->
        [0] I ask you at any hour. **hours mon-fri 9-17**, or other days and times, changes that.
       *[other] I ask you in these hours: { $hours }. **hours always** takes that back.
    }
    • { $capacity ->
        [0] You hold none at present.
        [one] You hold one at once at most.
       *[other] You hold { $capacity } at once at most.
    } **capacity** and a number changes that.
    • { $away ->
        [0] You are here. **away** and a few words changes that.
        [1] You’re away, and I ask you only where someone wants no one else. **back** ends it.
       *[other] You’re away, and I ask you only where someone wants no one else. People can read your words, “{ $words }”, and **back** ends it.
    }

# Those words are no hours.
# $found: what they wrote.
counsellor-hours-how =
    I couldn’t read “{ $found }” as days and hours, so nothing has changed. Please write it like **hours mon-fri 9-17** or **hours tue thu 10:30-15**.

# That is no number of conversations.
counsellor-capacity-how =
    How many would you like to hold at once? Please write a number from 0 to 100, as in **capacity 5**.

# An answer to whoever asks them elsewhere for a connection, an introduction or a reference. It can be passed on as it is,
# and is the same whoever asks. Please keep out of it anything by which somebody could tell how the two know each other.
# $toned: 1 when they have words of their own for how it begins.
# $tone: those.
# $policy: the policy, as the service puts it.
# $account: the account of this service.
counsellor-policy =
    This can be sent as it is to whoever asks you for a connection, an introduction or a reference:

    { $toned ->
        [0] > Thank you for thinking of me.
       *[other] > { $tone }
    }
    > { $policy }
    > For a talk in confidence, anyone can write to { $account }.

    It’s the same answer for everyone, so it tells no one anything. **policy tone** and your own words changes how it begins, **policy tone default** takes that back.

# The words were not understood.
counsellor-not-understood =
    I’m not sure what you mean, so I’ve done nothing. What is for the other person belongs in your room with them. **help** shows what you can write to me.

# The homeserver did not know any more how far it had been heard, as when it was put back from a backup, and is heard anew.
counsellor-began-anew =
    The server has lost part of what was written on it, which happens when it is put back from a backup. I’m reading what it has of the last three months once more, and nothing that counted before counts again.

    What people wrote to me, and what you wrote in your rooms, between that backup and now may be gone, for you and for them. If you agreed on something in the last days, please ask them again.
