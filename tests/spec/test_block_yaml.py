"""YAML that is written piece by piece is what PyYAML writes in one."""

from __future__ import annotations

from typing import Any

import orjson
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from opendata.spec.block_yaml import Pieces, block_yaml

_PIECES: Pieces = {"paths": {}, "components": {"schemas": {}, "responses": {}}}
_NAMES = st.sampled_from(["paths", "components", "schemas", "responses", "/v1/{a}", "~", "?", ""])
_TEXTS = st.text(st.sampled_from("ab1 -:#'\"\n{}[]&*!|>%@`?,~.é柳"), max_size=12) | st.sampled_from(
    ["yes", "null", "1.5", "1e3", "0x1", "2030-01-01", "=", "<<", "word " * 40]
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | _TEXTS, inner, max_size=4),
    max_leaves=12,
)


class _NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


@given(st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=4))
@example({"paths": {"/v1": {}, "a": [[], {}]}, "components": {"schemas": {}, "x": {"y": None}}})
@example({"components": {"schemas": {" a ": {"b": "c\nd"}}, "responses": {"k" * 200: 1}}})
def test_pieces_make_the_whole(value: dict[str, Any]) -> None:
    """Whatever the names and the values, pieces without members among them."""
    plain = orjson.loads(orjson.dumps(value))
    whole = yaml.dump(plain, Dumper=_NoAliases, allow_unicode=True, sort_keys=False, width=100)
    assert block_yaml(plain, _PIECES) == whole.encode()
