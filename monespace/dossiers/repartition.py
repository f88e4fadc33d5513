"""Who goes to which part of a lot, and what each part takes of an amount. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

MOST_PARTIES = 50
FEWEST_PARTIES = 2


class Mode(StrEnum):
    REMPLIR = "remplir"
    EQUILIBRER = "equilibrer"
    ETABLISSEMENT = "etablissement"


@dataclass(frozen=True, slots=True)
class Inscrit:
    """Somebody to place. `etablissement` is "" for the one of the dossier."""

    cle: str
    etablissement: str = ""


@dataclass(frozen=True, slots=True)
class Partie:
    """One part: the keys of its people, in their order; in mode ETABLISSEMENT whose they are."""

    etablissement: str
    cles: tuple[str, ...]


def fewest(people: Sequence[Inscrit], most: int, mode: Mode) -> int:
    """How many parts it takes at least."""
    needed = sum(ceil(size / most) for size in _groups(people, mode).values())
    return max(FEWEST_PARTIES, needed)


def propose(
    people: Sequence[Inscrit],
    most: int,
    mode: Mode,
    parties: int,
    deplacements: Mapping[str, int],
) -> list[Partie]:
    """Everybody once, never over `most` in a part.

    `parties` is raised to what it takes, and lowered to one person each. `deplacements` gives,
    by key, the part (from 1) somebody was moved to by hand; whom a full part pushes out goes
    where there is room, those nobody moved first.
    """
    groups = _groups(people, mode)
    counts = _parts_by_group(groups, most, max(fewest(people, most, mode), parties))
    owners = [owner for owner, count in counts.items() for _ in range(count)]
    sizes = [size for owner in counts for size in _sizes(groups[owner], counts[owner], most, mode)]
    placed = _placed(people, mode, owners, sizes)
    moved = {
        cle: part - 1
        for cle, part in deplacements.items()
        if cle in placed and 1 <= part <= len(owners)
    }
    placed.update(moved)
    _make_room(people, placed, moved, owners, most)
    cles: list[list[str]] = [[] for _ in owners]
    for one in people:
        cles[placed[one.cle]].append(one.cle)
    return [Partie(owner, tuple(kept)) for owner, kept in zip(owners, cles, strict=True)]


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` pro rata, by largest remainder: the sum is exactly `total`."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda rank: (-(total * weights[rank] % whole), rank)
    )
    for rank in by_remainder[: total - sum(shares)]:
        shares[rank] += 1
    return shares


def _groups(people: Sequence[Inscrit], mode: Mode) -> dict[str, int]:
    """How many people each group counts; the dossier's own établissement comes first."""
    if mode is not Mode.ETABLISSEMENT:
        return {"": len(people)}
    counted = Counter(one.etablissement for one in people)
    return dict(sorted(counted.items(), key=lambda group: group[0] != ""))


def _parts_by_group(groups: Mapping[str, int], most: int, parties: int) -> dict[str, int]:
    """What each group takes; a part more than needed halves the group whose parts are fullest."""
    counts = {owner: ceil(size / most) for owner, size in groups.items()}
    while sum(counts.values()) < parties:
        splittable = [owner for owner in counts if counts[owner] < groups[owner]]
        if not splittable:
            break
        counts[max(splittable, key=lambda owner: groups[owner] / counts[owner])] += 1
    return counts


def _sizes(people: int, parts: int, most: int, mode: Mode) -> list[int]:
    if mode is not Mode.REMPLIR:
        least, more = divmod(people, parts)
        return [least + (rank < more) for rank in range(parts)]
    sizes: list[int] = []
    for after in reversed(range(parts)):
        # Nobody asks for a part to leave it empty: one person stays for each that follows.
        sizes.append(min(most, people - sum(sizes) - after))
    return sizes


def _placed(
    people: Sequence[Inscrit], mode: Mode, owners: Sequence[str], sizes: Sequence[int]
) -> dict[str, int]:
    """The part (from 0) of each person, as the mode alone would have it."""
    left = list(sizes)
    placed = {}
    for one in people:
        owner = one.etablissement if mode is Mode.ETABLISSEMENT else ""
        part = next(rank for rank, room in enumerate(left) if room and owners[rank] == owner)
        left[part] -= 1
        placed[one.cle] = part
    return placed


def _make_room(
    people: Sequence[Inscrit],
    placed: dict[str, int],
    moved: Mapping[str, int],
    owners: Sequence[str],
    most: int,
) -> None:
    """Take people out of the parts that hold too many, the last ones that nobody moved first."""
    counted = Counter(placed.values())
    leaving = [one.cle for one in reversed(people) if one.cle not in moved]
    leaving += [one.cle for one in reversed(people) if one.cle in moved]
    for cle in leaving:
        part = placed[cle]
        if counted[part] <= most:
            continue
        free = [rank for rank in range(len(owners)) if counted[rank] < most]
        goal = min(free, key=lambda rank: (owners[rank] != owners[part], rank))
        counted[part] -= 1
        counted[goal] += 1
        placed[cle] = goal
