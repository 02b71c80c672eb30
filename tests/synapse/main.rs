//! Tests of everything that only a real homeserver can show. They share one Synapse; each brings its own people and its
//! own porter.

#[cfg(test)]
mod acting;
#[cfg(test)]
mod anew;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod bridges;
#[cfg(test)]
mod calendars;
mod checking;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod community;
#[cfg(test)]
mod conduct;
#[cfg(test)]
mod counsel;
#[cfg(test)]
mod devices;
#[cfg(test)]
mod events;
#[cfg(test)]
mod gate;
#[cfg(test)]
mod hardships;
#[cfg(test)]
mod house;
#[cfg(test)]
mod independent;
#[cfg(test)]
mod joining;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod lodging;
#[cfg(test)]
mod logs;
mod lost_disk;
#[cfg(test)]
mod one_answer;
#[cfg(test)]
mod outsiders;
#[cfg(test)]
mod own_device;
#[cfg(test)]
mod probes;
#[cfg(test)]
#[path = "../standing/process.rs"]
mod process;
#[cfg(test)]
#[path = "../calendar/reading.rs"]
mod reading;
#[cfg(test)]
mod quiet;
#[cfg(test)]
mod replays;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod ringing;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod separation;
#[cfg(test)]
mod session;
#[cfg(test)]
mod story;
#[cfg(test)]
mod stranger;
#[cfg(test)]
mod waiting;
