"""One letter may speak for several reminders: of several units, due moments or campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of parts; a letter without any speaks for itself."""
    op.create_table(
        "letter_part",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("obligations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"], name=op.f("fk_letter_part_letter")),
        sa.PrimaryKeyConstraint("letter", "campaign", "unit", "occasion", name=op.f("pk_letter_part")),
    )
    op.create_index(op.f("ix_letter_part_campaign_unit"), "letter_part", ["campaign", "unit"], unique=False)
