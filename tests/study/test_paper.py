"""The paper of a study: its authors are known by their ORCID."""

import pytest
from builders.studies import STUDY, make_study

from wbkit.errors import StudyError
from wbkit.study.paper import checked_orcid
from wbkit.study.study import load_study


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0002-1694-233X"])
def test_an_orcid_with_the_right_digit_is_taken(orcid):
    # both stand in ORCID's description of the identifier, the second with X for 10
    assert checked_orcid(orcid) == orcid


@pytest.mark.parametrize("orcid", [
    "0000-0002-1825-0098", "0000000218250097", "https://orcid.org/0000-0002-1825-0097", "", "X"])
def test_what_is_no_orcid_is_refused_when_the_study_is_read(orcid, tmp_path):
    paper = f'\n[paper]\nauthors = [{{ name = "An", orcid = "{orcid}" }}]\n'
    with pytest.raises(StudyError, match="is no ORCID. Write its 16 digits in four groups"):
        load_study(make_study(tmp_path, study=STUDY + paper))
