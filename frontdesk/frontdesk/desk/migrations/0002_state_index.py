from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='review',
            name='state',
            field=models.CharField(choices=[('new', 'not reviewed'), ('reviewed', 'reviewed'), ('second_look', 'needs a second look'), ('done', 'done')], db_index=True, default='new', max_length=16),
        ),
    ]
