
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transcripts', '0002_delivery'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_latest',
        ),
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_urgent',
        ),
        migrations.AddField(
            model_name='conversation',
            name='sampled',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='conversation',
            name='subject',
            field=models.CharField(choices=[('self', 'Self'), ('other', 'Other'), ('unknown', 'Unknown')], default='unknown', max_length=8),
        ),
        migrations.AddField(
            model_name='conversation',
            name='unread',
            field=models.BooleanField(default=True),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-last_message_at', '-id'], name='conversation_latest'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-unread', '-level', '-last_message_at', '-id'], name='conversation_urgent'),
        ),
        migrations.AddField(
            model_name='signal',
            name='conversation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='signals', to='transcripts.conversation'),
        ),
        migrations.AddIndex(
            model_name='signal',
            index=models.Index(fields=['name', 'conversation'], name='signal_where'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.UniqueConstraint(fields=('conversation', 'name'), name='signal_once'),
        ),
    ]
