"""The page on which an empty installation restores a backup, and the page that tells how far it is.

The first is for the browser that opened the set-up address. The second is for the browser that
began: a signed cookie says so, because its session ends with the database that is replaced.
"""

from pathlib import Path

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.signing import BadSignature
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from danchu.config import restoring
from danchu.kernel.days import show_instant
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.uploads import LimitedUploadHandler
from danchu.people.models import Account
from danchu.portal.views.setting_up import BROWSER
from danchu.staff.actions.installing import CLOSED
from danchu.staff.set_up import may_set_up
from danchu.subjects.forms import RefusingForm

COOKIE = "restoring"
COOKIE_SECONDS = 12 * 3600
MIB = 1024 * 1024


class BackupUploadHandler(LimitedUploadHandler):
    """A backup is larger than any paper: what the disk holds is the limit."""

    limit = 64 * 1024 * MIB


class RestoreForm(RefusingForm):
    """One of the files in the folder of DANCHU_BACKUPS, or one that is sent."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("Bản sao lưu trên máy chủ"), required=False, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=gettext_lazy("Hoặc gửi tệp .tar từ máy này"),
        required=False,
        help_text=gettext_lazy(
            "Tệp do danchu backup ghi. Tệp lớn thì chép vào thư mục sao lưu của máy chủ rồi chọn "
            "ở trên."
        ),
    )

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.files_of_server = {file.name: file for file in restoring.backup_files()}
        if self.files_of_server:
            self.fields["chosen"].choices = [
                (name, _words(file)) for name, file in self.files_of_server.items()
            ]
        else:
            del self.fields["chosen"]

    def clean(self):
        cleaned = super().clean()
        is_one = bool(cleaned.get("chosen")) != bool(cleaned.get("file"))
        if not is_one and not self.errors:
            self.add_error(
                "file",
                _("Hãy chọn một bản sao lưu.")
                if not cleaned.get("file")
                else _("Hãy chọn một bản trên máy chủ hoặc gửi một tệp, không cả hai."),
            )
        return cleaned

    def source(self):
        """The path of the backup; one that was sent is kept beside the database for its restore."""
        if chosen := self.cleaned_data.get("chosen"):
            return self.files_of_server[chosen].path
        target = restoring.upload_path()
        Path(self.cleaned_data["file"].temporary_file_path()).replace(target)
        return target


def _words(file):
    size = show_number(max(1, file.size // MIB))
    return f"{file.name} ({show_instant(file.made_at)}, {size} MiB)"


@csrf_exempt  # the limit of uploads is set before the form is read, and then its token is asked for
@never_cache
def restore_backup(request):
    """Choose or send a backup, and begin to restore it."""
    request.upload_handlers = [BackupUploadHandler(request), TemporaryFileUploadHandler(request)]
    return _restore_backup(request)


@csrf_protect
def _restore_backup(request):
    if Account.objects.exists():
        return redirect("account_login")
    require(may_set_up(request.session.get(BROWSER, "")), CLOSED)
    if restoring.is_running():
        return _to_progress()
    form = RestoreForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = RestoreForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                restoring.begin_restore(form.source())
            except OSError as error:
                form.refuse(Refused(_("Không nhận được tệp: %s.") % (error.strerror or ""), "file"))
            else:
                return _to_progress()
    return page(
        request,
        "config/restore.html",
        status=400 if form.errors else 200,
        form=form,
        folder=settings.BACKUPS_ROOT,
    )


def _to_progress():
    answer = redirect("restoring")
    answer.set_signed_cookie(
        COOKIE,
        "begun",
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
    return answer


@never_cache
def progress(request):
    """How far the restore is: reloads itself until it has ended."""
    try:
        has_begun = request.get_signed_cookie(COOKIE, "", max_age=COOKIE_SECONDS) == "begun"
    except BadSignature:
        has_begun = False
    require(has_begun, CLOSED)
    report = restoring.last_report()
    if report is None:
        return redirect("restore_backup")
    return page(
        request,
        "config/restoring.html",
        report=report,
        is_running=report.state == restoring.RUNNING,
        is_done=report.state == restoring.DONE,
    )
