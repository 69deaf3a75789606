"""Django's settings, all from ``configuration``; the reasons stand beside the choices."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from knotwork.website.configuration import database, home_folder, is_yes, mail_server, secret_key, value_of

HOME = home_folder()
SECRET_KEY = secret_key(HOME)
DEBUG = is_yes("KNOTWORK_DEBUG")

KNOTWORK_ORIGIN = (value_of("KNOTWORK_ORIGIN") or "http://127.0.0.1:8000").rstrip("/")
KNOTWORK_BEHIND_PROXY = is_yes("KNOTWORK_BEHIND_PROXY")
_SERVED_SECURELY = KNOTWORK_ORIGIN.startswith("https://")
_NAMED_HOSTS = [host.strip() for host in value_of("KNOTWORK_HOSTS").split(",") if host.strip()]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", urlsplit(KNOTWORK_ORIGIN).hostname or "", *_NAMED_HOSTS]
CSRF_TRUSTED_ORIGINS = [KNOTWORK_ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    # Ours stand before allauth, so that our templates are found first.
    "knotwork.core.pages",
    "knotwork.core.limits",
    "knotwork.core.schedule",
    "knotwork.core.events",
    "knotwork.core.accounts",
    "knotwork.core.strands",
    "knotwork.core.analyses",
    "knotwork.core.mail",
    "knotwork.core.uploads",
    "knotwork.core.feeds",
    "knotwork.core.search",
    "knotwork.programmes",
    "knotwork.calls",
    "knotwork.conversations",
    "knotwork.maps",
    "knotwork.measures",
    "knotwork.support",
    "knotwork.actions",
    "knotwork.learning",
    "knotwork.publications",
    "knotwork.thread",
    "knotwork.examples",
    "knotwork.website",
    "allauth",
    "allauth.account",
    # The editing pages of the library, and nothing else of Wagtail: no images, documents, embeds, search or pages.
    "knotwork.publications.editing.apps.PreferencesOfEditors",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "knotwork.core.pages.middleware.RequestIdMiddleware",
    "knotwork.core.pages.middleware.SecurityHeadersMiddleware",
    "knotwork.core.pages.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "knotwork.core.pages.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "knotwork.core.pages.middleware.RefusalMiddleware",
    "knotwork.programmes.moved.FollowMovesMiddleware",
]

ROOT_URLCONF = "knotwork.website.urls"
WSGI_APPLICATION = "knotwork.website.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "knotwork.core.pages.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "knotwork.core.pages.forms.PlainRenderer"

DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in: an emailed code, no password, accounts by invitation.
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "knotwork.core.accounts.adapter.KnotworkAccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "knotwork.core.accounts.forms.AskForCodeForm",
    "confirm_login_code": "knotwork.core.accounts.forms.EnterCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False

SESSION_COOKIE_NAME = "knotwork_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SERVED_SECURELY
CSRF_COOKIE_NAME = "knotwork_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "knotwork.core.pages.errors.csrf_failure"

# Limits of the sign-in library count in here, so that all processes share them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "knotwork_cache"},
    # Public pages as strangers were last answered; each process has its own.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Headers. The policy is enforced, with no inline script and no inline style anywhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "frame-src": [NONE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _SERVED_SECURELY else 0
SECURE_SSL_REDIRECT = False
if KNOTWORK_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LANGUAGE_COOKIE_NAME = "knotwork_language"
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
# Pictures are drawn and kept in these; Welsh joins them when pages with pictures are translated.
LANGUAGES_OF_PICTURES = ["en"]
TIME_ZONE = value_of("KNOTWORK_TIME_ZONE")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "knotwork.website.static_files.StaticFiles"},
}
WHITENOISE_MANIFEST_STRICT = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# The library's editing pages (decision 15): no letters, no passwords, no calls to anyone's network.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
WAGTAIL_SITE_NAME = "Knotwork"
WAGTAILADMIN_BASE_URL = KNOTWORK_ORIGIN
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False
)
WAGTAIL_WORKFLOW_ENABLED = WAGTAILADMIN_COMMENTS_ENABLED = WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""

# Two queues: letters and the like never wait behind a computation.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "quick", "heavy"],
    }
}

_MAIL = mail_server()
KNOTWORK_MAIL_SERVER_SET = bool(_MAIL)
globals().update(_MAIL)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = value_of("KNOTWORK_MAIL_FROM")

# No published number of people below this; our own counts are rounded to it in public.
KNOTWORK_SMALLEST_PUBLISHED_COUNT = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "knotwork.core.pages.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": value_of("KNOTWORK_LOG_LEVEL")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
    },
}

# Whether other hosts of the domain, the way from http to https, and the browsers' preload list follow is for the
# host's proxy to say: we cannot know what else lives there.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
