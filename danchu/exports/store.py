"""Where the files of exports lie: a folder that only the product reads."""

from django.conf import settings


def pieces_path(export):
    """What is written so far: one row a line, in JSON."""
    return settings.EXPORTS_ROOT / f"{export.uid}.rows"


def file_path(export):
    """The whole file."""
    return settings.EXPORTS_ROOT / f"{export.uid}.{export.ending}"


def remove_files(export):
    """Remove all that lies there of an export."""
    for path in (pieces_path(export), file_path(export), file_path(export).with_suffix(".part")):
        path.unlink(missing_ok=True)
