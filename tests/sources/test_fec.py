from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from tests.sources.habits_fec import ZONES, Habit, Row, rows_of

from segxl.domain.anomalies import SaisieError
from segxl.sources.fec import Fec, group_fec, read_fec

DATA = Path(__file__).parent / "data" / "fec"
NAME = "000000034FEC20251231.txt"
ROWS = rows_of(DATA / NAME)
PLAINEST = Habit()
ReadRows = Callable[..., Fec]
Refuse = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> ReadRows:
    """Write lines in a dress under a name, and read them."""

    def read(rows: Sequence[Row], habit: Habit = PLAINEST, name: str = NAME) -> Fec:
        path = tmp_path / name
        path.write_bytes(habit.write(rows))
        return read_fec(path)

    return read


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    """Write bytes under a name, and return the anomalies that refuse them."""

    def refuse(raw: bytes, name: str = NAME) -> list[str]:
        path = tmp_path / name
        path.write_bytes(raw)
        with pytest.raises(SaisieError) as caught:
            read_fec(path)
        assert all(a.is_blocking for a in caught.value.anomalies)
        return [str(anomalie) for anomalie in caught.value.anomalies]

    return refuse


def changed(at: int, **zones: str) -> list[Row]:
    """Return the lines of the fictitious company, one of them changed (0 is on line 2)."""
    return [row if i != at else {**row, **zones} for i, row in enumerate(ROWS)]


def entry(num: str, day: str, amount: str, *, journal: str = "VE", other: str = "") -> list[Row]:
    """Return a balanced entry of two lines, the second in another journal if told."""
    blank = dict.fromkeys(ZONES, "") | {
        "EcritureNum": num,
        "EcritureDate": day,
        "Debit": "0,00",
        "Credit": "0,00",
    }
    return [
        {**blank, "JournalCode": journal, "CompteNum": "411000", "Debit": amount},
        {**blank, "JournalCode": other or journal, "CompteNum": "706000", "Credit": amount},
    ]


def year(*entries: list[Row]) -> list[Row]:
    """Put an entry on the first and on the last day of the year around others."""
    first, last = entry("1", "20250101", "1,00"), entry("9", "20251231", "1,00")
    return [row for lines in (first, *entries, last) for row in lines]


def test_a_fec_says_whose_it_is_its_period_and_its_totals() -> None:
    fec = read_fec(DATA / NAME)

    assert (fec.fichier, fec.siren) == (NAME, "000000034")
    assert (fec.debut, fec.fin) == (date(2025, 1, 5), date(2025, 12, 28))
    assert (fec.total_debit, fec.total_credit, len(fec.ecritures)) == (19_313_200, 19_313_200, 246)
    assert fec.avertissements == ()


def test_the_columns_have_the_types_that_facts_are_counted_on() -> None:
    types = {c: str(t) for c, t in read_fec(DATA / NAME).ecritures.dtypes.items()}

    dates = dict.fromkeys(("date", "piece_date", "date_lettre", "valid_date"), "datetime64[s]")
    money = {"debit": "int64", "credit": "int64", "libelle": "str"}
    words = "journal journal_lib num compte compte_lib aux aux_lib piece lettre"
    assert types == dates | money | dict.fromkeys(words.split(), "category")


def test_what_looks_like_a_formula_or_a_number_stays_a_text(read: ReadRows) -> None:
    link = '=HYPERLINK("http://x","y")'
    rows = changed(0, EcritureLib=link, PieceRef="007", CompteNum="0512", CompAuxNum="1E5")

    line = read(rows).ecritures.iloc[0]

    assert (line["libelle"], line["piece"], line["compte"], line["aux"]) == (
        link,
        "007",
        "0512",
        "1E5",
    )


def test_negative_amounts_stay_on_their_side(read: ReadRows) -> None:
    fec = read(changed(0, Debit="-10000,00"))

    assert fec.ecritures["debit"].iloc[0] == -1_000_000


# What is refused


@pytest.mark.parametrize(
    "amount",
    [
        "1 234,56", "1\u202f234,56", "1.234,56", "1,234.56", "1,234", "12 €", "abc", "12,34,56",
        "--1", "+1,00-", "-", ",", "nan", "inf", "1_000", "0x10", "١٢", "9" * 20, "1" * 400, "1" * 2_000_000, "1E40",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_with_its_line(refuse: Refuse, amount: str) -> None:
    told = refuse(Habit().write(changed(2, Debit=amount)))

    assert len(told) == 1
    assert told[0].startswith(
        f"{NAME}!ligne 4, Debit : « Debit » n’est pas un montant (lu : « {amount[:50]}"
    )
    assert "sans séparateur de milliers" in told[0]


@pytest.mark.parametrize(
    "day", ["20250230", "", "00000000", "2025", "31/02/2025", "31 fév", "00250101"]
)
def test_an_entry_without_a_day_that_exists_is_refused(refuse: Refuse, day: str) -> None:
    told = refuse(Habit().write(changed(2, EcritureDate=day)))

    read_as = f"(lu : « {day} »)" if day else "(cellule vide)"
    remedy = "Une date s’écrit AAAAMMJJ et existe au calendrier ; demandez un nouvel export du FEC"
    where = f"{NAME}!ligne 4, EcritureDate"
    assert told == [f"{where} : « EcritureDate » n’est pas une date {read_as}. {remedy}."]


def test_a_side_that_is_neither_debit_nor_credit_is_refused(refuse: Refuse) -> None:
    raw = Habit(sens=("D", "C")).write(ROWS).replace(b"\tD\t", b"\tX\t", 1)

    told = refuse(raw)

    assert told[0].startswith(
        f"{NAME}!ligne 2, Sens : « Sens » ne dit ni débit ni crédit (lu : « X »)"
    )


@pytest.mark.parametrize("separateur", ["|", "\t"])
def test_a_separator_in_a_label_is_refused_and_shifts_nothing(
    refuse: Refuse, separateur: str
) -> None:
    rows = changed(2, EcritureLib=f"Facture{separateur}12,00")

    told = refuse(Habit(separateur=separateur).write(rows))

    assert len(told) == 1
    assert told[0].startswith(
        f"{NAME}!ligne 4 : cette ligne n’a pas les 18 zones de l’en-tête : elle en a plus"
    )
    assert "Retirez le séparateur" in told[0]


def test_a_line_cut_short_is_refused_and_blank_lines_still_count(refuse: Refuse) -> None:
    told = refuse((DATA / "x02_truncated_line_and_blank_line.txt").read_bytes())
    more = refuse(Habit(fin="\n\n").write(changed(2, Debit="abc")))

    assert len(told) == 1
    assert told[0].startswith(f"{NAME}!ligne 6 : cette ligne n’a pas les 18 zones de l’en-tête")
    assert told[0].count("elle est coupée (lu : « VE|Ventes|X »)") == 1
    assert more[0].startswith(f"{NAME}!ligne 7, Debit")


def test_all_that_is_wrong_is_told_at_once(refuse: Refuse) -> None:
    rows = changed(2, Debit="abc", EcritureDate="20250230")
    raw = Habit().write(rows) + b"VE\tVentes\tX\r\n"

    told = refuse(raw)

    assert [line.split(" : ")[0] for line in told] == [
        f"{NAME}!ligne 248",
        f"{NAME}!ligne 4, Debit",
        f"{NAME}!ligne 4, EcritureDate",
    ]


def test_past_ten_lines_the_others_are_counted(refuse: Refuse) -> None:
    told = refuse(Habit(montant=lambda a: f"{a} €").write(ROWS))

    assert len(told) == 2 * 11
    assert "236 autres lignes sont dans le même cas (« Debit » n’est pas un montant)" in told[10]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "ce fichier est vide"),
        (b" \r\n\r\n \x00\x1a" * 50, "ce fichier est vide"),
        (b"PK\x03\x04" + b"\0" * 99, "ce fichier est un classeur ou une archive"),
        ((DATA / "x06_not_a_fec.csv").read_bytes(), "n’est pas l’en-tête d’un FEC"),
        ((DATA / "x07_header_only.txt").read_bytes(), "aucune écriture"),
        ((DATA / "x07_header_only.txt").read_bytes() + b"\t" * 17 + b"\r\n \n", "aucune écriture"),
        (bytes(range(256)) * 40, "n’est pas l’en-tête d’un FEC"),
        (b"x" * 100_000, "n’est pas l’en-tête d’un FEC"),
        (Habit().write(ROWS).split(b"\r\n", 1)[1], "n’est pas l’en-tête d’un FEC"),
        (Habit(titre=lambda t: f'"{t}"').write(ROWS), "les zones sont entre guillemets"),
        (Habit().write(ROWS).replace(b"\t", b"|").replace(b"|", b"\t", 17), "les lignes ont 1 zones"),
    ],
)  # fmt: skip
def test_what_is_no_fec_is_refused_in_one_sentence(
    refuse: Refuse, raw: bytes, problem: str
) -> None:
    told = refuse(raw)

    assert len(told) == 1
    assert problem in told[0]


def test_every_zone_missing_or_repeated_is_named(refuse: Refuse) -> None:
    zones = tuple(z for z in ZONES if z not in {"EcritureNum", "Credit"})

    missing = refuse(Habit(zones=zones).write(ROWS))
    twice = refuse(Habit(zones=(*ZONES, "CompteNum")).write(ROWS))

    assert [line.split(" (lu : ")[1].split(" »)")[0] for line in missing] == [
        "« EcritureNum",
        "« Debit et Credit (ou Montant et Sens)",
    ]
    assert "cette zone est deux fois dans l’en-tête (lu : « CompteNum »)" in twice[0]


@pytest.mark.parametrize(
    ("size", "told", "remedy"),
    [
        (3_000_000_000, "ce FEC dépasse 1000 Mo : il n’a pas été ouvert (lu : « 3000 Mo »)", "Demandez un FEC par période plus courte"),
        (600_000_000, "ce FEC dépasse 500 Mo : il n’a pas été ouvert (lu : « 600 Mo »)", "Demandez le FEC en parties _1, _2… de 500 Mo au plus, 1000 Mo en tout"),
    ],
)  # fmt: skip
def test_a_file_too_large_is_refused_before_it_is_opened(
    tmp_path: Path, size: int, told: str, remedy: str
) -> None:
    path = sparse(tmp_path / NAME, size)

    with pytest.raises(SaisieError) as caught:
        read_fec(path)

    assert str(caught.value).startswith(f"{NAME} : {told}. {remedy}")


def test_parts_too_large_together_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    parts = [sparse(tmp_path / NAME.replace(".", f"_{i}."), 400_000_000) for i in (1, 2, 3)]

    with pytest.raises(SaisieError, match=r"ce FEC dépasse 1000 Mo .*« 1200 Mo »"):
        read_fec(parts)


def sparse(path: Path, size: int) -> Path:
    """Make a file of that many bytes, which takes no room on most disks."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


# Nobody whom the entries name is named by a refusal


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"Facture JOSETTE", b"Facture\tJOSETTE", 3),
        lambda raw: raw.replace(b"Facture JOSETTE", b"Facture\tJOSETTE"),
        lambda raw: raw.replace(b"\tFacture JOSETTE ROUMEGAS", b"\tJOSETTE", 1)[:-9],
        lambda raw: raw.split(b"\r\n", 1)[1],
        lambda raw: raw.replace(b"\t", b"|").replace(b"|", b"\t", 17),
        lambda raw: raw.replace(b"\t20250", b"\t20259"),
        lambda raw: raw.replace(b",00\t", b",00 EUR\t"),
    ],
    ids=["separator", "separators", "cut", "no header", "other separator", "dates", "amounts"],
)
def test_a_refused_file_names_no_counterparty(
    refuse: Refuse, spoil: Callable[[bytes], bytes]
) -> None:
    rows = [
        {**row, "CompAuxLib": "JOSETTE ROUMEGAS", "EcritureLib": "Facture JOSETTE ROUMEGAS"}
        for row in ROWS
    ]

    told = refuse(spoil(Habit().write(rows)))

    assert told
    assert not any("JOSETTE" in line or "ROUMEGAS" in line for line in told)


@pytest.mark.parametrize("name", ["absent.txt", "."])
def test_what_is_not_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SaisieError, match="ce fichier est introuvable"):
        read_fec(tmp_path / name)


# What is doubted


def test_an_unbalanced_entry_is_doubted_once_with_its_gap(read: ReadRows) -> None:
    fec = read(changed(2, Debit="710,50"))

    assert fec.avertissements == (
        "Une écriture n’est pas équilibrée : « AC202500023 » du 05/01/2025, ligne 4, écart de 10,50 €.",
        "Le total des débits et celui des crédits diffèrent de 10,50 €.",
    )


def test_an_entry_whose_sides_are_in_two_journals_is_balanced(read: ReadRows) -> None:
    rows = year(
        entry("2", "20250601", "5,00", journal="VE", other="BQ"), entry("3", "20250602", "7,00")
    )

    assert not any("équilibrée" in told for told in read(rows).avertissements)


def test_the_lines_of_an_entry_may_stand_apart(read: ReadRows) -> None:
    rows = year(entry("2", "20250601", "5,00"), entry("3", "20250601", "7,00"))

    assert not any("équilibrée" in told for told in read(rows[::2] + rows[1::2]).avertissements)


@pytest.mark.parametrize("num", ["0", ""])
def test_entries_without_number_are_balanced_day_by_day(read: ReadRows, num: str) -> None:
    wrong = [entry(num, f"2025060{day}", "5,00") for day in (1, 2)]
    gaps = ({"Debit": "6,00"}, {"Debit": "4,00"})
    rows = year(*([{**lines[0], **gap}, lines[1]] for lines, gap in zip(wrong, gaps, strict=True)))

    told = [t for t in read(rows).avertissements if "équilibrée" in t]

    assert len(told) == 1
    assert told[0].startswith("Une écriture n’est pas équilibrée : 2 fois, d’abord")


def test_a_gap_in_the_numbers_is_doubted_once(read: ReadRows) -> None:
    rows = [row for row in ROWS if row["EcritureNum"] not in {"VE202500012", "VE202500013"}]

    told = [t for t in read(rows).avertissements if "suite" in t]

    line = [row["EcritureNum"] for row in rows].index("VE202500011") + 2
    gap = f"2 fois, d’abord après « VE202500011 », ligne {line}."
    assert told == [f"Un numéro d’écriture manque dans la suite : {gap}"]


@pytest.mark.parametrize(
    "number",
    [
        "{journal}{rank:05d}",
        "{month:02d}{i:04d}",
        "0",
        "",
        "{journal}-{i}-A",
    ],
)
def test_numbers_may_follow_by_journal_or_by_month(read: ReadRows, number: str) -> None:
    rows = [
        line
        for month in range(1, 13)
        for i in (2 * month, 2 * month + 1)
        for line in entry(
            number.format(i=i, rank=i // 2, month=month, journal="AV"[i % 2]),
            f"2025{month:02d}15",
            "5,00",
            journal="AV"[i % 2],
        )
    ]

    assert not any("suite" in told for told in read(rows).avertissements)


def test_numbers_drawn_at_random_are_told_as_no_sequence(read: ReadRows) -> None:
    rows = year(*(entry(str(7**n), "20250601", "5,00") for n in range(5, 12)))

    told = [t for t in read(rows).avertissements if "suite" in t]

    assert told == ["Les numéros d’écriture ne forment pas une suite continue."]


def test_less_than_a_year_is_doubted(read: ReadRows) -> None:
    fec = read([row for row in ROWS if row["EcritureDate"] < "20250701"])

    assert [told.split(" : ")[0] for told in fec.avertissements[:2]] == [
        "Le FEC couvre 6 mois, du 05/01/2025 au 28/06/2025",
        "La clôture annoncée, 31/12/2025, n’est pas la fin des écritures, du 05/01/2025 au 28/06/2025.",
    ]


def test_more_than_a_year_is_doubted(read: ReadRows) -> None:
    late = entry("202500102", "20260115", "5,00")

    fec = read([*ROWS, *late], name="000000034FEC20260131.txt")

    covered = "Le FEC couvre 13 mois, du 05/01/2025 au 15/01/2026"
    assert fec.avertissements == (f"{covered} : plus d’un an, ses montants ne se comparent pas.",)


@pytest.mark.parametrize(
    ("name", "siren", "told"),
    [
        ("000000035FEC20251231.txt", "000000035", "Le SIREN du nom du fichier est faux (000000035)."),
        ("0000000034FEC20251231.txt", "", "Le nom du fichier donne un SIREN de 10 chiffres au lieu de 9."),
        ("FEC20251231.txt", "", "Le nom du fichier donne un SIREN de 0 chiffre au lieu de 9."),
        ("000000034FEC20251331.txt", "000000034", "La clôture du nom du fichier n’est pas une date (20251331)."),
        ("000000034FEC20501231.txt", "000000034", "La clôture annoncée, 31/12/2050, n’est pas la fin des écritures, du 05/01/2025 au 28/12/2025."),
        ("000000034FEC20241231.txt", "000000034", "La clôture annoncée, 31/12/2024, n’est pas la fin des écritures, du 05/01/2025 au 28/12/2025."),
        ("000000034fec20251231 (1).TXT", "000000034", "Le nom du fichier n’est pas exactement SirenFECAAAAMMJJ."),
        ("export client.txt", "", "Le nom du fichier n’est pas de la forme SirenFECAAAAMMJJ : il ne dit ni le SIREN ni la clôture."),
        ("000000034FEC20251231_2.txt", "000000034", "Le FEC est en plusieurs parties et il manque _1."),
    ],
)  # fmt: skip
def test_a_doubtful_name_is_told_and_the_entries_are_read(
    read: ReadRows, name: str, siren: str, told: str
) -> None:
    fec = read(ROWS, name=name)

    assert (fec.siren, fec.avertissements, len(fec.ecritures)) == (siren, (told,), 246)


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        ({"PieceDate": "20250230"}, "« PieceDate » n’est pas une date, laissée à blanc : ligne 4."),
        ({"Debit": "700,0049"}, "Un montant a plus de deux décimales, arrondi au centime : ligne 4."),
        ({"Debit": "700.00"}, "Un montant s’écrit avec un point, que l’administration refuse depuis 2019 : ligne 4."),
        ({"CompteNum": ""}, "« CompteNum » est à blanc : ligne 4."),
        ({"CompteNum": "F6132"}, "« CompteNum » ne commence pas par trois chiffres : ligne 4."),
        ({"CompteNum": "61"}, "« CompteNum » ne commence pas par trois chiffres : ligne 4."),
        ({"Debit": "701,00", "Credit": "1,00"}, "Une ligne est au débit et au crédit à la fois : ligne 4."),
    ],
)  # fmt: skip
def test_a_doubtful_line_is_read_and_told(read: ReadRows, zones: dict[str, str], told: str) -> None:
    fec = read(changed(2, **zones))

    assert fec.avertissements == (told,)


def test_a_doubt_is_told_once_with_how_often_and_where_first(read: ReadRows) -> None:
    fec = read(ROWS, Habit(jour=lambda day: day.replace("20260331", "20260231")))

    assert fec.avertissements == (
        "« ValidDate » n’est pas une date, laissée à blanc : 246 fois, d’abord ligne 2.",
    )
    assert fec.ecritures["valid_date"].isna().all()


def test_a_line_without_any_amount_is_told_and_read_as_zero(read: ReadRows) -> None:
    lines = entry("2", "20250601", "")
    rows = year([{**lines[0], "Debit": "", "Credit": ""}])

    fec = read(rows)

    assert fec.ecritures["debit"].tolist()[2] == 0
    assert "Une ligne n’a aucun montant, lu comme zéro : ligne 4." in fec.avertissements


@pytest.mark.parametrize(("encodage", "name"), [("cp850", "DOS (page 850)"), ("utf-16", "UTF-16")])
def test_an_encoding_outside_the_law_is_read_and_told(
    read: ReadRows, encodage: str, name: str
) -> None:
    fec = read(ROWS, Habit(encodage=encodage))

    assert fec.avertissements == (
        f"L’encodage est {name} : la norme veut ASCII, UTF-8 ou ISO 8859-15.",
    )
    assert "TVA déductible" in [*fec.ecritures["compte_lib"].cat.categories]


def test_a_degree_sign_of_dos_in_a_label_is_read(read: ReadRows) -> None:
    fec = read(changed(0, EcritureLib="N° 12", CompteLib="Banque"), Habit(encodage="cp850"))

    assert fec.ecritures["libelle"].iloc[0] == "N° 12"


def test_a_letter_cut_in_a_label_of_a_marked_file_spoils_only_that_label(tmp_path: Path) -> None:
    raw = Habit(encodage="utf-8-sig").write(ROWS).replace("é".encode(), b"\xc3", 1)
    path = tmp_path / NAME
    path.write_bytes(raw)

    labels = read_fec(path).ecritures["compte_lib"]

    assert labels.str.contains("\ufffd").sum() == 1
    assert labels.eq("TVA déductible").sum() > 10


# The opening entries


@pytest.mark.parametrize(
    ("code", "lib"),
    [
        ("AN", ""), ("ANO", "A-nouveaux"), ("AD", "A NOUVEAUX DEFINITIFS"), ("2", "2 BILAN DEBUT"),
        ("BO", "BILAN D’OUVERTURE"), ("X", "Écran sans nom"),
    ],
)  # fmt: skip
def test_the_period_leaves_the_opening_journal_out_wherever_it_stands(
    read: ReadRows, code: str, lib: str
) -> None:
    opening = [{**row, "JournalCode": code, "JournalLib": lib} for row in ROWS[:2]]

    fec = read([*ROWS[2:], *opening])

    assert fec.debut == date(2025, 1, 5)


def test_a_purchase_journal_called_ad_is_of_the_year(read: ReadRows) -> None:
    rows = [{**row, "JournalCode": "AD", "JournalLib": "Achats divers"} for row in ROWS[2:5]]
    early = [{**row, "EcritureDate": "20250102"} for row in rows]

    assert read([*ROWS[:2], *early, *ROWS[5:]]).debut == date(2025, 1, 2)


def test_a_fec_of_opening_entries_alone_has_their_day(read: ReadRows) -> None:
    fec = read(ROWS[:2])

    assert (fec.debut, fec.fin) == (date(2025, 1, 1), date(2025, 1, 1))


# Parts of one FEC


def parts_of(folder: Path, *numbers: int) -> list[Path]:
    paths = []
    for number in numbers:
        path = folder / f"000000034FEC20251231_{number}.txt"
        path.write_bytes(Habit().write(ROWS[(number - 1) * 100 : number * 100]))
        paths.append(path)
    return paths


def test_parts_are_read_in_their_order_and_a_doubt_names_its_file(tmp_path: Path) -> None:
    paths = parts_of(tmp_path, 1, 2, 3)
    raw = Habit().write([*ROWS[100:199], {**ROWS[199], "PieceDate": "x"}])
    paths[1].write_bytes(raw)

    fec = read_fec(paths[::-1])

    assert fec.ecritures["num"].tolist() == [row["EcritureNum"] for row in ROWS]
    assert fec.fichier.split(" + ") == [path.name for path in paths]
    assert fec.avertissements == ("« PieceDate » n’est pas une date, laissée à blanc : ligne 101.",)


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    fec = read_fec(parts_of(tmp_path, 1, 3))

    assert "Le FEC est en plusieurs parties et il manque _2." in fec.avertissements


def test_what_is_wrong_in_two_parts_is_told_at_once(tmp_path: Path) -> None:
    paths = parts_of(tmp_path, 1, 2, 3)
    for path in paths[:2]:
        path.write_bytes(Habit().write(changed(0, Debit="abc")))

    with pytest.raises(SaisieError) as caught:
        read_fec(paths)

    assert [a.sheet for a in caught.value.anomalies] == [path.name for path in paths[:2]]


def test_files_of_two_companies_are_never_read_as_one(tmp_path: Path) -> None:
    paths = [
        tmp_path / f"{siren}FEC20251231_{n}.txt"
        for n, siren in ((1, "000000034"), (2, "000001016"))
    ]
    for path in paths:
        path.write_bytes(Habit().write(ROWS))

    with pytest.raises(SaisieError, match="n’est pas une partie du même FEC"):
        read_fec(paths)


def test_one_part_given_twice_is_refused(tmp_path: Path) -> None:
    (path,) = parts_of(tmp_path, 1)

    with pytest.raises(SaisieError, match="cette partie du FEC est donnée deux fois"):
        read_fec([path, path])


def test_a_folder_is_sorted_into_fecs() -> None:
    names = [
        "a/000000034FEC20251231_10.txt", "a/000000034FEC20251231_2.txt", "a/000000034FEC20241231.txt",
        "b/000000034FEC20251231_1.txt", "a/export.txt", "a/000000034FEC20251231_1.txt",
        "a/000000034FEC20251231_1 (1).txt",
    ]  # fmt: skip

    groups = group_fec(map(Path, names))

    assert [[path.as_posix() for path in group] for group in groups] == [
        [names[5], names[1], names[0]],
        [names[2]],
        [names[3]],
        [names[4]],
        [names[6]],
    ]
