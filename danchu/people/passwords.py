"""Password validators with messages in Vietnamese, where Django has no translation."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return _("Mật khẩu quá ngắn: cần ít nhất %(length)d ký tự.") % {"length": self.min_length}


class UnlikeItsOwner(password_validation.UserAttributeSimilarityValidator):
    def __init__(self):
        super().__init__(user_attributes=("email", "name"))

    def get_error_message(self):
        return _("Mật khẩu quá giống họ tên hoặc địa chỉ thư điện tử.")
