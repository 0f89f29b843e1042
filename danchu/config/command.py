"""The `danchu` command: starts the embedded database when none is named, then runs the asked command."""

import os
import sys


def main(arguments=None):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    from django.core.management import execute_from_command_line

    if not os.environ.get("DATABASE_URL"):
        from danchu.config.cluster import ClusterFailed
        from danchu.config.settings import _embedded

        try:
            _embedded().start()
        except ClusterFailed as failure:
            print(f"danchu: {failure}", file=sys.stderr)
            return 1
    execute_from_command_line(["danchu", *(arguments if arguments is not None else sys.argv[1:])])
    return 0
