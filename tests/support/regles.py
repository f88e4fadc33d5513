"""What every page of the portal must be, as rules: each yields the faults it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from tests.support.html import CONTROLS, Page, text_of

Rule = Callable[[Page], Iterator[str]]

# A plain space where French wants a non-breaking one.
LOOSE = re.compile(r"\S [:;!?»]|« ")
UNRENDERED = re.compile(
    r"\{\{|\}\}|\{%|%\}|\\u00a0|&nbsp|&amp;|\bNone\b|\bUndefined\b|Traceback|<bound"
)
BLAMING = re.compile(r"\b(invalides?|incorrecte?s?)\b", re.IGNORECASE)
PLACED = re.compile(r"ci-contre|ci-dessous à|en rouge|en vert|à droite|à gauche", re.IGNORECASE)
VAGUE = frozenset({"valider", "ok", "envoyer", "cliquez ici", "ici", "en savoir plus"})
HTMX_ACTS = frozenset({"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"})
REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "for",
    "form",
    "popovertarget",
)
# Nothing typed there can be lost half-way.
WITHOUT_END = ("/connexion", "/deconnexion")
# Styles and scripts of their own, words that vanish, keys that surprise, new windows.
NEVER = frozenset({"style", "placeholder", "accesskey", "target"})


def faults(page: Page) -> list[str]:
    """Everything that is wrong with a whole page."""
    return [fault for rule in (*ON_ANY_PART, *ON_WHOLE_PAGES) for fault in rule(page)]


def faults_of_fragment(page: Page) -> list[str]:
    """Everything that is wrong with what htmx swaps into a page."""
    return [fault for rule in ON_ANY_PART for fault in rule(page)]


def parses(page: Page) -> Iterator[str]:
    yield from page.parse_errors


def ids_are_unique(page: Page) -> Iterator[str]:
    counted = Counter(one.get("id") for one in page.all() if one.get("id") is not None)
    yield from (f"id {name!r} {times} times" for name, times in counted.items() if times > 1)


def nothing_inline(page: Page) -> Iterator[str]:
    for one in page.all():
        for name, value in one.attrib.items():
            if name.startswith(("on", "hx-on")) or name in NEVER:
                yield f"{name} on {one.tag} {one.get('name', '')}"
            if value.strip().lower().startswith("javascript:"):
                yield f"script in {name}"
        if one.tag == "style" or (one.tag == "script" and not one.get("src")):
            yield f"inline {one.tag}"
    for control in page.all(*CONTROLS, "button"):
        if control.get("title"):
            yield f"tooltip on {control.get('name')}"


def is_rendered(page: Page) -> Iterator[str]:
    for one in page.all():
        for piece in (one.text or "", one.tail or "", *one.attrib.values()):
            if found := UNRENDERED.search(piece):
                yield f"not rendered: {_near(piece, found)}"


def reads_as_french(page: Page) -> Iterator[str]:
    for _, piece in page.texts():
        if found := LOOSE.search(piece):
            yield f"loose space: {_near(piece, found)}"
        if found := BLAMING.search(piece) or PLACED.search(piece):
            yield f"forbidden words: {_near(piece, found)}"
    for one in page.all("button", "a"):
        if text_of(one).lower() in VAGUE:
            yield f"says nothing: {text_of(one)!r}"
        if not text_of(one):
            yield f"no words: {one.tag} {one.get('href', '')}"


def htmx_only_helps(page: Page) -> Iterator[str]:
    for one in page.all():
        if not any(name.startswith("hx-") and name != "hx-swap-oob" for name in one.attrib):
            continue
        form = one if one.tag == "form" else page.within(one, "form")
        sent = form is not None and form.get("action") and form.get("method")
        if HTMX_ACTS.isdisjoint(one.attrib) or not (one.get("href") or sent):
            yield f"works with htmx alone: {one.tag} {one.attrib}"


def pictures_are_silent(page: Page) -> Iterator[str]:
    for one in page.all("svg"):
        if one.get("aria-hidden") != "true" or not (one.get("width") and one.get("height")):
            yield "svg that is read aloud, or without size"


def controls_are_labelled(page: Page) -> Iterator[str]:
    for control in _visible_controls(page):
        labels = [text_of(one) for one in page.all("label", **{"for": control.get("id", "")})]
        if around := page.within(control, "label"):
            labels.append(text_of(around))
        if not any(labels):
            yield f"no label: {control.get('name')}"
        alone = sum(1 for _ in page.all("input", name=control.get("name", ""))) == 1
        grouped = control.get("type") == "radio" or (
            control.get("type") == "checkbox" and not alone
        )
        if (grouped or "-" in control.get("name", "")) and not _legend(page, control):
            yield f"no legend: {control.get('name')}"


def required_or_optional(page: Page) -> Iterator[str]:
    """A search asks for nothing; of several boxes, or in a grid of them, none is required."""
    for control in _visible_controls(page):
        form = page.within(control, "form")
        same = sum(1 for _ in page.all("input", name=control.get("name", "")))
        if form is None or form.get("method", "get") == "get":
            continue
        # Of a grid too, where a cell may have one box only.
        if control.get("type") == "checkbox" and (
            same > 1 or page.within(control, "td") is not None
        ):
            continue
        words = _legend(page, control) or " ".join(
            text_of(one) for one in page.all("label", **{"for": control.get("id", "")})
        )
        if ("required" in control.attrib) == ("(facultatif)" in words):
            yield f"required and optional, or neither: {control.get('name')}"


def faults_are_described(page: Page) -> Iterator[str]:
    summary = [text_of(one) for one in page.has_class("errors")]
    for one in page.all(aria_invalid="true"):
        described = [up.get("aria-describedby", "") for up in (one, *page.around(one))]
        told = [page.by_id(id_) for id_ in " ".join(described).split() if "-erreur" in id_]
        if not told or told[0] is None:
            yield f"fault without its words: {one.get('name')}"
            continue
        words = text_of(told[0]).removeprefix("Erreur\u00a0: ")
        if summary and words not in summary[0]:
            yield f"the summary does not say: {words}"


def tables_are_told(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if next(table.iter("caption"), None) is None:
            yield "table without caption"
        for cell in table.iter("th"):
            if not cell.get("scope") or not text_of(cell):
                yield f"th without scope or words: {text_of(cell)}"
        if sum(1 for cell in table.iter("th") if cell.get("aria-sort")) > 1:
            yield "sorted by two columns"


def has_its_frame(page: Page) -> Iterator[str]:
    if not page.source.lstrip().startswith("<!DOCTYPE html>"):
        yield "no doctype"
    if next(page.all("html")).get("lang") != "fr":
        yield "not in French"
    headings = [text_of(one) for one in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1: {headings}"
    for tag in ("header", "main", "footer"):
        if sum(1 for _ in page.all(tag)) != 1:
            yield f"not one {tag}"
    object_, _, portal = page.title.rpartition(" – ")
    if portal != "Mon Espace" or not object_.removeprefix("Erreur\u00a0:").strip(" –"):
        yield f"title {page.title!r}"
    if not any(text_of(one) == "Plan du site" for one in page.all("a")):
        yield "no way to the site map"


def navigations_are_named(page: Page) -> Iterator[str]:
    names = [one.get("aria-label", "") for one in page.all("nav")]
    if "" in names or len(set(names)) != len(names):
        yield f"navigations named {names}"
    for one in page.all("nav"):
        if sum(1 for link in one.iter() if link.get("aria-current")) > 1:
            yield f"two current places in {one.get('aria-label')}"


def references_resolve(page: Page) -> Iterator[str]:
    ids = {one.get("id") for one in page.all()}
    for one in page.all():
        for name in REFERENCES:
            for id_ in one.get(name, "").split():
                if id_ not in ids:
                    yield f"{name}={id_} leads nowhere"
        href = one.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"href {href} leads nowhere"


def summary_leads_to_controls(page: Page) -> Iterator[str]:
    for summary in page.has_class("errors"):
        for link in summary.iter("a"):
            target = page.by_id(link.get("href", "").removeprefix("#"))
            # The list of what is missing is no control; it is made of links to the controls.
            if target is None or (target.tag not in CONTROLS and target.get("id") != "manques"):
                yield f"the summary does not lead to a control: {link.get('href')}"


def links_are_told_apart(page: Page) -> Iterator[str]:
    seen: dict[str, str] = {}
    main = next(page.all("main"), page.root)
    for link in main.iter("a"):
        name, href = text_of(link), link.get("href", "")
        if not href:
            yield f"leads nowhere: {name}"
        if seen.setdefault(name, href) != href:
            yield f"two links {name!r}: {seen[name]} and {href}"


def forms_are_whole(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        if form.get("method") != "post":
            continue
        action = form.get("action", "")
        named = [one for one in form.iter() if one.tag in CONTROLS and one.get("name")]
        token = [one for one in named if one.get("name") == "csrf_token" and one.get("value")]
        if len(token) != 1:
            yield f"forms to {action} can be forged"
        if sum(1 for one in named if one.get("name") == "_espace") != 1:
            yield f"the form to {action} does not say which organisation it is for"
        if action not in WITHOUT_END and (named[-1].get("name"), named[-1].get("value")) != (
            "_fin",
            "1",
        ):
            yield f"the end of the form to {action} is not told"
        if any(True for one in named if one.get("type") != "hidden") and "novalidate" not in (
            form.attrib
        ):
            yield f"the browser keeps the form to {action} from being sent"
        if any(one.get("type") == "file" for one in named) and not form.get("enctype"):
            yield f"the form to {action} loses its file"


def _visible_controls(page: Page) -> Iterator[Element]:
    return (one for one in page.all(*CONTROLS) if one.get("type") not in ("hidden", "submit"))


def _legend(page: Page, control: Element) -> str:
    fieldset = page.within(control, "fieldset")
    legend = None if fieldset is None else next(fieldset.iter("legend"), None)
    return "" if legend is None else text_of(legend)


def _near(piece: str, found: re.Match[str]) -> str:
    return repr(piece[max(0, found.start() - 30) : found.end() + 30])


ON_ANY_PART: tuple[Rule, ...] = (
    parses,
    ids_are_unique,
    nothing_inline,
    is_rendered,
    reads_as_french,
    htmx_only_helps,
    pictures_are_silent,
    tables_are_told,
)
ON_WHOLE_PAGES: tuple[Rule, ...] = (
    controls_are_labelled,
    required_or_optional,
    faults_are_described,
    has_its_frame,
    navigations_are_named,
    references_resolve,
    summary_leads_to_controls,
    links_are_told_apart,
    forms_are_whole,
)
