"""Our two generators of load (hold.c, post.c) as Python sees them."""

import json
import signal
import subprocess
from typing import NamedTuple

from bench.live.processes import VAR, compiled, end, launch

MOST_A_PROCESS = 19_000  # where a process may hold 20,000 descriptors


class Lines:
    """So many long lines held open. All times in seconds."""

    def __init__(self, name, conns, ports, path, tokens, cookie, tls=False, nats=False, deaf=0):
        procs = max(2, -(-conns // MOST_A_PROCESS))
        command = [
            compiled("hold.c", "-lssl", "-lcrypto"),
            "--conns",
            conns,
            "--procs",
            procs,
            "--ports",
            ",".join(map(str, ports)),
            "--path",
            path,
        ]
        command += [
            "--tokens",
            tokens,
            "--cookie",
            cookie,
            "--deaf",
            deaf,
            *(["--tls"] if tls else []),
            *(["--nats"] if nats else []),
        ]
        self.conns = conns
        self.process = launch(
            command,
            VAR / f"{name}.log",
            ends_by=signal.SIGKILL,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def say(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def open(self, seconds=60):
        """{"open", "failed", "refused", "seconds"} once all are open."""
        return self.say("open", self.conns, seconds)

    def stat(self):
        return self.say("stat")

    def wait(self, v, number=None, seconds=20):
        """How many clients have frame v, when `number` (all) have it or the time is over."""
        return self.say("wait", v, number or self.conns, seconds)["n"]

    def came(self, v, at):
        """{"n", "first", "p50", "p99", "last"}: seconds from the instant `at` (microseconds
        since 1970) to the frame's coming.
        """
        told = self.say("seq", v, at)
        return {"n": told.pop("n"), **{name: value / 1e6 for name, value in told.items()}}

    def check(self, first, last):
        return self.say("check", first, last)

    def drop(self, over):
        """Cut all; they come back spread over so many seconds. The seconds the cutting itself
        took.
        """
        return self.say("drop", over)["cutting"] / 1e6

    def back(self, number, seconds):
        told = self.say("back", number, seconds)
        return {
            "back": told.pop("back"),
            "open": told.pop("open"),
            **{name: value / 1e6 for name, value in told.items()},
        }

    def close(self):
        self.process.stdin.close()
        end(self.process)
        self.process.stdout.close()


class Answer(NamedTuple):
    """What a request was told. `due` microseconds since 1970, `latency` seconds from then; code
    0: no answer ever.
    """

    code: int
    tries: int
    due: int
    latency: float
    told: dict


class Posts:
    """Requests under way: `plan` is [(person, path, body)], due evenly over so many seconds."""

    def __init__(self, name, plan, port, tokens, cookie, seconds, patient=False):
        self.plan, self.out = VAR / f"{name}.plan", VAR / f"{name}.out"
        self.plan.write_text("".join(f"{person} {path} {body}\n" for person, path, body in plan))
        command = [
            compiled("post.c"),
            "--ports",
            port,
            "--plan",
            self.plan,
            "--tokens",
            tokens,
            "--cookie",
            cookie,
            "--secs",
            seconds,
            "--out",
            self.out,
        ]
        self.process = launch(
            [*command, *(["--patient"] if patient else [])],
            VAR / f"{name}.log",
            ends_by=signal.SIGKILL,
        )

    def answers(self, seconds=180):
        """[Answer] in the order of the plan, when all are there."""
        self.process.wait(seconds)
        found = []
        for line in self.out.read_text().splitlines():
            code, tries, due, latency, *told = line.split(" ", 4)
            found.append(
                Answer(
                    int(code),
                    int(tries),
                    int(due),
                    int(latency) / 1e6,
                    json.loads(told[0]) if told and told[0] else {},
                )
            )
        return found

    def close(self):
        end(self.process)


def part(values, share):
    """The value below which so much of them lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
