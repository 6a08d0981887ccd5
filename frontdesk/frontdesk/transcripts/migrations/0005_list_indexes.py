from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transcripts', '0004_desk_columns'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_latest',
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_urgent',
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-last_message_at', '-id', 'channel', 'subject', 'latest_level', 'help_offered', 'safety_replied', 'sampled'], name='conversation_latest'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-unread', '-level', '-last_message_at', '-id', 'channel', 'subject', 'latest_level', 'help_offered', 'safety_replied', 'sampled'], name='conversation_urgent'),
        ),
    ]
