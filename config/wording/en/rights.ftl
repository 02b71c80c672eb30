# What everybody has a right to: to read the policy, to see what is kept about them, and to be forgotten.

# The answer to "policy".
# $version: the edition of the page.
# $page: the page, as the service wrote it.
policy =
    This is the policy that holds for everybody here (edition { $version }).

    { $page }

# The policy page has changed. Said once to every member.
# $version: its new edition.
policy-changed =
    The careers service has changed the policy that holds here; this is edition { $version } now. **policy** shows it. What you agreed to before stays as it was, and what you agree to from now on is under the new edition.

# The answer to "my data": everything that is kept about them, or a part of it.
# $part: which part this is.
# $of: how many parts there are.
# $json: the part, as text that a program can read too.
my-data =
    { $of ->
        [one] This is everything I keep about you, in a form that a program can read too.
       *[other] This is part { $part } of { $of } of everything I keep about you, in a form that a program can read too.
    }

    { $json }

# They asked to be forgotten, and are told what that means.
# $within: how long it takes at most.
forget-ask =
    I can forget you. This is what happens if you write **forget me now**:

    • Requests you sent are taken back, and what you were asked is closed. Nobody is told why.
    • What I showed others of you, I remove from my messages to them. What they have read or copied, and what you wrote in rooms that I have left, I cannot take back.
    • Everything I keep about you is destroyed within { $within }, in old copies too. What is left are marks that name nobody, so that being forgotten undoes no block and no waiting time.
    • What passed through the chat system stays with whoever runs it, who cannot read it. Your account there is yours, and only they can remove it.

    There is no way back afterwards. If you would rather stay, do nothing.

# They are being forgotten.
# $by: by when it is done.
forgetting =
    I understand. I have closed what was open, and destroy everything I keep about you by { $by }. After that I leave this conversation and know nothing of you any more.

    Thank you for having been here, and good luck with everything you do.

# To somebody who is no longer a member and asks for something that only members can do.
no-longer-member =
    You are no longer on the careers service’s list, so I cannot introduce you or bring you requests. **my data** still shows what I keep about you, **withdraw** takes back what is open, and **forget me** removes it all. If the list is wrong, the careers service’s staff can put it right.
