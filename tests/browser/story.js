// The story: Sam, a student, asks to meet Alex, an alumna. Each step waits for the page to show it.

import { Person } from "./person.js";
import { measure } from "./measure.js";
import { sentence } from "./wording.js";

const PORTER = "The porter";

const KNOWN_FROM = "We talked after the museum evening in October.";

const LETTER = `Dear Alex,
I’m in my second year of history and your talk made me wonder how one begins in a museum. Could I ask you some questions, for twenty minutes or so?
Sam`;

const HELLO = "Hello Alex, thank you for saying yes.";
const ANSWER = "Hello Sam. How about Thursday at five?";

// Somebody whom the porter has invited comes in and is welcomed.
async function arrive(person, picture) {
    await person.open(PORTER);
    await person.see("an invitation by the porter", person.invitation(PORTER));
    await picture(person, "invitation");
    await person.accept();
    await person.hears("welcome");
    await picture(person, "welcome");
}

// Sam agrees, writes a request with the porter's guidance, and sends it.
async function ask(sam, alexId, picture) {
    await sam.asks("agree", "agreed");
    await sam.asks("introduce", "ask-whom");
    await sam.asks(alexId, "ask-purpose");
    await picture(sam, "draft");
    await sam.asks("1", "ask-known-how");
    await sam.asks(KNOWN_FROM, "ask-message");
    await sam.asks(LETTER, "ask-questions");
    await sam.asks("skip", "ask-time");
    const preview = await sam.asks("skip", "preview");
    await sam.readsFromTheTop(preview);
    await picture(sam, "preview");
    await sam.asks("send", "sent");
    await picture(sam, "sent");
}

// Alex finds the request and says yes before anything else, as somebody in a hurry does. She has to agree to the rules first.
async function answer(alex, picture) {
    await alex.see("one unread message", alex.room(PORTER).locator(".badge").getByText("1", { exact: true }));
    await picture(alex, "list");
    await alex.open(PORTER);
    const request = await alex.hears("asked");
    await alex.readsFromTheTop(request);
    await picture(alex, "request");
    await alex.asks("yes", "agree-for-yes");
    await alex.asks("agree", "yes-recorded");
    await alex.hears("agreed-addressee");
    await picture(alex, "agreed");
    await measure(alex);
}

// Both come in, Alex first. The porter tells her that it waits, greets both, and leaves them to themselves.
async function meet(sam, alex, topic, picture) {
    const name = sentence("room-of-two-name");
    await sam.hears("agreed-requester");
    await picture(sam, "good-news");
    await measure(sam);
    for (const person of [alex, sam]) {
        await person.toList();
        await person.open(name);
        await person.see("an invitation by the porter to a room with a name", person.invitation(PORTER));
        if (person === alex) await picture(alex, "room-invitation");
        await person.accept();
        await person.hears(person === alex ? "first-here" : "opening-note");
        if (person === alex) {
            alex.finds("the topic of the room", await topic(alex), sentence("room-of-two-topic"));
            await picture(alex, "first-here");
        }
    }
    await alex.hears("opening-note");
    for (const person of [alex, sam]) {
        await person.see("the porter leave", person.announcement(/porter.* left/));
        await measure(person);
    }
    await sam.says(HELLO);
    await alex.see("Sam’s words", alex.others(HELLO));
    await alex.says(ANSWER);
    await sam.see("Alex’s words", sam.others(ANSWER));
    await sam.see("a room with Alex’s name", sam.header("alex"));
    await alex.see("a room with Sam’s name", alex.header("sam"));
    await picture(sam, "meeting");
}

// Hydrogen shows no topics, so the topic of the open room is asked of the homeserver, as this person.
async function topicOf({ homeserver }, { access_token: token }, person) {
    const room = decodeURIComponent(person.page.url().split("/").at(-1));
    const address = `${homeserver}/_matrix/client/v3/rooms/${encodeURIComponent(room)}/state/m.room.topic`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()).topic;
}

// Plays it all at one size of window. `people` receives each person as soon as there is somebody to take a last picture of.
export async function story({ browser, page, accounts, size, people, picture }) {
    const account = (name) => accounts.people.find((one) => one.name === name);
    const enter = async (name) => {
        const person = await Person.at(browser, { name, page, size });
        people.push(person);
        await person.signIn(account(name));
        return person;
    };
    const alex = await enter("alex");
    await arrive(alex, () => {});
    await alex.toList();
    const sam = await enter("sam");
    await arrive(sam, picture);
    await ask(sam, account("alex").user_id, picture);
    await answer(alex, picture);
    await meet(sam, alex, (person) => topicOf(accounts, account(person.name), person), picture);
}
