"""The key of a dossier and the SIREN, however they were typed."""

from __future__ import annotations

from stdnum.fr import siren

SIREN_LENGTH = 9
SIRET_LENGTH = 14


def key_of(value: object) -> str:
    """Return a dossier key as text; a key that Excel took for a number loses its decimals.

    >>> key_of(" D12 "), key_of(12.0), key_of("0012")
    ('D12', '12', '0012')
    """
    return (
        str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    )


def siren_of(value: object) -> str:
    r"""Return the nine digits of a SIREN, however typed; leading zeros that Excel dropped come back.

    >>> siren_of("000 001\u00a0016"), siren_of(1024.0), siren_of("000000034 00018")
    ('000001016', '000001024', '000000034')
    """
    digits = "".join(c for c in key_of(value) if c.isalnum())
    return digits[:SIREN_LENGTH] if len(digits) == SIRET_LENGTH else digits.zfill(SIREN_LENGTH)


def is_siren(value: object) -> bool:
    """Tell whether a value is a SIREN with a right check digit; nine zeros are nobody's.

    >>> is_siren("000 001 016"), is_siren("000001017"), is_siren("000000000"), is_siren("0000010161")
    (True, False, False, False)
    """
    digits = siren_of(value)
    return digits != "0" * SIREN_LENGTH and bool(siren.is_valid(digits))


def siren_verdict(value: object) -> str:
    """Say whether a value is a SIREN, and if not why.

    >>> siren_verdict("000 001 016"), siren_verdict(1016.0), siren_verdict("00000101600013")
    ('valide', 'valide', 'c’est un SIRET, de 14 chiffres : son SIREN, 000001016, est valide')
    >>> siren_verdict("000 001 017")
    'la clé de contrôle est fausse : recopiez le SIREN de l’extrait Kbis ou de l’avis de situation'
    """
    typed = "".join(c for c in key_of(value) if c.isalnum())
    digits = len(typed)
    if not typed.isdecimal():
        return "ce n’est pas un SIREN : il n’a que des chiffres"
    if digits == SIRET_LENGTH:
        verdict = "valide" if is_siren(value) else "faux"
        return f"c’est un SIRET, de 14 chiffres : son SIREN, {siren_of(value)}, est {verdict}"
    if digits <= SIREN_LENGTH and is_siren(value):
        return "valide"
    # A number of fewer digits has lost the zeros at its head; a text was typed short.
    if digits > SIREN_LENGTH or (digits < SIREN_LENGTH and isinstance(value, str)):
        return f"{digits} chiffre{'s' if digits > 1 else ''} : un SIREN en compte 9, un SIRET 14"
    return "la clé de contrôle est fausse : recopiez le SIREN de l’extrait Kbis ou de l’avis de situation"
