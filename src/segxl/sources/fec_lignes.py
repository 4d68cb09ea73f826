"""The lines of a flat FEC, cut into zones: every line of the same width, or named."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from segxl.domain.anomalies import Anomalie, file_error
from segxl.domain.ternary import Codes, Masque
from segxl.sources.fec_remarques import Defaut, Remarque, refuse_rows
from segxl.sources.fec_texte import Texte
from segxl.sources.fec_valeurs import Colonne
from segxl.sources.fec_zones import Disposition, shown_start, without_entry

_LF = 10
_BLOCK = 1 << 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Lieux:
    """The line of its file that each row of a table stands on.

    ``numeros`` is None where row 0 stands on line ``premiere`` and every other one below it.
    """

    name: str
    premiere: int = 2
    numeros: Codes | None = None

    def place(self, row: int) -> str:
        """Return where a row stands in the file."""
        numero = self.premiere + row if self.numeros is None else int(self.numeros[row])
        return f"ligne {numero}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """The zones of one file as texts, column by column, and what its form alone tells.

    ``cloture`` is the closing date that an XML file states, "" elsewhere.
    """

    lieux: Lieux
    colonnes: Mapping[str, Colonne]
    anomalies: Sequence[Anomalie] = ()
    remarques: Sequence[Remarque] = ()
    cloture: str = ""
    is_xml: bool = False

    def __len__(self) -> int:
        """Count the rows."""
        return len(next(iter(self.colonnes.values())))

    def text(self, column: str, row: int) -> str:
        """Return what one zone holds, as it was read."""
        return str(self.colonnes[column].iloc[row])


def read_zones(texte: Texte, disposition: Disposition) -> Zones:
    """Cut the lines under the header; those that cannot be are told as anomalies.

    Raises
    ------
    SaisieError
        No line at all has the zones that the header names.
    """
    raw, debut = texte.raw, disposition.debut
    count = raw.count(b"\n", debut) + (not raw.endswith(b"\n"))
    if _is_plain(raw, disposition):
        colonnes = _parse(raw, debut, disposition, disposition.largeur, count)
        lieux = Lieux(name=texte.name, premiere=disposition.ligne + 1)
        return Zones(lieux=lieux, colonnes=colonnes, remarques=disposition.remarques)
    return _read_uneven(texte, disposition)


def _is_plain(raw: bytes, disposition: Disposition) -> bool:
    """Tell whether every line has as many zones as the header, and one at least is filled."""
    separateur = disposition.separateur.encode()
    breaks = disposition.largeur - 1
    # A line of separators alone, as a spreadsheet adds at the end, holds nothing.
    hollow = b"\n" + separateur * breaks
    if any(hollow + end in raw for end in (b"\n", b"\r")) or raw.endswith(hollow):
        return False
    start = disposition.debut
    while start < len(raw):
        end = raw.rfind(b"\n", start, start + _BLOCK) + 1
        end = end if end and start + _BLOCK < len(raw) else len(raw)
        if not _is_even(np.frombuffer(raw, np.uint8, end - start, start), ord(separateur), breaks):
            return False
        start = end
    return True


def _is_even(block: npt.NDArray[np.uint8], separateur: int, breaks: int) -> bool:
    """Tell whether a line feed follows every ``breaks`` separators, the last one left out."""
    marks = block[(block == separateur) | (block == _LF)]
    ends = marks[breaks :: breaks + 1]
    last = len(marks) - len(ends) * (breaks + 1)
    closed = last == 0 or (last == breaks and block[-1] != _LF)
    return closed and bool((ends == _LF).all()) and int((marks == _LF).sum()) == len(ends)


def _read_uneven(texte: Texte, disposition: Disposition) -> Zones:
    """Drop the lines that hold nothing, keep those of the usual width, tell the others."""
    lignes = _filled_lines(texte, disposition)
    separateur = disposition.separateur.encode()
    widths = np.array([line.count(separateur) + 1 for line in lignes.values()], dtype=np.int64)
    largeur = _usual_width(widths, disposition)
    is_kept = widths == largeur
    if largeur > disposition.largeur:
        is_kept &= _is_surplus_blank(lignes.values(), separateur, disposition.largeur)
    kept = [line for line, ok in zip(lignes.values(), is_kept, strict=True) if ok]
    if not kept or max(disposition.positions.values()) >= largeur:
        raise file_error(
            texte.name,
            shown_start(next(iter(lignes.values())).decode("utf-8", "replace")),
            f"les lignes ont {largeur} zones et l’en-tête {disposition.utile}",
            "demandez un nouvel export du FEC",
        )
    numeros = np.array([*lignes], dtype=np.int64)[is_kept]
    return Zones(
        lieux=Lieux(name=texte.name, numeros=numeros),
        colonnes=_parse(b"\n".join(kept), 0, disposition, largeur, len(kept)),
        remarques=disposition.remarques,
        anomalies=_refuse_widths(texte.name, lignes, np.where(is_kept, 0, widths), disposition),
    )


def _filled_lines(texte: Texte, disposition: Disposition) -> dict[int, bytes]:
    """Return the lines that hold something, by number."""
    nothing = disposition.separateur.encode() + b" \t\r"
    lines = texte.raw[disposition.debut :].split(b"\n")
    filled = {n: line for n, line in enumerate(lines, disposition.ligne + 1) if line.strip(nothing)}
    if not filled:
        raise without_entry(texte.name)
    return filled


def _usual_width(widths: Codes, disposition: Disposition) -> int:
    """Return the width of most lines; that of the header where two are as frequent."""
    counts: Counter[int] = Counter(widths.tolist())
    return max(counts, key=lambda w: (counts[w], w == disposition.largeur))


def _is_surplus_blank(lines: Iterable[bytes], separateur: bytes, largeur: int) -> Masque:
    """Mark the lines whose zones past those of the header are blank: a separator ends them."""
    surplus = (b"".join(line.split(separateur)[largeur:]) for line in lines)
    return np.array([not text.strip() for text in surplus], dtype=bool)


def _refuse_widths(
    name: str, lignes: Mapping[int, bytes], widths: Codes, disposition: Disposition
) -> list[Anomalie]:
    """Say which lines have too many zones or too few; a width of 0 is a line that is kept."""
    numeros = [*lignes]
    asked = f"cette ligne n’a pas les {disposition.utile} zones de l’en-tête : elle"
    separateur = disposition.separateur.replace("\t", "tabulation")
    long = Defaut(
        problem=f"{asked} en a plus",
        remedy=f"retirez le séparateur « {separateur} » d’un libellé dans le logiciel comptable, "
        "puis demandez un nouvel export",
    )
    short = Defaut(
        problem=f"{asked} est coupée",
        remedy="demandez un nouvel export du FEC ; celui-ci a perdu des écritures",
    )
    is_long = widths > disposition.utile
    return [
        anomalie
        for defaut, is_wrong in ((long, is_long), (short, ~is_long & (widths > 0)))
        for anomalie in refuse_rows(
            name,
            defaut,
            np.flatnonzero(is_wrong).tolist(),
            lambda row: f"ligne {numeros[row]}",
            lambda row: shown_start(lignes[numeros[row]].decode("utf-8", "replace")),
        )
    ]


def _parse(
    raw: bytes, debut: int, disposition: Disposition, largeur: int, count: int
) -> dict[str, Colonne]:
    """Read the zones in use. A FEC has no quoting: a quote is a letter like another."""
    names = {position: column for column, position in disposition.positions.items()}
    stream = io.BytesIO(raw)
    stream.seek(debut)
    frame = pd.read_csv(
        stream,
        sep=disposition.separateur,
        header=None,
        names=[names.get(i, str(i)) for i in range(largeur)],
        usecols=[*disposition.positions],
        # Not « category », which reads 007 as the number 7.
        dtype=object,
        na_filter=False,
        quoting=csv.QUOTE_NONE,
        encoding="utf-8",
        engine="c",
        skip_blank_lines=False,
    )
    if len(frame) != count:
        msg = f"{disposition}: {len(frame)} rows read of {count} lines"
        raise AssertionError(msg)
    return {column: frame[column] for column in disposition.positions}
