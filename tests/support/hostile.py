"""What people type, paste or forge that a portal must survive."""

MARKUP = "\"><img src=x onerror=alert(1)>{{7*7}}${7*7}</textarea><b>'"

# Kept exactly.
NAMES = (
    "L’Hénaff-d’Aubigné",
    "O'Neill",
    "Đặng Thị Ánh",
    "Zoë 🎓",
    "ß",
    "Çelik İpek",
    "Nguyễn 👩🏽‍🏫",
    "محمد",
    "N’Guessan, épouse Le-Goff (Ép.)",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE dossiers; --",
    "%s %n %x {0} ${x}",
    "null",
    "-",
)
# Typed, then kept.
CLEANED = (
    ("  Zoé \t Martin ", "Zoé Martin"),
    ("Zoe\u0301", "Zoé"),
    ("Zo\u200bé", "Zoé"),
    ("Zoé\x00\x07", "Zoé"),
    ("\u202eéoZ", "éoZ"),
    ("Zoé\r\nMartin", "Zoé Martin"),
)
AMOUNTS = ("1 234,56 €", "1234,56", "1234.56", "1\u202f234,56\u00a0€", "1.234,56 EUR")
# Typed for an amount, and in no way an amount.
NOT_AMOUNTS = ("1 2oo €", "douze", "12,345", "1e3", "NaN", "١٢٣", "½", "1,2,3", "--5", "9" * 90)
# Day, month, year.
NOT_DATES = (
    ("31", "2", "2026"),
    ("29", "2", "2027"),
    ("31", "4", "2026"),
    ("0", "1", "2026"),
    ("12", "13", "2026"),
    ("12", "", "2026"),
    ("2026-W07-5", "", ""),
    ("١٢", "1", "2026"),
    ("demain", "", ""),
    ("12", "1", "99999999999"),
)
NOT_SIRETS = (
    "999 001 001 00019",
    "00000000000000",
    "999001001",
    "９９９００１００１０００１８",
    "x" * 300,
)
# In an address, where a key is expected.
NOT_KEYS = (
    "%00",
    "%00" * 12,
    "..%2f..%2fetc%2fpasswd",
    "%ff%fe",
    "%F0%9F%8E%93",
    "1",
    "-1",
    "9" * 400,
    "%27%20OR%201=1--",
    "{{7*7}}",
    "null",
    "%E2%80%AE",
)
