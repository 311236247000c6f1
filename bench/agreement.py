"""Which metric is held against a second, slow definition, in how many random companies, over how many values.

Runs the tests that do so, and counts while they run. `--write` makes docs/evidence/agreement.md of it.
"""

from __future__ import annotations

import argparse
import inspect
import pkgutil
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bench import machine

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "evidence" / "agreement.md"
ANSWER = "answer"  # what an oracle calls that which answers for a metric


class Counting:
    """What the slow definitions were asked, while they are."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()  # (module, metric or function)
        self.values: Counter[tuple[str, str]] = Counter()
        self.tests: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._test, self._deep = "", 0

    def pytest_runtest_call(self, item: pytest.Item) -> None:
        self._test = item.nodeid

    def watch(self, module: Any) -> None:
        """Every public function of an oracle, and the `answer` of its classes, from now on."""
        name = module.__name__.rpartition(".")[2]
        for word, found in list(vars(module).items()):
            if inspect.isclass(found) and found.__module__ == module.__name__ and ANSWER in vars(found):
                setattr(found, ANSWER, self._watched(name, ANSWER, getattr(found, ANSWER)))
            elif inspect.isfunction(found) and found.__module__ == module.__name__ and not word.startswith("_"):
                setattr(module, word, self._watched(name, word, found))

    def _watched(self, module: str, word: str, made: Callable[..., Any]) -> Callable[..., Any]:
        from leadline.insights.catalogue import METRICS

        @wraps(made)
        def watched(*values: Any, **named: Any) -> Any:
            self._deep += 1
            try:
                result = made(*values, **named)
            finally:
                self._deep -= 1
            if not self._deep:  # what one definition asks of another is part of its answer
                told = (value for value in (*values, *named.values()) if isinstance(value, str) and value in METRICS)
                key = (_origin(values, module), next(told, f"{word}()"))
                self.asked[key] += 1
                self.values[key] += _leaves(result)
                self.tests[key].add(self._test)
            return result

        return watched


def _origin(values: tuple[Any, ...], module: str) -> str:
    """Some answer for another module, which they are given."""
    return next((each.__name__.rpartition(".")[2] for each in values if inspect.ismodule(each)), module)


def _leaves(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    return sum(map(_leaves, value)) if isinstance(value, list | tuple | set) else 1


def main() -> int:
    """pytest's exit code: 0 where all agree."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    asked = options.parse_args()
    import tests.conftest  # noqa: F401  sets Django up, as every test has it
    from tests import oracle

    counting = Counting()
    for each in pkgutil.iter_modules(oracle.__path__):
        counting.watch(import_module(f"tests.oracle.{each.name}"))
    holding = sorted(str(path) for path in CHECKOUT.glob("tests/**/test_*.py") if "tests.oracle" in path.read_text())
    code = pytest.main(["-q", "-p", "no:warnings", "-p", "no:cacheprovider", *holding], plugins=[counting])
    text = "\n".join(_page(counting, int(code)))
    print(text)
    if asked.write and code == 0:
        PAGE.write_text(text + "\n", encoding="utf-8")
    return int(code)


def _page(counting: Counting, code: int) -> list[str]:
    from leadline.insights.catalogue import METRICS

    about = machine.described()
    of_metrics = {key for key in counting.asked if key[1] in METRICS}
    held = {metric for _module, metric in of_metrics}
    bare = [name for name in METRICS if name not in held]
    return [
        "<!-- Written by `python -m bench.agreement --write`. -->\n\n# Agreement with slow definitions\n",
        f"{about['when']}, commit {about['commit']}. {'All agree.' if code == 0 else '**Not all agree.**'}\n",
        "`tests/oracle/` defines numbers a second time, in plain Python over every record, without SQL. Tests make up",
        "companies with hypothesis and hold the product's answers against these: in all, broken down, over periods, as",
        "of past days, in several time zones. An answer is one question about one company; values are what it holds.\n",
        f"{len(held)} of {len(METRICS)} metrics, {sum(counting.asked[key] for key in of_metrics):,} answers, "
        f"{sum(counting.values[key] for key in of_metrics):,} values.\n",
        "| metric | second definition | answers | values |\n|---|---|---|---|",
        *(_line(counting, key) for name in METRICS for key in sorted(of_metrics) if key[1] == name),
        "\nWithout a second definition, held by exact cases and by properties that must hold for every company: "
        f"{', '.join(bare)}.\n",
        "What metrics are made of, and what is no metric:\n",
        "| what | second definition | answers | values |\n|---|---|---|---|",
        *(_line(counting, key) for key in sorted(counting.asked.keys() - of_metrics)),
    ]


def _line(counting: Counting, key: tuple[str, str]) -> str:
    module, what = key
    return f"| {what} | `tests/oracle/{module}.py` | {counting.asked[key]:,} | {counting.values[key]:,} |"


if __name__ == "__main__":
    raise SystemExit(main())
