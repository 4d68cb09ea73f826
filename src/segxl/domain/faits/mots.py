"""The words by which a label names someone, or no one; folded, see ``domain.textes``."""

from __future__ import annotations

import re

_WORDS = re.compile(r"\w+")


def words_of(libelle: str) -> list[str]:
    """Return the words of a folded text, without its punctuation.

    >>> words_of("clients au 31/03")
    ['clients', 'au', '31', '03']
    """
    return _WORDS.findall(libelle)


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
PUBLIQUES = re.compile(
    r"\b(commune|mairie|ville|departement|conseil (departemental|regional|general)|region"
    r"|communaute (de communes|d.agglomeration|urbaine)|metropole|ministere|prefecture|rectorat"
    r"|universite|lycee|college|ecole (publique|nationale|primaire|maternelle)|hopital|hopitaux"
    r"|chu|chru|centre hospitalier|sivom|sivu|ccas|tresor public|dgfip|tresorerie|sdis|cnrs"
    r"|office public|etablissement public|syndicat (mixte|intercommunal))\b"
)
"""What a public body is called."""
