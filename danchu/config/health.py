"""/health: whether this process can answer, for a load balancer and for who watches.

It stands before all other middleware, so that it is answered under any host name, without a session
and without a redirect to HTTPS; it tells nothing of the installation but its version.
"""

from threading import Event

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse

from danchu.jobs.querysets import living_workers
from danchu.kernel.version import VERSION, version_on_disk

ADDRESS = "/health"
# Set once the database had every migration of this version: asking takes 50 ms. What it had then.
_migrated = Event()
_applied_then: set[tuple[str, str]] = set()


def health_middleware(get_response):
    """Answers /health itself."""

    def middleware(request):
        return health(request) if request.path_info == ADDRESS else get_response(request)

    return middleware


def health(request):
    """200 with {"status": "ok", …} when pages can be served, else 503 with what is missing:
    `database`, `migrations`. `worker` is false when no process runs jobs, `outdated` true when
    another version has been installed since this process started; pages are served all the same.
    Nothing is cached.
    """
    state = {"database": False, "migrations": False, "worker": False}
    state["outdated"] = version_on_disk() != VERSION
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        state["database"] = True
        state["migrations"] = _is_migrated()
        state["outdated"] |= state["migrations"] and _was_migrated_on()
        state["worker"] = state["migrations"] and bool(living_workers())
    except (DatabaseError, InterfaceError):
        pass
    is_ok = state["database"] and state["migrations"]
    body = {"status": "ok" if is_ok else "down", "version": VERSION, **state}
    answer = JsonResponse(body, status=200 if is_ok else 503)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _is_migrated():
    """Whether the database has every migration of this version."""
    if not _migrated.is_set():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            _applied_then.clear()
            _applied_then.update(executor.loader.applied_migrations)
            _migrated.set()
    return _migrated.is_set()


def _was_migrated_on():
    """Whether a newer version, on another machine perhaps, has changed the database since."""
    applied = MigrationRecorder.Migration.objects.values_list("app", "name")
    return not _applied_then.issuperset(applied)
