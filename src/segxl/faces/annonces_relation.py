"""How the relation with the clients stands, as French sentences and as plain records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from segxl.actions.relation import BilanRelation
from segxl.domain.relation.avis import SANS_AVIS, Avis
from segxl.domain.relation.contrat import count_contrats
from segxl.domain.relation.indicateurs import Indicateur
from segxl.domain.relation.lecture import names_of
from segxl.domain.relation.portail import count_portails
from segxl.domain.relation.portefeuille import Relation
from segxl.domain.relation.signaux import A_RISQUE, ETATS
from segxl.faces.annonces import announce_anomalies
from segxl.lettres.francais import euros, nombre

SHOWN = 10
NOTHING: dict[str, object] = {"portefeuille": {}, "segments": [], "clients": []}
"""What stands around the anomalies of a refused workbook."""
DECIMALS = 4


def announce_relation(console: Console, bilan: BilanRelation) -> None:
    """Tell the figures, the clients at risk, and what needs a hand."""
    for line in list_sentences(bilan):
        console.print(escape(line))
    at_risk = [r for r in bilan.relations if r.etat == A_RISQUE]
    if at_risk:
        table = Table("Dossier", "Client", "Pourquoi", "Prochain geste", box=None, pad_edge=False)
        for r in at_risk[:SHOWN]:
            table.add_row(*map(escape, (r.dossier, r.nom, " ; ".join(r.signaux), r.geste)))
        console.print(table)
        if len(at_risk) > SHOWN:
            console.print(f"  … et {len(at_risk) - SHOWN} autres dans la feuille Relation.")
    announce_anomalies(console, bilan.anomalies)


def list_sentences(bilan: BilanRelation) -> Iterator[str]:
    """Yield the figures of the portfolio, line by line, for a terminal or a message box."""
    ensemble = bilan.ensemble
    yield f"Relation au {bilan.au:%d/%m/%Y}, {_count(len(bilan.relations), 'dossier')} : {_states(bilan)}."
    for label, told, unit in (
        ("Satisfaction (CSAT)", ensemble.portefeuille.csat, "\u00a0%"),
        ("Recommandation (NPS)", ensemble.portefeuille.nps, ""),
        ("Rachat", _percent(ensemble.rachat), "\u00a0%"),
        ("Attrition mensuelle", _percent(ensemble.attrition.taux), "\u00a0%"),
        ("LTV / CAC", ensemble.valeur.ratio, ""),
    ):
        yield f"  • {label} : {_told(told, unit)}"
    if ensemble.attrition.motifs:
        reasons = ", ".join(f"{m} ({n})" for m, n in ensemble.attrition.motifs.items())
        yield f"  • Départs en douze mois : {reasons}."
    yield from _list_worth(bilan)
    yield from _list_work(bilan)
    yield from _list_kept(bilan)
    yield "Le détail est dans les feuilles Relation et Bilan relationnel."


def _list_worth(bilan: BilanRelation) -> Iterator[str]:
    """Yield what keeping a client is worth beside what winning one costs, and what rubs most."""
    valeur, first = bilan.ensemble.valeur, bilan.ensemble.premier_irritant
    if valeur.annee.valeur is not None:
        won = valeur.cac.valeur
        cost = f"n.d., {valeur.cac.motif}" if won is None else euros(round(won))
        yield f"  • Garder un client un an : {euros(round(valeur.annee.valeur))} ; en gagner un : {cost}."
    if first is not None:
        cost = "" if first.cout is None else f", {euros(round(first.cout))} par mois"
        yield f"  • Premier irritant : {first.irritant}{cost}. Prochain geste : {first.geste}."


def _list_work(bilan: BilanRelation) -> Iterator[str]:
    """Yield what waits: complaints, reminders, ambassadors."""
    if bilan.ouvertes:
        yield f"  • {_count(bilan.ouvertes, 'client')} avec une réclamation ouverte (feuille Réclamations)."
    if bilan.reprises:
        yield f"  • {_count(bilan.reprises, 'réclamation')} du Journal inscrite{_s(bilan.reprises)} au registre."
    if bilan.fermees:
        yield f"  • {_count(bilan.fermees, 'réclamation')} fermée{_s(bilan.fermees)} dans l’autre feuille (« Clos le »)."
    owing = [r for r in bilan.relations if r.impaye]
    if owing:
        held = sum(1 for r in owing if r.relance)
        total = euros(sum(r.impaye.montant for r in owing if r.impaye) / 100)
        yield f"  • Impayés : {_count(len(owing), 'client')}, {total} HT ; {_count(held, 'relance')} retenue{_s(held)}."
    willing = sum(1 for r in bilan.relations if r.ambassadeur)
    agreed = sum(1 for r in bilan.relations if r.ambassadeur.startswith("Oui"))
    if willing:
        yield f"  • Ambassadeurs : {willing}, dont {agreed} avec un accord daté."


def _list_kept(bilan: BilanRelation) -> Iterator[str]:
    """Yield what lacks in the papers of the clients, and who has the portal."""
    asked = _answers(bilan.relations)
    if asked["n"] or asked["en_attente"]:
        mean = (
            "n.d." if asked["delai_moyen"] is None else f"{nombre(asked['delai_moyen'], 1)} jours"
        )
        yield f"  • Délai de réponse des clients : {mean} (n = {asked['n']}) ; {asked['en_attente']} sans réponse, dont {asked['en_retard']} depuis trop longtemps."
    papers = count_contrats(r.contrat for r in bilan.relations)
    if papers["suivis"]:
        told = (
            f"{_count(papers['complets'], 'complet')} sur {papers['suivis']}",
            f"{papers['incomplets']} où il manque une pièce" if papers["incomplets"] else "",
            f"{_count(papers['lettres_anciennes'], 'lettre')} de mission à revoir" if papers["lettres_anciennes"] else "",
            f"{papers['a_renseigner']} à renseigner" if papers["a_renseigner"] else "",
        )  # fmt: skip
        yield f"  • Dossiers contractuels : {', '.join(filter(None, told))}."
    known, has, uses = count_portails(r.portail for r in bilan.relations)
    if known:
        yield f"  • Portail client : ouvert pour {has} sur {known}, utilisé par {uses}."


def _states(bilan: BilanRelation) -> str:
    counts = Counter(r.etat for r in bilan.relations)
    return ", ".join(f"{e.lower()} {counts[e]}" for e in ETATS if counts[e]) or "aucun"


def _told(told: Indicateur, unit: str) -> str:
    number = f" (n = {told.n})" if told.n else ""
    if told.valeur is None:
        return f"n.d., {told.motif}{number}."
    return f"{nombre(round(told.valeur, 1))}{unit}{number}."


def _percent(told: Indicateur) -> Indicateur:
    if told.valeur is None:
        return told
    return Indicateur(valeur=100 * told.valeur)


def json_of_relation(bilan: BilanRelation) -> dict[str, object]:
    """Return the figures as plain records: CSAT in %, NPS from -100 to 100, shares 0..1."""
    ensemble = bilan.ensemble
    whole = {"churn": ensemble.attrition.taux, "ltv_cac": ensemble.valeur.ratio}
    return {
        "portefeuille": _record(ensemble.portefeuille, whole)
        | {"contrats": count_contrats(r.contrat for r in bilan.relations)}
        | {"portail": _portal(bilan.relations), "reponses": _answers(bilan.relations)},
        "segments": [
            {"segment": name}
            | _record(
                ensemble.avis.get(name, SANS_AVIS),
                {"churn": ensemble.segments[name].taux} if name in ensemble.segments else {},
            )
            | {"portail": _portal([r for r in bilan.relations if r.segment == name])}
            for name in names_of(ensemble)
        ],
        "clients": [_client(r) for r in sorted(bilan.relations, key=lambda r: r.dossier)],
    }


def _answers(relations: Sequence[Relation]) -> dict[str, object]:
    """Return how fast the clients answer, and how many requests wait."""
    delais = [jours for r in relations for jours in r.answers.delais]
    return {
        "delai_moyen": round(sum(delais) / len(delais), DECIMALS) if delais else None,
        "n": len(delais),
        "en_attente": sum(len(r.answers.attentes) for r in relations),
        "en_retard": sum(r.tardives for r in relations),
    }


def _portal(relations: Sequence[Relation]) -> dict[str, object]:
    """Return how many clients have the portal and use it, and their shares of those told of."""
    known, has, uses = count_portails(r.portail for r in relations)
    shares = [round(count / known, DECIMALS) if known else None for count in (has, uses)]
    names = ("clients", "ouverts", "utilises", "part_ouverts", "part_utilises")
    return dict(zip(names, (known, has, uses, *shares), strict=True))


def _record(avis: Avis, others: Mapping[str, Indicateur]) -> dict[str, object]:
    """Return the figures of a group, and why some are null."""
    figures = {"csat": avis.csat, "nps": avis.nps} | dict(others)
    values: dict[str, object] = {}
    for name, told in figures.items():
        values[name] = _number(told)
        if name in {"csat", "nps"}:
            values[f"{name}_n"] = told.n
    motifs = {name: told.motif for name, told in figures.items() if told.valeur is None}
    return values | {"motifs": motifs}


def _client(r: Relation) -> dict[str, object]:
    return {
        "dossier": r.dossier,
        "segment": r.segment or None,
        "relation": r.etat,
        "raisons": [*r.signaux],
        "prochain_geste": r.geste,
        "dernier_csat": r.avis.dernier_csat,
        "dernier_nps": r.avis.dernier_nps,
        "dernier_contact": r.contact[0].isoformat() if r.contact else None,
        "impaye": r.impaye.montant / 100 if r.impaye else None,
        "relance_retenue": r.relance or None,
        "ambassadeur": bool(r.ambassadeur),
        "accord_le": r.temoignage.isoformat() if r.temoignage else None,
        "delai_reponse": None if r.answers.delai is None else round(r.answers.delai, DECIMALS),
        "reponses_mesurees": len(r.answers.delais),
        "demandes_en_attente": len(r.answers.attentes),
        "demandes_en_retard": r.tardives,
        "dossier_contractuel": r.contrat or None,
        "portail": r.portail or None,
        **_record(r.avis, {"ltv": r.ltv}),
    }


def _number(told: Indicateur) -> float | None:
    return None if told.valeur is None else round(told.valeur, DECIMALS)


def _count(count: int, word: str) -> str:
    return f"{count} {word}{_s(count)}"


def _s(count: int) -> str:
    return "s" if count > 1 else ""
