"""danchu flush: refused on an installation with records."""

from django.core.management.commands import flush

from danchu.journal.emptying import refuse_with_records


class Command(flush.Command):
    def handle(self, **options):
        refuse_with_records("flush", options["database"])
        return super().handle(**options)
