"""Where export files are stored: a private folder, readable by the server process only."""

from django.conf import settings


def pieces_path(export):
    """The path of the rows written so far, one JSON array a line."""
    return settings.EXPORTS_ROOT / f"{export.uid}.rows"


def file_path(export):
    """The path of the finished file."""
    return settings.EXPORTS_ROOT / f"{export.uid}.{export.ending}"


def remove_files(export):
    """Delete every file of an export."""
    for path in (pieces_path(export), file_path(export), file_path(export).with_suffix(".part")):
        path.unlink(missing_ok=True)
