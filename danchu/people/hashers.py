"""Hashes of passwords in one Unicode form, so that "Đường" is the same word on every keyboard.

RFC 8265 (OpaqueString): other spaces as U+0020, then NFC. Accounts older than this rule may have
the hash of another form of what their owner types: it is tried too.
"""

import unicodedata

from django.contrib.auth import hashers


def composed(password):
    """The password as RFC 8265 (OpaqueString) has it."""
    if isinstance(password, bytes) or password.isascii():
        return password
    spaced = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in password)
    return unicodedata.normalize("NFC", spaced)


def forms_of(password):
    """[form] in which the hash of a password may have been made, the present rule first."""
    if isinstance(password, bytes) or password.isascii():
        return [password]
    forms = [composed(password), password, unicodedata.normalize("NFD", password)]
    return list(dict.fromkeys(forms))


class Composed:
    """Mixin of a hasher: it hashes the composed form and accepts a hash of the older forms. `plain`
    is the hasher without the mixin.
    """

    plain = hashers.BasePasswordHasher

    def encode(self, password, *arguments, **more):
        """The hash of the composed password."""
        first, *others = forms_of(password)
        for form in others:
            # As long as `verify` of a wrong password: the time must not tell which accounts exist.
            self.plain().encode(form, *arguments, **more)
        return self.plain.encode(self, first, *arguments, **more)

    def verify(self, password, encoded):
        """Whether the hash is that of one of the forms of the password."""
        return any(self.plain().verify(form, encoded) for form in forms_of(password))


class ComposedPBKDF2(Composed, hashers.PBKDF2PasswordHasher):
    plain = hashers.PBKDF2PasswordHasher


class ComposedMD5(Composed, hashers.MD5PasswordHasher):
    """For tests, which hash thousands of passwords."""

    plain = hashers.MD5PasswordHasher
