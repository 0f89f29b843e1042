"""Every record that counts says what of it must stay, or here why it does not; and what is declared
is what the database keeps.
"""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from danchu.journal.keep import Kept, PartKept

RECORDS = (
    "register",
    "inspection",
    "casework",
    "consultation",
    "vault",
    "minutes",
    "reports",
    "law",
    "obligations",
    "journal",
    "papers",
    "notices",
    "conference",
    "decision",
    "disclosure",
    "village",
)
CORRECTED = "its rows are corrected in place by acts, each of which stands in the journal"
MACHINE = "a state of the machinery, made anew from what counts"
NOT_KEPT = {
    "register.Batch": "how an import went; its rows are kept themselves",
    "register.EventTally": "sums of rows, kept equal to them by triggers",
    "decision.Household": CORRECTED,
    "decision.HouseholdDecision": CORRECTED,
    "decision.Works": CORRECTED,
    "decision.Consent": "written with its initiative; counted in the decision, which is digested",
    "decision.BallotCount": "one person's count, written over by theirs until the vote is settled",
    "decision.ClusterPlan": "how a meeting is divided; what is counted stands in its clusters",
    "decision.Conduct": "who led a vote; counted nowhere",
    "decision.RollChange": "what changed in a roll; counted nowhere",
    "village.HeadElection": CORRECTED,
    "village.Candidate": "who stands; whom the households chose is the head, who is digested",
    "village.CandidateCount": "one person's count, written over by theirs until it is settled",
    "village.HeadRelease": "what was asked; the vote on it and the head are digested",
    "village.VillageHead": CORRECTED,
    "village.Convention": CORRECTED,
    "village.VillageConference": CORRECTED,
    "village.ConferenceStep": "minutes, corrected until the report; counted nowhere",
    "village.ElectedMember": "leads to a member of a board, which is digested",
    "disclosure.Content": CORRECTED,
    "disclosure.Contest": CORRECTED,
    "disclosure.CouncilReport": CORRECTED,
    "disclosure.InformationRequest": CORRECTED,
    "disclosure.Plan": CORRECTED,
    "disclosure.PlanLine": CORRECTED,
    "disclosure.YearlyDuty": "a row of the law; counted nowhere",
    "disclosure.Item": "a row of the law, followed by another one; counted nowhere",
    "disclosure.Posting": CORRECTED,
    "disclosure.PostingPlace": CORRECTED,
    "disclosure.Version": CORRECTED,
    "inspection.Verification": CORRECTED,
    "inspection.BoardReport": "its content is fixed by its acts once it was sent",
    "inspection.BoardTerm": CORRECTED,
    "inspection.BoardMember": CORRECTED,
    "inspection.InterestDeclaration": CORRECTED,
    "inspection.RoundPlan": CORRECTED,
    "inspection.Finding": CORRECTED,
    "inspection.Project": CORRECTED,
    "inspection.Disclosure": CORRECTED,
    "inspection.RoundSheet": CORRECTED,
    "inspection.RoundPhoto": "content by its hash; papers are never written over",
    "consultation.Consultation": CORRECTED,
    "consultation.Vote": "one choice of one key, changed by it while opinions are taken",
    "consultation.Voter": "a key without a name; counted once it voted",
    "consultation.Findings": MACHINE,
    "casework.AnswerText": "a text to begin from, counted nowhere",
    "casework.Booking": "a person; removed when the reception is over",
    "casework.CallRun": MACHINE,
    "casework.Knock": MACHINE,
    "casework.Matter": "a name that petitions share; each change needs an entry of the journal",
    "casework.Petitioner": "a person; removed when the law says that the person be forgotten",
    "casework.PetitionPaper": CORRECTED,
    "casework.ReceptionDay": CORRECTED,
    "casework.Visit": CORRECTED,
    "vault.Sealed": "ciphertext, destroyed when its time is over",
    "vault.SealedFile": "ciphertext, destroyed when its time is over",
    "vault.Lock": "a wrapped key, removed when an office loses its access",
    "minutes.CommitmentContact": "a person; removed when the promise has ended",
    "law.LegalText": "a name of a text; its rules are kept",
    "law.Edition": MACHINE,
    "obligations.Escalation": "a notice that was given; counted nowhere",
    "journal.Tile": MACHINE,
    "journal.Change": MACHINE,
    "journal.Head": "only moves forward: the trigger stands beside the chain (migration 0002)",
    "papers.Paper": "content by its hash; never written over",
    "notices.Notice": "a letter on its way",
    "notices.Told": MACHINE,
    "notices.Digest": MACHINE,
    "notices.DigestRefusal": "whether one wants the daily mail",
    "conference": "a hall that runs; its result is signed, and anyone recounts it from the file",
}


def _declared():
    return [
        (model, constraint)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, (Kept, PartKept))
    ]


def test_every_record_says_what_must_stay_or_why_not():
    kept = {model._meta.label for model, _ in _declared()}
    silent = [
        model._meta.label
        for room in RECORDS
        for model in apps.get_app_config(room).get_models()
        if model._meta.label not in kept
        and model._meta.label not in NOT_KEPT
        and room not in NOT_KEPT
    ]
    assert silent == []
    assert not kept & set(NOT_KEPT)


@pytest.mark.parametrize("model, kept", _declared(), ids=lambda one: getattr(one, "name", ""))
def test_what_is_declared_is_what_the_database_keeps(db, model, kept):
    with connection.schema_editor(collect_sql=True) as editor:
        sql = kept.create_sql(model, editor)
    body = sql.partition("$$")[2].partition("$$")[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [kept.name])
        assert cursor.fetchall() == [(body,)]
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND tgfoid = %s::regproc",
            [model._meta.db_table, kept.name],
        )
        triggers = dict(cursor.fetchall())
    if not getattr(kept, "always", False):
        assert triggers == {kept.name: "O"}
    else:
        assert set(triggers) == {kept.name, f"{kept.name}_emptied"}
        assert triggers[kept.name] == "A"


def test_the_triggers_before_come_back_when_the_migrations_are_undone(db):
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        for model, kept in _declared():
            cursor.execute(kept.remove_sql(model, editor))
        for name in _migrations():
            replacing = import_module(name).Migration.operations[0]
            cursor.execute(replacing.reverse_sql)
            cursor.execute(replacing.sql)
        for model, kept in _declared():
            cursor.execute(kept.create_sql(model, editor))


def _migrations():
    files = Path(import_module("danchu").__file__).parent.glob("*/migrations/*_kept_as_declared.py")
    names = [f"danchu.{path.parts[-3]}.migrations.{path.stem}" for path in sorted(files)]
    assert len(names) == 9
    return names


def test_a_declaration_is_told_apart_by_what_it_says():
    (one, other) = [kept for _, kept in _declared() if kept.name.startswith("minutes_kept_")][:2]
    assert one == one.clone()
    assert one != other
