"""Report, gap statement and cover letter, as an office would send them."""
