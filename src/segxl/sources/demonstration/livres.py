"""The books of a fictitious company: balanced entries, what is due, what is carried forward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

BANQUE, CAISSE, RESULTAT, REPORT = "512000", "530000", "120000", "110000"
CLIENTS, FOURNISSEURS = "411000", "401000"
BILAN = ("1", "2", "3", "4", "5")
ALPHABET = 26
COMPTES = {
    "101300": "Capital",
    REPORT: "Report à nouveau",
    RESULTAT: "Résultat de l’exercice",
    "218300": "Matériel de bureau",
    "281830": "Amortissements du matériel",
    FOURNISSEURS: "Fournisseurs",
    CLIENTS: "Clients",
    "421000": "Personnel, rémunérations dues",
    "431000": "Sécurité sociale",
    "445510": "TVA à décaisser",
    "445660": "TVA déductible",
    "445670": "Crédit de TVA à reporter",
    "445710": "TVA collectée",
    "445810": "Acomptes de TVA",
    BANQUE: "Banque",
    CAISSE: "Caisse",
    "606300": "Petit équipement",
    "607000": "Achats de marchandises",
    "613200": "Locations immobilières",
    "615500": "Entretien",
    "616000": "Assurances",
    "622600": "Honoraires",
    "626000": "Téléphone et Internet",
    "627000": "Services bancaires",
    "641100": "Salaires",
    "645100": "Cotisations sociales",
    "681120": "Dotations aux amortissements",
    "706000": "Prestations de services",
    "707000": "Ventes de marchandises",
}
JOURNAUX = {
    "AN": "À-nouveaux",
    "VE": "Ventes",
    "AC": "Achats",
    "BQ": "Banque",
    "CA": "Caisse",
    "OD": "Opérations diverses",
}


class Tiers(NamedTuple):
    """A counterparty: its auxiliary account and its name."""

    code: str = ""
    nom: str = ""


PERSONNE = Tiers()


@dataclass(slots=True, kw_only=True)
class Ligne:
    """One side of an entry; ``net`` is debit less credit, in cents."""

    compte: str
    net: int
    tiers: Tiers = PERSONNE
    piece: str = ""
    lettre: str = ""
    lettre_le: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecriture:
    """One entry, whose lines come to zero."""

    journal: str
    jour: date
    piece: str
    libelle: str
    lignes: tuple[Ligne, ...]


@dataclass(slots=True, kw_only=True)
class Echeance:
    """What will be paid on a day: the lines that it settles, of one account."""

    lignes: list[Ligne]
    jour: date
    libelle: str
    piece: str

    @property
    def net(self) -> int:
        """What is owed to the company, in cents; negative where the company owes."""
        return sum(ligne.net for ligne in self.lignes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilan:
    """What one year leaves to the next: balances in cents, and what is still to be paid."""

    soldes: dict[str, int]
    ouvertes: list[Echeance]
    tva: int = 0
    """VAT of the year, on which the instalments of the next are reckoned."""


@dataclass(slots=True, kw_only=True)
class Livre:
    """The books of one year, being kept."""

    debut: date
    fin: date
    ecritures: list[Ecriture] = field(default_factory=list)
    echeances: list[Echeance] = field(default_factory=list)
    _lettres: defaultdict[Tiers, int] = field(default_factory=lambda: defaultdict(int))

    def write(
        self, journal: str, jour: date, piece: str, libelle: str, lignes: Iterable[Ligne]
    ) -> list[Ligne]:
        """Put one entry in the books; lines of nothing are left out.

        Raises
        ------
        ValueError
            The entry is not balanced, or not of this year.
        """
        kept = [ligne for ligne in lignes if ligne.net]
        if sum(ligne.net for ligne in kept) or not self.debut <= jour <= self.fin:
            msg = f"not an entry of these books: {jour} {libelle}"
            raise ValueError(msg)
        if kept:
            told = Ecriture(
                journal=journal, jour=jour, piece=piece, libelle=libelle, lignes=(*kept,)
            )
            self.ecritures.append(told)
        return kept

    def owe(self, jour: date, libelle: str, piece: str, *lignes: Ligne) -> None:
        """Plan the payment of some lines."""
        self.echeances.append(Echeance(lignes=[*lignes], jour=jour, libelle=libelle, piece=piece))

    def open(self, bilan: Bilan) -> None:
        """Carry the balances of the year before forward, invoice by invoice for counterparties."""
        named = [e for e in bilan.ouvertes if e.lignes[0].tiers.code]
        carried = [
            Ligne(compte=e.lignes[0].compte, net=e.net, tiers=e.lignes[0].tiers, piece=e.piece)
            for e in named
        ]
        rest = [Ligne(compte=compte, net=net) for compte, net in sorted(bilan.soldes.items())]
        self.write("AN", self.debut, "AN", "À nouveau", [*rest, *carried])
        for echeance, ligne in zip(named, carried, strict=True):
            self.owe(echeance.jour, echeance.libelle, echeance.piece, ligne)
        self.echeances += [e for e in bilan.ouvertes if not e.lignes[0].tiers.code]

    def settle(self) -> None:
        """Pay at the bank whatever falls due in the year, and letter it."""
        due = [e for e in self.echeances if e.jour <= self.fin and e.net]
        self.echeances = [e for e in self.echeances if e.jour > self.fin and e.net]
        for rank, echeance in enumerate(sorted(due, key=lambda e: e.jour), 1):
            first, net = echeance.lignes[0], echeance.net
            paid = Ligne(compte=first.compte, net=-net, tiers=first.tiers)
            settled = (Ligne(compte=BANQUE, net=net), paid)
            piece = f"BQ{rank:04d}"
            self.write("BQ", echeance.jour, piece, f"Règlement {echeance.libelle}", settled)
            if first.tiers.code:
                self._letter([*echeance.lignes, paid], echeance.jour)

    def _letter(self, lignes: Iterable[Ligne], jour: date) -> None:
        ligne, *_ = lignes = [*lignes]
        rank = self._lettres[ligne.tiers]
        self._lettres[ligne.tiers] += 1
        for ligne in lignes:
            ligne.lettre = chr(65 + rank // ALPHABET % ALPHABET) + chr(65 + rank % ALPHABET)
            ligne.lettre_le = jour

    def balance(self, compte: str, depuis: date, jusque: date) -> int:
        """Return what an account moved by from one day to another."""
        return sum(
            ligne.net
            for ecriture in self.ecritures
            if depuis <= ecriture.jour <= jusque
            for ligne in ecriture.lignes
            if ligne.compte == compte
        )

    def close(self, tva: int) -> Bilan:
        """Return what is left at the end: the result stands beside the balances."""
        soldes: defaultdict[str, int] = defaultdict(int)
        for ecriture in self.ecritures:
            for ligne in ecriture.lignes:
                if not ligne.tiers.code:
                    kept = ligne.compte if ligne.compte.startswith(BILAN) else RESULTAT
                    soldes[kept] += ligne.net
        return Bilan(
            soldes={c: n for c, n in soldes.items() if n}, ouvertes=self.echeances, tva=tva
        )


def months_of(debut: date, fin: date) -> list[tuple[date, date]]:
    """Return the first and the last day of each month of a year.

    >>> months_of(date(2025, 1, 1), date(2025, 2, 28))[1]
    (datetime.date(2025, 2, 1), datetime.date(2025, 2, 28))
    """
    found, day = [], debut
    while day <= fin:
        after = (day + timedelta(days=31)).replace(day=1)
        found.append((day, after - timedelta(days=1)))
        day = after
    return found
