"""What the desk's list is found by, for conversations from before there was a desk."""

from uuid import UUID

from django.apps.registry import Apps
from django.db import migrations


def fill(apps: Apps, schema_editor: object) -> None:
    Conversation = apps.get_model('transcripts', 'Conversation')
    Message = apps.get_model('transcripts', 'Message')
    Signal = apps.get_model('transcripts', 'Signal')
    highest: dict[UUID, tuple[int, str]] = {}
    messages = Message.objects.exclude(level=None).order_by('received_at', 'id')
    columns = ("conversation", "level", "subject", "signals")
    for conversation, level, subject, signals in messages.values_list(*columns).iterator(2000):
        if level is not None and level >= highest.get(conversation, (-1, ""))[0]:
            highest[conversation] = (level, subject)
        Signal.objects.bulk_create(
            [Signal(conversation_id=conversation, name=name) for name in signals], ignore_conflicts=True
        )
    for conversation, (_, subject) in highest.items():
        Conversation.objects.filter(pk=conversation).update(subject=subject or 'unknown')


class Migration(migrations.Migration):

    dependencies = [
        ('transcripts', '0003_desk'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
