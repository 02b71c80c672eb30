//! A service set up in a directory of its own, and something at a port that is taken for a homeserver.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use tempfile::TempDir;

use super::process::{PATIENCE, Running};

/// The service that is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// `lodge run`.
    Hub,
    /// `lodge counsel`.
    Counsel,
}

impl Service {
    fn example(self) -> &'static str {
        match self {
            Self::Hub => include_str!("../../config/lodge.example.toml"),
            Self::Counsel => include_str!("../../config/counsel.example.toml"),
        }
    }

    fn words(self, then: &'static str) -> Vec<&'static str> {
        match (self, then) {
            (Self::Counsel, "run") => vec!["counsel"],
            (Self::Counsel, then) => vec!["counsel", then],
            (Self::Hub, then) => vec![then],
        }
    }
}

/// The directory in which a service is set up.
pub struct Place {
    service: Service,
    directory: TempDir,
    homeserver: String,
}

impl Place {
    /// Sets one up, by its own command, whose homeserver is at this address.
    pub fn set_up(service: Service, homeserver: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("service.toml"), service.example()).unwrap();
        fs::write(directory.path().join("accounts.toml"), include_str!("../../config/accounts.example.toml")).unwrap();
        let place = Self { service, directory, homeserver: homeserver.to_owned() };
        let done = place.command("setup", &[]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        place
    }

    /// Starts the service with no further arguments.
    pub fn start(&self) -> Running {
        self.start_with(&[])
    }

    /// The same with more on its command line.
    pub fn start_with(&self, more: &[&str]) -> Running {
        Running::start(&mut self.command("run", more))
    }

    /// The directory of everything.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The master key's file.
    pub fn key(&self) -> PathBuf {
        self.directory().join("test.key")
    }

    /// The path of the registration.
    pub fn registration(&self) -> PathBuf {
        self.directory().join("registration.yaml")
    }

    /// Puts something else in the place of the key ring.
    pub fn spoil_the_store(&self) {
        fs::write(self.directory().join("data/store/keys"), "no key ring").unwrap();
    }

    /// The words of `lodge status`, and its exit code.
    pub fn status(&self) -> (i32, String) {
        let done = self.command("status", &[]).output().unwrap();
        (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap())
    }

    /// The exit code of `lodge roster import people.csv`, with this in the file and more on the command line, and all that
    /// it said.
    pub fn import(&self, people: &[u8], more: &[&str]) -> (i32, String) {
        fs::write(self.directory().join("people.csv"), people).unwrap();
        let all: Vec<&str> = ["import", "people.csv"].iter().chain(more).copied().collect();
        let done = self.command("roster", &all).output().unwrap();
        let said = [done.stdout, done.stderr].map(|said| String::from_utf8(said).unwrap());
        (done.status.code().unwrap(), said.concat())
    }

    fn command(&self, what: &'static str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
        command.current_dir(self.directory()).args(self.service.words(what)).args(["--config", "service.toml"]);
        let set = [
            format!("matrix.homeserver={}", self.homeserver),
            "matrix.registration=registration.yaml".to_owned(),
            "store.directory=data".to_owned(),
            "store.key_file=test.key".to_owned(),
        ];
        command.args(set.iter().flat_map(|set| ["--set", set])).args(more);
        command
    }
}

/// The answer at this port.
pub fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Something that answers each call in the same way.
pub struct Homeserver {
    port: u16,
    asked: Receiver<()>,
}

impl Homeserver {
    /// One that answers so.
    pub fn answering(answer: &'static str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, asked) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A caller that goes away is nothing to this.
                drop(reply(stream, answer));
                if sender.send(()).is_err() {
                    return;
                }
            }
        });
        Self { port, asked }
    }

    /// The address at which it answers.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for two calls.
    pub fn is_asked_again(&self) {
        for _ in 0..2 {
            self.asked.recv_timeout(PATIENCE).expect("it is not asked again");
        }
    }
}

fn reply(mut stream: TcpStream, answer: &str) -> std::io::Result<()> {
    let read = stream.read(&mut [0; 4096])?;
    if read > 0 {
        stream.write_all(answer.as_bytes())?;
    }
    Ok(())
}
