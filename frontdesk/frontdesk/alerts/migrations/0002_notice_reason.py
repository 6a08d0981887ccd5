from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alerts', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_once',
        ),
        migrations.AddField(
            model_name='notice',
            name='reason',
            field=models.CharField(blank=True, choices=[('opted_out', 'the phone has opted out of replies'), ('not_delivered', 'the reply did not arrive')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('conversation', 'level', 'address', 'reason'), name='notice_once'),
        ),
    ]
