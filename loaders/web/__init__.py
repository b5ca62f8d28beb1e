"""Web pages: the frame told from the text, lines and tables out of the markup."""
