"""The two load generators (hold.c, post.c), run from Python."""

import json
import signal
import subprocess
from typing import NamedTuple

from bench.live.processes import VAR, compile_c, end, launch

MOST_A_PROCESS = 19_000  # where a process may hold 20,000 descriptors


class Lines:
    """`conns` open connections to the hall (hold.c). All times in seconds."""

    def __init__(self, name, conns, ports, path, tokens, cookie, tls=False, nats=False, deaf=0):
        procs = max(2, -(-conns // MOST_A_PROCESS))
        command = [
            compile_c("hold.c", "-lssl", "-lcrypto"),
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
        """Open all connections: {"open", "failed", "refused", "seconds"}."""
        return self.say("open", self.conns, seconds)

    def stat(self):
        return self.say("stat")

    def wait(self, v, number=None, seconds=20):
        """How many clients have frame v; waits until `number` (all by default) have it, at most
        `seconds`.
        """
        return self.say("wait", v, number or self.conns, seconds)["n"]

    def arrival_times(self, v, at):
        """{"n", "first", "p50", "p99", "last"}: seconds from `at` (microseconds since 1970) to the
        arrival of frame v.
        """
        times = self.say("seq", v, at)
        return {"n": times.pop("n"), **{name: value / 1e6 for name, value in times.items()}}

    def check(self, first, last):
        return self.say("check", first, last)

    def drop(self, over):
        """Cut all connections, which reconnect spread over so many seconds; how long the cutting
        took.
        """
        return self.say("drop", over)["cutting"] / 1e6

    def return_times(self, number, seconds):
        times = self.say("back", number, seconds)
        return {
            "back": times.pop("back"),
            "open": times.pop("open"),
            **{name: value / 1e6 for name, value in times.items()},
        }

    def close(self):
        self.process.stdin.close()
        end(self.process)
        self.process.stdout.close()


class Answer(NamedTuple):
    """The answer to a request. `due` in microseconds since 1970, `latency` in seconds from then;
    code 0: no answer.
    """

    code: int
    tries: int
    due: int
    latency: float
    body: dict


class Posts:
    """Requests being sent (post.c): `plan` is [(person, path, body)], spread evenly over
    `seconds`.
    """

    def __init__(self, name, plan, port, tokens, cookie, seconds, patient=False):
        self.plan, self.out = VAR / f"{name}.plan", VAR / f"{name}.out"
        self.plan.write_text("".join(f"{person} {path} {body}\n" for person, path, body in plan))
        command = [
            compile_c("post.c"),
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
        """[Answer] in the order of the plan; waits for all."""
        self.process.wait(seconds)
        answers = []
        for line in self.out.read_text().splitlines():
            code, tries, due_at, latency, *body = line.split(" ", 4)
            answers.append(
                Answer(
                    int(code),
                    int(tries),
                    int(due_at),
                    int(latency) / 1e6,
                    json.loads(body[0]) if body and body[0] else {},
                )
            )
        return answers

    def close(self):
        end(self.process)


def quantile(values, share):
    """The value below which the given share of the values lies; 0.0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
