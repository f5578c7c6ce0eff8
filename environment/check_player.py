#!/usr/bin/env python3
"""Opens a saved video player in headless Chromium, alone and in the frame of a notebook's output:
it plays without network, and clicks, drags and keys move the video and the time axis together."""

import argparse
import asyncio
import json
import pathlib
import sys

from check_gallery import connected, run

STATE = """JSON.stringify((() => {
  const page = document.querySelector("iframe") ? document.querySelector("iframe").contentDocument : document;
  const video = page.querySelector("video"), axis = page.getElementById("axis");
  const at = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; };
  const frame = document.querySelector("iframe"), [dx, dy] = frame ? at(frame) : [0, 0];
  const [x, y, w, h] = at(axis);
  return { ready: video.readyState, duration: video.duration, time: video.currentTime, seeking: video.seeking,
    paused: video.paused, width: video.videoWidth, error: video.error && video.error.message,
    cursor: parseFloat(axis.querySelector("i").style.left), now: Number(axis.getAttribute("aria-valuenow")),
    end: Number(axis.getAttribute("aria-valuemax")), said: page.getElementById("now").textContent,
    axis: [x + dx, y + dy, w, h], scroll: page.documentElement.scrollHeight - page.defaultView.innerHeight,
    unnamed: [...page.querySelectorAll("button, select, input, [role=slider], video")]
      .filter(e => !(e.labels && e.labels.length) && !e.getAttribute("aria-label") && !e.textContent.trim()).length };
})())"""
SECONDS = 20
LEFT, RIGHT = 62, 12


class Player:
    """The player in the page that is open."""

    def __init__(self, browser):
        self.browser = browser
        self.faults = []

    async def state(self):
        answer = await self.browser.call("Runtime.evaluate", expression=STATE)
        return json.loads(answer["result"]["value"])

    async def until(self, what, reached):
        for _ in range(SECONDS * 10):
            state = await self.state()
            if reached(state):
                return state
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{what}: not reached in {SECONDS} s, {state}")

    async def mouse(self, kind, share, state):
        x, y, width, height = state["axis"]
        await self.browser.call(
            "Input.dispatchMouseEvent", type=kind, button="left", buttons=1, clickCount=1,
            x=x + LEFT + share * (width - LEFT - RIGHT), y=y + height / 2)

    async def key(self, key, text=""):
        for kind in ("keyDown", "keyUp"):
            values = {"text": text} if text and kind == "keyDown" else {}
            await self.browser.call("Input.dispatchKeyEvent", type=kind, key=key, code="Space" if text else key, **values)

    async def check(self):
        state = await self.until("metadata", lambda s: s["ready"] >= 2 and s["width"] > 0)
        end = state["end"]
        if abs(state["duration"] - end) > 0.2:
            self.faults.append(f"the clip lasts {state['duration']} s, its axis {end} s")
        if state["unnamed"]:
            self.faults.append(f"{state['unnamed']} controls have no name")
        first = state["cursor"]
        await self.mouse("mousePressed", 0.5, state)
        await self.mouse("mouseReleased", 0.5, state)
        at = await self.until("click", lambda s: not s["seeking"] and abs(s["time"] - end / 2) < 0.1)
        if not at["cursor"] > first + 50 or abs(at["now"] - at["time"]) > 0.1:
            self.faults.append(f"after a click the axis stands at {at['now']}, the video at {at['time']}")
        await self.mouse("mousePressed", 0.5, state)
        await self.mouse("mouseMoved", 0.75, state)
        await self.mouse("mouseReleased", 0.75, state)
        at = await self.until("drag", lambda s: not s["seeking"] and abs(s["time"] - end * 0.75) < 0.1)
        await self.key("ArrowLeft")
        moved = await self.until("arrow", lambda s: not s["seeking"] and s["now"] < at["now"])
        if not 0 < at["now"] - moved["now"] < 0.2 or not moved["cursor"] < at["cursor"]:
            self.faults.append(f"an arrow moved from {at['now']} to {moved['now']}")
        await self.key("Home")
        await self.until("home", lambda s: not s["seeking"] and s["now"] == 0 and s["cursor"] <= LEFT + 1)
        await self.key("End")
        await self.until("end", lambda s: not s["seeking"] and s["now"] > end - 0.2 and s["time"] > end - 0.2)
        await self.key("Home")
        await self.until("home again", lambda s: not s["seeking"] and s["time"] < 0.1)
        await self.key(" ", " ")
        played = await self.until("play", lambda s: s["time"] > 0.3 and s["now"] > 0.2 and s["cursor"] > first)
        if not played["said"]:
            self.faults.append("nothing is said of the moment")
        await self.key(" ", " ")
        await self.until("pause", lambda s: s["paused"])


async def check(profile, pages):
    browser = await connected(profile)
    await browser.call(
        "Emulation.setDeviceMetricsOverride", width=1000, height=1300, deviceScaleFactor=1, mobile=False)
    bad = 0
    for page in pages:
        faults = await browser.faults(page)
        player = Player(browser)
        try:
            await player.check()
        except RuntimeError as fault:
            player.faults.append(str(fault))
        faults += player.faults
        bad += bool(faults)
        print(page.name, "ok" if not faults else "; ".join(faults[:5]))
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=pathlib.Path, nargs="+", help="saved player, or a page with the frame of one")
    pages = [page.resolve() for page in parser.parse_args().page]
    return run(check, pages)


if __name__ == "__main__":
    sys.exit(main())
