"""Runs the tests on each mutant in a forked process and appends the result to a file."""

import gc
import json
import os
import signal
import sys
import time
from collections import Counter
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, apply, function_of, mutants_of

RESULTS = Path(__file__).parents[2] / ".mutation.jsonl"
KILLED, SURVIVED, UNREACHED = "killed", "survived", "unreached"
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


class Runner:
    """A plugin of pytest that runs the collected tests on every mutant in place of once."""

    def __init__(self, modules: list[str], again: bool = False) -> None:
        self.modules = modules
        self.again = again

    def pytest_collection_modifyitems(self, items) -> None:
        """Keep the tests that ask no database."""
        items[:] = [
            item
            for item in items
            if not DATABASE & set(item.fixturenames) and not item.get_closest_marker("django_db")
        ]

    def pytest_runtestloop(self, session) -> bool:
        results = read_results()
        mutants = [mutant for module in self.modules for mutant in mutants_of(module)]
        pending = [
            mutant
            for mutant in mutants
            if mutant.key not in results or (self.again and results[mutant.key]["result"] != KILLED)
        ]
        print(f"{len(session.items)} tests, {len(pending)} of {len(mutants)} mutants", flush=True)
        # What lasts for the session is set up once, before the first fork: half of a mutant's time.
        _run(session, 0)
        gc.freeze()
        reached = _in_child(lambda: self._trace(session))
        if reached is None:
            raise pytest.UsageError("the tests fail without a mutant")
        with RESULTS.open("a", encoding="utf-8") as file:
            for mutant in pending:
                result, seconds = self._try(session, mutant, reached)
                row = {**vars(mutant), "result": result, "seconds": round(seconds, 2)}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                file.flush()
                if result != KILLED:
                    print(f"{result}: {describe(row)}", flush=True)
        return True

    def _trace(self, session) -> dict[str, list]:
        """{function: [seconds, [index of each test that calls it]]} of a run without a mutant."""
        names = {}
        for module in self.modules:
            for mutant in mutants_of(module):
                function = function_of(module, mutant.function)
                if function is not None:
                    names[function.__code__] = f"{module} {mutant.function}"
        tests: dict[str, list[int]] = {name: [] for name in names.values()}
        seconds = []
        for index, item in enumerate(session.items):
            called = set()

            def profile(frame, event, _argument, called=called):
                if event == "call" and frame.f_code in names:
                    called.add(names[frame.f_code])

            began = time.perf_counter()
            sys.setprofile(profile)
            _run(session, index)
            sys.setprofile(None)
            seconds.append(time.perf_counter() - began)
            if session.testsfailed:
                sys.stderr.write(f"fails: {item.nodeid}\n")
                os._exit(1)
            for name in called:
                tests[name].append(index)
        for module in self.modules:  # an integer may be used by any function of its module
            names_of_module = [name for name in tests if name.startswith(f"{module} ")]
            tests[module] = sorted({index for name in names_of_module for index in tests[name]})
        return {
            name: [
                sum(seconds[index] for index in indexes),
                sorted(indexes, key=seconds.__getitem__),
            ]
            for name, indexes in tests.items()
        }

    def _try(self, session, mutant: Mutant, reached) -> tuple[str, float]:
        """(result, seconds) of one mutant. One that never ends is killed by its alarm."""
        of_module = reached[mutant.module]
        allowed, indexes = reached.get(f"{mutant.module} {mutant.function}", of_module)
        if not indexes:
            return UNREACHED, 0
        began = time.perf_counter()

        def attempt() -> bool:
            signal.alarm(int(10 + 5 * allowed))
            try:
                apply(mutant)
            except ValueError:
                return False  # a closure that the mutant no longer has
            for index in indexes:
                _run(session, index)
                if session.testsfailed:
                    return False
            return True

        survived = _in_child(attempt)
        return SURVIVED if survived else KILLED, time.perf_counter() - began


def _run(session, index: int) -> None:
    """Run a test. One of another folder is said to follow, so only the session stays set up; what
    functions of its module cached is forgotten, or only the first test of a module would be seen
    to call the code.
    """
    item = session.items[index]
    for value in vars(item.module).values():
        if isinstance(value, _lru_cache_wrapper):
            value.cache_clear()
    others = [
        other
        for other in (session.items[0], session.items[-1])
        if other.path.parent != item.path.parent
    ]
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=others[0] if others else None)


def _in_child(work):
    """The JSON value of `work()` in a forked process that prints nothing; None if it fails."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        try:
            with os.fdopen(writer, "w") as pipe:
                json.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    try:
        return json.loads(text)
    except ValueError:
        return None


def read_results() -> dict[str, dict]:
    """{key: row} of the last result of each mutant."""
    if not RESULTS.exists():
        return {}
    rows = map(json.loads, RESULTS.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row for row in rows}


def describe(row: dict) -> str:
    path = f"{row['module'].replace('.', '/')}.py:{row['line']}"
    return f"{path} {row['function']}: {row['change']}"


def report(modules: list[str]) -> int:
    """Print a row of counts for each module, then what survived. 1 if anything has no result."""
    results = read_results()
    missing = 0
    survivors = []
    print("| Module | Mutants | Killed | Survived | Not reached |\n|---|---|---|---|---|")
    for module in modules:
        mutants = mutants_of(module)
        rows = [results[mutant.key] for mutant in mutants if mutant.key in results]
        missing += len(mutants) - len(rows)
        counts = Counter(row["result"] for row in rows)
        numbers = (len(mutants), counts[KILLED], counts[SURVIVED], counts[UNREACHED])
        print(f"| `{module}` | {' | '.join(map(str, numbers))} |")
        survivors += [row for row in rows if row["result"] != KILLED]
    print(f"\n{missing} without a result")
    for row in survivors:
        print(f"{row['result']}: {describe(row)}")
    return bool(missing)
