"""Commands, claims about what came of them, and how both are printed."""

import os
import subprocess
import sys
import time

BEGAN = time.monotonic()


class Untrue(Exception):
    """Something isn't as it must be. The script ends with it."""


def step(title):
    """A heading, with the seconds since the start."""
    print(f"\n== {title} ({time.monotonic() - BEGAN:.0f} s) ==", flush=True)


def note(text):
    """Something to know that nothing depends on."""
    print(f"   {text}", flush=True)


def claim(text, holds, otherwise=""):
    """Says that something holds, or ends the script."""
    if not holds:
        raise Untrue(f"{text}\n{otherwise}".rstrip())
    print(f"ok {text}", flush=True)


def run(*command, given=None, may_fail=False, seconds=600, cwd=None, env=None):
    """Runs a command. Its standard output, or with `may_fail` its exit code and all that it printed."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            input=given,
            capture_output=True,
            text=True,
            timeout=seconds,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Untrue(f"{' '.join(map(str, command))}\ntook more than {seconds} s") from late
    if may_fail:
        return done.returncode, done.stdout + done.stderr
    if done.returncode != 0:
        raise Untrue(f"{' '.join(map(str, command))}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def show(*command, cwd=None):
    """Runs a long command and shows what it prints as it does; the last lines when it fails."""
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=cwd
    ) as running:
        lines = []
        for line in running.stdout:
            lines.append(line)
            if line.startswith(("STEP", "-->", "[1/2] STEP", "[2/2] STEP", "    Finished")):
                note(line.rstrip()[:120])
    if running.returncode != 0:
        raise Untrue(f"{' '.join(map(str, command))}\nended with {running.returncode}:\n{''.join(lines[-60:])}")


def until(text, holds, seconds=180):
    """Waits until something holds, and says so; `holds` gives a truth and what to say when it never comes."""
    deadline = time.monotonic() + seconds
    while True:
        true, otherwise = holds()
        if true or time.monotonic() > deadline:
            claim(text, true, f"not within {seconds} s: {otherwise}")
            return
        time.sleep(1)


def warn(text):
    """Something that the reader must know about what was shown."""
    print(f"!! {text}", flush=True)
    sys.stdout.flush()
