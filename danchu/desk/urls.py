"""Addresses of the desk."""

from django.urls import path

from danchu.desk.views import exports, figures, home, imports, obligations, papers, records, statements

urlpatterns = [
    path("", home.home, name="desk"),
    path("figures/", figures.figures, name="desk_figures"),
    path("figures.csv", figures.figures_csv, name="desk_figures_csv"),
    path("records/", records.records, name="desk_records"),
    path("records.csv", exports.records_csv, name="desk_records_csv"),
    path("records.xlsx", exports.records_xlsx, name="desk_records_xlsx"),
    path("records/new/", records.new_record, name="desk_new"),
    path("records/<uuid:uid>/", records.record, name="desk_record"),
    path("records/<uuid:uid>/edit/", records.edit_record, name="desk_edit"),
    path("records/<uuid:uid>/correct/", records.correct_record, name="desk_correct"),
    path("records/<uuid:uid>/confirm/", records.confirm_record, name="desk_confirm"),
    path("records/<uuid:uid>/discard/", records.discard_record, name="desk_discard"),
    path("records/<uuid:uid>/withdraw/", records.withdraw_record, name="desk_withdraw"),
    path("records/<uuid:uid>/papers/", papers.attach_to_event, name="desk_attach"),
    path("statements/", statements.statements, name="desk_statements"),
    path("statements/new/", statements.new_statement, name="desk_new_statement"),
    path("statements/<uuid:uid>/", statements.statement, name="desk_statement"),
    path("statements/<uuid:uid>/edit/", statements.edit, name="desk_edit_statement"),
    path("statements/<uuid:uid>/correct/", statements.correct, name="desk_correct_statement"),
    path("statements/<uuid:uid>/papers/", papers.attach_to_statement, name="desk_attach_to_statement"),
    path("statements/<uuid:uid>/<str:act>/", statements.act, name="desk_statement_act"),
    path("obligations/", obligations.obligations, name="desk_obligations"),
    path("obligations.csv", obligations.obligations_csv, name="desk_obligations_csv"),
    path("obligations/new/", obligations.new_obligation, name="desk_new_obligation"),
    path("obligations/<uuid:uid>/", obligations.obligation, name="desk_obligation"),
    path("obligations/<uuid:uid>/<str:act>/", obligations.act, name="desk_obligation_act"),
    path("papers/<int:pk>/", papers.paper, name="desk_paper"),
    path("papers/<int:pk>/detach/", papers.detach, name="desk_detach"),
    path("imports/", imports.imports, name="desk_imports"),
    path("imports/sample.csv", imports.sample, {"ending": "csv"}, name="desk_import_csv"),
    path("imports/sample.xlsx", imports.sample, {"ending": "xlsx"}, name="desk_import_xlsx"),
    path("imports/<str:file_hash>/", imports.outlook, name="desk_import"),
    path("imports/<str:file_hash>/problems.csv", imports.problems_csv, name="desk_import_problems"),
]
