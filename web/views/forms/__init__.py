"""The pages with a form that is sent (POST): what it takes is too long for an address. Nothing of it is stored."""

from web.views.forms import batch, check

BLUEPRINTS = (batch.views, check.views)

__all__ = ["BLUEPRINTS"]
