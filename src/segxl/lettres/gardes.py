"""What holds a letter back, each as a French sentence for the sheet Anomalies."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from segxl.domain.envoi import VALIDE
from segxl.domain.saisie import parse_yes_no
from segxl.domain.textes import fold, join_words
from segxl.lettres.champs import FAITS, Champs, column_of, place_of
from segxl.lettres.dossier import text_of
from segxl.lettres.environnement import Usage
from segxl.lettres.formats import parse_addresses

# Ordre des experts-comptables and Code de commerce R123-237: what a firm's letter must print.
ENTETE_OBLIGATOIRE = (
    "Nom",
    "Forme juridique",
    "Adresse",
    "Code postal",
    "Ville",
    "Inscription à l’Ordre",
    "RCS",
    "N° TVA",
    "Signataire",
    "Contact données personnelles",
)


def missing_letterhead(cabinet: Mapping[str, object]) -> tuple[str, ...]:
    """Return the ``Champ`` names of the letterhead that are still blank, in their order.

    >>> missing_letterhead({champ: "x" for champ in ENTETE_OBLIGATOIRE if champ != "RCS"})
    ('RCS',)
    """
    typed = {fold(champ) for champ, value in cabinet.items() if text_of(value)}
    return tuple(champ for champ in ENTETE_OBLIGATOIRE if fold(champ) not in typed)


def letterhead_reason(cabinet: Mapping[str, object]) -> str | None:
    """Say that no letter can be written yet, or None.

    >>> print(letterhead_reason({champ: "x" for champ in ENTETE_OBLIGATOIRE[2:]}))
    l’en-tête du cabinet est incomplet : Nom et Forme juridique
    """
    missing = missing_letterhead(cabinet)
    return f"l’en-tête du cabinet est incomplet : {join_words(missing)}" if missing else None


def opposition_reason(value: object) -> str | None:
    """Say that the client asked not to receive proposals, or None.

    The shipped letters inform and propose at once, so an objection holds them all back. An
    answer that is neither yes nor no holds too: the right to object is absolute.

    >>> opposition_reason("oui")
    'le client s’est opposé aux propositions du cabinet'
    >>> opposition_reason(""), opposition_reason("Non")
    (None, None)
    """
    text = text_of(value)
    if not text or parse_yes_no(text) == "Non":
        return None
    if parse_yes_no(text) == "Oui":
        return "le client s’est opposé aux propositions du cabinet"
    return f"la colonne « Opposition » n’est ni Oui ni Non (lu : « {text} »)"


def approval_reason(titre: str, value: object) -> tuple[str, str] | None:
    """Say that no partner approved a letter, and what to do, or None; « oui » names nobody.

    >>> approval_reason("Fin de mission", "Anne Vallon") is None
    True
    >>> approval_reason("Fin de mission", "oui")[0]
    'la lettre « Fin de mission » n’est pas validée par un associé'
    """
    text = text_of(value)
    if any(c.isalpha() for c in text) and parse_yes_no(text) is None:
        return None
    return (
        f"la lettre « {titre} » n’est pas validée par un associé",
        f"écrivez son nom dans la colonne « {VALIDE} » de la feuille Clients",
    )


def email_reason(value: object) -> str | None:
    """Say why an e-mail draft would have no reader, or None.

    >>> email_reason("a.roy@lumo.example"), email_reason(None)
    (None, 'la colonne « E-mail » est vide')
    >>> email_reason("a.roy chez lumo")
    'la colonne « E-mail » n’est pas une adresse (lu : « a.roy chez lumo »)'
    """
    text = text_of(value)
    if not text:
        return "la colonne « E-mail » est vide"
    if not parse_addresses(text):
        return f"la colonne « E-mail » n’est pas une adresse (lu : « {text} »)"
    return None


def find_empty(
    usage: Usage,
    champs: Champs,
    reserved: Container[str] = (),
    headers: Container[str] | None = None,
) -> Iterator[str]:
    """Find the fields that a model prints and that are empty for this client.

    A field the model tests (``{% if contact %}``) may be empty: the model provides for it. Those
    that are ``reserved`` have their own reason. ``headers`` are the columns of Clients, None where
    nobody looked.
    """
    context = champs.as_context()
    for name in sorted(usage.required):
        if context[name] or name in reserved:
            continue
        if name in FAITS:
            yield (
                f"le champ « {name} » du modèle est sans objet pour ce client : choisissez un autre "
                f"modèle, ou écrivez ce champ entre {{% if {name} %}} et {{% endif %}}"
            )
        elif (column := column_of(name)) and headers is not None and column not in headers:
            yield (
                f"le champ « {name} » du modèle est vide : la feuille Clients n’a pas de colonne "
                f"« {column} », tapez ce titre à droite du tableau, puis remplissez-la"
            )
        else:
            yield f"le champ « {name} » du modèle est vide : complétez {_place(name)}"


def _place(name: str) -> str:
    """Return the place to fill in, with its article.

    >>> _place("ville"), _place("cabinet_tva")
    ('la colonne « Ville » de la feuille Clients', 'le champ « N° TVA » de la table Cabinet')
    """
    place = place_of(name)
    article = "la" if place.startswith(("colonne", "date")) else "le"
    return f"{article} {place}"
