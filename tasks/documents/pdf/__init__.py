"""PDF: its running text, and its tables where drawn lines leave no doubt about the cells."""
