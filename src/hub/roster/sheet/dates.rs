//! Dates as spreadsheets write them. Where a date could be read in two ways, the order is asked for and never guessed.

use std::str::FromStr;

use jiff::civil::Date;
use lodge_core::name::shown;
use lodge_ground::when::MONTHS;

/// The order in which the numbers of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 30/06/2027, and nothing else.
    DayFirst,
    /// 06/30/2027, and nothing else.
    MonthFirst,
    /// 2027/06/30, and nothing else.
    YearFirst,
}

/// The meaning of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// This day, which can be read from it in one way.
    Day(Date),
    /// This day, since its numbers make a date in this order alone.
    Only(Order, Date),
    /// Either of two days, by whether its day or its month is first.
    Either(Date, Date),
    /// This day, written as spreadsheets count days.
    Counted(Date),
    /// No end, written as 31 December 9999.
    NoEnd,
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::DayFirst, Self::MonthFirst, Self::YearFirst].into_iter().find(|order| order.name() == text);
        known.ok_or_else(|| format!("expected day-first, month-first or year-first, found \"{text}\""))
    }
}

impl Order {
    /// The option by which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
            Self::YearFirst => "year-first",
        }
    }
}

/// The years in which a role may end.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// Reads a date. `order` is the order of the file's dates, if it was given.
///
/// # Errors
/// The mistake in it, and the right way.
pub(super) fn read(value: &str, order: Option<Order>) -> Result<Written, String> {
    let found = shown(value);
    let wrong = || format!("expected a date such as 2027-06-30, found \"{found}\"");
    let day = without_midnight(value);
    if day.bytes().all(|byte| byte.is_ascii_digit()) {
        return alone(day).ok_or_else(|| {
            format!("{}; a number alone is how spreadsheets count days: give the column the format of a date before saving it", wrong())
        });
    }
    let parts: Vec<&str> = day.split(['/', '.', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Err(wrong()) };
    let written = if month(first).or(month(second)).is_some() {
        Written::Day(by_name(first, second, third).ok_or_else(wrong)?)
    } else {
        let numbers = [number(first), number(second), number(third)];
        let [Some(one), Some(two), Some(three)] = numbers else { return Err(wrong()) };
        if first.len() == 4 {
            Written::Day(date(one, two, three).ok_or_else(wrong)?)
        } else if third.len() == 4 {
            in_order(date(three, two, one), date(three, one, two), order)
                .ok_or_else(|| order.map_or_else(wrong, |order| format!("{}: {}", order.name(), wrong())))?
        } else {
            return Err(format!("{}; write the year in four digits", wrong()));
        }
    };
    match written {
        Written::Day(day) | Written::Only(_, day) if day == Date::MAX => Ok(Written::NoEnd),
        Written::Day(day) | Written::Only(_, day) | Written::Either(day, _) if !YEARS.contains(&day.year()) => {
            Err(wrong())
        }
        Written::Day(_) | Written::Only(..) | Written::Either(..) | Written::Counted(_) | Written::NoEnd => Ok(written),
    }
}

/// Spreadsheets count days from 30 December 1899, and these numbers are days from 1982 to 2119.
const COUNTED: std::ops::RangeInclusive<i32> = 30_000..=79_999;

/// A date without anything between its numbers: 20270630, or the number of a day.
fn alone(digits: &str) -> Option<Written> {
    if let (8, Some((year, rest))) = (digits.len(), digits.split_at_checked(4)) {
        let (month, day) = rest.split_at_checked(2)?;
        let date = date(number(year)?, number(month)?, number(day)?)?;
        return match date {
            Date::MAX => Some(Written::NoEnd),
            date => YEARS.contains(&date.year()).then_some(Written::Day(date)),
        };
    }
    let counted = digits.parse::<i32>().ok().filter(|days| COUNTED.contains(days))?;
    Date::new(1899, 12, 30).ok()?.checked_add(jiff::Span::new().days(counted)).ok().map(Written::Counted)
}

/// Chooses between two readings of a date with the year last: with the day first and with the month first.
fn in_order(day_first: Option<Date>, month_first: Option<Date>, order: Option<Order>) -> Option<Written> {
    match (order, day_first, month_first) {
        (Some(Order::DayFirst), day, _) | (Some(Order::MonthFirst), _, day) => day.map(Written::Day),
        (Some(Order::YearFirst), _, _) | (None, None, None) => None,
        (None, Some(one), Some(other)) if one == other => Some(Written::Day(one)),
        (None, Some(one), Some(other)) => Some(Written::Either(one, other)),
        (None, Some(day), None) => Some(Written::Only(Order::DayFirst, day)),
        (None, None, Some(day)) => Some(Written::Only(Order::MonthFirst, day)),
    }
}

/// A date whose month is a word, such as 30 June 2027.
fn by_name(first: &str, second: &str, third: &str) -> Option<Date> {
    let (day, month, year) = match (month(first), month(second)) {
        (Some(month), _) => (second, month, third),
        (None, Some(month)) if first.len() == 4 => (third, month, first),
        (None, Some(month)) => (first, month, third),
        (None, None) => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (year.len() == 4).then(|| date(number(year)?, month, number(day)?)).flatten()
}

/// The month that a spreadsheet names so; the first three letters are enough.
fn month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    i16::try_from(at + 1).ok()
}

fn number(text: &str) -> Option<i16> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A date without the time of day that spreadsheets write behind it, where that is midnight; any other says something.
fn without_midnight(value: &str) -> &str {
    let value = value.trim();
    let (rest, is_american) = match value.char_indices().rev().nth(1) {
        Some((at, _)) if value[at..].eq_ignore_ascii_case("am") => (value[..at].trim_end(), true),
        Some(_) | None => (value.trim_end_matches("+00:00"), false),
    };
    let hour = if is_american { "12:" } else { "" };
    let is_midnight = |time: &str| {
        let minutes = time.strip_prefix(hour).unwrap_or("no");
        (is_american || time.contains(':')) && minutes.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z'))
    };
    match rest.rsplit_once([' ', 'T']) {
        Some((day, time)) if is_midnight(time) => day.trim_end(),
        Some(_) | None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_that_can_be_read_in_one_way_are_read_so() {
        for (value, expected) in [
            ("2027-06-30", "2027-06-30"),
            ("2027-6-30", "2027-06-30"),
            ("2027/06/07", "2027-06-07"),
            ("2027.06.30", "2027-06-30"),
            ("2027-06-30 00:00:00", "2027-06-30"),
            ("2027-06-30T00:00:00Z", "2027-06-30"),
            ("2027-06-30T00:00:00.000+00:00", "2027-06-30"),
            ("30/06/2027 0:00", "2027-06-30"),
            ("6/30/2027 12:00:00 AM", "2027-06-30"),
            ("20270630", "2027-06-30"),
            ("30 June 2027", "2027-06-30"),
            ("30-Jun-2027", "2027-06-30"),
            ("June 7, 2027", "2027-06-07"),
            ("1st Sept 2027", "2027-09-01"),
            ("7/7/2027", "2027-07-07"),
        ] {
            let read = read(value, None).unwrap();
            assert!(
                matches!(read, Written::Day(found) | Written::Only(_, found) if found == day(expected)),
                "{value}: {read:?}"
            );
        }
        for end in ["9999-12-31", "31/12/9999", "31.12.9999 00:00", "99991231"] {
            assert_eq!(read(end, None), Ok(Written::NoEnd), "{end}");
        }
        assert_eq!(read("46568", None), Ok(Written::Counted(day("2027-06-30"))));
    }

    #[test]
    fn what_could_be_two_days_is_either_until_the_order_is_known() {
        for value in ["01/02/2027", "1.2.2027", "1-2-2027", "01 02 2027"] {
            assert_eq!(read(value, None), Ok(Written::Either(day("2027-02-01"), day("2027-01-02"))), "{value}");
            assert_eq!(read(value, Some(Order::DayFirst)), Ok(Written::Day(day("2027-02-01"))));
            assert_eq!(read(value, Some(Order::MonthFirst)), Ok(Written::Day(day("2027-01-02"))));
            assert!(read(value, Some(Order::YearFirst)).is_err());
        }
        assert_eq!(read("30/06/2027", None), Ok(Written::Only(Order::DayFirst, day("2027-06-30"))));
        assert_eq!(read("06/30/2027", None), Ok(Written::Only(Order::MonthFirst, day("2027-06-30"))));
        assert!(read("30/06/2027", Some(Order::MonthFirst)).unwrap_err().starts_with("month-first: expected a date"));
    }

    #[test]
    fn what_is_no_day_is_named_with_what_would_be() {
        for (value, also) in [
            ("31/06/2027", ""),
            ("2027-02-30", ""),
            ("2027-30-06", ""),
            ("2027-06-30T10:00", ""),
            ("2027-06-30 09:30:00", ""),
            ("30/06/27", "write the year in four digits"),
            ("465", "how spreadsheets count days"),
            ("2027", "how spreadsheets count days"),
            ("20273006", ""),
            ("09991231", ""),
            ("6/30/2027 11:00:00 AM", ""),
            ("6/30/2027 12:00:00 PM", ""),
            ("2027-06-30T00:00:00+02:00", ""),
            ("9999-12-30", ""),
            ("0207-06-30", ""),
            ("next summer", ""),
            ("30 Juni 2027", ""),
            ("###", ""),
            ("-5/06/2027/1", ""),
        ] {
            let wrong = read(value, None).unwrap_err();
            assert!(wrong.contains(&format!("expected a date such as 2027-06-30, found \"{value}\"")), "{wrong}");
            assert!(wrong.contains(also), "{wrong}");
        }
    }
}
