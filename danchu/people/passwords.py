"""Password validators with messages in Vietnamese, where Django has no translation."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _

from danchu.people.hashers import composed


class LongEnough(password_validation.MinimumLengthValidator):
    """Counts letters as people do: "ế" is one, however it is typed."""

    def validate(self, password, user=None):
        super().validate(composed(password), user)

    def get_error_message(self):
        return _("Mật khẩu quá ngắn: cần ít nhất %(length)d ký tự.") % {"length": self.min_length}


class UnlikeItsOwner(password_validation.UserAttributeSimilarityValidator):
    def __init__(self):
        super().__init__(user_attributes=("email", "name"))

    def validate(self, password, user=None):
        super().validate(composed(password), user)

    def get_error_message(self):
        return _("Mật khẩu quá giống họ tên hoặc địa chỉ thư điện tử.")
