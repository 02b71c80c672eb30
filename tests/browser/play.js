// Plays the story on a phone's screen and on a desk's, each on a new day of the demonstration, and prints the counts.

import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { demo } from "./demo.js";
import { table } from "./measure.js";
import { installed, PROJECT, WORK } from "./places.js";
import { serve } from "./serve.js";
import { story } from "./story.js";
import { Untrue } from "./untrue.js";

const SIZES = {
    phone: { width: 390, height: 844 },
    desktop: { width: 1280, height: 800 },
};

// The pictures of the phone's story go here when they are asked for. Dates in them change with every run.
const KEPT = join(PROJECT, "docs/pictures");

const { LODGE: program, CHROMIUM: chromium } = process.env;
const keep = process.argv.includes("--pictures");

// Chromium's own sandbox does not start as root. No name is resolved, so nothing is asked of other machines.
const ARGUMENTS = [
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
];

// Saves numbered pictures of one story, and remembers their files.
async function album(directory) {
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    const files = [];
    const picture = async (person, name) => {
        const file = join(directory, `${String(files.length + 1).padStart(2, "0")}-${person.name}-${name}.png`);
        await person.picture(file);
        files.push(file);
    };
    return { files, picture };
}

// One story from its homeserver's start to its end. Returns its people and its pictures.
async function play(browser, www, kind) {
    console.log(`\n${kind}, ${SIZES[kind].width} × ${SIZES[kind].height}`);
    const pictures = join(WORK, "pictures", kind);
    const { files, picture } = await album(pictures);
    const people = [];
    const day = await demo(program);
    try {
        const page = `${www.address}/?homeserver=${encodeURIComponent(day.accounts.homeserver)}`;
        await story({ browser, page, accounts: day.accounts, size: SIZES[kind], people, picture });
    } catch (error) {
        for (const person of people) console.error(`the last picture: ${await person.lastPicture(pictures)}`);
        throw error;
    } finally {
        for (const person of people) await person.context.close();
        await day.stop();
    }
    return { people, files };
}

async function main() {
    const browser = await installed("playwright-core").chromium.launch({ executablePath: chromium, args: ARGUMENTS });
    const www = await serve(await bundle());
    try {
        const phone = await play(browser, www, "phone");
        const desktop = await play(browser, www, "desktop");
        console.log(`\n${table([...phone.people, ...desktop.people])}`);
        if (keep) {
            await mkdir(KEPT, { recursive: true });
            for (const file of phone.files) await copyFile(file, join(KEPT, file.split("/").at(-1)));
        }
        console.log(`\nEvery step was seen. The pictures are in ${keep ? KEPT : join(WORK, "pictures")}`);
    } finally {
        await browser.close();
        await www.close();
    }
}

try {
    await main();
} catch (error) {
    console.error(`failed: ${error instanceof Untrue ? error.message : error.stack}`);
    process.exitCode = 1;
}
