"""What the name of a FEC says: whose it is, which year it closes, which part it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from segxl.domain.anomalies import file_error
from segxl.domain.identifiants import SIREN_LENGTH, is_siren
from segxl.sources.fec_remarques import Remarque
from segxl.sources.fec_valeurs import parse_jour

_NAME = re.compile(
    r"(?P<siren>\d*)[ _-]?FEC[ _-]?(?P<cloture>\d{8})(?:_(?P<part>\d{1,4}))?(?P<rest>.*)",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
_FORM = "SirenFECAAAAMMJJ"


@dataclass(frozen=True, slots=True, kw_only=True)
class NomFec:
    """The name of one file. ``digits`` is what stands for the SIREN, ``partie`` 0 for a whole."""

    name: str
    digits: str = ""
    cloture: str = ""
    partie: int = 0
    is_plain: bool = False

    @property
    def siren(self) -> str:
        """The nine digits, right or wrong; empty where the name gives no nine digits."""
        return self.digits if len(self.digits) == SIREN_LENGTH else ""

    @property
    def jour_cloture(self) -> date | None:
        """The closing date, None where the name gives none that exists."""
        return parse_jour(self.cloture)


def parse_name(name: str) -> NomFec:
    """Read the name of a file.

    >>> parse_name("000000034FEC20251231_2.txt").partie, parse_name("export.txt").siren
    (2, '')
    >>> parse_name("000000034fec20251231 (1).txt").cloture
    '20251231'
    """
    found = _NAME.fullmatch(Path(name).stem)
    if found is None:
        return NomFec(name=name)
    return NomFec(
        name=name,
        digits=found["siren"],
        cloture=found["cloture"],
        partie=int(found["part"] or 0) if not found["rest"] else 0,
        is_plain=not found["rest"],
    )


def group_fec(paths: Iterable[Path]) -> tuple[tuple[Path, ...], ...]:
    """Put together the parts ``_1``, ``_2`` of each FEC, of one SIREN and one closing date.

    A file without a part number stands alone. The order is that of the first path of each group.

    >>> names = ["1FEC20251231_2.txt", "2FEC20251231.txt", "1FEC20251231_1.txt"]
    >>> [[path.name for path in group] for group in group_fec(map(Path, names))]
    [['1FEC20251231_1.txt', '1FEC20251231_2.txt'], ['2FEC20251231.txt']]
    """
    groups: dict[tuple[object, ...], list[Path]] = defaultdict(list)
    for path in dict.fromkeys(paths):
        nom = parse_name(path.name)
        key = (path.parent, nom.digits, nom.cloture) if nom.partie else (path,)
        groups[key].append(path)
    return tuple(tuple(sort_parts(group)) for group in groups.values())


def sort_parts(paths: Sequence[Path]) -> list[Path]:
    """Return the parts of one FEC in their order."""
    return sorted(paths, key=lambda path: parse_name(path.name).partie)


def check_same(noms: Sequence[NomFec]) -> None:
    """Refuse to read as one the files of two companies or of two years, or one file twice.

    Raises
    ------
    SaisieError
        The names differ by more than their part, or two are one part.
    """
    first = noms[0]
    for nom in noms[1:]:
        if (nom.digits, nom.cloture) != (first.digits, first.cloture):
            problem = f"ce fichier n’est pas une partie du même FEC que {first.name}"
            remedy = "lisez ensemble les seules parties d’un SIREN et d’une date de clôture"
            raise file_error(nom.name, "", problem, remedy)
    parts = [nom.partie for nom in noms]
    if len(set(parts)) < len(parts):
        twice = next(nom for nom in noms if parts.count(nom.partie) > 1)
        problem = "cette partie du FEC est donnée deux fois"
        raise file_error(twice.name, "", problem, "retirez l’une des deux")


def doubt_names(noms: Sequence[NomFec]) -> list[Remarque]:
    """Tell what the names have wrong: their form, the SIREN, a part that is missing."""
    nom = noms[0]
    if not nom.cloture:
        doute = (
            f"le nom du fichier n’est pas de la forme {_FORM} : il ne dit ni le SIREN ni la clôture"
        )
        return [Remarque(doute=doute)]
    found = []
    if not nom.is_plain:
        found.append(Remarque(doute=f"le nom du fichier n’est pas exactement {_FORM}"))
    if not nom.siren:
        digits = f"{len(nom.digits)} chiffre{'s' if len(nom.digits) > 1 else ''}"
        found.append(Remarque(doute=f"le nom du fichier donne un SIREN de {digits} au lieu de 9"))
    elif not is_siren(nom.siren):
        found.append(Remarque(doute=f"le SIREN du nom du fichier est faux ({nom.siren})"))
    if nom.jour_cloture is None:
        found.append(
            Remarque(doute=f"la clôture du nom du fichier n’est pas une date ({nom.cloture})")
        )
    parts = [n.partie for n in noms if n.partie]
    missing = sorted({*range(1, max(parts, default=0) + 1)} - {*parts})
    if missing:
        told = ", ".join(f"_{part}" for part in missing)
        found.append(Remarque(doute=f"le FEC est en plusieurs parties et il manque {told}"))
    return found
