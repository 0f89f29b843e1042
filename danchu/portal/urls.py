"""Addresses of the public site."""

from django.urls import path

from danchu.look.pages import choose_theme
from danchu.portal.sections import PublicFace, RecordFace
from danchu.portal.views import (
    commitments,
    compare,
    conferences,
    entering,
    figures,
    front,
    law,
    petitions,
    polls,
    records,
    reports,
    search,
    style,
    units,
)
from danchu.subjects.room import public_sections, unlisted_records

urlpatterns = [
    *(address for section in public_sections() for address in PublicFace(section).urls()),
    *(RecordFace.of_unlisted(unlisted).url() for unlisted in unlisted_records()),
    path("", front.front, name="front"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("figures/<str:key>/evidence.csv", figures.evidence_csv, name="figure_evidence_csv"),
    path("figures/<str:key>/places.csv", figures.places_csv, name="figure_places_csv"),
    path("report/", reports.reports, name="reports"),
    path("report/seals/<int:pk>/", reports.report_seal, name="report_seal"),
    path("report/<str:name>/", reports.report, name="report"),
    path("report/<str:name>/file<str:ending>", reports.report_file, name="report_file"),
    path("report/<str:name>/seal/", reports.seal, name="report_do_seal"),
    path("compare/", compare.compare, name="compare"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("conferences/<int:pk>/register/", conferences.register, name="conference_register"),
    path("polls/recount/", polls.recount, name="recount"),
    path("polls/<uuid:uid>/file.csv", polls.poll_file, name="poll_file"),
    path("polls/<uuid:uid>/proof/", polls.poll_proof, name="poll_proof"),
    path("commitments/papers/<int:pk>/", commitments.commitment_paper, name="commitment_paper"),
    path("minutes/<uuid:uid>/paper.<str:ending>", commitments.minutes_paper, name="minutes_paper"),
    path("passages/<uuid:mark>/", commitments.passage, name="passage"),
    path("petitions/", petitions.petitions, name="petitions"),
    path("petitions/send/", petitions.send, name="petition_send"),
    path("petitions/follow/", petitions.follow, name="petition_follow"),
    path("petitions/<str:code>/", petitions.shown_petition, name="petition_shown"),
    path("h/", entering.enter, name="enter"),
    path("h/<str:code>/", entering.enter, name="enter_by"),
    path("reception/", petitions.reception, name="reception"),
    path("records/<uuid:uid>/", records.record, name="record"),
    path("law/", law.rules, name="rules"),
    path("law/rules.csv", law.rules_csv, name="rules_csv"),
    path("law/<str:key>/", law.rule, name="rule"),
    path("search/", search.search, name="search"),
    path("style/", style.style, name="style"),
    path("theme/", choose_theme, name="theme"),
]
