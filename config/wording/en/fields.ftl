# The details that people can show each other.

# Somebody from the list whom they asked to meet, once that request is over.
named-entry = someone from the mentors’ list

# A detail with what stands in it, on a line of its own: in the request, and wherever somebody's details are shown.
# The reader may be the person themselves, so it says neither "your" nor "their".
# $value: what stands in it.
line-name = Name: { $value }
line-matrix-id = Address: { $value }
line-headline = Headline: { $value }
line-course = Course: { $value }
line-organisation = Organisation: { $value }
line-work = Field of work: { $value }
line-year = Year: { $value }
line-gladly = Happy to talk about: { $value }
line-rather-not = Please don’t ask about: { $value }
line-languages = Languages: { $value }
line-answer-time = Usually answers: { $value }
line-email = Email: { $value }
line-phone = Phone: { $value }

# The same details as words in a sentence. People type these words after **add** and **yes with**, so please keep to
# words that the porter knows: it knows these.
word-name = name
word-matrix-id = address
word-headline = headline
word-course = course
word-organisation = organisation
word-work = work
word-year = year
word-gladly = gladly
word-rather-not = rather-not
word-languages = languages
word-answer-time = answers
word-email = email
word-phone = phone
