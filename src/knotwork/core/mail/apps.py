from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "knotwork.core.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from knotwork.core.mail.services import deliver_waiting, forget_old_letters
        from knotwork.core.schedule.registry import every

        every(300, "mail.deliver_waiting")(deliver_waiting)
        every(3600, "mail.forget_old_letters")(forget_old_letters)
