"""The design tokens keep their promises: contrast in both themes, one place for colours, weight."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "monespace" / "static"
CSS = (STATIC / "css" / "monespace.css").read_text("utf-8")
HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)

TEXT = 4.5
SHAPE = 3.0
SURFACES = ("page", "surface", "sunken", "tint")

PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "link") for ground in SURFACES),
    *((tone, f"{tone}-t", TEXT) for tone in ("ok", "warn", "err", "info")),
    *(("ink", f"{tone}-t", TEXT) for tone in ("ok", "warn", "err", "info")),
    *((tone, ground, TEXT) for tone in ("brand", "err") for ground in ("page", "surface")),
    ("brand-hi", "tint", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hi", TEXT),
    ("surface", "err", TEXT),
    ("link", "warn-t", TEXT),
    ("link", "info-t", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-head", "head", TEXT),
    ("head-line", "head", SHAPE),
    ("focus-head", "head", SHAPE),
    *(("control", ground, SHAPE) for ground in ("page", "surface")),
    *(("focus", ground, SHAPE) for ground in SURFACES),
    *((tone, "surface", SHAPE) for tone in ("ok", "warn", "info")),
]


def layer(name: str) -> str:
    """Return what stands between the braces of a cascade layer."""
    start = CSS.index(f"@layer {name} {{")
    end = CSS.index("\n}\n", start)
    return CSS[start:end]


def colours(block: str) -> dict[str, str]:
    """Read the colour tokens of one block of declarations."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    light, dark = layer("tokens").split("@media screen and (prefers-color-scheme: dark)")
    of_light = colours(light)
    return {"light": of_light, "dark": of_light | colours(dark.split("@media")[0])}


def luminance(colour: str) -> float:
    """Return the relative luminance of «#rrggbb» (WCAG 2.2), from 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_every_documented_pair_is_legible(
    theme: str, front: str, ground: str, least: float
) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[front], tokens[ground]) >= least


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_that_changes_with_the_theme_is_redefined_in_the_dark() -> None:
    same = {name for name, value in themes()["light"].items() if themes()["dark"][name] == value}
    assert same == {"accent", "on-accent", "on-head", "head-line", "focus-head"}


def test_colours_stand_only_in_the_tokens_layer() -> None:
    elsewhere = CSS.replace(layer("tokens"), "")
    assert HEX.findall(elsewhere) == []
    assert re.findall(r"(?<!-)\b(?:white|black|gray|rgba?|hsla?)\b(?!-)", elsewhere) == []


def test_every_used_token_is_defined() -> None:
    used = set(re.findall(r"var\(--([\w-]+)", CSS))
    defined = set(re.findall(r"--([\w-]+):", CSS))
    assert used <= defined


@pytest.mark.parametrize(
    ("name", "most"), [("css/monespace.css", 8_000), ("js/monespace.js", 1_500)]
)
def test_files_keep_their_budget_once_compressed(name: str, most: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= most


@pytest.mark.parametrize("name", ["css/monespace.css", "js/monespace.js", "js/htmx.min.js"])
def test_no_file_names_another_host(name: str) -> None:
    assert "://" not in (STATIC / name).read_text("utf-8")
