"""Taking the senders of a letter out of every file that the letter has: where it came in and where
it was handed over to.
"""

from collections.abc import Iterable

from django.db.models import Q

from danchu.casework.models import Petition, PetitionPaper, Step
from danchu.casework.writes.entry import seal_sender
from danchu.kernel.days import show_day
from danchu.notices.actions import drop_waiting
from danchu.obligations.clock import LAW
from danchu.papers.actions import forget_paper
from danchu.papers.models import Paper


def other_files(petition: Petition) -> list[Petition]:
    """The files of the same letter at the units before and after this one, locked."""
    numbers = set()
    before = petition.handed_from_id
    while before:
        numbers.add(before)
        before = Petition.objects.values_list("handed_from", flat=True).get(pk=before)
    after = petition.pk
    while after := _handed_to(after):
        numbers.add(after)
    return list(Petition.objects.select_for_update(of=("self",)).filter(pk__in=numbers))


def copies_of(files: Iterable[Petition]) -> list[Petition]:
    """The files of the same letter where it was registered again, beside `files`; locked."""
    own_numbers = {file.pk for file in files}
    copies: dict[int, Petition] = {}
    near = own_numbers
    while near:
        linked = Petition.objects.filter(Q(same_as__in=near) | Q(repeats__in=near))
        numbers = set(linked.values_list("pk", flat=True)) - own_numbers - set(copies)
        heads = Petition.objects.select_for_update(of=("self",)).filter(pk__in=numbers)
        more = {one.pk: one for head in heads for one in (head, *other_files(head))}
        near = set(more) - own_numbers - set(copies)
        copies |= {number: more[number] for number in near}
    return list(copies.values())


def letters_of(files: Iterable[Petition]) -> list[Petition]:
    """The files that hold the whole letter of parts that were split off: what each of `files` was
    split from, step by step, with its files at other units and its copies; locked.
    """
    origins = {file.split_from_id for file in files if file.split_from_id}
    letters: dict[int, Petition] = {}
    while origins:
        wholes = Petition.objects.select_for_update(of=("self",)).filter(pk__in=origins)
        whole_files = [one for whole in wholes for one in (whole, *other_files(whole))]
        letters |= {one.pk: one for one in (*whole_files, *copies_of(whole_files))}
        origins = {file.split_from_id for file in letters.values()} - {None, *letters}
    return list(letters.values())


def _handed_to(number):
    return Petition.objects.filter(handed_from=number).values_list("pk", flat=True).first()


def seal_letter(petitions: list[Petition], by, code, persons):
    """The sealed identity with the letter as it came: texts, papers, signers, and what officials
    wrote in the steps. `petitions` are all its files, the one in hand first; the caller drops their
    unsealed papers.
    """
    attachments = list(
        PetitionPaper.objects.filter(petition__in=petitions).select_related("paper").order_by("pk")
    )
    papers = {attachment.paper_id: attachment for attachment in reversed(attachments)}
    texts = dict.fromkeys(f"{one.title}\n\n{one.content}" for one in petitions)
    files = [(attachment.paper.open(), attachment.name) for attachment in papers.values()]
    steps = Step.objects.filter(petition__in=petitions).exclude(text="").order_by("at", "pk")
    lines = [f"{show_day(step.on)}: {step.text}" for step in steps]
    text = f"{petitions[0].code}\n" + "\n\n".join([*texts, *lines])
    return seal_sender(by, petitions[0].unit, code, persons, text, files)


def drop_papers(petitions: Iterable[Petition]) -> None:
    """Detach all papers of the files first, then forget each that nothing else holds."""
    attachments = PetitionPaper.objects.filter(petition__in=petitions)
    numbers = list(attachments.values_list("paper", flat=True).distinct())
    attachments.delete()
    for paper in Paper.objects.filter(pk__in=numbers):
        forget_paper(paper, by=LAW)


def forget_steps(petitions: Iterable[Petition]) -> None:
    """Empty what officials wrote in the steps of the files: a sender may be named in it."""
    Step.objects.filter(petition__in=petitions).exclude(text="").update(text="")


def anonymise(petition: Petition, title: str, content: str) -> None:
    """Take what identifies the senders out of a file of the letter: its persons, texts, papers,
    the words of its steps, links to other letters of theirs and waiting notices. A paper that
    several files hold is forgotten with the last of them.
    """
    petition.petitioners.all().delete()
    fields = {
        "title": title,
        "content": content,
        "sender_key": "",
        "shown_title": "",
        "shown_text": "",
        "same_as": None,
        "split_from": None,
        "follows": None,
    }
    for name, value in fields.items():
        setattr(petition, name, value)
    petition.save(update_fields=list(fields))
    cut_links(petition)
    drop_papers([petition])
    forget_steps([petition])
    drop_waiting(petition.code, by=LAW)


def cut_links(petition: Petition) -> None:
    """Letters of the same senders no longer point to this one."""
    petition.pieces.update(split_from=None)
    petition.repeats.update(same_as=None)
    petition.followed_by.update(follows=None)
