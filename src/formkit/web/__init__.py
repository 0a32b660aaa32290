"""The pages in a browser: applicants fill a form in themselves. Only this package imports Flask and waitress.

`app` holds the routes and nothing else; `state` is all that is known of a visitor and travels with every page.
"""
