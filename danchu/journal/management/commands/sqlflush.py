"""danchu sqlflush: refused on an installation with records."""

from django.core.management.commands import sqlflush

from danchu.journal.emptying import refuse_with_records


class Command(sqlflush.Command):
    def handle(self, **options):
        refuse_with_records("sqlflush", options["database"])
        return super().handle(**options)
