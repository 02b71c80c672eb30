//! The program as its supervisor sees it, with no homeserver at hand: it waits for one, says so, hears that it is to
//! stop, and its exit code says whose fault it is where waiting cannot help.

#[cfg(test)]
mod process;
#[cfg(test)]
mod program;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::program::{Homeserver, Place, Service, free_port, get};

    const SERVICES: [Service; 2] = [Service::Hub, Service::Counsel];

    /// Answers of something that is no fault of the configuration.
    const PASSING: [&str; 5] = [
        "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 13\r\n\r\n<html></html>",
        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 500 Oh\r\nConnection: close\r\nContent-Length: 23\r\n\r\n{\"errcode\":\"M_UNKNOWN\"}",
        "HTTP/1.1 429 Wait\r\nConnection: close\r\nContent-Length: 51\r\n\r\n\
         {\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":100}",
        "this is not HTTP",
    ];

    #[test]
    fn a_service_waits_for_a_homeserver_that_is_not_there_and_hears_that_it_is_to_stop() {
        for service in SERVICES {
            let place = Place::set_up(service, "http://127.0.0.1:1");
            let mut running = place.start();
            running.says("waiting for the homeserver");
            let second = place.start().ended();
            assert_eq!(second.code, 75, "another holds the store: {}", second.said);
            running.terminate();
            let ended = running.ended();
            assert_eq!(ended.code, 0, "{}", ended.said);
            assert_eq!(ended.said.matches("WARN").count(), 1, "{}", ended.said);
        }
    }

    #[test]
    fn a_homeserver_that_starts_is_at_its_limits_or_stands_behind_something_else_is_waited_for() {
        for answer in PASSING {
            for scheme in ["http", "https"] {
                let homeserver = Homeserver::answering(answer);
                let place = Place::set_up(Service::Hub, &format!("{scheme}://127.0.0.1:{}", homeserver.port()));
                let mut running = place.start();
                running.says("waiting for the homeserver");
                homeserver.is_asked_again();
                running.terminate();
                let ended = running.ended();
                assert_eq!(ended.code, 0, "{answer}: {}", ended.said);
            }
        }
    }

    #[test]
    fn a_homeserver_that_does_not_know_the_service_is_told_of_it_and_not_waited_for() {
        let refusals = [
            (
                "HTTP/1.1 401 No\r\nConnection: close\r\nContent-Length: 29\r\n\r\n{\"errcode\":\"M_UNKNOWN_TOKEN\"}",
                "app_service_config_files",
            ),
            (
                "HTTP/1.1 400 No\r\nConnection: close\r\nContent-Length: 25\r\n\r\n{\"errcode\":\"M_EXCLUSIVE\"}",
                "M_EXCLUSIVE",
            ),
        ];
        for (answer, said) in refusals {
            for service in SERVICES {
                let homeserver = Homeserver::answering(answer);
                let place = Place::set_up(service, &format!("http://127.0.0.1:{}", homeserver.port()));
                let ended = place.start().ended();
                assert_eq!(ended.code, 78, "{}", ended.said);
                assert!(ended.said.contains(said), "{}", ended.said);
            }
        }
    }

    #[test]
    fn how_a_service_is_can_be_asked_also_while_it_waits() {
        for service in SERVICES {
            let place = Place::set_up(service, "http://127.0.0.1:1");
            assert_eq!(place.status().0, 1);
            assert!(place.status().1.starts_with("It does not run.\n"), "{}", place.status().1);
            let port = free_port();
            let mut running = place.start_with(&["--set", &format!("observe.listen=127.0.0.1:{port}")]);
            running.says("waiting for the homeserver");
            let (code, page) = place.status();
            assert_eq!(code, 1);
            assert!(page.contains("waits for its homeserver.\n"), "{page}");
            assert!(page.lines().all(|line| line.chars().count() <= 40), "{page}");
            assert!(get(port, "/health").starts_with("HTTP/1.1 503 "));
            let figure = if service == Service::Hub { "\nlodge_up 0\n" } else { "\nlodge_counsel_up 0\n" };
            assert!(get(port, "/metrics").contains(figure), "{}", get(port, "/metrics"));
            running.terminate();
            assert_eq!(running.ended().code, 0);
            assert!(place.status().1.starts_with("It does not run.\n"));
        }
    }

    #[test]
    fn figures_are_not_shown_to_other_machines_by_mistake() {
        for service in SERVICES {
            let place = Place::set_up(service, "http://127.0.0.1:1");
            let ended = place.start_with(&["--set", "observe.listen=0.0.0.0:0"]).ended();
            assert_eq!(ended.code, 78, "{}", ended.said);
            assert!(ended.said.contains("observe.beyond_this_machine"), "{}", ended.said);
            let meant = ["--set", "observe.listen=0.0.0.0:0", "--set", "observe.beyond_this_machine=true"];
            let mut running = place.start_with(&meant);
            running.says("waiting for the homeserver");
            running.terminate();
            assert_eq!(running.ended().code, 0);
        }
    }

    #[test]
    fn the_exit_code_says_whose_fault_it_is() {
        for service in SERVICES {
            let place = || Place::set_up(service, "http://127.0.0.1:1");
            let unknown = place().start_with(&["--set", "matrix.colour=blue"]).ended();
            assert_eq!(unknown.code, 78, "{}", unknown.said);
            let usage = place().start_with(&["--colour"]).ended();
            assert_eq!(usage.code, 2, "{}", usage.said);

            let key = place();
            fs::set_permissions(key.key(), fs::Permissions::from_mode(0o644)).unwrap();
            let open = key.start().ended();
            assert_eq!(open.code, 78, "{}", open.said);

            let registration = place();
            fs::remove_file(registration.registration()).unwrap();
            let none = registration.start().ended();
            assert_eq!(none.code, 78, "{}", none.said);

            let damaged = place();
            let mut running = damaged.start();
            running.says("waiting for the homeserver");
            running.terminate();
            assert_eq!(running.ended().code, 0);
            damaged.spoil_the_store();
            let ended = damaged.start().ended();
            assert_eq!(ended.code, 65, "{}", ended.said);

            let no_disk = place();
            fs::write(no_disk.directory().join("data"), "not a directory").unwrap();
            let ended = no_disk.start().ended();
            assert_eq!(ended.code, 74, "{}", ended.said);
        }
    }

    #[test]
    fn a_list_from_an_office_is_taken_in_or_refused_with_what_would_be_right() {
        let place = Place::set_up(Service::Hub, "http://127.0.0.1:1");
        let utf16: Vec<u8> = "Name\tE-Mail\tRole\nSam\tsam@mail.example\tStudent\nZoë\tz@mail.example\tstaff\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let (code, said) = place.import(&utf16, &["--whole", "--apply"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("2 new."), "{said}");
        let half = "sep=;\r\nname;email;role\r\nSam;sam@mail.example;student\r\n".as_bytes();
        for (more, expected, contains) in [
            (&["--whole"][..], 0, "To take it in, give --apply and --ends 1."),
            (&["--whole", "--apply"], 1, "for 1 of 2 people, and among them for everybody who works for the service"),
            (&["--whole", "--apply", "--ends", "2"], 1, "and not for 2, as --ends says"),
            (&["--whole", "--ends", "1"], 2, "--apply"),
            (&["--whole", "--apply", "--ends", "1"], 0, "1 no longer listed"),
        ] {
            let (code, said) = place.import(half, more);
            assert_eq!(code, expected, "{more:?}: {said}");
            assert!(said.contains(contains), "{more:?}: {said}");
        }
        for (file, contains) in [
            (
                "name,email,role,course\nSam,s@m.example,student,\"History\nNan,n@m.example,student,\n",
                "line 2: a quotation mark",
            ),
            ("name,email,roles,role\nSam,s@m.example,student,student\n", "did you mean role?"),
            (
                "name,email,role\nSam श\u{94d}m\u{430},s@m.example,student\n",
                "line 2: name: the name \"Sam श\u{94d}m\u{430}\"",
            ),
            ("name,matrix_id,role\nSam,@s\u{430}m:m.example,student\n", "found \"@s\u{430}m:m.example\""),
        ] {
            let (code, said) = place.import(file.as_bytes(), &["--apply"]);
            assert_eq!(code, 1, "{said}");
            assert!(said.contains(contains) && !said.contains("\\u{"), "{said}");
        }
    }

    #[test]
    fn what_starting_again_cannot_mend_is_not_started_again_and_the_rest_for_ever() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let page = fs::read_to_string(format!("{root}/docs/running.md")).unwrap();
        let rows = page.lines().filter_map(|line| {
            let mut cells = line.strip_prefix("| ")?.split(" | ");
            let code: u8 = cells.next()?.parse().ok()?;
            Some((code, cells.last()?.trim_end_matches(" |").to_owned()))
        });
        let rows: Vec<(u8, String)> = rows.collect();
        assert!(rows.len() >= 8, "{rows:?}");
        let never: Vec<String> =
            rows.iter().filter(|(_, again)| again == "no").map(|(code, _)| code.to_string()).collect();
        for unit in ["lodge", "lodge-counsel"] {
            let unit = fs::read_to_string(format!("{root}/config/{unit}.service")).unwrap();
            let set = |key: &str| unit.lines().find_map(|line| line.strip_prefix(key).map(str::to_owned)).unwrap();
            assert_eq!(set("RestartPreventExitStatus="), never.join(" "));
            assert_eq!(set("StartLimitIntervalSec="), "0");
            assert_eq!(set("Restart="), "on-failure");
        }
    }
}
