"""The rival of `bench/groups.py`: red-dwarf, which finds groups as Polis does. It is installed in a
folder of its own, by pip, and not into the project. Run as a script by its own Python it reads
votes from the standard input and writes {"seconds", "mib", "groups"}.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACE = Path(tempfile.gettempdir()) / "danchu-bench-red-dwarf"
VERSION = "0.4.0"


def install():
    """The Python of red-dwarf; None where pip cannot get it."""
    python = PLACE / "bin" / "python"
    if (PLACE / "installed").exists():
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        command = [python, "-m", "pip", "install", "-q", f"red-dwarf=={VERSION}"]
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    (PLACE / "installed").touch()
    return python


def groups_by_red_dwarf(votes):
    """(seconds, MiB, {person: group}); None where it cannot be had, or not run."""
    python = install()
    if python is None:
        return None
    done = subprocess.run(
        [python, __file__], input=json.dumps(votes), capture_output=True, text=True
    )
    if done.returncode:
        return None
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["seconds"], answer["mib"], {int(one): n for one, n in answer["groups"].items()}


def main():
    from reddwarf.implementations.base import run_pipeline

    votes = [
        {"participant_id": person, "statement_id": statement, "vote": vote, "modified": 0}
        for person, statement, vote in json.load(sys.stdin)
    ]
    started_at = time.perf_counter()
    result = run_pipeline(votes, random_state=1)
    taken = time.perf_counter() - started_at
    people = result.participants_df[result.participants_df.to_cluster]
    groups = {int(one): int(group) for one, group in people.cluster_id.items()}
    mib = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({"seconds": taken, "mib": mib, "groups": groups}))


if __name__ == "__main__":
    main()
