### Events at which employers and members meet.

## To members.

# The answer to "events".
# $count: how many it shows.
# $lines: those, by time, one on each line (see event-line).
# $more: how many further ones there are.
# $on: 1 when they asked for a topic.
# $topic: that topic.
events =
    { $count ->
        [0] { $on ->
            [0] Nothing is planned at the moment. **events** shows it once staff announce something.
           *[other] Nothing on “{ $topic }” is planned at the moment. **events** shows everything that is.
        }
       *[other] Coming up:
    }

    { $lines }

    { $more ->
        [0] {""}
       *[other] And { $more } more. **events in law**, for instance, shows those on law.
    }

    { $count ->
        [0] {""}
       *[other] **event** and the number tells you more.
    }

# One line of it.
# $number: the number by which it is meant.
# $title: its title.
# $hosted: 1 when it is held with an organisation.
# $organisation: that organisation.
# $when: its day, beginning and end.
# $standing: the reader's own standing: 0 for none, 1 when they are coming, 2 when they wait for a place, 3 when one is kept for them.
event-line =
    • { $number }: { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }, { $when }{ $standing ->
        [0] {""}
        [1] ; you’re coming
        [2] ; you’re waiting for a place
       *[3] ; a place is free for you
    }

# One event in full.
# $number: the number by which it is meant.
# $title: its title.
# $hosted: 1 when it is held with an organisation.
# $organisation: that organisation.
# $when: its day, beginning and end.
# $place: its place.
# $for: who may come, with commas between.
# $about: the staff's words.
# $host: to its host, how many come (see event-host-later, event-host-sees), or nothing.
# $step: the next step, one of those below.
event-shown =
    Event { $number }: { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }
    { $when }
    { $place }
    For: { $for }

    { $about }

    { $host }

    { $step }

# $number: the number of the event.
# $by: the time until which they can sign up.
event-step-come = Would you like to come? Write **come { $number }** by { $by }. Only staff see who comes.

# $number: the number of the event.
event-step-wait = All places are taken. **come { $number }** puts you on the waiting list, and I’ll write when one is free.

# $number: the number of the event.
event-step-coming = You’re on the list. If you can’t make it, write **not coming { $number }**.

# $number: the number of the event.
event-step-waiting = You’re on the waiting list. I’ll write when a place is free. **not coming { $number }** takes you off it.

# $number: the number of the event.
# $until: the place is kept until then.
event-step-offered = A place is free, and I’m keeping it for you until { $until }. **come { $number }** takes it.

# To the host, whose people need no place.
event-step-hosts = Something to change, or to ask? **ask staff** and your words.

event-step-closed = Sign-up is over.
event-step-called-off = It was called off.

# To the host, before sign-up is over.
# $at: the end of sign-up.
event-host-later = I’ll tell you about how many people come once sign-up is over, on { $at }.

# To the host, afterwards.
# $count: about how many (see rounded-few, rounded-about).
event-host-sees = { $count } signed up to come.

rounded-few = Fewer than ten people

# $count: a multiple of ten.
rounded-about = About { $count } people

# There is no such event for this person. The same words whether there is none or it is meant for others.
# $number: the number they gave.
event-no-such = I know of no event { $number } for you. **events** shows those that are coming up.

# They would like to come, and several events could be meant.
# $lines: those, one on each line (see event-line).
event-which-come =
    To which one?

    { $lines }

    Please write it with the number, as in **come 4**.

# They cannot come, and several events could be meant.
# $lines: those, one on each line (see event-line).
event-which-not =
    Which one?

    { $lines }

    Please write it with the number, as in **not coming 4**.

# They are on the list.
# $number: the number of the event.
# $title: its title.
# $when: its day, beginning and end.
# $place: its place.
# $reminders: the reminders that follow (see event-reminded-twice and those below).
event-coming =
    You’re on the list for { $title }: { $when }, { $place }. The file below puts it in your calendar. { $reminders }

    Only staff see that you’re coming; everyone else reads a rounded number at most. If you can’t make it, write **not coming { $number }**, and someone else gets your place.

event-reminded-twice = I’ll remind you the day before and an hour before.
event-reminded-day-before = I’ll remind you the day before.
event-reminded-hour-before = I’ll remind you an hour before.
event-reminded-not = There’s no time left for me to remind you.

# They were on it before.
# $number, $title, $when, $place: as in event-coming.
event-coming-before =
    You’re on the list for { $title } already: { $when }, { $place }. If you can’t make it, write **not coming { $number }**.

# All places are taken.
# $title: the event's title.
# $number: its number.
event-waits =
    All places at { $title } are taken. You’re on the waiting list now: when one is free I’ll write, and keep it for you for a day. **not coming { $number }** takes you off the list.

# They waited before.
# $title: the event's title.
# $number: its number.
event-waits-before =
    You’re on the waiting list for { $title } already. When a place is free I’ll write. **not coming { $number }** takes you off the list.

# A place is free.
# $number, $title, $when, $place: as in event-coming.
# $until: it is kept until then.
event-place-offered =
    A place is free at { $title }: { $when }, { $place }. Would you like it? **yes** or **come { $number }** takes it; I’m keeping it for you until { $until }. **not coming { $number }** passes it on.

# They have not taken it in time.
# $title: the event's title.
# $number: its number.
event-place-passed =
    The place at { $title } that I kept for you has gone to the next person. If you’d still like to come, **come { $number }** puts you on the waiting list again.

# Sign-up is over.
# $title: the event's title.
event-no-place-came =
    Sign-up for { $title } is over, and no place came free. I’m sorry. **events** shows what else is coming up.

# They cannot come.
# $title: the event's title.
# $number: its number.
# $coming: 1 when they had a place, 0 when they waited for one.
event-not-coming =
    Thanks for telling me: you’re off the list for { $title }. { $coming ->
        [0] {""}
       *[other] The file below takes it out of your calendar.
    } If things change, write **come { $number }**.

# They were not on the list.
# $title: the event's title.
event-was-not-coming = You weren’t on the list for { $title }, so there’s nothing to change.

# It is too late to sign up.
# $title: the event's title.
event-sign-up-over =
    Sign-up for { $title } is over. **ask staff** and your question reaches a person, if you’d still like to come.

# They have signed up for very many.
# $limit: the most.
event-too-many =
    You’ve signed up for { $limit } events, and that’s as many as I can keep for you. **not coming** and a number makes room for another.

# Something about an event on whose list they are is otherwise than it was.
# $number, $title, $when, $place: as in event-coming.
# $coming: 1 when they have a place, 0 when they wait for one.
event-changed =
    { $title } has changed. It’s now: { $when }, { $place }. { $coming ->
        [0] You’re still on its list.
       *[other] You still have your place; the file below brings your calendar up to date.
    }

    You see all of it with **event { $number }**. If it doesn’t suit you any more, write **not coming { $number }**.

# An event on whose list they are is called off.
# $title: its title.
# $when: its day, beginning and end.
event-called-off =
    I’m sorry: { $title } on { $when } has been called off. There’s nothing for you to do. **events** shows what else is coming up.

# The day before, and an hour before.
# $number, $title, $when, $place: as in event-coming.
event-reminder =
    A reminder: you’re coming to { $title }, { $when }, { $place }. If you can’t make it, please write **not coming { $number }**.

# They gave the code that was said at the door.
# $title: the event's title.
event-here = Welcome to { $title }. I’ve noted that you’re here; only staff see it.

event-not-here =
    That isn’t the code of an event that’s on now. Please listen once more, and write it as in **here 7351**.

# The day after.
# $title: the event's title.
event-thanks =
    { $title } is over, and thanks for having been on the list. If you’d like to tell the staff how it was, write **ask staff** and your words. **note** and a line keeps what you’d like to remember.

## Staying in touch after an event. In all of these:
# $title: the event's title.
# $number: the event's number.
# $host: the organisation that it was held with.

# The question, the day after, with all that the host would read. Nothing goes without a yes.
# $shows: the details, one on each line.
# $until: the time at which all contacts are passed on.
# $email: 1 where an email address is among them, 0 where not.
contact-ask =
    Would you like to stay in touch with { $host }, after { $title }? Say **yes**, and on { $until } I’ll pass on exactly this to the people from { $host } who are here, in one go with everyone else’s:

    { $shows }

    Say **no**, or nothing, and nothing goes: { $host } won’t hear that you were asked.

    { $email ->
        [0] {""}
       *[other] **stay in touch { $number } without email** leaves your email out.
    }

# $until: the time at which all contacts are passed on.
contact-agreed =
    Noted. I’ll pass your contact on to { $host } on { $until }, and tell you when I’ve done it. If you change your mind, before or after: **take back contact { $number }**.

# $until: the time at which all contacts are passed on.
contact-agreed-before =
    You’ve said yes already: your contact goes to { $host } on { $until }. **take back contact { $number }** stops it.

# $until: the time until which they can think better of it.
contact-kept =
    All right, nothing goes to { $host }. If you’d like to after all, write **stay in touch { $number }** before { $until }.

contact-later =
    That’s for after { $title }. I’ll ask you the day after it, and nothing goes to anyone before you say yes.

contact-not-there =
    You weren’t on the list for { $title }, so I can’t pass your contact on. **ask staff** and your words reaches someone who can help.

contact-no-host =
    There’s nobody here from an organisation that held { $title } whom I could pass your contact on to. **ask staff** and your words reaches someone who can help.

contact-too-late =
    The contacts after { $title } have been passed on already. **ask staff** and your words reaches someone who can help.

contact-which-event =
    Please write it with the number of the event, as in **stay in touch 4**, or **take back contact 4**.

# The receipt.
# $shows: the details, one on each line.
# $until: the day on which the porter takes its messages away.
contact-passed =
    I’ve passed this on to { $host }, as you said, after { $title }:

    { $shows }

    They can read it in our chat until { $until }. **take back contact { $number }** takes it away sooner, though they may have written it down.

contact-not-passed =
    There was nobody from { $host } here whom I could pass your contact on to, so nothing went. **ask staff** and your words reaches someone who can help.

contact-taken-back =
    Done: I’ve deleted your contact from my chat with the people from { $host }, and asked them to delete it wherever they’ve written it down.

contact-taking-back =
    I’m deleting your contact from my chat with the people from { $host }, and I’ll tell you as soon as it’s gone.

contact-never-passed =
    Taken back: nothing goes to { $host }.

contact-nothing-to-take-back =
    There’s nothing to take back: no contact of yours is with the people an event was held with, or on its way to them.

# To the people of the host: the contacts follow, one in each message.
# $people: how many.
# $until: the day on which the porter takes its messages away.
contacts-come =
    { $people ->
        [1] One person who signed up for { $title } would like to stay in touch with you. Here’s how to reach them
       *[other] { $people } people who signed up for { $title } would like to stay in touch with you. Here’s how to reach them, in no particular order
    }. It’s for your conversation about { $title } alone, so please don’t pass it on. I’ll take these messages away on { $until }.

# $shows: the details, one on each line.
contact =
    { $shows }

contact-gone =
    Someone who signed up for { $title } has taken their contact back, so I’ve deleted it here. Please delete it wherever you’ve written it down, too.

## The rest.

# To the people of the organisation that it is held with, when sign-up is over.
# $title: the event's title.
# $count: about how many come (see rounded-few, rounded-about).
event-host-count =
    Sign-up for { $title } is over. { $count } signed up to come.

# The name of the event in the reader's calendar, and below it a note that stands there too. It is not said; a file holds it.
# $title: the event's title.
# $number: its number.
event-calendar =
    { $title }

    Can’t make it? Write to the porter: **not coming { $number }**

# The same, once the event is called off or they are not coming. It takes the event out of the calendar.
# $title: the event's title.
# $number: its number.
event-calendar-called-off =
    { $title }

    This is crossed out. **event { $number }**, written to the porter, shows how it stands.

# The file for their calendar could not be sent.
event-no-calendar =
    I couldn’t send you the file for your calendar, so please see to your calendar yourself this time. All that I wrote about the event still holds.

## To staff.

# The parts of an event are asked for one after the other.
# $unfit: why their last words were not taken (see event-unfit-when and those beside it), or nothing. So it is in each of these.
event-ask-title =
    { $unfit }

    What’s the event called? One line, as people will read it. Nothing goes out before you say **announce**; **back** and **cancel** work at every step.

event-ask-organisation =
    { $unfit }

    Which organisation is it held with? Please write its name as staff approved it, or **none** if it’s the careers service’s own.

event-ask-when =
    { $unfit }

    When is it? The day, the beginning and the end, such as “Thursday 10 December, 17:30 to 19:00”.

event-ask-place =
    { $unfit }

    Where is it? A building and a room, or a link.

event-ask-open-to =
    { $unfit }

    Who may come? **everyone**, or some of **students**, **alumni**, **employers**, **interns**.

event-ask-places =
    { $unfit }

    How many places are there? A number, or **no limit**.

event-ask-sign-up-by =
    { $unfit }

    By which day should people sign up? A day, such as “8 December” (I’ll take it as 18:00 on that day), or **until it begins**.

event-ask-about =
    { $unfit }

    And what’s it about? A few lines that make someone want to come.

# Why words were not taken for a part.
event-unfit-nothing = I couldn’t read anything in that.

# $limit: the most, in characters.
# $found: how many there were.
event-unfit-long = That’s { $found } characters long, and { $limit } is the most.

event-unfit-account = There’s a person’s address in that, and everyone would see it. If you meant something else, say **cancel** first.

event-unfit-when = I couldn’t make out one day with a beginning and an end.
event-unfit-past = That has passed already.
event-unfit-far = That’s more than a year away.

# $name: the name that they gave.
event-unfit-organisation = No organisation called “{ $name }” is approved yet. If that’s its name, **approve organisation { $name }** approves it; **organisations** shows those that wait.

event-unfit-open-to = I didn’t understand who that is.
event-unfit-places = That’s not a number from 1 to 2,000.
event-unfit-sign-up-by = That’s not a day between now and the event.

# All of an event, before it is announced.
# $title, $hosted, $organisation, $when, $place, $for, $about: as in event-shown.
# $limited: 1 when the places are limited.
# $places: how many there are.
# $by: the time until which people can sign up.
# $changes: 1 when it was announced before.
event-preview =
    This is how people will read it:

    { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }
    { $when }
    { $place }
    For: { $for }

    { $about }

    { $limited ->
        [0] No limit of places,
       *[other] { $places ->
            [one] One place,
           *[other] { $places } places,
        }
    } sign-up until { $by }.

    { $changes ->
        [0] **announce** sends it out.
       *[other] **announce** tells everyone on its list once.
    } **change the time**, say, asks for that part again: title, organisation, time, place, who, places, sign-up or text. **cancel** lets it go.

event-dropped = Done: I’ve let it go, and nothing went out.

event-nothing-to-announce =
    There’s nothing to announce. **new event** begins one, and **change event 4** changes the one with that number.

# $title: the event's title.
# $number: its number.
# $posted: 1 when it was posted in the room for announcements.
# $code: the code of the door.
event-announced =
    { $title } is announced as event { $number }. { $posted ->
        [0] **events** shows it to everyone who may come.
       *[other] It’s in the room for announcements, and **events** shows it to everyone who may come.
    }

    You see the numbers with **event { $number }**, and who comes with **guests { $number }**. At the door, say the code **{ $code }** aloud: everyone who writes **here { $code }** to me is counted.

# $title: the event's title.
# $people: how many people are on its list.
event-change-told =
    The change to { $title } is out. { $people ->
        [0] No one was on its list.
        [one] The one person on its list hears of it once.
       *[other] The { $people } people on its list hear of it once.
    }

# $title: the event's title.
event-unchanged = Nothing about { $title } is different now, so I’ve told no one.

# $limit: the most.
event-too-many-ahead = { $limit } events are coming up, and that’s as many as I can keep. Please announce this one when one of them is over.

event-which-one = Which event? Please write it with its number; **events** shows them.

# $title: the event's title.
event-over-already = { $title } is over or was called off, so nothing about it changes any more.

# $title: the event's title.
# $people: how many people are on its list.
# $number: its number.
event-call-off-sure =
    { $people ->
        [0] No one is on the list for { $title }.
        [one] One person is on the list for { $title }, and will hear of it.
       *[other] { $people } people are on the list for { $title }, and will hear of it.
    } To call it off for good, write **call off event { $number } now**.

# $title: the event's title.
# $people: how many people were told.
event-is-called-off =
    { $title } is called off. { $people ->
        [0] No one was on its list.
        [one] The one person on its list hears of it.
       *[other] The { $people } people on its list hear of it.
    }

# The answer to "event 4", to staff.
# $number, $title, $hosted, $organisation, $when, $place, $for, $about: as in event-shown.
# $stage: whether it is ahead (see event-stage-ahead and those below).
# $coming: how many have a place.
# $waiting: how many wait for one.
# $came: how many were there.
# $limited: 1 when the places are limited.
# $places: how many places there are.
# $by: the time until which people can sign up.
# $code: the code of the door.
event-overview =
    Event { $number }: { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }
    { $when }
    { $place }
    For: { $for }

    { $about }

    { $stage } { $limited ->
        [0] { $coming } coming, with no limit.
       *[other] { $coming } coming (places: { $places }), { $waiting } waiting.
    } Sign-up until { $by }. The code of the door is **{ $code }**; { $came ->
        [0] no one has
        [one] one person has
       *[other] { $came } people have
    } given it so far.

    You see who comes with **guests { $number }**. **change event { $number }** changes it, **call off event { $number }** calls it off.

event-stage-ahead = It’s coming up.
event-stage-over = It’s over.
event-stage-called-off = It was called off.

# The answer to "guests 4".
# $title: the event's title.
# $count: how many people it shows.
# $guests: those, one on each line (see event-guest and those below).
# $more: how many further ones there are.
event-guests =
    { $count ->
        [0] No one is on the list for { $title } yet.
       *[other] On the list for { $title }, for staff alone:
    }

    { $guests }

    { $more ->
        [0] {""}
       *[other] And { $more } more.
    }

# $name: their name.
# $who: their Matrix id.
event-guest = • { $name }, { $who }
event-guest-waiting = • { $name }, { $who } (waiting)
event-guest-offered = • { $name }, { $who } (a place is kept for them)
event-guest-came = • { $name }, { $who } (was there)

# The day after an event.
# $title: the event's title.
# $coming: about how many had a place (see rounded-few, rounded-about).
# $came: about how many were there.
event-summary =
    { $title } is over. In numbers that you can pass on: signed up to come: { $coming }. Gave the code at the door: { $came }.

## In rooms.

# An event, as it is posted.
# $number, $title, $hosted, $organisation, $when, $place, $for, $about: as in event-shown.
# $by: the time until which people can sign up.
event-posted =
    Event { $number }: { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }
    { $when }
    { $place }
    For: { $for }

    { $about }

    To come, write **come { $number }** to me, in our own conversation, by { $by }. Only staff see who comes.

# The same, when something about it is otherwise than it was.
event-posted-changed =
    Changed: event { $number }, { $title }{ $hosted ->
        [0] {""}
       *[other] , with { $organisation }
    }
    { $when }
    { $place }
    For: { $for }

    { $about }

    To come, write **come { $number }** to me, in our own conversation, by { $by }. Whoever is on the list keeps their place.

# The same, when it is called off.
# $title: its title.
# $when: its day, beginning and end.
event-posted-called-off = { $title } on { $when } has been called off.
