from tests.units.conftest import _loaded, country  # noqa: F401
