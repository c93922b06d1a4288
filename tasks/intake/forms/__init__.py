"""Forms: sheets and tables into figures, whoever laid them out."""
