"""What the house promises of its own code."""

import ast
import re
import string
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from meetingroom.domain import errors
from meetingroom.room_verbs import verbs
from meetingroom.sentences import _SENTENCES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
ERRORS = {name for name in vars(errors) if name.endswith("Error")}
FORBIDDEN = {"utils", "common", "misc", "helpers", "helper", "manager", "base"}


def tr_calls() -> list[tuple[str, ast.Call]]:
    """Every call of `tr` with the file it stands in."""
    calls = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr":
                calls.append((str(path.relative_to(ROOT)), node))
    return calls


def keys_used() -> dict[str, str]:
    """Key of every text on screen → where it is used."""
    keys = {}
    for where, call in tr_calls():
        parts = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        keys["|".join(parts)] = where
    return keys


def catalogues() -> dict[str, dict[str, str]]:
    """Every Vietnamese catalogue by its file's name."""
    folder = ROOT / "resources" / "words" / "vi"
    return {
        path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")
    }


def places(text: str) -> set[str]:
    """The names of a text's places to fill."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in SOURCES if path.stem in FORBIDDEN] == []


def test_every_test_file_has_a_name_of_its_own():
    """Two of one name cannot be collected in one run."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py"))
    doubles = {name for name, count in names.items() if count > 1}
    assert doubles <= {"conftest.py", "__init__.py"}


def test_files_functions_and_classes_stay_small():
    large = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 520:
            large.append(f"{path.name} has {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno
                if length > 60:
                    large.append(f"{path.name}: {node.name} has {length} lines")
    assert large == []


def test_every_text_on_screen_is_a_plain_literal():
    odd = [
        f"{where}:{call.lineno}"
        for where, call in tr_calls()
        if not call.args or not all(isinstance(arg, ast.Constant) for arg in call.args)
    ]
    assert odd == []


def test_every_text_has_vietnamese_words():
    known = {key for words in catalogues().values() for key in words}
    assert {key: where for key, where in keys_used().items() if key not in known} == {}


def test_no_vietnamese_words_are_left_over_or_given_twice():
    rows = [key for words in catalogues().values() for key in words]
    assert sorted({key for key in rows if rows.count(key) > 1}) == []
    assert sorted(set(rows) - keys_used().keys()) == []


def test_places_to_fill_are_the_same_in_both_languages():
    odd = []
    for words in catalogues().values():
        for key, text in words.items():
            if not places(text) <= places(key.partition("|")[0]):
                odd.append(key)
    assert odd == []


def test_vietnamese_words_are_composed():
    texts = [text for words in catalogues().values() for text in words.values()]
    assert [text for text in texts if unicodedata.normalize("NFC", text) != text] == []


def test_every_known_error_has_a_sentence():
    between_programs = {  # no person's wish ends with these
        "blob.bad_name", "call.malformed", "call.unknown", "record.forged", "record.malformed",
        "search.given_up",
    }  # fmt: skip
    raised = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ERRORS and node.args:
                rows = ast.walk(node.args[0])
                words = (one.value for one in rows if isinstance(one, ast.Constant))
                raised |= {one for one in words if isinstance(one, str)}
    assert len(raised) > 60
    assert raised - between_programs - _SENTENCES.keys() == set()


def test_icons_named_in_the_code_are_bundled():
    known = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    used = set()
    for path in (ROOT / "src" / "meetingroom" / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(
            re.findall(r'(?:IconButton|IconLabel|paint_icon|icon=)\(?\s*"([a-z0-9-]+)"', text)
        )
    assert used - known == set()


def test_every_room_says_in_one_sentence_what_it_is_and_so_does_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for room in (
        "domain",
        "documents",
        "office",
        "invitations",
        "store",
        "services",
        "network",
        "ui",
        "demo",
    ):
        module = ast.parse((ROOT / "src" / "meetingroom" / room / "__init__.py").read_text("utf-8"))
        sentence = ast.get_docstring(module)
        assert sentence and len(module.body) == 1
        assert sentence in readme, room


def test_the_readme_names_every_room_module_and_verb_and_what_it_links_to_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    source = ROOT / "src" / "meetingroom"
    rooms = [path.parent.name for path in source.glob("*/__init__.py")]
    modules = [path.stem for path in source.glob("*.py") if path.stem != "__init__"]
    assert [name for name in (*rooms, *modules) if f"`{name}`" not in readme] == []
    assert [name for name in verbs.commands if not re.search(rf"`[^`]*\b{name}\b", readme)] == []
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_dependencies_are_bounded():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    rows = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    unbounded = [row for row in rows if "<" not in row and "win32" not in row]
    assert unbounded == []


def test_nothing_tracked_names_a_machine_or_a_package_host():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    hosts = re.compile(
        "pypi" + r"\.org|python" + r"hosted|npm" + r"js\.org|/ro" + "ot/|/wo" + "rk/"
    )
    named = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".txt", ".sh"} and path.is_file():
            if hosts.search(path.read_text(encoding="utf-8", errors="replace")):
                named.append(name)
    assert named == []


def test_doors_open_one_way():
    tool = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-3000:]
