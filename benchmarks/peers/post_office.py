"""django-post_office's queue where it is installed; no dependency of the project.

``pip install django-post_office`` puts it beside; without it the row names no such peer.
"""

from importlib.util import find_spec
from pathlib import Path

from benchmarks import office

HERE = find_spec("post_office") is not None


def queue(folder: Path, size: int) -> None:
    """Every letter rendered from a template of its own making and put into the queue, many at a time."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            DATABASES={
                "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "django.sqlite3")}
            },
            TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
            INSTALLED_APPS=["django.contrib.contenttypes", "post_office"],
            EMAIL_BACKEND="post_office.EmailBackend",
            DEFAULT_AUTO_FIELD="django.db.models.AutoField",
            USE_TZ=True,
        )
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    from post_office import mail
    from post_office.models import EmailTemplate

    template, _ = EmailTemplate.objects.get_or_create(
        name="reminder",
        defaults={"subject": "催报 {{ name }}", "content": "{{ name }}：请尽快报送。" * 20},
    )
    mail.send_many(
        [
            {
                "recipients": office.address(n), "sender": office.OFFICE, "template": template,
                "context": {"name": office.town(n)[1]}, "priority": "medium",
            }
            for n in range(size)
        ]
    )  # fmt: skip
