"""Files of dated evidence: our rendering against docxtpl's own loop, and the whole command."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pandas as pd

from mesure import Mesure, Mesures, best_of
from segxl.actions import trajectoire
from segxl.domain.citations import find_citations
from segxl.domain.normalisation import normalise
from segxl.domain.obligations import find_obligations
from segxl.domain.preuves import find_manques, gather_preuves
from segxl.domain.tableau import Tableau, records_of
from segxl.excel.file import FileWorkbook
from segxl.excel.layout import JOURNAL_WIDTHS
from segxl.lettres.dossier import Dates, champs_of
from segxl.lettres.gabarit import render_with_docxtpl
from segxl.lettres.trajectoire import MODELE, Droit, ModeleTrajectoire, Preuve, context_of
from segxl.shipped import shipped_path
from segxl.sources.demonstration import invent_cabinet
from segxl.sources.loi import read_loi
from sujets import SEED, invent_dossiers, make_workbook, shipped_reglages

MANY, LOOPED, WHOLE = 300, 30, 1000
LINES = 12
SLOWEST = 1 / 50
AU = date(2026, 11, 22)
TYPES = ("Choix de plateforme", "Mandat", "Échange", "Test", "Obstacle", "Régularisation")


def run() -> Mesures:
    """Compare per document, after checking that both sides write the same words."""
    modele, path = ModeleTrajectoire.read(), shipped_path(MODELE)
    contexts = _contexts()

    def segxl() -> list[bytes]:
        return [modele.render(context) for context in contexts]

    def docxtpl() -> list[bytes]:
        return [render_with_docxtpl(path, c | {"sceau": ""}) for c in contexts[:LOOPED]]

    for mine, other in zip(segxl(), docxtpl(), strict=False):
        if _words(mine) != _words(other):
            msg = "the two documents differ"
            raise AssertionError(msg)
    ours, theirs = best_of(3, segxl, docxtpl)
    yield Mesure(
        subject=f"Un dossier de trajectoire de {LINES} lignes, en mémoire",
        ours=ours / MANY,
        theirs=theirs / LOOPED,
        against="DocxTemplate, même texte",
        sign=">=",
        bound=5,
    )
    yield _whole_command()


def _whole_command() -> Mesure:
    """Time reading the workbook, gathering, looking for other names, writing on the disk."""
    with TemporaryDirectory() as name:
        path = make_workbook(Path(name) / "clients.xlsx", WHOLE)
        workbook = FileWorkbook(path)
        workbook.add_table("Journal", "Journal", JOURNAL_WIDTHS)
        workbook.append_rows("Journal", invent_journal(WHOLE))
        workbook.save()

        # A new folder each time: ext4 flushes a file that is written over, which times the disk.
        def whole() -> int:
            commande = trajectoire.Commande(vers=Path(mkdtemp(dir=name)), au=AU)
            bilan = trajectoire.run(FileWorkbook(path, to_write=False), commande)
            return len(bilan.fichiers)

        written = whole()
        (ours,) = best_of(3, whole)
    return Mesure(
        subject=f"  la commande entière, {WHOLE} clients, par dossier",
        ours=ours / written,
        sign="<=",
        bound=SLOWEST,
    )


def invent_journal(clients: int) -> pd.DataFrame:
    """Make up ``LINES`` exchanges a client."""
    rng = random.Random(SEED)
    rows = [
        {
            "Date": AU - timedelta(days=rng.randrange(120)),
            "Dossier": f"C{1 + i % clients:04d}",
            "Qui": "Julie Morel",
            "Canal": "Téléphone",
            "Type": rng.choice(TYPES),
            "Objet": "Point sur le raccordement à la plateforme et sur les factures à reprendre",
            "Suite": "rappeler l’éditeur",
            "Suite le": AU + timedelta(days=rng.randrange(60)),
        }
        for i in range(clients * LINES)
    ]
    return pd.DataFrame(rows, columns=[*JOURNAL_WIDTHS], dtype=object)


def _contexts() -> list[dict[str, Any]]:
    loi = read_loi()
    dossiers = normalise(invent_dossiers(MANY, *shipped_reglages().grilles))
    tables = {
        "Clients": Tableau(name="Clients", sheet="Clients", lignes=dossiers, letters={}),
        "Journal": Tableau(
            name="Journal", sheet="Journal", lignes=invent_journal(MANY), letters={}
        ),
    }
    preuves = gather_preuves(tables, AU)
    manques = find_manques(preuves, dossiers)
    held: dict[str, list[Preuve]] = {key: [] for key in manques}
    for line in preuves.itertuples(index=False, name=None):
        held[line[0]].append(Preuve(*line))
    dates = Dates(lettre=AU, reception=date(2026, 9, 1), emission=date(2027, 9, 1))
    answers = find_obligations(dossiers, loi, AU).to_dict("records")
    laws = zip(answers, find_citations(dossiers, loi, AU), strict=True)
    contexts = []
    for (_, client), (obligations, citations) in zip(records_of(dossiers), laws, strict=True):
        droit = Droit(
            au=AU, releve=loi.version, is_stale=False, obligations=obligations, citations=citations
        )  # fmt: skip
        champs = champs_of(client, {}, None, invent_cabinet(), dates)
        contexts.append(context_of(champs, held[champs.dossier], manques[champs.dossier], droit))
    return contexts


def _words(package: bytes) -> list[bytes]:
    """Return every text of the body, in order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return re.findall(rb"<w:t\b[^>]*>([^<]*)</w:t>", archive.read("word/document.xml"))
