"""What is searched of a record follows from its type."""

from __future__ import annotations

from opendata.records import COLLECTIONS, DATASETS
from opendata.search import texts_of
from opendata.search.texts import searched
from tests.search.index import kuiwen


def test_names_and_texts_of_each_collection() -> None:
    """Names stand first; codes, figures, dates and addresses are not searched."""
    found = {
        collection.name: (
            " ".join(one.column.name for one in searched(collection) if one.name),
            " ".join(one.column.name for one in searched(collection) if not one.name),
        )
        for collection in (*COLLECTIONS.values(), DATASETS)
    }
    assert found == {
        "targets": (
            "id title_zh title_en",
            "as_printed baseline_as_printed source_quote caveats_text_zh caveats_text_en",
        ),
        "projects": (
            (
                "id title_zh title_en name_zh name_en aliases location_zh location_en"
                " parties_zh parties_en"
            ),
            "action_as_printed quantities_as_printed source_quote caveats_text_zh caveats_text_en",
        ),
        "glossary": (
            "id title_zh title_en term_zh term_en",
            (
                "definition_zh definition_en members_zh members_en marker_in_text source_quote "
                "caveats_text_zh caveats_text_en"
            ),
        ),
        "datasets": (
            "id title_zh title_en publisher_name_zh publisher_name_en",
            (
                "description_zh description_en keywords_zh keywords_en contact_name_zh "
                "contact_name_en notes_zh notes_en"
            ),
        ),
    }


def test_tokens_of_a_record() -> None:
    """Each text goes where it belongs, and one that stands twice is taken once."""
    record = {
        "id": "green-bus",
        "title": {"zh": "公交", "en": "Buses"},
        "term": {"zh": "公交", "en": "Buses"},
        "definition": {"zh": "指车", "en": "Cars"},
        "members": [{"zh": "一路", "en": "Line 1"}, {"zh": "二路", "en": "Line 2"}],
        "source": {"quote": "“车”"},
    }
    assert texts_of(COLLECTIONS["glossary"], record)._asdict() == {
        "names_zh": "公交 交",
        "names_en": "green bus buse buses",
        "texts_zh": "指车 车 一路 路 二路 路 车",
        "texts_en": "car cars line 1 line 2",
        "pinyin": "gongjiao gj jiao j",
    }


def test_names_are_read_in_every_record() -> None:
    """No record of a real dataset is without Chinese and English names and readings."""
    for collection, record in kuiwen():
        found = texts_of(collection, record)
        assert found.names_zh
        assert found.names_en
        assert found.pinyin
