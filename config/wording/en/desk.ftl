### Questions to the staff.

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
