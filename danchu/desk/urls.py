"""Addresses of the desk."""

from django.urls import path

from danchu.desk.views import home, records

urlpatterns = [
    path("", home.home, name="desk"),
    path("records/", records.records, name="desk_records"),
    path("records.csv", records.records_csv, name="desk_records_csv"),
    path("records/new/", records.new_record, name="desk_new"),
    path("records/<uuid:uid>/", records.record, name="desk_record"),
    path("records/<uuid:uid>/edit/", records.edit_record, name="desk_edit"),
    path("records/<uuid:uid>/correct/", records.correct_record, name="desk_correct"),
    path("records/<uuid:uid>/confirm/", records.confirm_record, name="desk_confirm"),
    path("records/<uuid:uid>/discard/", records.discard_record, name="desk_discard"),
    path("records/<uuid:uid>/withdraw/", records.withdraw_record, name="desk_withdraw"),
]
