"""The table: each set with its figure, the interval, the baseline and the goal; and what each rule brings. Pure."""

from collections.abc import Mapping, Sequence

from tests.relevance.figures import interval, mean
from tests.relevance.sets import SETS, Measured

Figures = Mapping[str, Sequence[float]]
"""nDCG of each query, by the rule that was off; "" for none, "baseline" for BM25."""
HEAD = f"{'set':20} {'mode':8} {'measure':8} {'n':>5} {'value':>7} {'95 % interval':>15} {'BM25':>7} {'goal':>6}"
RULES_HEAD = f"{'set':20} {'mode':8} {'without':20} {'value':>7} {'brings':>8} {'95 % interval':>17}  says"


def line(measured: Measured, figures: Figures) -> str:
    """The figure of one set."""
    values = figures[""]
    low, high = interval(values)
    goal = f"{measured.goal:6.2f} {'' if mean(values) >= measured.goal else 'MISSED'}" if measured.goal else ""
    head = f"{measured.name:20} {measured.mode:8} {'nDCG@10':8} {len(values):5} {mean(values):7.4f}"
    return f"{head} {low:7.3f}-{high:.3f} {mean(figures['baseline']):9.3f} {goal}".rstrip()


def rule_lines(measured: Measured, figures: Figures) -> list[str]:
    """What each rule brings: the difference query by query, and whether it is more than chance."""
    return [
        _rule(measured, name, figures[""], values) for name, values in figures.items() if name not in ("", "baseline")
    ]


def _rule(measured: Measured, name: str, with_it: Sequence[float], without: Sequence[float]) -> str:
    gains = [one - other for one, other in zip(with_it, without, strict=True)]
    low, high = interval(gains)
    says = "helps" if low > 0 else "hurts" if high < 0 else ""
    head = f"{measured.name:20} {measured.mode:8} {name:20} {mean(without):7.4f} {mean(gains):+8.4f}"
    return f"{head} {low:+9.3f}..{high:+.3f}  {says}".rstrip()


def table(found: Mapping[str, Mapping[str, Figures]]) -> list[str]:
    """Everything that was found, by set and mode."""
    rows = [(each, found[each.name][each.mode]) for each in SETS if each.mode in found.get(each.name, {})]
    rules = [text for measured, figures in rows for text in rule_lines(measured, figures)]
    return [HEAD, *(line(*row) for row in rows), "", RULES_HEAD, *rules]
