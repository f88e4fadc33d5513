"""What a person does to import a list, as short as they would tell it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.client import Answer, Client, Joint
from tests.support.html import Form


@dataclass(frozen=True)
class Importateur:
    """One person who imports, into the directory or into the dossier of that key."""

    client: Client
    dossier: str = ""

    def ouvrir(self) -> Answer:
        return self.client.get("/importer" + (f"?dossier={self.dossier}" if self.dossier else ""))

    def envoyer(self, nom: str, contenu: bytes) -> Answer:
        """Choose a file and press «Continuer»: the page that comes next."""
        return self._on(
            self.client.submit(self.ouvrir(), "/importer", joints={"fichier": Joint(nom, contenu)})
        )

    def coller(self, texte: str) -> Answer:
        """Paste cells."""
        return self._on(self.client.submit(self.ouvrir(), "/importer/cellules", {"colle": texte}))

    def relier(self, page: Answer, chosen: Mapping[int, str]) -> Answer:
        """Say what these columns are."""
        typed = {f"colonne_{index}": name or "-" for index, name in chosen.items()}
        # The form above it, at the same address, chooses the sheet.
        form = next(page.page.all("form", method="post", action=page.path))
        return self._on(self.client.post(page.path, Form(form).filled(typed)))

    def confirmer(self, page: Answer, **chosen: str) -> Answer:
        """Press «Importer», and arrive."""
        return self._on(self.client.submit(page, page.path, chosen))

    def a_corriger(self, page: Answer) -> bytes:
        """The workbook to mend."""
        answer = self.client.get(f"{page.path}/a-corriger.xlsx")
        assert answer.status == 200, answer.text
        contenu: bytes = answer.body
        return contenu

    def renvoyer(self, page: Answer, contenu: bytes) -> Answer:
        """Send the mended workbook from the page of the result."""
        joints = {"fichier": Joint("corrigé.xlsx", contenu)}
        return self._on(self.client.submit(page, "/importer", joints=joints))

    def _on(self, answer: Answer) -> Answer:
        while answer.status == 303:
            answer = self.client.follow(answer)
        return answer
