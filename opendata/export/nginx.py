"""What nginx has to know of an export beside its files: types, moved and withdrawn addresses.

Nothing of it is declared here: it is what the application answered. ``docs/static/nginx.conf``
includes these files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from opendata.export.folder import Run
from opendata.export.layout import EXTENSIONS, MARK, OWN, file_of
from opendata.export.manifest import GONE, MOVED, Entry
from opendata.formats import MEDIA_TYPES
from opendata.spec.resources import PAGE_SUFFIX
from opendata.web.encoding import codings

#: The folder of these files, below that of the site.
FOLDER = f"{OWN}/nginx"
_NAME = re.compile(r"\{\w+\}")
#: Stands for a name while an address is made a pattern.
_MARK = "__NAME__"
#: Characters of a type that nginx can compare; its table of them has a fixed size.
_LONGEST = 46
_TEXT = re.compile(r"[ -~]*")


class Types:
    """Which content types the files have, by what they are called."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], int] = {}

    def add(self, counted: Mapping[tuple[str, str], int]) -> None:
        """Add how many files of each template have each content type."""
        for pair, count in counted.items():
            self._seen[pair] = self._seen.get(pair, 0) + count

    def usual(self) -> dict[str, str]:
        """Return the content type that most files with an extension have, by extension."""
        counts: dict[str, dict[str, int]] = {}
        for (template, content_type), count in self._seen.items():
            extension = _extension(template, content_type)
            found = counts.setdefault(extension, {})
            found[content_type] = found.get(content_type, 0) + count
        counts.pop("", None)
        return {
            extension: max(sorted(found), key=found.__getitem__)
            for extension, found in sorted(counts.items())
        }

    def others(self) -> list[tuple[str, str]]:
        """Return the templates of files of another type than is usual, with that type."""
        usual = self.usual()
        return sorted(
            (template, content_type)
            for template, content_type in self._seen
            if usual.get(_extension(template, content_type)) != content_type
        )

    def all(self) -> list[str]:
        """Return every content type."""
        return sorted({content_type for _, content_type in self._seen})


def write(run: Run, types: Types, entries: Iterable[Entry]) -> None:
    """Write the files that the configuration of nginx includes."""
    moved: dict[str, str] = {}
    gone: dict[str, str] = {}
    policies: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.status == MOVED:
            moved[entry.address] = entry.location
        elif entry.status == GONE:
            gone[entry.address] = f"/{entry.file}"
        elif entry.policy:
            media_type = entry.content_type.partition(";")[0]
            policies[entry.template, media_type] = entry.policy
    for name, lines in (
        ("maps.conf", _maps(moved, gone, policies)),
        ("types.conf", _types(types)),
        ("locations.conf", _locations(types)),
    ):
        path = run.staged(f"{FOLDER}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _maps(
    moved: Mapping[str, str],
    gone: Mapping[str, str],
    policies: Mapping[tuple[str, str], str],
) -> Iterator[str]:
    """Yield what stands beside ``server``: what is looked up by the address."""
    suffixes = "|".join((*MEDIA_TYPES, PAGE_SUFFIX))
    yield "map_hash_max_size 262144;"
    yield "map_hash_bucket_size 1024;"
    yield f'map $uri $opendata_record {{ default $uri; "~^(?<stem>.+)\\.({suffixes})$" $stem; }}'
    yield f'map $uri $opendata_suffix {{ default ""; "~(?<end>\\.({suffixes}))$" $end; }}'
    for name, found in (("moved", moved), ("gone", gone)):
        yield f"map $opendata_record $opendata_{name} {{"
        yield '    default "";'
        for address, value in sorted(found.items()):
            yield f"    {_quoted(address)} {_quoted(value)};"
        yield "}"
    yield "map $uri $opendata_policy {"
    yield "    default \"default-src 'none'; frame-ancestors 'none'\";"
    for (template, media_type), policy in sorted(policies.items()):
        extension = EXTENSIONS[media_type]
        stem = file_of(_sample(template), media_type).removesuffix(f".{extension}")
        pattern = _pattern(f"/{stem}", f"(\\.{extension})?({MARK}[^/]*)?\\.{extension}")
        yield f"    {_quoted(f'~{pattern}')} {_quoted(policy)};"
    yield "}"
    yield "map $http_accept $opendata_form {"
    yield '    default "";'
    for media_type, extension in EXTENSIONS.items():
        yield f"    {_quoted(f'~*^{re.escape(media_type)}')} .{extension};"
    yield "}"


def _types(types: Types) -> Iterator[str]:
    """Yield what stands in ``server``: the types by extension, and which are worth compressing."""
    yield "types {"
    for extension, content_type in types.usual().items():
        yield f"    {_quoted(content_type)} {extension};"
    yield "}"
    worth = [name for name in types.all() if len(codings(name)) > 1 and len(name) <= _LONGEST]
    coded = [_quoted(name) for name in worth]
    yield f"gzip_types {' '.join(coded)};"


def _locations(types: Types) -> Iterator[str]:
    """Yield a location for each form of address whose type its extension does not tell."""
    for template, content_type in types.others():
        yield f"location ~ {_quoted(_pattern(template, ''))} {{"
        yield "    types { }"
        yield f"    default_type {_quoted(content_type)};"
        yield "    try_files $uri =404;"
        yield "}"


def _pattern(template: str, ending: str) -> str:
    """Return the regular expression for the addresses of a template."""
    return f"^{re.escape(_sample(template)).replace(_MARK, '[^/]+')}{ending}$"


def _sample(template: str) -> str:
    """Return an address of a template, with a mark for each name."""
    return _NAME.sub(_MARK, template)


def _extension(template: str, content_type: str) -> str:
    """Return the extension of the files of a template, empty for none."""
    name = file_of(_sample(template), content_type.partition(";")[0])
    suffix = PurePosixPath(name).suffix.removeprefix(".")
    return suffix if suffix.isalnum() and not suffix.isdigit() else ""


def _quoted(text: str) -> str:
    """Return a text as nginx reads it: quoted, and without variables."""
    assert _TEXT.fullmatch(text), text
    assert "$" not in text.removesuffix("$"), text
    escaped = text.replace("\\", "\\\\") if text[:1] not in "~^" else text
    return '"' + escaped.replace('"', '\\"') + '"'
