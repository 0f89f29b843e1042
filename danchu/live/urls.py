"""Addresses of the hall's pages, under /hall/."""

from django.urls import path

from danchu.live.views import delegate_acts, hall, leading, moderating, room, screens

urlpatterns = [
    path("<int:pk>/", hall.hall_of, name="hall"),
    path("<int:pk>/state.json", hall.hall_state, name="hall_state"),
    path("<int:pk>/mine.json", hall.hall_mine, name="hall_mine"),
    path("<int:pk>/papers/<int:paper>/", hall.hall_paper, name="hall_paper"),
    path("<int:pk>/vote/", delegate_acts.vote, name="hall_vote"),
    path("<int:pk>/ask/", delegate_acts.ask, name="hall_ask"),
    path("<int:pk>/want/", delegate_acts.upvote, name="hall_want"),
    path("<int:pk>/hand/", delegate_acts.raise_hand, name="hall_hand"),
    path("<int:pk>/unhand/", delegate_acts.lower_hand, name="hall_unhand"),
    path("<int:pk>/screen/", screens.screen, name="hall_screen"),
    path("<int:pk>/chair/", leading.chair, name="hall_chair"),
    path("<int:pk>/chair/<str:act>/", leading.lead, name="hall_lead"),
    path("<int:pk>/questions/", moderating.questions, name="hall_questions"),
    path("<int:pk>/questions/<str:act>/", moderating.moderate, name="hall_moderate"),
    path("<int:pk>/room/", room.room, name="hall_room"),
    path("<int:pk>/room/enter/", room.room_enter, name="hall_room_enter"),
    path("<int:pk>/room/entries/", room.room_entries, name="hall_room_entries"),
    path("<int:pk>/room/worker.js", room.room_worker, name="hall_room_worker"),
    path("<int:pk>/speaker/", screens.speaker, name="hall_speaker"),
]
