"""POST api/v1/imports: a table of events, looked through or written."""

from ninja import File, Router
from ninja.files import UploadedFile
from ninja.security import HttpBearer, django_auth

from danchu.people.middleware import actor_of
from danchu.people.tokens import account_of
from danchu.register.imports import check_events, import_events


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …` with a token of `danchu account token`; its account's rights of
    today.
    """

    openapi_name = "token"

    def authenticate(self, request, token):
        account = account_of(token)
        if account is not None:
            request.actor = actor_of(account)
        return account


imports = Router(auth=[TokenAuth(), django_auth])


@imports.post("imports", response={200: dict, 422: dict})
def post_import(request, file: UploadedFile = File(...), dry_run: bool = False, token: str = ""):  # noqa: B008
    """A CSV or XLSX of events, written whole or not at all; with `dry_run` only looked through.

    For accounts with the right `import`. Answers what it did or would do; every bad cell by row and
    column. 422 when cells are bad and nothing was written.
    """
    outlook = check_events(file.file, file.name, by=request.actor)
    applied = not dry_run and not outlook.problem_count
    if applied:
        outlook = import_events(file.file, file.name, by=request.actor, token=token)
    answer = {
        "rows": outlook.rows,
        "new": outlook.new,
        "drafts": outlook.drafts,
        "same": outlook.same,
        "applied": applied,
        "batch": outlook.batch.pk if outlook.batch else None,
        "token": outlook.token,
        "problem_count": outlook.problem_count,
        "problems": [
            {"row": p.row, "column": p.column, "value": p.value, "message": p.message}
            for p in outlook.problems
        ],
    }
    return (422 if outlook.problem_count and not dry_run else 200), answer
