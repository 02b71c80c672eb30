### The staff's desk: what waits for them, and questions to them.

# They would like the staff to look over their draft, and it is with them.
feedback-asked =
    I’ve shown your words to the careers service’s staff, with what they’re for and not whom they’re to. They’ll answer here, in office hours. Your draft stays as it is until you **change** it, and no one can send it but you.

# They would like the staff to look over their draft, and there are no words in it yet.
feedback-on-what =
    Staff gladly look over a draft before it goes out. Please write its message first, with **introduce** or **drafts**, and then **ask for feedback**.

## To staff.

# The answer to "desk".
# $count: how many things it shows.
# $lines: those, oldest first, one on each line (see desk-line).
# $more: how many further ones wait.
# $own: how many requests wait for the reader's own answer.
desk =
    { $count ->
        [0] Nothing is waiting for the careers service’s staff.
       *[other] This is waiting for the careers service’s staff:
    }

    { $lines }

    { $more ->
        [0] {""}
        [one] One more is waiting, and shows here when one of these is done.
       *[other] { $more } more are waiting, and show here as these are done.
    }

    { $count ->
        [0] {""}
       *[other] **take 1** puts your name on number 1, so that your colleagues see it’s in hand. **done 1** closes a question that needs no answer.
    }
    { $own ->
        [0] {""}
       *[other] **requests** shows what people ask of you yourself.
    }

# One line of it.
# $number: its number.
# $matter: the thing that waits, one of those below.
# $since: since when, one of those below.
# $taken: who has taken it (see desk-with, desk-with-you), or nothing.
# $step: the next step, one of those below.
desk-line = • { $number }: { $matter }, { $since }{ $taken }. { $step }

# Somebody whom nobody has verified.
# $who: their Matrix id.
desk-visitor = { $who } isn’t verified yet

# An organisation that nobody has approved.
# $name: its name.
desk-organisation = { $name } isn’t approved yet

# A room that a member suggests.
# $name: its name.
desk-room = someone suggests the room { $name }

# An opportunity that an employer offers.
# $organisation: whose.
desk-opportunity = { $organisation } would like to post an opportunity

# A question to the staff.
# $who: who asks, by their Matrix id.
# $words: the beginning of what they wrote.
desk-question = { $who } asks “{ $words }”

# A report about somebody in a room for many.
# $who: who is reported, by their Matrix id.
# $room: the room’s name.
desk-report = a report about { $who } in { $room }

# A report about a request or an introduction.
# $who: who is reported, by their Matrix id.
desk-report-introduced = a report about { $who }, from a request or an introduction

# Since when something waits.
since-today = since today
since-yesterday = since yesterday
since-unknown = for some time

# $day: the day of the week, from 1 for Monday.
since-weekday =
    { $day ->
        [1] since Monday
        [2] since Tuesday
        [3] since Wednesday
        [4] since Thursday
        [5] since Friday
        [6] since Saturday
       *[7] since Sunday
    }

# $day: the day.
since-day = since { $day }

# Somebody has taken it.
# $by: the colleague, by their Matrix id.
desk-with = ; { $by } has it
desk-with-you = ; you have it

# The next step with each.
# $who: their Matrix id.
desk-verify = **verify { $who } as** and a role

# $name: the organisation.
desk-approve-organisation = **approve organisation { $name }**

# $number: the number.
desk-decide = **approve { $number }** or **decline { $number }**

# $number: the number.
desk-tell = **tell { $number }** and your words

desk-judge = **reports** shows it in full

# They took something.
# $matter: what.
desk-took =
    It’s with you now, and your colleagues see that on their **desk**: { $matter }. If it turns out that you can’t, **put it back**.

# They had taken it before.
desk-took-before = You have that already. If you can’t see to it after all, **put it back**.

# A colleague has taken it.
# $by: the colleague, by their Matrix id.
# $since: since when.
desk-taken-by = { $by } has had that { $since }, so I’ve left it with them. You can still deal with it, if the two of you agree.

# Their name is off it again.
desk-put-back = Your name is off it again, and anyone can take it.

# Their name was not on it.
desk-not-with-you = Your name isn’t on that, so there’s nothing to put back.

# It waits no longer.
desk-settled = That has been dealt with in the meantime. **desk** shows what’s still waiting.

# They closed a question without an answer.
# $who: who had asked, by their address.
desk-done = That question is closed, and I’ve told { $who } that it has no answer here.

# They named no line, or none was shown to them.
desk-which = I can’t tell which you mean. **desk** shows everything that’s waiting, with numbers.

# There is no line of that number.
# $number: the number they gave.
desk-no-such-line = There was no number { $number } when I last showed you the desk. **desk** shows it as it is now.

# They meant to answer a line, and nobody asked anything there.
# $number: the number they gave.
desk-not-a-question = Number { $number } on your desk isn’t a question from anyone, so I’ve left everything as it is. **tell**, an address and your words reaches someone all the same.

# They replied to a message of which the porter does not know any more which it was.
desk-which-question = I can’t tell which question that answers, so I haven’t passed it on. **desk** shows those that are waiting, and **tell 1**, or another number there, and your words answers it.

## To somebody who asks the staff.

# As many questions of theirs wait for the staff as can.
# $count: how many.
questions-wait =
    The staff still have { $count } questions of yours to answer, so I’ve kept this one back. They answer in office hours, and you can ask again when one is answered. If one has settled itself, **take my question back** lets go of the last.

# They took their last question to the staff back.
# $words: the question.
question-taken-back =
    I’ve taken this question back, and told the staff that there’s nothing to answer:

    > { $words }

# The staff closed their question, and wrote no answer.
# $words: the question.
question-closed =
    The careers service’s staff have closed this question of yours, and wrote no answer to it here:

    > { $words }

    If it isn’t settled for you, **ask staff** and your words brings it to them again.

# They would like to take a question back, and none waits.
no-question-waits =
    No question of yours is waiting with the staff, so there’s nothing to take back. **ask staff** and your words asks them something.

## To staff.

# Somebody took their question back.
# $who: who had asked, by their address.
question-taken-back-by =
    { $who } has taken their question back, so there’s nothing left to answer.

# They replied to a question that has an answer already.
# $by: one of the three below.
# $who: who had asked, by their address.
question-answered-before =
    { $by } already, so I haven’t passed your words on. If there’s more to say, **tell { $who }** and your words sends another answer.

# In that answer: a colleague answered.
# $by: the colleague, by their address.
answered-by-colleague = { $by } has answered this

# In that answer: the reader answered.
answered-by-you = You’ve answered this

# In that answer: a colleague answered who is no longer known.
answered-by-somebody = A colleague has answered this

# They replied to a question that is no longer kept.
question-gone =
    That question is no longer here: it was answered a while ago or taken back, or whoever asked has left. I haven’t passed your words on. **tell**, an address and your words reaches someone all the same.
