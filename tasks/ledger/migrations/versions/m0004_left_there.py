"""What lies at a source and could not be taken is remembered, so that it shows until it is settled."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; nothing is known to have been left until the next visit."""
    op.add_column("cursor", sa.Column("left_there", sa.JSON(), nullable=True))
