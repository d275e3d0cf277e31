"""What is known beside the text: date, authors, language, kind of page."""
