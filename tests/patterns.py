"""Every regular expression of the project, and for each the texts that cost it most, made from its own parts."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from corpus.patterns import Late

sre: Any = importlib.import_module("re._constants")
sre_parser: Any = importlib.import_module("re._parser")

FLOORS = ("corpus", "index", "pipeline")
SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
METHODS = SEARCHING | {"match", "fullmatch", "compile", "scanner"}
MANY = 50
"""A piece that may be repeated more often than this is repeated in earnest."""
_CANDIDATES = " \t\nax0.,->|:;/_=æÅ(\"'<\r@#*"


class Found(NamedTuple):
    """A pattern, where it was met, and whether it is searched for in a text or only tried at a place."""

    pattern: re.Pattern[Any]
    place: str
    searched: bool


def all_patterns(floors: Sequence[str] = FLOORS) -> list[Found]:
    """Those that modules hold, in whatever they hold, and those written in functions."""
    modules = list(_modules(floors))
    used = _methods_by_name(modules)
    found: dict[tuple[Any, int], Found] = {}
    for module in modules:
        for name, pattern in _held(module):
            methods = used.get((module.__name__, name.partition(".")[0]), set())
            searched = not methods or bool(methods & SEARCHING)
            _add(found, Found(pattern, f"{module.__name__}.{name}", searched))
        for line, method, pattern in _written(module):
            _add(found, Found(pattern, f"{module.__name__}:{line}", method not in ("match", "fullmatch")))
    return list(found.values())


def _add(found: dict[tuple[Any, int], Found], new: Found) -> None:
    key = (new.pattern.pattern, new.pattern.flags)
    if key not in found or (new.searched and not found[key].searched):
        found[key] = new


def _modules(floors: Sequence[str]) -> Iterator[ModuleType]:
    for floor in floors:
        package = importlib.import_module(floor)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{floor}."):
            if found.name.endswith("__main__"):
                continue
            module = importlib.import_module(found.name)
            if (module.__file__ or "").endswith(".py"):  # a compiled part has no patterns
                yield module


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    met: set[int] = set()
    waiting = [(name, value) for name, value in vars(module).items() if not name.startswith("__")]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, re.Pattern | Late):
            yield name, value.compiled if isinstance(value, Late) else value
        elif id(value) not in met and not isinstance(value, str | bytes | int | ModuleType):
            met.add(id(value))
            waiting += [(f"{name}.{key}", inner) for key, inner in _inside(value, module)]


def _inside(value: Any, module: ModuleType) -> Iterable[tuple[object, Any]]:
    if isinstance(value, dict):
        return [(key, inner) for pair in value.items() for key, inner in ((pair[0], pair[0]), pair)]
    if isinstance(value, list | tuple | set | frozenset):
        return enumerate(value) if len(value) < 2_000 else ()
    if isinstance(value, type):
        return vars(value).items() if value.__module__ == module.__name__ else ()
    if not type(value).__module__.startswith(FLOORS):
        return ()
    fields = getattr(value, "__struct_fields__", ())
    return [*((field, getattr(value, field)) for field in fields), *getattr(value, "__dict__", {}).items()]


def _methods_by_name(modules: Sequence[ModuleType]) -> dict[tuple[str, str], set[str]]:
    """How patterns of each name are used in a module; what is handed on by its name alone may be searched for."""
    used: dict[tuple[str, str], set[str]] = {}
    for module in modules:
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        called = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                used.setdefault((module.__name__, node.value.id), set()).add(node.attr)
                called.add(id(node.value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                used.setdefault((module.__name__, node.id), set()).add("search")
    return used


def _written(module: ModuleType) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    """``re.sub(r"…", …)`` and the like in functions, with the pattern written out."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in (inner for function in functions for inner in ast.walk(function)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        is_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if is_re and node.args and isinstance(node.args[0], ast.Constant):
            yield node.lineno, node.func.attr, re.compile(node.args[0].value, _flags(node))


def _flags(call: ast.Call) -> int:
    flags = 0
    for node in (*call.args[1:], *(word.value for word in call.keywords)):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute) and isinstance(getattr(re, inner.attr, None), re.RegexFlag):
                flags |= getattr(re, inner.attr)
    return flags


# --- made while documents are worked on -----------------------------------------------------------------------------

_PASSED_BY = frozenset(["re", "corpus.patterns", "corpus.lazy", "functools"])
"""Modules that make a pattern for another."""
ALIKE = 3
"""Patterns made in one place differ by the words in them: so many of them are tried."""


def made_in_work(folder: Path) -> list[Found]:
    """The patterns that are made of words while the files of a folder are worked on, which no module holds.

    Asked in a process of its own: what this one made before is kept, and not made again.
    """
    command = [sys.executable, __file__, str(folder)]
    run = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, check=True, timeout=600)
    return [Found(re.compile(pattern, flags), place, True) for pattern, flags, place in json.loads(run.stdout)]


def _made_by(work: Callable[[], None]) -> list[tuple[str, int, str]]:
    made: dict[str, dict[tuple[str, int], None]] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def seen(pattern: Any, flags: int) -> re.Pattern[Any]:
        found: re.Pattern[Any] = compiled(pattern, flags)
        frame = inspect.currentframe()
        while frame and frame.f_globals.get("__name__") in (*_PASSED_BY, __name__):
            frame = frame.f_back
        module = frame.f_globals.get("__name__", "") if frame else ""
        if frame and module.startswith(FLOORS) and isinstance(found.pattern, str):
            place = f"{module}:{frame.f_lineno} in {frame.f_code.co_name}"
            made.setdefault(place, {})[found.pattern, found.flags & ~re.UNICODE] = None
        return found

    re._compile = seen  # type: ignore[attr-defined]
    try:
        work()
    finally:
        re._compile = compiled  # type: ignore[attr-defined]
    return [(*pattern, place) for place, patterns in made.items() for pattern in list(patterns)[:ALIKE]]


def _work_on(folder: Path) -> None:
    from pipeline.extract import extract_bytes

    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        extract_bytes(file.read_bytes(), file.name)


# --- worst cases ----------------------------------------------------------------------------------------------------


def worst_cases(pattern: re.Pattern[Any], size: int, choices: int = 2) -> Iterator[Any]:
    """Texts of about ``size`` characters: what stands before a piece that repeats, the piece many times, and a stop."""
    raw = pattern.pattern
    tree = sre_parser.parse(raw, pattern.flags & ~re.UNICODE if isinstance(raw, bytes) else pattern.flags)
    made: set[tuple[str, str]] = set()
    for choice in range(choices):
        pumps = set(_pumps(list(tree), "", choice))
        made |= pumps
        if pumps:
            made.add(("", _example(list(tree), choice)))
    for before, pump in sorted(made):
        if not pump:
            continue
        for stop in ("\0", "\n\0"):
            text = before + pump * (size // len(pump)) + stop
            yield text.encode("latin-1", "replace") if isinstance(raw, bytes) else text


def _pumps(items: list[Any], before: str, choice: int) -> Iterator[tuple[str, str]]:
    """Each repeated piece of a sequence, with an example of what stands before it."""
    for kind, value in items:
        for inner in _inner(kind, value):
            yield from _pumps(inner, before, choice)
        if kind in _REPEATS and value[1] > MANY:
            yield before, _example(list(value[2]), choice)
        before += _example([(kind, value)], choice)


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _inner(kind: Any, value: Any) -> list[list[Any]]:
    if kind in _REPEATS:
        return [list(value[2])]
    if kind is sre.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind is sre.SUBPATTERN:
        return [list(value[3])]
    if kind in (sre.ASSERT, sre.ASSERT_NOT):
        return [list(value[1])]
    if kind is sre.ATOMIC_GROUP:
        return [list(value)]
    if kind is sre.GROUPREF_EXISTS:
        return [list(branch) for branch in value[1:] if branch]
    return []


def _example(items: list[Any], choice: int) -> str:
    """A short text that a sequence matches; ``choice`` picks among the characters and branches that may stand there."""
    text = ""
    for kind, value in items:
        if kind in _REPEATS:
            text += _example(list(value[2]), choice) * max(value[0], 1 if choice % 2 else value[0])
        elif kind is sre.BRANCH:
            branches = [list(branch) for branch in value[1]]
            text += _example(branches[choice % len(branches)], choice)
        elif kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            text += _example(_inner(kind, value)[0], choice)
        elif kind not in (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF, sre.GROUPREF_EXISTS):
            text += _character(kind, value, choice)
    return text


def _character(kind: Any, value: Any, choice: int) -> str:
    if kind is sre.LITERAL:
        return chr(value)
    if kind is sre.ANY:
        return "a 0."[choice % 4]
    if kind is sre.NOT_LITERAL:
        return next(letter for letter in "a 0."[choice % 4 :] + "xy" if ord(letter) != value)
    fitting = [letter for letter in _CANDIDATES if _is_in(letter, value)]
    fitting = fitting or [chr(each[1] if each[0] is sre.LITERAL else each[1][0]) for each in value if _is_letter(each)]
    return fitting[choice % len(fitting)] if fitting else "a"


def _is_letter(each: Any) -> bool:
    return each[0] in (sre.LITERAL, sre.RANGE)


def _is_in(letter: str, members: list[Any]) -> bool:
    negated = members[0][0] is sre.NEGATE
    return any(_fits(letter, *member) for member in members[negated:]) != negated


def _fits(letter: str, kind: Any, value: Any) -> bool:
    if kind is sre.LITERAL:
        return bool(ord(letter) == value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    name = str(value)
    is_of: bool = letter.isspace() if "SPACE" in name else letter.isdigit() if "DIGIT" in name else _is_word(letter)
    return is_of != ("NOT" in name)


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


if __name__ == "__main__":
    held = {(each.pattern.pattern, each.pattern.flags & ~re.UNICODE) for each in all_patterns()}
    made = _made_by(lambda: _work_on(Path(sys.argv[1])))
    sys.stdout.write(json.dumps([each for each in made if each[:2] not in held]))
