"""`python -m tests.mutation [MODULE …]`: run the mutants that have no result yet. `--report` prints
the table and the survivors, `--again` runs the survivors once more.
"""

import os
import sys

os.environ["DANCHU_TESTING"] = "1"
# No database can be reached: what asks one is no test of a pure module.
os.environ["DATABASE_URL"] = "postgres://nobody@nowhere/none"

import pytest  # noqa: E402  # the environment must be set first
from hypothesis import Phase, settings  # noqa: E402

from tests.mutation.runner import Runner, report  # noqa: E402
from tests.mutation.targets import MODULES  # noqa: E402


def main(arguments: list[str]) -> int:
    flags = {argument for argument in arguments if argument.startswith("--")}
    modules = [argument for argument in arguments if argument not in flags] or list(MODULES)
    if "--report" in flags:
        return report(modules)
    # The same few examples for every mutant: what they find, they find again.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutation", max_examples=10, derandomize=True, deadline=None, phases=phases
    )
    settings.load_profile("mutation")
    options = ["-q", "-s", "-n0", "-p", "no:cacheprovider", "-p", "no:warnings"]
    options += sorted({f"tests/{module.split('.')[1]}" for module in modules})
    return pytest.main(options, plugins=[Runner(modules, again="--again" in flags)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
