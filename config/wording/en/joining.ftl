# What the porter says to people who join, and to those whose role changes; and what it says to staff about them.

# The first words to somebody whose role is known.
# $name: their name.
# $service: the name of the careers service, from its settings.
# $role: what they are here, such as "a student".
# $boundaries: what everybody agrees to; the message "boundaries" below.
welcome =
    Hello { $name }. I am the porter, and I look after introductions for { $service }. You are on its list as { $role }.

    If there is somebody you would like to meet, I can ask them for you. If somebody would like to meet you, I ask you first. Nobody is given anyone else’s details without that person’s yes.

    { $boundaries }

    Please write **agree** before your first introduction or room. **policy** shows the whole policy, and **help** what I can do. There is nothing you have to do now.

# What holds between the porter and everybody. Make it your own; when you change what it means, give it another edition
# in the settings (joining.boundaries), and everybody is asked again.
# $within: how long people have to answer a request.
# $quiet: the message "quiet-room" below, or nothing.
boundaries =
    What holds here:

    • We meet for work and studies. Please write as you would to a colleague.
    • Only you and I can read this conversation. A room that I open for two is theirs alone, and a room for many says at its top who can read it. Whoever runs the chat system sees which rooms there are and who is in them, not what is said here.
    • I answer at once. People have up to { $within } to answer a request; staff answer in office hours.
    • You can say no, leave, and change your mind, and I tell nobody why.
    { $quiet }

# The way to the confidential service, as the last line of the boundaries.
# $link: where it is found.
quiet-room =
    • For a confidential talk with somebody trained for it, write to { $link }. I do not learn whether anybody does.

# The answer to "boundaries".
# $boundaries: the message "boundaries".
# $agreed: 1 when they have agreed to them, 0 when not.
boundaries-again =
    { $boundaries }

    { $agreed ->
        [0] Please write **agree** before your first introduction or room.
       *[other] You have agreed to this.
    }

# The boundaries have changed. Said once to every member.
# $boundaries: the message "boundaries".
boundaries-changed =
    The careers service has changed some of what it asks of everybody and promises to everybody.

    { $boundaries }

    Please write **agree** before your next introduction or room. What is under way goes on as it was.

# They have agreed to the boundaries.
# $drafting: 1 when they are writing a request.
# $open: 1 when a request waits for their answer.
agreed =
    Thank you. { $drafting ->
        [0] { $open ->
            [0] Write **introduce** when there is somebody you would like to meet, or **help** to see what else I can do.
           *[other] A request waits for your answer; **again** shows it.
        }
       *[other] Your request is as you left it: **drafts** shows it, and **send** sends it.
    }

# They have to agree to the boundaries before they can do this.
agree-first =
    One thing comes first: **boundaries** shows what holds here for everybody. If you are content with it, write **agree**, and then say this again. Nothing is lost meanwhile.

# The first words to somebody whom nobody has verified.
# $service: the name of the careers service.
# $within: how long until they are forgotten if it stays so.
visitor =
    Hello. I am the porter at { $service }. I do not know yet who you are, and there are two ways to change that:

    • If the careers service sent you a code, write it here.
    • If not, write **ask staff** and who you are. The staff then see your words and your Matrix id, and answer in office hours.

    Until then I cannot introduce you to anybody. If I do not learn who you are within { $within }, I leave this room and forget that you were here.

# The answer to "help" for somebody whom nobody has verified.
# $service: the name of the careers service.
visitor-help =
    You can write these to me:

    • the **code** that { $service } sent you, if it did: then I know who you are.
    • **ask staff** and your words: the staff see them and your Matrix id, and answer in office hours.
    • **policy**: what holds here for everybody. **boundaries**: the same in short.
    • **my data**: everything I keep about you. **forget me**: I forget you.

# They asked for something that is for people whose role is verified.
not-verified =
    That is for people whose role the careers service has settled, and yours is not yet. If it sent you a code, please write it here. If your organisation waits for the staff, I tell you as soon as they have approved it. In any other case write **ask staff** and who you are.

# To an employer's person whose organisation has still to be approved by the staff.
# $organisation: its name.
# $service: the name of the careers service.
waits-for-organisation =
    Hello. I am the porter at { $service }. You are on its list for { $organisation }, and its staff have still to approve that organisation. I tell you here as soon as they have. If you have a question until then, write **ask staff** and your words.

# A code that nobody has, or that has been used.
code-unknown =
    I do not know that code, or it has been used already. Please compare it with the letter from the careers service; it is three groups of four. If it still does not work, write **ask staff** and who you are.

# They are known already, so a code is not needed.
code-not-needed =
    I know you already, so you need no code. If something about your role is wrong, write **ask staff** and what it is.

# Their role is another one now.
# $role: which, such as "an alumnus or alumna".
role-changed =
    The careers service now lists you as { $role }. What is under way goes on as it was. **help** shows what I can do for you.

# Their role has ended, and with it their membership.
# $role: which it was.
role-ended =
    The careers service no longer lists you as { $role }, so I bring you no more requests and send none for you. Thank you for having been here. Whom you met stays yours: your rooms with them are untouched.

    Write **my data** to see what I keep about you, or **forget me** and I remove it. If this looks wrong, the careers service’s staff can put it right.

# They wrote "ask staff" and nothing else.
ask-staff-what =
    What would you like to ask the staff? Write it in one message, such as **ask staff I lost my code; I am Sam from the history course**.

# Their words are with the staff.
staff-asked =
    I have passed this on to the careers service’s staff, with your Matrix id. They answer in office hours.

# They have asked the staff as often as they can in a day.
asked-staff-enough =
    The staff have your words from today and answer in office hours. If there is more to say, please write it tomorrow.

# To staff: somebody asks for help.
# $who: their Matrix id.
# $role: what they are here.
# $words: their words.
help-wanted =
    { $who }, { $role }, asks the staff:

    > { $words }

    Please answer them yourselves. If you know who they are, **verify** and their Matrix id, **as** and a role settles it: **student**, **alumnus**, **employer at** the organisation, **intern until** a day.

# To staff: an organisation waits to be approved.
# $name: its name.
organisation-waits =
    People are listed for { $name }, an organisation that nobody has approved yet. Until somebody does, its people can do nothing here. If you know it, write **approve organisation { $name }**.

# The answer to "organisations", for staff.
# $count: how many wait.
# $waiting: their names.
organisations =
    { $count ->
        [0] No organisation waits to be approved.
       *[other] These wait to be approved, with **approve organisation** and the name:
    }
    { $waiting }

# One line of that list.
# $name: the organisation's name.
organisation-line = • { $name }

# An organisation is approved.
# $name: its name.
# $people: how many of its people are listed.
organisation-approved =
    { $name } is approved, and your name is on record with it. { $people ->
        [0] Nobody is listed for it yet; whoever will be is verified with that.
        [one] One person is listed for it, and is told now.
       *[other] { $people } people are listed for it, and are told now.
    }

# It was approved before.
# $name: the organisation's name.
organisation-approved-before = { $name } was approved before, so nothing changes.

# Somebody who is not staff wrote a word that is for staff.
not-staff =
    That is for the careers service’s staff. **help** shows what I can do for you.

# To staff: how somebody is verified.
verify-how =
    I need to know as what. Write for example **verify @sam:example.org as student**, **verify @erin:example.org as employer at City Museum** or **verify @ivy:example.org as intern until 30 June**. The roles are student, alumnus, employer, intern; administrators can verify staff too.

# To staff: an employer's people belong to an organisation.
organisation-missing =
    An employer’s people belong to an organisation. Please write it behind the role, such as **verify @erin:example.org as employer at City Museum**.

# To staff: only administrators decide about this role.
# $role: which.
only-administrators =
    Whether somebody is { $role } is for administrators to decide, so I have changed nothing. One of them can write the same.

# To staff: somebody is verified.
# $who: their Matrix id.
# $role: what they are.
# $until: the message "verified-until", or nothing.
# $waits: the message "verified-waits", or nothing.
verified =
    { $who } is { $role } here from now on, and your name is on record with it. I have told them.
    { $until }
    { $waits }

# When the role ends.
# $until: the day.
verified-until = The role ends on { $until }.

# The organisation has still to be approved.
# $name: its name.
verified-waits = Before they can do anything, { $name } has to be approved: **approve organisation { $name }**.

# To staff: somebody is to have a role whose account is on the service's list of those that have none.
# $who: their Matrix id.
account-takes-no-part =
    { $who } is on the service’s list of accounts that take no part here, so I have changed nothing. If the person is to have a role, please verify another account of theirs, one that is for this alone.

# To staff: nobody here has that Matrix id.
# $who: the Matrix id.
not-listed =
    Nobody here is a member as { $who }, so there is nothing to end.

# To staff: how a new device of somebody's is confirmed.
# $who: their Matrix id.
device-of-how =
    When { $who } writes to me from a new device, I show a code of four letters and digits there. Ask them for it in person or on the phone, and then write **new device { $who }** and the code. Please be sure that it is them you talk with: whoever has that device can say yes in their name from then on.

# To staff: no new device of that person's waits under that code.
# $who: the Matrix id.
no-device-waits =
    No device of { $who } waits under that code, so I have changed nothing. A code holds for a day, and once. Please ask them to write **my new device** to me from the new one, and I tell them its code.

# To staff: a new device of somebody's is confirmed.
# $who: their Matrix id.
device-of-confirmed =
    Thank you, I know the new device of { $who } now, and I have told them so. It is on record that you confirmed it.

# To staff: somebody's role is ended.
# $who: their Matrix id.
# $role: what they were.
ended-role =
    { $who } is no longer { $role } here, and your name is on record with it. I have told them kindly.

# The roles, as they stand in a sentence.
role-unverified = somebody not verified yet
role-student = a student
role-alumnus = an alumnus or alumna
role-employer = an employer’s representative
role-staff = a member of its staff
role-intern = an intern
role-administrator = an administrator
