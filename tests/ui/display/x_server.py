"""An X server nobody looks at, with a window manager where one is wanted."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest


@contextmanager
def x_server(size: str = "1920x1080x24") -> Iterator[str]:
    """Its name; its process ends with the block."""
    if shutil.which("Xvfb") is None:
        pytest.skip("no Xvfb here")
    ready, writes = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", size],
        pass_fds=(writes,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writes)
    try:
        yield f":{os.read(ready, 16).decode().strip()}"
    finally:
        os.close(ready)
        end(server)


@contextmanager
def window_manager(display: str, home: str) -> Iterator[None]:
    """Openbox, once it manages the screen."""
    if shutil.which("openbox") is None or shutil.which("xprop") is None:
        pytest.skip("no openbox or xprop here")
    env = {**os.environ, "DISPLAY": display, "HOME": home}
    manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL)
    try:
        asks = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        for _ in range(600):
            told = subprocess.run(asks, env=env, capture_output=True, text=True, check=False)
            if "window id" in told.stdout:
                break
            time.sleep(0.05)
        yield
    finally:
        end(manager)


def end(process: subprocess.Popen) -> None:
    """End a process of ours, whatever it does."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(20)
        return
    process.kill()
    process.wait(20)
