"""The house itself: light imports that point down, one list of dependencies, first lines that say what a file is."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cnnwidgets"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Which parts of the package a part may import.
MAY_IMPORT = {
    "ops": set(),
    "checks": {"ops", "training"},  # `modern_lenet` is checked by training it
    "tracing": {"ops"},
    "widgets": {"ops", "checks", "tracing"},
    "training": set(),
    "grading": set(),
}


def in_fresh_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_importing_the_package_imports_next_to_nothing() -> None:
    heavy = in_fresh_python(
        "import sys, cnnwidgets; print([m for m in ('torch', 'numpy', 'IPython', 'nbgrader') if m in sys.modules])"
    )
    assert heavy == "[]"


def test_checking_a_numpy_exercise_does_not_import_torch() -> None:
    code = "import sys; from cnnwidgets import check; check.corr2d.report(None); print('torch' in sys.modules)"
    assert in_fresh_python(code) == "False"


def test_every_public_name_loads() -> None:
    assert in_fresh_python("import cnnwidgets as c; [getattr(c, n) for n in c.__all__]; print('all')") == "all"


def imported(module: Path) -> set[str]:
    """The parts of the package that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "cnnwidgets":
                names |= {f"cnnwidgets.{alias.name}" for alias in node.names}
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("cnnwidgets.")}


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_point_down(part: str) -> None:
    for module in (PACKAGE / part).rglob("*.py"):
        beyond = imported(module) - MAY_IMPORT[part] - {part}
        assert not beyond, f"{module.relative_to(ROOT)} imports {beyond}"


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_first_line_says_what_a_file_is_for(module: Path) -> None:
    text = module.read_text()
    assert not text or ast.get_docstring(ast.parse(text)), "a docstring on the first line"


def test_environment_yml_is_in_step_with_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = set(project["dependencies"]) | set(project["optional-dependencies"]["instructor"])
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    listed = {line.replace("pytorch", "torch") for line in conda if isinstance(line, str)}
    by_pip = next(line["pip"] for line in conda if isinstance(line, dict))
    listed |= set(by_pip) - {"-e ."}
    assert listed - {"pip", "nodejs>=22"} == wanted | {f"python{project['requires-python']}"}


def test_constraints_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().split()
    }
    extras = project["optional-dependencies"]
    for requirement in project["dependencies"] + extras["instructor"] + extras["dev"]:
        name = requirement.split(">")[0].lower().replace("_", "-")
        assert name.startswith("cnnwidgets") or name in pinned, name
