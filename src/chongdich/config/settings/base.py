"""Django settings. What a site may change comes from variables named `CHONGDICH_…`, and from `DATABASE_URL`."""

import os
from pathlib import Path

from chongdich.config import sqlite
from chongdich.config.database import database_from
from chongdich.config.housetime import clock_offset, house_mark, is_invented
from chongdich.config.secret import secret_key

sqlite.use_safe_sqlite()

PACKAGE = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("CHONGDICH_VAR", "var")).resolve()

CLOCK_OFFSET = clock_offset(VAR)
DEMONSTRATION = is_invented(VAR)
HOUSE_MARK = house_mark(VAR)
DEBUG = os.environ.get("CHONGDICH_DEBUG") == "1"
SECRET_KEY = secret_key(VAR)
HTTPS = os.environ.get("CHONGDICH_HTTPS") == "1"
ALLOWED_HOSTS = os.environ.get("CHONGDICH_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "chongdich.registry.places.apps.PlacesConfig",
    "chongdich.registry.organisations.apps.OrganisationsConfig",
    "chongdich.registry.people.apps.PeopleConfig",
    "chongdich.registry.accounts.apps.AccountsConfig",
    "chongdich.registry.ledger.apps.LedgerConfig",
    "chongdich.registry.inbox.apps.InboxConfig",
    "chongdich.registry.local_law.apps.LocalLawConfig",
    "chongdich.domain.directives.apps.DirectivesConfig",
    "chongdich.domain.lab.apps.LabConfig",
    "chongdich.domain.cases.apps.CasesConfig",
    "chongdich.domain.contacts.apps.ContactsConfig",
    "chongdich.domain.scenarios.apps.ScenariosConfig",
    "chongdich.application.apps.ApplicationConfig",
    "chongdich.web.apps.WebConfig",
    "chongdich.config.apps.HouseConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chongdich.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "chongdich.web.middleware.DeskMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "chongdich.config.urls"
WSGI_APPLICATION = "chongdich.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web" / "pages").glob("*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"kit": "chongdich.web.kit.templatetags.kit"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "chongdich.web.context.everywhere",
            ],
        },
    }
]

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", f"sqlite:///{VAR / 'chongdich.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "chongdich.registry.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "chongdich.web.pages.entry.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-chongdich" if HTTPS else "chongdich"
CSRF_COOKIE_HTTPONLY = True
IDLE_MINUTES = 30
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("CHONGDICH_BEHIND_PROXY") == "1" else None
)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
FORMAT_MODULE_PATH = ["chongdich.config.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = os.environ.get("CHONGDICH_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("CHONGDICH_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CHONGDICH_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CHONGDICH_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CHONGDICH_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CHONGDICH_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("CHONGDICH_MAIL_FROM", "chongdich@localhost")

# Folders in which instances leave edXML packets for one another, with partners.json: {"ubnd:058@2020-01-01": OrganId}.
EXCHANGE = Path(os.environ.get("CHONGDICH_EXCHANGE", VAR / "exchange"))
ORGAN_ID = os.environ.get("CHONGDICH_ORGAN_ID", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
