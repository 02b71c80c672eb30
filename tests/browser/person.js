// One person at the web client, in a browser profile of their own. Everything is done and seen through the page.

import { join } from "node:path";
import { Untrue } from "./untrue.js";
import { sentence } from "./wording.js";

// The longest wait for anything to show. Nothing that is played takes longer than a quarter of it on a slow machine.
const WITHIN = 60_000;

const MESSAGE = ".Timeline_message";

export class Person {
    // Opens the page in a window of that size, with nobody signed in yet.
    static async at(browser, { name, page, size }) {
        const context = await browser.newContext({ viewport: size, locale: "en-GB", timezoneId: "Europe/London" });
        context.setDefaultTimeout(WITHIN);
        const person = new Person();
        Object.assign(person, { name, size, context, page: await context.newPage(), typed: [] });
        await person.page.goto(page);
        return person;
    }

    // Waits for something on the page; says what is missing if it does not come.
    async see(what, locator) {
        try {
            await locator.waitFor();
        } catch (error) {
            throw new Untrue(`${this.name} does not see ${what} (${error.message.split("\n")[0]})`);
        }
        console.log(`ok  ${this.name} sees ${what}`);
        return locator;
    }

    // Compares something that is not on the page.
    finds(what, found, expected) {
        if (found !== expected) throw new Untrue(`${this.name} finds ${what} to be ${JSON.stringify(found)}, not “${expected}”`);
        console.log(`ok  ${this.name} finds ${what}`);
    }

    async signIn({ user_id: userId, password }) {
        const { page } = this;
        await page.locator("input[type=password]").fill(password);
        await page.locator("input[name=username], input[type=text]").last().fill(userId.slice(1).split(":")[0]);
        await page.locator("button[type=submit]").last().click();
        await this.see("the list of rooms", page.locator(".RoomList"));
    }

    // The line of a room in the list.
    room(name) {
        return this.page.locator(".RoomList li").filter({ has: this.page.locator(".name").getByText(name, { exact: true }) });
    }

    // The list of rooms, which a narrow window shows in the place of a room.
    async toList() {
        const back = this.page.locator("a.close-middle:visible");
        if (await back.count()) await back.click();
        await this.see("the list again", this.page.locator(".LeftPanel:visible"));
    }

    async open(name) {
        await (await this.see(`“${name}” in the list`, this.room(name).first())).click();
    }

    async accept() {
        await (await this.see("a button to accept", this.page.getByRole("button", { name: "Accept" }))).click();
        await this.see("the way to write", this.page.locator(".Timeline, .RoomView").first());
    }

    // The page of an invitation that some account sent.
    invitation(inviter) {
        return this.page.locator(".InviteView_inviter").filter({ hasText: inviter });
    }

    // The top of the open room, if it shows this name.
    header(name) {
        return this.page.locator(".RoomHeader h2").getByText(name, { exact: true });
    }

    // A line that tells of somebody's coming or going.
    announcement(words) {
        return this.page.locator(".AnnouncementView").filter({ hasText: words }).last();
    }

    // The messages of others with some words in them.
    others(words) {
        return this.page.locator(`${MESSAGE}:not(.own)`).filter({ hasText: words });
    }

    // Waits for a message of the porter's, by its id in the wording.
    async hears(id) {
        return this.see(`the porter’s “${id}”`, this.others(sentence(id)).first());
    }

    // Goes to the end of the conversation, where the newest words are.
    async toTheEnd() {
        await this.page.locator(".Timeline_scroller").evaluate((element) => { element.scrollTop = element.scrollHeight; });
    }

    // Types words and sends them.
    async says(words) {
        await this.toTheEnd();
        const box = this.page.locator(".MessageComposer textarea");
        await box.fill(words);
        await box.press("Enter");
        this.typed.push(words);
        const first = words.split("\n")[0];
        await this.see(`“${first}” sent`, this.page.locator(`${MESSAGE}.own:not(.unsent)`).filter({ hasText: first }).last());
    }

    // Types words, and waits for the message of the porter's that answers them.
    async asks(words, id) {
        const already = await this.others(sentence(id)).count();
        await this.says(words);
        return this.see(`the porter’s “${id}”`, this.others(sentence(id)).nth(already));
    }

    // Scrolls so that a message begins at the top, as somebody does who reads it from its beginning. The client scrolls too, to
    // whatever is new, so this goes on until the message stays there for some frames.
    async readsFromTheTop(message) {
        await this.page.waitForFunction((element) => {
            const scroller = element.closest(".Timeline_scroller");
            const date = scroller.querySelector(".DateHeader");
            const top = (date ?? scroller).getBoundingClientRect()[date ? "bottom" : "top"];
            const before = scroller.scrollTop;
            scroller.scrollTop += element.getBoundingClientRect().top - top;
            element.stays = Math.abs(scroller.scrollTop - before) < 1 ? (element.stays ?? 0) + 1 : 0;
            return element.stays > 10;
        }, await message.elementHandle(), { polling: "raf" });
    }

    async picture(file) {
        // A mouse that rests on a message would colour it, and a caret would blink.
        await this.page.mouse.move(0, 0);
        await this.page.screenshot({ path: file, animations: "disabled" });
    }

    // The last thing to be seen of somebody whose story went wrong.
    async lastPicture(directory) {
        const file = join(directory, `${this.name}.png`);
        await this.picture(file).catch(() => {});
        return file;
    }
}
