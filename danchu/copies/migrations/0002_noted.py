"""Each change of what public pages show is noted in the transaction that makes it."""

from django.db import migrations

from danchu.copies.migrations import _noting

WHOLE = (
    "bodies_bodymember",
    "casework_matter",
    "casework_petition",
    "casework_receptionday",
    "casework_step",
    "casework_visit",
    "conference_conference",
    "conference_itempaper",
    "conference_programmeitem",
    "figures_outsidescore",
    "figures_release",
    "figures_releasedfigure",
    "figures_releasedperiod",
    "inspection_boardmember",
    "inspection_boardreport",
    "inspection_boardterm",
    "inspection_disclosure",
    "inspection_finding",
    "inspection_project",
    "inspection_recommendation",
    "inspection_roundphoto",
    "inspection_roundplan",
    "inspection_roundsheet",
    "inspection_verification",
    "journal_checkpoint",
    "journal_cosignature",
    "law_calendarday",
    "law_calendarversion",
    "law_edition",
    "law_joinedkey",
    "law_legaltext",
    "law_openpoint",
    "law_ruleversion",
    "minutes_block",
    "minutes_commitment",
    "minutes_commitmentpaper",
    "minutes_commitmentstep",
    "minutes_minutes",
    "minutes_passage",
    "minutes_term",
    "obligations_escalation",
    "obligations_obligation",
    "obligations_revision",
    "papers_paper",
    "register_attachment",
    "reports_officereport",
    "reports_seal",
    "reports_sealline",
    "staff_installation",
    "units_body",
    "units_bodycode",
    "units_bodyground",
    "units_bodystanding",
    "units_bodysuccession",
    "units_decree",
    "units_mapversion",
    "units_place",
    "units_reorganisation",
    "units_standing",
    "units_succession",
    "units_unit",
)
# What each row tells: (table, kind, unit), of the rows of a transition table.
EVENTS = """SELECT 'register_event', kind, unit_id FROM {0} WHERE state <> 'draft'
    UNION ALL SELECT 'register_part', {0}.kind, part.unit_id FROM {0}
    JOIN register_part AS part ON part.event_id = {0}.id WHERE state <> 'draft'"""
PARTS = "SELECT 'register_part', '', unit_id FROM {0}"
STATEMENTS = (
    "SELECT 'register_statement', indicator, unit_id FROM {0} WHERE state <> 'draft'"
)
BY_PLACE = {
    "register_event": EVENTS,
    "register_part": PARTS,
    "register_statement": STATEMENTS,
}
SUMS_OF = {"register_eventtally": "register_event"}
SQL = (
    _noting.WHOLE_FUNCTION
    + "".join(_noting.whole(table) for table in WHOLE)
    + "".join(_noting.sums(table, rows) for table, rows in SUMS_OF.items())
    + "".join(_noting.by_place(table, rows) for table, rows in BY_PLACE.items())
    + "ALTER TABLE copies_pagecopy SET UNLOGGED;"
    + "ALTER TABLE copies_pagecopy ALTER body SET STORAGE EXTERNAL;"  # compressed already
    + "INSERT INTO copies_horizon (id, forgotten, next_number, at) VALUES (1, 0, 0, now());"
)
UNDO = (
    "".join(_noting.undo_whole(table) for table in (*WHOLE, *SUMS_OF))
    + "".join(_noting.undo_by_place(table) for table in BY_PLACE)
    + _noting.UNDO_FUNCTION
    + "DELETE FROM copies_horizon;"
)


class Migration(migrations.Migration):
    dependencies = [
        ("copies", "0001_initial"),
        ("bodies", "0001_initial"),
        ("casework", "0016_knocks_unlogged"),
        ("conference", "0008_sorted_by_names"),
        ("figures", "0005_releases_digested"),
        ("inspection", "0014_sorted_by_names"),
        ("journal", "0005_row_digests"),
        ("law", "0007_digested"),
        ("minutes", "0008_sorted_by_names"),
        ("obligations", "0009_sorted_by_names"),
        ("papers", "0001_initial"),
        ("register", "0014_statements_apart"),
        ("reports", "0005_office_reports"),
        ("staff", "0002_phones_and_messages"),
        ("units", "0006_bodies_coded_and_grounded"),
    ]

    operations = [migrations.RunSQL(SQL, UNDO)]
