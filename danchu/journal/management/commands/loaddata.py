"""danchu loaddata: refused on an installation with records."""

from django.core.management.commands import loaddata

from danchu.journal.emptying import refuse_with_records


class Command(loaddata.Command):
    def handle(self, *fixture_labels, **options):
        refuse_with_records("loaddata", options["database"])
        return super().handle(*fixture_labels, **options)
