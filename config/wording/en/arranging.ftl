### When two people meet who were introduced: they tell the porter, and it reminds both.

## Told, moved, called off.

# To the one who told it.
# $who: the other person, by the Matrix id or the name that the reader knows, or as in meeting-with-asker.
# $at: the day and the time.
# $reminders: the reminders that follow (see reminded-twice and those below it).
# $call: the message "meeting-call" below, or nothing.
meeting-noted =
    Noted: you and { $who } meet on { $at }. The file below puts it in your calendar. { $reminders }

    { $call }

    If that’s not right, write **arranged** and the right time, or **not arranged**.

# To the other, who has not asked for it.
# $who: the one who told it, by the name or the Matrix id that the reader knows, or as in meeting-with-asker.
# $at: the day and the time.
# $reminders: the reminders that follow (see reminded-twice and those below it).
# $call: the message "meeting-call" below, or nothing.
meeting-told =
    I hear from { $who } that the two of you meet on { $at }. The file below puts it in your calendar. { $reminders }

    { $call }

    If that’s not right, write **arranged** and the right time, or **not arranged**.

# The place of their call, where the service has one for that. The link was made for this meeting.
# $link: the link.
meeting-call = You can call each other at { $link }, at that time. The link is for the two of you, so please keep it to yourselves.

# The reminders that follow: both, one of them, or none, because the time is soon or early in the day.
reminded-twice = I’ll remind you both the day before and an hour before.
reminded-day-before = I’ll remind you both the day before.
reminded-hour-before = I’ll remind you both an hour before.
reminded-not = There’s no time left for me to remind you, so please keep an eye on the clock.

# To somebody who tells the time that was noted before.
# $who: the other person.
# $at: the day and the time.
# $call: the message "meeting-call", or nothing.
meeting-noted-before =
    Yes, I have that: you and { $who } meet on { $at }.

    { $call }

# To somebody who tells another time after very many.
# $who: the other person.
# $noted: 1 when a time is noted, 0 when none is.
# $at: that time; empty when there is none.
meeting-enough =
    You and { $who } have changed your time so often that I’d rather not ring at each of you again. { $noted ->
        [0] I’ve no time noted any more, so please keep it yourselves.
       *[other] I still have { $at }, and **not arranged** crosses it out. Please keep any other time yourselves.
    }

# To the one who called it off.
# $who: the other person.
# $at: the day and the time at which they would have met.
meeting-dropped =
    I’ve crossed it out: you and { $who } don’t meet on { $at }, and I won’t remind you. The file below takes it out of your calendar. When could you meet instead? Write it here, such as “Tue or Thu after 4”, and I’ll ask them. Or settle it in your room, and tell me, as in **arranged Thursday 17:00**.

# To the other.
# $who: the one who called it off.
# $at: the day and the time at which they would have met.
meeting-dropped-by-other =
    I hear from { $who } that the two of you don’t meet on { $at } after all, so I won’t remind you. The file below takes it out of your calendar. For another time, write **times** and when you’re free, or **arranged** and the time.

# To one who has ended the introduction, blocks the other or asked to be forgotten, and to whoever was told that it is over.
# $who: the other person.
# $at: the day and the time at which they would have met.
meeting-ended =
    Your meeting on { $at } with { $who } is off now, and I won’t remind you of it. The file below takes it out of your calendar.

# The name of their meeting in the reader's calendar, and below it a note that stands there too. It is not said; a file holds it.
# $who: the other person.
meeting-calendar =
    Meeting with { $who }

    Another time, or none? Write to the porter: **arranged** and the new time, or **not arranged**.

# The same, once it is off for good. It takes the meeting out of the calendar.
# $who: the other person.
meeting-calendar-ended =
    Meeting with { $who }

    This meeting is off.

# To somebody to whom the file for their calendar could not be sent.
meeting-no-calendar =
    I couldn’t send you the file for your calendar, so please see to your calendar yourself this time. All that I wrote about your meeting still holds.

# To both, the day before and an hour before.
# $who: the other person.
# $at: the day and the time.
# $call: the message "meeting-call", or nothing.
# $prepare: the message "meeting-prepare" below, or nothing.
meeting-reminder =
    A reminder: you and { $who } meet on { $at }. If that has changed, write **arranged** and the new time, or **not arranged**.

    { $call }

    { $prepare }

# To the one who asked for an information interview, the day before.
# $count: how many questions they sent with the request.
# $questions: those, one on each line (see plan-question).
meeting-prepare =
    { $count ->
        [0] Two or three questions are plenty to take along: **questions** has some, and **guide** shows how it’s done.
       *[other] These are the questions you sent; **guide** shows how it’s done.
    }

    { $questions }

# The other person, to somebody who was asked and may be shown no name any more.
# $at: the day on which the request came.
meeting-with-asker = the person whose request came on { $at }

## It is not clear who is meant, or nothing is.

# They were introduced to nobody whom they have met in a room of two.
meeting-with-nobody =
    I can note a time once you’re both in the room for the two of you. There’s no one for you to meet there yet.

# They call a meeting off, and none is noted.
meeting-not-noted = I have no meeting noted for you, so there’s nothing to cross out.

# They told a time, and there are several people whom it could be with.
# $people: those, one on each line (see meeting-line).
# $when: their words for the time.
meeting-with-whom =
    Who is that with?

    { $people }

    Please put the number first, as in **arranged 1 { $when }**.

# They call a meeting off, and there are several.
# $people: those that they would meet, one on each line (see meeting-line).
meeting-drop-which =
    Which one?

    { $people }

    Please say it with the number, as in **not arranged 1**.

# $number: the number by which the person is meant.
# $who: the person.
meeting-line = • { $number }: { $who }

## The words are not one time, or no free times. Each answer asks for the part that is missing.

# There is no time in them.
# $free: 1 when they were to be free times, 0 when they were to be one time; so it is in all of these.
meeting-when =
    { $free ->
        [0] Please tell me the day and the time, as in **arranged Thursday 17:00**.
       *[other] Please tell me when you could, such as “Tue or Thu after 4”.
    }

# A part was not understood.
# $part: that part, as they typed it.
# $free: as in meeting-when.
meeting-words-unclear =
    I didn’t understand “{ $part }”. { $free ->
        [0] Please write just the day and the time, as in **arranged Thursday 17:00**.
       *[other] Please write just the days and the times, such as “Tue or Thu after 4”.
    }

# A part has two readings.
# $part: that part, as they typed it.
# $first: one reading (see meeting-either-day, meeting-either-clock).
# $second: the other.
# $free: as in meeting-when.
meeting-either =
    Does “{ $part }” mean { $first } or { $second }? { $free ->
        [0] Please write **arranged** again with the day and the time, and the one you mean just as I wrote it.
       *[other] Please write your times again, with the one you mean just as I wrote it.
    }

# A day, as one of two readings.
# $day: the day.
meeting-either-day = { $day }

# A time of the day, as one of two readings.
# $clock: the time, as on a clock of 24 hours.
meeting-either-clock = { $clock }

# No day is named.
# $part: the time that is.
# $free: as in meeting-when.
meeting-which-day =
    On which day is “{ $part }”? { $free ->
        [0] Please write **arranged** again with both, as in **arranged Thursday 17:00**.
       *[other] Please write both, such as “Thursday after 4”.
    }

# A day or a part of one is named, and no hour at which they begin.
# $part: their words.
# $free: as in meeting-when.
meeting-which-hour =
    At what time do you begin on “{ $part }”? { $free ->
        [0] Please write **arranged** again with the day and that time, as in **arranged Thursday 17:00**.
       *[other] Please write both, such as “Thursday after 4”.
    }

# A part could mean several time zones.
# $part: that part, as they typed it.
# $free: as in meeting-when.
meeting-which-zone =
    I’m not sure which time zone “{ $part }” is. { $free ->
        [0] Please write **arranged** again with the time on the careers service’s clock.
       *[other] Please write your times again, on the careers service’s clock.
    }

# The time has passed.
# $part: their words.
# $free: as in meeting-when.
meeting-past =
    “{ $part }” has passed already. { $free ->
        [0] Please write **arranged** again with a time that’s still to come.
       *[other] Please write times that are still to come.
    }

# The time is too far ahead.
# $part: their words.
# $free: as in meeting-when.
meeting-far =
    “{ $part }” is more than sixty days away, and I can’t remember a time for that long. { $free ->
        [0] Please tell me nearer the day.
       *[other] Please write nearer times, or tell me nearer the day.
    }

# A part says no time, such as "after exams".
# $part: that part.
# $free: as in meeting-when.
meeting-vague =
    I can’t tell the day or the time from “{ $part }”. { $free ->
        [0] Please write both, as in **arranged Thursday 17:00**.
       *[other] Please write both, such as “Tue or Thu after 4”.
    }

# The time is at night.
# $part: that part.
# $free: as in meeting-when.
meeting-night =
    “{ $part }” is at night. { $free ->
        [0] Please write **arranged** again with a time between 8:00 and 21:00.
       *[other] Please write times between 8:00 and 21:00.
    }

# They name several times.
# $part: their words.
# $free: as in meeting-when.
meeting-several =
    “{ $part }” is more than one time, and I can note only one. { $free ->
        [0] Please write **arranged** again with that one.
       *[other] Please write that one.
    }

# They only say when they do not meet.
# $free: as in meeting-when.
meeting-only-not =
    { $free ->
        [0] That tells me only when you don’t meet. Please write when you do, as in **arranged Thursday 17:00**.
       *[other] That tells me only when you can’t. Please write when you could, such as “Tue or Thu after 4”.
    }

# What they take away leaves nothing of the time.
# $free: as in meeting-when.
meeting-nothing-left =
    The exception leaves nothing of that time. { $free ->
        [0] Please write just the day and the time, as in **arranged Thursday 17:00**.
       *[other] Please write when you could, such as “Tue or Thu after 4”.
    }

# There are more words than are read for this.
# $free: as in meeting-when.
meeting-too-long =
    That’s more than I can read here. { $free ->
        [0] Please write just the day and the time, as in **arranged Thursday 17:00**.
       *[other] Please write just the days and the times, such as “Tue or Thu after 4”.
    }
