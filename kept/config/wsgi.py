"""The program as a web server starts it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kept.config.proxies import believing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
application = believing(get_wsgi_application(), proxies=settings.PROXY_ADDRESSES)
