"""``/api/v1/licences``: who holds which licence, for platforms, authorities and the public.

``operations`` declares what can be asked; the routes, the OpenAPI document and the page for readers
are made from it.
"""
