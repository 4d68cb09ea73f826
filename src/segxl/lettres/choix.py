"""Which message a client gets and by which way: what is typed for it wins over its segment."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import NamedTuple

from segxl.domain.canaux import CANAUX, TELEPHONE, near_canal, parse_canal
from segxl.domain.segmentation import Regle
from segxl.lettres.dossier import text_of
from segxl.lettres.modeles import model_key
from segxl.lettres.phase import COLONNES as PARCOURS
from segxl.lettres.vocations import FICHE_APPEL, VOCATIONS, vocation_of

MODELE, CANAL, AUTRE_CANAL = "Modèle de lettre", "Canal", "Canal préféré"
PERSONNELS = (MODELE, CANAL, AUTRE_CANAL, *PARCOURS)
"""Columns of Clients that make the message of one client its own."""
DEMANDE = "modèle demandé"
_CLOSE = 0.6


class Choix(NamedTuple):
    """The message of one client, and who decided."""

    modele: str
    par: str
    canal: str
    canal_par: str
    refus: tuple[str, str, str] | None = None
    """What keeps a cell of Clients from being followed: its header, why, what to do."""

    @property
    def is_demande(self) -> bool:
        """Whether the model was asked for, whatever the client and its segment say."""
        return self.par == DEMANDE

    def held_by(self, refus: tuple[str, str, str] | None) -> Choix:
        """Return the same choice, held by another cell too unless its model was asked for."""
        return self if self.refus or self.is_demande else self._replace(refus=refus)


def choose_message(
    client: Mapping[str, object],
    regle: Regle | None,
    modele: str = "",
    connus: Mapping[str, str] | None = None,
) -> Choix:
    """Choose the model and the channel of one client.

    The model asked for comes first; then that of the client; then the call sheet of a client who
    wants to be called; then the model of its segment.

    Parameters
    ----------
    client : Mapping
        Its row of Clients, by header; a header that is absent counts as blank.
    regle : Regle or None
        The rule of its segment.
    modele : str
        The model asked for; blank where nobody asked.
    connus : Mapping of str to str or None
        Key of every model → its name, see ``modeles.known_modeles``; None where nobody looked.

    Examples
    --------
    >>> regle = Regle(ordre=1, segment="Prêt", conditions={}, modele="pret", canal="E-mail")
    >>> choose_message({}, regle)[:4]
    ('pret', 'segment « Prêt »', 'E-mail', 'segment « Prêt »')
    >>> choose_message({"Canal": "tél."}, regle)[:2]
    ('fiche_appel', 'canal de ce client : Téléphone')
    >>> choose_message({"Canal": "tél.", "Modèle de lettre": "a_informer"}, regle)[:2]
    ('a_informer', 'choisi pour ce client')
    """
    segment = f"segment « {regle.segment} »" if regle else "aucun segment"
    usual = (regle.modele, parse_canal(regle.canal) or regle.canal) if regle else ("", "")
    header = next((h for h in (CANAL, AUTRE_CANAL) if text_of(client.get(h))), CANAL)
    typed = text_of(client.get(header))
    own = parse_canal(typed) if typed else None
    canal = (own, "choisi pour ce client") if own else (usual[1], segment)
    if modele:
        return Choix(modele, DEMANDE, *canal)
    named = text_of(client.get(MODELE))
    if named and (found := _find(named, connus)):
        return Choix(found, "choisi pour ce client", *canal)
    if named:
        return Choix(usual[0], segment, *canal, (MODELE, *_unknown_model(named, connus or {})))
    if typed and own is None:
        return Choix(usual[0], segment, *canal, (header, *_unknown_canal(typed)))
    if own == TELEPHONE:
        return Choix(FICHE_APPEL, f"canal de ce client : {own}", *canal)
    return Choix(usual[0], segment, *canal)


def called(modele: str) -> str:
    """Return how people call a model.

    >>> called("fiche_appel"), called("pret"), called("")
    ('Fiche d’appel', 'lettre « pret »', '')
    """
    return vocation_of(modele).titre or (f"lettre « {modele} »" if modele else "")


def _find(named: str, connus: Mapping[str, str] | None) -> str:
    """Return the name of the file that somebody calls so; "" where there is none."""
    titles = {model_key(v.titre): name for name, v in VOCATIONS.items() if v.titre}
    called = titles.get(model_key(named), named)
    # What stays in the firm is a Word document, whatever form the letters take.
    if connus is None or vocation_of(called).is_interne:
        return called
    return connus.get(model_key(called), "")


def _unknown_model(named: str, connus: Mapping[str, str]) -> tuple[str, str]:
    titles = {model_key(v.titre): v.titre for v in VOCATIONS.values() if v.titre}
    near = get_close_matches(model_key(named), {**connus, **titles}, n=1, cutoff=_CLOSE)
    asked = f"vouliez-vous dire « {({**connus, **titles})[near[0]]} » ? " if near else ""
    return (
        "courrier retenu : aucun modèle de lettre ne porte ce nom",
        f"{asked}corrigez la case, ou videz-la : le modèle du segment sert alors",
    )


def _unknown_canal(typed: str) -> tuple[str, str]:
    near = near_canal(typed)
    asked = f"vouliez-vous dire « {near} » ? " if near else ""
    return (
        "courrier retenu : ce canal n’est pas dans la liste",
        f"{asked}écrivez {', '.join(CANAUX[:-1])} ou {CANAUX[-1]}, ou videz la case : le canal du segment sert alors",
    )
