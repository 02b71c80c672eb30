"""The service of docker-compose.yml, in a directory of its own, by the steps that its first lines say."""

import json
import os
import secrets
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path

from machine import Untrue, claim, note, run, until

SERVER_NAME = "lodge.localhost"
HOMESERVER_NAME = f"matrix.{SERVER_NAME}"
CHAT_NAME = f"chat.{SERVER_NAME}"
PASSWORD = "open-the-door"
PORTER = f"@porter:{SERVER_NAME}"
QUIET = f"@quiet:{SERVER_NAME}"

# Beside docker-compose.yml where the engine may not raise limits: podman leaves its defaults aside for a service that names one.
MODEST = "services:\n" + "".join(
    f"  {name}:\n    ulimits: {{ nofile: 1024, nproc: 4096 }}\n" for name in ("setup", "lodge", "counsel-setup", "counsel")
)


class Service:
    """One installation: an operator's copy of the project with their own files in it."""

    def __init__(self, project, directory, name):
        self.directory, self.name = directory, name
        shutil.rmtree(directory, ignore_errors=True)
        listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=project)
        for path in filter(None, listed.split("\0")):
            if (project / path).exists():
                (directory / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(project / path, directory / path)
        # Step 1. Without it the compose file is refused as a whole.
        env = self.directory / ".env"
        env.touch(0o600)
        env.write_text(
            f"POSTGRES_PASSWORD={secrets.token_urlsafe(24)}\nSERVER_NAME={SERVER_NAME}\n"
            f"HOMESERVER_NAME={HOMESERVER_NAME}\nCHAT_NAME={CHAT_NAME}\n"
        )

    def compose(self, *arguments, **how):
        """podman-compose, which reads docker-compose.yml as `docker compose` does. The profile of a service that is asked for
        must be named, which `docker compose` does by itself."""
        profiles = ("--profile", "setup" if set(arguments) & {"setup", "counsel-setup"} else "counsel")
        command = ("podman-compose", "--project-name", self.name, *profiles, *arguments)
        return run(*command, cwd=self.directory, **how)

    def once(self, service, *command, entrypoint=None, **how):
        """`docker compose run --rm --no-deps -T`: a command in a container of its own."""
        entrypoint = ("--entrypoint", entrypoint) if entrypoint else ()
        return self.compose("run", "--rm", "--no-deps", "-T", *entrypoint, service, *command, **how)

    def inside(self, service, *command, **how):
        """`docker compose exec -T`: a command in a container that runs."""
        return run("podman", "exec", "-i", self.container(service), *command, **how)

    def lodge(self, *command, **how):
        """A command of Lodge's in the hub's container."""
        return self.inside("lodge", "lodge", *command, "--config", "/etc/lodge/lodge.toml", **how)

    def container(self, service):
        """What the engine calls the container of a service."""
        return f"{self.name}_{service}_1"

    def volume(self, name):
        """What the engine calls a volume."""
        return f"{self.name}_{name}"

    def state(self, service):
        """What the engine says of a container; nothing where there is none."""
        code, said = run("podman", "inspect", "--type", "container", self.container(service), may_fail=True)
        return json.loads(said[: said.rindex("]") + 1])[0] if code == 0 else None

    def logs(self, service):
        """What a container has said."""
        return run("podman", "logs", self.container(service), may_fail=True)[1]

    def healthy(self, service):
        """Waits until the health check of a container says yes."""
        container = self.container(service)

        def asked():
            code, said = run("podman", "healthcheck", "run", container, may_fail=True)
            return code == 0, said + self.logs(service)[-2000:]

        until(f"{service} is healthy", asked)

    def runs(self, service, since=""):
        """Waits until a service of Lodge's runs and has opened its session; `since` is what it had said before."""

        def ready():
            said = self.logs(service)
            state = self.state(service)
            running = state is not None and state["State"]["Running"]
            # A container that was made anew has said nothing before.
            return running and 'session="ready"' in said.removeprefix(since), said[-3000:]

        until(f"{service} runs", ready)

    # What the operator does.

    def configure(self, examples=None):
        """Step 2: the operator's own files, from today's examples or those of an older edition."""
        examples = examples or self.directory / "config"

        def mine(example, copy, *changes):
            text = (examples / example).read_text().replace("example.org", SERVER_NAME)
            for before, after in changes:
                if before not in text:
                    raise Untrue(f"{example} has the line {before}")
                text = text.replace(before, after, 1)
            (self.directory / copy).write_text(text)
            (self.directory / copy).chmod(0o644)
            note(f"{copy} is {Path(example).name} with {len(changes)} changes")

        where = ('homeserver = "http://127.0.0.1:8008"', 'homeserver = "http://synapse:8008"')
        mine(
            # The older edition may have had none.
            self.directory / "config/compose/synapse.yaml",
            "synapse.yaml",
            ("  # - /counsel-reg", "  - /counsel-reg"),
            # All the people of this script come from one address.
            ("# rc_login", "rc_login"),
        )
        mine("policy.md", "policy.md")
        mine(
            "lodge.example.toml",
            "lodge.toml",
            where,
            ('registration = "registration.yaml"', 'registration = "/registration/registration.yaml"'),
            ('directory = "lodge-data"', 'directory = "/var/lib/lodge"'),
            ('key_file = "master.key"', 'key_file = "/keys/master.key"'),
            ('# mirror = "/mnt/second-disk/lodge"', 'mirror = "/mirror"'),
            ('# export_directory = "lodge-exports"', 'export_directory = "/exports"'),
            ('# accounts = "accounts.toml"', 'accounts = "accounts.toml"'),
            (f'# register_at = "https://{CHAT_NAME}/#/register"', f'register_at = "https://{CHAT_NAME}/#/register"'),
        )
        mine("accounts.example.toml", "accounts.toml")
        mine(
            "counsel.example.toml",
            "counsel.toml",
            where,
            ('registration = "counsel-reg', 'registration = "/counsel-registration/counsel-reg'),
            ('directory = "counsel-data"', 'directory = "/var/lib/lodge-counsel"'),
            ('key_file = "counsel.key"', 'key_file = "/counsel-keys/counsel.key"'),
        )
        compose = self.directory / "docker-compose.yml"
        text = compose.read_text()
        line = "      # - ./accounts.toml:/etc/lodge/accounts.toml:ro\n"
        claim("docker-compose.yml has the lines that give the hub the list of accounts", text.count(line) == 2)
        compose.write_text(text.replace(line, line.replace("# ", "", 1)))
        if "CONTAINERS_CONF" in os.environ:
            (self.directory / "docker-compose.override.yml").write_text(MODEST)

    def set_up(self):
        """Steps 3 to 5: the keys, the registrations, the homeserver's own configuration."""
        said = self.once("setup")
        claim("setup makes the master key and the registration", "Made the master key" in said and "Made the registration" in said, said)
        key = self.once("setup", "/keys/master.key", entrypoint="cat")
        claim("the master key can be copied to where the data is not", len(key.strip()) >= 32)
        self.once("counsel-setup")
        ids = self.once("counsel-setup", "stat -c '%u:%g %a' /counsel-registration/counsel-registration.yaml").strip()
        claim("Synapse's group may read the counselling service's registration, and nobody else", ids.endswith("10002:991 640"), ids)
        self.once("synapse", "generate")

    def start(self):
        """Steps 5 and 6: everything runs."""
        self.compose("up", "--detach", "postgres")
        self.healthy("postgres")
        self.compose("up", "--detach", "synapse")
        self.healthy("synapse")
        code, said = self.once("lodge", "check", "--config", "/etc/lodge/lodge.toml", may_fail=True)
        lines = [line for line in said.splitlines() if line.startswith(("ok", "look"))]
        claim(f"lodge check finds nothing wrong ({len(lines)} lines)", code == 0, said)
        told = self.inside("synapse", "cat", "/data/homeserver.yaml")
        files = ("--homeserver-config", "/dev/stdin", "--homeserver-config", "/registration/homeserver-settings.yaml")
        said = self.once("lodge", "check", "--config", "/etc/lodge/lodge.toml", *files, given=told)
        claim("and nothing in the homeserver's own configuration", "Not to be seen from outside" not in said, said)
        self.compose("up", "--detach")
        self.runs("lodge")
        self.runs("counsel")

    def administer(self):
        """Step 7: an administrator, and no limit on the services' accounts."""
        self.account("operator", "--admin")
        none = {"messages_per_second": 0, "burst_count": 0}
        for user in (PORTER, QUIET):
            path = f"/_synapse/admin/v1/users/{user}/override_ratelimit"
            set_to = self.call("POST", path, none, self.administrator())
            claim(f"the rate limit of {user} is lifted", set_to == none, str(set_to))

    def administrator(self):
        """A token of the administrator's."""
        who = {"type": "m.id.user", "user": "operator"}
        login = {"type": "m.login.password", "identifier": who, "password": PASSWORD}
        return self.call("POST", "/_matrix/client/v3/login", login)["access_token"]

    def account(self, name, kind="--no-admin"):
        """Makes an account."""
        self.inside(
            "synapse", "register_new_matrix_user", "--config", "/data/homeserver.yaml",
            "--user", name, "--password", PASSWORD, kind, "http://localhost:8008",
        )

    def call(self, method, path, content=None, token=None):
        """A plain call to the homeserver from this machine."""
        request = urllib.request.Request(f"http://127.0.0.1:8008{path}", method=method)
        request.data = None if content is None else json.dumps(content).encode()
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            claim(f"{method} {path} is answered", False, f"{refusal}: {refusal.read().decode()}")

    def open_door(self):
        """Waits until Synapse answers through Caddy."""
        deadline = time.monotonic() + 180
        while self.through_the_door(HOMESERVER_NAME, "/_matrix/client/versions")[0] != 200:
            if time.monotonic() > deadline:
                raise Untrue(f"Synapse answers through Caddy\n{self.logs('caddy')[-2000:]}")
            time.sleep(1)

    def through_the_door(self, name, path):
        """The status and the text of a page, by TLS and through Caddy, which signed its certificate itself."""
        certificate = self.directory / "caddy.crt"
        if not certificate.exists():
            code, signed = self.inside("caddy", "cat", "/data/caddy/pki/authorities/local/root.crt", may_fail=True)
            if code != 0:
                return 0, signed
            certificate.write_text(signed)
        code, said = run(
            "curl", "--silent", "--show-error", "--noproxy", "*", "--cacert", certificate, "--resolve", f"{name}:443:127.0.0.1",
            "--write-out", "\n%{http_code}", f"https://{name}{path}", may_fail=True,
        )
        text, _, status = said.rpartition("\n")
        return int(status) if code == 0 else 0, text

    def end(self):
        """Takes everything away: containers, networks and volumes."""
        self.compose("down", "--volumes", "--timeout", "5", may_fail=True)
        code, left = run("podman", "volume", "ls", "--quiet", "--filter", f"name={self.name}_", may_fail=True)
        for volume in left.split() if code == 0 else []:
            run("podman", "volume", "rm", "--force", volume, may_fail=True)
        shutil.rmtree(self.directory, ignore_errors=True)
        note(f"{self.name} is taken away")
