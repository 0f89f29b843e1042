import os

from django.core.wsgi import get_wsgi_application

from danchu.kernel.dumps import refuse_dumps
from danchu.kernel.metrics import announce

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
application = get_wsgi_application()
refuse_dumps()  # choices of households on line are sealed here
announce("web")
