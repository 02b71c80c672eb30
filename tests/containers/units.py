"""The systemd units, as systemd itself reads and judges them."""

import re
import shutil
from pathlib import Path

from machine import claim, note, run, warn

UNITS = ("lodge.service", "lodge-counsel.service")

# How much a unit may still do, of 10, by systemd's own reckoning.
EXPOSURE = 1.2


def look(project, work, program):
    """Verifies the units, with the program where they name it, and says how exposed they are."""
    if shutil.which("systemd-analyze") is None:
        warn("systemd-analyze is not here (apt-get install systemd): the units were not looked at")
        return
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    (root / "usr/local/bin").mkdir(parents=True)
    shutil.copy(program, root / "usr/local/bin/lodge")
    (root / "etc/systemd/system").mkdir(parents=True)
    # The targets that a unit is ordered by are systemd's own.
    (root / "usr/lib/systemd").mkdir(parents=True)
    shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True, ignore=no_units_of_others)
    for unit in UNITS:
        shutil.copy(project / "config" / unit, root / "etc/systemd/system" / unit)
        code, said = run("systemd-analyze", "verify", f"--root={root}", "--man=no", unit, may_fail=True)
        ours = [line for line in said.splitlines() if "lodge" in line]
        claim(f"systemd-analyze verify finds nothing in {unit}", code == 0 and not ours, said)
        security(project / "config" / unit)
    shutil.rmtree(root)


def no_units_of_others(_, names):
    """Leaves out units of other programs: only targets, sockets and slices are needed."""
    return [name for name in names if Path(name).suffix not in (".target", ".socket", ".slice")]


def security(unit):
    """How exposed a unit is."""
    said = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
    for line in said.splitlines():
        if line.startswith("✗"):
            note(line.rstrip())
    found = re.search(r"exposure level for \S+: ([\d.]+)", said)
    claim(
        f"systemd-analyze security: {unit.name} is exposed {found and found[1]} of 10, at most {EXPOSURE}",
        found is not None and float(found[1]) <= EXPOSURE,
        said,
    )
