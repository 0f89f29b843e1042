"""The `danchu` command: starts the embedded database when DATABASE_URL is not set, runs the given
command, releases the database.
"""

import os
import sys


def main(arguments=None):
    """Run the command line (sys.argv by default); the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] in (["serve"], ["stop"]):
        from danchu.config import serve  # noqa: PLC0415  late: before Django

        return serve.main(arguments[0])
    try:
        status = _with_database(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of the output closed the pipe (`| head`): not an error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _with_database(arguments):
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  late: before Django

    from danchu.config.cluster_place import ClusterFailed  # noqa: PLC0415  late: before Django

    cluster = None
    try:
        # Reads the environment: what is wrong there is reported in one line.
        from danchu.config import settings  # noqa: PLC0415  late: before Django

        if settings.EMBEDDED and not os.environ.get("DANCHU_EMBEDDED_URL"):
            cluster = settings.embedded_cluster()
            os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    except (ClusterFailed, ImproperlyConfigured, OSError) as failure:
        print(f"danchu: {failure}", file=sys.stderr)
        return 1
    try:
        return _execute(arguments)
    finally:
        if cluster:
            cluster.leave()


def _execute(arguments):
    import django  # noqa: PLC0415  late: before Django
    from django.core import management  # noqa: PLC0415  late: before Django

    django.setup()
    from danchu.config import schema  # noqa: PLC0415  late: before Django
    from danchu.kernel.refusals import Refused  # noqa: PLC0415  late: before Django

    try:
        command = arguments[0] if arguments else "help"
        schema.refuse_other_schema(command)
    except Refused as refusal:
        print(f"danchu: {refusal.message}", file=sys.stderr)
        return 1
    management.execute_from_command_line(["danchu", *arguments])
    return 0
