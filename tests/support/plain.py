"""A Chromium that nobody looks into: Playwright has it keep what each page fetched, tens of megabytes in the page's own
process. What the memory of a page is measured by; a `Page` has as much of Playwright's as litelab.py needs."""

import asyncio
import json
import subprocess
import tempfile
import time
from contextlib import contextmanager

from tornado.websocket import websocket_connect

from browser import CHROMIUM, FLAGS


class Page:
    """A page, or all of a Chromium, over its debugging protocol, of which nothing but evaluation is in use."""

    def __init__(self, loop, address):
        async def opened():
            return await websocket_connect(address, max_message_size=2**28)
        self.loop, self.line, self.count = loop, loop.run_until_complete(opened()), 0

    def send(self, method, **params):
        """A command of the protocol -> its result."""
        async def answered():
            self.count += 1
            await self.line.write_message(json.dumps({"id": self.count, "method": method, "params": params}))
            while (answer := json.loads(await self.line.read_message())).get("id") != self.count:
                pass
            return answer
        answer = self.loop.run_until_complete(answered())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]

    def goto(self, address):
        self.send("Page.navigate", url=address)

    def evaluate(self, function, arg=None):
        """What a function of JavaScript gives, of one argument."""
        code = f"({function})({json.dumps(arg)})"
        found = self.send("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"].get("exception", {}).get("description", "JavaScript failed"))
        return found["result"].get("value")

    def wait_for_function(self, function, arg=None, timeout=30_000, polling=100):
        """Wait until a function of JavaScript gives something that is true."""
        end = time.monotonic() + timeout / 1000
        while not self.evaluate(function, arg):
            if time.monotonic() > end:
                raise TimeoutError(function)
            time.sleep(polling / 1000)

    def wait_for_timeout(self, milliseconds):
        time.sleep(milliseconds / 1000)


class Browser(Page):
    """A Chromium."""

    def __init__(self, loop, address):
        super().__init__(loop, address)
        self.pages = f"{address.partition('/devtools')[0]}/devtools/page"

    def new_page(self):
        """Another page, in front and in a process of its own; those that were open are closed."""
        old = [t["targetId"] for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page"]
        new = self.send("Target.createTarget", url="about:blank")["targetId"]
        for target in old:
            self.send("Target.closeTarget", targetId=target)
        page = Page(self.loop, f"{self.pages}/{new}")
        page.send("Emulation.setFocusEmulationEnabled", enabled=True)
        return page


@contextmanager
def plain(width, height):
    """A fresh Chromium."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        chrome = subprocess.Popen(
            [CHROMIUM, "--headless", *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}",
             f"--window-size={width},{height}", "about:blank"], stderr=subprocess.PIPE, text=True)
        loop = asyncio.new_event_loop()
        try:
            yield Browser(loop, next(line.split()[-1] for line in chrome.stderr if "DevTools listening on" in line))
        finally:
            chrome.terminate()
            chrome.wait(20)
            loop.close()
