"""The first whole"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# Nobody rewrites the journal, not even this application.
KEEP_JOURNAL = {
    "sqlite": (
        "CREATE TRIGGER journal_not_updated BEFORE UPDATE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
        "CREATE TRIGGER journal_not_deleted BEFORE DELETE ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
        "CREATE TRIGGER journal_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "baux",
        sa.Column("nom", sa.String(length=30), nullable=False),
        sa.Column("titulaire", sa.String(length=12), nullable=False),
        sa.Column("jusqu_a", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nom", name=op.f("pk_baux")),
    )
    op.create_table(
        "compteurs",
        sa.Column("nom", sa.String(length=20), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=False),
        sa.Column("valeur", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nom", "annee", name=op.f("pk_compteurs")),
    )
    op.create_table(
        "entreprises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("raison_sociale", sa.String(length=200), nullable=False),
        sa.Column("effectif", sa.Integer(), nullable=False),
        sa.Column("idcc", sa.String(length=4), nullable=False),
        sa.Column("branche", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entreprises")),
        sa.UniqueConstraint("siren", name=op.f("uq_entreprises_siren")),
    )
    op.create_table(
        "travaux",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column(
            "nom", sa.Enum("exporter", name="job", native_enum=False, length=30), nullable=False
        ),
        sa.Column("objet_id", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sonne_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travaux")),
    )
    with op.batch_alter_table("travaux", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_travaux_fini_le_sonne_le"), ["fini_le", "sonne_le"], unique=False
        )

    op.create_table(
        "utilisateurs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column("prenom", sa.String(length=100), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column("telephone", sa.String(length=20), nullable=False),
        sa.Column(
            "role",
            sa.Enum("membre", "conseiller", name="role", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("mot_de_passe", sa.String(length=200), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("echecs", sa.Integer(), nullable=False),
        sa.Column("bloque_jusqu_a", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utilisateurs")),
        sa.UniqueConstraint("cle", name=op.f("uq_utilisateurs_cle")),
        sa.UniqueConstraint("courriel", name=op.f("uq_utilisateurs_courriel")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "etablissements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("entreprise_id", sa.Integer(), nullable=False),
        sa.Column("enseigne", sa.String(length=200), nullable=False),
        sa.Column("siege", sa.Boolean(), nullable=False),
        sa.Column("adresse", sa.String(length=200), nullable=False),
        sa.Column("code_postal", sa.String(length=5), nullable=False),
        sa.Column("commune", sa.String(length=100), nullable=False),
        sa.Column("ape", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["entreprise_id"], ["entreprises.id"], name=op.f("fk_etablissements_entreprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etablissements")),
        sa.UniqueConstraint("siret", name=op.f("uq_etablissements_siret")),
    )
    with op.batch_alter_table("etablissements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_etablissements_entreprise_id"), ["entreprise_id"], unique=False
        )

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("entreprise_id", sa.Integer(), nullable=False),
        sa.Column(
            "profil",
            sa.Enum("adhérent", "prestataire", name="profil", native_enum=False, length=30),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["entreprise_id"], ["entreprises.id"], name=op.f("fk_organisations_entreprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("cle", name=op.f("uq_organisations_cle")),
        sa.UniqueConstraint(
            "entreprise_id", "profil", name=op.f("uq_organisations_entreprise_id_profil")
        ),
    )
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("etablissement_id", sa.Integer(), nullable=False),
        sa.Column("dispositif", sa.String(length=10), nullable=False),
        sa.Column("version_formulaire", sa.String(length=10), nullable=False),
        sa.Column(
            "statut",
            sa.Enum(
                "BROUILLON",
                "TRANSMIS",
                "EN_INSTRUCTION",
                "A_COMPLETER",
                "ENGAGE",
                "REFUSE",
                "ANNULE",
                "RUPTURE",
                "SOLDE",
                name="statut",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "reponses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "saisies", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("maj_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statut_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("transmis_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decide_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("intitule", sa.String(length=255), nullable=False),
        sa.Column(
            "tri_intitule",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("date_debut", sa.Date(), nullable=True),
        sa.Column("tri_debut", sa.Date(), nullable=False),
        sa.Column("date_fin", sa.Date(), nullable=True),
        sa.Column("duree_centiemes", sa.Integer(), nullable=False),
        sa.Column("prestataire_siret", sa.String(length=14), nullable=False),
        sa.Column("prestataire_nom", sa.String(length=255), nullable=False),
        sa.Column("cout_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("demande_cents", sa.BigInteger(), nullable=False),
        sa.Column("accorde_cents", sa.BigInteger(), nullable=False),
        sa.Column("nb_stagiaires", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_dossiers_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["etablissement_id"], ["etablissements.id"], name=op.f("fk_dossiers_etablissement_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_dossiers_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("cle", name=op.f("uq_dossiers_cle")),
        sa.UniqueConstraint("jeton", name=op.f("uq_dossiers_jeton")),
        sa.UniqueConstraint("numero", name=op.f("uq_dossiers_numero")),
        sa.UniqueConstraint("reference", name=op.f("uq_dossiers_reference")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dossiers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_dossiers_etablissement_accorde_cents",
            ["etablissement_id", "accorde_cents", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_etablissement_demande_cents",
            ["etablissement_id", "demande_cents", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_etablissement_maj_le", ["etablissement_id", "maj_le", "id"], unique=False
        )
        batch_op.create_index(
            "ix_dossiers_etablissement_tri_debut",
            ["etablissement_id", "tri_debut", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_etablissement_tri_intitule",
            ["etablissement_id", "tri_intitule", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_organisation_accorde_cents",
            ["organisation_id", "accorde_cents", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_organisation_demande_cents",
            ["organisation_id", "demande_cents", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_organisation_maj_le", ["organisation_id", "maj_le", "id"], unique=False
        )
        batch_op.create_index(
            "ix_dossiers_organisation_tri_debut",
            ["organisation_id", "tri_debut", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_dossiers_organisation_tri_intitule",
            ["organisation_id", "tri_intitule", "id"],
            unique=False,
        )

    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "filtres", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "perimetre", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "etat",
            sa.Enum(
                "EN_FILE",
                "EN_COURS",
                "PRET",
                "ECHEC",
                "EXPIRE",
                name="etatexport",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("course", sa.String(length=12), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("lignes_total", sa.Integer(), nullable=False),
        sa.Column("lignes_faites", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("nom", sa.String(length=150), nullable=False),
        sa.Column("fichier", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taille", sa.BigInteger(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("battement_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_exports_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_exports_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        sa.UniqueConstraint("cle", name=op.f("uq_exports_cle")),
        sa.UniqueConstraint("jeton", name=op.f("uq_exports_jeton")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exports_etat_battement_le"), ["etat", "battement_le"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exports_utilisateur_id_demande_le"),
            ["utilisateur_id", "demande_le"],
            unique=False,
        )

    op.create_table(
        "journal",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acte", sa.String(length=40), nullable=False),
        sa.Column("objet", sa.String(length=40), nullable=False),
        sa.Column("objet_id", sa.BigInteger(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("utilisateur_id", sa.Integer(), nullable=True),
        sa.Column("auteur", sa.String(length=200), nullable=False),
        sa.Column(
            "details", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_journal_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"], ["utilisateurs.id"], name=op.f("fk_journal_utilisateur_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_objet_objet_id_id"), ["objet", "objet_id", "id"], unique=False
        )

    op.create_table(
        "rattachements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "demandé",
                "actif",
                "refusé",
                "retiré",
                name="etatrattachement",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "qualite",
            sa.Enum("membre", "mandataire", name="qualite", native_enum=False, length=30),
            nullable=False,
        ),
        sa.Column("siren_mandataire", sa.String(length=9), nullable=False),
        sa.Column("administrateur", sa.Boolean(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("debut", sa.Date(), nullable=True),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_rattachements_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_rattachements_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rattachements")),
        sa.UniqueConstraint(
            "utilisateur_id",
            "organisation_id",
            name=op.f("uq_rattachements_utilisateur_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("rattachements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rattachements_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "sessions",
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("ouverte_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vue_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_sessions_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_sessions_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("empreinte", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sessions_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "demandes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=False),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reponse", sa.Text(), nullable=False),
        sa.Column("repondue_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_demandes_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demandes")),
    )
    with op.batch_alter_table("demandes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demandes_dossier_id"), ["dossier_id"], unique=False)

    op.create_table(
        "habilitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rattachement_id", sa.Integer(), nullable=False),
        sa.Column(
            "objet",
            sa.Enum(
                "dossiers",
                "factures",
                "coordonnées bancaires",
                "salariés",
                "rattachements",
                name="objet",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("siret", sa.String(length=14), nullable=False),
        sa.Column("dispositif", sa.String(length=10), nullable=False),
        sa.Column("consulter", sa.Boolean(), nullable=False),
        sa.Column("saisir", sa.Boolean(), nullable=False),
        sa.Column("transmettre", sa.Boolean(), nullable=False),
        sa.Column("supprimer", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "consulter OR NOT (saisir OR transmettre OR supprimer)",
            name=op.f("ck_habilitations_tout_comprend_consulter"),
        ),
        sa.ForeignKeyConstraint(
            ["rattachement_id"],
            ["rattachements.id"],
            name=op.f("fk_habilitations_rattachement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_habilitations")),
        sa.UniqueConstraint(
            "rattachement_id",
            "objet",
            "siret",
            "dispositif",
            name=op.f("uq_habilitations_rattachement_id_objet_siret_dispositif"),
        ),
    )
    op.create_table(
        "lignes_cout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("poste", sa.String(length=10), nullable=False),
        sa.Column("base", sa.String(length=20), nullable=False),
        sa.Column("quantite_centiemes", sa.BigInteger(), nullable=False),
        sa.Column("taux_cents", sa.BigInteger(), nullable=False),
        sa.Column("demande_cents", sa.BigInteger(), nullable=False),
        sa.Column("tva_cents", sa.BigInteger(), nullable=False),
        sa.Column("accorde_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_lignes_cout_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lignes_cout")),
        sa.UniqueConstraint("dossier_id", "poste", name=op.f("uq_lignes_cout_dossier_id_poste")),
    )
    op.create_table(
        "modifications",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("chemin", sa.String(length=100), nullable=False),
        sa.Column(
            "valeur", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_modifications_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_modifications_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modifications")),
    )
    with op.batch_alter_table("modifications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_modifications_dossier_id_chemin_revision"),
            ["dossier_id", "chemin", "revision"],
            unique=False,
        )

    op.create_table(
        "pieces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=30), nullable=False),
        sa.Column("nom", sa.String(length=150), nullable=False),
        sa.Column("type_mime", sa.String(length=100), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fichier", sa.String(length=80), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remplacee_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_pieces_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_pieces_dossier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces")),
        sa.UniqueConstraint("cle", name=op.f("uq_pieces_cle")),
        sa.UniqueConstraint("dossier_id", "jeton", name=op.f("uq_pieces_dossier_id_jeton")),
        sa.UniqueConstraint("fichier", name=op.f("uq_pieces_fichier")),
    )
    with op.batch_alter_table("pieces", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pieces_dossier_id_type"), ["dossier_id", "type"], unique=False
        )

    op.create_table(
        "recherche_dossiers",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_recherche_dossiers_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_recherche_dossiers")),
    )
    op.create_table(
        "stagiaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column(
            "reponses", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "saisies", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.CheckConstraint("rang BETWEEN 1 AND 30", name=op.f("ck_stagiaires_rang")),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_stagiaires_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stagiaires")),
        sa.UniqueConstraint("cle", name=op.f("uq_stagiaires_cle")),
        sa.UniqueConstraint("dossier_id", "jeton", name=op.f("uq_stagiaires_dossier_id_jeton")),
        sa.UniqueConstraint("dossier_id", "rang", name=op.f("uq_stagiaires_dossier_id_rang")),
    )
    op.create_table(
        "transmissions",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column(
            "contenu", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_transmissions_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_transmissions_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_transmissions")),
    )

    for statement in KEEP_JOURNAL[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("transmissions")
    op.drop_table("stagiaires")
    op.drop_table("recherche_dossiers")
    with op.batch_alter_table("pieces", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pieces_dossier_id_type"))

    op.drop_table("pieces")
    with op.batch_alter_table("modifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_modifications_dossier_id_chemin_revision"))

    op.drop_table("modifications")
    op.drop_table("lignes_cout")
    op.drop_table("habilitations")
    with op.batch_alter_table("demandes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demandes_dossier_id"))

    op.drop_table("demandes")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_utilisateur_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("rattachements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rattachements_organisation_id"))

    op.drop_table("rattachements")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_objet_objet_id_id"))

    op.drop_table("journal")
    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exports_utilisateur_id_demande_le"))
        batch_op.drop_index(batch_op.f("ix_exports_etat_battement_le"))

    op.drop_table("exports")
    with op.batch_alter_table("dossiers", schema=None) as batch_op:
        batch_op.drop_index("ix_dossiers_organisation_tri_intitule")
        batch_op.drop_index("ix_dossiers_organisation_tri_debut")
        batch_op.drop_index("ix_dossiers_organisation_maj_le")
        batch_op.drop_index("ix_dossiers_organisation_demande_cents")
        batch_op.drop_index("ix_dossiers_organisation_accorde_cents")
        batch_op.drop_index("ix_dossiers_etablissement_tri_intitule")
        batch_op.drop_index("ix_dossiers_etablissement_tri_debut")
        batch_op.drop_index("ix_dossiers_etablissement_maj_le")
        batch_op.drop_index("ix_dossiers_etablissement_demande_cents")
        batch_op.drop_index("ix_dossiers_etablissement_accorde_cents")

    op.drop_table("dossiers")
    op.drop_table("organisations")
    with op.batch_alter_table("etablissements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_etablissements_entreprise_id"))

    op.drop_table("etablissements")
    op.drop_table("utilisateurs")
    with op.batch_alter_table("travaux", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_travaux_fini_le_sonne_le"))

    op.drop_table("travaux")
    op.drop_table("entreprises")
    op.drop_table("compteurs")
    op.drop_table("baux")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_is_append_only()")
