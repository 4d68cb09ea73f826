"""« Importer » : bring the exports of practice software into Clients, and say what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from segxl.domain.anomalies import Anomalie
from segxl.domain.normalisation import MOTS, NOMBRES, PARTS
from segxl.domain.reglages import Reglages
from segxl.domain.tableau import Tableau
from segxl.excel.following_formulas import read_following
from segxl.excel.layout import RESULTATS
from segxl.excel.port import Workbook
from segxl.excel.provenance import SHEET, News, find_news, read_reponses, record_news
from segxl.excel.reglages import read_portefeuille
from segxl.sources.comptes_rendus import (
    counted,
    render_changements,
    render_colonnes,
    render_detail,
    render_lecture,
)
from segxl.sources.correspondance import Correspondance, match_headers
from segxl.sources.fichier_correspondance import read_correspondance, write_correspondance
from segxl.sources.fusion_clients import Changements, apply_changements, merge_clients
from segxl.sources.lecture import read_export
from segxl.sources.portefeuille import Portefeuille, parse_portefeuille
from segxl.sources.renvois import Renvois, followed_titles, redirect, with_siren
from segxl.sources.reponses_importees import MOST, declare_reponses, sum_by_column
from segxl.sources.sirene import keep_known, leave_out_others, tell_strangers


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanImport:
    """What was read and what changes, in sentences; ``simulation`` when nothing was written."""

    phrases: tuple[str, ...]
    detail: tuple[str, ...]
    anomalies: tuple[Anomalie, ...]
    simulation: bool
    is_empty: bool = False
    """Whether Clients holds all of it already."""


def run(
    workbook: Workbook,
    exports: Sequence[Path],
    correspondance: Path | None = None,
    *,
    simulation: bool = False,
) -> BilanImport:
    """Read the exports one after the other and update Clients by Dossier, else by SIREN.

    ``correspondance`` is a saved mapping; where the file does not exist yet, the mapping found
    is saved there.

    Raises
    ------
    SaisieError
        The workbook or an export cannot be used; nothing was written.
    """
    clients, reglages, _ = read_portefeuille(workbook)
    results = {*RESULTATS, *(g.note_header for g in reglages.others)}
    headers = [h for h in clients.letters if h not in results]
    saved = (
        read_correspondance(correspondance, headers)
        if correspondance and correspondance.exists()
        else {}
    )
    reprise = _Reprise(
        headers=headers,
        saved=saved,
        reglages=reglages,
        renvois=_renvois_of(workbook.read_formulas("Clients")),
        frame=clients.lignes,
    )
    for path in exports:
        found = reprise.take(path)
        if correspondance and not simulation:
            _save_mapping(correspondance, found)
    news, sentence = _find_news(workbook, reprise.told)
    if not simulation:
        _write(workbook, clients, reprise.frame)
        record_news(workbook, news)
    return BilanImport(
        phrases=(*reprise.phrases, *sentence),
        detail=tuple(reprise.detail),
        anomalies=tuple(reprise.anomalies),
        simulation=simulation,
        is_empty=reprise.frame.equals(clients.lignes),
    )


@dataclass(slots=True, kw_only=True)
class _Reprise:
    """The rows of Clients as exports change them one after the other, and what these tell."""

    headers: Sequence[str]
    saved: Mapping[str, str]
    reglages: Reglages
    renvois: Renvois
    frame: pd.DataFrame
    phrases: list[str] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    told: list[dict[str, object]] = field(default_factory=list)

    def take(self, path: Path) -> Correspondance:
        """Read one export more; return how its columns were understood."""
        portefeuille = _read(path, self.headers, self.saved, self.reglages, self.renvois)
        found = portefeuille.correspondance
        incoming, strangers = keep_known(self.frame, portefeuille.dossiers, found)
        merged = merge_clients(self.frame, incoming, protected=RESULTATS)
        changements = redirect(merged, self.frame, self.renvois, found)
        self.frame = apply_changements(self.frame, changements)
        asked = {c.libelle for c in self.reglages.criteres} | {*MOTS, *NOMBRES, *PARTS}
        self.told += declare_reponses(changements, found, path, asked)
        self.phrases += [*_sentences(portefeuille, changements), *tell_strangers(strangers)]
        self.detail += render_detail(changements)
        self.anomalies += portefeuille.anomalies
        return found


def _find_news(
    workbook: Workbook, told: Sequence[Mapping[str, object]]
) -> tuple[News, tuple[str, ...]]:
    """Compare what an import answers with the lines on record, and say how many it brings."""
    known = read_reponses(workbook)
    if len(told) + (0 if known is None else len(known.lignes)) > MOST:
        news = find_news(workbook, sum_by_column(told))
        kept = f"{len(told)} réponses : trop pour une ligne chacune, la feuille {SHEET} en garde une par colonne, avec le fichier et sa date."
    else:
        news = find_news(workbook, told)
        count = counted(len(news.changes) + len(news.added), "réponse", "réponses")
        kept = f"{count} : d’où et de quand, dans la feuille {SHEET}."
    return news, (kept,) if news else ()


def _renvois_of(formulas: Mapping[str, Mapping[int, str]]) -> Renvois:
    return {h: {r: read_following(f) for r, f in cells.items()} for h, cells in formulas.items()}


def _read(
    path: Path,
    headers: Sequence[str],
    saved: Mapping[str, str],
    reglages: Reglages,
    renvois: Renvois,
) -> Portefeuille:
    export = read_export(path, [*headers, *saved])
    titles = [str(c) for c in export.lignes.columns]
    known = followed_titles(renvois, titles) | dict(saved)
    matched = match_headers(titles, headers, known)
    export, matched = with_siren(export, matched, renvois)
    matched = leave_out_others(matched)
    reponses = {c.libelle: [n.reponse for n in c.niveaux if n.reponse] for c in reglages.criteres}
    return parse_portefeuille(export, matched, reponses)


def _sentences(portefeuille: Portefeuille, changements: Changements) -> list[str]:
    return [
        *render_lecture(portefeuille),
        *(f"  {line}" for line in render_colonnes(portefeuille.correspondance)),
        *render_changements(changements),
    ]


def _save_mapping(path: Path, correspondance: Correspondance) -> None:
    """Keep the mapping found for the next import, unless the user already keeps one."""
    if not path.exists():
        write_correspondance(path, correspondance)


def _write(workbook: Workbook, clients: Tableau, frame: pd.DataFrame) -> None:
    """Put in the workbook what differs between the rows read and the rows wanted."""
    old = clients.lignes
    workbook.add_columns("Clients", [str(c) for c in frame.columns if c not in old.columns])
    kept = frame.loc[frame.index.intersection(old.index)].astype(object)
    before = old.reindex(columns=frame.columns).astype(object).loc[kept.index]
    # A blank differs from a blank for pandas: left in, every row would be looked at cell by cell.
    differs = (kept != before) & ~(kept.isna() & before.isna())
    changed = {
        int(str(row)): {
            h: kept.at[row, h]
            for h in frame.columns[differs.loc[row].to_numpy(dtype=bool)]
            if not _is_same(before.at[row, h], kept.at[row, h])
        }
        for row in kept.index[differs.any(axis="columns")]
    }
    workbook.write_cells("Clients", {row: cells for row, cells in changed.items() if cells})
    workbook.append_rows("Clients", frame.loc[frame.index.difference(old.index, sort=False)])


def _is_same(old: object, new: object) -> bool:
    return old is new or (pd.isna(old) and pd.isna(new)) or old == new  # type: ignore[call-overload]
