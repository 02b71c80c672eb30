"""The people who use the service: who they are, and what they do (by `people.rs`, with real encrypted clients)."""

import json
import subprocess
import time
from collections import Counter

from machine import Untrue, claim, note, show
from service import HOMESERVER_NAME, PASSWORD, PORTER, QUIET, SERVER_NAME

MEMBERS = {"sam": ("Sam", "student"), "noor": ("Noor", "student"), "alex": ("Alex", "alumnus"), "robin": ("Robin", "alumnus")}
ROSTER = "name,matrix_id,role\n" + "".join(
    f"{name},@{who}:{SERVER_NAME},{role}\n" for who, (name, role) in MEMBERS.items()
)


IMAGE = "localhost/lodge:people"


def build(project):
    """Compiles the people's clients."""
    here = project / "tests/containers"
    recipe = ("--ignorefile", here / "people.ignore", "--file", here / "people.Containerfile")
    show("podman", "build", "--tag", IMAGE, *recipe, project)


class People:
    """Clients that come in by the front door: by TLS, through Caddy, whose certificate they trust."""

    def __init__(self, service):
        service.open_door()
        door = ("--network", "host", "--add-host", f"{HOMESERVER_NAME}:127.0.0.1", "--env", "SSL_CERT_FILE=/caddy.crt")
        certificate = ("--volume", f"{service.directory / 'caddy.crt'}:/caddy.crt:ro")
        self.clients = subprocess.Popen(
            ["podman", "run", "--rm", "-i", *door, *certificate, IMAGE, f"https://{HOMESERVER_NAME}", PASSWORD],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        # What each of them was told, by whom and in which words, as far as it was meant.
        self.meant = Counter()

    def do(self, deed, **what):
        """Has somebody do something."""
        print(json.dumps({"do": deed, **what}), file=self.clients.stdin, flush=True)
        answer = json.loads(self.clients.stdout.readline() or '{"failed": "the clients have ended"}')
        if "failed" in answer:
            raise Untrue(f"{deed} {what}\n{answer['failed']}")
        return answer["done"]

    def say(self, who, text, to=PORTER):
        """Somebody says something to a service."""
        note(f"{who}: {text.splitlines()[0]}")
        for again in reversed(range(10)):
            try:
                self.do("say", who=who, to=to, text=text)
                return
            except Untrue as untrue:
                # Synapse answers a few calls with an error after its database was away. A client sends again then.
                if "500" not in str(untrue) or not again:
                    raise
                note("   (the homeserver had an error: sent again)")
                time.sleep(1)

    def hear(self, who, wording, to=PORTER):
        """Somebody is told something by a service."""
        words = self.do("hear", who=who, to=to, wording=wording)
        self.meant[who, to, wording] += 1
        note(f"   {who} reads {wording}")
        return words

    def ask(self, who, text, wording, to=PORTER):
        """Somebody says something, and is told something."""
        self.say(who, text, to)
        return self.hear(who, wording, to)

    def come_in(self, who, to=PORTER):
        """A member comes into the conversation that the porter opened for them."""
        self.do("log-in", who=who)
        self.do("come-in", who=who, to=to)

    def room_for_two(self, one, other, to=PORTER):
        """Both come into the room that was opened for them, talk, and the service is gone."""
        rooms = {who: self.do("enter", who=who, to=to) for who in (one, other)}
        claim(f"{one} and {other} are in one room", len(set(rooms.values())) == 1)
        room = rooms[one]
        for who in (one, other):
            self.meant[who, to, "opening-note"] += 1
            self.do("see-leave", who=who, to=to, room=room)
        self.do("tell", who=one, room=room, text="Thank you for saying yes.", other=other)
        self.do("tell", who=other, room=room, text="How about Thursday?", other=one)
        claim(f"they talk there, encrypted, and {to} has left", True)

    def nothing_else(self, when):
        """Nobody was told anything but what was meant, or the same thing twice, or what could not be read."""
        told = self.do("told")
        twice = Counter((who, one["from"], one["for"]) for who, all in told.items() for one in all if one["for"])
        again = [key for key, times in twice.items() if times > 1]
        claim(f"{when}, nobody was told the same thing twice ({sum(twice.values())} messages)", not again, str(again))
        seen = Counter((who, one["from"], one["wording"]) for who, all in told.items() for one in all)
        more, less = seen - self.meant, self.meant - seen
        claim(f"{when}, nobody was told anything else", not more and not less, f"unexpected {more}, missing {less}")

    def leave(self):
        """They close their clients."""
        self.clients.stdin.close()
        self.clients.wait(timeout=60)


def arrive(people, service):
    """Accounts, the roster, and everybody comes in and agrees to what holds."""
    for who in MEMBERS:
        service.account(who)
    said = service.lodge("roster", "import", "/dev/stdin", "--apply", given=ROSTER)
    claim("the roster is taken in by the running hub", "@robin" in said, said)
    for who in MEMBERS:
        people.come_in(who)
        people.hear(who, "welcome")
        people.ask(who, "agree", "agreed")


def request(people, one, other):
    """Somebody asks for somebody, who is asked."""
    people.ask(one, f"introduce @{other}:{SERVER_NAME} for career advice: May I ask how you began?", "ask-known-how")
    people.ask(one, "no", "preview")
    people.ask(one, "send", "sent")
    people.hear(other, "asked")


def agree(people, one, other):
    """Who was asked says yes, and they meet."""
    people.ask(other, "yes", "yes-recorded")
    people.hear(other, "agreed-addressee")
    people.hear(one, "agreed-requester")
    people.room_for_two(one, other)


def counselling(people, service):
    """Noor finds a counsellor; the porter has no part in it."""
    for who in ("kim-quiet", "lee-quiet"):
        service.account(who)
        people.come_in(who, QUIET)
        people.hear(who, "counsellor-welcome", QUIET)
    people.do("visit", who="noor", to=QUIET)
    people.hear("noor", "terms", QUIET)
    people.ask("noor", "yes", "ask-whom", QUIET)
    people.ask("noor", "anybody", "ask-about", QUIET)
    people.ask("noor", "I am not sure that physics is right for me.", "ask-showing", QUIET)
    people.ask("noor", "no", "asking", QUIET)
    for who in ("kim-quiet", "lee-quiet"):
        people.hear(who, "counsellor-offer", QUIET)
    people.ask("kim-quiet", "claim", "counsellor-claimed", QUIET)
    people.hear("lee-quiet", "counsellor-taken", QUIET)
    people.hear("noor", "claimed", QUIET)
    people.room_for_two("noor", "kim-quiet", QUIET)
