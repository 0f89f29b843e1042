"""Addresses of the public site."""

from django.urls import path

from danchu.look.pages import choose_theme
from danchu.portal.views import (
    compare,
    figures,
    front,
    law,
    petitions,
    projects,
    recommendations,
    records,
    reports,
    search,
    style,
    units,
)

urlpatterns = [
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
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<uuid:uid>/", recommendations.recommendation, name="recommendation"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<uuid:uid>/", projects.project, name="project"),
    path("petitions/", petitions.petitions, name="petitions"),
    path("petitions/send/", petitions.send, name="petition_send"),
    path("petitions/follow/", petitions.follow, name="petition_follow"),
    path("petitions/<str:code>/", petitions.shown_petition, name="petition_shown"),
    path("reception/", petitions.reception, name="reception"),
    path("findings/<uuid:uid>/", recommendations.finding, name="finding"),
    path("records/<uuid:uid>/", records.record, name="record"),
    path("law/", law.rules, name="rules"),
    path("law/rules.csv", law.rules_csv, name="rules_csv"),
    path("law/<str:key>/", law.rule, name="rule"),
    path("search/", search.search, name="search"),
    path("style/", style.style, name="style"),
    path("theme/", choose_theme, name="theme"),
]
