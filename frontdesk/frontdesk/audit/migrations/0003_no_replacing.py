from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from frontdesk.audit import triggers


def renew(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(schema_editor.connection)
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_only_grows'),
    ]

    operations = [
        migrations.RunPython(renew, migrations.RunPython.noop),
    ]
