# Rooms for many: finding them, joining and leaving, suggesting one, and offering opportunities.

# The answer to "rooms": those that are meant for this person.
# $count: how many there are.
# $rooms: those, one on each line (see room-line, room-line-invited, room-line-in).
rooms =
    { $count ->
        [0] There’s no room open to you yet. **suggest room** tells you how to suggest one.
       *[other] These rooms are open to you. Write **join** and the short name to come in, **leave** and the short name to go. No one sees that you looked.
    }

    { $rooms }

# A room in that list.
# $key: its short name, by which it is joined.
# $name: its name.
# $topic: what it is about, in the service’s words.
# $readers: who can read it (see readers-shared and the messages beside it).
room-line = • **{ $key }**: { $name }. { $topic } { $readers }

# A room in that list to which they are invited.
# $key: its short name, by which it is joined.
# $name: its name.
# $topic: what it is about, in the service’s words.
# $readers: who can read it (see readers-shared and the messages beside it).
room-line-invited = • **{ $key }**: { $name }. { $topic } { $readers } Your invitation is waiting.

# A room in that list that they are in.
# $key: its short name, by which it is joined.
# $name: its name.
# $topic: what it is about, in the service’s words.
# $readers: who can read it (see readers-shared and the messages beside it).
room-line-in = • **{ $key }**: { $name }. { $topic } { $readers } You’re in it.

# There is no room of that short name for this person. The same words whether there is none or it is meant for others.
# $key: what they typed.
room-not-there =
    I know of no room “{ $key }” for you. **rooms** shows those that are open to you.

# They asked for a room and are being invited.
# $name: the room’s name.
# $key: its short name.
# $readers: who can read it (see readers-shared and the messages beside it).
room-invitation =
    An invitation to { $name } is on its way to you; please accept it in your app. { $readers } Everyone in the room sees that you’re in it.

    To leave, write **leave { $key }**.

# They asked for a room, and its invitation is waiting for them.
# $name: the room’s name.
room-invited-already =
    You’re invited to { $name } already: the invitation is waiting in your app.

# They asked for a room that they are in.
# $name: the room’s name.
room-in-already =
    You’re in { $name } already.

# They asked to be taken out of a room.
# $name: the room’s name.
room-left =
    I’m taking you out of { $name }. What you wrote there stays unless you delete it first. You can come back whenever you like, as long as the room is open to you.

# Their own account turns away the porter’s invitations. Nobody else is told.
# $name: the room’s name.
room-you-block =
    I couldn’t invite you to { $name }, because your account turns my invitations away. I won’t tell anyone but you.

    If you’d like to come in after all, please allow invitations from me in the settings of your app, and ask for the room again.

# Their role has changed or ended, and rooms are no longer meant for them. Said once.
# $count: how many rooms these are.
# $rooms: their names, one on each line (see room-name-line).
rooms-closed =
    Your role has changed, so some rooms are no longer open to you. I’ve taken you out of { $count ->
        [one] this one
       *[other] these
    }:

    { $rooms }

    That happens to everyone in time and is nothing you did. Thank you for having been there. **rooms** shows what is open to you now; if the list is wrong, the careers service’s staff can put it right.

# A room’s name on a line of its own.
# $name: its name.
room-name-line = • { $name }

# How to suggest a room.
suggest-how =
    Write **suggest room**, a name, a colon, and what it is for, as in: suggest room Museums: working in museums and archives. The careers service’s staff read every suggestion.

# Their suggestion goes to staff.
# $name: the room’s name.
suggestion-noted =
    Thank you: I’ve passed your suggestion of { $name } to the careers service’s staff. You’ll hear from me either way.

# Something that they proposed earlier has not been decided.
proposal-waits =
    The careers service’s staff still have to decide about what you sent before. Once you’ve heard from me about that, please write again.

# Staff said yes to their suggestion.
# $name: the room’s name.
# $key: its short name.
suggestion-approved =
    The careers service’s staff like your suggestion: { $name } is being made. Write **join { $key }** to be among the first in it. Everyone here can find it with **rooms**; who suggested it isn’t said.

# Staff said no to their suggestion.
# $name: the room’s name.
suggestion-declined =
    Thank you for suggesting { $name }. The careers service’s staff have decided not to make that room now. It was good that you asked; **rooms** shows those there are, and staff are glad to talk about what you had in mind.

# How an employer offers an opportunity.
offer-how =
    Write **opportunity**, a colon, and your words: what it is, who could apply, how and by when. I’ll show you exactly what will be posted before it goes anywhere.

# Exactly what will be posted, and under which name.
# $organisation: their organisation’s name.
# $words: their words.
offer-preview =
    This is what will stand in the opportunities room, with your organisation’s name and nothing else of yours:

    { $organisation }:
    > { $words }

    If this is right, **send** agrees to exactly this, and the careers service’s staff look at it first. **cancel** throws it away.

# The offer is ready, and what they wrote was none of the words that fit.
offer-waits =
    Your opportunity is ready, and nothing has gone out yet. **send** passes it to the careers service’s staff, and **cancel** throws it away.

# Their offer goes to staff.
offer-sent =
    Thank you: the careers service’s staff have it now. You’ll hear from me either way.

# Staff said yes to their offer.
offer-posted =
    Your opportunity is being posted in the opportunities room, in exactly the words you agreed to.

# Staff said no to their offer.
offer-declined =
    Thank you for your offer. The careers service’s staff have decided not to post it as it is. They’re glad to say what would fit; please write to them, or send another with **opportunity**.

# Somebody who is no employer began an opportunity.
offer-not-theirs =
    Opportunities come from employers, and the careers service’s staff post their own in the room. If you know of one, please tell the staff.

# Nothing is known of the organisation that this employer speaks for.
offer-needs-organisation =
    I don’t know which organisation you speak for, and an opportunity is posted under its name. Please ask the careers service’s staff to add it.

# There is no room for opportunities.
offer-nowhere =
    There’s no room for opportunities here at present. The careers service’s staff are glad to hear of yours.

# To staff: a member suggests a room.
# $number: the number by which it is decided.
# $name: the name that is suggested.
# $key: its short name.
# $topic: what for.
room-proposed =
    A member suggests a room ({ $number }): { $name }, with the short name { $key }.

    > { $topic }

    Write **approve { $number }** to have it made, open to everyone here and readable by those who come later, or **decline { $number }**. The first answer counts, and is kept with your name. The member will hear either way, kindly, and reads words that you put behind **decline { $number }**.

# To staff: a member suggests a room, and there is one of that short name.
# $number: the number by which it is decided.
# $name: the name that is suggested.
# $key: its short name.
# $topic: what for.
room-proposed-taken =
    A member suggests a room ({ $number }): { $name }. There’s a room with the short name { $key } already.

    > { $topic }

    With **decline { $number }** I answer the member kindly. The first answer counts, and is kept with your name.

# To staff: an employer offers an opportunity.
# $number: the number by which it is decided.
# $organisation: the employer’s organisation.
# $words: the words.
offer-proposed =
    An employer offers an opportunity ({ $number }). This would be posted:

    { $organisation }:
    > { $words }

    Write **approve { $number }** to have it posted in exactly these words, or **decline { $number }**. The first answer counts, and is kept with your name. The employer will hear either way, and reads words that you put behind **decline { $number }**.

# To staff: they approved it.
# $number: its number.
proposal-approved =
    Number { $number } is approved, and they’ll hear so.

# To staff: they declined it.
# $number: its number.
proposal-declined =
    Number { $number } is declined, and they’ll hear so, kindly.

# To staff: somebody approved it before.
# $number: its number.
proposal-approved-before =
    Number { $number } was approved already. Nothing has changed.

# To staff: somebody declined it before.
# $number: its number.
proposal-declined-before =
    Number { $number } was declined already. Nothing has changed.

# To staff: nothing is to be decided.
nothing-to-decide =
    Nothing waits to be decided.

# To staff: nothing has this number.
# $number: what they typed.
no-such-proposal =
    Nothing that waits to be decided has the number { $number }.

# To staff: several things wait.
# $numbers: their numbers, with commas between (see proposal-number).
which-proposal =
    Several things wait to be decided: { $numbers }. Please put the number behind the word, as in **approve 3**.

# A number in that list.
# $number: the number.
proposal-number = { $number }

# To staff: a room cannot be made, for there is one of that short name.
# $number: the proposal’s number.
# $key: the short name.
room-key-taken =
    There’s a room with the short name { $key } already, so I can’t make another. **decline { $number }** answers the member kindly.

# To staff: somebody came into a room uninvited.
# $room: the room’s name.
# $who: their Matrix id.
room-intruder =
    { $who } came into { $room } without an invitation from me, or without the room being meant for them. I’ve taken them out. If it happens again, whoever runs the server should know.

# To staff: an account was in a conversation or in an introduction’s room that is none of the two. Whose room it was is not
# said.
# $who: its Matrix id.
room-third =
    { $who } was in a room that I had opened for two people, without an invitation from me. I’ve taken that account out. Only a bridge, or whoever runs the server, can put an account there, so please let them know.

# To administrators: a room was not as it should be.
# $room: its name.
# $changed-count: how much was changed back.
# $changed: that, one on each line (see aspect-powers and the messages beside it).
# $fixed-count: how much cannot be.
# $fixed: that, one on each line.
room-mended =
    { $changed-count ->
        [0] The room { $room } isn’t as the configuration says.
       *[other] Someone changed the room { $room }, and I’ve changed this back:
    }

    { $changed }

    { $fixed-count ->
        [0] Please find out who could do that.
       *[other] This I can’t change; a new room under another short name can take its place:
    }

    { $fixed }

# What of a room it is about.
aspect-powers = • who may do what
aspect-joining = • who may come in
aspect-guests = • whether guests may come in
aspect-history = • who sees what was said before they came
aspect-encryption = • whether what is said is encrypted
aspect-name = • its name
aspect-topic = • its topic
aspect-space = • where it is listed, or what it lists
aspect-programs = • bridges or other programs in it
aspect-standby = • that the standby account is invited
aspect-making = • what was settled when it was made
aspect-replaced = • that another room takes its place

# The name that apps show for a room.
# $name: its name.
room-name = { $name }

# The name of a room that is archived.
# $name: its name.
room-name-archived = { $name } (archived)

# The topic that apps show for a room.
# $topic: what it is about, in the service’s words.
# $readers: who can read it (see readers-shared and the messages beside it).
room-topic = { $topic } { $readers }

# An opportunity, as it is posted.
# $organisation: the organisation that offers it.
# $words: its words.
opportunity =
    { $organisation }:
    > { $words }

# In a room that somebody suggested, when nobody has written for long.
# $until: when it is archived.
room-quiet =
    It has been quiet here for a long time. On { $until } this room is archived: what was written stays readable, and no one writes any more. If it’s still of use, a word from anyone here is enough to keep it open.

# In the staff’s room that the service chose for it, once in a while: how the audit log ends. Those who check the log later need
# it exactly as it stands.
# $head: the number of the last entry and its hash, as they are given to the command.
audit-head =
    A note to keep, please: the hub’s audit log ends with the entry **{ $head }** today. If anyone ever asks whether the log was changed, whoever runs the hub can check it against this.

# Who can read a room; said in its topic, in the list of rooms, and on joining.
# $who: those, with commas between (see readers-all and the messages beside it).
# $service: the service’s name.
readers-shared = This room can be read by { $who } at { $service }, including earlier messages.

# The same, for a room that a bridge brings to another network.
# $who: those, with commas between.
# $service: the service’s name.
readers-shared-bridged = This room can be read by { $who } at { $service }, including earlier messages, and on another network through a bridge.

# The same, where nobody sees what was said before they came.
# $who: those, with commas between.
# $service: the service’s name.
readers-from-joining = This room can be read by { $who } at { $service }, from when they come in.

# The same, for a room that a bridge brings to another network.
# $who: those, with commas between.
# $service: the service’s name.
readers-from-joining-bridged = This room can be read by { $who } at { $service }, from when they come in, and on another network through a bridge.

# Who can read a room, by role.
readers-all = everyone
readers-student = students
readers-alumnus = former students
readers-employer = employers
readers-staff = careers staff
readers-intern = interns
readers-administrator = administrators

# Of these, only those who came with this group.
# $cohort: the group’s name.
readers-cohort = of the group “{ $cohort }” only
