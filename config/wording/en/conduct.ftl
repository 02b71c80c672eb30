# Conduct in rooms for many: what was meant for the porter and written there by mistake, reports, and what staff do.

# To somebody who wrote something for the porter in a room. Nothing of it shows in the room.
# $room: the room’s name.
# $words: the beginning of what they wrote.
overheard =
    You wrote this in { $room }, where everyone there can read it:

    > { $words }

    I haven’t acted on it. Please write it here instead, if you meant it for me. If you’d like me to take the message away there, write **take it away** within a day. I won’t say anything about it in the room.

# Their message is taken away, as they asked.
# $room: the room’s name.
taken-away =
    I’ve taken your message away in { $room }. Anyone who has already read it may remember it; no one can read it there any more.

# Their message cannot be taken away.
# $room: the room’s name.
not-taken-away =
    I couldn’t take your message away in { $room }. Perhaps it’s gone already. If not, please delete it in your app.

# They asked for a message to be taken away, and there is none.
nothing-to-take-away =
    There’s no message of yours that I could take away now. In your app you can delete whatever you wrote in a room.

# How to report somebody’s conduct.
report-how =
    To report what someone does in a room, write **report**, their address, **in** and the room’s short name, a colon, and what happened, as in: report @sam:example.org in pharma: they shout at people. You can also write **report**, a link to a message, and what is wrong with it. The person won’t hear of it.

# Their report is with the staff.
# $kept: how long it is kept, such as “180 days”.
report-kept =
    Thank you for telling me. The careers service’s staff have your report now, with your name, and look at it in their working hours. The person it’s about won’t hear that you reported anything. I’ll keep the report for { $kept }.

    You need do nothing more. What staff decide stays between them and the person. If you’d rather not hear from someone, block them in your app. If anyone is in danger, please call the emergency services.

# The message that they would like to report cannot be found, or is their own.
message-not-found =
    I can’t find a message of someone else’s there that I can read. You can report the person instead: write **report**, their address, **in** and the room’s short name, a colon, and what happened.

# They have reported as often as they can in a day.
reported-enough =
    You’ve sent as many reports as I can take from one person in a day. The careers service’s staff have them. If there is more, please write **ask staff** and what it’s about.

# Staff have something to say to them about a room.
# $room: the room’s name.
# $words: the staff’s words.
warned =
    The careers service’s staff have a word about { $room }:

    > { $words }

    Nothing else follows from this by itself. If you see it differently, write **ask staff** and your side of it.

# They cannot write in a room for a while.
# $room: the room’s name.
# $until: when they can again.
muted =
    The careers service’s staff have paused your writing in { $room } until { $until }. You can go on reading there, and I’ll tell you when you can write again.

    If you see it differently, or would like to know more, write **ask staff** and what you’d like to say.

# They wrote too much at once in a room.
# $room: the room’s name.
# $until: when they can write again.
flooded =
    You wrote a great many messages in { $room } in a minute, so I’ve paused your writing there until { $until }. You can go on reading, and I’ll tell you when you can write again. The careers service’s staff know of it.

    If that was a mistake of mine, write **ask staff** and they’ll put it right.

# They mentioned too many people in one message.
# $room: the room’s name.
# $until: when they can write again.
flooded-mentions =
    You mentioned the whole room, or a great many people, in one message in { $room }. That calls a great many people at once, so I’ve paused your writing there until { $until }. You can go on reading, and I’ll tell you when you can write again. The careers service’s staff know of it.

    If that was a mistake of mine, write **ask staff** and they’ll put it right.

# They can write in a room again.
# $room: the room’s name.
speech-back =
    You can write in { $room } again.

# They are taken out of a room by staff.
# $room: the room’s name.
removed =
    The careers service’s staff have taken you out of { $room }. You can come in again once they say so; everything else here is as it was.

    If you see it differently, or would like to know more, write **ask staff** and what you’d like to say.

# Staff let them into a room again.
# $room: the room’s name.
# $key: its short name.
allowed-back =
    You’re welcome in { $room } again. Write **join { $key }** when you’d like to come in.

# Staff have ended their membership.
# $service: the service’s name.
banned =
    The staff of { $service } have ended your membership here and taken you out of its rooms. I won’t bring you anything more, and no one can ask for you through me.

    If you see it differently, please get in touch with { $service } in the way you otherwise do. **my data** and **forget me** work here as before.

# To staff: somebody’s conduct is reported.
# $number: the number by which it is dealt with.
# $who: whom it is about, by their Matrix id.
# $room: the room’s name.
# $key: the room’s short name.
# $by: who reports, by their Matrix id.
# $said: what they say (see case-words); empty where they said nothing.
# $quoted: what the message said that is meant (see case-quoted); empty where none is.
# $at: when.
conduct-reported =
    Report { $number }, of { $at }: { $by } reports { $who } in { $room }.

    { $said }

    { $quoted }

    They haven’t been told. **warn { $number }**, a colon and your words tells them in the service’s name, without yours. **mute { $who } in { $key } for 2 days** pauses their writing there, **remove { $who } from { $key }** takes them out, **ban { $who }** ends their membership. **dismiss { $number }** closes the report. What you do is kept with your name.

# To staff: somebody is reported whom the reporter knows from an introduction. Please never let the person learn of it: a
# request that is reported ends for them as one that was not answered.
# $number: the report’s number.
# $at: the day.
# $by: the address of the member who reports.
# $who: the address of the person who is reported.
# $said: the reporter’s words, if they gave any.
introduction-reported =
    Report { $number }, of { $at }: { $by } reports { $who } about a request or an introduction.

    { $said }

    I’ve stopped everything between the two. The person doesn’t know, and won’t be told. Please talk to { $by } first. **ban { $who }** ends the person’s membership, and **dismiss { $number }** closes the report. What you do is kept with your name.

# What the reporter says.
# $words: their words.
case-words = > { $words }

# What the message said.
# $words: its words.
case-quoted =
    The message:
    > { $words }

# To staff: the reports that wait.
# $count: how many there are.
# $cases: those, one on each line (see case-line).
conduct-reports =
    { $count ->
        [0] No report waits to be dealt with.
       *[other] These reports wait to be dealt with:
    }

    { $cases }

# A report in that list.
# $number: its number.
# $who: whom it is about, by their Matrix id.
# $room: the room’s name.
# $key: the room’s short name.
# $said: what the reporter says (see case-words); empty where they said nothing.
# $at: when.
case-line =
    • Number { $number }, of { $at }: { $who } in { $room } ({ $key })
    { $said }

# A report about an introduction in that list.
# $number: its number.
# $at: the day of it.
# $who: the address of the person it is about.
# $said: the reporter’s words, if they gave any.
case-line-introduction =
    • Number { $number }, of { $at }: { $who }, about a request or an introduction
    { $said }

# To staff: how these commands are written.
moderation-how =
    Reports are dealt with like this: **reports** lists them; **warn 3**, a colon and your words; **dismiss 3**. People like this: **mute**, their address, **in pharma for 2 days**, and **unmute** with the address and **in pharma**; **remove** with the address and **from pharma**, and **allow** with the address and **in pharma**; **ban** with the address, and **allow** with the address.

# To staff: no such report waits.
# $number: what they typed.
no-such-report =
    No report that waits has the number { $number }. **reports** lists them.

# To staff: it was dealt with before.
# $number: its number.
judged-before =
    Report { $number } was dealt with already. Nothing has changed.

# To staff: the report is about an account that is no member’s.
# $number: its number.
cannot-warn =
    Report { $number } is about an account that is no member’s, and I don’t talk with it. **dismiss { $number }** closes the report.

# To staff: a warning would tell somebody that a request of theirs was reported.
# $number: the report’s number.
warning-tells =
    Report { $number } is about a request or an introduction. A warning would tell the person who reported them, so I haven’t sent it. **dismiss { $number }** closes the report, and **ban** with their id ends their membership.

# To staff: the person is warned.
# $number: the report’s number.
# $who: their Matrix id.
staff-warned =
    { $who } reads your words from the service, without your name. Report { $number } is closed.

# To staff: nothing is done about it.
# $number: its number.
report-dismissed =
    Report { $number } is closed. No one hears of that.

# To staff: there is no such room.
# $key: what they typed.
no-such-room =
    There’s no room with the short name “{ $key }”.

# To staff: somebody cannot write in a room for a while.
# $who: their Matrix id.
# $room: the room’s name.
# $until: when they can again.
staff-muted =
    { $who } can’t write in { $room } until { $until }, and is told so kindly, without your name. **unmute** ends it sooner.

# To staff: somebody can write again.
# $who: their Matrix id.
# $room: the room’s name.
staff-unmuted =
    { $who } can write in { $room } again, and is told so.

# To staff: somebody is taken out of a room.
# $who: their Matrix id.
# $room: the room’s name.
staff-removed =
    { $who } is taken out of { $room }, can’t come in again, and is told so kindly, without your name. **allow** with their id and the room lets them in again.

# To staff: somebody may come in again.
# $who: their Matrix id.
# $room: the room’s name.
staff-allowed =
    { $who } may come into { $room } again, and is told so. They ask for it themselves.

# To staff: nothing of the kind stands against this person.
# $who: their Matrix id.
nothing-to-undo =
    Nothing of that kind stands against { $who }. Nothing has changed.

# To staff: somebody’s membership is ended.
# $who: their Matrix id.
staff-banned =
    { $who } is no longer a member and is taken out of all rooms. They’re told so kindly, without your name. No one who had asked for them hears of it. **allow** with their id undoes it.

# To staff: somebody who is banned cannot be verified.
# $who: their Matrix id.
is-banned =
    { $who } was banned, so I can’t verify them. **allow** with their id ends the ban first.

# To staff: somebody may be a member again.
# $who: their Matrix id.
ban-lifted =
    { $who } may be a member again. If they’re on the roster, they’re welcomed now; if not, please verify them.

# To staff: somebody wrote too much at once in a room.
# $who: their Matrix id.
# $room: the room’s name.
# $until: when they can write again.
flooding =
    { $who } wrote a great many messages in { $room } in a minute. I’ve paused their writing there until { $until } and told them so. **unmute** ends it sooner.

# To staff: somebody mentioned too many people in one message.
# $who: their Matrix id.
# $room: the room’s name.
# $until: when they can write again.
flooding-mentions =
    { $who } mentioned the whole room, or a great many people, in one message in { $room }. I’ve paused their writing there until { $until } and told them so. **unmute** ends it sooner.
