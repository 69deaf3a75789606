from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "knotwork.core.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from knotwork.core.accounts import erasures, services
        from knotwork.core.events.verbs import register_verbs
        from knotwork.core.mail.kinds import MailKind, register

        erasures.register("person", services.blank)
        register_verbs("person.invited", "person.became_administrator", "person.erased")
        register(
            MailKind(
                "sign_in_code", _("Codes to sign in"), optional=False, template="accounts/mail/sign_in_code"
            )
        )
