# What everybody has a right to: to read the policy, to see what is kept about them, and to be forgotten.

# The answer to "policy".
# $version: the edition of the page.
# $page: the page, as the service wrote it.
policy =
    This is the policy here, for everyone (edition { $version }).

    { $page }

# The policy page has changed. Said once to every member.
# $version: its new edition.
policy-changed =
    The careers service has changed its policy; this is edition { $version } now. **policy** shows it. What you agreed to before stays as it was, and what you agree to from now on is under the new edition.

# The answer to "my data": everything that is kept about them, or a part of it.
# $part: which part this is.
# $of: how many parts there are.
# $short: before the first part, what there is in short, one kind on each line (see my-data-you and those after it).
# $json: the part, as text that a program can read too.
my-data =
    { $part ->
        [1] This is what I keep about you, in short:
       *[other] {""}
    }

    { $short }

    { $of ->
        [one] Here it is in full, as a program can read it:
       *[other] Here it is in full, as a program can read it, part { $part } of { $of }:
    }

    { $json }

# The first of those lines: who they are.
# $name: their name.
# $address: their Matrix id.
# $role: what they are here, such as "a student".
# $current: 1 while they are a member, 0 when not any more.
my-data-you = • You: { $name }, { $address }, here as { $role }{ $current ->
        [0] {""} until your membership ended
       *[other] {""}
    }.

# The same: their details.
# $fields: which those are, in one line, such as "email, phone".
my-data-card = • Your details: { $fields }. **profile** shows them, and who may see each.

# The same: the mentors' list.
my-data-listed = • You’re in the mentors’ list. **unlist me** takes you out.

# The same: requests.
# $sent: how many they sent.
# $received: how many they were sent.
my-data-requests = • Requests: { $sent } sent, { $received } received. **requests** shows what’s open.

# The same: notes.
# $notes: how many they keep.
my-data-notes = • Notes of your own: { $notes }, which I show to no one but you. **notes** shows them.

# The same: rooms for many.
# $rooms: the names of those they are in or have asked to join, in one line.
my-data-rooms = • Rooms: { $rooms }.

# The name of such a room.
# $room: the name.
my-data-room = { $room }

# The same: how long it is kept.
# $kept: how long what has ended is kept.
# $within: how soon everything goes.
my-data-kept = • What has ended goes after { $kept }. **forget me** removes everything, within { $within }.

# They asked to be forgotten, and are told what that means.
# $within: how long it takes at most.
forget-ask =
    I can forget you. This is what happens if you write **forget me now**:

    • Requests you sent are taken back, and what you were asked is closed. No one is told why.
    • I’ll remove what I showed others of you from my messages to them. I can’t take back what they’ve read or copied, or what you wrote in rooms that I’ve left.
    • Everything I keep about you is destroyed within { $within }, in old copies too. Only scrambled marks without names remain, so that blocks and waiting times still count.
    • What passed through the chat system stays with whoever runs it, who can’t read it. Your account there is yours, and only they can remove it.

    There’s no way back afterwards. If you’d rather stay, do nothing.

# They are being forgotten.
# $by: by when it is done.
forgetting =
    I understand. I’ve closed what was open, and I’ll destroy everything I keep about you by { $by }. After that I’ll leave this conversation and know nothing of you any more.

    Thank you for having been here, and good luck with everything you do.

# To somebody who is no longer a member and asks for something that only members can do.
no-longer-member =
    You’re no longer on the careers service’s list, so I can’t introduce you or bring you requests. **my data** still shows what I keep about you, **withdraw** takes back what is open, and **forget me** removes it all. If the list is wrong, the careers service’s staff can put it right.
