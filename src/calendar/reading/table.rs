//! The words that are understood, and those that change nothing.

use jiff::civil::Weekday;
use lodge_ground::near;

use super::words::{Kind, Part, Word};

/// The words of each meaning, apart by `|`. Signs stand apart from letters in them, as they are read.
#[rustfmt::skip]
const WORDS: &[(Word, &str)] = &[
    (Word::Today, "today|tday"),
    (Word::Tonight, "tonight|tonite|2 nite"),
    (Word::Tomorrow, "tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tmw|tmoz|tomoz|2 moro|2 morrow|tomoro|tomo|morrow"),
    (Word::AfterTomorrow, "day after tomorrow|day after tmrw|day after tomoz"),
    (Word::Yesterday, "yesterday|last week|last night"),
    (Word::Weekday(Weekday::Monday), "monday|mon"),
    (Word::Weekday(Weekday::Tuesday), "tuesday|tue|tues"),
    (Word::Weekday(Weekday::Wednesday), "wednesday|wed|weds"),
    (Word::Weekday(Weekday::Thursday), "thursday|thu|thur|thurs"),
    (Word::Weekday(Weekday::Friday), "friday|fri"),
    (Word::Weekday(Weekday::Saturday), "saturday|sat"),
    (Word::Weekday(Weekday::Sunday), "sunday|sun"),
    (Word::Weekdays(Weekday::Monday), "mondays|mons"),
    (Word::Weekdays(Weekday::Tuesday), "tuesdays"),
    (Word::Weekdays(Weekday::Wednesday), "wednesdays"),
    (Word::Weekdays(Weekday::Thursday), "thursdays"),
    (Word::Weekdays(Weekday::Friday), "fridays|fris"),
    (Word::Weekdays(Weekday::Saturday), "saturdays|sats"),
    (Word::Weekdays(Weekday::Sunday), "sundays|suns"),
    (Word::Workdays, "weekday|weekdays|week day|week days|week - days|workday|workdays|working day|working days|during the week|in the week|midweek"),
    (Word::Weekend, "weekend|week - end|wkend|wknd|w / e|w / end"),
    (Word::Weekends, "weekends|week - ends|wkends"),
    (Word::Month(1), "january|jan"),
    (Word::Month(2), "february|feb"),
    (Word::Month(3), "march|mar"),
    (Word::Month(4), "april|apr"),
    (Word::Month(5), "may"),
    (Word::Month(6), "june|jun"),
    (Word::Month(7), "july|jul"),
    (Word::Month(8), "august|aug"),
    (Word::Month(9), "september|sept|sep"),
    (Word::Month(10), "october|oct"),
    (Word::Month(11), "november|nov"),
    (Word::Month(12), "december|dec"),
    (Word::Every, "any|every|each|all"),
    (Word::Whole, "any time|anytime|any times|whenever|all day|all - day|any hour|at any point|any point|whole day|the whole day"),
    (Word::This, "this"),
    (Word::Next, "next|nxt"),
    (Word::NextMonth, "next month"),
    (Word::Day, "day|days"),
    (Word::Daily, "daily|everyday|every day|any day|each day|all days|any days|any date"),
    (Word::Week, "week|weeks|wk|wks"),
    (Word::ThisWeek, "this week|this wk|all week|all this week|rest of the week|rest of this week|later this week|later in the week"),
    (Word::WeekAfterNext, "week after next|week after that|wk after next"),
    (Word::Fortnight, "fortnight|fortnights|fortnight's"),
    (Word::Commencing, "w / c|wc|w . c|w / b|wb|wk commencing|wk of|wk starting|week commencing|week beginning|week starting|wk beginning|week of"),
    (Word::Part(Part::Morning), "morning|morn|a . m|before lunch"),
    (Word::Part(Part::Lunch), "lunch|lunchtime|lunch time|lunch - time|lunchbreak|lunch break|lunch hour"),
    (Word::Part(Part::AfterLunch), "after lunch"),
    (Word::Part(Part::Afternoon), "afternoon|arvo|aft|after noon"),
    (Word::Part(Part::Evening), "evening|eve|evng|night|after work|after hours"),
    (Word::Part(Part::OfficeHours), "office hours|working hours|work hours|business hours|working day hours"),
    (Word::Parts(Part::Morning), "mornings"),
    (Word::Parts(Part::Lunch), "lunchtimes|lunches|lunch times|lunch hours|lunch breaks"),
    (Word::Parts(Part::Afternoon), "afternoons|arvos"),
    (Word::Parts(Part::Evening), "evenings|eves|nights"),
    (Word::Early, "early"),
    (Word::Late, "late"),
    (Word::Noon, "noon|midday|mid - day"),
    (Word::Half, "half"),
    (Word::Quarter, "quarter|qtr"),
    (Word::Past, "past"),
    (Word::Clock, "o'clock|oclock|o clock"),
    (Word::Am, "am|a . m ."),
    (Word::Pm, "pm|pmish|p . m|p . m ."),
    (Word::At, "at|@"),
    (Word::About, "around|about|circa|approx|roughly|c|say"),
    (Word::Ish, "ish|- ish"),
    (Word::From, "from|starting|starting from|as of"),
    (Word::After, "after|later than|no earlier than|not earlier than"),
    (Word::Before, "before|earlier than|b 4|ahead of"),
    (Word::Until, "until|till|til|'til|by|up to|no later than|up until"),
    (Word::Between, "between|btw|btwn|inbetween"),
    (Word::To, "to|through|thru"),
    (Word::Onwards, "onwards|onward|on wards|or later|and later|upwards|and on|or thereafter"),
    (Word::And, "and|n|plus|also|as well as|and also|and then"),
    (Word::Or, "or|either|or else|otherwise|failing that|alternatively"),
    (Word::But, "but|however|though|although"),
    (Word::Not { joins: true }, "not|bar|except|except for|excepting|excluding|excl|apart from|aside from|other than|save for|but not|just not|\
        only not|minus|without|barring|outside of|outside|with the exception of|so not|and not|not including"),
    (Word::Not { joins: false }, "no|nope|never|none|can't|cant|cannot|can not|couldn't|wouldn't|won't|wont|can't do|can't make|cannot do|cannot make|\
        can't be|not free|isn't free|not available|unavailable|busy|not good|no good|isn't good|not great|isn't great|not possible|isn't possible|\
        not ideal|isn't ideal|isn't|isnt|aren't|arent|don't|dont|doesn't|doesnt|doesn't work|don't work|doesn't suit|does not|do not|won't work|won't do|\
        not working|no use|no go|is out|are out|out|away|off|is off|tied up|booked|taken|full|working|in class|in lectures|unfree|not on|\
        not doable|not up for|avoid|avoiding|not so good|i'm away|isn't doable|won't be|won't be free|won't be available|not a|not an|impossible|\
        rather not|prefer not|i'd rather not|nothing|bad|is bad|are bad|not convenient|inconvenient|isn't convenient|not suitable|unsuitable"),
    (Word::Yes, "yes|yep|yeah|yup|ok|okay|fine|good|great|works|suits|suit|free|available|possible|doable|best|perfect|better|convenient|\
        open|i can|can do|can make|i'm around|im around|am around|be around|happy|easy|ideal|all good|cool"),
    (Word::Zone("Europe/London", Some("GMT")), "gmt"),
    (Word::Zone("Europe/London", Some("BST")), "bst"),
    (Word::Zone("UTC", None), "utc|zulu"),
    (Word::Zone("Europe/London", None), "uk time|london time|british time|english time|uk"),
    (Word::Zone("Europe/Berlin", Some("CET")), "cet"),
    (Word::Zone("Europe/Berlin", Some("CEST")), "cest"),
    (Word::Zone("Europe/Berlin", None), "berlin time|german time|central european time|paris time|french time|madrid time|rome time|amsterdam time"),
    (Word::Zone("Europe/Athens", Some("EET")), "eet"),
    (Word::Zone("Europe/Athens", Some("EEST")), "eest"),
    (Word::Zone("Europe/Athens", None), "greek time|athens time"),
    (Word::Zone("Europe/Dublin", None), "irish time|dublin time"),
    (Word::Zone("America/New_York", Some("EST")), "est"),
    (Word::Zone("America/New_York", Some("EDT")), "edt"),
    (Word::Zone("America/New_York", None), "new york time|ny time|eastern time|et|boston time|toronto time"),
    (Word::Zone("America/Chicago", None), "chicago time|central time"),
    (Word::Zone("America/Los_Angeles", Some("PST")), "pst"),
    (Word::Zone("America/Los_Angeles", Some("PDT")), "pdt"),
    (Word::Zone("America/Los_Angeles", None), "pacific time|california time|la time|pt"),
    (Word::Zone("Asia/Kolkata", None), "indian time|india time|delhi time|mumbai time"),
    (Word::Zone("Asia/Dubai", None), "dubai time"),
    (Word::Zone("Asia/Singapore", None), "singapore time|sgt"),
    (Word::Zone("Asia/Hong_Kong", None), "hong kong time|hkt"),
    (Word::Zone("Asia/Tokyo", None), "tokyo time|japan time|jst"),
    (Word::Zone("Australia/Sydney", Some("AEST")), "aest"),
    (Word::Zone("Australia/Sydney", Some("AEDT")), "aedt"),
    (Word::Zone("Australia/Sydney", None), "sydney time|melbourne time"),
    (Word::Zones, "ist|cst|cdt|ast|mst|wat|your time|their time|his time|her time|us time|american time"),
    (Word::Vague, "exams|exam|soon|may be|may not|may have|i may|may work|may suit|may do|could be|asap|sometime|some time|some point|some day|someday|later|christmas|xmas|new year|new year's|easter|\
        holidays|hols|term|reading week|half term|half - term|few|couple|most|mostly|some|maybe|perhaps|possibly|probably|might|if|\
        unless|depends|depending|usually|normally|generally|sometimes|occasionally|often|provided|assuming|hopefully|summer|spring|\
        autumn|winter|mid|end|end of|start of|beginning of|middle of|first thing|last thing|eod|end of play|close of play|eow|teatime|tea time|dinner|dinnertime|\
        breakfast|brunch|flexible|flexi|alternate|every other|every second|a while|moment|tbc|tbd|unsure|not sure|don't know|dunno|anon"),
    (Word::In, "in|in the"),
    (Word::Small, "on|the|of|a|an|during|over|for|is|are|i|for me|on the|s|'s|time|my time|local time|our time|that|it's|its|it"),
    (Word::Filler, "i'm|im|i am|can|could|do|i could|i'd|i'll|be|been|would|we|could do|make|makes|i have|have|i've|got|me|for me|please|pls|\
        plz|thanks|thank you|thx|ta|cheers|hi|hello|hey|hiya|sorry|so|well|um|erm|ah|oh|hmm|just|only|really|very|quite|both|too|there|then|\
        how about|what about|how's|does|would work|work for me|work for you|work ?|could work|will work|that works|shall we say|could we say|can we say|shall we|let's say|let's|lets|meet|talk|speak|call me|any of|\
        ideally|preferably|pref|prefer|preferred|i prefer|i'd prefer|first choice|second choice|best for me|with me|with you|absolutely|totally|\
        mainly|anything|sharp|as well|will|is good for me|to me|i think|think|honestly|definitely|for sure|sure|lol|haha|'|always|"),
];

/// Numbers in words, from one.
#[rustfmt::skip]
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The letters that a word has at least, before another with one letter wrong is taken for it.
const LONG: usize = 6;

/// The meaning of the longest run of words with which these begin, and the number of words in it.
pub(super) fn longest<'a>(atoms: impl Iterator<Item = &'a str> + Clone) -> Option<(Kind, usize)> {
    let all = || WORDS.iter().flat_map(|(word, names)| names.split('|').map(move |name| (*word, name.trim())));
    let begins = |name: &str| {
        let count = name.split(' ').count();
        // "Friday's good", "this week's out".
        let is_word = |(name, atom): (&str, &str)| name == atom || Some(name) == atom.strip_suffix("'s");
        let all = !name.is_empty() && atoms.clone().count() >= count && name.split(' ').zip(atoms.clone()).all(is_word);
        all.then_some(count)
    };
    let found =
        all().filter_map(|(word, name)| Some((Kind::Word(word), begins(name)?))).max_by_key(|(_, count)| *count);
    let first = atoms.clone().next()?;
    let number = || (1..).zip(NUMBERS).find(|(_, name)| *name == first).map(|(number, _)| (Kind::Number(number, 0), 1));
    found.or_else(number).or_else(|| {
        // A word that is as near to two others is neither.
        let is_near = |name: &str| name.len() >= LONG && !name.contains(' ') && near::distance(name, first) == 1;
        let mut near = all().filter(|(_, name)| first.len() >= LONG && is_near(name)).map(|(word, _)| word);
        let word = near.next()?;
        near.all(|other| other == word).then_some((Kind::Word(word), 1))
    })
}

/// Whether two numbers with a stroke between them are two numbers before this word, and no date: "2/3pm", "9/10 December".
pub(super) fn goes_with_numbers(word: &str) -> bool {
    let is_one = |(meaning, names): &(Word, &str)| {
        matches!(meaning, Word::Am | Word::Pm | Word::Month(_) | Word::Ish) && names.split('|').any(|name| name == word)
    };
    WORDS.iter().any(is_one)
}
