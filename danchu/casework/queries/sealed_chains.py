"""Files that still show who denounced: of the same letter as a denunciation, with its senders."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from danchu.casework.models import Petition

# Every petition that a denunciation reaches by the columns that link files of one letter or of one
# sender, and that still holds a person or the digest of one. Few petitions have such a link, and
# each of the columns has an index: the others are not read.
_OPEN_FILES = """
WITH RECURSIVE edge (one, other) AS (
    SELECT id, handed_from_id FROM casework_petition WHERE handed_from_id IS NOT NULL
    UNION ALL
    SELECT id, split_from_id FROM casework_petition WHERE split_from_id IS NOT NULL
    UNION ALL
    SELECT id, follows_id FROM casework_petition WHERE follows_id IS NOT NULL
), step AS (
    SELECT one, other FROM edge UNION SELECT other, one FROM edge
), reached (id) AS (
    SELECT id FROM casework_petition
    WHERE id IN (SELECT one FROM step) AND nature = 'denunciation'
    UNION
    SELECT step.other FROM reached JOIN step ON step.one = reached.id
)
SELECT petition.id, petition.code FROM reached JOIN casework_petition petition USING (id)
WHERE petition.nature <> 'denunciation' AND (
    petition.sender_key <> ''
    OR EXISTS (SELECT FROM casework_petitioner WHERE petition_id = petition.id)
    OR EXISTS (SELECT FROM casework_petitionpaper WHERE petition_id = petition.id)
) ORDER BY petition.id
"""


def is_part(petition: Petition) -> bool:
    """Whether the petition, a file of it at an earlier unit, or the same letter registered again
    was split off from another one.
    """
    near = {petition.pk}
    read_numbers = set()
    while near:
        files = Petition.objects.filter(pk__in=near)
        if files.filter(split_from__isnull=False).exists():
            return True
        read_numbers |= near
        links = files.values_list("handed_from", "same_as", "repeats")
        near = {number for row in links for number in row} - read_numbers - {None}
    return False


def open_files() -> list[tuple[int, str]]:
    """[(number, code)] of the files that still show the senders of a denunciation; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_FILES)
        return cursor.fetchall()


def open_file_problems() -> Iterator[tuple[str, str]]:
    """(place, problem) of each such file, for `danchu verify`."""
    for _number, code in open_files():
        yield (
            _("đơn %s") % code,
            _("nối với một đơn tố cáo mà còn người gửi, mã người gửi hoặc tệp chưa niêm phong"),
        )
