#!/usr/bin/python3
"""Starts the kernel again and again, and counts how often it computes 1+1."""

import argparse
import statistics
import sys
import time

from jupyter_client.manager import KernelManager


def start_once(kernel, timeout):
    """Returns the seconds until ready and until the first result; raises if anything fails."""
    manager = KernelManager(kernel_name=kernel)
    begin = time.monotonic()
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=timeout)
        ready = time.monotonic() - begin
        results = []

        def collect(message):
            if message["msg_type"] == "execute_result":
                results.append(message["content"]["data"]["text/plain"])

        reply = client.execute_interactive("1+1", timeout=timeout, output_hook=collect)
        if reply["content"]["status"] != "ok" or results != ["2"]:
            raise RuntimeError(f"1+1 gave {results}, status {reply['content']['status']}")
        result = time.monotonic() - begin
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    return ready, result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("starts", type=int, nargs="?", default=20)
    parser.add_argument("--kernel", default="java", metavar="NAME")
    parser.add_argument("--timeout", type=int, default=60, metavar="SECONDS")
    arguments = parser.parse_args()
    ready, results, failures = [], [], []
    for number in range(1, arguments.starts + 1):
        try:
            until_ready, until_result = start_once(arguments.kernel, arguments.timeout)
            ready.append(until_ready)
            results.append(until_result)
        except Exception as error:  # every way to fail counts as a failed start
            failures.append(f"start {number}: {type(error).__name__}: {error}")
            print(failures[-1], flush=True)
    print(f"starts: {len(results)} of {arguments.starts}")
    if results:
        print(
            f"ready after {statistics.median(ready):.2f} s (median), {max(ready):.2f} s (slowest); "
            f"first result after {statistics.median(results):.2f} s (median), "
            f"{max(results):.2f} s (slowest)"
        )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
