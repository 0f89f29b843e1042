"""Whether a room is whole: run at the root of a copy of the project that has the room.

Migrations and layers are checked, the generated pages written, then the tests of the room run.
It ends with 0 when all of it is.
"""

import sys

import django
import pytest
from django.core.management import call_command
from importlinter.cli import lint_imports


def main():
    django.setup()
    call_command("makemigrations", "--check", "--dry-run")
    if lint_imports():
        return 1
    call_command("people", "rights", "--write")
    call_command("figures", "catalogue", "--write")
    return pytest.main(["-n", "0", "-p", "no:cacheprovider", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
