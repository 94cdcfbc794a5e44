"""What crosses between a test and the learner's functions: values as they are, changes in place, errors; no trust."""

import inspect
import math
import pickle
import random
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from cnnwidgets.grading.engine.wire import DTYPES

from .conftest import Learner

pytestmark = pytest.mark.slow
Told = Callable[[str], Learner]

ECHO = "def echo(*a, **k): return (a, k)"
PLAIN = [
    None, True, False, 0, -1, 2**70, 1.5, -0.0, math.inf, 1 + 2j, "", "text", "é ✓ \U0001f600", "\ud800", b"\x00\xff",
    bytearray(b"ab"), [], [1, [2, (3,)]], (), (1,), {}, {"a": [1]}, {1: "a", (2, 3): None},
    set(), {1, 2}, frozenset({1}), np.float32(1.5), np.float64(2.5), np.int8(-3), np.bool_(True), np.complex64(1j),
    [None, {"x": (True, 2.0)}],
]  # fmt: skip


@pytest.fixture(scope="module")
def echo(warm: Any) -> Any:
    learner = Learner(warm.address)
    learner.run(ECHO)
    return learner.echo


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_a_plain_value_arrives_and_comes_back(echo: Any, value: Any) -> None:
    ((there,), named) = echo(value, key=value)
    assert (there, named) == (value, {"key": value})
    assert type(there) is type(value)
    assert repr(there) == repr(value)


def test_not_a_number_arrives(echo: Any) -> None:
    assert math.isnan(echo(math.nan)[0][0])


@pytest.mark.parametrize("code", DTYPES)
def test_an_array_of_every_kind_arrives_and_comes_back(echo: Any, code: str) -> None:
    array = np.arange(6).reshape(2, 3).astype(code)
    back = echo(array.copy())[0][0]
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)


@pytest.mark.parametrize(
    "array",
    [np.zeros(()), np.zeros((0, 3)), np.arange(6.0)[::-2], np.arange(6.0).reshape(2, 3).T, np.arange(3, dtype=">i4")],
    ids=["no axes", "empty", "strided", "transposed", "big-endian"],
)
def test_an_array_of_every_layout_arrives(told: Told, array: Any) -> None:
    learner = told(
        "def shape_and_sum(a): return a.shape, float(a.sum())\ndef itself(a): return a\ndef half(a): return a / 2"
    )
    assert learner.shape_and_sum(array) == (array.shape, float(array.sum()))
    assert learner.itself(array) is array
    assert np.array_equal(learner.half(array), array / 2)


@pytest.mark.parametrize(
    "tensor",
    [torch.ones(2, 3), torch.tensor(3), torch.ones(2, dtype=torch.float64).requires_grad_(), torch.eye(3)[:, 1],
     torch.ones(2) > 0, torch.zeros(0, 2), torch.ones(2, dtype=torch.complex64)],
    ids=lambda t: str(t.dtype),
)  # fmt: skip
def test_a_tensor_arrives_and_comes_back(told: Told, tensor: torch.Tensor) -> None:
    learner = told("def copy(t): return t.detach().clone().requires_grad_(t.requires_grad)")
    back = learner.copy(tensor)
    assert type(back) is torch.Tensor and torch.equal(back, tensor)
    assert (back.dtype, back.requires_grad, back.is_leaf) == (tensor.dtype, tensor.requires_grad, True)


def test_a_parameter_is_a_parameter(told: Told) -> None:
    learner = told("import torch\nweight = torch.nn.Parameter(torch.ones(2), requires_grad=False)")
    assert type(learner.weight) is nn.Parameter and not learner.weight.requires_grad


STANDARD = [
    range(2, 9, 3), slice(1, None), Fraction(1, 3), Counter("abca"), OrderedDict(b=1, a=2), deque([1, 2], 3), ...,
    np.str_("cat"), np.array([["cat", "é"], ["dog!", ""]]), torch.Size([2, 3]), torch.float32, np.dtype("int16"),
    int, ValueError, np.float32, [range(3), {"a": Fraction(1)}],
]  # fmt: skip


@pytest.mark.parametrize("value", STANDARD, ids=repr)
def test_a_value_of_a_well_known_type_arrives_and_comes_back(echo: Any, told: Told, value: Any) -> None:
    back = echo(value)[0][0]
    assert type(back) is type(value) and repr(back) == repr(value)
    assert repr(told("def text(x): return repr(x)").text(value)) == repr(repr(value))


def test_values_of_the_learners_well_known_types(told: Told) -> None:
    learner = told(
        "from collections import namedtuple, defaultdict\nimport torch\nPoint = namedtuple('Point', 'x y')\n"
        "def point(): return Point(1, y=[2])\ndef counts(): d = defaultdict(int); d['a'] += 1; return d\n"
        "def shape(X): return torch.ones(2, 3).shape\ndef kind(x): return type(x)"
    )
    point = learner.point()
    assert point == (1, [2]) and point.y == [2] and type(point).__name__ == "Point"
    assert learner.counts() == {"a": 1} and learner.shape(0) == (2, 3) and learner.kind(1.5) is float


def test_an_exception_of_the_learners_own_is_of_its_kind(told: Told) -> None:
    learner = told(
        "class Mismatch(ValueError): pass\nclass Over(StopIteration): pass\nclass Odd(UnicodeDecodeError): pass\n"
        "def mismatch(): raise Mismatch('channels')\ndef over(): raise Over('no more')\n"
        "def odd(): raise Odd('utf-8', b'x', 0, 1, 'odd')"
    )
    with pytest.raises(ValueError, match="channels") as caught:
        learner.mismatch()
    assert type(caught.value).__name__ == "Mismatch"
    for name in ("over", "odd"):
        with pytest.raises(RuntimeError):
            getattr(learner, name)()


def test_an_iterator_gives_its_values_one_by_one(told: Told) -> None:
    learner = told(
        "def countdown(n):\n    while n:\n        yield n\n        n -= 1\n    raise ValueError('over')\n"
        "def evens():\n    n = 0\n    while True:\n        yield n\n        n += 2\n"
        "def pairs(a, b): return zip(a, b)\n"
        "class Box:\n    def __iter__(self): return iter([1])"
    )
    assert list(learner.pairs([1, 2], "ab")) == [(1, "a"), (2, "b")]
    steps = learner.countdown(2)
    assert [next(steps), next(steps)] == [2, 1]
    with pytest.raises(ValueError, match="over"):
        next(steps)
    assert [n for _, n in zip(range(3), learner.evens(), strict=False)] == [0, 2, 4]
    assert list(learner.Box()) == [1] and sum(learner.Box()) == 1


@pytest.mark.parametrize("function", [np.sqrt, np.mean, math.sqrt, abs, torch.relu, nn.ReLU, sorted], ids=range(7))
def test_a_well_known_function_can_be_given(told: Told, function: Any) -> None:
    learner = told("def name(f): return f.__name__\ndef same(f, g): return f is g")
    assert learner.name(function) == function.__name__ and learner.same(function, function)


def test_names_stand_for_values(told: Told) -> None:
    learner = told("import numpy as np\nK = np.eye(2)\nrate, words = 0.5, ['a']\nsquare = lambda x: x * x")
    assert np.array_equal(learner.K, np.eye(2))
    assert (learner.rate, learner.words, learner.square(3)) == (0.5, ["a"], 9)


def test_defaults_and_keywords_are_the_functions_own(told: Told) -> None:
    learner = told("def f(a, b=2, *, c=3): return [a, b, c]")
    assert learner.f(1) == [1, 2, 3] and learner.f(b=5, a=4, c=6) == [4, 5, 6]
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        learner.f()
    with pytest.raises(TypeError, match="unexpected keyword argument 'd'"):
        learner.f(1, d=1)


CHANGES = """
def grow(items): items.append(1)
def shrink(items): del items[0]
def deep(items): items[0].append(9)
def fill(X): X[...] = 7
def put(d): d["new"] = [1]
def add(s): s.add(3)
def scale(t): t.mul_(3)
def both(*, a, b): a.append(1); b.append(2)
def returned(items): items.append(1); return items
def untouched(items): return sorted(items)
def then_fails(items): items.clear(); raise ValueError
"""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("grow", [0], [0, 1]),
        ("shrink", [0, 1], [1]),
        ("deep", [[1], 2], [[1, 9], 2]),
        ("fill", np.zeros(3), np.full(3, 7.0)),
        ("put", {"old": 1}, {"old": 1, "new": [1]}),
        ("add", {1}, {1, 3}),
        ("scale", torch.ones(2), torch.full((2,), 3.0)),
        ("untouched", [3, 1], [3, 1]),
    ],
)
def test_what_a_function_changes_in_place_is_changed_here(told: Told, name: str, before: Any, after: Any) -> None:
    getattr(told(CHANGES), name)(before)
    assert np.array_equal(before, after) if isinstance(before, np.ndarray) else repr(before) == repr(after)


def test_changes_reach_keywords_and_what_is_given_back_and_survive_an_error(told: Told) -> None:
    learner = told(CHANGES)
    a: list[int] = []
    b: list[int] = []
    learner.both(b=b, a=a)
    assert (a, b) == ([1], [2])
    assert learner.returned(a) is a and a == [1, 1]
    with pytest.raises(ValueError):
        learner.then_fails(a)
    assert a == []


TRAIN = """
import torch
def train_epoch(net, batches, optimiser_rate):
    net.train()
    for X, y in batches:
        loss = torch.nn.functional.cross_entropy(net(X), y)
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p -= optimiser_rate * p.grad
    return loss.item()
def zero(net):
    for p in net.parameters(): p.data.zero_()
    return net
def evaluate(net): return net.eval()
"""


def small() -> nn.Sequential:
    torch.manual_seed(3)
    return nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 2))


def test_a_function_of_the_learners_trains_a_network_of_the_tests(told: Told) -> None:
    batches = [(torch.randn(6, 4), torch.randint(2, (6,))) for _ in range(3)]
    space: dict[str, Any] = {}
    exec(TRAIN, space)
    here, there = small(), small()
    expected = space["train_epoch"](here, batches, 0.5)
    assert told(TRAIN).train_epoch(there, batches, 0.5) == pytest.approx(expected, rel=1e-5)
    for key, each in here.state_dict().items():
        assert torch.allclose(each, there.state_dict()[key], atol=1e-6), key


def test_a_network_given_back_is_the_one_that_was_given(told: Told) -> None:
    net = small()
    learner = told(TRAIN)
    assert learner.zero(net) is net
    assert not any(each.any() for each in net.parameters())
    assert learner.evaluate(net) is net and not net.training and not net[1].training


def test_the_same_object_is_the_same_here(told: Told) -> None:
    learner = told("import numpy as np, torch\nkept, t, items = np.zeros(2), torch.ones(1), []\n"
                   "def same(): kept[0] += 1; return kept\ndef fresh(): return np.zeros(2)\n"
                   "def tensor(): return t\ndef more(): items.append(0); return items\n")  # fmt: skip
    first = learner.same()
    assert first is learner.same() and first[0] == 2
    assert learner.fresh() is not learner.fresh()
    assert learner.tensor() is learner.tensor()
    found = learner.more()
    assert learner.more() is found and found == [0, 0]


RAISES = """
class TooSmall(ValueError):
    pass
class Odd(Exception):
    def __str__(self): raise ValueError
class Two(Exception):
    def __init__(self, a, b): super().__init__(a, b)
def value(): raise ValueError("as it should")
def key(): return {}["missing"]
def index(): return [][1]
def zero(): return 1 / 0
def own(): raise TooSmall("by 3")
def odd(): raise Odd
def two(): raise Two(1, 2)
def group(): raise ExceptionGroup("several", [ValueError(1)])
def unicode(): return b"\\xff".decode()
def stop(): next(iter([]))
def leave(): raise SystemExit(1)
def interrupt(): raise KeyboardInterrupt
def deep(n=0): return deep(n + 1)
def not_yet(): raise NotImplementedError
def fails(): assert 1 == 2, "not equal"
"""


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("value", ValueError, "as it should"),
        ("key", KeyError, "missing"),
        ("index", IndexError, "list index out of range"),
        ("zero", ZeroDivisionError, "division by zero"),
        ("not_yet", NotImplementedError, None),
        ("fails", AssertionError, "not equal"),
        ("deep", RecursionError, "maximum recursion depth"),
        ("group", Exception, "several"),
        ("unicode", Exception, "invalid start byte"),
        ("stop", Exception, None),
        ("leave", Exception, None),
        ("interrupt", Exception, None),
        ("odd", Exception, None),
        ("two", Exception, None),
    ],
)
def test_an_exception_of_the_learners_is_raised_here(told: Told, name: str, kind: type, words: str | None) -> None:
    with pytest.raises(kind, match=words):
        getattr(told(RAISES), name)()


def test_an_exception_of_a_class_of_the_learners_keeps_its_name(told: Told) -> None:
    learner = told(RAISES)
    with pytest.raises(Exception, match="by 3") as caught:
        learner.own()
    assert type(caught.value).__name__ == "TooSmall"


def test_a_key_error_says_what_it_says_in_one_process(told: Told) -> None:
    with pytest.raises(KeyError) as caught:
        told(RAISES).key()
    assert str(caught.value) == "'missing'"


ANIMALS = """
class Animal:
    kind = "animal"
    def __init__(self, name, legs=4): self.name, self.legs, self._secret = name, legs, 1
    def speak(self, times=1): return " ".join([self.name] * times)
    def rename(self, name): self.name = name
    def friend(self): return Animal("friend")
    @property
    def feet(self): return self.legs
    @staticmethod
    def many(): return [Animal("a"), Animal("b")]
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __len__(self): return 3
    def __add__(self, other): return 5
    def __getitem__(self, key): return 1
    def __contains__(self, key): return True
    def __float__(self): return 1.0
    def __lt__(self, other): return True
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __array__(self, *a, **k):
        import numpy
        return numpy.ones(2)
class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x): return x + self.n
def named(animal): return animal.name
def same(a, b): return a is b
"""


def test_an_object_of_the_learners_has_its_attributes_and_methods(told: Told) -> None:
    learner = told(ANIMALS)
    dog = learner.Animal("Rex", legs=3)
    assert (dog.name, dog.legs, dog.feet, dog.kind) == ("Rex", 3, 3, "animal")
    assert dog.speak() == "Rex" and dog.speak(times=2) == "Rex Rex"
    dog.rename("Max")
    assert dog.name == "Max" and learner.named(dog) == "Max"
    dog.name, learner.Animal.kind = "Lux", "beast"
    assert learner.named(dog) == "Lux" and dog.kind == "beast"
    learner.Animal.kind = "animal"
    assert dog.friend().speak() == "friend"
    assert [each.name for each in learner.Animal.many()] == ["a", "b"]
    assert learner.Animal.kind == "animal" and learner.Animal.__name__ == "Animal"
    assert type(dog).__name__ == "Animal"
    assert learner.same(dog, dog) and not learner.same(dog, dog.friend())
    assert hasattr(dog, "name") and not hasattr(dog, "wings")
    assert learner.Adder(2)(3) == 5 and learner.Adder(2).n == 2


def entered(thing: Any) -> bool:
    with thing:
        return True


@pytest.mark.parametrize(
    "use",
    [
        lambda dog: dog == 1, lambda dog: dog != 1, lambda dog: dog == dog, lambda dog: bool(dog),
        lambda dog: len(dog), lambda dog: dog + 1, lambda dog: 1 + dog, lambda dog: dog[0], lambda dog: 1 in dog,
        lambda dog: float(dog), lambda dog: list(dog), lambda dog: dog < 1, lambda dog: abs(dog),
        lambda dog: hash(dog), lambda dog: 1 == dog,  # noqa: SIM300
        lambda dog: np.asarray(dog) == 1, lambda dog: np.allclose(dog, 1), lambda dog: dog._secret,
        lambda dog: entered(dog), lambda dog: dog.__class__.__init__(dog, 1), lambda dog: f"{dog}",
        lambda dog: torch.as_tensor(dog), lambda dog: dog @ 1, lambda dog: -dog, lambda dog: round(dog),
        lambda dog: [dog] == [1], lambda dog: {"a": dog} == {"a": 1},
    ],
    ids=range(27),
)  # fmt: skip
def test_what_only_the_learners_word_would_answer_is_refused(told: Told, use: Callable[[Any], Any]) -> None:
    dog = told(ANIMALS).Animal("Rex")
    with pytest.raises((TypeError, AttributeError, ValueError, RuntimeError)):
        if use(dog):
            raise AssertionError("believed")
        raise AssertionError("believed the contrary")


def test_private_names_are_pythons_business(told: Told) -> None:
    learner = told(ANIMALS)
    for held in (learner.Animal, learner.Animal("Rex"), learner.named):
        for name in ("_secret", "__globals__", "__code__", "__self__", "__wrapped__"):
            assert not hasattr(held, name)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("object()", "object"),
        ("np.array([object()])", "ndarray"),
        ("type('Yes', (float,), {'__eq__': lambda s, o: True, '__hash__': None})(1)", "Yes"),
        ("type('Yes', (np.ndarray,), {'__eq__': lambda s, o: True})(3)", "Yes"),
        ("torch.ones(2).as_subclass(type('Yes', (torch.Tensor,), {}))", "Yes"),
        ("[[[]] * 9] * 30_000", "too large"),
    ],
)
def test_what_is_no_plain_value_fails_with_a_sentence(told: Told, value: str, sentence: str) -> None:
    learner = told(f"import numpy as np, torch\ndef f(): return {value}")
    with pytest.raises((TypeError, AttributeError), match=sentence):
        assert learner.f() == 1


@pytest.mark.parametrize("value", [object(), nn.LSTM(1, 1), iter([1]), np.array([None])], ids=range(4))
def test_what_a_test_can_not_send_fails_with_a_sentence(echo: Any, value: Any) -> None:
    with pytest.raises(TypeError, match=r"echo: an? .* can not be sent"):
        echo(value)
    assert echo(1)[0] == (1,)


def test_functions_of_the_learners_can_be_given_to_each_other(told: Told) -> None:
    learner = told(
        "def twice(f, x): return f(f(x))\ndef double(x): return 2 * x\ndef adder(n): return lambda x: x + n"
    )
    assert learner.twice(learner.double, 3) == 12
    assert learner.twice(learner.adder(5), 1) == 11
    assert learner.double is not None and callable(learner.double) and learner.double.__name__ == "double"


def test_functions_of_the_tests_can_be_given(told: Told) -> None:
    learner = told(
        "def twice(f, x): return f(f(x))\n"
        "def safely(f, x):\n    try: return f(x)\n    except ZeroDivisionError: return 'zero'\n"
        "def each(f, items):\n    for n in items: f(n, last=n == items[-1])\n"
        "def square(x): print('squared'); return x * x\ndef keep(f): return lambda x: f(x) + 1"
    )
    assert learner.twice(lambda x: x + 1, 3) == 5
    assert learner.twice(lambda x: learner.square(x) + 1, 1) == 5
    assert learner.twice(lambda X: X * 2, np.ones(2)).tolist() == [4, 4]
    assert learner.safely(lambda x: 1 / x, 0) == "zero" and learner.safely(lambda x: 1 / x, 2) == 0.5
    with pytest.raises(KeyError, match="absent"):
        learner.safely(lambda x: {}[x], "absent")
    seen: list[Any] = []
    learner.each(lambda n, last: seen.append((n, last)), [1, 2])
    assert seen == [(1, False), (2, True)]
    with pytest.raises(TypeError, match="can not be sent"):
        learner.twice(lambda x: object(), 1)
    assert learner.twice(learner.square, 2) == 16


def test_an_optimiser_of_the_tests_can_be_given(told: Told) -> None:
    learner = told(
        "def step(net, optimiser, X):\n"
        "    optimiser.zero_grad()\n    (net(X) ** 2).mean().backward()\n    optimiser.step()\n"
        "def slower(net, optimiser): optimiser.param_groups[0]['lr'] /= 2"
    )
    there, here = small(), small()
    X = torch.randn(6, 4)
    optimisers = [torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.5) for net in (there, here)]
    for _ in range(3):
        learner.step(there, optimisers[0], X)
        optimisers[1].zero_grad()
        here(X).square().mean().backward()
        optimisers[1].step()
    assert all(torch.allclose(a, b, atol=1e-4) for a, b in zip(there.parameters(), here.parameters(), strict=True))
    kept = [each.state_dict()["state"][0]["momentum_buffer"] for each in optimisers]
    assert torch.allclose(kept[0], kept[1], atol=1e-6)
    learner.slower(there, optimisers[0])
    assert optimisers[0].param_groups[0]["lr"] == 0.05
    weight = torch.ones(2, requires_grad=True)
    given = torch.optim.SGD([weight], lr=0.5)
    with pytest.raises(TypeError, match="before the network"):
        learner.slower(given, weight)


def test_batches_of_a_loader_can_be_given(told: Told) -> None:
    learner = told("import torch\ndef sizes(loader): return [len(X) for X, y in loader]\n"
                   "def load(n): return torch.utils.data.DataLoader(list(range(n)), batch_size=2)")  # fmt: skip
    data = torch.utils.data.TensorDataset(torch.ones(5, 3), torch.zeros(5))
    assert learner.sizes(torch.utils.data.DataLoader(data, batch_size=2, shuffle=True)) == [2, 2, 1]
    assert [batch.tolist() for batch in learner.load(3)] == [[0, 1], [2]]


def test_a_seed_of_the_tests_holds_for_the_learners_code(told: Told) -> None:
    learner = told("import random, numpy as np, torch\n"
                   "def draw(): return random.random(), np.random.rand(), torch.rand(1).item()")  # fmt: skip
    learner.candidate.seeded = True

    def expected() -> tuple[float, float, float]:
        return random.random(), float(np.random.rand()), torch.rand(1).item()  # noqa: NPY002

    for seed in (1, 2):
        found = []
        for draw in (learner.draw, expected):
            random.seed(seed)
            np.random.seed(seed)  # noqa: NPY002
            torch.manual_seed(seed)
            found.append([draw(), draw()])
        assert found[0] == found[1] and found[0][0] != found[0][1]


def test_gradients_flow_through_a_function_of_the_learners(told: Told) -> None:
    learner = told("import torch\ndef loss(x, y): return ((x - y) ** 2).mean()\ndef pair(x): return x * 2, x.sum()")
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = learner.loss(3 * x, torch.ones(2))
    loss.backward()
    assert loss.item() == pytest.approx(14.5)
    assert torch.allclose(x.grad, torch.tensor([6.0, 15.0]))  # type: ignore[arg-type]
    x.grad = None
    doubled, total = learner.pair(x)
    (doubled.sum() + total).backward()
    assert torch.allclose(x.grad, torch.full((2,), 3.0))


@pytest.mark.parametrize(
    "use",
    [
        lambda learner: inspect.getsource(learner.square),
        lambda learner: inspect.signature(learner.square),
        lambda learner: len(inspect.signature(learner.Shape).parameters),
        lambda learner: learner.square.__code__.co_argcount,
        lambda learner: issubclass(learner.Square, learner.Shape),
        lambda learner: learner.Square() == learner.Square(),
        lambda learner: pickle.dumps(learner.Shape()),
        lambda learner: setattr(learner.Shape(), "__class__", int),
        lambda learner: setattr(learner.Shape(), "held", learner),
        lambda learner: type("Mine", (learner.Shape,), {}),
        lambda learner: learner.square + 1,
        lambda learner: learner.square(learner),
    ],
    ids=["source", "signature", "of a class", "code", "subclass", "equal", "pickle", "class", "set", "derive", "add",
         "give"],
)  # fmt: skip
def test_what_can_not_be_had_here_fails(told: Told, use: Callable[[Learner], Any]) -> None:
    """Stock nbgrader runs test and answer in one process, where all this works; a test that relies on it fails."""
    learner = told("def square(x): return x * x\nclass Shape: pass\nclass Square(Shape): pass")
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
        use(learner)


def test_a_network_with_lazy_layers_says_what_it_lacks(told: Told) -> None:
    learner = told("import torch\ndef make(): return torch.nn.Sequential(torch.nn.LazyLinear(3))\n"
                   "def seen(): net = make(); net(torch.ones(1, 2)); return net")  # fmt: skip
    with pytest.raises(TypeError, match="lazy layers"):
        learner.make()
    assert learner.seen()(torch.ones(1, 2)).shape == (1, 3)


def test_what_a_function_prints_is_printed_here(told: Told, capsys: pytest.CaptureFixture[str]) -> None:
    learner = told("import sys\ndef shout(): print('out'); print('err', file=sys.stderr)")
    learner.shout()
    assert capsys.readouterr() == ("out\n", "err\n")


def test_documentation_is_the_functions_own(told: Told) -> None:
    learner = told('def said():\n    "It says."\ndef unsaid(): pass')
    assert (learner.said.__doc__, learner.unsaid.__doc__) == ("It says.", None)
