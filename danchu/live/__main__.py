"""`python -m danchu.live hub|intake|sequencer [PORT]` runs one live process, as `danchu serve`
does.
"""

import os
import sys

from danchu.kernel.metrics import announce

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")


def main(kind, port=None):
    announce(kind)
    if kind == "sequencer":
        import django  # noqa: PLC0415  late: before Django

        django.setup()
        from danchu.live import sequencer  # noqa: PLC0415  late: before Django

        return sequencer.run()
    from danchu.live import hub, intake  # noqa: PLC0415  late: before Django
    from danchu.live.process import run  # noqa: PLC0415  late: before Django

    serve = {"hub": hub.serve, "intake": intake.serve}[kind]
    host = os.environ.get("DANCHU_BIND", "127.0.0.1")
    origins = [origin for origin in os.environ.get("DANCHU_ORIGINS", "").split(",") if origin]
    return run(lambda stopping: serve(host, int(port), origins, stopping))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
