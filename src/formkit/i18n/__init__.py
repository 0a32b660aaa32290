"""Languages and catalogues: German texts out to translators, translations back in."""
