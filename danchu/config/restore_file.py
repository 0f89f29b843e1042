"""A backup file, read and verified completely before anything is changed."""

import hashlib
import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.config.backup import CHUNK, FORMAT, MANIFEST, SEAL
from danchu.config.schema import known_migrations, unknown_migrations
from danchu.kernel.refusals import Refused


@dataclass(frozen=True)
class UnpackedBackup:
    """A backup that was read to its end and verified; `folder` holds its parts."""

    manifest: dict
    folder: Path


def open_backup(source, folder):
    """Unpack the file `source` into `folder`; an UnpackedBackup. Refused unless every part has the
    size and SHA-256 that the manifest says, and the manifest its own.
    """
    parts = {}
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
                parts[member.name] = _unpack(archive.extractfile(member), folder / member.name)
        manifest_json = (folder / MANIFEST).read_bytes()
        is_sealed = (folder / SEAL).read_text() == hashlib.sha256(manifest_json).hexdigest()
    except (tarfile.TarError, EOFError, FileNotFoundError, UnicodeDecodeError) as error:
        raise Refused(
            _("%(path)s không phải bản sao lưu, hoặc bị hỏng hay bị cắt cụt. Không phục hồi.")
            % {"path": source}
        ) from error
    if not is_sealed or json.loads(manifest_json).get("format") != FORMAT:
        raise Refused(
            _("Bản kê của bản sao lưu bị hỏng hoặc thuộc phiên bản khác. Không phục hồi.")
        )
    manifest = json.loads(manifest_json)
    for name in sorted(manifest["parts"].keys() | parts.keys() - {MANIFEST, SEAL}):
        if manifest["parts"].get(name) != parts.get(name):
            raise Refused(
                _("Phần %(name)s của bản sao lưu bị hỏng hoặc thiếu. Không phục hồi.")
                % {"name": name}
            )
    return UnpackedBackup(manifest, folder)


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


def refuse_newer_version(manifest):
    """Refused when the backup has migrations that this version does not know."""
    unknown = unknown_migrations(manifest["migrations"])
    if unknown:
        raise Refused(
            _("Bản sao lưu của phiên bản mới hơn (%(name)s): hãy nâng cấp sản phẩm trước.")
            % {"name": unknown[-1]}
        )


def is_older_version(manifest):
    """Whether this version has migrations that the backup lacks."""
    return bool(known_migrations() - set(manifest["migrations"]))
