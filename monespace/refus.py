"""The refusals of the domain: each carries the French sentence its reader will see."""

from collections.abc import Sequence


class Refus(Exception):
    """Something the portal will not do. `message` says why and what to do next."""

    statut = 422

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Introuvable(Refus):
    """It does not exist, or this person must not learn that it does."""

    statut = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Cette page n’existe pas, ou vos droits ne permettent pas de la voir. "
            "Vérifiez l’adresse, ou demandez l’accès à un administrateur de votre entreprise."
        )


class Interdit(Refus):
    """It may be seen, but this act is not allowed on it, now or to this person.

    `raison` is what decided, as `policy` tells it.
    """

    statut = 403

    def __init__(self, message: str, raison: object = None) -> None:
        super().__init__(message)
        self.raison = raison


class Conflit(Refus):
    """Someone else changed it meanwhile."""

    statut = 409


class DejaServi(Conflit):
    """The token of this form made something for somebody else."""

    def __init__(self) -> None:
        super().__init__("Ce formulaire a déjà servi. Rechargez la page, puis recommencez.")


class Refuse(Refus):
    """What was sent cannot be accepted as it is."""


class JetonServi(Refuse):
    """The same, of a form that is shown again with a new token and what was typed."""

    def __init__(self) -> None:
        super().__init__(
            "Ce formulaire avait déjà servi\u00a0: rien n’a été envoyé cette fois. Vérifiez ce qui "
            "est saisi, puis envoyez-le à nouveau."
        )


class Incomplet(Refus):
    """A dossier cannot be sent yet: `manques` are the sentences to show."""

    def __init__(self, message: str, manques: Sequence[str]) -> None:
        super().__init__(message)
        self.manques = tuple(manques)


class Indisponible(Refus):
    """A service the portal needs does not answer; trying again later may work."""

    statut = 503
