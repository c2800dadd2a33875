"""Folders of YAML into checked sources, through a cache keyed by the files' content.

Parsing YAML costs about 0.3 ms a table; the cache holds the same tables as JSON, so that a thousand load at once.
It is only ever JSON, is keyed by the hash of each file, and may be deleted at any time.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from chongdich.core.errors import Refused
from chongdich.regulations.sources import PackSource, TableSource

TABLES = Path(__file__).parent / "tables"
FORMAT = "1"


class PlainLoader(yaml.CSafeLoader):
    """YAML in which only true and false are truth values: `on`, `no` and `yes` stay words."""


PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in rules if letter in "tTfF" or not tag.endswith(":bool")]
    for letter, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class Sources(BaseModel):
    """Everything read from one folder: packs by name, tables by full name, and a hash of it all."""

    packs: dict[str, PackSource] = {}
    tables: dict[str, TableSource] = {}
    fingerprint: str = ""


def read_folder(folder: Path = TABLES, cache: Path | None = None) -> Sources:
    """All tables below a folder. `cache` is the folder for the compiled form; None keeps none.

    Raises Refused naming the file and the place in it.
    """
    contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}
    fingerprint = _fingerprint(contents)
    kept = cache / f"law-{fingerprint}.json" if cache else None
    return (kept and _from_cache(kept)) or _keep(_parse(contents, fingerprint), kept)


def default_cache() -> Path | None:
    """Where compiled tables are kept: CHONGDICH_CACHE, else the user's cache folder; None for a user without a home."""
    given = os.environ.get("CHONGDICH_CACHE") or os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(given) if given else Path.home() / ".cache") / "chongdich"
    except RuntimeError:
        return None


def parse_yaml(text: str | bytes, where: str) -> Any:
    """One YAML text; Refused with line and column when it cannot be read."""
    try:
        return yaml.load(text, Loader=PlainLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}, dòng {mark.line + 1}, cột {mark.column + 1}" if mark else where
        raise Refused(f"không đọc được YAML: {getattr(error, 'problem', error)}", place, "law_yaml") from error
    except ValueError as error:  # a day such as 2020-13-01
        raise Refused(f"không đọc được YAML: giá trị không hợp lệ ({error})", where, "law_yaml") from error


def parse_table(text: str | bytes, where: str) -> TableSource:
    """One table; Refused naming the field that is wrong."""
    return _validated(TableSource, parse_yaml(text, where), where)


def _validated(kind: type[Any], data: Any, where: str) -> Any:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise Refused(_first_problem(error), where, "law_table") from error


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or "bảng"
    return f"{place}: {first['msg']}"


def _fingerprint(contents: dict[str, bytes]) -> str:
    total = hashlib.blake2b(FORMAT.encode(), digest_size=16)
    for name, content in contents.items():
        total.update(name.encode() + b"\0" + hashlib.blake2b(content, digest_size=16).digest())
    return total.hexdigest()


def _parse(contents: dict[str, bytes], fingerprint: str) -> Sources:
    packs, tables = {}, {}
    for name, content in contents.items():
        if name.endswith("/pack.yaml"):
            packs[name.removesuffix("/pack.yaml")] = _validated(PackSource, parse_yaml(content, name), name)
        else:
            tables[name.removesuffix(".yaml")] = parse_table(content, name)
    return Sources(packs=packs, tables=tables, fingerprint=fingerprint)


def _from_cache(kept: Path) -> Sources | None:
    try:
        found = Sources.model_validate_json(kept.read_bytes())
    except (OSError, ValidationError):
        return None
    return found if kept.stem == f"law-{found.fingerprint}" else None


def _keep(sources: Sources, kept: Path | None) -> Sources:
    """A cache that cannot be written is no reason to have no law."""
    if kept:
        try:
            _replace(kept, sources)
            _forget_older(kept.parent.glob("law-*.json"), kept)
        except OSError:
            pass
    return sources


def _replace(kept: Path, sources: Sources) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(sources.model_dump(mode="json", by_alias=True, exclude_defaults=True), ensure_ascii=False)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="utf-8") as out:
        out.write(text)
    os.replace(out.name, kept)


def _forget_older(files: Iterable[Path], kept: Path, limit: int = 8) -> None:
    others = sorted((f for f in files if f != kept), key=lambda f: f.stat().st_mtime, reverse=True)
    for old in others[limit:]:
        old.unlink(missing_ok=True)
