// The porter's sentences, from the project's own wording: a sentence that is put better later needs no change here.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./places.js";

const DIRECTORY = join(PROJECT, "config/wording/en");

// The lines of each message, by its id. Lines that belong to a choice are indented further, or begin with a bracket.
function messages() {
    const found = new Map();
    for (const name of readdirSync(DIRECTORY).filter((name) => name.endsWith(".ftl"))) {
        let lines = [];
        for (const line of readFileSync(join(DIRECTORY, name), "utf8").split("\n")) {
            const [, id, first] = line.match(/^([a-z][a-z0-9-]*) =(.*)$/) ?? [];
            if (id) found.set(id, lines = [first]);
            else if (/^ {4}[^\s[*{}]/.test(line)) lines.push(line);
        }
    }
    return found;
}

const MESSAGES = messages();

// A shorter stretch could stand in any message, and would show nothing.
const SHORTEST = 8;

// The longest stretch of a message that is the same for every reader: it has no value of theirs in it, and no bold word.
export function sentence(id) {
    const lines = MESSAGES.get(id);
    if (!lines) throw new Error(`config/wording/en has no message ${id}`);
    const stretches = lines.flatMap((line) => line.replace(/\{[^}]*(\}|$)/g, "**").split("**"));
    const plain = stretches.map((stretch) => stretch.replace(/^\s*•/, "").trim());
    const longest = plain.reduce((longest, next) => (next.length > longest.length ? next : longest), "");
    if (longest.length < SHORTEST) throw new Error(`message ${id} has nothing that is the same for every reader: “${longest}”`);
    return longest;
}
