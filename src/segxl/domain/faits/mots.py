"""The words by which a label names someone, or no one; folded, see ``domain.textes``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from segxl.domain.textes import fold

_NUL = "\0"
_WORDS = re.compile(r"\w+")


def words_of(libelle: str) -> list[str]:
    """Return the words of a folded text, without its punctuation.

    >>> words_of("clients au 31/03"), words_of("s.a.r.l. le college")
    (['clients', 'au', '31', '03'], ['sarl', 'le', 'college'])
    """
    return _WORDS.findall(libelle.replace(".", ""))


def fold_all(libelles: Sequence[str]) -> list[str]:
    """Fold many labels at once, much faster than one by one.

    >>> fold_all(["À  l’Été", "", "Cœur"])
    ["a l'ete", '', 'coeur']
    """
    joined = _NUL.join(libelle.replace(_NUL, " ") for libelle in libelles)
    return [text.strip() for text in fold(joined).split(_NUL)] if libelles else []


DIVERS = frozenset(
    words_of(
        "divers diverse diverses collectif collective collectifs comptoir comptant passage caisse au"
    )
)
"""Words that gather many behind one account, whatever its code."""
GENERIQUES = DIVERS | frozenset(
    words_of(
        "client clients clts cpt compte comptes fournisseur fournisseurs frs particuliers france "
        "etranger etrangers export exports exportation import ue cee hors intracom "
        "intracommunautaire intracommunautaires general generaux centralisateur ventes vente "
        "achats achat de du des d la le les et ou a biens bien prestations prestation services "
        "service tiers autres autre ordinaires ttc ht internet web boutique magasin soldes solde"
    )
)
"""Words that name no one."""
FRANCAISES = frozenset(
    words_of(
        "sas sasu sarl eurl sa snc sci scp selarl selas scop scic gie eirl earl gaec scea scm sca"
    )
)
"""French legal forms."""
PRIVEES = FRANCAISES | frozenset(
    words_of("societe entreprise ets etablissements cabinet association")
)
"""What only a private French customer is called."""
ETRANGERES = frozenset(
    words_of(
        "inc llc ltd limited gmbh bv bvba sprl nv spa srl plc corp corporation lda oy aps pty kft "
        "sro doo"
    )
)
"""Legal forms of other countries that are not a French word too."""
PUBLIQUES = frozenset(
    words_of(
        "commune mairie ville departement departemental region regional metropole ministere "
        "prefecture rectorat universite lycee college hopital hopitaux hospitalier chu chru sivom "
        "sivu ccas dgfip tresorerie sdis cnrs intercommunal agglomeration urbaine communes"
    )
)
"""Words that only a public body is called by."""
SUITES_PUBLIQUES = (
    ("ecole", ("publique", "nationale", "primaire", "maternelle")),
    ("tresor", ("public",)),
    ("office", ("public",)),
    ("etablissement", ("public",)),
    ("syndicat", ("mixte",)),
    ("conseil", ("general",)),
)
"""Words that are public only before another."""
