"""The key of a dossier and the SIREN, however they were typed."""

from __future__ import annotations

from stdnum.fr import siren

SIREN_LENGTH = 9


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
    return digits.zfill(SIREN_LENGTH) if len(digits) <= SIREN_LENGTH else digits[:SIREN_LENGTH]


def is_siren(value: object) -> bool:
    """Tell whether a value is a SIREN with a right check digit; nine zeros are nobody's.

    >>> is_siren("000 001 016"), is_siren("000001017"), is_siren("000000000")
    (True, False, False)
    """
    digits = siren_of(value)
    return digits != "0" * SIREN_LENGTH and bool(siren.is_valid(digits))
