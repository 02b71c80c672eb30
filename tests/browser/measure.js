// Counts what people have to read: the porter's words, and their height on the screen.

// The account whose messages are counted.
const PORTER = "@porter:";

// Words, messages and height of everything that the porter has said in the room that is open, and the height that the window shows of
// it. Runs in the page.
function read(porter) {
    const scroller = document.querySelector(".Timeline_scroller");
    const found = { messages: 0, words: 0, height: 0, window: scroller.clientHeight };
    let sender = "";
    for (const item of scroller.querySelectorAll("li")) {
        // Only the first of several messages in a row names its sender.
        sender = item.querySelector(".Timeline_messageSender")?.title ?? sender;
        const body = item.querySelector(".Timeline_messageBody");
        if (!body || item.classList.contains("own") || !sender.startsWith(porter)) continue;
        const time = body.querySelector("time")?.innerText ?? "";
        const words = body.innerText.replace(time, "").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
        found.messages += 1;
        found.words += words.length;
        found.height += item.getBoundingClientRect().height;
    }
    return found;
}

// Adds the open room to what a person has read, and notes how much they have typed until now.
export async function measure(person) {
    const { messages, words, height, window } = await person.page.evaluate(read, PORTER);
    person.read ??= { messages: 0, words: 0, screens: 0 };
    person.read.messages += messages;
    person.read.words += words;
    person.read.screens += height / window;
    person.read.typed = [...person.typed];
}

const words = (text) => text.split(/\s+/).length;

// A table in Markdown with a row for each person on each size of screen.
export function table(people) {
    const rows = people.map(({ name, size, read }) => {
        const own = read.typed.reduce((sum, text) => sum + words(text), 0);
        const window = `${size.width} × ${size.height}`;
        const cells = [name, window, read.messages, read.words, read.screens.toFixed(1), read.typed.length, own];
        return `| ${cells.join(" | ")} |`;
    });
    return [
        "| reader | window | messages by the porter | their words | screens of them | messages typed | words typed |",
        "|---|---|---|---|---|---|---|",
        ...rows,
    ].join("\n");
}
