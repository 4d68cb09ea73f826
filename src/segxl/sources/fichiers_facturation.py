"""The files that a firm gives about its fees: what each is, and whether it is the firm's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from segxl.domain.anomalies import Anomalie, SaisieError, file_error
from segxl.domain.dossiers import CLE
from segxl.domain.honoraires.rattachement import SIREN
from segxl.domain.identifiants import SIREN_LENGTH, is_siren, key_of, siren_of
from segxl.domain.tableau import Tableau
from segxl.sources.facturation import (
    Facturation,
    read_facturation_export,
    read_facturation_fec,
)
from segxl.sources.fec import group_fec
from segxl.sources.fec_xml import is_xml

_HEAD, _FIRST_TITLE = 4096, b"journalcode"
_ROOT = b"comptabilite"


def is_fec(path: Path) -> bool:
    """Tell whether a file looks like a FEC; one that cannot be opened does not."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    plain = head.replace(b"\0", b"").lower()
    return (is_xml(head) and _ROOT in plain) or _FIRST_TITLE in plain


def siren_of_cabinet(cabinet: Mapping[str, str]) -> str:
    """Return the SIREN of the firm, from the RCS or the VAT number of its letterhead; "" without.

    >>> siren_of_cabinet({"RCS": "Lyon 000 000 018"}), siren_of_cabinet({"RCS": "Lyon"})
    ('000000018', '')
    """
    for text in map(cabinet.get, ("RCS", "N° TVA")):
        digits = "".join(filter(str.isdigit, text or ""))[-SIREN_LENGTH:]
        if len(digits) == SIREN_LENGTH and is_siren(digits):
            return digits
    return ""


def read_files(chemins: Sequence[Path], au: date) -> tuple[Facturation, ...]:
    """Read the files, each once; what is wrong in all of them is told at once."""
    once = [*{path.resolve(): path for path in chemins}.values()]
    fecs = [path for path in once if is_fec(path)]
    exports = [path for path in once if path not in fecs]
    reads = [
        *(partial(read_facturation_fec, group) for group in group_fec(fecs)),
        *(partial(read_facturation_export, path, au) for path in exports),
    ]
    found: list[Facturation] = []
    anomalies: list[Anomalie] = []
    for read in reads:
        try:
            found.append(read())
        except SaisieError as error:
            anomalies += error.anomalies
    if anomalies:
        raise SaisieError(anomalies)
    return tuple(found)


def check_owner(
    clients: Tableau, fichiers: Sequence[Facturation], cabinet: Mapping[str, str]
) -> tuple[str, ...]:
    """Refuse the FEC of a client, and doubt the one of another company than the firm."""
    sirens, cabinet_siren = _sirens_of(clients), siren_of_cabinet(cabinet)
    doubts: list[str] = []
    for fichier in fichiers:
        if not fichier.siren or fichier.siren == cabinet_siren:
            continue
        if fichier.siren in sirens:
            problem = f"ce FEC est celui du dossier {sirens[fichier.siren]}, pas celui du cabinet"
            remedy = "donnez le FEC du cabinet ; si c’est bien le vôtre, inscrivez ce SIREN au champ « RCS » de la feuille Paramètres"
            raise file_error(fichier.fichier, fichier.siren, problem, remedy)
        if cabinet_siren:
            doubts.append(f"{fichier.fichier} porte le SIREN {fichier.siren}, et le cabinet a le {cabinet_siren} : vérifiez que ce FEC est bien le vôtre.")  # fmt: skip
    return tuple(doubts)


def _sirens_of(clients: Tableau) -> dict[str, str]:
    if SIREN not in clients.lignes:
        return {}
    cells = zip(clients.lignes[CLE], clients.lignes[SIREN], strict=True)
    return {siren_of(siren): key_of(key) for key, siren in cells if siren and is_siren(siren)}
