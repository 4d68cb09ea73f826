"""Whether a question was asked on the scale of the score it would feed.

Read one by one, the 4 of a scale of ten would be a good mark out of five: what gives the scale
away is the title, or the whole column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from segxl.domain.anomalies import Anomalie
from segxl.domain.satisfaction import CSAT, ECHELLES, NPS
from segxl.domain.textes import fold
from segxl.sources.cellules_enquete import SCORE
from segxl.sources.colonnes_enquete import TitresEnquete
from segxl.sources.export import Export
from segxl.sources.textes_bruts import text_of

_RANGE = re.compile(r"(?:\b[01] ?(?:a|-|–|et|to|/|\.\.+) ?|\bsur |\bout of |(?<!\d)/ ?)(\d{1,3})\b")
# « 1 = très satisfait, 5 = pas du tout » turns the scale upside down.
_UPSIDE_DOWN = re.compile(
    r"\b1 ?(?:=|:|-|–|\() ?(?:(?:tout a fait|tres|totalement|very) )?(?:satisf|content)"
)
_FEW, _SHARE, _MANY = 3, 0.1, 20


def find_wrong_scale(export: Export, titres: TitresEnquete, score: str) -> Anomalie | None:
    """Return why a whole column is not one of this score, if it is not."""
    title = titres.of(score)
    least, most = ECHELLES[score]
    tops = tops_of(title)
    remedy = f"posez la question de {least} à {most}, {most} étant le mieux ; ne convertissez pas les réponses"
    told = ""
    if tops and most not in tops:
        told = f"cette question est notée jusqu’à {max(tops)}"
    elif score == CSAT and _UPSIDE_DOWN.search(fold(title)):
        told = "cette échelle est à l’envers, 1 y est la meilleure note"
    elif score == CSAT or not tops:
        told = suspect_of(export.lignes[title].tolist(), score)
        if told and score == NPS:
            remedy = "si la question va bien de 0 à 10, écrivez-le dans le titre de la colonne"
    if not told:
        return None
    return Anomalie(
        sheet=export.name,
        cell=export.cell(title, export.header_row),
        value=text_of(title),
        problem=f"{told} ; « {score} » va de {least} à {most} : rien n’en est repris",
        remedy=remedy,
    )


def tops_of(title: str) -> set[int]:
    """Return the highest answers that a title announces.

    >>> tops_of("Sur une échelle de 1 à 5, êtes-vous satisfait ?"), tops_of("Satisfaction (/10)")
    ({5}, {10})
    >>> tops_of("Êtes-vous satisfait de nos services en 2026 ?")
    set()
    """
    return {int(top) for top in _RANGE.findall(fold(title))}


def suspect_of(raws: Sequence[object], score: str) -> str:
    """Say what the answers together give away; blank where nothing does.

    >>> suspect_of([8, 9, 4, 3, "10"], "CSAT")
    'des réponses vont jusqu’à 10'
    >>> suspect_of([4, 5, 5, 11], "CSAT"), suspect_of([5, 4] * 10, "NPS")
    ('', 'aucune des 20 réponses ne dépasse 5')
    """
    found = [SCORE.fullmatch(fold(text_of(raw))) for raw in raws if not isinstance(raw, date)]
    numbers = [float(m[1].replace(",", ".")) for m in found if m]
    top = max(numbers, default=0)
    most = ECHELLES[CSAT][1]
    if score == CSAT:
        above = [n for n in numbers if most < n <= 2 * most]
        is_wider = len(above) >= max(_FEW, _SHARE * len(numbers))
        return f"des réponses vont jusqu’à {max(above):g}" if is_wider else ""
    is_narrower = len(numbers) >= _MANY and top <= most
    return f"aucune des {len(numbers)} réponses ne dépasse {top:g}" if is_narrower else ""
