### When two people who were introduced look for a time that suits both, through the porter.

## Free times.

# To somebody who wants to look for a time, and has given none.
# $who: the other person, by the Matrix id or the name that the reader knows, or as in meeting-with-asker.
search-when =
    When could you meet { $who }? Write it as you would to a friend, such as “Tue or Thu after 4” or “any morning but Friday”. I’ll ask them which of it suits, and note the time for you both.

# To somebody who was asked, and said yes with times.
# $who: the one who asked, by the name that the reader knows, or as in meeting-with-asker.
# $times: the times as they were understood, one on each line (see search-time).
# $over: how many more there are.
search-yes-with-times =
    Thank you. I’m opening a private room for the two of you. Once you’re both in, I’ll offer { $who } these times of yours:

    { $times }

    { $over ->
        [0] {""}
       *[other] And { $over } more.
    }

    When they’ve picked one, I’ll note it and tell you. If the times aren’t right, write **times** and the right ones then.

    If the yes was a slip, write **undo**, and I’ll take it back. **withdraw** does that later on.

# To somebody who gave times with their yes, once both are in their room: all of those are over.
# $who: the one who asked, by the name that the reader knows, or as in meeting-with-asker.
search-passed =
    You’re both in your room now, and the times you gave me are over. When could you meet { $who } instead? Write it here, such as “Tue or Thu after 4”, and I’ll ask them.

# To somebody who gave times.
# $who: the other person.
# $times: the times as they were understood, one on each line (see search-time).
# $over: how many more there are.
# $waits: 1 when the other was asked about earlier ones and has not answered yet, 0 when not.
search-kept =
    I’ve got these times of yours for meeting { $who }:

    { $times }

    { $over ->
        [0] {""}
       *[other] And { $over } more.
    }

    { $waits ->
        [0] I’m asking which of them suits, and I’ll tell you when they’ve picked one. If something isn’t right, write **times** and the right ones.
       *[other] They haven’t answered yet, so I won’t ring at them again. When they do, these are the times that count. You could ask in your room meanwhile.
    }

# One of somebody's times.
# $at: the day, with one time or two.
search-time = • { $at }

# A time by two clocks.
# $here: the day and the time, or two times, by the clock of the service.
# $there: the same time of day by the other clock, such as "18:00 in Berlin".
search-in-two-zones = { $here } ({ $there })

# A moment to choose.
# $number: its number.
# $at: the day and the time.
search-slot = • **{ $number }**: { $at }

## The other's times.

# To the other person: which of these times?
# $who: the one who gave them.
# $times: the times, one on each line (see search-time).
# $over: how many more there are.
# $slots: moments among them, one on each line (see search-slot).
# $because: 0 when they are given, 1 when they do not meet the reader's own, 2 when the reader has not answered, 3 when the
# moment that the reader chose is not among them any more.
search-offered =
    { $because ->
        [0] { $who } could meet you at these times:
        [1] I’ve found no time yet that suits you both. { $who } could meet you at these times:
        [2] A reminder, and the only one: { $who } could meet you at these times, and would like to know.
       *[other] That one can’t be had any more. { $who } could meet you at these times:
    }

    { $times }

    { $over ->
        [0] {""}
       *[other] And { $over } more.
    }

    For example:

    { $slots }

    Which suits you? Write the number, or a time of your own, such as “Thursday at 5”. I’ll note it and tell you both.

# To the other person: one moment, which suits or not.
# $who: the one who gave it.
# $at: the day and the time.
# $because: as in search-offered.
search-suggested =
    { $because ->
        [0] { $who } could meet you on { $at }.
        [1] I’ve found no time yet that suits you both. { $who } could meet you on { $at }.
        [2] A reminder, and the only one: { $who } could meet you on { $at }, and would like to know.
       *[other] That one can’t be had any more. { $who } could meet you on { $at }.
    }

    Does that suit you? Write **yes**, or times of your own, such as “Tue or Thu after 4”. I’ll note it and tell you both.

# To the one who gave times last: these moments suit both.
# $who: the other person.
# $slots: the moments, one on each line (see search-slot).
search-common =
    These suit both you and { $who }:

    { $slots }

    Which would you like? Write the number. I’ll ask them to say yes to it, and then it’s settled.

# To the one who has chosen a moment.
# $who: the other person.
# $at: the day and the time.
search-chosen = I’m asking { $who } to say yes to { $at }. I’ll tell you as soon as they have.

# To the other: a moment that suits both by their own words.
# $who: the one who has chosen it.
# $at: the day and the time.
# $again: 1 when they hear it for the second time, 0 when not.
search-confirm =
    { $again ->
        [0] { $who } has picked { $at } from your times.
       *[other] A reminder, and the only one: { $who } has picked { $at } from your times.
    }

    Does it still suit you? Write **yes**, and I’ll note it for both of you. Or write other times, such as “Tue or Thu after 4”.

## It does not come together.

# To the one who gave times last: none of them is one of the other's.
# $who: the other person.
# $times: the times as they were understood, one on each line (see search-time).
# $over: how many more there are.
search-apart =
    I’ve found no time yet that suits both you and { $who }. You gave me these:

    { $times }

    { $over ->
        [0] {""}
       *[other] And { $over } more.
    }

    I’m asking them about yours. If you could do other times too, write them here. Or settle it in your room, and tell me, as in **arranged Thursday 17:00**.

# No moment suits the one who was to choose.
# $who: the other person.
search-none-suits =
    That’s fine. When could you meet { $who } instead? Write it here, such as “Tue or Thu after 4”, and I’ll ask them. Or settle it in your room, and tell me, as in **arranged Thursday 17:00**.

# They were shown several moments, and it is not clear which one they mean.
# $count: how many there were.
search-which-moment = Which one? Please write its number, from 1 to { $count }, or a time of your own.

# The moment that they mean cannot be chosen any more.
search-gone =
    That time can’t be had any more. Please write when you could, such as “Tue or Thu after 4”, and I’ll ask the other person.

# None of their times is long enough for the meeting.
# $length: how long it takes, such as "30 minutes".
search-too-short = You’d need { $length } for it, and those times are shorter. Please write a longer one, such as “Thursday 4 to 6”.

# They have given times so often that no more are taken.
# $who: the other person.
search-enough =
    You and { $who } have sent each other so many times that I’d rather not ring at either of you again. Please settle it in your room, and tell me, as in **arranged Thursday 17:00**.

# The times could be for several people.
# $people: those, one on each line (see meeting-line).
# $times: their words for the times.
search-with-whom =
    Who is that with?

    { $people }

    Please put the number first, as in **times 1 { $times }**.
