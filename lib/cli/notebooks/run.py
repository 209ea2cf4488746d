"""Executes notebooks and fails on the first error of each.

Usage: python run.py [--save] NOTEBOOK...
"""

import asyncio
import sys
from pathlib import Path
from queue import Empty

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbclient.util import ensure_async

# Deno's kernel sends some outputs after it has reported to be idle.
LATE_SECONDS = 0.05


class PatientClient(NotebookClient):
    """Waits a little after the kernel is idle for late outputs."""

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=LATE_SECONDS))
            except (Empty, asyncio.TimeoutError):
                return
            if message["parent_header"].get("msg_id") != parent_msg_id:
                continue
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:
                pass


def run(path: Path, save: bool) -> bool:
    notebook = nbformat.read(path, as_version=4)
    client = PatientClient(
        notebook,
        timeout=None,
        # Timestamps would change the file at every run.
        record_timing=False,
        kernel_name="deno",
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        print(f"{path.name}: failed\n{error}", file=sys.stderr)
        return False
    if save:
        nbformat.write(notebook, path)
    print(f"{path.name}: ok", file=sys.stderr)
    return True


if __name__ == "__main__":
    arguments = sys.argv[1:]
    save = "--save" in arguments
    paths = [Path(argument).resolve() for argument in arguments if argument != "--save"]
    results = [run(path, save) for path in paths]
    sys.exit(0 if all(results) else 1)
