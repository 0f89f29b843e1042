"""danchu migrate: backwards, which removes tables and triggers, only without records; forwards in a
fifth of the time.
"""

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.exceptions import AmbiguityError
from django.db.migrations.executor import MigrationExecutor

from danchu.journal.emptying import refuse_with_records
from danchu.journal.migration_states import few_models_rendered


class Command(migrate.Command):
    def handle(self, *args, **options):
        if options["app_label"] and options["migration_name"] and _goes_back(options):
            refuse_with_records("migrate", options["database"])
            return super().handle(*args, **options)
        with few_models_rendered():
            return super().handle(*args, **options)


def _goes_back(options):
    """Whether the migration named on the command line undoes one that is applied. False for a name
    that Django refuses.
    """
    room = options["app_label"]
    name = options["migration_name"]
    executor = MigrationExecutor(connections[options["database"]])
    try:
        target = (
            executor.loader.get_migration_by_prefix(room, name).name if name != "zero" else None
        )
    except (AmbiguityError, KeyError):
        return False
    return any(backwards for _step, backwards in executor.migration_plan([(room, target)]))
