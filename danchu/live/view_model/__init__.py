"""The view model of the hall: every rule about what its pages show, in one place.

The server renders a page from `hall.hall_view`. After each frame the script of the page derives the
same values from the same state by static/live/view_model.js, which is generated from the modules of
this package (`make hall-script`). Templates and script only bind the values, by name
(templatetags/hall.py, static/live/show.js).

So these modules keep to the subset of Python that javascript.py translates. A test fails while the
generated script is not what the modules say, and another compares what both answer.
"""
