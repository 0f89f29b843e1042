"""Addresses of the hall's pages, under /hall/."""

from django.urls import path

from danchu.live.views import hall, screens, taking

urlpatterns = [
    path("<int:pk>/", hall.hall_of, name="hall"),
    path("<int:pk>/state.json", hall.hall_state, name="hall_state"),
    path("<int:pk>/mine.json", hall.hall_mine, name="hall_mine"),
    path("<int:pk>/papers/<int:paper>/", hall.hall_paper, name="hall_paper"),
    path("<int:pk>/vote/", taking.vote, name="hall_vote"),
    path("<int:pk>/ask/", taking.ask, name="hall_ask"),
    path("<int:pk>/want/", taking.want, name="hall_want"),
    path("<int:pk>/hand/", taking.hand, name="hall_hand"),
    path("<int:pk>/unhand/", taking.unhand, name="hall_unhand"),
    path("<int:pk>/screen/", screens.screen, name="hall_screen"),
    path("<int:pk>/speaker/", screens.speaker, name="hall_speaker"),
]
