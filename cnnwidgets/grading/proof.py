"""Proof that an assignment can be solved and is not solved yet: its source scores everything, its release nothing."""

import shutil
from pathlib import Path

from .course import CONFIG_NAME, Course, open_course
from .files import files_in
from .grade import grading
from .verdict import WAITS, Verdict

SOURCE, RELEASE = "the source", "the release"


def prove_scores(course: Course, assignment: str, release: Path, work: Path) -> tuple[list[str], float]:
    """Grade source and release as if learners had handed them in, in a course of their own below `work`.

    Returns what does not hold, one sentence each, and the points to be had.
    """
    root = work / "course"
    root.mkdir(parents=True)
    shutil.copy(course.folder / CONFIG_NAME, root / CONFIG_NAME)
    trial = Course(root, open_course(root).config, course.log)
    _copy(course.source(assignment).parent, trial.source(assignment).parent)
    for name, folder in ((SOURCE, course.source(assignment).parent), (RELEASE, release)):
        _copy(folder, trial.step("submitted") / name / assignment)
    run = grading(trial, assignment, workers=2, sandbox=False)  # the author's own code
    run.feedback = False
    verdicts = {verdict.student: verdict for verdict in run.verdicts()}
    source, handed_out = verdicts[SOURCE], verdicts[RELEASE]
    faults = [
        f"{verdict.student} can not be graded: {verdict.reason}" for verdict in verdicts.values() if verdict.reason
    ]
    faults += [f"the source gets {each} of its own tests" for each in _not_full(source)]
    faults += [f"the release gets {each} without an answer" for each in _not_zero(handed_out)]
    faults += [f"the source's cells are not sound: {remark}" for remark in source.remarks]
    return faults, source.max_score


def _not_full(verdict: Verdict) -> list[str]:
    return [
        f"{each.points:g} of {each.max_points:g} points in {each.name}{_why(each.remark or each.summary)}"
        for each in verdict.exercises
        if each.points < each.max_points and WAITS not in (each.remark or "")  # a person has not scored it yet
    ]


def _not_zero(verdict: Verdict) -> list[str]:
    return [f"{each.points:g} points in {each.name}" for each in verdict.exercises if each.points != 0]


def _why(text: str | None) -> str:
    return f" ({text})" if text else ""


def _copy(folder: Path, target: Path) -> None:
    for file in files_in(folder):
        place = target / file.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place)
