"""The fingerprint of this machine's secret key."""

import hmac

from django.conf import settings


def fingerprint() -> str:
    """64 hex digits from which the key cannot be read; two machines with one key have the same."""
    return hmac.new(settings.SECRET_KEY.encode(), b"danchu.installation", "sha256").hexdigest()
