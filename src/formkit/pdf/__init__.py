"""All knowledge of PDF: names, rectangles, text, fonts and values; nothing of forms, languages or YAML."""
