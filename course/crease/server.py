"""A server extension: what a kernel says is sent at once. `make setup` puts server.json where it is loaded from.

tornado leaves Nagle's algorithm on for WebSockets: a small message then waits until the one before it has been
acknowledged, which costs each move of a slider about 40 ms.
"""


def at_once(connection):
    """The class of the connections between kernel and browser, each without that wait."""

    class AtOnce(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return AtOnce


def _jupyter_server_extension_points():
    return [{"module": "crease.server"}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    settings["kernel_websocket_connection_class"] = at_once(settings["kernel_websocket_connection_class"])
