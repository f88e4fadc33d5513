"""What is kept encrypted: AES-256-GCM, each value bound to the one place where it is kept.

A ciphertext copied to another row, table or company is refused, as is one that was altered.
"""

import base64
import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from monespace.config import Config

VERSION = "1"
NONCE_BYTES = 12


class Altere(Exception):
    """This is not what was kept there, or not under this key. Nothing of it may be used."""


class Coffre:
    """Seals and opens; each purpose has a key of its own, derived from one secret."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(_derived(secret, b"chiffrement"))
        self._fingerprints = _derived(secret, b"empreinte")
        self._signatures = _derived(secret, b"lien")
        self._peppers = _derived(secret, b"code d'activation")
        # Tells which key sealed a value, once there have been two.
        self._key_id = _derived(secret, b"nom de la cle")[:4].hex()

    @classmethod
    def of(cls, config: Config) -> "Coffre":
        return cls(config.nir_key or config.secret_key)

    def seal(self, clear: str, *place: str) -> str:
        """`clear`, encrypted for that place: table, key of the row, SIREN."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, clear.encode(), _bound(place))
        return f"{VERSION}.{self._key_id}.{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str, *place: str) -> str:
        """What was sealed for that place. Raise Altere."""
        version, _, rest = sealed.partition(".")
        key_id, _, body = rest.partition(".")
        if (version, key_id) != (VERSION, self._key_id):
            raise Altere()
        try:
            content = base64.urlsafe_b64decode(body)
            nonce, encrypted = content[:NONCE_BYTES], content[NONCE_BYTES:]
            return self._cipher.decrypt(nonce, encrypted, _bound(place)).decode()
        except (InvalidTag, ValueError) as error:
            raise Altere() from error

    def sign(self, path: str) -> str:
        """What must follow `path` in a link for the portal to open it."""
        return hmac.digest(self._signatures, path.encode(), "sha256").hex()

    def signed(self, path: str, signature: str) -> bool:
        """Did this portal sign that path?"""
        return hmac.compare_digest(self.sign(path).encode(), signature.encode(errors="replace"))

    def fingerprint(self, clear: str, siren: str) -> str:
        """The same for the same value in the same company; tells nothing without the key."""
        return hmac.digest(self._fingerprints, _bound((siren, clear)), "sha256").hex()

    def pepper(self, code: str, *place: str) -> str:
        """What is slowly hashed for a short secret: useless to who has only the database."""
        return hmac.digest(self._peppers, _bound((*place, code)), "sha256").hex()


def _bound(place: tuple[str, ...]) -> bytes:
    # Each part by its digest: no two places read alike once joined.
    return b"".join(sha256(part.encode()).digest() for part in place)


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"monespace nir " + purpose).derive(secret.encode())
