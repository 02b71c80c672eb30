# Notes that a member keeps, and reflections: to their author. Nobody else reads these, the staff included.

## Notes

# Their words are kept.
# $number: the number of the note.
# $about: 1 when it is plain about whom it is, 0 when not.
# $who: that person, by the Matrix id or the name that the reader knows, or as in meeting-with-asker.
note-kept =
    Kept as note { $number }{ $about ->
        [0] {""}
       *[other] , about your introduction with { $who }
    }. I show it to no one but you. **notes** shows all of them, and **delete note { $number }** takes it away.

# They wrote "note" and nothing behind it.
note-nothing =
    What shall I keep? Write it behind the word, as in **note ask her about the archive**. I’ll show it to no one but you.

# There is no room for another note.
notes-full =
    Your notebook is full, so I haven’t kept this one; it still stands above. **notes export** sends you all of them as a file, and **delete note** with a number makes room.

# The words are too many for one note.
# $limit: how many characters one can have.
# $found: how many there were.
note-too-long =
    That has { $found } characters, and one note holds { $limit }, so I haven’t kept it yet; it still stands above. Send it in two parts, please, or a little shorter.

# The answer to "notes": the last ones, or those up to a number.
# $all: how many there are in all.
# $shown: how many are shown here.
# $lines: the notes, oldest first (see note-line).
# $earlier: the number of the last note before these; 0 when there is none.
notes =
    { $all ->
        [one] Your note, which I show to no one but you:
       *[other] { $shown ->
            [one] One of your { $all } notes, which I show to no one but you:
           *[other] Your notes, { $shown } of { $all }, which I show to no one but you:
        }
    }

    { $lines }

    { $earlier ->
        [0] {""}
       *[other] **notes { $earlier }** shows the ones before.
    } **delete note** with a number takes one away.

# One of them.
# $number: its number.
# $at: the day on which it was written.
# $about: 1 when it is plain about whom it is, 0 when not.
# $who: that person, as in note-kept.
# $asked: 1 when it answers a question of a reflection, 0 when not.
# $question: that question.
# $words: the author's words.
note-line = • Note { $number }, { $at }{ $about ->
        [0] {""}
       *[other] , about { $who }
    }: { $asked ->
        [0] {""}
       *[other] { $question } –{" "}
    }{ $words }

# They have none.
notes-none =
    You’ve no notes yet. **note** and your words keeps a line that I show to no one but you, and **reflect** asks you five short questions about a talk.

# A note is deleted.
# $number: its number.
note-deleted =
    Note { $number } is gone.

# There is no note with that number.
# $number: the number they gave.
note-not-there =
    You’ve no note { $number }, so I’ve changed nothing. **notes** shows them with their numbers.

# They would like to delete a note, or all of them, and gave no number.
note-delete-which =
    Which one? Write **delete note** and its number; **notes** shows them. **forget me** takes everything I keep about you, your notes included.

# The answer to "notes export". The file comes below it.
# $all: how many there are.
notes-follow =
    { $all ->
        [one] Your note is in the file below,
       *[other] Your { $all } notes are in the file below, day by day,
    } and I’ve sent it to no one but you. It’s a plain text, so any device opens it. I keep your notes here as well, and **delete note** with a number takes one away.

# The file of all their notes. It is not said; a file holds it.
# $at: the day on which they asked for it.
# $days: the notes of each day (see notes-file-day).
notes-file =
    My notes, as of { $at }

    { $days }

# The notes of one day in that file.
# $day: the day.
# $lines: the notes (see notes-file-note).
notes-file-day =
    { "" }

    { $day }
    { $lines }

# One of them in that file.
# $number: its number.
# $about: 1 when it is plain about whom it is, 0 when not.
# $who: that person, as in note-kept.
# $asked: 1 when it answers a question of a reflection, 0 when not.
# $question: that question.
# $words: the author's words.
notes-file-note =
    { "" }

    { $number }.{ $about ->
        [0] {""}
       *[other] {" "}About { $who }.
    }{ $asked ->
        [0] {""}
       *[other] {" "}{ $question }
    }
    > { $words }

# All of them as a text that they can copy, where the file could not be sent.
# $at: the day.
# $lines: the notes, oldest first (see note-exported).
notes-export =
    I couldn’t send you the file, so here are your notes to copy.

    My notes, { $at }

    { $lines }

# One of them in that text.
# $number: its number.
# $at: the day on which it was written.
# $about: 1 when it is plain about whom it is, 0 when not.
# $who: that person, as in note-kept.
# $asked: 1 when it answers a question of a reflection, 0 when not.
# $question: that question.
# $words: the author's words.
note-exported = { $number }. { $at }{ $about ->
        [0] {""}
       *[other] , about { $who }
    }: { $asked ->
        [0] {""}
       *[other] { $question } –{" "}
    }{ $words }

## Reflections: a few questions, one at a time.

# A question of a reflection.
# $begins: how the reflection begins, before its first question (see reflect-on-talk and reflect-on-no-talk); empty later.
# $place: which question this is.
# $of: how many there are.
# $question: the question, from the service's list.
# $has: 1 when they have answered it already, 0 when not.
# $had: that answer.
reflect =
    { $begins }

    { $place } of { $of }: { $question }

    { $has ->
        [0] {""}
       *[other] So far, and **skip** keeps it: { $had }
    }

    { $place ->
        [1] **skip** goes to the next, and **save** stops here; what you’ve written stays.
       *[other] **skip**, **back**, or **save** to stop here.
    }

# The beginning of a reflection on a talk.
# $of: how many questions there are.
# $about: 1 when it is about somebody's introduction, 0 when not.
# $who: that person, as in note-kept.
reflect-on-talk = { $about ->
        [0] { $of } short questions about a talk you’ve had. A few words are enough, and I’ll show them to no one but you.
       *[other] { $of } short questions about your talk with { $who }. A few words are enough, and I’ll show them to no one but you.
    }

# The beginning of a reflection on a request of which no talk came.
# $of: how many questions there are.
# $about: 1 when it is about somebody's introduction, 0 when not.
# $who: that person, as in note-kept.
reflect-on-no-talk = { $about ->
        [0] { $of } short questions about a request that didn’t come about. Asking was worth something; this is to keep it. I’ll show your answers to no one but you.
       *[other] { $of } short questions about asking { $who }. Asking was worth something, whatever came of it; this is to keep it. I’ll show your answers to no one but you.
    }

# They stop for now.
# $kept: how many answers are kept.
reflection-saved =
    { $kept ->
        [0] All right, we stop here.
        [one] All right, we stop here. Your answer is kept among your **notes**.
       *[other] All right, we stop here. Your { $kept } answers are kept among your **notes**.
    } **reflect** goes on from this question whenever you like.

# They want no more of it.
# $kept: how many answers are kept.
reflection-dropped =
    { $kept ->
        [0] All right, no more questions.
        [one] All right, no more questions. Your answer stays among your **notes**; **delete note** and its number takes it away.
       *[other] All right, no more questions. Your { $kept } answers stay among your **notes**; **delete note** and a number takes one away.
    }

# It is over.
# $kept: how many answers are kept.
# $mentors: 1 when there is a list of mentors, 0 when not.
reflected =
    { $kept ->
        [0] That was the last one, and you’ve kept nothing, which is fine. **note** and your words keeps a line at any time.
        [one] That was the last one. Your answer is among your **notes**, and I show it to no one but you.
       *[other] That was the last one. Your { $kept } answers are among your **notes**, and I show them to no one but you.
    } { $mentors ->
        [0] {""}
       *[other] If someone to ask next came to mind, **mentors** is where to look.
    }

## The network map: people they know, people they would like to know, and gaps. By description, without addresses.

# The answer to "network".
# $count: how many lines there are.
# $lists: the lists that have lines, each below its name (see network-know and those after it).
network =
    { $count ->
        [0] Your network map is empty, and I’ll show it to no one but you. Three kinds of people belong there, by description and without addresses:
       *[other] Your network, which I show to no one but you:
    }

    { $lists }

    { $count ->
        [0] • **network add know: an aunt in law**
       *[other] **network add** and **know**, **want** or **gap** adds a line, and **network remove** with its number takes one out.
    }
    { $count ->
        [0] • **network add want: somebody at a museum**
       *[other] {""}
    }
    { $count ->
        [0] • **network add gap: publishing**, for what no one you know does
       *[other] {""}
    }

# The map as a picture, one line for each: words for those who do not see it, which clients show below it as well; the middle of the
# map; the names of the lists; the word in an empty list; and a line about letters that cannot be drawn. The picture holds all but the first.
# $know: how many people they know.
# $want: how many they would like to know.
# $gap: how many gaps there are.
network-map =
    Your network as a picture, for no one but you: { $know } you know, { $want } you’d like to know, { $gap ->
        [one] 1 gap
       *[other] { $gap } gaps
    }. My message above has all of it in words.

    You

    I know

    I’d like to know

    Gaps

    Nothing here yet

    … stands for letters that I can’t draw. They’re in my message above.

# The names of the lists.
network-know = I know:
network-want = I’d like to know:
network-gap = Gaps:

# A line of a list.
# $number: its number.
# $words: the author's words.
network-line = • { $number }: { $words }

# A line of a list, with a way to somebody for it.
# $number: its number.
# $words: the author's words.
# $topic: the field in those words.
network-line-sought = • { $number }: { $words } (**mentors in { $topic }** looks for someone)

# A line is added.
# $line: the line (see network-line and network-line-sought).
network-added =
    It’s on your map, which I show to no one but you:

    { $line }

    The whole map is under **network**.

# A line is taken out.
# $words: what stood there.
network-removed =
    “{ $words }” is off your map.

# They named no line of the map.
network-remove-which =
    Which one? Write **network remove** and its number; **network** shows them.

# They gave no words for a line.
network-nothing =
    Who is it? A few words are enough, as in **network add want: somebody at a museum**.

# A list has as many lines as it can.
# $most: how many those are.
network-full =
    That list has { $most } lines, and more wouldn’t fit a phone, so I haven’t added this one. **network remove** with a number makes room.

# Their words have an address or a telephone number in them.
network-no-addresses =
    Your map needs no addresses or numbers, only a description, such as “my aunt, a solicitor”. So I’ve kept nothing of that; please write it again without.
