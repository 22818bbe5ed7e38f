"""Hold the answers that people wrote against the results of the last run."""

import tomlkit

from wbkit.errors import DataError
from wbkit.findings.answer_file import ANSWERS, load_answers
from wbkit.study.study import Study
from wbkit.whole_files import write_whole
from wbkit.workflow.results_folder import saved_results


def outdated_answers(study: Study) -> dict[str, list[str]]:
    """List the answers that were written for other results than those of the last run.

    Parameters
    ----------
    study
        The study.

    Returns
    -------
    dict of str to list of str
        For each question with an outdated answer, one line for each Table that differs.
    """
    present = _fingerprints(study)
    lines = {
        question: [f"{name}: {present.get(name, 'is not in results')} instead of {digits}"
                   for name, digits in answer.tables.items() if present.get(name) != digits]
        for question, answer in load_answers(study).items()
    }
    return {question: differs for question, differs in lines.items() if differs}


def reread(study: Study, question: str) -> list[str]:
    """Write in answers.toml that an answer was read again beside the results of the last run.

    Parameters
    ----------
    study
        The study.
    question
        Id of a question that has an answer.

    Returns
    -------
    list of str
        Names of the Tables whose fingerprint was renewed; the words stay as they are.

    Raises
    ------
    DataError
        If the question has no answer, or a Table that it rests on is not in results.
    """
    answers, present = load_answers(study), _fingerprints(study)
    if question not in answers:
        raise DataError(
            f"{ANSWERS}: holds no answer to {question!r}. There are answers to "
            f"{', '.join(answers) or 'none'}. Write one first."
        )
    gone = [name for name in answers[question].tables if name not in present]
    if gone:
        raise DataError(
            f"{ANSWERS}, {question}: {', '.join(gone)} is not in results. "
            "Give wbkit run first, or correct the name."
        )
    file = study.folder / ANSWERS
    document = tomlkit.parse(file.read_text(encoding="utf-8-sig"))
    renewed = [name for name, digits in answers[question].tables.items()
               if digits != present[name]]
    for name in renewed:
        document[question]["tables"][name] = present[name]
    write_whole(file, tomlkit.dumps(document).encode())
    return renewed


def _fingerprints(study: Study) -> dict[str, str]:
    return {one["name"]: one["fingerprint"] for one in saved_results(study.results)
            if one["what"] == "table"}
