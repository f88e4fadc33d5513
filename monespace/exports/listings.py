"""Every listing that can be exported."""

from collections.abc import Mapping
from typing import Any

from monespace.exports.declaration import Listing
from monespace.exports.dossiers import DOSSIERS
from monespace.exports.droits import DROITS

LISTINGS: Mapping[str, Listing[Any]] = {one.nom: one for one in (DOSSIERS, DROITS)}
