"""The pages of a section at the desk: list, files, new record, one record, its acts."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.act_forms import form_of, is_next, section_acts
from danchu.desk.guard import official
from danchu.desk.offline_forms import edit_on_device, held, on_device, worker_address
from danchu.desk.rights_form import right_to_explain
from danchu.desk.rows import history
from danchu.desk.saved_views import default_query, view_context
from danchu.desk.views.offline import worker_of
from danchu.desk.way import BEGIN, next_address, way_in, way_query
from danchu.kernel.refusals import Refused, require
from danchu.look.lists import ListFace
from danchu.look.once import note_done
from danchu.look.pages import page
from danchu.look.records import record_page
from danchu.subjects.editing import EditingForm, one_editor, status_of
from danchu.subjects.sections import ShownOnce, ToList
from danchu.subjects.sent import WRITTEN_BEFORE
from danchu.subjects.waiting import owners_of, worded_owners


class Face(ListFace):
    """The views of one section."""

    prefix = "desk_"
    template = "desk/list.html"

    @property
    def new_address(self):
        return self.section.new.address or f"desk_new_{self.section.one}"

    def urls(self):
        """The addresses of the section, named after its list and its record."""
        section = self.section
        route = self.list_route
        wrap = never_cache if section.is_secret else lambda view: view
        addresses = self.list_urls(official, wrap)
        if section.new and section.new.form:
            addresses.append(path(f"{route}/new/", official(wrap(self.new)), name=self.new_address))
        if section.new and section.new.offline:
            address_name = worker_address(self.new_address)
            worker = worker_of(self.new_address)
            addresses.append(path(f"{route}/worker.js", worker, name=address_name))
        return [*addresses, *self.record_urls()]

    def record_urls(self):
        """The addresses of one record and its acts."""
        section = self.section
        row = self.row_route
        addresses = []
        if section.record:
            record = official(never_cache(self.record))
            addresses.append(path(row, record, name=self.record_address))
        act = official(never_cache(self.act))
        for declared in section.acts:
            if declared.own_page:
                address = f"{row}{declared.name}/"
                address_name = f"desk_{declared.name}_{section.one}"
                addresses.append(path(address, act, {"act": declared.name}, name=address_name))
        if section.acts:
            addresses.append(path(f"{row}<str:act>/", act, name=f"{self.record_address}_act"))
        return addresses

    def list(self, request, **named):
        """The page of the list; asked without anything it opens with the reader's own first view,
        which then stands in the address.
        """
        if not request.GET and not named and request.method == "GET":
            query = default_query(request, self.section.listing)
            if query:
                return redirect(f"{request.path}?{query}")
        return super().list(request, **named)

    def list_context(self, request, query):
        new = self.section.new
        may_begin = new and new.allows(request.actor)
        context = {
            "new_address": self.new_address if may_begin else "",
            "record_query": way_in(self.section, request, query),
        }
        if self.section.parent is None:
            context |= view_context(request, self.section.listing, query)
        return context

    def most_rows(self, ending):
        return settings.EXPORT_ROWS

    def instead_of_file(self, request, query, ending):
        """The page that offers to write a long list in the background."""
        return page(
            request,
            "desk/export_offer.html",
            title=self.section.listing.title,
            name=self.section.listing.name,
            ending=ending,
            query=query.urlencode(),
            most=settings.EXPORT_ROWS,
            days=settings.EXPORT_DAYS,
        )

    def new(self, request):
        """Create a record."""
        return self.begin(request, self.section.new)

    def begin(self, request, new):
        """Create a record by `new`, one of the section's ways; a form sent twice creates one."""
        require(new.allows(request.actor), new.denied)
        form = new.form(request.actor, request.GET, request.POST or None, request.FILES or None)
        form.initial |= {name: request.GET[name] for name in new.carries if name in request.GET}
        if request.method == "POST" and form.is_valid():
            earlier = self._sent_before(request.actor, form)
            if earlier:
                messages.info(request, new.again or WRITTEN_BEFORE)
                return redirect(new.then or self.record_address, **self.section.named(earlier))
            try:
                row = new.create(by=request.actor, **form.values())
            except Refused as refusal:
                form.refuse(refusal)
            else:
                if "next" in request.POST and new.carries:
                    return self._next_form(request, new, row)
                if new.saved:
                    messages.success(request, new.saved(row))
                return redirect(new.then or self.record_address, **self.section.named(row))
        answer = page(
            request,
            "desk/plain_form.html",
            status=400 if form.errors else 200,
            form=form,
            title=new.title,
            back=self.list_address,
            list_title=self.section.listing.title,
            offline=on_device(request.actor, self.new_address) if new.offline else None,
            has_next=bool(new.carries),
        )
        return held(answer, request.actor) if new.offline else answer

    def _next_form(self, request, new, row):
        """Redirect to the next new record, which begins with what this one carries over."""
        title = self.section.record.title(row)
        messages.success(request, _("Đã ghi: %s. Đây là biểu tiếp theo.") % title)
        typed = {name: request.POST.get(name, "").strip() for name in new.carries}
        query = urlencode({name: value for name, value in typed.items() if value})
        return redirect(f"{request.path}?{query}")

    def _sent_before(self, actor, form):
        uid = form.cleaned_data.get("uid")
        source = self.section.record or self.section.listing
        return source.rows(actor).filter(uid=uid).first() if uid else None

    def record(self, request, **named):
        """One record: its facts, its history, the acts that may follow; `named` are the captured
        parts of the address.
        """
        row = get_object_or_404(self.section.record.rows(request.actor), **named)
        return self._record_page(request, row)

    def _record_page(self, request, row, refused=None, **more):
        """The page of one record. `refused` is the form of the act that was refused, shown with its
        errors; `more` is added to the context, such as a secret that is shown a single time.
        """
        section = self.section
        actor = request.actor
        owners = owners_of(row, section.waits, section.life) if section.waits else ()
        return record_page(
            request,
            section.record.template,
            row,
            placed=section.listing.placed(row),
            title=section.record.title(row),
            state=section.record.state(row),
            status=status_of(refused) if refused else 200,
            subject=section,
            list_address=self.list_address,
            acts=self._act_forms(request, row, owners, refused),
            way_query=way_query(request),
            refused=refused,
            entries=history(row, request.GET),
            may=section.life.acts_of(row, actor),
            rights_query=right_to_explain(section.life, row, actor),
            owners=worded_owners(owners, section.acts),
            **section.record.facts(row, actor),
            **more,
        )

    def record_url(self, row):
        """The address of the page of one record."""
        return reverse(self.record_address, kwargs=self.section.named(row))

    def _act_forms(self, request, row, owners, refused):
        """[(act, form, address, whether it comes next)] of the acts that may follow. The refused
        form is among them with what was typed, even when somebody else was faster and the act may
        no longer follow. The address of the page says what some of the forms begin with.
        """
        actor = request.actor
        begun = self.section.record.begin(row, request.GET)
        possible = section_acts(self.section, row, actor)
        in_template = self.section.record.in_template
        listed = [act for act in possible if act.name not in in_template and act.offered(row)]
        if refused and refused.act.name not in in_template and refused.act not in listed:
            listed.append(refused.act)
        forms = []
        for act in listed:
            named = {**self.section.named(row), "act": act.name}
            address = reverse(f"{self.record_address}_act", kwargs=named) + way_query(request)
            form = None if act.own_page else refused
            if not act.own_page and (refused is None or refused.act is not act):
                form = form_of(act, row, actor, initial=begun.get(act.name))
            if form is not None:
                form.begins = not forms and BEGIN in request.GET
            forms.append((act, form, address, not forms and is_next(act, owners)))
        return forms

    def _act_page(self, request, act, row, form):
        """An act whose form has a page of its own."""
        return page(
            request,
            "desk/plain_form.html",
            status=status_of(form),
            form=form,
            title=f"{act.word}: {self.section.record.title(row)}",
            back=self.list_address,
            list_title=self.section.listing.title,
            offline=edit_on_device(request.actor, act, form),
            back_url=reverse(self.record_address, kwargs=self.section.named(row)),
        )

    def act(self, request, act, **named):
        """Do one act; a refused form is shown again with what was typed."""
        declared = self.section.act(act)
        begins = request.method in ("GET", "HEAD") and declared and declared.own_page
        if request.method != "POST" and not begins:
            return HttpResponseNotAllowed(["POST"])
        row = get_object_or_404(self.section.record.rows(request.actor), **named)
        if declared is None:
            raise Http404
        self.section.life.require(request.actor, act, row)
        if begins and self.section.life.obstacle(row, act):  # done since, and opened again by Back
            messages.info(request, self.section.life.obstacle(row, act))
            return redirect(self.record_address, **self.section.named(row))
        if begins:
            return self._act_page(request, declared, row, form_of(declared, row, request.actor))
        form = form_of(declared, row, request.actor, request.POST, request.FILES)
        if form.is_valid() and form.preview_template and "preview" in request.POST:
            if request.headers.get("X-Preview"):  # a script asks while somebody types
                return page(request, "desk/parts/preview.html", form=form)
            return self._act_page(request, declared, row, form)
        if form.is_valid():
            try:
                result = self._do(declared, row, form, named)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                return self._done(request, row, declared, result)
        if declared.own_page:
            return self._act_page(request, declared, row, form)
        return self._record_page(request, row, form)

    def _do(self, act, row, form, named):
        """What the act returns. A form that edits the row is compared with what is stored now."""
        if not isinstance(form, EditingForm):
            return act.do(row, by=form.actor, **form.values())
        with one_editor(row):
            current = get_object_or_404(self.section.record.rows(form.actor), **named)
            form.check_edition(form_of(act, current, form.actor))
            return act.do(row, by=form.actor, **form.values())

    def _done(self, request, row, act, result):
        """The answer to an act that was done; `result` is what it returned."""
        after = act.after
        if isinstance(after, ShownOnce):
            note_done(request, reverse(self.record_address, kwargs=self.section.named(row)))
            if after.template:
                return page(request, after.template, **after.context(result))
            row.refresh_from_db()
            return self._record_page(request, row, **after.context(result))
        messages.success(request, act.saved(result) if act.saved else _("Đã ghi."))
        onward = next_address(self, request, act, row)
        if onward:
            address, sentence = onward
            if sentence:
                messages.info(request, sentence)
            return redirect(address)
        if isinstance(after, ToList):
            return redirect(self.list_address)
        if after.address:
            return redirect(after.address, uid=getattr(result, "uid", row.uid))
        record = result if hasattr(result, "uid") else row
        return redirect(self.record_address, **self.section.named(record))
