"""Salariés, imports, lots"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "correspondances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("entete", sa.String(length=100), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_correspondances_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correspondances")),
        sa.UniqueConstraint(
            "organisation_id", "entete", name=op.f("uq_correspondances_organisation_id_entete")
        ),
    )
    op.create_table(
        "lots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["auteur_id"], ["utilisateurs.id"], name=op.f("fk_lots_auteur_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_lots_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lots")),
        sa.UniqueConstraint("cle", name=op.f("uq_lots_cle")),
        sa.UniqueConstraint("reference", name=op.f("uq_lots_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_lots_organisation_id_cree_le", "lots", ["organisation_id", "cree_le"], unique=False
    )
    op.create_table(
        "salaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("etablissement_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reponses", JSON_DOCUMENT, nullable=False),
        sa.Column("saisies", JSON_DOCUMENT, nullable=False),
        sa.Column("nir_chiffre", sa.Text(), nullable=False),
        sa.Column("nir_empreinte", sa.String(length=64), nullable=True),
        sa.Column("parti_le", sa.Date(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("maj_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.String(length=250), nullable=False),
        sa.Column(
            "tri_nom",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("naissance", sa.Date(), nullable=False),
        sa.Column("matricule", sa.String(length=30), nullable=False),
        sa.Column("identite", sa.String(length=250), nullable=False),
        sa.Column("homonyme", sa.Integer(), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["auteur_id"], ["utilisateurs.id"], name=op.f("fk_salaries_auteur_id")
        ),
        sa.ForeignKeyConstraint(
            ["etablissement_id"], ["etablissements.id"], name=op.f("fk_salaries_etablissement_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_salaries_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salaries")),
        sa.UniqueConstraint("cle", name=op.f("uq_salaries_cle")),
        sa.UniqueConstraint("jeton", name=op.f("uq_salaries_jeton")),
        sa.UniqueConstraint(
            "organisation_id",
            "identite",
            "homonyme",
            name=op.f("uq_salaries_organisation_id_identite_homonyme"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_salaries_etablissement_id_tri_nom_id",
        "salaries",
        ["etablissement_id", "tri_nom", "id"],
        unique=False,
    )
    op.create_index(
        "ix_salaries_organisation_id_matricule",
        "salaries",
        ["organisation_id", "matricule"],
        unique=False,
    )
    op.create_index(
        "ix_salaries_organisation_id_nir_empreinte",
        "salaries",
        ["organisation_id", "nir_empreinte"],
        unique=True,
    )
    op.create_index(
        "ix_salaries_organisation_id_tri_nom_id",
        "salaries",
        ["organisation_id", "tri_nom", "id"],
        unique=False,
    )
    op.create_table(
        "en_attente",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("reponses", JSON_DOCUMENT, nullable=False),
        sa.Column("saisies", JSON_DOCUMENT, nullable=False),
        sa.Column("salarie_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_en_attente_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["salarie_id"],
            ["salaries.id"],
            name=op.f("fk_en_attente_salarie_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_en_attente")),
        sa.UniqueConstraint("cle", name=op.f("uq_en_attente_cle")),
        sa.UniqueConstraint("dossier_id", "jeton", name=op.f("uq_en_attente_dossier_id_jeton")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=12), nullable=False),
        sa.Column("jeton", sa.String(length=32), nullable=False),
        sa.Column("utilisateur_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column(
            "etat",
            sa.Enum(
                "EN_LECTURE",
                "A_RELIER",
                "A_VERIFIER",
                "EN_COURS",
                "FAIT",
                "ECHEC",
                "EXPIRE",
                name="etatimport",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("nom", sa.String(length=150), nullable=False),
        sa.Column("fichier", sa.String(length=80), nullable=False),
        sa.Column("lecture", sa.String(length=80), nullable=False),
        sa.Column("corrige", sa.String(length=80), nullable=False),
        sa.Column("plan", JSON_DOCUMENT, nullable=False),
        sa.Column("bilan", JSON_DOCUMENT, nullable=False),
        sa.Column("course", sa.String(length=12), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("lignes_total", sa.Integer(), nullable=False),
        sa.Column("lignes_faites", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("battement_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_imports_dossier_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_imports_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["utilisateur_id"],
            ["utilisateurs.id"],
            name=op.f("fk_imports_utilisateur_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("cle", name=op.f("uq_imports_cle")),
        sa.UniqueConstraint("jeton", name=op.f("uq_imports_jeton")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_dossier_id", "imports", ["dossier_id"], unique=False)
    op.create_index(
        "ix_imports_etat_battement_le", "imports", ["etat", "battement_le"], unique=False
    )
    op.create_index(
        "ix_imports_utilisateur_id_demande_le",
        "imports",
        ["utilisateur_id", "demande_le"],
        unique=False,
    )
    op.create_table(
        "repartitions",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("parties", sa.Integer(), nullable=False),
        sa.Column("deplacements", JSON_DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossiers.id"],
            name=op.f("fk_repartitions_dossier_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_repartitions")),
    )

    # SQLite rebuilds the table: what it is asked for at its creation must be said again.
    with op.batch_alter_table("dossiers", table_kwargs={"sqlite_autoincrement": True}) as dossiers:
        dossiers.add_column(sa.Column("lot_id", sa.Integer(), nullable=True))
        dossiers.add_column(sa.Column("part", sa.Integer(), nullable=True))
        dossiers.add_column(sa.Column("copie_de_id", sa.Integer(), nullable=True))
        dossiers.create_foreign_key(op.f("fk_dossiers_lot_id"), "lots", ["lot_id"], ["id"])
        dossiers.create_foreign_key(
            op.f("fk_dossiers_copie_de_id"),
            "dossiers",
            ["copie_de_id"],
            ["id"],
            ondelete="SET NULL",
        )
        dossiers.create_index("ix_dossiers_lot_id_part", ["lot_id", "part"], unique=True)
    with op.batch_alter_table("stagiaires") as stagiaires:
        stagiaires.add_column(sa.Column("salarie_id", sa.Integer(), nullable=True))
        stagiaires.create_foreign_key(
            op.f("fk_stagiaires_salarie_id"),
            "salaries",
            ["salarie_id"],
            ["id"],
            ondelete="SET NULL",
        )
        stagiaires.create_index(
            "ix_stagiaires_dossier_id_salarie_id", ["dossier_id", "salarie_id"], unique=True
        )
    with op.batch_alter_table("pieces") as pieces:
        pieces.drop_constraint("uq_pieces_fichier", type_="unique")
        pieces.create_index("ix_pieces_fichier", ["fichier"])
    op.add_column("modifications", sa.Column("formulaire", sa.String(length=32), nullable=True))
    op.add_column("modifications", sa.Column("frappe", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("modifications") as modifications:
        modifications.drop_column("frappe")
        modifications.drop_column("formulaire")
    with op.batch_alter_table("pieces") as pieces:
        pieces.drop_index("ix_pieces_fichier")
        pieces.create_unique_constraint("uq_pieces_fichier", ["fichier"])
    with op.batch_alter_table("stagiaires") as stagiaires:
        stagiaires.drop_index("ix_stagiaires_dossier_id_salarie_id")
        stagiaires.drop_constraint("fk_stagiaires_salarie_id", type_="foreignkey")
        stagiaires.drop_column("salarie_id")
    with op.batch_alter_table("dossiers", table_kwargs={"sqlite_autoincrement": True}) as dossiers:
        dossiers.drop_index("ix_dossiers_lot_id_part")
        dossiers.drop_constraint("fk_dossiers_copie_de_id", type_="foreignkey")
        dossiers.drop_constraint("fk_dossiers_lot_id", type_="foreignkey")
        for column in ("copie_de_id", "part", "lot_id"):
            dossiers.drop_column(column)
    for table in ("repartitions", "imports", "en_attente", "salaries", "lots", "correspondances"):
        op.drop_table(table)
