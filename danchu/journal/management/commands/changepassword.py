"""danchu changepassword: refused, since it writes no entry of the journal."""

from django.core.management import BaseCommand

from danchu.journal.emptying import refuse_without_entry


class Command(BaseCommand):
    def run_from_argv(self, argv):
        """Whatever options are given."""
        super().run_from_argv(argv[:2])

    def handle(self, **options):
        refuse_without_entry("changepassword")
