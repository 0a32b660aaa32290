"""The answers to a form: read, judged, explained and written."""
