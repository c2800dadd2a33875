"""Secrets at rest are sealed with a key derived from the installation's, so that a copied database opens no account."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"seal:" + settings.SECRET_KEY.encode()).digest()))


def seal(secret: str) -> str:
    """The secret as it is stored."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret again; raises InvalidToken when the installation's key has changed."""
    return _box().decrypt(sealed.encode()).decode()
