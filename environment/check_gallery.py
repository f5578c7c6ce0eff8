#!/usr/bin/env python3
"""Opens every page of the gallery in headless Chromium: no error in the console, no request to
the outside, every picture loaded and with a text for those who do not see it."""

import asyncio
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from tornado.websocket import websocket_connect

GALLERY = pathlib.Path(__file__).resolve().parent.parent / "build" / "gallery"
PICTURES = """JSON.stringify([...document.images].filter(i => !i.complete || !i.naturalWidth || !i.alt)
    .map(i => [(i.alt || i.src).slice(0, 80), i.complete && i.naturalWidth > 0]))"""
QUIET_SECONDS = 1.5
START_SECONDS = 60


class Browser:
    """One tab, by the DevTools protocol."""

    def __init__(self, socket):
        self.socket = socket
        self.number = 0
        self.session = None
        self.events = []

    async def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        await self.socket.write_message(json.dumps(message))
        while True:
            answer = json.loads(await self.socket.read_message())
            if answer.get("id") == self.number:
                return answer.get("result", {})
            self.events.append(answer)

    async def open(self):
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.call(domain + ".enable")

    async def faults(self, page):
        self.events = []
        await self.call("Page.navigate", url=page.as_uri())
        end = time.monotonic() + 60
        while time.monotonic() < end:
            await asyncio.sleep(QUIET_SECONDS)
            state = await self.call("Runtime.evaluate", expression="document.readyState")
            if state["result"]["value"] == "complete":
                break
        found = await self.call("Runtime.evaluate", expression=PICTURES)
        faults = [
            f"picture '{name}' " + ("has no alt text" if loaded else "did not load")
            for name, loaded in json.loads(found["result"]["value"])
        ]
        for event in self.events:
            method, values = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                faults.append("exception: " + values["exceptionDetails"].get("text", ""))
            elif method == "Log.entryAdded" and values["entry"]["level"] == "error":
                faults.append("console: " + values["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                url = values["request"]["url"]
                if not url.startswith(("file:", "data:", "blob:", "about:")):
                    faults.append("request to the outside: " + url[:120])
        return faults


def chromium():
    """A function that starts Chromium with a folder for its profile; None if there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return program and (lambda profile: subprocess.Popen(
        [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
         f"--user-data-dir={profile}", "--disable-background-networking", "--no-first-run", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ))


async def connected(profile):
    """The tab of the Chromium that has this profile."""
    port_file = pathlib.Path(profile) / "DevToolsActivePort"
    end = time.monotonic() + START_SECONDS
    while not port_file.exists():
        if time.monotonic() > end:
            raise RuntimeError(f"Chromium did not start within {START_SECONDS} seconds")
        await asyncio.sleep(0.2)
    port, path = port_file.read_text().split()[:2]
    browser = Browser(await websocket_connect(f"ws://127.0.0.1:{port}{path}", max_message_size=1 << 30))
    await browser.open()
    return browser


async def check(profile, pages):
    browser = await connected(profile)
    bad = 0
    for page in pages:
        faults = await browser.faults(page)
        bad += bool(faults)
        print(page.name, "ok" if not faults else "; ".join(faults[:5]))
    return bad


def run(check, pages):
    """Opens Chromium for a check of pages; returns the exit code."""
    start = chromium()
    if not start:
        print("NOT RUN: there is no Chromium here (Debian package chromium)", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory() as profile:
        process = start(profile)
        try:
            return 1 if asyncio.run(check(profile, pages)) else 0
        finally:
            process.terminate()
            process.wait()


def main():
    pages = sorted(GALLERY.glob("*.html"))
    if not pages:
        print("there is no gallery; environment/gallery.sh writes it", file=sys.stderr)
        return 1
    return run(check, pages)


if __name__ == "__main__":
    sys.exit(main())
