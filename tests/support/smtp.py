"""A mail server on a real socket, that keeps what it is given and fails when it is told to."""

import base64
import datetime
import ipaddress
import socketserver
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event, Thread
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.portal import free_port

USER, PASSWORD = "portail", "mot de passe/du serveur"


@dataclass(frozen=True)
class Recu:
    """One mail as it arrived: its envelope, its message, how the sender had proved itself."""

    de: str
    pour: str
    message: EmailMessage
    chiffre: bool
    identifie: bool

    @property
    def text(self) -> str:
        return str(self.message.get_content()).replace("\r\n", "\n")


class SmtpServer:
    """Starts, stops and starts again on one port."""

    def __init__(self, certificate: Path | None = None, password: bool = False) -> None:
        """`certificate`: offers STARTTLS with it; `password`: takes mail from USER only."""
        self.port = free_port()
        self.received: list[Recu] = []
        # What it answers to RCPT, when it is to refuse.
        self.refusal = ""
        # Cleared, it keeps the conversation waiting after the mail was taken.
        self.may_answer = Event()
        self.may_answer.set()
        self.took = Event()
        self.password = password
        self.trust: ssl.SSLContext | None = None
        if certificate is not None:
            self.trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.trust.load_cert_chain(certificate)
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _Conversation)
        self._server.owner = self
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self.may_answer.set()
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    owner: SmtpServer


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.owner = cast(_Server, self.server).owner
        self.sender, self.recipients = "", list[str]()
        self.encrypted = self.identified = False
        self._say("220 essai")
        try:
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                if not self._hear(verb.upper(), rest):
                    return
        except OSError:
            return
        finally:
            self.wfile.close()
            self.request.close()

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def _hear(self, verb: str, rest: str) -> bool:
        if verb == "EHLO":
            self._greet()
        elif verb == "STARTTLS":
            self._encrypt()
        elif verb == "AUTH":
            self._identify(rest)
        elif verb == "MAIL":
            self.sender, self.recipients = _address(rest), []
            refused = self.owner.password and not self.identified
            self._say("530 5.7.0 Authentication required" if refused else "250 ok")
        elif verb == "RCPT":
            if not self.owner.refusal:
                self.recipients.append(_address(rest))
            self._say(self.owner.refusal or "250 ok")
        elif verb == "DATA":
            self._take()
        else:
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            return verb != "QUIT"
        return True

    def _greet(self) -> None:
        tls = ["250-STARTTLS"] if self.owner.trust and not self.encrypted else []
        auth = ["250-AUTH PLAIN"] if self.owner.password else []
        self._say("250-essai", *tls, *auth, "250 8BITMIME")

    def _encrypt(self) -> None:
        assert self.owner.trust is not None
        self._say("220 go")
        link = self.owner.trust.wrap_socket(self.request, server_side=True)
        self.request, self.encrypted = link, True
        self.rfile, self.wfile = link.makefile("rb"), link.makefile("wb", 0)  # type: ignore[assignment]

    def _identify(self, rest: str) -> None:
        given = base64.b64decode(rest.removeprefix("PLAIN "))
        self.identified = given.split(b"\0")[1:] == [USER.encode(), PASSWORD.encode()]
        self._say("235 ok" if self.identified else "535 5.7.8 Bad credentials")

    def _take(self) -> None:
        self._say("354 go")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return
            lines.append(line[1:] if line.startswith(b".") else line)
        written = message_from_bytes(b"".join(lines), policy=default)
        self.owner.received += [
            Recu(self.sender, one, written, self.encrypted, self.identified)
            for one in self.recipients
        ]
        self.owner.took.set()
        self.owner.may_answer.wait(30)
        self._say("250 taken")


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


@contextmanager
def smtp_server(certificate: Path | None = None, password: bool = False) -> Iterator[SmtpServer]:
    """A running mail server for the time of the block."""
    server = SmtpServer(certificate, password)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def certify(folder: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, that nobody trusts of itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "serveur.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path
