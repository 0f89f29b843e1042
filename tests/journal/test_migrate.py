"""What migrate leaves is what the models declare, though it renders few of them on the way."""

import os
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.management import call_command
from django.db import connection
from django.db.models import CheckConstraint, UniqueConstraint

from danchu.config.pg_tools import run_tool
from danchu.journal.management.commands import migrate
from tests.config.conftest import database_of_its_own
from tests.migrated import connected_to
from tests.sizes import IS_LONG, long

OF_DJANGO = (CheckConstraint, ExclusionConstraint, UniqueConstraint)
MODELS = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


@pytest.mark.django_db
def test_the_migrated_database_has_what_the_models_declare():
    missing = []
    for model in MODELS:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            columns = {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            }
            constraints = connection.introspection.get_constraints(cursor, table)
        declared = {field.column for field in model._meta.local_concrete_fields}
        if columns != declared:
            missing.append((table, columns ^ declared))
        named = {rule.name for rule in model._meta.indexes} | {
            rule.name
            for rule in model._meta.constraints
            if isinstance(rule, OF_DJANGO)  # ours are triggers, which tests/kept tries
        }
        if named - constraints.keys():
            missing.append((table, named - constraints.keys()))
        references = {rule["columns"][0] for rule in constraints.values() if rule["foreign_key"]}
        related = {
            field.column
            for field in model._meta.local_concrete_fields
            if field.is_relation and field.db_constraint
        }
        if related - references:
            missing.append((table, related - references))
    assert not missing and len(MODELS) > 100


@long
@pytest.mark.skipif(not IS_LONG, reason="a minute: Django renders every model")
def test_the_schema_is_the_one_that_django_makes_when_it_renders_all(
    django_db_setup, django_db_blocker, tmp_path, monkeypatch
):
    schemas = []
    for kind in ("few", "all"):
        name = f"danchu_rendered_{kind}_{os.getpid()}"
        if kind == "all":
            monkeypatch.setattr(migrate, "few_models_rendered", nullcontext)
        with django_db_blocker.unblock(), database_of_its_own(name):
            with connected_to(name):
                call_command("migrate", verbosity=0, interactive=False)
            run_tool("pg_dump", "--schema-only", f"--file={tmp_path / kind}", database=name)
        lines = (tmp_path / kind).read_text(encoding="utf-8").splitlines()
        # Each dump has a random key of its own in these.
        schemas.append([line for line in lines if "restrict " not in line])
    assert schemas[0] == schemas[1]
