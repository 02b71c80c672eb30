# Information interviews: tips on a draft, and everything that helps to ask for half an hour with somebody who does the job.
#
# Please never let these sentences show whether the other person is a member, has been asked, or has answered.

## Tips on the message of a request: to a member who is about to send it. The rules for them stand in tips.txt.

# A tip: the message is very short.
tip-short = • It’s quite short. Say who you are and why you ask them, and a yes is easier: “I study History, and yours is the job I’d like to understand.”

# A tip: the message asks nothing.
tip-no-question = • There’s no question in it, so they can’t tell what you’d like. One that is easy to answer is enough: “What was your first year like?”

# A tip: the message asks for a job.
tip-job-application = • It reads a little like asking for a job. People would rather talk about their own work: “How did you get into it?” does more than “Are you hiring?”

# A tip: the message is too long for a phone.
tip-long = • It’s long for a phone, and a busy person puts it off. Who you are, why them, and one question is plenty: “I saw your talk. May I ask how you began?”

# A tip: the message praises and asks nothing.
tip-flattery = • It praises, and doesn’t say yet what you’d like to know. A reason of your own says more: “Your talk made me wonder how you began. How did you?”

# A tip: the message names somebody else by their address.
tip-another-person = • Someone else’s address is in it, and they haven’t agreed to that. You can do without it: “a colleague of yours” is enough.

# A tip: the message has a telephone number in it.
tip-phone = • A phone number is in it, and they’d see it before they’ve agreed to anything. Take it out: if it’s yours, **add phone** shows it only after you’ve both said yes.

# A tip: the message is nearly that of another request of theirs.
tip-pasted = • It’s nearly the same as another request of yours, and people notice. One sentence for them alone is enough: “I’m asking you because…”
