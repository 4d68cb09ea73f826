"""The FEC of a fictitious firm, entry by entry, as accounting software writes one."""

from __future__ import annotations

from pathlib import Path

TITLES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
SIREN = "000000018"
"""The firm, none of its clients."""


class FecCabinet:
    """Entries typed one by one: day « MM-JJ », customer account, label, euros."""

    def __init__(self, year: int = 2025) -> None:
        self.year = year
        self.lines: list[str] = []
        self.count = 0

    def bill(  # noqa: PLR0913, PLR0917  what an invoice says, in its order
        self, day: str, aux: str, ht: float, piece: str, nom: str = "", lettre: str = ""
    ) -> None:
        """Bill fees at 20 % of VAT; a negative amount is a credit note."""
        ttc = round(ht * 1.2, 2)
        lines = (
            ("411000", "Clients", aux, nom or aux, ttc, lettre),
            ("706000", "Honoraires", "", "", -ht, ""),
            ("445710", "TVA collectée", "", "", round(ht - ttc, 2), ""),
        )
        self._write("VE", "Ventes", day, piece, lines)

    def bill_several(self, day: str, parts: dict[str, float], piece: str) -> None:
        """Bill several customers in one entry, with one line of fees for all."""
        customers = [("411000", "Clients", aux, aux, round(ht * 1.2, 2), "") for aux, ht in parts.items()]  # fmt: skip
        ht = sum(parts.values())
        ttc = sum(line[4] for line in customers)
        others = [
            ("706000", "Honoraires", "", "", -ht, ""),
            ("445710", "TVA", "", "", ht - ttc, ""),
        ]
        self._write("VE", "Ventes", day, piece, (*customers, *others))

    def pay(self, day: str, aux: str, ttc: float, lettre: str, nom: str = "") -> None:
        """Receive a payment."""
        lines = (
            ("512000", "Banque", "", "", ttc, ""),
            ("411000", "Clients", aux, nom or aux, -ttc, lettre),
        )
        self._write("BQ", "Banque", day, f"R{self.count}", lines)

    def carry(self, aux: str, ttc: float, piece: str = "AN", lettre: str = "") -> None:
        """Open the year with what a customer owes."""
        lines = (
            ("411000", "Clients", aux, aux, ttc, lettre),
            ("101000", "Capital", "", "", -ttc, ""),
        )
        self._write("AN", "A nouveaux", "01-01", piece, lines)

    def rent(self, day: str) -> None:
        """Pay a rent: an entry that bills nobody, to give a year its length."""
        lines = ("613200", "Loyers", "", "", 500.0, ""), ("512000", "Banque", "", "", -500.0, "")
        self._write("BQ", "Banque", day, f"L{self.count}", lines)

    def sell_cash(self, day: str, ht: float) -> None:
        """Sell straight to the bank, without a customer account."""
        lines = ("512000", "Banque", "", "", ht, ""), ("706000", "Honoraires", "", "", -ht, "")
        self._write("BQ", "Banque", day, f"C{self.count}", lines)

    def _write(
        self,
        journal: str,
        name: str,
        day: str,
        piece: str,
        lines: tuple[tuple[str, str, str, str, float, str], ...],
    ) -> None:
        self.count += 1
        when = f"{self.year}{day.replace('-', '')}"
        for compte, libelle, aux, nom, amount, lettre in lines:
            debit, credit = (_comma(max(amount, 0)), _comma(max(-amount, 0)))
            cells = (
                journal, name, str(self.count), when, compte, libelle, aux, nom if aux else "",
                piece, when, f"Facture {piece}", debit, credit, lettre, "", when, "", "",
            )  # fmt: skip
            self.lines.append("\t".join(cells))

    def save(self, folder: Path, siren: str = SIREN) -> Path:
        """Write the file under the name of the law, and return it."""
        path = folder / f"{siren}FEC{self.year}1231.txt"
        path.write_text("\n".join(["\t".join(TITLES), *self.lines, ""]), "utf-8")
        return path


def _comma(amount: float) -> str:
    return f"{amount:.2f}".replace(".", ",")


def year_of_the_firm(year: int = 2025) -> FecCabinet:
    """Return a year of fees: D1 pays late, Père by its name, Ostra by its SIREN, two are unknown."""
    fec = FecCabinet(year)
    fec.rent("01-02")
    fec.bill("01-31", "D1", 1000, "F001", "LUMO", lettre="A")
    fec.pay("03-12", "D1", 1200, "A", "LUMO")
    fec.bill("02-28", "D1", 500, "F002", "LUMO", lettre="B")
    fec.pay("03-10", "D1", 600, "B", "LUMO")
    fec.bill("03-31", "D1", -100, "A001", "LUMO")
    fec.bill("04-30", "CPERE", 300, "F003", 'PERE & FILS <sarl> "A L\'ETE" =1+1')
    fec.bill("05-31", "COST", 400, "F004", "Ostra SIREN 000 000 042")
    fec.bill("06-30", "CLUM", 200, "F005", "Lumo Energies SAS")
    fec.bill("07-31", "CDIV", 50, "F006", "CLIENTS DIVERS")
    fec.rent("12-31")
    return fec
