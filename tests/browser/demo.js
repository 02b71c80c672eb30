// The demonstration: a homeserver, the hub and accounts, with nothing played yet.

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Untrue } from "./untrue.js";
import { WORK } from "./places.js";

// The line after which everybody can sign in.
const READY = "It all stays up";

// The first start may install a homeserver.
const READY_WITHIN = 600_000;

// Starts a new day. Returns the accounts, and a function that ends it.
export async function demo(program) {
    const directory = join(WORK, "demo");
    const child = spawn(program, ["demo", "--stay", "--no-play", "--dir", directory], { stdio: ["ignore", "pipe", "pipe"] });
    // Nothing goes on by itself when these scripts end, whatever the reason.
    process.once("exit", () => child.kill("SIGINT"));
    const ended = new Promise((end) => child.once("exit", end));
    let said = "";
    const ready = new Promise((begin) => {
        const hear = (text) => {
            said += text;
            if (said.includes(READY)) begin(true);
        };
        child.stdout.on("data", hear);
        child.stderr.on("data", hear);
    });
    const stop = async () => {
        child.kill("SIGINT");
        await ended;
    };
    const failed = new Promise((end) => child.once("error", end)).then(() => false);
    const late = new Promise((end) => setTimeout(end, READY_WITHIN, false).unref());
    if (!await Promise.race([ready, failed, late, ended.then(() => false)])) {
        await Promise.race([stop(), failed]);
        throw new Untrue(`the demonstration did not start: ${said.trim().split("\n").slice(-5).join(" / ") || program}`);
    }
    const accounts = JSON.parse(await readFile(join(directory, "demo.json"), "utf8"));
    return { accounts, stop };
}
