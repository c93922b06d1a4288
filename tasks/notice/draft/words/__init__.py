"""What a notice says, before anyone says what it asks: its parts, its days, who acts, what is handed in."""
