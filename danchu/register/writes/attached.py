"""The papers of a row of the register when a corrected row takes its place."""

from danchu.register.models import Attachment, Event


def subject_field(subject):
    """{field of an attachment: the event or statement it belongs to}"""
    return {"event": subject} if isinstance(subject, Event) else {"statement": subject}


def copy_attachments(subject, corrected):
    """Attach the papers of an event or a statement to the corrected one too, as they were."""
    Attachment.objects.bulk_create(
        Attachment(
            **subject_field(corrected),
            paper_id=attachment.paper_id,
            name=attachment.name,
            added_by=attachment.added_by,
            added_at=attachment.added_at,
        )
        for attachment in Attachment.objects.filter(**subject_field(subject))
    )
