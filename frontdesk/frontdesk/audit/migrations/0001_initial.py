
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('action', models.CharField(choices=[('login', 'logged in'), ('login_failed', 'failed to log in'), ('locked_out', 'was locked out'), ('logout', 'logged out'), ('factor', 'second factor'), ('password', 'changed the password'), ('denied', 'was refused'), ('view', 'read the conversation'), ('review', 'reviewed'), ('correct', 'corrected a message'), ('note', 'wrote a note'), ('assign', 'assigned'), ('export', 'exported'), ('print', 'printed'), ('erase', 'erased the conversation'), ('purge', 'purged what was kept long enough'), ('people', 'managed people')], max_length=16)),
                ('conversation', models.UUIDField(db_index=True, null=True)),
                ('detail', models.CharField(blank=True, max_length=200)),
                ('address', models.GenericIPAddressField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'ordering': ('-id',),
                'default_permissions': (),
            },
        ),
    ]
