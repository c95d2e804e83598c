"""A store of varied records: nulls, lists, decimals of many scales, texts of every plane.

========= ======================== ==================================
dataset   versions                 the last of which is the latest
========= ======================== ==================================
aa-2030   1.0.0, 1.2.0, 1.10.0
bb-2031   0.9.0
cc-2029   1.0.0, 2.0.0             2.0.0 has no projects
========= ======================== ==================================

Each version has 60 targets, 40 projects and 25 terms, or as many as are asked for. The records
are drawn at random, always the same ones, and written as they are: not all of them would be
valid.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from opendata.compiler.assemble import assemble
from opendata.compiler.changes import tell
from opendata.compiler.part import Job, write_part
from opendata.reader import Version
from opendata.versions import VersionFolder, find_versions, read_folder
from tests import made_up

VERSIONS = {"aa-2030": ("1.0.0", "1.2.0", "1.10.0"), "bb-2031": ("0.9.0",)}
VERSIONS["cc-2029"] = ("1.0.0", "2.0.0")

#: Records of a version, by collection.
FEW = {"targets": 60, "projects": 40, "glossary": 25}

_NUMBERS = [
    *("-1000000.5", "-12", "-1.2", "-1", "-0.05", "-0.0500000001", "0", "0.05", "0.10", "0.1"),
    *("1", "1.0", "6.1", "6.10", "6.100000000000001", "9.99", "10", "12", "120", "300", "301"),
    *("12345678901234567890.5", "12345678901234567890.6"),
]
TEXTS = [
    *("工业", "工业产值", "工业产值增长", "产值", "潍坊市", "Industry", "industry", "INDUSTRY"),
    *("a%b", "a_b", "ab", "axb", "'quoted'", '"', "\\", "é", "e\u0301", "Ａ", "\ud7ff", "\ue000"),
    *("\uffee", "𠮷野", "𠮷", "\U0010ffff", "\U0010ffff工", "  spaces  ", "名称,逗号;分号"),
]
_MARKS = ["ambiguous_scope", "lost_character"]
#: What sentences are made of: few characters, so that the same neighbours come up again and again.
SIGNS = "工业产值增长潍坊市奎文区新建水泵厂完成改造一二三五○〇，。、“”（）％5０AＢ "


def build_varied(folder: Path, counts: Mapping[str, int] = FEW) -> Path:
    """Build the store in ``folder``; return its path."""
    base_folder, base = _released(folder / "datasets")
    draw = random.Random(20300201)
    jobs = []
    for dataset, versions in VERSIONS.items():
        earlier = None
        for version in versions:
            numbers = tuple(int(part) for part in version.split("."))
            own = VersionFolder(dataset, base_folder.path, numbers)  # type: ignore[arg-type]
            job = Job(
                own, folder / f"{dataset}-{version}.sqlite", "http://127.0.0.1:8000", "0" * 64
            )
            own_counts = {**counts, "projects": 0} if version == "2.0.0" else counts
            content = _varied(base, draw, own_counts)
            write_part(job, content, tell(dataset, content, earlier, []))
            earlier = content
            jobs.append(job)
    known = {"digest": "0" * 64, "base_url": jobs[0].base_url, "software": "-", "codes": "{}"}
    latest = {dataset: versions[-1] for dataset, versions in VERSIONS.items()}
    path = folder / "varied.sqlite"
    assemble(path, jobs, latest, {}, known)
    return path


def _released(datasets: Path) -> tuple[VersionFolder, Version]:
    made_up.write(datasets)
    made_up.release_demo(datasets)
    [folder] = [f for f in find_versions(datasets, []) if f.number]
    return folder, read_folder(folder, {}, [])


def _varied(base: Version, draw: random.Random, counts: Mapping[str, int]) -> Version:
    ids = {name: [f"{name}-{n}" for n in range(count)] for name, count in counts.items()}
    make: dict[str, Callable[..., dict[str, Any]]] = {
        "targets": _target,
        "projects": _project,
        "glossary": _term,
    }
    collections = {
        name: [
            make[name](copy.deepcopy(base.collections[name][0]), draw, ids) | {"id": own}
            for own in draw.sample(ids[name], len(ids[name]))
        ]
        for name in counts
    }
    description = copy.deepcopy(base.description)
    description["title"] = _text(draw)
    description["keywords"] = _many(draw, lambda: _text(draw))
    description["contact"]["email"] = draw.choice([None, "a@example.org"])
    return replace(base, collections=collections, description=description, audit=None)


def _shared(record: dict[str, Any], draw: random.Random) -> None:
    record["title"] = _text(draw)
    record["section"] = draw.choice(["1", "2", "2.1", "notes"])
    start = draw.randrange(200)
    record["source"] |= {"paragraph": draw.randrange(1, 12), "start": start, "end": start + 9}
    record["source"]["quote"] = sentence(draw)
    record["caveats"] = _many(draw, lambda: {"code": draw.choice(_MARKS), "text": _text(draw)})


def _target(
    record: dict[str, Any], draw: random.Random, ids: dict[str, list[str]]
) -> dict[str, Any]:
    _shared(record, draw)
    for name in ("value", "value_max"):
        record[name] = draw.choice([None, Decimal(draw.choice(_NUMBERS))])
    record["unit"] = draw.choice([None, "percent", "cny-100m", "item", "km"])
    record["kind"] = draw.choice(["quantitative", "qualitative"])
    record["measure"] = draw.choice([None, "growth", "amount", "level"])
    record["as_printed"] = draw.choice([None, draw.choice(TEXTS), sentence(draw)])
    record["period"] = draw.choice(["2030", "2030/2031", "2029"])
    record["deadline"] = date(2030, draw.randrange(1, 13), draw.randrange(1, 29))
    record["baseline"] = draw.choice([None, _baseline(draw)])
    record["projects"] = _some(draw, ids["projects"])
    record["terms"] = _some(draw, ids["glossary"])
    return record


def _baseline(draw: random.Random) -> dict[str, Any]:
    printed = draw.choice(TEXTS)
    value = Decimal(draw.choice(_NUMBERS))
    return {"value": value, "unit": "km", "as_printed": printed, "period": "2029"}


def _project(
    record: dict[str, Any], draw: random.Random, ids: dict[str, list[str]]
) -> dict[str, Any]:
    _shared(record, draw)
    record["name"] = _text(draw)
    record["aliases"] = _many(draw, lambda: draw.choice(TEXTS))
    record["location"] = draw.choice([None, _text(draw)])
    record["parties"] = _many(draw, lambda: _text(draw))
    record["quantities"] = _many(draw, lambda: _quantity(draw))
    record["targets"] = _some(draw, ids["targets"])
    record["terms"] = _some(draw, ids["glossary"])
    return record


def _quantity(draw: random.Random) -> dict[str, Any]:
    number, unit = Decimal(draw.choice(_NUMBERS)), draw.choice(["item", "km"])
    return {"value": number, "unit": unit, "as_printed": draw.choice(TEXTS)}


def _term(record: dict[str, Any], draw: random.Random, ids: dict[str, list[str]]) -> dict[str, Any]:
    _shared(record, draw)
    del record["title"]  # follows from the term
    record["term"] = _text(draw)
    record["number"] = draw.choice([None, draw.randrange(1, 120)])
    record["members"] = _many(draw, lambda: _text(draw))
    record["marker_in_text"] = draw.choice([None, "1", "10", "9"])
    start = draw.randrange(50)
    record["mentions"] = _many(draw, lambda: {"paragraph": 3, "start": start, "end": start + 4})
    return record


def _text(draw: random.Random) -> dict[str, str]:
    return {"zh": draw.choice(TEXTS), "en": draw.choice(TEXTS)}


def sentence(draw: random.Random) -> str:
    """Return a made-up Chinese text."""
    return "".join(draw.choices(SIGNS, k=draw.randrange(1, 30)))


def _many(draw: random.Random, make: Callable[[], Any]) -> list[Any]:
    return [make() for _ in range(draw.choice([0, 0, 1, 2, 4]))]


def _some(draw: random.Random, ids: Iterable[str]) -> list[str]:
    some = list(ids)
    return draw.sample(some, min(len(some), draw.choice([0, 1, 3])))
