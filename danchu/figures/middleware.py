"""A page that only reads is one reading: each sum once, one version of the maps."""

from danchu.figures.sums import one_reading


def reading_middleware(get_response):
    def answer(request):
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with one_reading():
            return get_response(request)

    return answer
