"""Why each answer is what it is: the fact of law behind it, its source and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from segxl.domain.champ import (
    AFTER_SALES,
    BIENS,
    EMISSION,
    PAIEMENTS,
    PARTIELLE,
    RECEPTION,
    TRANSACTIONS,
    VENTES,
    assujetti_of,
    find_contradictions,
    taxed_of,
)
from segxl.domain.echeances import DATES, REGIME_CODES
from segxl.domain.gathering import gather
from segxl.domain.loi import Fait, Loi
from segxl.domain.situation import FRANCHISE, LIEU, SIMPLIFIE, yes_no
from segxl.domain.tailles import TAILLES
from segxl.domain.ternary import NON, OUI, Masque
from segxl.domain.territoires import TERRITOIRES

Motif = tuple[Masque, str, Fait]
"""Where, in which words, by which fact."""


def explain_motifs(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> np.ndarray:
    """Give each situation the facts that its answers rest on.

    Parameters
    ----------
    met : DataFrame of int, shape (k, m)
        The situations.
    decided : DataFrame, shape (k, 13)
        See ``obligations.decide_situations``.
    loi : Loi
        The facts of law.

    Returns
    -------
    array of tuple, shape (k,)
        Tuples (text, source, confidence), one a fact.
    """
    pieces = [
        (mask, (fait.quote(words), fait.source, fait.confiance))
        for mask, words, fait in find_motifs(met, decided, loi)
    ]
    return gather(pieces, lambda held: tuple(dict.fromkeys(held)))


def find_motifs(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    """Yield every fact that may count, with the situations where it does."""
    yield from _of_size(met, loi)
    yield from _of_scope(met, decided, loi)
    yield from _of_sales(met, decided, loi)
    yield from _of_dates(decided, loi)
    yield from _of_rythme(met, decided, loi)


def _of_size(met: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    fait = loi["date_appreciation"]
    day = loi.value("date_appreciation", "date")
    small, large = met["taille_min"].to_numpy(), met["taille_max"].to_numpy()
    figures = f"d’après le dernier exercice clos avant le {day:%d/%m/%Y}, à défaut le premier clos ensuite"
    yield small != large, f"Taille : {figures}, par SIREN", fait
    for rank, taille in enumerate(TAILLES):
        yield (small == large) & (small == rank), f"Taille {taille} : {figures}, par SIREN", fait


def _of_scope(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    """Yield the situations that let a client in or out whatever it sells."""
    wrong = find_contradictions(met)
    assujetti, taxed = assujetti_of(met, wrong), taxed_of(met, wrong)
    exempt = (assujetti != NON) & (taxed == NON)
    letting = exempt & (met["Forme juridique"].to_numpy() == 0)
    partly = (taxed == OUI) & (met["Activité exonérée"].to_numpy() == PARTIELLE)
    franchise = (taxed == OUI) & (met["Régime TVA"].to_numpy() == FRANCHISE)
    places = met[LIEU].to_numpy()
    for mask, code in (
        (decided[RECEPTION].to_numpy() == OUI, RECEPTION),
        (assujetti == NON, "non_assujetti"),
        (exempt & ~letting, "exonere_seul"),
        (letting, "location_exoneree"),
        (partly & (assujetti != NON), "exonere_en_partie"),
        (franchise & (assujetti != NON), "franchise"),
        *(((places == i) & (assujetti != NON), TERRITOIRES[i]) for i in range(1, len(TERRITOIRES))),
    ):
        yield mask, loi[code].libelle, loi[code]


def _of_sales(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    """Yield what each kind of sale brings, or why nothing comes of sales."""
    wrong = find_contradictions(met)
    concerned = (assujetti_of(met, wrong) != NON) & (taxed_of(met, wrong) != NON)
    for code, header in VENTES.items():
        yield concerned & (met[header].to_numpy() == OUI), loi[code].libelle, loi[code]
    none = {o: concerned & (decided[o].to_numpy() == NON) for o in AFTER_SALES}
    yield none[EMISSION], "Émission : aucune vente à des assujettis en France", loi["ventes_b2b"]
    yield none[TRANSACTIONS], f"E-reporting des ventes : aucune. {loi['achats_etrangers'].libelle}", loi["achats_etrangers"]  # fmt: skip
    payments = decided[PAIEMENTS].to_numpy() == OUI
    yield payments, loi["encaissements_services"].libelle, loi["encaissements_services"]
    goods = met["Nature"].to_numpy() == BIENS
    yield concerned & goods, loi["livraisons_de_biens"].libelle, loi["livraisons_de_biens"]
    option = concerned & ~goods & (yes_no(met, "Option débits") == OUI)
    yield option & none[PAIEMENTS], loi["option_debits"].libelle, loi["option_debits"]


def _of_dates(decided: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    """Yield what dates the issuing and the sending, and the mentions that come with issuing."""
    dated = decided["date_min"].to_numpy() == decided["date_max"].to_numpy()
    applies = np.logical_or.reduce([decided[o].to_numpy() == OUI for o in AFTER_SALES])
    rank = decided["fait"].to_numpy()
    for i, code in enumerate(DATES):
        fait = loi[code]
        words = f"{fait.libelle} : dès le {loi.value(code, 'date'):%d/%m/%Y}"
        yield applies & dated & (rank == i), words, fait
    mentions = loi["mentions_nouvelles"]
    words = f"{mentions.libelle} : {', '.join(loi.value('mentions_nouvelles', 'liste'))}"
    yield dated & (decided[EMISSION].to_numpy() == OUI), words, mentions


def _of_rythme(met: pd.DataFrame, decided: pd.DataFrame, loi: Loi) -> Iterator[Motif]:
    """Yield what sets the rhythm, the next period and its deadline."""
    known = decided["rythme"].to_numpy() >= 0
    alone, regime = decided["paiements_seuls"].to_numpy(), met["Régime TVA"].to_numpy()
    for i, name in enumerate(REGIME_CODES):
        for kind, here in (("transactions", ~alone), ("paiements", alone)):
            fait = loi[f"{kind}_{name}"]
            yield known & here & (regime == i), fait.libelle, fait
        delai = loi[f"delai_{name}"]
        yield from _of_periodes(decided, known & (regime == i), delai)
    end = loi["fin_regime_simplifie"]
    words = f"{end.libelle} : {loi.value(end.code, 'date'):%d/%m/%Y}"
    yield regime == SIMPLIFIE, words, end


def _of_periodes(decided: pd.DataFrame, here: Masque, delai: Fait) -> Iterator[Motif]:
    """Yield each next period, in words; without a day where the law is unsure of it."""
    starts, ends, limits = (
        decided[h].to_numpy() for h in ("periode_du", "periode_au", "a_transmettre_avant")
    )
    for first, last, limit in dict.fromkeys(
        zip(starts[here], ends[here], limits[here], strict=True)
    ):
        if first is None:
            continue
        until = f", au plus tard le {limit:%d/%m/%Y}" if limit else ""
        words = f"Prochaine période à transmettre : du {first:%d/%m/%Y} au {last:%d/%m/%Y}{until}"
        yield here & (starts == first) & (ends == last) & (limits == limit), words, delai
