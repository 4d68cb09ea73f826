"""Where models are rendered: sandboxed, strict, and with nothing in reach but the fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from segxl.domain.anomalies import Anomalie, Gravite, SaisieError
from segxl.domain.textes import join_words
from segxl.lettres.champs import NAMES
from segxl.lettres.francais import FILTRES

# A model is the firm's text: whatever goes wrong inside it is told to the firm, not logged as a bug.
MODEL_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError)
_QUOTED = re.compile(r"'([^']*)'")


@cache
def letter_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of Word models: values are escaped for XML."""
    return _environment(autoescape=True)


@cache
def mail_environment() -> ImmutableSandboxedEnvironment:
    """Return the environment of e-mail models: values are plain text."""
    return _environment(autoescape=False)


def _environment(*, autoescape: bool) -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(autoescape=autoescape, undefined=StrictUndefined)
    # range, lipsum, cycler…: a letter needs none of them, and each is a way out of the sandbox.
    env.globals.clear()
    env.filters.update(FILTRES)
    return env


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The names a model reads, and those among them it also tests (``{% if contact %}``)."""

    used: frozenset[str]
    tested: frozenset[str]

    @property
    def unknown(self) -> frozenset[str]:
        """The names that no field of ``Champs`` bears."""
        return self.used.difference(NAMES)

    @property
    def required(self) -> frozenset[str]:
        """The fields printed without a test: an empty one leaves a hole in the letter."""
        return self.used & frozenset(NAMES) - self.tested


def usage_of(sources: Iterable[str]) -> Usage:
    """Return what a model reads, from the text of its parts.

    Examples
    --------
    >>> usage = usage_of(["{{ ville }} {% if contact %}{{ contact }}{% endif %} {{ prix }}"])
    >>> sorted(usage.required), sorted(usage.unknown)
    (['ville'], ['prix'])
    """
    trees = [letter_environment().parse(source) for source in sources]
    used = {name for tree in trees for name in meta.find_undeclared_variables(tree)}
    return Usage(used=frozenset(used), tested=frozenset(n for t in trees for n in _tested(t)))


def _tested(tree: nodes.Template) -> Iterator[str]:
    """Find the names whose emptiness the model provides for: if, or, default."""
    for block in tree.find_all(nodes.If):
        yield from _names(block.test)
    for choice in tree.find_all(nodes.CondExpr):
        yield from _names(choice.test)
    for either in tree.find_all(nodes.Or):
        yield from _names(either.left)
    for call in tree.find_all(nodes.Filter):
        if call.name in {"default", "d"} and call.node is not None:
            yield from _names(call.node)
    for loop in tree.find_all(nodes.For):
        yield from _names(loop.iter)


def _names(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    yield from (name.name for name in node.find_all(nodes.Name))


def model_error(file: str, value: object, problem: str, remedy: str) -> SaisieError:
    """Return the error that says one model cannot be used."""
    anomaly = Anomalie(
        sheet=f"Modèle {file}",
        cell="",
        value=value,
        problem=problem,
        remedy=remedy,
        gravite=Gravite.BLOQUANTE,
    )
    return SaisieError((anomaly,))


def require_known(file: str, usage: Usage) -> None:
    """Refuse a model that reads a field that does not exist.

    Raises
    ------
    SaisieError
        It names the model, the unknown fields and the known ones.
    """
    if usage.unknown:
        problem = (
            "ce champ n’existe pas" if len(usage.unknown) == 1 else "ces champs n’existent pas"
        )
        remedy = f"corrigez le modèle ; champs possibles : {join_words(sorted(NAMES))}"
        raise model_error(file, join_words(sorted(usage.unknown)), problem, remedy)


def fault_of(file: str, fault: Exception) -> SaisieError:
    """Translate what jinja says of a model."""
    if isinstance(fault, SecurityError):
        return model_error(
            file, str(fault), "une expression du modèle est interdite", "n’utilisez que les champs"
        )
    if isinstance(fault, UndefinedError):
        found = _QUOTED.findall(str(fault))
        value = found[-1] if found else str(fault)
        return model_error(
            file, value, "le modèle lit une valeur qui n’existe pas", "n’utilisez que les champs"
        )
    if isinstance(fault, TemplateSyntaxError):
        remedy = (
            "vérifiez les accolades {{ … }}, les blocs {% if … %} … {% endif %} "
            f"et les filtres ; filtres de segxl : {join_words(sorted(FILTRES))}"
        )
        return model_error(file, str(fault.message), "le modèle ne peut pas être lu", remedy)
    return model_error(
        file, str(fault), "un calcul du modèle a échoué", "simplifiez l’expression entre accolades"
    )
