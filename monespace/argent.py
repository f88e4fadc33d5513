"""Money: Decimal euros while computing, whole cents where it is kept, one rounding."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_the_cent(euros: Decimal) -> Decimal:
    """Halves are rounded away from zero, as invoices are."""
    return euros.quantize(CENT, ROUND_HALF_UP)


def cents(euros: Decimal) -> int:
    """Euros as whole cents."""
    return int(to_the_cent(euros).scaleb(2))


def euros(cents: int) -> Decimal:
    """Cents as euros, exactly."""
    return Decimal(cents).scaleb(-2)


def hundredths(quantity: Decimal) -> int:
    """A quantity (hours, nights…) as whole hundredths."""
    return cents(quantity)
