"""The last act is remembered apart from the chain, which does not show that its end was cut off."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the one-row table, with the last act there is now."""
    op.create_table(
        "act_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_head")),
    )
    op.execute("INSERT INTO act_head (id, act, hash) SELECT 1, id, hash FROM act ORDER BY id DESC LIMIT 1")
