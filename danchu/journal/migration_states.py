"""Fewer models rendered while migrations are applied.

After each operation Django renders the class of the changed model anew, and those of the models
related to it: from an empty database 14,600 classes, which is nine tenths of the time that migrate
takes. An operation itself reads the class of its own model only, and those that its foreign keys
name. So a new model, and one of which no relation changes, is rendered alone; what else has an
outdated class is rendered by the next operation that changes a relation to it, or by the next
RunPython, for which Django renders everything where `is_delayed` says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState


@contextmanager
def few_models_rendered() -> Iterator[None]:
    """Within the block migrations that are applied forwards render few models."""
    find_models = ProjectState._find_reload_model

    def find_few_models(
        state: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        """The keys of the models to render. `delay` is Django's word for a change of no relation.
        Classes that inherit from the model are built on its class, and rendered with it.
        """
        is_new = model_name not in state.apps.all_models[app_label]
        if is_new or (delay and not state.apps.get_model(app_label, model_name).__subclasses__()):
            state.is_delayed = True
            return {(app_label, model_name)}
        return find_models(state, app_label, model_name, delay)

    ProjectState._find_reload_model = find_few_models
    try:
        yield
    finally:
        ProjectState._find_reload_model = find_models
