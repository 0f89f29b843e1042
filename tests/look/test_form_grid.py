"""The grid of a form's fields, and the note above a form that was refused."""

from django import forms
from django.template import engines

from danchu.subjects.forms import RefusingForm


class Form(RefusingForm):
    wide = ("title",)
    day = forms.CharField(label="Ngày")
    title = forms.CharField(label="Nội dung")


def rendered(template, form):
    return engines["django"].from_string(template).render({"form": form})


def test_the_fields_that_a_form_calls_wide_have_a_line_of_their_own():
    page = rendered("{% form_grid form %}", Form())
    assert page.count('class="field wide"') == 1
    assert page.index("Ngày") < page.index('class="field wide"') < page.index("Nội dung")


def test_a_page_begins_with_the_first_field_only_where_it_says_so():
    assert "autofocus" not in rendered("{% form_grid form %}", Form())
    assert rendered("{% form_grid form begin=True %}", Form()).count("autofocus") == 1


def test_a_refused_form_says_that_fields_are_wrong_and_what_belongs_to_none():
    form = Form({"day": "", "title": "x"})
    assert 'role="alert"' in rendered('{% include "parts/form_errors.html" %}', form)
    form.add_error(None, "Việc này đã khóa sổ.")
    assert "Việc này đã khóa sổ." in rendered('{% include "parts/form_errors.html" %}', form)
    assert 'role="alert"' not in rendered('{% include "parts/form_errors.html" %}', Form())
