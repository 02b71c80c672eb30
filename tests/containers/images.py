"""The images that Dockerfile and docker-compose.yml name. Where no registry answers for one, something is built in its place."""

import http.client
import os
import re
import shutil
import ssl
from pathlib import Path

from machine import claim, note, run, show, warn

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent

# What there is in the place of an image, by its name without the tag: the file in `bases`, and what is different.
STAND_INS = {
    "docker.io/library/debian": (None, "Debian by debootstrap, with the certificates that this machine trusts"),
    "docker.io/library/rust": ("rust", "Debian with this machine's toolchain"),
    "docker.io/library/postgres": ("postgres", "Debian's PostgreSQL 15; the image is Alpine's, and newer"),
    "ghcr.io/element-hq/synapse": ("synapse", "the same Synapse from Python packages; the image has its own start script"),
    "docker.io/library/caddy": ("caddy", "Debian's Caddy, which is older"),
    "ghcr.io/element-hq/element-web": ("element", "NOT Element Web, but a page in its place"),
}


def wanted():
    """Every image that is not built from the project, Debian first: the stand-ins are made of it."""
    texts = [(PROJECT / name).read_text() for name in ("Dockerfile", "docker-compose.yml")]
    found = re.findall(r"^FROM (\S+)|^ +image: (\S+)$", "\n".join(texts), re.MULTILINE)
    names = sorted({one or other for one, other in found} - {"lodge:latest"})
    return sorted(names, key=lambda name: "library/debian" not in name)


def have(name):
    """Whether an image is on this machine."""
    return run("podman", "image", "exists", name, may_fail=True)[0] == 0


def answers(name):
    """Whether the registry of an image answers."""
    host = name.split("/")[0].replace("docker.io", "registry-1.docker.io")
    try:
        connection = http.client.HTTPSConnection(host, timeout=10, context=ssl.create_default_context())
        connection.request("GET", "/v2/")
        return connection.getresponse().status in (200, 401)
    except (OSError, http.client.HTTPException):
        return False


def bases(work):
    """Sees to it that every base image is there."""
    for name in wanted():
        base, different = STAND_INS.get(name.rsplit(":", 1)[0], (None, None))
        if have(name):
            kind = run("podman", "image", "inspect", "--format", '{{index .Labels "lodge.stand-in"}}', name).strip()
            note(f"{name} is there" + (f": {kind}" if kind not in ("", "<no value>") else ""))
        elif answers(name):
            show("podman", "pull", name)
            claim(f"{name} was pulled", have(name))
        else:
            claim(f"something can be built in the place of {name}", different is not None)
            build(work, name, base, different)
            warn(f"{name}: no registry answers. In its place: {different}")


def build(work, name, base, different):
    """Builds what stands in the place of an image."""
    context = work / "context"
    shutil.rmtree(context, ignore_errors=True)
    context.mkdir(parents=True)
    if base is None:
        debian(context, name, different)
    else:
        if base == "rust":
            toolchain(context)
        for script in (HERE / "bases").glob("*.sh"):
            shutil.copy(script, context)
        shutil.copy(PROJECT / "src/demo/homeserver/requirements.txt", context)
        recipe = HERE / "bases" / f"{base}.Containerfile"
        show("podman", "build", "--label", f"lodge.stand-in={different}", "--tag", name, "--file", recipe, context)
    shutil.rmtree(context)


def debian(root, name, different):
    """A small Debian that trusts whom this machine trusts: a network of an institution may have a certificate of its own."""
    suite = name.rsplit(":", 1)[1].removesuffix("-slim")
    # The mirror that this machine uses, if it is not Debian's own.
    mirror = [mirror] if (mirror := os.environ.get("DEBIAN_MIRROR")) else []
    run("debootstrap", "--variant=minbase", suite, root, *mirror, seconds=1800)
    for kept in ("etc/ssl/certs/ca-certificates.crt", "usr/local/share/ca-certificates"):
        if (source := Path("/") / kept).exists():
            (root / kept).parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, root / kept, dirs_exist_ok=True)
            else:
                shutil.copy(source, root / kept)
    archive = root.with_suffix(".tar")
    run("tar", "-C", root, "-cf", archive, ".")
    run("podman", "import", "--change", f'LABEL lodge.stand-in="{different}"', archive, name)
    archive.unlink()


def toolchain(context):
    """The compiler of this machine, as a context to build from."""
    toolchain = Path(run("rustc", "--print", "sysroot", cwd=PROJECT).strip())
    for part in ("bin", "lib"):
        shutil.copytree(toolchain / part, context / part, symlinks=True)
