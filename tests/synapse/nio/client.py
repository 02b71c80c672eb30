"""Somebody with a client that shares no code with the hub: matrix-nio, encrypted, and never cross-signed.

Commands come in on standard input and what is seen goes out on standard output, a line of JSON each. The arguments are
the homeserver's address, the user's full Matrix id, the password, and a directory for the client's keys.
"""

import asyncio
import json
import sys

from nio import (
    AsyncClient,
    AsyncClientConfig,
    EnableEncryptionBuilder,
    ErrorResponse,
    InviteMemberEvent,
    LoginError,
    MegolmEvent,
    RoomMemberEvent,
    RoomMessage,
    SyncError,
)

# How long the homeserver may hold a sync open, in milliseconds.
LONG_POLL = 10_000

# What makes a room encrypted from its beginning.
ENCRYPTED = EnableEncryptionBuilder().as_dict()


def tell(saw, **what):
    print(json.dumps({"saw": saw, **what}), flush=True)


def give_up(error):
    sys.exit(f"the homeserver refused: {error}")


class Person:
    def __init__(self, homeserver, user, password, directory):
        config = AsyncClientConfig(encryption_enabled=True)
        self.client = AsyncClient(homeserver, user, store_path=directory, config=config)
        self.password = password
        self.client.add_event_callback(self.message, RoomMessage)
        self.client.add_event_callback(self.sealed, MegolmEvent)
        self.client.add_event_callback(self.member, (RoomMemberEvent, InviteMemberEvent))

    async def message(self, room, event):
        content = event.source["content"]
        tell(
            "message",
            room=room.room_id,
            sender=event.sender,
            body=content["body"],
            wording=content.get("org.lodge.wording"),
            encrypted=event.decrypted,
        )

    async def sealed(self, room, event):
        tell("sealed", room=room.room_id, sender=event.sender)

    async def member(self, room, event):
        tell(event.membership, room=room.room_id, sender=event.sender, who=event.state_key)

    async def log_in(self):
        answer = await self.client.login(self.password)
        if isinstance(answer, LoginError):
            give_up(answer)
        await self.sync(0)
        tell("ready")

    async def sync(self, wait):
        client = self.client
        answer = await client.sync(timeout=wait, full_state=client.next_batch is None or None)
        if isinstance(answer, SyncError):
            give_up(answer)
        await client.send_to_device_messages()
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())

    async def obey(self):
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            command = json.loads(line)
            if "join" in command:
                answer = await self.client.join(command["join"])
            elif "leave" in command:
                answer = await self.client.room_leave(command["leave"])
                tell("left", room=command["leave"], who=self.client.user_id)
            elif "invite" in command:
                answer = await self.client.room_create(invite=[command["invite"]], initial_state=[ENCRYPTED])
            else:
                content = {"msgtype": "m.text", "body": command["say"]}
                answer = await self.client.room_send(
                    command["room"], "m.room.message", content, ignore_unverified_devices=True
                )
            if isinstance(answer, ErrorResponse):
                give_up(answer)

    async def listen(self):
        while True:
            await self.sync(LONG_POLL)

    async def live(self):
        await self.log_in()
        listening = asyncio.create_task(self.listen())
        obeying = asyncio.create_task(self.obey())
        done, _ = await asyncio.wait((listening, obeying), return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        await self.client.close()
        for task in done:
            task.result()


asyncio.run(Person(*sys.argv[1:]).live())
