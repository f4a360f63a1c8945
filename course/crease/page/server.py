"""A server extension: what a kernel says is sent at once, and a lesson is not changed by opening it. See jupyter/.

Nobody else on the computer reads what goes to a kernel: it is encrypted. Else each kernel warns in the terminal.

tornado leaves Nagle's algorithm on for WebSockets: a small message then waits until the one before it has been
acknowledged, which costs each move of a slider about 40 ms. JupyterLab writes its kernel's version of Python into every
notebook that says another or none, and then calls it unsaved: a released lesson gets that version when it is read.

    python -m crease.page.server    puts the settings of JupyterLab that are in jupyter/ where Jupyter looks for them
"""

import inspect
import shutil
import sys
from pathlib import Path

import zmq

PYTHON = {"name": "python", "version": sys.version.split()[0], "mimetype": "text/x-python", "file_extension": ".py",
          "codemirror_mode": {"name": "ipython", "version": 3}, "pygments_lexer": "ipython3",
          "nbconvert_exporter": "python"}


def at_once(connection):
    """The class of the connections between kernel and browser, each without that wait."""

    class AtOnce(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return AtOnce


def with_version(get):
    """The function that reads a file, with this Python's version in a notebook that says none."""

    async def read(path, *args, **kw):
        model = get(path, *args, **kw)
        model = await model if inspect.isawaitable(model) else model
        if model["type"] == "notebook" and model["content"]:
            about = model["content"]["metadata"]
            if about.get("language_info") == {"name": "python"}:
                about["language_info"] = PYTHON
        return model

    return read


def _jupyter_server_extension_points():
    return [{"module": "crease.page.server"}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    settings["kernel_websocket_connection_class"] = at_once(settings["kernel_websocket_connection_class"])
    kernels = app.kernel_manager
    if kernels.has_trait("transport_encryption") and "transport_encryption" not in app.config.MappingKernelManager:
        kernels.transport_encryption = "auto" if zmq.has("curve") else "disabled"

    def last():  # once every extension has had its say: one may bring a manager of its own
        manager = settings["contents_manager"]
        manager.get = with_version(manager.get)
    app.io_loop.add_callback(last)


if __name__ == "__main__":
    shutil.copytree(Path(__file__).with_name("jupyter"), sys.prefix, dirs_exist_ok=True)
