"""A backup file, read whole and proved before anything is touched."""

import hashlib
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from danchu.config.backup import CHUNK, FORMAT, MANIFEST, SEAL
from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class Opened:
    """A backup that was read to its end and found whole; `folder` holds its parts."""

    manifest: dict
    folder: Path


def open_backup(source, folder):
    """Unpack into the folder, hashing on the way; Refused unless every part is what the sealed
    manifest says.
    """
    found = {}
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                if (
                    not member.isreg()
                    or member.name.startswith("/")
                    or ".." in Path(member.name).parts
                ):
                    raise Refused(
                        _("Bản sao lưu có phần lạ: %(name)s. Không phục hồi.")
                        % {"name": member.name}
                    )
                found[member.name] = _unpack(archive.extractfile(member), folder / member.name)
        told = (folder / MANIFEST).read_bytes()
        sealed = (folder / SEAL).read_text() == hashlib.sha256(told).hexdigest()
    except (tarfile.TarError, EOFError, FileNotFoundError, UnicodeDecodeError) as error:
        raise Refused(
            _("%(path)s không phải bản sao lưu, hoặc bị hỏng hay bị cắt cụt. Không phục hồi.")
            % {"path": source}
        ) from error
    if not sealed or json.loads(told).get("format") != FORMAT:
        raise Refused(
            _("Bản kê của bản sao lưu bị hỏng hoặc thuộc phiên bản khác. Không phục hồi.")
        )
    manifest = json.loads(told)
    for name in sorted(manifest["parts"].keys() | found.keys() - {MANIFEST, SEAL}):
        if manifest["parts"].get(name) != found.get(name):
            raise Refused(
                _("Phần %(name)s của bản sao lưu bị hỏng hoặc thiếu. Không phục hồi.")
                % {"name": name}
            )
    return Opened(manifest, folder)


def _unpack(file, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with open(path, "wb") as target:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def refuse_a_newer(manifest):
    """A backup of a newer version holds what this one cannot read."""
    known = {f"{room}.{name}" for room, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest["migrations"] if name not in known]
    if unknown:
        raise Refused(
            _("Bản sao lưu của phiên bản mới hơn (%(name)s): hãy nâng cấp sản phẩm trước.")
            % {"name": unknown[-1]}
        )
