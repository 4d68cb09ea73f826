"""Which column of a status export holds what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from segxl.domain.anomalies import file_error
from segxl.domain.textes import join_words
from segxl.sources.correspondance import target_of
from segxl.sources.export import Export
from segxl.sources.mots import bare_words
from segxl.sources.mots_plateformes import Mots
from segxl.sources.textes_bruts import is_blank, text_of

_SHARED = ("SIREN", "SIRET", "Raison sociale")
"""What the exports of practice software hold as well: their synonyms count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titres:
    """The column of each role, and of the dates of each status.

    ``ignorees`` are columns that could have had a role that another one holds.
    """

    roles: Mapping[str, str]
    dates: Mapping[str, str]
    ignorees: tuple[str, ...] = ()

    def of(self, role: str) -> str:
        """Return the title of the column that has a role; nothing where none has it."""
        return self.roles.get(role, "")


def match_titles(titles: Sequence[str], mots: Mots) -> Titres:
    """Give each role the surest column.

    Examples
    --------
    >>> from segxl.sources.mots_plateformes import read_mots
    >>> found = match_titles(["Maj", "Date du statut", "N° SIREN", "Signé le"], read_mots())
    >>> dict(found.roles), dict(found.dates), found.ignorees
    ({'Date': 'Date du statut', 'SIREN': 'N° SIREN'}, {'Mandat signé': 'Signé le'}, ('Maj',))
    """
    claims: dict[str, list[tuple[int, int, str]]] = {}
    dated: dict[str, list[tuple[int, int, str]]] = {}
    for position, title in enumerate(titles):
        words = bare_words(title)
        if words in mots.dates:
            statut, rank = mots.dates[words]
            dated.setdefault(statut, []).append((rank, position, title))
        elif place := mots.colonnes.get(words) or _shared_role(title, len(mots.titles)):
            role, rank = place
            claims.setdefault(role, []).append((rank, position, title))
    every = [*claims.values(), *dated.values()]
    return Titres(
        roles={role: min(found)[-1] for role, found in claims.items()},
        dates={statut: min(found)[-1] for statut, found in dated.items()},
        ignorees=tuple(title for found in every for *_, title in sorted(found)[1:]),
    )


def require_roles(export: Export, titres: Titres) -> None:
    """Refuse an export without what matches a client or without what it is to say.

    Raises
    ------
    SaisieError
        No column holds the SIREN, or none the status; both are told.
    """
    wanted = {
        "le SIREN": titres.of("SIREN") or titres.of("SIRET"),
        "le statut": titres.of("Statut"),
    }
    lacking = [name for name, title in wanted.items() if not title]
    if lacking:
        found = join_words(f"« {text_of(t)} »" for t in export.lignes.columns)
        problem = f"aucune colonne ne donne {join_words(lacking)}"
        remedy = "dans l’export, intitulez « SIREN » la colonne des SIREN et « Statut » celle des statuts"
        raise file_error(export.name, found, problem, remedy)


def with_one_siren(export: Export, titres: Titres) -> Export:
    """Return the export with a SIREN wherever one of its two columns gives it."""
    siren, siret = titres.of("SIREN"), titres.of("SIRET")
    if not siren or not siret:
        return export
    blank = export.lignes[siren].map(is_blank).astype(bool)
    filled = export.lignes[siren].where(~blank, export.lignes[siret])
    return replace(export, lignes=export.lignes.assign(**{siren: filled}))


def _shared_role(title: str, rank: int) -> tuple[str, int] | None:
    """Return the role of a title of practice software, after every title of the vendors."""
    target = target_of(title)
    return (target, rank) if target in _SHARED else None
