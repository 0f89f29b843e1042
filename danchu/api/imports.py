"""POST api/v1/imports: a table of events, checked or imported."""

from functools import wraps

from ninja import File, Router
from ninja.decorators import decorate_view
from ninja.files import UploadedFile
from ninja.security import HttpBearer, django_auth

from danchu.api.schemas import FAILURES, Failure, ImportOutcome
from danchu.kernel.refusals import Refused
from danchu.look.idempotent import HEADER, KeyReused, answered_once
from danchu.look.pages import refused
from danchu.people.middleware import actor_of
from danchu.people.tokens import account_of
from danchu.register.imports import check_events, import_events


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …` with a token of `danchu account token`: the rights its account has
    today.
    """

    openapi_name = "token"

    def authenticate(self, request, token):
        account = account_of(token)
        if account is not None:
            request.actor = actor_of(account)
        return account


imports = Router(auth=[TokenAuth(), django_auth])
KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A repeated call with one key is answered as the first was.",
    "schema": {"type": "string"},
}


def once_per_key(view):
    """Decorator: of calls with one Idempotency-Key only the first does anything."""

    @wraps(view)
    def call(request, **named):
        try:
            return answered_once(request, lambda: view(request, **named))
        except Refused as refusal:
            return refused(request, refusal, 422 if isinstance(refusal, KeyReused) else 400)

    return call


@imports.post(
    "imports",
    response={200: ImportOutcome, 422: ImportOutcome | Failure, FAILURES - {422}: Failure},
    operation_id="import_events",
    openapi_extra={"parameters": [KEY]},
)
@decorate_view(once_per_key)
def post_import(request, file: UploadedFile = File(...), dry_run: bool = False, token: str = ""):  # noqa: B008
    """A CSV or XLSX of events, imported whole or not at all; with `dry_run` only checked.

    For accounts with the right `import`. Answers what was or would be imported and every invalid
    cell by row and column; 422 if cells are invalid and nothing was imported. A file that is sent
    again imports nothing twice: its rows are known by their references. With a key in the header
    Idempotency-Key the answer is that of the first call.
    """
    outlook = check_events(file.file, file.name, by=request.actor)
    is_applied = not dry_run and not outlook.problem_count
    if is_applied:
        outlook = import_events(file.file, file.name, by=request.actor, token=token)
    answer = {
        "rows": outlook.rows,
        "new": outlook.new,
        "drafts": outlook.drafts,
        "same": outlook.same,
        "applied": is_applied,
        "batch": outlook.batch.pk if outlook.batch else None,
        "token": outlook.token,
        "places": [
            {"name": place.name, "code": place.code, "under": place.under, "rows": place.rows}
            for place in outlook.places
        ],
        "place_count": outlook.place_count,
        "problem_count": outlook.problem_count,
        "problems": [
            {
                "row": problem.row,
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
            }
            for problem in outlook.problems
        ],
    }
    return (422 if outlook.problem_count and not dry_run else 200), answer
