"""The key under which secrets of the second factor are stored: a file beside the database, in the
folder of the vault, which no backup holds.

Stored as PREFIX and a Fernet token. A text without the prefix is of a version before, in the clear.
"""

from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from danchu.kernel.private_files import create_private_file
from danchu.kernel.refusals import Refused

PREFIX = "v1:"
# What of the data of an authenticator is a secret, by name.
SECRETS = ("secret", "seed")


def encrypt(text: str) -> str:
    """The text as it is stored."""
    return PREFIX + _ring().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """The text again; Refused where this machine does not have the key."""
    if not is_encrypted(stored):
        return stored
    try:
        return _ring().decrypt(stored.removeprefix(PREFIX).encode()).decode()
    except InvalidToken:
        raise Refused(
            _(
                "Máy chủ này không có khóa của xác thực hai lớp. Hãy báo người quản trị: cần "
                "chép lại khóa, hoặc tắt xác thực hai lớp của tài khoản rồi bật lại."
            )
        ) from None


def is_encrypted(stored: str) -> bool:
    """Whether a stored text is encrypted."""
    return stored.startswith(PREFIX)


def _ring():
    """The keys of the file, one a line: the first encrypts, all decrypt. Generated when missing."""
    path = Path(settings.VAULT_ROOT) / "factor.keys"
    if not path.exists():
        create_private_file(path, Fernet.generate_key() + b"\n")
    return MultiFernet([Fernet(line) for line in path.read_text().split()])
