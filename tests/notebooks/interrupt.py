"""Executes cells in Deno's kernel, interrupts some of them, and prints their outputs.

Usage: python interrupt.py FOLDER < CELLS
CELLS is a list of {"code": …, "interrupt": …} in JSON; a cell is interrupted when it has shown "interrupt" outputs, if
that is not 0. Prints for each cell its texts, its error if it failed, and whether the kernel lives.
"""

import json
import sys
import time
from queue import Empty

from jupyter_client.manager import start_new_kernel

SECONDS = 90

# Deno's kernel sends some outputs only after reporting idle.
LATE_SECONDS = 0.2


def execute(manager, client, code: str, interrupt: int) -> dict:
    texts: list[str] = []
    error = None
    message_id = client.execute(code)
    end = time.monotonic() + SECONDS
    idle = False
    while time.monotonic() < end and manager.is_alive():
        try:
            message = client.get_iopub_msg(timeout=LATE_SECONDS)
        except Empty:
            if idle:
                return {"texts": texts, "error": error, "alive": manager.is_alive()}
            continue
        if message["parent_header"].get("msg_id") != message_id:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            idle = True
        elif kind == "stream":
            texts.append(content["text"].strip())
        elif kind in ("display_data", "update_display_data", "execute_result"):
            texts.append(content["data"].get("text/plain", ""))
        elif kind == "error":
            error = f"{content['ename']}: {content['evalue']}"
        if interrupt and len(texts) >= interrupt:
            manager.interrupt_kernel()
            interrupt = 0
    return {"texts": texts, "error": error or "no end", "alive": manager.is_alive()}


def main() -> None:
    manager, client = start_new_kernel(kernel_name="deno", cwd=sys.argv[1])
    try:
        cells = json.load(sys.stdin)
        print(json.dumps([execute(manager, client, cell["code"], cell["interrupt"]) for cell in cells]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    main()
