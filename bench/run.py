"""`make bench` : every figure the project claims, both sides in the same run."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module

from mesure import machine, render

SUBJECTS = (
    "notation", "obligations", "plan", "ecriture", "courriers", "trajectoires", "fiches", "fec", "faits", "valeur", "formules_valeur", "demarrage", "parcours", "ruban", "formules",
)  # fmt: skip


def main() -> None:
    """Run the subjects asked for, all of them by default."""
    # openpyxl warns of what it is about to lose: not the subject here.
    warnings.filterwarnings("ignore", module="openpyxl")
    print(machine())
    print(f"{'':<51}{'segxl':>10}{'autre':>10}  {'autre côté':<26}{'rapport':>8}  cible")
    for subject in sys.argv[1:] or SUBJECTS:
        for mesure in import_module(subject).run():
            print(render(mesure), flush=True)


if __name__ == "__main__":
    main()
