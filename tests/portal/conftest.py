from tests.units.conftest import _loaded, country  # noqa: F401  the whole country, loaded once a module
