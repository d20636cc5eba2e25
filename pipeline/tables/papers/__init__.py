"""The tables of a PDF: drawn and borderless ones page by page, joined where they go on."""
