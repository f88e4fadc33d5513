"""Accounts and accesses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from monespace.db import new_key
from monespace.recherche import normalise

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SORT_KEYS = ("maj_le", "tri_intitule", "tri_debut", "demande_cents", "accorde_cents")
JSON_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "compteurs_essais",
        sa.Column("nom", sa.String(length=120), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nom", name=op.f("pk_compteurs_essais")),
    )
    with op.batch_alter_table("compteurs_essais", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compteurs_essais_depuis"), ["depuis"], unique=False)

    op.create_table(
        "courriels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("destinataire", sa.String(length=254), nullable=False),
        sa.Column("sujet", sa.String(length=200), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("pas_avant", sa.DateTime(timezone=True), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandonne_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courriels")),
        sa.UniqueConstraint("cle", name=op.f("uq_courriels_cle")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("courriels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_courriels_cree_le"), ["cree_le"], unique=False)
        batch_op.create_index(batch_op.f("ix_courriels_envoye_le"), ["envoye_le"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("numero", sa.String(length=20), nullable=False),
        sa.Column(
            "sujet",
            sa.Enum(
                "code",
                "acces",
                "compte",
                "dossier",
                "autre",
                name="sujet",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("siren", sa.String(length=9), nullable=False),
        sa.Column("profil", sa.String(length=20), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_messages_utilisateur_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("cle", name=op.f("uq_messages_cle")),
        sa.UniqueConstraint("jeton", name=op.f("uq_messages_jeton")),
        sa.UniqueConstraint("numero", name=op.f("uq_messages_numero")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_messages_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "tirages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remis_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tirages")),
        sa.UniqueConstraint("cle", name=op.f("uq_tirages_cle")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "codes_secours",
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_codes_secours_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("empreinte", name=op.f("pk_codes_secours")),
    )
    with op.batch_alter_table("codes_secours", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_codes_secours_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "formulaires_gardes",
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("contenu_scelle", sa.Text(), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_formulaires_gardes_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cle", name=op.f("pk_formulaires_gardes")),
    )
    with op.batch_alter_table("formulaires_gardes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_formulaires_gardes_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "liens",
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column(
            "but",
            sa.Enum(
                "confirmer", "mot de passe", "adresse", name="but", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_liens_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cle", name=op.f("pk_liens")),
    )
    with op.batch_alter_table("liens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_liens_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "portefeuilles",
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("entreprise_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entreprise_id"], ["entreprises.id"], name=op.f("fk_portefeuilles_entreprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_portefeuilles_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("utilisateur_id", "entreprise_id", name=op.f("pk_portefeuilles")),
    )
    with op.batch_alter_table("portefeuilles", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_portefeuilles_entreprise_id"), ["entreprise_id"], unique=False
        )

    op.create_table(
        "codes_activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=200), nullable=False),
        sa.Column("emis_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recu_le", sa.Date(), nullable=False),
        sa.Column("reception_constatee", sa.Boolean(), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoque_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoque_par", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_codes_activation_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes_activation")),
        sa.UniqueConstraint("cle", name=op.f("uq_codes_activation_cle")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("codes_activation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_codes_activation_en_vigueur",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("revoque_le IS NULL"),
            postgresql_where=sa.text("revoque_le IS NULL"),
        )

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column(
            "origine",
            sa.Enum(
                "administrateur",
                "code",
                "invitation",
                "prédésignation",
                name="origine",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("administrateur", sa.Boolean(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("droits", JSON_DOCUMENT, nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "en attente",
                "acceptée",
                "annulée",
                name="etatinvitation",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("auteur", sa.String(length=200), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acceptee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("utilisateur_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_invitations_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_invitations_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"], ["utilisateurs.id"], name=op.f("fk_invitations_utilisateur_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("cle", name=op.f("uq_invitations_cle")),
        sa.UniqueConstraint(
            "organisation_id", "jeton", name=op.f("uq_invitations_organisation_id_jeton")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_courriel"), ["courriel"], unique=False)
        batch_op.create_index(
            "ix_invitations_en_attente",
            ["organisation_id", "courriel"],
            unique=True,
            sqlite_where=sa.text("etat = 'en attente'"),
            postgresql_where=sa.text("etat = 'en attente'"),
        )

    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("titre", sa.String(length=200), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("lien", sa.String(length=200), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("a_resumer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_notifications_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_notifications_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("cle", name=op.f("uq_notifications_cle")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notifications_a_resumer_utilisateur_id"),
            ["a_resumer", "utilisateur_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_notifications_non_lues",
            ["utilisateur_id"],
            unique=False,
            sqlite_where=sa.text("lue_le IS NULL"),
            postgresql_where=sa.text("lue_le IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_notifications_utilisateur_id_id"), ["utilisateur_id", "id"], unique=False
        )

    op.create_table(
        "courriers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_par", sa.String(length=200), nullable=False),
        sa.Column("tirage_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("destinataire", JSON_DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes_activation.id"], name=op.f("fk_courriers_code_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_courriers_organisation_id")
        ),
        sa.ForeignKeyConstraint(["tirage_id"], ["tirages.id"], name=op.f("fk_courriers_tirage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courriers")),
        sa.UniqueConstraint("cle", name=op.f("uq_courriers_cle")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("courriers", schema=None) as batch_op:
        batch_op.create_index(
            "ix_courriers_demande",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text("tirage_id IS NULL"),
            postgresql_where=sa.text("tirage_id IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_courriers_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_courriers_tirage_id"), ["tirage_id"], unique=False)

    op.create_table(
        "demandes_acces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("rattachement_id", sa.Integer(), nullable=False),
        sa.Column(
            "genre",
            sa.Enum(
                "rattachement",
                "habilitation",
                "administration",
                name="genredemande",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("droits", JSON_DOCUMENT, nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "à traiter",
                "approuvée",
                "refusée",
                "retirée",
                name="etatdemande",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("relances", sa.Integer(), nullable=False),
        sa.Column("decideur_id", sa.Integer(), nullable=True),
        sa.Column("decideur", sa.String(length=200), nullable=False),
        sa.Column("decide_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("avant", JSON_DOCUMENT, nullable=False),
        sa.CheckConstraint(
            "decideur_id <> utilisateur_id", name=op.f("ck_demandes_acces_nul_ne_decide_pour_soi")
        ),
        sa.ForeignKeyConstraint(
            ["decideur_id"], ["utilisateurs.id"], name=op.f("fk_demandes_acces_decideur_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_demandes_acces_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["rattachement_id"],
            ["rattachements.id"],
            name=op.f("fk_demandes_acces_rattachement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_demandes_acces_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demandes_acces")),
        sa.UniqueConstraint("cle", name=op.f("uq_demandes_acces_cle")),
        sa.UniqueConstraint(
            "utilisateur_id", "jeton", name=op.f("uq_demandes_acces_utilisateur_id_jeton")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("demandes_acces", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_demandes_acces_organisation_id_etat_cree_le_id"),
            ["organisation_id", "etat", "cree_le", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_demandes_acces_ouverte",
            ["rattachement_id"],
            unique=True,
            sqlite_where=sa.text("etat = 'à traiter'"),
            postgresql_where=sa.text("etat = 'à traiter'"),
        )
        batch_op.create_index(
            batch_op.f("ix_demandes_acces_utilisateur_id"), ["utilisateur_id"], unique=False
        )

    op.create_table(
        "usages_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("auteur", sa.String(length=200), nullable=False),
        sa.Column("instant", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "pour",
            sa.Enum(
                "administrer", "valider une demande", name="usagepour", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes_activation.id"], name=op.f("fk_usages_codes_code_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_usages_codes_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usages_codes")),
    )
    with op.batch_alter_table("usages_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_usages_codes_code_id"), ["code_id"], unique=False)

    with op.batch_alter_table("entreprises", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("sirene_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("recherche", sa.String(length=250), nullable=False, server_default="")
        )
    _index_names()

    with op.batch_alter_table("etablissements", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("complement", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("actif", sa.Boolean(), nullable=False, server_default=sa.true())
        )

    with op.batch_alter_table("habilitations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "origine",
                sa.Enum(
                    "administrateur",
                    "code",
                    "invitation",
                    "prédésignation",
                    name="origine",
                    native_enum=False,
                    length=30,
                ),
                nullable=False,
                server_default="administrateur",
            )
        )
        batch_op.add_column(
            sa.Column("accorde_par", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("accorde_le", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("listing", sa.String(length=20), nullable=False, server_default="dossiers")
        )

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("code_a_approuver", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    op.add_column("rattachements", sa.Column("cle", sa.String(length=12), nullable=True))
    _give_keys()
    with op.batch_alter_table("rattachements", schema=None) as batch_op:
        batch_op.alter_column("cle", existing_type=sa.String(length=12), nullable=False)
        batch_op.add_column(
            sa.Column(
                "origine",
                sa.Enum(
                    "administrateur",
                    "code",
                    "invitation",
                    "prédésignation",
                    name="origine",
                    native_enum=False,
                    length=30,
                ),
                nullable=False,
                server_default="administrateur",
            )
        )
        batch_op.add_column(
            sa.Column("accorde_par", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("accorde_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_rattachements_cle"), ["cle"])

    # Everybody signs in again: nothing tells when these people proved who they are.
    op.execute("DELETE FROM sessions")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cle", sa.String(length=12), nullable=False))
        batch_op.add_column(
            sa.Column("verifiee", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("prouvee_le", sa.DateTime(timezone=True), nullable=False))
        batch_op.add_column(
            sa.Column("appareil", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("fermee_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_sessions_cle"), ["cle"])

    with op.batch_alter_table("utilisateurs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirme_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("connecte_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "courriels",
                sa.Enum(
                    "immédiat", "quotidien", "aucun", name="courriels", native_enum=False, length=30
                ),
                nullable=False,
                server_default="immédiat",
            )
        )
        batch_op.add_column(sa.Column("totp_scelle", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("totp_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("totp_pas", sa.Integer(), nullable=False, server_default="0"))
        # Tries are counted in compteurs_essais.
        batch_op.drop_column("bloque_jusqu_a")
        batch_op.drop_column("echecs")
    # Addresses that were typed by whoever made these accounts are taken as proved.
    op.execute("UPDATE utilisateurs SET confirme_le = cree_le")
    op.create_index("ix_journal_organisation_id_id", "journal", ["organisation_id", "id"])
    op.create_index(
        "ix_dossiers_organisation_id_statut_etablissement_id",
        "dossiers",
        ["organisation_id", "statut", "etablissement_id"],
    )
    for key in SORT_KEYS:
        op.drop_index(f"ix_dossiers_etablissement_{key}", "dossiers")
        op.create_index(
            f"ix_dossiers_etablissement_{key}",
            "dossiers",
            ["organisation_id", "etablissement_id", key, "id"],
        )
    op.create_index(
        "ix_journal_organisation_id_objet_id", "journal", ["organisation_id", "objet", "id"]
    )


def _give_keys() -> None:
    rattachements = sa.table("rattachements", sa.column("id"), sa.column("cle"))
    link = op.get_bind()
    for (row_id,) in link.execute(sa.select(rattachements.c.id)).all():
        link.execute(
            rattachements.update().where(rattachements.c.id == row_id).values(cle=new_key())
        )


def _index_names() -> None:
    companies = sa.table(
        "entreprises", sa.column("id"), sa.column("raison_sociale"), sa.column("recherche")
    )
    link = op.get_bind()
    for row_id, name in link.execute(sa.select(companies.c.id, companies.c.raison_sociale)).all():
        link.execute(
            companies.update()
            .where(companies.c.id == row_id)
            .values(recherche=normalise(name)[:250])
        )


def downgrade() -> None:
    op.drop_index("ix_dossiers_organisation_id_statut_etablissement_id", "dossiers")
    for key in SORT_KEYS:
        op.drop_index(f"ix_dossiers_etablissement_{key}", "dossiers")
        op.create_index(
            f"ix_dossiers_etablissement_{key}", "dossiers", ["etablissement_id", key, "id"]
        )
    op.drop_index("ix_journal_organisation_id_objet_id", "journal")
    op.drop_index("ix_journal_organisation_id_id", "journal")
    with op.batch_alter_table("utilisateurs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("echecs", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("bloque_jusqu_a", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column("totp_pas")
        batch_op.drop_column("totp_le")
        batch_op.drop_column("totp_scelle")
        batch_op.drop_column("courriels")
        batch_op.drop_column("connecte_le")
        batch_op.drop_column("confirme_le")

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_sessions_cle"), type_="unique")
        batch_op.drop_column("fermee_le")
        batch_op.drop_column("appareil")
        batch_op.drop_column("prouvee_le")
        batch_op.drop_column("verifiee")
        batch_op.drop_column("cle")

    with op.batch_alter_table("rattachements", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_rattachements_cle"), type_="unique")
        batch_op.drop_column("accorde_le")
        batch_op.drop_column("accorde_par")
        batch_op.drop_column("origine")
        batch_op.drop_column("cle")

    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_column("code_a_approuver")

    with op.batch_alter_table("exports", schema=None) as batch_op:
        batch_op.drop_column("listing")

    with op.batch_alter_table("habilitations", schema=None) as batch_op:
        batch_op.drop_column("accorde_le")
        batch_op.drop_column("accorde_par")
        batch_op.drop_column("origine")

    with op.batch_alter_table("etablissements", schema=None) as batch_op:
        batch_op.drop_column("actif")
        batch_op.drop_column("complement")

    with op.batch_alter_table("entreprises", schema=None) as batch_op:
        batch_op.drop_column("recherche")
        batch_op.drop_column("sirene_le")
        batch_op.drop_column("active")

    with op.batch_alter_table("usages_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_usages_codes_code_id"))

    op.drop_table("usages_codes")
    with op.batch_alter_table("demandes_acces", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demandes_acces_utilisateur_id"))
        batch_op.drop_index(
            "ix_demandes_acces_ouverte",
            sqlite_where=sa.text("etat = 'à traiter'"),
            postgresql_where=sa.text("etat = 'à traiter'"),
        )
        batch_op.drop_index(batch_op.f("ix_demandes_acces_organisation_id_etat_cree_le_id"))

    op.drop_table("demandes_acces")
    with op.batch_alter_table("courriers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_courriers_tirage_id"))
        batch_op.drop_index(batch_op.f("ix_courriers_organisation_id"))
        batch_op.drop_index(
            "ix_courriers_demande",
            sqlite_where=sa.text("tirage_id IS NULL"),
            postgresql_where=sa.text("tirage_id IS NULL"),
        )

    op.drop_table("courriers")
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notifications_utilisateur_id_id"))
        batch_op.drop_index(
            "ix_notifications_non_lues",
            sqlite_where=sa.text("lue_le IS NULL"),
            postgresql_where=sa.text("lue_le IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_notifications_a_resumer_utilisateur_id"))

    op.drop_table("notifications")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invitations_en_attente",
            sqlite_where=sa.text("etat = 'en attente'"),
            postgresql_where=sa.text("etat = 'en attente'"),
        )
        batch_op.drop_index(batch_op.f("ix_invitations_courriel"))

    op.drop_table("invitations")
    with op.batch_alter_table("codes_activation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_codes_activation_en_vigueur",
            sqlite_where=sa.text("revoque_le IS NULL"),
            postgresql_where=sa.text("revoque_le IS NULL"),
        )

    op.drop_table("codes_activation")
    with op.batch_alter_table("portefeuilles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portefeuilles_entreprise_id"))

    op.drop_table("portefeuilles")
    with op.batch_alter_table("liens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_liens_utilisateur_id"))

    op.drop_table("liens")
    with op.batch_alter_table("formulaires_gardes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_formulaires_gardes_utilisateur_id"))

    op.drop_table("formulaires_gardes")
    with op.batch_alter_table("codes_secours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_codes_secours_utilisateur_id"))

    op.drop_table("codes_secours")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_messages_utilisateur_id"))

    op.drop_table("messages")
    op.drop_table("tirages")
    with op.batch_alter_table("courriels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_courriels_envoye_le"))
        batch_op.drop_index(batch_op.f("ix_courriels_cree_le"))

    op.drop_table("courriels")
    with op.batch_alter_table("compteurs_essais", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compteurs_essais_depuis"))

    op.drop_table("compteurs_essais")
