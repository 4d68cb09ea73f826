"""What every command of the terminal shares: French messages, exit codes, a log for bugs."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from segxl.domain.anomalies import Anomalie, SaisieError

if TYPE_CHECKING:
    from rich.console import Console

DONE, TO_FIX, USAGE, BUG = 0, 1, 2, 3
LOG = Path.home() / ".segxl" / "journal.log"


FRENCH = (
    ("Usage: python -m segxl", "Usage : segxl"),
    ("Usage:", "Usage :"),
    ("Options:", "Options :"),
    ("Arguments:", "Arguments :"),
    ("Commands:", "Commandes :"),
    ("Show this message and exit.", "Affiche cette aide."),
    ("COMMAND [ARGS]...", "COMMANDE …"),
    ("[default: ", "[par défaut : "),
    ("[required]", "[obligatoire]"),
    ("{CLASSEUR}", "CLASSEUR"),
    ("{EXPORT…}...", "EXPORT…"),
    ("{FICHIER…}...", "FICHIER…"),
    ("{DOSSIER}", "DOSSIER"),
    (" <path>", ""),
    (" <list[Path]>", ""),
    (" <str>", ""),
)
"""The few words of the command-line library that a user can read."""


OPTIONS = (
    ("précisez la feuille", "--feuille"),
    ("un fichier de correspondance", "--correspondance"),
    ("précisez le nom de la plateforme", "--plateforme"),
    ("dites de quel dossier il est", "--dossier"),
)
"""What the sentences of both faces ask for, and the options that give it."""


class FrenchCommand(TyperCommand):
    """A command whose help is French from end to end."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401, D102  the library's own signature
        return french_help(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """The list of commands, in French from end to end."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401, D102  the library's own signature
        return french_help(super().get_help(ctx))


def french_help(text: str) -> str:
    r"""Put the library's own words into French.

    >>> french_help("Options:\n  -h  Show this message and exit.")
    'Options :\n  -h  Affiche cette aide.'
    """
    for english, french in FRENCH:
        text = text.replace(english, french)
    return text


def run_app(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    0 done · 1 the user's data or file needs a hand · 2 wrong usage · 3 a bug.
    """
    try:
        code = app(arguments, standalone_mode=False)
    except SaisieError as error:
        return _tell_what_to_fix(error)
    except (typer.TyperException, typer.Abort) as error:
        is_bare = type(error).__name__ == "NoArgsIsHelpError"
        print(french_help(str(error)) if is_bare else usage_sentence(error), file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001  the last line of defence: whatever is left is a bug
        print(log_bug(), file=sys.stderr)
        return BUG
    return code if isinstance(code, int) else DONE


class MissingError(typer.TyperException):
    """A command line that lacks a part, known by its name."""


def usage_sentence(error: Exception) -> str:
    """Say in French what is wrong with a command line.

    >>> usage_sentence(MissingError("--vers"))
    'Il manque « --vers ». Tapez « segxl --aide » pour la liste des commandes.'
    """
    param = getattr(error, "param", None)
    options = [o for o in getattr(param, "opts", []) if o.startswith("--")]
    name = (options or [str(getattr(param, "metavar", None) or "un paramètre")])[0]
    quoted = [*str(error).split("'"), ""]
    told = {
        "Abort": "Interrompu.",
        "UsageError": f"Commande inconnue : {quoted[1]}."
        if quoted[1]
        else "La commande ne se lit pas.",
        "NoSuchOption": f"Option inconnue : {getattr(error, 'option_name', '')}.",
        "MissingError": f"Il manque « {error} ».",
        "MissingParameter": f"Il manque « {name} ».",
        "BadParameter": f"La valeur donnée pour {name} ne se lit pas"
        + (f" : {quoted[1]}." if quoted[1] else "."),
    }
    sentence = told.get(type(error).__name__, "La commande ne se lit pas.")
    return f"{sentence} Tapez « segxl --aide » pour la liste des commandes."


def print_json(content: dict[str, Any]) -> None:
    """Print one object on the standard output, and nothing else."""
    print(json.dumps(content, ensure_ascii=False, allow_nan=False))


def json_of_anomalies(anomalies: Iterable[Anomalie]) -> list[dict[str, str | None]]:
    """Return anomalies as plain records."""
    return [
        {
            "feuille": a.sheet,
            "cellule": a.cell,
            "valeur": None if a.value is None else str(a.value),
            "probleme": a.problem,
            "remede": a.remedy,
            "gravite": str(a.gravite),
        }
        for a in anomalies
    ]


def progress_of(label: str) -> Callable[[int, int], None] | None:
    """Return a progress bar to call with (done, total); None when nobody watches."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None)

    def advance(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)
        if done >= total:
            bar.stop()

    return advance


@contextlib.contextmanager
def working(label: str) -> Iterator[None]:
    """Show that work goes on, on a terminal somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(label):
        yield


def with_options(text: str) -> str:
    """Name the options by which a terminal does what a sentence asks.

    >>> with_options("Déplacez-la, ou précisez la feuille.")
    'Déplacez-la, ou précisez la feuille (--feuille).'
    """
    for words, option in OPTIONS:
        text = text.replace(words, f"{words} ({option})")
    return text


def _tell_what_to_fix(error: SaisieError) -> int:
    print(with_options(str(error)), file=sys.stderr)
    return TO_FIX


def log_bug() -> str:
    """Write the exception being handled in the log; return the sentence that says where.

    A table of the law that is written wrong is named: whoever edited it can mend it.
    """
    from segxl.domain.loi import LoiError  # noqa: PLC0415  the law is read where something failed

    LOG.parent.mkdir(parents=True, exist_ok=True)
    logging.captureWarnings(capture=True)
    with LOG.open("a", encoding="utf-8") as stream:
        stream.write(f"{datetime.now(UTC).isoformat()} {sys.argv[1:2]}\n{traceback.format_exc()}\n")
    error = sys.exc_info()[1]
    if isinstance(error, LoiError):
        return f"Une table de la loi livrée avec segxl est mal écrite : « {error} ». Corrigez ce fait, ou réinstallez segxl ; le détail est dans {LOG}."
    return f"segxl a rencontré une erreur inattendue. Le détail est dans {LOG} : transmettez-le à votre support."


def day_of(au: datetime | None) -> date:
    """Return the day asked for, or today."""
    return au.date() if au else date.today()  # noqa: DTZ011  the user's own day


@contextlib.contextmanager
def telling_json(empty: dict[str, Any] | None) -> Iterator[None]:
    """With ``--json``, print the anomalies of a refused workbook as an object too.

    ``empty`` is what the command prints around its anomalies; None without ``--json``.
    """
    try:
        yield
    except SaisieError as error:
        if empty is not None:
            print_json(empty | {"anomalies": json_of_anomalies(error.anomalies)})
        raise


def console_of() -> Console:
    """Return a terminal to print on; 100 columns when piped, so that tables stay whole."""
    from rich.console import Console  # noqa: PLC0415

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            """Let who reads the beginning alone, like « head », stop without any fault."""
            raise BrokenPipeError

    return Terminal(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 100)
