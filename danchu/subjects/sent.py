"""Idempotent forms: each carries a uid, which is stored with the row it creates."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.refusals import Refused

SENT_BEFORE = _("Biểu này đã được gửi trước đó: việc đã có trong sổ.")
# On the page of what was written, where a form came again: perhaps with other words.
WRITTEN_BEFORE = _(
    "Biểu này đã được gửi trước đó, đây là bản đã ghi. Nếu sau đó ông/bà gõ khác đi thì phần ấy "
    "chưa được ghi: hãy sửa ở đây hoặc ghi biểu mới."
)


def check_unsent(model: type[models.Model], uid: Any, sentence: Any = SENT_BEFORE) -> None:
    """Refused when a row of the model has the uid; a form without one is always new."""
    if uid and model._default_manager.filter(uid=uid).exists():
        raise Refused(sentence, "uid")
