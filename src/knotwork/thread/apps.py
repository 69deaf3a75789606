from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "knotwork.thread"
    label = "thread"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.mail.kinds import MailKind, register
        from knotwork.core.pages import navigation
        from knotwork.thread.contact import MAIL_KIND

        navigation.register(10, "programmes", _("Programme"), "programmes:list")
        register(
            MailKind(MAIL_KIND, _("Letters to the team"), optional=False, template="thread/mail/contact")
        )
