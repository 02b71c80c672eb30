# Cards, the mentors' list, and what the service offers.
#
# In these sentences nobody may learn what anybody answered, or whether they are away or have had enough: the mentors'
# list never depends on it.

# The answer to "profile": their own card.
# $filled: how many details stand in it.
# $card: those, one on each line, with who sees each (see profile-line).
# $unfilled: how many more there could be.
# $empty: which those are, in one line.
# $listing: how things stand with the mentors' list (see the listing- messages).
profile =
    { $filled ->
        [0] Your card is empty so far, and no one sees it but you. That’s fine: you need none of it to meet someone.
       *[other] This is your card, and who sees what of it:
    }

    { $card }

    { $listing }

    { $unfilled ->
        [0] To change a line, write it like **profile headline: Museum curator**.
       *[other] To add or change a line, write it like **profile headline: Museum curator**. You could still add: { $empty }.
    }

    { $filled ->
        [0] {""}
       *[other] **profile clear headline** empties a line, and **profile show headline to nobody** (or **people I meet**, or **members**) says who sees it.
    }

# One line of a card.
# $line: the detail (see fields.ftl).
# $who: who sees it (see the sees- messages).
profile-line = • { $line } ({ $who })

# Who sees a detail.
sees-nobody = no one sees this
sees-meeting = people you agree to meet, if you include it
sees-directory = in the mentors’ list
sees-members = for every member, and with each request you send

# How things stand with the mentors' list: it is not for them, so nothing is said about it.
listing-not-for-them = No one can look you up here.

# They could be in the list.
listing-could = You aren’t in the mentors’ list. If you’d like students to find you, write **list me**, and I’ll show you first how it would look.

# They have agreed, and the list has not changed since.
# $from: when it does.
listing-from = You’ll be in the mentors’ list from { $from }. **unlist me** takes you out at any time.

# They are in the list.
listing-is = You’re in the mentors’ list. **unlist me** takes you out at any time.

# They wrote a line of their card.
# $line: the detail (see fields.ftl).
# $who: who sees it.
# $listed: 1 when the mentors' list will show it.
# $from: from when.
profile-written =
    Noted:

    { $line }

    { $listed ->
        [0] Who sees it: { $who }.
       *[other] The mentors’ list shows it from { $from }.
    }

# They emptied a line of their card.
# $field: which.
# $listed: 1 when the mentors' list showed it.
profile-emptied =
    Your { $field } is empty now. { $listed ->
        [0] {""}
       *[other] The mentors’ list has stopped showing it already.
    }

# They said who sees a line of their card.
# $field: which.
# $who: who sees it (see the sees- messages).
# $invites: 1 when that is the mentors' list, and they are not in it.
# $later: 1 when the mentors' list shows it only from some moment on.
# $from: that moment.
profile-shown-to =
    Your { $field } from now on: { $who }. { $later ->
        [0] {""}
       *[other] The list shows it from { $from }.
    } { $invites ->
        [0] {""}
       *[other] You aren’t in the list yet; **list me** shows you how that would look.
    }

# There is no such line on their card.
# $found: what they wrote.
# $fields: the lines there are.
profile-no-such-field =
    I don’t know what to do with “{ $found }”, so I’ve changed nothing. Your card can have: { $fields }. Please write it like **profile headline: Museum curator**, or **profile show headline to people I meet**.

# The service alone says what stands there.
# $field: which line.
profile-kept-by-service =
    The careers service keeps your { $field }, because people rely on it, so I’ve changed nothing. Its staff can put it right if it’s wrong.

# What they wrote is too long.
# $field: which line.
# $limit: how many characters it can have.
# $found: how many there were.
profile-too-long =
    Your { $field } can have { $limit } characters, and that has { $found }, so I’ve changed nothing. Please say it a little more briefly.

# What they wrote is no email address, or no telephone number.
# $field: which of the two.
profile-not-one =
    That doesn’t look like a complete { $field }, so I’ve changed nothing. Please write it in full, such as **profile email: sam@example.org** or **profile phone: +44 1865 270000**.

# There is nothing in that line.
# $field: which.
profile-empty =
    You have nothing under { $field } yet, so there was nothing to change. You can add it with **profile { $field }:** and your words.

# Who should see it was not understood.
# $field: which line.
# $listable: 1 when they could choose the mentors' list.
profile-who-sees =
    Who should see your { $field }? I’ve changed nothing yet. Please write one of these:

    • **profile show { $field } to nobody**
    • **profile show { $field } to people I meet**: only when you add it to a request or a yes
    { $listable ->
        [0] {""}
       *[other] • **profile show { $field } to mentors list**: while you’re in it
    }
    • **profile show { $field } to members**: it also goes with each request you send

# They wanted to show a way to reach them to more people than those they agree to meet.
# $field: which.
profile-reaches-only =
    Your { $field } goes only to people you agree to meet, and only when you add it yourself. I’ve changed nothing.

# They wanted to add a line that they had said nobody is to see.
# $field: which.
profile-for-nobody =
    You told me that no one is to see your { $field }, so I haven’t added it. If you’ve changed your mind, write **profile show { $field } to people I meet** first.

# They asked to be in the mentors' list, and see what it would show. "list me now" is their consent to exactly that.
# $shows: their details that it would show, one on each line.
# $fields: how many they are.
# $from: from when.
list-offer =
    Thank you for thinking of it. This is what every member could read about you in the mentors’ list, and nothing else:

    { $shows }

    { $fields ->
        [one] So far that is only your name. A line such as **profile headline: Museum curator** or **profile gladly: changing careers** helps people to choose well.
       *[other] To change a line, write it like **profile gladly: changing careers**.
    }

    Your address isn’t in it. Anyone who chooses you asks through me, and you answer as always: a yes, a no, or nothing at all.

    Write **list me now** if that’s all right with you. You’ll be in the list from { $from }, and **unlist me** takes you out at any time.

# They agreed to be in the list.
# $from: from when they are.
list-agreed =
    Thank you. You’ll be in the mentors’ list from { $from }. **unlist me** takes you out at once, whenever you like; **profile** shows what it says of you. **pause until** and a day, or **limit 1 a month**, keeps requests away without anyone noticing.

# They left the list.
list-left =
    You’re out of the mentors’ list from this moment. Anyone who has already read it may remember it. Requests that were sent to you already are still yours to answer. **list me** brings you back.

# The mentors' list is not for their role.
list-not-for-them =
    The mentors’ list is for alumni and for employers’ people, so I’ve changed nothing. No one else can be found there, and no one can look you up here.

# They are in it already, or going to be.
list-already-in = You’re in the mentors’ list already. **profile** shows what it says of you, and **unlist me** takes you out.

# They are not in it.
list-not-in = You aren’t in the mentors’ list, so there was nothing to change. **profile** shows your card.

# They have said nothing for long, though a request was brought to them as a mentor. Nobody else hears of this.
# $by: when they leave the list, if they say nothing.
list-still-willing =
    You’ve been quiet for a while, which is quite all right. Would you still like to be in the mentors’ list?

    • **stay**: everything stays as it is.
    • **pause until** and a day: you stay in it, and I won’t bring you anything before then.
    • **unlist me**: you’re out of it at once.

    If I hear nothing, you’ll leave the list quietly on { $by }. No one else is told.

# They would like to stay in the list.
list-still-in = Thank you, you stay in the mentors’ list.

# They have left the list, having said nothing.
list-left-silent =
    As I hadn’t heard from you, you’re no longer in the mentors’ list. No one was told. **list me** brings you back whenever you like, and thank you for having been there.

# A part of the mentors' list.
# $searched: 1 when they looked for something.
# $topic: what they looked for.
# $entries: the entries, one on each line (see mentors-line).
# $example: the number of the first of them.
# $more: 1 when there are more.
mentors =
    { $searched ->
        [0] These mentors are glad to be asked. They stand in no particular order:
       *[other] These mentors have something to do with “{ $topic }”. They stand in no particular order:
    }

    { $entries }

    Write **introduce { $example }** to read more about that person and to ask them. No one hears of it before you say **send**, and no one learns that you looked. { $more ->
        [0] {""}
       *[other] **more** shows the next ones.
    }

# One entry in that list.
# $number: its number.
# $name: the mentor's name.
# $described: 1 when their entry says what they do.
# $about: what they do, in a line.
# $talks: 1 when their entry says what they gladly talk about.
# $gladly: what that is.
mentors-line =
    { $number }. { $name }{ $described ->
        [0] {""}
       *[other] {": "}{ $about }
    }{ $talks ->
        [0] {""}
       *[other] {". "}Happy to talk about: { $gladly }
    }

# Nobody is in the list, or nobody whose entry has these words in it.
# $searched: 1 when they looked for something, and there is somebody in the list.
# $topic: what they looked for.
mentors-none =
    { $searched ->
        [0] No one is in the mentors’ list at the moment. The careers service may know someone: **ask staff** and what you’re looking for. If you have someone’s address, **introduce** and the address asks them.
       *[other] I found no mentor for “{ $topic }”. Try a broader word, or **ask staff** who might know someone. **mentors** shows you everyone in the list.
    }

# They have seen all there is.
mentors-no-more = That was the whole list. **mentors** begins again, and the numbers you’ve seen still hold until then. If no one fits, **ask staff** and whom you’re looking for: they may know someone.

# They picked from the list, and it is open whom, or whom first.
mentors-which = I can ask one person at a time, and the choice is yours. Write **introduce** and the number or the name of whoever you’d like to meet first; nothing goes out before you’ve seen it.

# They chose by a number, and no list is open to them.
mentors-not-shown = I have no list open with you, so I couldn’t tell who that is. Write **mentors** to see the mentors’ list, or **mentors in** and a topic.

# They chose by a number that no entry has.
# $number: the number they gave.
mentors-no-such-number = Number { $number } isn’t among those I’ve shown you. **more** shows the next ones, and **mentors** begins again.

# The entry that they chose has left the list.
# $number: its number.
mentors-gone = Number { $number } is no longer in the list. **mentors** shows it as it is now.

# The contact card of the mentor they chose. Shown before they write anything.
# $name: the mentor's name.
# $card: their entry, one detail on each line (see fields.ftl).
contact-card =
    Before you write to { $name }, this is what they say about themselves:

    { $card }

    People answer when they can, and not everyone can say yes. If it can’t wait, or someone else may know as well, the careers service’s staff are glad to help.

# The service does not offer what they asked for.
# $introductions: 1 when it offers introductions.
# $rooms: 1 when it offers rooms for many.
# $mentors: 1 when it offers the mentors' list.
# $events: 1 when it offers events.
not-offered =
    The careers service doesn’t offer that yet, so I’ve done nothing. This is what it offers so far:

    { $introductions ->
        [0] {""}
       *[other] • introductions: **introduce** and someone’s address
    }
    { $mentors ->
        [0] {""}
       *[other] • the mentors’ list: **mentors**
    }
    { $rooms ->
        [0] {""}
       *[other] • rooms: **rooms**
    }
    { $events ->
        [0] {""}
       *[other] • events: **events**
    }
    • your own affairs: **profile**, **policy**, **my data**, **forget me**

# The lines of a card, as words that people type after **profile**. Please keep to words that the porter knows.
card-headline = headline
card-course = course
card-organisation = organisation
card-work = field of work
card-year = year
card-gladly = gladly
card-rather-not = rather not
card-languages = languages
card-answer-time = answer time
card-email = email
card-phone = phone
card-name = name
card-matrix-id = address
