"""The program itself behind a real port, in a thread, with the database of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, connections


class Quiet(WSGIRequestHandler):
    """Keeps the test's output clean."""

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def served_app() -> Iterator[str]:
    """Serve the program on a free port of this machine; yield its host.

    It answers with the test's own connection, inside the test's transaction: the test waits for
    each answer, so that never two threads use the connection at the same time. Django closes after
    a request what was not left as it was found, as within a transaction; not here.
    """
    application = get_wsgi_application()

    def answer(environ, start_response):
        connections["default"] = shared
        return application(environ, start_response)

    shared = connection._connections["default"]
    shared.inc_thread_sharing()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    server = make_server("127.0.0.1", 0, answer, handler_class=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        shared.dec_thread_sharing()
