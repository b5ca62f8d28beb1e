"""PDF files: lines and ruled tables out of what is drawn."""
