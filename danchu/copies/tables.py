"""The tables whose changes are noted in the transaction that makes them (migrations/_noting.py). A
page that reads any other table is not kept.

Tables that many devices write at once, such as those of the hall, are left out on purpose.
"""

# Of these the kind and the unit of each changed row are noted, of all others only that some row
# changed. Drafts are seen by nobody outside; a part also changes where its event does.
BY_PLACE = ("register_event", "register_part", "register_statement")
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
# Sums that triggers keep equal to the rows of another table in the same transaction. Written by
# itself, as when sums are made anew, such a table counts as a change of all those rows.
SUMS_OF = {"register_eventtally": "register_event"}
VERSIONED = frozenset((*BY_PLACE, *WHOLE, *SUMS_OF))
