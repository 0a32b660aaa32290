"""The form in the browser while it is being translated: reloaded at every save, each string to be clicked."""
