"""Set up and run the project on a fresh Debian or Windows machine with Python 3.11+.

    python3 packaging/dev.py run            starts the program with a sample office
    python3 packaging/dev.py test [ARGS]    sets up and runs the whole suite
    python3 packaging/dev.py bench [--json FILE] [NAME ...]    measures, against peers
    python3 packaging/dev.py venue [ARGS]   a room of fifty laptops, with all that goes wrong
    python3 packaging/dev.py two-hours      a long meeting of 23 people, with pictures of it

Only the standard library is used here; everything else goes into `.venv`.
"""

import compileall
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
IS_WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
STAMP = VENV / "set-up-for"
INPUTS = (ROOT / "pyproject.toml", ROOT / "packaging" / "constraints.txt")
PDFJS, PDFJS_VERSION = ROOT / "build" / "pdfjs", "pdfjs-dist@4"
# What Qt opens by itself on Debian: library → package.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

APT_SECONDS = 300  # a network that hangs must not hold up the tests
# What tests of a whole desktop need on Debian: program → package.
DESKTOP = {
    "chromium": "chromium",
    "gio": "libglib2.0-bin",
    "openbox": "openbox",
    "xdg-open": "xdg-utils",
    "xprop": "x11-utils",
    "Xvfb": "xvfb",
}


def say(words: str) -> None:
    """Tell what happens, at once."""
    print(f"dev.py: {words}", flush=True)


def run(*command: str | Path, **settings: object) -> None:
    """Run a program; its failure is ours."""
    result = subprocess.run([str(part) for part in command], check=False, **settings)  # type: ignore[call-overload]
    if result.returncode != 0:
        say(f"this failed with status {result.returncode}: {' '.join(map(str, command[:6]))}")
        raise SystemExit(result.returncode)


def may_install() -> bool:
    """Whether Debian packages can be installed here without asking anybody."""
    return not IS_WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian(packages: list[str]) -> None:
    """Install Debian packages where that is possible, else name them and stop."""
    if not may_install():
        say("the system lacks packages; as root: apt-get install " + " ".join(packages))
        raise SystemExit(1)
    say("installing " + " ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=quiet)


def missing_libraries() -> list[str]:
    """Debian packages of libraries Qt needs and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def wanted_stamp() -> str:
    """What the environment must have been made for: these inputs, this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for path in INPUTS:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def is_set_up() -> bool:
    """Whether `.venv` is whole and made for the present inputs."""
    if not PYTHON.is_file() or not STAMP.is_file() or STAMP.read_text() != wanted_stamp():
        return False
    probe = subprocess.run([str(PYTHON), "-c", "import meetingroom"], check=False)
    return probe.returncode == 0


def make_environment() -> None:
    """An empty `.venv` with pip, also on a Debian without python3-venv."""
    if VENV.exists():
        shutil.rmtree(VENV)
    package = f"python3.{sys.version_info.minor}-venv"
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip and may_install():
        install_debian([package])
        has_ensurepip = True
    if not has_ensurepip and importlib.util.find_spec("pip") is not None:
        # Nobody may install packages, but the system's pip can put one into the environment.
        venv.create(VENV, with_pip=False)
        run(sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip")
        return
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        say(f"Python cannot make environments here; install {package} (as root) and try again")
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit(1) from None


def set_up() -> None:
    """Make everything ready; does nothing where it already is."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file also meets older ones
        say("Python 3.11 or newer is needed")
        raise SystemExit(1)
    missing = missing_libraries()
    if missing:
        install_debian(missing)
    if is_set_up():
        return
    say(f"making an environment in {VENV}")
    make_environment()
    constraints = ROOT / "packaging" / "constraints.txt"
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    say("installing the program and its tools (some minutes the first time)")
    run(*pip, "-c", constraints, "-e", f"{ROOT}[dev]", cwd=ROOT)
    compileall.compile_dir(ROOT / "src", quiet=1)  # as an installed program is
    STAMP.write_text(wanted_stamp())
    say("ready")


def tool_environment() -> dict[str, str]:
    """The environment of tests: no screen, no keyring, our sources."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "MYPYPATH": "src",
    }


def fetch_desktop() -> None:
    """Real programs for the tests that hand an address over; without them they are skipped."""
    if not may_install():
        return
    missing = [package for program, package in DESKTOP.items() if shutil.which(program) is None]
    if not missing:
        return
    say("installing " + " ".join(missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)
    try:
        for command in (("apt-get", "update", "-qq"), install):
            subprocess.run(command, env=quiet, check=True, timeout=APT_SECONDS)
    except (OSError, subprocess.SubprocessError):
        say("they could not be installed; the tests that need them are skipped")


def fetch_pdfjs() -> None:
    """pdf.js for the tests that ask what it sees of an export; without npm they are skipped."""
    npm = shutil.which("npm")
    if npm is None or (PDFJS / "node_modules" / "pdfjs-dist" / "package.json").is_file():
        return
    say(f"installing {PDFJS_VERSION} into {PDFJS}")
    PDFJS.mkdir(parents=True, exist_ok=True)
    # Nothing of it is run here, and no lock file says where it came from.
    quiet = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--omit=optional")
    command = [npm, "install", "--prefix", str(PDFJS), "--ignore-scripts", *quiet, PDFJS_VERSION]
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        say("pdf.js could not be installed; the tests that need it are skipped")


def test(arguments: list[str]) -> None:
    """Format, lint, types, doors, then the suite (last, so that its count is the last line)."""
    set_up()
    fetch_desktop()
    fetch_pdfjs()
    tools = VENV / ("Scripts" if IS_WINDOWS else "bin")
    environment = tool_environment()
    for command in (
        ("ruff", "format", "--check", "--quiet", "src", "tests", "packaging"),
        ("ruff", "check", "--quiet", "src", "tests", "packaging"),
        ("mypy", "--no-error-summary"),
        ("lint-imports", "--no-cache"),
    ):
        say("running " + " ".join(command))
        run(tools / command[0], *command[1:], cwd=ROOT, env=environment)
    say("running pytest")
    # Two at once: much of a story is waiting. A file's tests stay together, in their order.
    side_by_side = () if arguments else ("-n", "2", "--dist", "loadfile")
    run(PYTHON, "-m", "pytest", *side_by_side, *arguments, cwd=ROOT, env=environment)


def bench(arguments: list[str]) -> None:
    """Measure the program against bare engines and peers; takes some minutes."""
    set_up()
    if shutil.which("nginx") is None:
        say("without nginx (apt-get install nginx-light) one figure has no peer and is left out")
    run(PYTHON, "tests/bench/run.py", *arguments, cwd=ROOT, env=tool_environment())


def venue(arguments: list[str]) -> None:
    """The venue tests with fifty laptops; the suite has them with eight."""
    set_up()
    environment = {**tool_environment(), "MEETINGROOM_VENUE": "50"}
    run(PYTHON, "-m", "pytest", "tests/venue", "-s", *arguments, cwd=ROOT, env=environment)


def play(arguments: list[str]) -> None:
    """Start the program with a sample office and meeting; without a screen, play it headless."""
    set_up()
    if has_screen():
        play_on_screen(arguments)
    else:
        play_headless()


def play_headless() -> None:
    """The whole sample meeting through real windows nobody sees, then pictures of them."""
    place = ROOT / "build" / "demo"
    shutil.rmtree(place, ignore_errors=True)
    say("no screen here: playing the sample meeting headless (about half a minute, then pictures)")
    run(PYTHON, "-m", "meetingroom", "demo", "--headless", "--out", place, cwd=ROOT)
    say(f"pictures of every screen: {place / 'screens'}")
    say(f"papers with marks: {place / 'collected'}; what happened: {place / 'story.json'}")


def two_hours(arguments: list[str]) -> None:
    """Two hours with everything, played four times: at three sizes, in two languages."""
    set_up()
    place = ROOT / "build" / "two-hours"
    shutil.rmtree(place, ignore_errors=True)
    say("playing a meeting of two hours, without a screen (about five minutes)")
    run(PYTHON, "-m", "meetingroom", "demo", "--two-hours", "--headless", "--out", place,
        *arguments, cwd=ROOT)  # fmt: skip
    say(f"pictures of every beat: {place / 'screens'}")


def play_on_screen(arguments: list[str]) -> None:
    """The secretary's program, with a sample office and an issued meeting."""
    data, sample = ROOT / "build" / "sample-office", ROOT / "resources" / "sample"
    program = (PYTHON, "-m", "meetingroom")
    is_new = not (data / "hub" / "hub.db").is_file()
    if is_new:
        say(f"founding a sample office in {data}")
        name = "Ủy ban nhân dân xã Mẫu Sơn"
        people = sample / "people.csv"
        run(*program, "office", "init", "--name", name, "--people", people, "--port", "47830",
            "--data", data)  # fmt: skip
    hub = subprocess.Popen([str(part) for part in (*program, "hub", "--data", data)], cwd=ROOT)
    try:
        if is_new:
            run(*program, "meeting", "issue", sample / "meeting", "--data", data, cwd=ROOT)
        say("the secretary's window opens; the whole story with five windows: meetingroom demo")
        run(*program, "--data", data, *arguments, cwd=ROOT)
    finally:
        hub.terminate()
        hub.wait()


def has_screen() -> bool:
    """Whether windows can open here."""
    if IS_WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> None:
    """The verbs."""
    verbs = {"run": play, "test": test, "bench": bench, "venue": venue, "two-hours": two_hours}
    if len(sys.argv) < 2 or sys.argv[1] not in verbs:
        print(__doc__)
        raise SystemExit(2)
    verbs[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    main()
