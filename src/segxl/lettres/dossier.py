"""From one row of the workbook to the ``Champs`` of its letter."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from segxl.domain.saisie import is_error
from segxl.domain.textes import fold
from segxl.lettres.champs import Champs
from segxl.lettres.francais import NBSP, date_en_lettres, de, euros, nombre, points

_CIVILITES = {
    "Monsieur": "m m. mr mr. monsieur",
    "Madame": "mme mme. mde madame mlle mlle. mademoiselle",
    "Maître": "me me. maitre",
    "Docteur": "dr dr. docteur",
}
_CIVILITE_OF = {spelling: word for word, all_ in _CIVILITES.items() for spelling in all_.split()}
_MISSING_TYPES = frozenset({"NAType", "NaTType"})
# Blanks that a program wrote in full letters on the way to the workbook.
_MISSING_WORDS = frozenset({"nan", "NaN", "None", "<NA>", "NaT", "NULL", "null"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x000D_")
_SIREN = 9
_SIRET = 14
_POSTCODE = 5
_PHONE = 10


class ProchaineEtape(NamedTuple):
    """The next step of one dossier."""

    critere: str
    conseil: str
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days a letter speaks of; the caller knows the calendar and the clock."""

    lettre: date
    reception: date
    emission: date
    delai_jours: int = 0


def champs_of(
    client: Mapping[str, object],
    resultat: Mapping[str, object],
    etape: ProchaineEtape | tuple[str, str, float] | None,
    cabinet: Mapping[str, object],
    dates: Dates,
) -> Champs:
    """Build the fields of one letter.

    Parameters
    ----------
    client, resultat : Mapping of header to cell
        One row of the table Clients: what was typed, and what segxl computed. A header that
        is absent counts as blank.
    etape : (critere, conseil, gain) or None
        The next step; None where nothing is left to gain.
    cabinet : Mapping of ``Champ`` to ``Valeur``
        The letterhead.
    dates : Dates
        The day of the letter, the two legal dates, the days allowed to the segment.

    Returns
    -------
    Champs
        Blank cells, NaN and Excel errors become the empty text; what the law asks of the client
        is for ``droit.find_droits`` to say.
    """
    return Champs(
        **_client_fields(client),
        **_result_fields(resultat),
        **_step_fields(etape),
        **_date_fields(dates),
        delai_jours=dates.delai_jours,
        points_forts=_words(resultat.get("Points forts")),
        points_faibles=_words(resultat.get("Points faibles")),
        mentions_nouvelles=(),
        pieces_rendues=(),
        factures_dues=(),
        suites=(),
        raisons_appel=(),
        **_cabinet_fields(cabinet),
    )


def _client_fields(client: Mapping[str, object]) -> dict[str, str]:
    name = text_of(client.get("Raison sociale"))
    civilite, contact = _person(text_of(client.get("Civilité")), text_of(client.get("Contact")))
    return {
        "dossier": text_of(client.get("Dossier")),
        "raison_sociale": name,
        "siren": siren_of(client.get("SIREN")),
        "civilite": civilite,
        "contact": contact,
        "adresse": text_of(client.get("Adresse")),
        "code_postal": _padded(client.get("Code postal"), _POSTCODE),
        "ville": text_of(client.get("Ville")),
        "formule_appel": f"{_appel(civilite)},",
        "formule_politesse": (
            f"Nous vous prions d’agréer, {_appel(civilite)}, "
            "l’expression de nos salutations distinguées."
        ),
        "destinataire": _addressee(name, civilite, contact),
        "collaborateur": text_of(client.get("Collaborateur")),
    }


def _result_fields(resultat: Mapping[str, object]) -> dict[str, str]:
    note = text_of(resultat.get("Note FE"))
    return {
        "note": note and nombre(note, 1),
        "couleur": text_of(resultat.get("Couleur")),
        "segment": text_of(resultat.get("Segment")),
    }


def _step_fields(etape: ProchaineEtape | tuple[str, str, float] | None) -> dict[str, str]:
    if etape is None:
        return {}
    critere, conseil, gain = etape
    return {
        "etape_critere": text_of(critere),
        "etape_conseil": text_of(conseil),
        "etape_gain": points(gain),
    }


def _date_fields(dates: Dates) -> dict[str, str]:
    before = dates.lettre + timedelta(days=dates.delai_jours)
    return {
        "date_lettre": date_en_lettres(dates.lettre),
        "date_reception": date_en_lettres(dates.reception),
        "date_emission": date_en_lettres(dates.emission),
        "rendez_vous_avant": date_en_lettres(before) if dates.delai_jours else "",
    }


def _cabinet_fields(cabinet: Mapping[str, object]) -> dict[str, str]:
    values = {fold(champ): value for champ, value in cabinet.items()}

    def typed(champ: str) -> str:
        return text_of(values.get(fold(champ)))

    capital = typed("Capital")
    return {
        "cabinet_nom": typed("Nom"),
        "cabinet_forme_juridique": typed("Forme juridique"),
        "cabinet_capital": capital and euros(capital),
        "cabinet_adresse": typed("Adresse"),
        "cabinet_code_postal": _padded(values.get("code postal"), _POSTCODE),
        "cabinet_ville": typed("Ville"),
        "cabinet_telephone": _phone(values.get("telephone")),
        "cabinet_email": typed("E-mail"),
        "cabinet_rcs": re.sub(r"^R\.?C\.?S\.?\s+", "", typed("RCS"), flags=re.IGNORECASE),
        "cabinet_tva": typed("N° TVA"),
        "cabinet_inscription_ordre": typed("Inscription à l’Ordre"),
        "signataire": typed("Signataire"),
        "qualite_signataire": typed("Qualité du signataire"),
        "contact_donnees": typed("Contact données personnelles"),
    }


def text_of(value: object) -> str:
    r"""Return the text of a cell, trimmed; empty where the cell says nothing.

    >>> [text_of(v) for v in (None, float("nan"), "nan", "#N/A", " 12 rue\r\ndes Lilas ", 12.0)]
    ['', '', '', '', '12 rue\ndes Lilas', '12']
    """
    if value is None or type(value).__name__ in _MISSING_TYPES or is_error(value):
        return ""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        value = int(value) if value.is_integer() else value
    text = _CONTROL.sub("", str(value).replace("\r\n", "\n")).replace("\t", " ").strip()
    return "" if text in _MISSING_WORDS else text


def siren_of(value: object) -> str:
    r"""Write a SIREN in groups; a SIRET gives its SIREN, another text stays as typed.

    >>> [siren_of(v) for v in (1016, "00000101600013", 1024.0, "en cours", None)]
    ['000\xa0001\xa0016', '000\xa0001\xa0016', '000\xa0001\xa0024', 'en cours', '']
    """
    text = _padded(value, _SIREN)
    digits = re.sub(r"\D", "", text)
    if len(digits) not in (_SIREN, _SIRET) or re.search(r"[^\W\d]", text):
        return text
    return NBSP.join((digits[:3], digits[3:6], digits[6:9]))


def _padded(value: object, length: int) -> str:
    """Return a code; a number has lost the zeros at its head."""
    text = text_of(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return text.zfill(length) if is_number and text else text


def _phone(value: object) -> str:
    text = _padded(value, _PHONE)
    is_bare = text.isdigit() and len(text) == _PHONE
    return NBSP.join(re.findall("..", text)) if is_bare else text


def _person(civilite: str, contact: str) -> tuple[str, str]:
    """Return the civility in full and the contact without one.

    >>> _person("", "Mme. Claire Martin"), _person("Mr", "Luc Aubry"), _person("La Gérante", "")
    (('Madame', 'Claire Martin'), ('Monsieur', 'Luc Aubry'), ('', ''))
    """
    first, _, rest = contact.partition(" ")
    typed = _CIVILITE_OF.get(fold(civilite), "")
    said = _CIVILITE_OF.get(fold(first), "") if rest else ""
    return (typed or (said if not civilite else ""), rest.strip() if said else contact)


def _appel(civilite: str) -> str:
    return civilite or "Madame, Monsieur"


def _addressee(name: str, civilite: str, contact: str) -> str:
    """Return the name lines of the address block.

    >>> print(_addressee("Atelier Lumo", "", "Anne Roy"))
    Atelier Lumo
    À l’attention d’Anne Roy
    """
    person = " ".join(filter(None, (civilite, contact)))
    if not contact or not name:
        return name or person
    return person if fold(name) == fold(contact) else f"{name}\nÀ l’attention {de(person)}"


def _words(value: object) -> tuple[str, ...]:
    """Return the items of a result: a tuple, or the text it became on the sheet."""
    if isinstance(value, str):
        value = re.split(r"[,;\n·]", value)
    items = value if isinstance(value, Iterable) else ()
    return tuple(filter(None, map(text_of, items)))
