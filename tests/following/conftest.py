from tests.inspection.conftest import (  # noqa: F401
    _law_loaded_once,
    bodies,
    country,
    drafted,
    holder,
    offices,
    person,
    system,
)
