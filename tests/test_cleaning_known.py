"""What is known of texts becomes answers, one row for each text."""

import pandas as pd
import pytest
import texts

from wbkit.cleaning.open_text import document_variables
from wbkit.data.documents import Documents
from wbkit.errors import DataError
from wbkit.survey.frequency import frequency

ITEMS = {"herkend": {"name": "herkend", "kind": "ordinal", "values": ["nee", "ja"]}}


def sheets(*recognised, unit=None, **fields):
    data = pd.DataFrame({"document": [str(at) for at in range(1, len(recognised) + 1)],
                         "text": "x", "herkend": list(recognised)})
    data = data.assign(**({"unit": unit} if unit else {}))
    return Documents.of(data, texts.source(**{"unit": "sheet", "items": ITEMS} | fields))


def test_texts_are_counted_by_what_is_known_of_them():
    table = frequency(document_variables(sheets("ja", "", "nee", "ja")), "herkend")
    assert table.data[["value", "n", "base"]].values.tolist() == [["nee", 1, 3], ["ja", 2, 3]]


def test_an_unknown_value_is_refused():
    with pytest.raises(DataError, match="'misschien', which is not one of its values"):
        document_variables(sheets("misschien"))


def test_attributes_have_to_be_described():
    with pytest.raises(DataError, match="there is no attribute of its texts that is described"):
        document_variables(sheets("ja", items={}))
    tafel = {"tafel": {"name": "tafel", "kind": "nominal", "values": ["A"]}}
    with pytest.raises(DataError, match="tafel is no attribute.*the texts have herkend"):
        document_variables(sheets("ja", items=tafel))


def test_a_unit_with_two_texts_is_refused():
    with pytest.raises(DataError, match="several texts are of one sheet"):
        document_variables(sheets("ja", "nee", unit=["a", "a"]))
