"""The command line as a good neighbour of others."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from danchu.config.pg_tools import url_of


@pytest.mark.django_db
def test_who_reads_only_the_first_lines_of_a_long_answer_gets_no_trace_of_a_fault():
    reading, writing = os.pipe()
    os.close(reading)
    program = (
        "import sys; from danchu.config.command import main; sys.exit(main(['figures', "
        "'catalogue']))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "DATABASE_URL": url_of(connection.settings_dict["NAME"])},
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")
