"""A page as a browser reads it: its tree, its texts, its forms and what they would send."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib

Fields = list[tuple[str, str]]

CONTROLS = frozenset({"input", "select", "textarea"})
PRESSED = frozenset({"submit", "button", "image", "reset", "file"})


class Page:
    """A whole page, or a fragment of one."""

    def __init__(self, source: str, fragment: bool = False) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parse = parser.parseFragment if fragment else parser.parse
        self.source = source
        self.root: Element = parse(source)
        self.parse_errors = [f"{place}: {code} {about}" for place, code, about in parser.errors]
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str, **attributes: str) -> Iterator[Element]:
        """The elements of these names (any, when none is given) with these attributes, in order."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        for element in self.root.iter():
            if tags and element.tag not in tags:
                continue
            if all(element.get(name) == value for name, value in wanted.items()):
                yield element

    def by_id(self, id_: str) -> Element | None:
        return next(self.all(id=id_), None)

    def around(self, element: Element) -> Iterator[Element]:
        """What contains the element, nearest first."""
        parent = self._parents.get(element)
        while parent is not None:
            yield parent
            parent = self._parents.get(parent)

    def within(self, element: Element, *tags: str) -> Element | None:
        """The nearest container of one of these names."""
        return next((one for one in self.around(element) if one.tag in tags), None)

    def has_class(self, name: str) -> Iterator[Element]:
        return (one for one in self.all() if name in one.get("class", "").split())

    @property
    def title(self) -> str:
        return next((text_of(one) for one in self.all("title")), "")

    @property
    def text(self) -> str:
        """What is read on the page, spaces as they are."""
        return "".join(piece for _, piece in self.texts())

    def texts(self) -> Iterator[tuple[Element, str]]:
        """Every piece of text with the element it stands in, scripts left out."""
        for element in self.all():
            if element.tag not in ("script", "style", "textarea", "title"):
                yield from ((element, piece) for piece in _own_texts(element))

    def form(self, action: str, path: str = "") -> "Form":
        """The form that is sent to `action`; a form without an action is sent to `path`."""
        for element in self.all("form"):
            if element.get("action", path) == action:
                return Form(element)
        raise AssertionError(f"no form to {action} on «{self.title}»")

    def value(self, name: str) -> str:
        """The value of the first control of that name, as it stands on the page."""
        for control in self.all(*CONTROLS, name=name):
            for _, value in _standing(control):
                return value
        raise AssertionError(f"nothing is answered to {name} on «{self.title}»")

    def token(self) -> str:
        """What protects the forms of this session from being forged."""
        return next(self.all("input", name="csrf_token")).get("value", "")


@dataclass(frozen=True)
class Form:
    """One form of a page."""

    element: Element

    @property
    def method(self) -> str:
        return self.element.get("method", "get").lower()

    def fields(self) -> Fields:
        """What a browser would send, no button pressed, no file chosen."""
        return [
            pair
            for control in self.element.iter()
            if control.tag in CONTROLS
            for pair in _standing(control)
        ]

    def filled(self, typed: Mapping[str, str | Sequence[str]], button: str = "") -> Fields:
        """The same once `typed` is typed (several values: ticked boxes) and `button` pressed.

        Fail for a control that the form has not.
        """
        names = {control.get("name") for control in self.element.iter() if control.tag in CONTROLS}
        unknown = typed.keys() - names
        assert not unknown, f"the form has no {', '.join(sorted(unknown))}"
        sent = [pair for pair in self.fields() if pair[0] not in typed]
        for name, value in typed.items():
            sent += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return sent + ([("suite", button)] if button else [])


def text_of(element: Element) -> str:
    """Its text with single spaces, non-breaking ones kept."""
    pieces = "".join(element.itertext()).split(" ")
    return " ".join(" ".join(piece.split("\n")) for piece in pieces if piece.strip("\n")).strip()


def _own_texts(element: Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tail:
            yield child.tail


def _standing(control: Element) -> Iterator[tuple[str, str]]:
    """The pairs that this control alone would send."""
    name, type_ = control.get("name"), control.get("type", "text")
    if not name or (control.tag == "input" and type_ in PRESSED):
        return
    if control.tag == "textarea":
        yield name, control.text or ""
    elif control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if "selected" in one.attrib] or options[:1]
        yield from ((name, one.get("value", "")) for one in chosen)
    elif type_ not in ("radio", "checkbox") or "checked" in control.attrib:
        yield name, control.get("value", "")
