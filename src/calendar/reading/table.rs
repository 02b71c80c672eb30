//! The words that are understood, and those that change nothing.

use jiff::civil::Weekday;
use lodge_ground::near;

use super::feast::Feast;
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
    (Word::Feast(Feast::Fixed { month: 12, day: 24 }), "christmas eve|xmas eve"),
    (Word::Feast(Feast::Fixed { month: 12, day: 25 }), "christmas day|xmas day"),
    (Word::Feast(Feast::Fixed { month: 12, day: 26 }), "boxing day|st stephen's day"),
    (Word::Feast(Feast::Fixed { month: 12, day: 31 }), "new year's eve|new years eve|new year eve|nye|hogmanay"),
    (Word::Feast(Feast::Fixed { month: 1, day: 1 }), "new year's day|new years day|new year day|nyd"),
    (Word::Feast(Feast::Fixed { month: 2, day: 14 }), "valentine's day|valentines day|valentine's|valentines"),
    (Word::Feast(Feast::Fixed { month: 10, day: 31 }), "halloween"),
    (Word::Feast(Feast::Fixed { month: 11, day: 5 }), "bonfire night|guy fawkes night"),
    (Word::Feast(Feast::Easter(-47)), "shrove tuesday|pancake day"),
    (Word::Feast(Feast::Easter(-46)), "ash wednesday"),
    (Word::Feast(Feast::Easter(GOOD_FRIDAY)), "good friday"),
    (Word::Feast(Feast::Easter(0)), "easter sunday|easter day"),
    (Word::Feast(Feast::Easter(1)), "easter monday"),
    (Word::Feast(Feast::InMay), "may bank holiday|bank holiday in may|may bank holiday monday"),
    (Word::Feast(Feast::FirstMonday(5)), "early may bank holiday|may day|may day bank holiday|first may bank holiday"),
    (Word::Feast(Feast::LastMonday(5)), "spring bank holiday|late may bank holiday|second may bank holiday|whitsun bank holiday"),
    (Word::Feast(Feast::LastMonday(8)), "august bank holiday|summer bank holiday|august bank holiday monday"),
    (Word::Every, "any|every|each|all"),
    (Word::Whole, "any time|anytime|any times|whenever|all day|all - day|all of|the whole of|whole of|any hour|at any point|any point|whenever you like|whenever suits|whenever suits you|whenever works for you|any time you like|anytime you like|whole day|the whole day"),
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
    (Word::Part(Part::OfficeHours), "office hours|working hours|work hours|business hours|working day hours|during the day|in the day|in the daytime|daytime|daytimes"),
    (Word::Parts(Part::Morning), "mornings"),
    (Word::Parts(Part::Lunch), "lunchtimes|lunches|lunch times|lunch hours|lunch breaks"),
    (Word::Parts(Part::Afternoon), "afternoons|arvos"),
    (Word::Parts(Part::Evening), "evenings|eves|nights"),
    (Word::Early, "early"),
    (Word::Late, "late"),
    (Word::Noon, "noon|midday|mid - day"),
    (Word::Half, "half"),
    (Word::Quarter, "quarter|qtr|quarters"),
    (Word::Past, "past"),
    (Word::Clock, "o'clock|oclock|o clock"),
    (Word::Am, "am|a . m ."),
    (Word::Pm, "pm|pmish|p . m|p . m ."),
    (Word::At, "at|@"),
    (Word::About, "around|about|circa|approx|roughly|c"),
    (Word::Ish, "ish|- ish|or so|or thereabouts"),
    (Word::From, "from|starting|starting from|as of"),
    (Word::After, "after|post|later than|no earlier than|not earlier than"),
    (Word::Before, "before|pre|earlier than|b 4|ahead of"),
    (Word::Until, "until|till|til|'til|by|up to|no later than|up until"),
    (Word::Between, "between|btw|btwn|inbetween"),
    (Word::To, "to|through|thru"),
    (Word::Onwards, "onwards|onward|on wards|or later|and later|upwards|and on|or thereafter"),
    (Word::And, "and|n|plus|also|as well as|and also|and then"),
    (Word::Or, "or|either|or else|otherwise|failing that|alternatively"),
    (Word::But, "but|however|though|although"),
    (Word::Not { joins: true }, "not|bar|except|exept|excpt|expect for|except for|excepting|excluding|excl|apart from|aside from|instead of|rather than|other than|save|save for|but not|just not|\
        only not|not incl|not inc|exc|minus|without|barring|outside of|outside|with the exception of|so not|other than on|and not|not including"),
    (Word::Not { joins: false }, "no|nope|never|none|can't|cant|cannot|can not|couldn't|wouldn't|won't|wont|can't do|can't make|cannot do|cannot make|\
        can't be|not free|isn't free|not available|unavailable|busy|not good|no good|not any good|isn't any good|aren't any good|isn't good|not great|isn't great|not possible|isn't possible|\
        not ideal|isn't ideal|isn't|isnt|aren't|arent|don't|dont|doesn't|doesnt|doesn't work|don't work|doesn't suit|does not|do not|won't work|won't do|\
        not working|no use|no go|is out|are out|out|away|off|is off|tied up|booked|taken|full|working|unfree|not on|\
        not doable|not up for|avoid|avoiding|not so good|i'm away|isn't doable|won't be|won't be free|won't be available|not a|not an|impossible|\
        rather not|prefer not|i'd rather not|nothing|bad|is bad|are bad|not convenient|inconvenient|isn't convenient|not suitable|unsuitable"),
    (Word::Yes, "yes|yep|yeah|yup|ok|okay|fine|good|great|works|suits|suit|free|available|possible|doable|best|perfect|better|convenient|\
        open|i can|can do|can make|i'm around|im around|am around|be around|happy|easy|ideal|all good|any good|any use|cool|gap|gaps|free period|free slot|free hour|on my break|i'm about|im about|\
        day off|days off|off work|off uni|off college|no lectures|no classes|no class|no lessons|no uni|no college|not at work|not in work|not in uni|not at uni|\
        don't have lectures|don't have class|don't have classes|don't have uni|don't have work|dont have lectures|dont have class|dont have classes|dont have uni|\
        haven't got lectures|havent got lectures|have no lectures|have no classes"),
    (Word::Zone("Europe/London", Some("GMT")), "gmt"),
    (Word::Zone("Europe/London", Some("BST")), "bst"),
    (Word::Zone("UTC", None), "utc|zulu"),
    (Word::Zone("Europe/London", None), "uk time|london time|british time|english time|uk"),
    (Word::Zone("Europe/Berlin", Some("CET")), "cet"),
    (Word::Zone("Europe/Berlin", Some("CEST")), "cest"),
    (Word::Zone("Europe/Berlin", None), "central european time"),
    (Word::Zone("Europe/Athens", Some("EET")), "eet"),
    (Word::Zone("Europe/Athens", Some("EEST")), "eest"),
    (Word::Zone("America/New_York", Some("EST")), "est"),
    (Word::Zone("America/New_York", Some("EDT")), "edt"),
    (Word::Zone("America/New_York", None), "eastern time|eastern|eastern standard time|us eastern|et"),
    (Word::Zone("America/Chicago", None), "central time"),
    (Word::Zone("America/Los_Angeles", Some("PST")), "pst"),
    (Word::Zone("America/Los_Angeles", Some("PDT")), "pdt"),
    (Word::Zone("America/Los_Angeles", None), "pacific time|pacific|pacific standard time|us pacific|la time|pt"),
    (Word::Zone("Asia/Singapore", None), "sgt"),
    (Word::Zone("Asia/Hong_Kong", None), "hkt"),
    (Word::Zone("Asia/Tokyo", None), "jst"),
    (Word::Zone("Asia/Seoul", None), "kst"),
    (Word::Zone("Asia/Karachi", None), "pkt"),
    (Word::Zone("Africa/Johannesburg", None), "sast"),
    (Word::Zone("Pacific/Auckland", Some("NZDT")), "nzdt"),
    (Word::Zone("Pacific/Auckland", Some("NZST")), "nzst"),
    (Word::Zone("Australia/Sydney", Some("AEST")), "aest"),
    (Word::Zone("Australia/Sydney", Some("AEDT")), "aedt"),
    (Word::Place("Europe/London"), "london|england|britain|scotland|edinburgh|glasgow|wales|cardiff|manchester|belfast"),
    (Word::Place("Europe/Dublin"), "dublin|ireland|irish"),
    (Word::Place("Europe/Lisbon"), "lisbon|portugal|portuguese"),
    (Word::Place("Europe/Paris"), "paris|france|french"),
    (Word::Place("Europe/Berlin"), "berlin|germany|german|munich|hamburg|frankfurt"),
    (Word::Place("Europe/Madrid"), "madrid|spain|spanish|barcelona"),
    (Word::Place("Europe/Rome"), "rome|italy|italian|milan"),
    (Word::Place("Europe/Amsterdam"), "amsterdam|dutch|netherlands|holland"),
    (Word::Place("Europe/Brussels"), "brussels|belgium|belgian"),
    (Word::Place("Europe/Zurich"), "zurich|geneva|switzerland|swiss"),
    (Word::Place("Europe/Vienna"), "vienna|austria|austrian"),
    (Word::Place("Europe/Stockholm"), "stockholm|sweden|swedish"),
    (Word::Place("Europe/Warsaw"), "warsaw|poland|polish"),
    (Word::Place("Europe/Athens"), "athens|greece|greek"),
    (Word::Place("Europe/Istanbul"), "istanbul|turkey|turkish"),
    (Word::Place("America/New_York"), "new york|nyc|ny|boston|washington|philadelphia|atlanta|miami|east coast|us east coast"),
    (Word::Place("America/Toronto"), "toronto|ottawa|montreal"),
    (Word::Place("America/Chicago"), "chicago|houston|dallas"),
    (Word::Place("America/Los_Angeles"), "los angeles|california|san francisco|seattle|san diego|west coast|us west coast"),
    (Word::Place("America/Vancouver"), "vancouver"),
    (Word::Place("Africa/Lagos"), "lagos|nigeria|nigerian"),
    (Word::Place("Africa/Accra"), "accra|ghana"),
    (Word::Place("Africa/Nairobi"), "nairobi|kenya|kenyan"),
    (Word::Place("Africa/Cairo"), "cairo|egypt"),
    (Word::Place("Africa/Johannesburg"), "johannesburg|cape town|south africa|south african"),
    (Word::Place("Asia/Dubai"), "dubai|abu dhabi|uae"),
    (Word::Place("Asia/Karachi"), "karachi|lahore|islamabad|pakistan"),
    (Word::Place("Asia/Kolkata"), "india|indian|delhi|new delhi|mumbai|bangalore|bengaluru|chennai|kolkata|hyderabad"),
    (Word::Place("Asia/Dhaka"), "dhaka|bangladesh"),
    (Word::Place("Asia/Bangkok"), "bangkok|thailand|thai"),
    (Word::Place("Asia/Kuala_Lumpur"), "kuala lumpur|malaysia"),
    (Word::Place("Asia/Singapore"), "singapore"),
    (Word::Place("Asia/Hong_Kong"), "hong kong"),
    (Word::Place("Asia/Shanghai"), "china|chinese|beijing|shanghai"),
    (Word::Place("Asia/Tokyo"), "tokyo|japan|japanese"),
    (Word::Place("Asia/Seoul"), "seoul|korea|korean"),
    (Word::Place("Australia/Perth"), "perth"),
    (Word::Place("Australia/Sydney"), "sydney|melbourne"),
    (Word::Place("Pacific/Auckland"), "auckland|new zealand|wellington"),
    (Word::Zones, "ist|cst|cdt|ast|mst|wat|your time|their time|his time|her time|us time|american time"),
    (Word::Vague, "soon|may be|may not|may have|i may|may work|may suit|may do|could be|asap|sometime|some time|some point|some day|someday|later|\
        few|couple|most|mostly|some|maybe|perhaps|possibly|probably|might|if|\
        unless|depends|depending|usually|normally|generally|sometimes|occasionally|often|provided|assuming|hopefully|summer|spring|\
        autumn|winter|mid|end|end of|start of|beginning of|middle of|\
        flexible|flexi|alternate|every other|every second|a while|moment|tbc|tbd|unsure|not sure|don't know|dunno|anon"),
    (Word::SomeDay, "exams|christmas|xmas|twixmas|new year|new year's|new years|easter|holidays|hols|term|reading week|half term|half - term|\
        bank holiday|deadlines|christmas break|christmas holidays|xmas break|easter break|christmas week|winter break|the break"),
    (Word::SomeHour, "first thing|last thing|eod|end of the day|end of day|end of play|close of play|eow|teatime|tea time|tea - time|dinner|dinnertime|\
        dinner time|supper|suppertime|breakfast|breakfast time|brunch|elevenses|bedtime|bed time|playtime"),
    (Word::Task, "tutorial|tutorials|in class|in lectures|in a lecture|lecture|lectures|class|classes|seminar|seminars|lab|labs|shift|shifts|school|school run|nursery|nursery run|\
        nursery pick up|school pick up|pick up|pickup|drop off|dropping off|church|mass|mosque|prayers|gym|training|rehearsal|rehearsals|practice|football|netball|\
        choir|yoga|swimming|exam|placement|commute|commuting|kids|kid|children|baby|asleep|in bed|naps|lessons|lesson|\
        at work|in work|have work|got work|i've work|i work|my work|work shift|at uni|in uni|got uni|have uni|at college|in college|at school|in school|\
        have a meeting|got a meeting|have meetings|got meetings|in a meeting|in meetings|another meeting|have a call|got a call|another call|on a call|\
        an interview|have an interview|doctor's appointment|doctors appointment|gp appointment|hospital appointment|have an appointment|got an appointment|\
        my course|my job|at my desk|on shift|on duty|picking up|teaching|i teach"),
    (Word::Ends, "finish|finishes|finished|finishing|ends|ended|finish work|finish at work|finish uni|finish school|finish college|work finishes|work ends|\
        knock off|knock off work|clock off|get off|get off work|get out|get home|get home from work|get back|get back from work|get in from work|get away|\
        i'm home|am home|home from work|i'm done|am done|am finished|done with|done at|done by|finished with|finished at|finished by|be done|be home|done|done with work|leave work|leave the office|done work|i'm back"),
    (Word::Begins, "start work|starts|start|work starts|begins|start my shift|i'm due in|due at work|leave for work"),
    (Word::When, "when|while|whilst|whenever i've|once"),
    (Word::Because, "as|because|cos|coz|cuz|cus|bc|b / c|'cos|'cause|cause|because of|due to|cos of|bc of|on account of|seeing as|given that"),
    (Word::So, "so|but only|but just|but ideally|but preferably|but pref|but prefer|but i'd prefer|but would prefer|only if it's|say|so say|so like|like|i . e|i . e .|ie|namely|meaning|hence|therefore|that means|which means|so that means|as long as|as long as it's|as long as its|\
        so long as|so long as it's|so long as its"),
    (Word::For, "for"),
    (Word::Hour, "hour|hours|hr|hrs|h"),
    (Word::Minute, "minute|minutes|min|mins"),
    (Word::In, "in|in the"),
    (Word::Small, "on|the|of|a|an|during|over|is|are|i|for me|for you|with you|for both|for both of us|for us|for everyone|on the|s|'s|time|my time|local time|our time|that|it's|its|it|my|our|there's|which is|which are"),
    (Word::Filler, "i'm|im|i am|can|could|do|i could|i'd|i'll|be|been|would|we|could do|make|makes|i have|have|i've|ive|got|me|for me|please|pls|\
        plz|thanks|thank you|thx|ta|cheers|hi|hello|hey|hiya|sorry|well|um|erm|ah|oh|hmm|just|only|really|very|quite|both|too|there|\
        how about|what about|how's|does|would work|work for me|work for you|work for both|work for both of us|work for us|work for everyone|work ?|could work|will work|that works|shall we say|could we say|can we say|shall we|let's say|let's|lets|meet|talk|speak|call me|any of|\
        ideally|preferably|pref|prefer|preferred|i prefer|i'd prefer|first choice|second choice|best for me|with me|with you|absolutely|totally|\
        mainly|anything|sharp|as well|will|is good for me|to me|i think|think|honestly|definitely|for sure|sure|lol|haha|'|always|\
        either side of the weekend|btw|by the way|fyi|afterwards|then i've|then ive|then|if i can|if i could|if i may|\
        looking forward to it|really looking forward to it|looking forward|see you then|see you soon|speak then|speak soon|talk soon|let me know|\
        no worries|no rush|no problem|thanks in advance|many thanks|either day|both days|completely|wide|sounds|hope you're well|hope ur well|hope you are well|hope all is well|\
        hope all's well|can't wait|cant wait|see you there|i'll call you|i'll ring you|whichever|whichever is easier|whichever's easier|whichever suits|\
        whichever suits you|whichever is best|whichever works|whichever works for you|whatever suits|whatever suits you|whatever works|\
        whatever works for you|whatever's easier|you choose|you pick|your choice|up to you|i don't mind|i dont mind|don't mind|dont mind|don't mind which|\
        i don't mind which|dont mind which|no preference|not fussy|not fussed|let me know which|let me know what works|let me know which works|\
        let me know what suits|let me know which suits|if possible|if poss|if you can|if you're free|if ur free|if you are free|either one|times are|currently|max|tops|at most|maximum|i need|i only need|slot|slots|window|thanks so much|thank you so much|thanks a lot|thanks very much|thank you very much|xx|xxx|hope that's ok|hope that works|hope that suits|hope this works|hope thats ok|\
        my number's changed|my number has changed|i've got a new number|i have a new number|my phone's changed|i'm a bit deaf|hard of hearing|a bit hard of hearing|\
        somewhere quiet|quiet place|quick chat|a chat|for a chat|a quick chat|a quick call|for a meeting|catch up|for a coffee|for coffee|over coffee|to chat|to talk|to meet|to speak|\
        on zoom|over zoom|by zoom|on teams|over teams|by phone|on the phone|over the phone|by video|video call|phone call|on whatsapp|in person|face to face"),
    (Word::Courtesy, "if that's|if thats|if that|if it's|if its|if it|if this|if that is|if it is|hope that's|hope thats"),
];

/// Good Friday, in days from Easter Sunday.
pub(super) const GOOD_FRIDAY: i8 = -2;

/// Numbers in words, from one.
#[rustfmt::skip]
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The days of a month in words, from the third: the first and the second of something are more often counts.
const ORDINALS: [&str; 10] =
    ["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/// The letters that a word has at least, before another with one letter wrong is taken for it.
const LONG: usize = 6;

/// The meaning of the longest run of words with which these begin, and the number of words in it.
pub(super) fn longest<'a>(atoms: impl Iterator<Item = &'a str> + Clone) -> Option<(Kind, usize)> {
    let all = || WORDS.iter().flat_map(|(word, names)| names.split('|').map(move |name| (*word, name.trim())));
    let begins = |name: &str| {
        // "Friday's good", "this week's out".
        let is_word = |name: &str, atom: &str| name == atom || Some(name) == atom.strip_suffix("'s");
        let (mut rest, mut count) = (atoms.clone(), 0);
        for word in name.split(' ') {
            rest.next().filter(|atom| is_word(word, atom))?;
            count += 1;
        }
        (!name.is_empty()).then_some(count)
    };
    let found =
        all().filter_map(|(word, name)| Some((Kind::Word(word), begins(name)?))).max_by_key(|(_, count)| *count);
    let first = atoms.clone().next()?;
    let number = || (1..).zip(NUMBERS).find(|(_, name)| *name == first).map(|(number, _)| (Kind::Number(number, 0), 1));
    let ordinal = || (3..).zip(ORDINALS).find(|(_, name)| *name == first).map(|(day, _)| (Kind::Ordinal(day), 1));
    found.or_else(number).or_else(ordinal).or_else(|| {
        // A word that is as near to two others is neither.
        let is_near = |name: &str| name.len() >= LONG && !name.contains(' ') && near::distance(name, first) == 1;
        let mut near = all().filter(|(_, name)| first.len() >= LONG && is_near(name)).map(|(word, _)| word);
        let word = near.next()?;
        near.all(|other| other == word).then_some((Kind::Word(word), 1))
    })
}

/// Whether this word counts hours.
pub(super) fn is_hours(word: &str) -> bool {
    WORDS.iter().any(|(meaning, names)| *meaning == Word::Hour && names.split('|').any(|name| name == word))
}

/// Whether two numbers with a stroke between them are two numbers before this word, and no date: "2/3pm", "9/10 December".
pub(super) fn goes_with_numbers(word: &str) -> bool {
    let is_one = |(meaning, names): &(Word, &str)| {
        matches!(meaning, Word::Am | Word::Pm | Word::Month(_) | Word::Ish) && names.split('|').any(|name| name == word)
    };
    WORDS.iter().any(is_one)
}
