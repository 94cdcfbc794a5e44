"""Names the misconception behind a wrong answer, where exactly one of the known ones explains every case."""

from __future__ import annotations

from cnnwidgets.checks.compare import compare
from cnnwidgets.checks.exercise import ANY_WORDS, Candidate, Exercise, Misconception
from cnnwidgets.checks.judge import Answer, Verdict, put

PRINTS = Misconception(
    "prints-not-returns",
    "It prints its answer instead of returning it",
    "what is printed is for people; a function hands its result on with `return`",
)
NO_RETURN = Misconception(
    "no-return", "It returns nothing", "a function without `return` gives None, however much it computes"
)
CHANGES_INPUT = Misconception(
    "changes-input",
    "It changes its input in place",
    "whoever passed the array still needs it as it was: work on a copy",
)
UNSTEADY = Misconception(
    "unsteady",
    "It gives another answer when it is asked the same again",
    "a result may depend on the arguments alone, not on what an earlier call left behind",
)


def diagnose(exercise: Exercise, verdict: Verdict) -> Misconception | None:
    """The misconception that explains every case, or None: nothing is guessed from a part of them."""
    if verdict.right:
        return None
    outcomes = [a.outcome for a in verdict.answers]
    if all(a.right for a in verdict.answers):
        return CHANGES_INPUT if verdict.changed else UNSTEADY
    if any(o is None for o in outcomes):
        return None
    if all(o is not None and o.returned and o.value is None for o in outcomes):
        return PRINTS if all(o is not None and o.printed for o in outcomes) else NO_RETURN
    return next((m for m in exercise.misconceptions if _explains(exercise, m, verdict.answers)), None)


def _explains(exercise: Exercise, misconception: Misconception, answers: tuple[Answer, ...]) -> bool:
    """Whether the answers are the misconception's on every case, and some case tells it apart from right."""
    if all(a.right for a in answers):
        return False
    if misconception.fits is not None:
        return all(a.right or _fits(misconception, a) for a in answers)
    return any(all(_agree(exercise, variant, a) for a in answers) for variant in misconception.variants)


def _fits(misconception: Misconception, answer: Answer) -> bool:
    assert misconception.fits is not None and answer.outcome is not None
    return answer.outcome.returned and misconception.fits(answer.case, answer.outcome.value)


def _agree(exercise: Exercise, variant: Candidate, answer: Answer) -> bool:
    """Whether the learner's outcome is the variant's: the same value, or the same exception in the same words.

    `ANY_WORDS` of a variant stand for whatever words the learner's exception has.
    """

    mine, known = answer.outcome, answer.question.variants
    if variant not in known:
        known[variant] = put(exercise, variant, answer.case)
    theirs = known[variant]
    assert mine is not None
    if not (mine.returned and theirs.returned):
        return mine.raised is not None and theirs.raised in (mine.raised, (mine.raised[0], ANY_WORDS))
    if compare(theirs.value, answer.expected, answer.case.tolerance) is None:
        return answer.right
    return compare(mine.value, theirs.value, answer.case.tolerance) is None
