"""Addresses of the desk."""

from django.urls import path

from danchu.desk.events import EVENTS
from danchu.desk.sections import Face
from danchu.desk.views import (
    answers,
    board_reports,
    calendars,
    checking_in,
    commitments,
    delegates,
    escalations,
    figures,
    home,
    imports,
    invitations,
    invitees,
    jobs,
    law,
    law_points,
    long_exports,
    minutes,
    minutes_editor,
    papers,
    passes,
    petition_tables,
    petitions,
    presence,
    programme,
    reception,
    records,
    round_lines,
    rounds,
    vault,
)
from danchu.subjects.room import sections

urlpatterns = [
    path("", home.home, name="desk"),
    path("figures/", figures.figures, name="desk_figures"),
    path("figures.csv", figures.figures_csv, name="desk_figures_csv"),
    path("records/new/", records.new_record, name="desk_new"),
    path("records/<uuid:uid>/edit/", records.edit_record, name="desk_edit"),
    path("records/<uuid:uid>/papers/", papers.attach_to_event, name="desk_attach"),
    path("conferences/<int:pk>/programme/", programme.programme, name="desk_programme"),
    path(
        "conferences/<int:pk>/programme/<int:item>/edit/",
        programme.item,
        name="desk_programme_item",
    ),
    path(
        "conferences/<int:pk>/programme/<int:item>/papers/",
        programme.item_paper,
        name="desk_item_paper",
    ),
    path(
        "conferences/<int:pk>/programme/<int:item>/<str:act>/",
        programme.item_act,
        name="desk_programme_act",
    ),
    path(
        "conferences/<int:pk>/papers/<int:paper>/remove/",
        programme.drop_item_paper,
        name="desk_drop_item_paper",
    ),
    path("conferences/<int:pk>/points/", programme.points, name="desk_points"),
    path("conferences/<int:pk>/points/<int:point>/edit/", programme.point, name="desk_point"),
    path(
        "conferences/<int:pk>/points/<int:point>/remove/",
        programme.drop_point,
        name="desk_drop_point",
    ),
    path("conferences/<int:pk>/delegates/new/", delegates.new_delegate, name="desk_new_delegate"),
    path(
        "conferences/<int:pk>/delegates/office/new/",
        delegates.invite_office,
        name="desk_invite_office",
    ),
    path("conferences/<int:pk>/delegates/send/", invitations.invitations, name="desk_invitations"),
    path("conferences/<int:pk>/delegates/import/", invitees.invitees, name="desk_invitees"),
    path(
        "conferences/<int:pk>/delegates/import/sample.<str:ending>",
        invitees.sample,
        name="desk_invitees_sample",
    ),
    path(
        "conferences/<int:pk>/delegates/import/<str:file_hash>/",
        invitees.seen,
        name="desk_invitees_seen",
    ),
    path(
        "conferences/<int:pk>/delegates/import/<str:file_hash>/problems.csv",
        invitees.problems_csv,
        name="desk_invitees_problems",
    ),
    path(
        "conferences/<int:pk>/delegates/<uuid:uid>/edit/", delegates.delegate, name="desk_delegate"
    ),
    path(
        "conferences/<int:pk>/delegates/<uuid:uid>/<str:act>/",
        delegates.delegate_act,
        name="desk_delegate_act",
    ),
    path("conferences/<int:pk>/passes/", passes.passes, name="desk_passes"),
    path(
        "conferences/<int:pk>/passes/<int:pass_id>/withdraw/",
        passes.withdraw,
        name="desk_take_back_pass",
    ),
    path("conferences/<int:pk>/passes/<str:act>/", passes.pass_act, name="desk_pass_act"),
    path("conferences/<int:pk>/checkin/", checking_in.checkin, name="desk_checkin"),
    path("conferences/<int:pk>/checkin/<int:point>/", checking_in.roll, name="desk_roll"),
    path(
        "conferences/<int:pk>/attendance.csv",
        presence.attendance_csv,
        name="desk_attendance_csv",
    ),
    path("conferences/<int:pk>/presence/", presence.presence, name="desk_presence"),
    path("conferences/<int:pk>/presence.csv", presence.presence_csv, name="desk_presence_csv"),
    path(
        "statements/<uuid:uid>/papers/", papers.attach_to_statement, name="desk_attach_to_statement"
    ),
    path("petitions/new/", petitions.new_petition, name="desk_new_petition"),
    path("petitions/batch/", petitions.batch, name="desk_petitions_batch"),
    path("petitions/answers/", answers.answer_texts, name="desk_answer_texts"),
    path("petitions/answers/<int:pk>/", answers.drop, name="desk_drop_answer_text"),
    path("petitions/tables/", petition_tables.tables, name="desk_petition_tables"),
    path("petitions/tables.csv", petition_tables.tables_csv, name="desk_petition_tables_csv"),
    path("petitions/papers/<int:pk>/", petitions.petition_paper, name="desk_petition_paper"),
    path("petitions/<uuid:uid>/signers.csv", petitions.signers_csv, name="desk_petition_signers"),
    path(
        "petitions/<uuid:uid>/letters/<int:number>.<str:ending>",
        petitions.letter,
        name="desk_letter",
    ),
    path("reception/days/new/", reception.new_day, name="desk_new_reception_day"),
    path("reception/days/<uuid:uid>/", reception.close_day, name="desk_close_reception_day"),
    path("reception/refusals/new/", reception.new_refusal, name="desk_new_refusal"),
    path(
        "reception/<uuid:uid>/notice.<str:ending>",
        reception.refusal_notice,
        name="desk_refusal_notice",
    ),
    path("vault/<str:pseudonym>/", vault.vault, name="desk_vault"),
    path("vault/<str:pseudonym>/<str:act>/", vault.vault_act, name="desk_vault_act"),
    path(
        "board-reports/<uuid:uid>/file.<str:ending>",
        board_reports.report_as_file,
        name="desk_board_report_file",
    ),
    path(
        "board-reports/<uuid:uid>/rows/<str:key>/",
        board_reports.report_rows,
        name="desk_board_report_rows",
    ),
    path("rounds/new/", rounds.new_round, name="desk_new_round"),
    path("rounds/line/", round_lines.line, name="desk_rounds_line"),
    path("rounds/line/<uuid:uid>/<str:sent_hash>/", round_lines.piece, name="desk_rounds_piece"),
    path("rounds/worker.js", round_lines.worker, name="desk_rounds_worker"),
    path("rounds/<uuid:uid>/edit/", rounds.edit_round, name="desk_edit_round"),
    path("law/", law.rules, name="desk_rules"),
    path("law.csv", law.rules_csv, name="desk_rules_csv"),
    path("law/new/", law.new_rule, name="desk_new_rule"),
    path("law/calendar/", calendars.calendars, name="desk_calendars"),
    path("law/calendar/<int:year>/", calendars.calendar, name="desk_calendar"),
    path("law/calendar/<int:year>.csv", calendars.calendar_csv, name="desk_calendar_csv"),
    path("law/escalations/", escalations.table, name="desk_escalations"),
    path("law/escalations/<int:pk>/", escalations.row, name="desk_escalation"),
    path("law/escalations/<int:pk>/remove/", escalations.remove, name="desk_remove_escalation"),
    path("law/<str:key>/", law.rule, name="desk_rule"),
    path("law/<str:key>/new/", law.new_version, name="desk_new_version"),
    path("law/<str:key>/points/", law_points.points, name="desk_rule_points"),
    path("law/<str:key>/correct/<int:pk>/", law.correct, name="desk_correct_rule"),
    path("minutes/<uuid:uid>/edit/", minutes_editor.edit_minutes, name="desk_edit_minutes"),
    path("minutes/<uuid:uid>/paper.<str:ending>", minutes.minutes_paper, name="desk_minutes_paper"),
    path(
        "commitments/papers/<int:pk>/", commitments.commitment_paper, name="desk_commitment_paper"
    ),
    path("notices/", vault.notices, name="desk_notices"),
    path("exports/", long_exports.exports, name="desk_exports"),
    path("exports/new/", long_exports.ask, name="desk_ask_export"),
    path("exports/<uuid:uid>/", long_exports.export, name="desk_export"),
    path("exports/<uuid:uid>/file/", long_exports.export_file, name="desk_export_file"),
    path("jobs/", jobs.jobs, name="desk_jobs"),
    path("jobs/<int:pk>/again/", jobs.job_again, name="desk_job_again"),
    path("papers/<int:pk>/", papers.paper, name="desk_paper"),
    path("papers/<int:pk>/detach/", papers.detach, name="desk_detach"),
    path("imports/", imports.imports, name="desk_imports"),
    path("imports/sample.csv", imports.sample, {"ending": "csv"}, name="desk_import_csv"),
    path("imports/sample.xlsx", imports.sample, {"ending": "xlsx"}, name="desk_import_xlsx"),
    path("imports/<str:file_hash>/", imports.outlook, name="desk_import"),
    path("imports/<str:file_hash>/problems.csv", imports.problems_csv, name="desk_import_problems"),
    # Behind the pages by hand, which may stand at the place of an act; the lists of one record
    # before the acts of that record.
    *(
        address
        for section in sorted(sections(), key=lambda section: section.parent is None)
        for address in Face(section).urls()
    ),
    *Face(EVENTS).record_urls(),
]
