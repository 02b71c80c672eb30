//! The core, by table: conversations in, words and effects out.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod corpus;
mod meanings;
mod said;
mod settings;
mod talk;

// Each feature has its conversations in its own folder.
#[path = "../../people/tests/joining.rs"]
mod joining;
#[path = "../../people/tests/agreeing.rs"]
mod agreeing;
#[path = "../../people/tests/unapproved.rs"]
mod unapproved;
#[path = "../../people/tests/devices.rs"]
mod devices;
#[path = "../../people/tests/counsellors.rs"]
mod counsellors;
#[path = "../../introduction/tests/answers.rs"]
mod answers;
#[path = "../../introduction/tests/bringing.rs"]
mod bringing;
#[path = "../../introduction/tests/saved.rs"]
mod saved;
#[path = "../../introduction/tests/drafting.rs"]
mod drafting;
#[path = "../../introduction/tests/requests.rs"]
mod requests;
#[path = "../../introduction/tests/retouching.rs"]
mod retouching;
#[path = "../../introduction/tests/stages.rs"]
mod stages;
#[path = "../../introduction/tests/withdrawing.rs"]
mod withdrawing;
#[path = "../../interview/tests/helping.rs"]
mod helping;
#[path = "../../interview/tests/rehearsing.rs"]
mod rehearsing;
#[path = "../../interview/tests/planning.rs"]
mod planning;
#[path = "../../arranging/tests/arranging.rs"]
mod arranging;
#[path = "../../arranging/tests/searching.rs"]
mod searching;
#[path = "../../arranging/tests/calling.rs"]
mod calling;
#[path = "../../notes/tests/notes.rs"]
mod notes;
#[path = "../../notes/tests/network.rs"]
mod network;
#[path = "../../notes/tests/reflecting.rs"]
mod reflecting;
#[path = "../../notes/tests/afterwards.rs"]
mod afterwards;
#[path = "../../mentors/tests/cards.rs"]
mod cards;
#[path = "../../mentors/tests/directory.rs"]
mod directory;
#[path = "../../mentors/tests/picking.rs"]
mod picking;
#[path = "../../rooms/tests/rooms.rs"]
mod rooms;
#[path = "../../rooms/tests/proposals.rs"]
mod proposals;
#[path = "../../conduct/tests/moderation.rs"]
mod moderation;
#[path = "../../events/tests/events.rs"]
mod events;
#[path = "../../events/tests/contacts.rs"]
mod contacts;
#[path = "../../events/tests/staff.rs"]
mod event_staff;
#[path = "../../desk/tests/desk.rs"]
mod desk;
#[path = "../../desk/tests/enquiries.rs"]
mod enquiries;
#[path = "../../rights/tests/going_back.rs"]
mod going_back;
#[path = "../../rights/tests/receipts.rs"]
mod receipts;
#[path = "../../rights/tests/rights.rs"]
mod rights;
