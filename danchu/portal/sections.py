"""The public pages of a subject, from what its room declares: list, files, one record."""

from dataclasses import dataclass

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page

from danchu.casework.access.rate_limits import TooOften, limit_rate
from danchu.kernel.refusals import Denied, Refused
from danchu.look.lists import ListFace
from danchu.look.records import record_page
from danchu.look.sheets import too_long
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.feeds import list_feed
from danchu.portal.following import follow_url
from danchu.portal.proving import proof_url
from danchu.subjects.sections import Record, Reply, Section, Unlisted


class PublicFace(ListFace):
    """The views of one public section."""

    is_private = False

    def urls(self):
        """The addresses of the section, named after its list and its record."""
        addresses = self.list_urls()
        atom = conditional_page(self.atom)
        addresses.append(path(f"{self.list_route}.atom", atom, name=f"{self.list_address}_atom"))
        if self.section.record:
            addresses.append(RecordFace.of_section(self).url())
        return addresses

    def atom(self, request, **named):
        """The feed of the list, narrowed and sorted as its page."""
        query = self.query(request, named)
        listing = self.section.listing
        return list_feed(request, self.section, listing.narrowed_rows(Actor.public(), query))

    def list_context(self, request, query):
        place = {"unit": query.get("unit"), "typed": query.get("typed")}
        return {
            "atom_url": reverse(f"{self.list_address}_atom"),
            "follow_url": follow_url("list", key=self.section.listing.name, **place),
        }

    def most_rows(self, ending):
        """A workbook has a limit, since it is complete before it is sent. A CSV has none: it is
        streamed from a server-side cursor in constant memory.
        """
        return settings.EXPORT_ROWS if ending == "xlsx" else None

    def instead_of_file(self, request, query, ending):
        """Refused: without an account a long workbook cannot be exported in the background."""
        raise too_long()


@dataclass(frozen=True)
class RecordFace:
    """The view of one public record, under the address `name` at `route`.

    `placed(row)` is (unit id, day) of its place's name, `above` the (name of an address, word) with
    which its trail begins.
    """

    declared: Record
    name: str
    route: str
    placed: object
    above: tuple | None
    is_unlisted: bool = False

    @classmethod
    def of_section(cls, face: PublicFace):
        """The record of a section with a list."""
        section: Section = face.section
        above = section.above or (face.list_address, section.listing.title)
        return cls(
            section.record, face.record_address, face.row_route, section.listing.placed, above
        )

    @classmethod
    def of_unlisted(cls, unlisted: Unlisted):
        """A record without a list of its own."""
        route = f"{unlisted.folder}/<uuid:uid>/"
        return cls(unlisted.record, unlisted.one, route, unlisted.placed, unlisted.above, True)

    def url(self):
        """The address of the record. No cache keeps a page that replies or that is personal."""
        is_live = self.declared.reply or self.declared.personal
        return path(self.route, never_cache(self.view) if is_live else self.view, name=self.name)

    def view(self, request, **named):
        """One record as everyone may read it; `named` is its part of the address."""
        declared = self.declared
        row = get_object_or_404(declared.rows(request.actor), **named)
        reply = Reply({})
        if request.method == "POST" and declared.reply:
            reply = self._reply(request, row)
        personal = declared.personal(row, request) if declared.personal else {}
        return record_page(
            request,
            declared.template,
            row,
            placed=self.placed(row),
            title=declared.title(row),
            state=declared.state(row),
            above=self.above,
            proof_url=proof_url(self.name, row),
            follow_url=self._follow_url(named),
            status=400 if reply.is_refused else 200,
            **declared.facts(row, request.actor),
            **personal,
            **reply.context,
        )

    def _follow_url(self, named):
        """The page by which the record is followed by mail; "" for one without a list."""
        if self.is_unlisted:
            return ""
        return follow_url("record", key=self.name, row=next(iter(named.values())))

    def _reply(self, request, row):
        """What the record replies to a form. A wrong secret is counted against whoever typed it."""
        try:
            try:
                return self.declared.reply(row, request.POST)
            except Denied:
                limit_rate("follow", asker_of(request))
                raise
        except TooOften:
            raise
        except (Refused, Denied) as refusal:
            return Reply({"fault": refusal.message, "typed": request.POST}, is_refused=True)
