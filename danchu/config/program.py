"""Which program serves here: its version and, in a clone, its commit, written down beside the data
at each start, so that an upgrade knows what to go back to.
"""

import subprocess

from django.conf import settings

from danchu.kernel.version import VERSION

GIT_SECONDS = 10


def note_version():
    """Write down the program that has brought the installation up to date; "" as a step that is
    done silently.
    """
    path = settings.VAR / "program"
    words = f"{VERSION} {commit_of('HEAD')}".strip()
    if not path.exists() or path.read_text().strip() != words:
        path.write_text(f"{words}\n")
    return ""


def program_before():
    """(version, commit) of the program that served last; ("", commit) where none was written down:
    that of the clone before the last pull, "" outside of one.
    """
    path = settings.VAR / "program"
    if not path.exists():
        return "", commit_of("ORIG_HEAD")
    version, _blank, commit = path.read_text().strip().partition(" ")
    return version, commit


def commit_of(name):
    """The commit of a name in the clone that holds the program; "" outside of one."""
    try:
        done = subprocess.run(
            ["git", "-C", str(settings.ROOT), "rev-parse", "-q", "--verify", f"{name}^{{commit}}"],
            capture_output=True,
            text=True,
            timeout=GIT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
