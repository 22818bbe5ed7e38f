"""Where quotations stand in a text."""

from wbkit.text.quotations import quotations


def test_an_apostrophe_is_no_quotation_mark():
    assert quotations("z'n baas en 's avonds m'n werk, foto's en z'n moeder") == []
