# What the porter says to people who join, and to those whose role changes; what it says to staff about them; and what it
# says about devices, pauses, limits and blocks.

## Joining, and roles.

# The first words to somebody whose role is known.
# $name: their name.
# $service: the name of the careers service, from its settings.
# $role: what they are here, such as "a student".
# $boundaries: what everybody agrees to; the message "boundaries" below.
welcome =
    Hello { $name }. I’m the porter, and I look after introductions for { $service }. You’re listed as { $role }.

    If there’s someone you’d like to meet, I can ask them for you. If someone would like to meet you, I’ll ask you first. No one is given anyone else’s details without that person’s yes.

    { $boundaries }

    If that’s all right with you, write **agree**, now or when you first need it. **help** shows what I can do.

# What holds between the porter and everybody. Make it your own; when you change what it means, give it another edition
# in the settings (joining.boundaries), and everybody is asked again.
# $within: how long people have to answer a request.
# $quiet: the message "quiet-room" below, or nothing.
boundaries =
    How it works here:

    • This is for work and studies, so please keep it friendly and polite.
    • Only you and I can read this. The people who run the chat system see who is in which room, and not what’s said here.
    • I answer at once. People have up to { $within } to answer a request; staff answer in office hours.
    • You can say no, leave, and change your mind, and I won’t tell anyone why.
    { $quiet }

# The way to the confidential service, as the last line of the boundaries.
# $link: where it is found.
quiet-room =
    • For a confidential talk with someone trained for it, write to { $link }. I don’t learn whether anyone does.

# The answer to "boundaries".
# $boundaries: the message "boundaries".
# $agreed: 1 when they have agreed to them, 0 when not.
boundaries-again =
    { $boundaries }

    { $agreed ->
        [0] Please write **agree** before your first introduction or room.
       *[other] You’ve agreed to this.
    }

# The boundaries have changed. Said once to every member.
# $boundaries: the message "boundaries".
boundaries-changed =
    The careers service has changed some of what it asks of everyone and promises to everyone.

    { $boundaries }

    Please write **agree** before your next introduction or room. What is under way goes on as it was.

# They have agreed to the boundaries.
# $drafting: 1 when they are writing a request.
# $open: 1 when a request waits for their answer.
# $mentors: 1 where there is a mentors’ list.
agreed =
    Thank you. { $drafting ->
        [0] { $open ->
            [0] { $mentors ->
                [0] Write **introduce** when there is someone you’d like to meet, or **help** to see what else I can do.
               *[other] To find someone to meet, write **mentors**. **help** shows what else I can do.
            }
           *[other] A request waits for your answer; **again** shows it.
        }
       *[other] Your request is as you left it: **drafts** shows it, and **send** sends it.
    }

# They have to agree to the boundaries before they can do this.
agree-first =
    One thing comes first: **boundaries** shows how it works here. If you’re happy with that, write **agree**, and then say this again. Nothing is lost.

# The same, to somebody who said yes to a request. Their "agree" is then their consent to both.
# $who: who asks, by the details that came with the request.
# $times: 1 when they gave times with the yes, 0 when not.
agree-for-yes =
    One thing comes before your first yes: how it works here, which **boundaries** shows. If you’re happy with that, write **agree**: that says yes to { $who } too, { $times ->
        [0] as you’ve just done,
       *[other] with the times you gave me,
    } and I’ll open the room.

# The first words to somebody whom nobody has verified.
# $service: the name of the careers service.
# $within: how long until they are forgotten if it stays so.
visitor =
    Hello. I’m the porter at { $service }. I don’t know yet who you are, and there are two ways to change that:

    • If the careers service sent you a code, write it here.
    • If not, write **ask staff** and who you are. The staff then see your words and your address, and answer in office hours.

    Until then I can’t introduce you to anyone. If I don’t learn who you are within { $within }, I’ll leave this room and forget that you were here.

# The answer to "who are you?".
# $service: the name of the careers service.
about =
    I’m the porter of { $service }: a program, not a person. I ask people if they’d like to meet, and show each only what the other agreed to.

    Only you and I can read this. **ask staff** and your words reach a person; **help** shows what I can do.

# The answer to "help" for somebody whom nobody has verified.
# $service: the name of the careers service.
visitor-help =
    You can write these to me:

    • the **code** that { $service } sent you, if it did: then I know who you are.
    • **ask staff** and your words: the staff see them and your address, and answer in office hours.
    • **policy**: how it works here. **boundaries**: the same in short.
    • **my data**: everything I keep about you. **forget me**: I’ll forget you.

# They asked for something that is for people whose role is verified.
not-verified =
    I can’t do that until the careers service has confirmed who you are. If it sent you a code, please write it here. Otherwise write **ask staff** and who you are.

# To an employer's person whose organisation has still to be approved by the staff.
# $organisation: its name.
# $service: the name of the careers service.
waits-for-organisation =
    Hello. I’m the porter at { $service }. You’re on its list for { $organisation }, and its staff still have to approve that organisation. I’ll tell you here as soon as they have. If you have a question until then, write **ask staff** and your words.

# To the same person, at whatever they try before the organisation is approved.
# $organisation: its name.
still-waits-for-organisation =
    { $organisation } is still waiting for the careers service’s approval; I’ll write to you as soon as it’s there. Everything you can do here begins then. **ask staff** and your words reaches the people who decide.

# A code that nobody has, or that has been used.
code-unknown =
    I don’t know that code, or it has been used already. Please compare it with the letter from the careers service; it is three groups of four. If it still doesn’t work, write **ask staff** and who you are.

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
    The careers service no longer lists you as { $role }, so I won’t bring you any more requests, or send any for you. Thank you for having been here. The people you met stay yours: your rooms with them are untouched, and any time you’ve agreed there stands, though I won’t remind you of it.

    Write **my data** to see what I keep about you, or **forget me** and I’ll remove it. If this looks wrong, the careers service’s staff can put it right.

# They wrote "ask staff" and nothing else.
ask-staff-what =
    What would you like to ask the staff? Write it in one message, such as **ask staff I lost my code; I am Sam from the history course**.

# Their words are with the staff.
staff-asked =
    I’ve passed this on to the careers service’s staff, with your address. They answer in office hours.

# They have asked the staff as often as they can in a day.
asked-staff-enough =
    The staff have your words from today and answer in office hours. If there is more to say, please write it tomorrow.

# To staff: somebody asks for help.
# $who: their Matrix id.
# $role: what they are here.
# $words: their words.
# $further: 1 when they write back after an answer, 0 when not.
# $before: the beginning of what they had asked before.
# $draft: 1 when the words are a draft that they would like looked over, 0 when not.
# $purpose: what the draft is for.
help-wanted =
    { $further ->
        [0] { $draft ->
            [0] { $who }, { $role }, asks the staff:
           *[other] { $who }, { $role }, would like you to look over a draft ({ $purpose }) before it goes out:
        }
       *[other] { $who }, { $role }, writes back about “{ $before }”:
    }

    > { $words }

    Reply to this message, or write **tell { $who }** and your words, to answer them, in the service’s name and without yours; your colleagues see that it’s done. If you know who they are, **verify** and their address, **as** and a role settles it: **student**, **alumnus**, **employer at** the organisation, **intern until** a day.

# The staff have answered somebody who had asked them.
# $words: what they wrote.
staff-say =
    The careers service’s staff say:

    > { $words }

    To write back, reply to this message, or put **ask staff** before your words.

# To the member of staff who answered.
# $who: whom they answered, by their address.
staff-told =
    I’ve passed that on to { $who }, in the service’s name. Your colleagues see that it’s answered, and your name is on record with it.

# To the other members of staff.
# $who: who was answered, by their address.
# $by: who answered, by their address.
# $words: what they wrote.
staff-told-by =
    { $by } has answered { $who }:

    > { $words }

# To staff: an organisation waits to be approved.
# $name: its name.
organisation-waits =
    People are listed for { $name }, an organisation that no one has approved yet. Until someone does, its people can do nothing here. If you know it, write **approve organisation { $name }**.

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
        [one] One person is listed for it, and is told now.
       *[other] { $people } people are listed for it, and are told now.
    }

# It was approved before.
# $name: the organisation's name.
organisation-approved-before = { $name } was approved before, so nothing changes.

# To staff: they approved an organisation by a name under which none waits.
# $name: the name that they wrote.
# $near: the message "organisation-meant", or nothing.
organisation-none-waits =
    No organisation waits by the name { $name }, so I have approved nothing. **organisations** lists those that wait.
    { $near }

# The name of one that waits and is nearly the same.
# $near: its name.
organisation-meant = One waits by this name: { $near }. Did you mean it? Then write **approve organisation { $near }**.

# Somebody who is not staff wrote a word that is for staff.
not-staff =
    That’s for the careers service’s staff. **help** shows what I can do for you.

# To staff: how somebody is verified.
verify-how =
    I need to know as what. Write for example **verify @sam:example.org as student**, **verify @erin:example.org as employer at City Museum** or **verify @ivy:example.org as intern until 30 June**. The roles are student, alumnus, employer, intern; administrators can verify staff too.

# To staff: a verification could be read in two ways.
verify-unclear =
    I could read that in two ways, so I’ve changed nothing. Please write the role right after “as”, then **at** and the organisation, and the last day at the end: **verify @erin:example.org as employer at City Museum until 30 June**.

# To staff: an employer's people belong to an organisation.
organisation-missing =
    An employer’s people belong to an organisation. Please write it behind the role, such as **verify @erin:example.org as employer at City Museum**.

# To staff: only administrators decide about this role.
# $role: which.
only-administrators =
    Whether someone is { $role } is for administrators to decide, so I’ve changed nothing. One of them can write the same.

# To staff: somebody is verified.
# $who: their Matrix id.
# $role: what they are.
# $until: the message "verified-until", or nothing.
# $waits: the message "verified-waits", or nothing.
# $met: 1 if that account has been here before.
verified =
    { $who } is { $role } here from now on, and your name is on record with it. { $met ->
        [0] I haven’t met that account yet: I’ve sent it an invitation, and I’ll tell them when they come in. If they don’t, please check the address.
       *[other] I’ll tell them in our conversation.
    }
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
    { $who } is on the service’s list of accounts that take no part here, so I’ve changed nothing. If the person is to have a role, please verify another account of theirs, one that is for this alone.

# To staff: nobody here has that Matrix id.
# $who: the Matrix id.
not-listed =
    No one here is a member as { $who }, so there is nothing to end.

# To staff: how a new device of somebody's is confirmed.
# $who: their Matrix id.
device-of-how =
    When { $who } writes to me from a new device, I show a code of four letters and digits there. Ask them for it in person or on the phone, and then write **new device { $who }** and the code. Please be sure that it is them you talk with: whoever has that device can say yes in their name from then on.

# To staff: no new device of that person's waits under that code.
# $who: the Matrix id.
no-device-waits =
    No device of { $who } waits under that code, so I’ve changed nothing. A code holds for a day, and once. Please ask them to write **my new device** to me from the new one, and I’ll tell them its code.

# To staff: a new device of somebody's is confirmed.
# $who: their Matrix id.
device-of-confirmed =
    Thank you, I know the new device of { $who } now, and I’ve told them so. It’s on record that you confirmed it.

# To staff: somebody's role is ended.
# $who: their Matrix id.
# $role: what they were.
ended-role =
    { $who } is no longer { $role } here, and your name is on record with it. I’ve told them kindly.

# The roles, as they stand in a sentence.
role-unverified = someone not verified yet
role-student = a student
role-alumnus = an alumnus or alumna
role-employer = an employer’s representative
role-staff = a member of its staff
role-intern = an intern
role-administrator = an administrator

## Devices, and a new conversation.

# A message came from a device of theirs that the porter does not know yet, so it was not taken for an answer.
# $code: four letters and digits by which the porter calls that device.
device-new =
    I don’t know this device as yours yet, so I haven’t acted on your message. Nothing is lost: what was waiting for your word is still waiting. I’ll call this device **{ $code }**.

    Please show me that it is yours, in one of these ways, and then say it again:

    • From a device that you’ve used with me before, write **my new device { $code }**.
    • Or read the code to the careers service’s staff, in person or on the phone, and they tell me.
    • Or verify this device in your app with one that is verified already; you’ll find it in the settings, often under “Sessions” or “Devices”.

    If it wasn’t you who wrote just now, please don’t give this code to anyone, and tell the careers service’s staff.

# They write from one more device of theirs, where what was said before cannot be read. What waits for their answer follows.
device-once-more =
    This seems to be a new device of yours. Your app may not be able to show there what I wrote before, so here’s what’s waiting for your answer, once more.

# The answer to "my new device" from a device that the porter knows.
device-how =
    Please write **my new device** to me from the new one first. I’ll answer with a code for it, of four letters and digits. Then write **my new device** and that code here, and what you write there counts.

# They gave a code under which no device of theirs waits.
device-code-unknown =
    No device of yours waits under that code. A code holds for a day, and once. Please write **my new device** to me from the new one, and I’ll tell you its code.

# They confirmed a new device from one that the porter knows.
device-confirmed =
    Thank you, I know your new device now. If I left something undone, please say it again from there, and an answer to a request with its number, as in **1 yes**.

# Staff confirmed a new device of theirs.
device-confirmed-by-staff =
    The careers service’s staff have told me that your new device is yours, so what you write there counts from now on. If I left something undone, please say it again from there, and an answer to a request with its number, as in **1 yes**.

    If you didn’t ask them to, please tell them at once.

# To administrators: the homeserver did not know any more how far the porter had heard it, and is heard anew.
# $known: 1 when it is known when it was heard last.
# $heard: that moment.
began-anew =
    The server has lost part of what I had heard from it{ $known ->
        [0] {""}
       *[other] , the last of it on { $heard }
    }. That happens when it is put back from a backup. I’m reading what it has of the last three months once more, and nothing that counted before counts again.

    What people wrote to me, and what I told them, between that backup and now may be gone from their conversations too. Please let whoever runs the server know. If someone is waiting for an answer from me, ask them to write to me again.

## An older copy was put back.

# The disk of the service was lost, and an older copy was put back. Said once to every member, in a new conversation.
# $to: the moment from which the copy is.
# $listed: 1 where they were in the mentors’ list then, otherwise 0.
went-back =
    The computer I run on was lost, and I’ve had to go back to how things stood on { $to }. What the two of us wrote after that, I no longer have. Let’s go on here, in this new conversation.

    • Requests that were open then don’t go any further. If you sent one, you’ll hear from me on the day I named. You’re welcome to ask again.
    • Please look at **requests**, **blocks** and **card**. If you’d changed any of it since, please tell me once more. If you’d asked me to forget you, please ask again.

    { $listed ->
        [one] You’re out of the mentors’ list for now. **list me** puts you back.
       *[other] There’s nothing else you have to do.
    }

## The requests that they are brought: pauses, limits and blocks.

# They block somebody.
# $until: until when.
block-recorded =
    Nothing from this person will reach you before { $until }. They aren’t told: if they ask for you, they’ll hear the same as if you hadn’t answered. **my settings** shows who you block, and **unblock** takes it back.

# They would like to block somebody, and have named nobody that could be blocked.
block-whom =
    Who would you like to block? Please write **block** and their address, as in **block @alex:example.org**. It can’t be your own or mine.

# A block is taken away.
unblocked = That block is gone, so a new request from this person can reach you again. No one is told.

# They wrote "unblock" and block nobody.
not-blocked = You block no one at the moment, so there is nothing to take back.

# They are brought nothing until then.
# $until: until when.
# $open: how many requests wait for their answer already.
paused =
    I won’t bring you any new requests before { $until }, and no one is told that you’re away. Write **resume** if you’re back sooner.

    { $open ->
        [0] {""}
        [one] One request was here before: you can still answer it, or let it pass.
       *[other] { $open } requests were here before: you can still answer them, or let them pass.
    }

# The pause would be too long.
# $latest: the last day on which it can end.
pause-too-long =
    A pause can last until { $latest } at most, so nothing has changed. Please choose an earlier day. If you’d rather not be asked at all, **limit 0 a month** does that for as long as you like.

# They take requests again.
resumed = Welcome back, your pause is over. **my settings** shows how many requests I bring you.

# They set how many requests a month they are brought.
# $limit: how many.
# $converted: 1 when they had counted by weeks or another time, 0 when not.
limit-set =
    { $limit ->
        [0] I won’t bring you any requests until you say otherwise.
        [one] I’ll bring you one request in any thirty days, and no more.
       *[other] I’ll bring you { $limit } requests in any thirty days, and no more.
    } { $converted ->
        [0] No one is told.
       *[other] I can only count by thirty days, so they may not be spread evenly. No one is told.
    } **limit off** takes this back.

# They are brought as many as the service sets.
# $limit: how many.
limit-off =
    { $limit ->
        [one] I’ll bring you one request in any thirty days at most, as for everyone.
       *[other] I’ll bring you { $limit } requests in any thirty days at most, as for everyone.
    }

# The answer to "my settings".
# $paused: whether they pause (see pause-on, pause-off).
# $limit: how many requests a month they are brought at most.
# $blocked: how many people they block.
# $blocks: those, one on each line (see block-line, block-line-address).
own-settings =
    { $paused }

    { $limit ->
        [0] I bring you no requests.
        [one] I bring you one request in any thirty days at most.
       *[other] I bring you { $limit } requests in any thirty days at most.
    } **limit 2 a month**, or another number, changes that.

    { $blocked ->
        [0] You block no one.
       *[other] You block these people. **unblock** and the number ends a block.
    }

    { $blocks }

# In that answer: they pause.
# $until: until when.
pause-on = You’re pausing until { $until }. **resume** ends it.

# In that answer: they do not pause.
pause-off = You aren’t pausing. **pause until** and a day does that.

# In that answer: a block, where they gave the Matrix id themselves.
# $number: its number.
# $who: the Matrix id.
# $until: until when it lasts.
block-line-address = • Number { $number }: { $who }, until { $until }

# In that answer: a block of somebody whose request they had.
# $number: its number.
# $at: when they blocked.
# $until: until when it lasts.
block-line = • Number { $number }: the person you blocked on { $at }, until { $until }
