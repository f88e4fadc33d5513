"""A clear code goes into its letter, or is compared, and nowhere else: read in the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import monespace

HOUSE = Path(monespace.__file__).parent
PROGRAM = [*sorted(HOUSE.rglob("*.py")), *sorted((HOUSE.parent / "jobs").rglob("*.py"))]
DRAWS, LETTER = "activation/actions/tirages.py", "activation/lettres.py"
# What answers, writes to people, keeps or tells.
TELLING = frozenset(
    "page send notify record announce flash render_template add text execute "
    "debug info warning error exception log print echo Courriel Notification Response".split()
)
TYPED = ("code", "_code")


def where(path: Path) -> str:
    return path.relative_to(HOUSE if path.is_relative_to(HOUSE) else HOUSE.parent).as_posix()


def names(node: ast.AST) -> set[str]:
    """The names that are read in it, `a.b` as b, imported ones among them."""
    return {
        str(getattr(one, "id", "") or getattr(one, "attr", "") or getattr(one, "name", ""))
        for one in ast.walk(node)
        if isinstance(one, ast.Name | ast.Attribute | ast.alias)
    }


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", "") or getattr(node.func, "attr", ""))


def clear(node: ast.AST) -> bool:
    """Does this expression give a clear code?"""
    return any(
        called(one) in ("new_code", "unseal", "completed")
        or (called(one) == "get" and _of_a_form(one))
        # What reads an answer of a form takes its kind as well.
        or (ast.unparse(one.func) in ("read", "codes.read") and len(one.args) == 1)
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
    )


def _of_a_form(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    return "form" in names(node.func) and isinstance(first, ast.Constant) and first.value in TYPED


def functions(*folders: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in PROGRAM:
        if where(path).startswith(folders):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    yield f"{where(path)} {node.name}", node


def held(function: ast.FunctionDef) -> set[str]:
    """The variables of that function that hold a clear code, or what was typed as one."""
    found = {
        one.arg
        for one in function.args.args
        if one.arg == "typed" and one.annotation is not None and names(one.annotation) == {"str"}
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            values: list[ast.expr] = [node.value] * len(targets)
            if isinstance(targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
                targets, values = targets[0].elts, node.value.elts
            for target, value in zip(targets, values, strict=True):
                if clear(value):
                    found |= names(target)
    return found


def told(function: ast.FunctionDef) -> Iterator[str]:
    """The calls of that function that tell, with a clear code among what they are given."""
    kept = held(function)
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and called(node) in TELLING:
            for given in (*node.args, *(one.value for one in node.keywords)):
                if clear(given) or names(given) & kept:
                    yield ast.unparse(node)


def test_codes_are_drawn_and_printed_in_one_place() -> None:
    drawing = {where(one) for one in PROGRAM if "new_code" in names(ast.parse(one.read_text()))}
    assert drawing == {DRAWS}
    printing = {
        where(one)
        for one in PROGRAM
        if "lettres.pdf(" in one.read_text()
        or any(
            isinstance(node, ast.ImportFrom)
            and node.module == "monespace.activation.lettres"
            and {"pdf", "*"} & names(node)
            for node in ast.walk(ast.parse(one.read_text()))
        )
    }
    assert printing == {DRAWS}
    assert [one.name for one in HOUSE.rglob("*.typ")] == ["lettre.typ"]
    assert "sys_inputs" in (HOUSE / LETTER).read_text()


def test_a_drawn_code_is_given_to_its_letter_and_to_its_hash_alone() -> None:
    [make] = [one for name, one in functions(DRAWS) if name.endswith(" make")]
    assert held(make) == {"code"}
    assert _given_to(make, "code") == {"lettres.pdf", "empreinte.of"}
    [attempt] = [one for name, one in functions("activation/essai.py") if "attempt" in name]
    assert held(attempt) == {"typed", "code"}
    assert _given_to(attempt, "typed") == {"read"}
    assert _given_to(attempt, "code") == {"empreinte.verify"}


def _given_to(function: ast.FunctionDef, name: str) -> set[str]:
    """The calls that are given that variable, which is read in no other way."""
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    given = [
        (ast.unparse(one.func), argument.id)
        for one in calls
        for argument in one.args
        if isinstance(argument, ast.Name)
    ]
    read = [
        one
        for one in ast.walk(function)
        if isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load)
    ]
    chosen = [call for call, argument in given if argument == name]
    assert len(chosen) == len(read)
    return set(chosen)


def test_no_page_mail_notice_or_log_is_given_a_code() -> None:
    views = [f"blueprints/{one}" for one in ("acces", "comptes", "contact", "rattachement", "opco")]
    looked = dict(functions("activation/", "acces/", "aide/", "cli/", "jobs/", *views))
    assert sum(bool(held(one)) for one in looked.values()) > 4
    assert {name: list(told(one)) for name, one in looked.items() if any(told(one))} == {}


@pytest.mark.parametrize(
    "body",
    [
        "typed = request.form.get('code', ''); return page('x.html', code=typed)",
        "return page('x.html', code=request.form.get('code', ''))",
        "a, code = 1, new_code(); send(to, 'Votre code', f'Le voici {code}')",
        "code = read(typed); logger.info('essai de %s', code)",
        "return page('x.html', code=typed)",
    ],
)
def test_a_code_given_to_a_page_would_be_seen(body: str) -> None:
    [function] = ast.parse(f"def view(typed: str):\n    {body}").body
    assert isinstance(function, ast.FunctionDef)
    assert list(told(function))


def test_no_field_of_a_code_is_shown_filled_in() -> None:
    fields = [
        line
        for one in (HOUSE / "templates").rglob("*.html")
        for line in one.read_text().splitlines()
        if 'input_field("code"' in line or ('name="code"' in line and 'type="radio"' not in line)
    ]
    assert fields
    assert [line for line in fields if "value" in line] == []
