"""People that the rules of the trade treat alike."""

ANONYME = "anonyme"
OPCO = ("conseiller", "AEF", "conseiller sans portefeuille")
# They work nowhere; nobody of the OPCO asks anything.
SANS_ENTREPRISE = ("rattachement retiré", "rattachement échu", *OPCO)
# Those who administer alone may not leave.
SEULS = ("administrateur", "autre entreprise")
WRITERS = ("administrateur", "un SIRET", "autre entreprise")
GARDIENS = ("administrateur", "accès confiés", "autre entreprise")
