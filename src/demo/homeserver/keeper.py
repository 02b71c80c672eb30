"""Runs Synapse in this process, and ends it when standard input closes.

The program that starts this keeps the other end of the pipe open for as long as it lives, so
Synapse never outlives it, not even when it is killed without warning.
"""

import os
import runpy
import signal
import sys
import threading
import time

# How long Synapse may take to finish what it is doing, in seconds.
PATIENCE = 10


def end_with_parent():
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = ["synapse", "--config-path", sys.argv[1]]
runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)
