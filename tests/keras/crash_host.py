"""A process that has imported TensorFlow once, and forks a child for each command that is to die or to fail.

Each line of its input is a command as JSON, each line of its output how that ended. Run as a script.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from netwright.cli import main
from tests.faults import fail_at, kill_at, watch


def run(command: dict[str, Any]) -> dict[str, Any]:
    """Run `netwright` with arguments in a child, with the faults that the command asks for."""
    # Not a file, whose size would be limited too.
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        sys.stdout = sys.stderr = os.fdopen(writing, "w")
        os._exit(work(command))
    os.close(writing)
    if "kill_after" in command:
        time.sleep(command["kill_after"])
        os.kill(child, command.get("signal", signal.SIGKILL))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reading) as said:
        return {"code": code, "seconds": time.perf_counter() - began, "said": said.read()}


def work(command: dict[str, Any]) -> int:
    """What the child does."""
    for name, act in (("kill_at", kill_at), ("fail_at", lambda moment: fail_at(moment, command["error"]))):
        if name in command:
            deeds = watch(Path(command["below"]), act(command[name]))
    if "largest" in command:
        resource.setrlimit(resource.RLIMIT_FSIZE, (command["largest"], command["largest"]))
    code = main(command["words"])
    sys.stdout.flush()
    if "fail_at" in command and len(deeds) < command["fail_at"]:
        return UNREACHED
    return code


UNREACHED = 99

if __name__ == "__main__":
    # Imported, but not started: what it starts are threads, and a child has none of its parent's.
    import keras  # noqa: F401 - loaded once, for all that are forked
    import tensorflow as tf  # noqa: F401 - the same

    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(json.loads(line))) + "\n")
        sys.stdout.flush()
