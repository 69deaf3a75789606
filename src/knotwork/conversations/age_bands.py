"""Ages to choose from: bands that official figures in groups of five years can say a number for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knotwork.programmes.queries import PlacePopulation


@dataclass(frozen=True)
class AgeBand:
    """Ages ``[from_age, to_age]``, open above when ``to_age`` is none. ``is_compared``: set beside the population."""

    from_age: int
    to_age: int | None
    is_compared: bool = True

    def in_words(self) -> str:
        """``15 to 24``, ``Under 15``, ``80 or over``."""
        if self.to_age is None:
            return _("%(age)d or over") % {"age": self.from_age}
        if self.from_age == 0:
            return _("Under %(age)d") % {"age": self.to_age + 1}
        return _("%(first)d to %(last)d") % {"first": self.from_age, "last": self.to_age}

    def people_in(self, population: PlacePopulation | None) -> int | None:
        """How many live there at these ages, where that is known and children are not to be left out."""
        if population is None or not self.is_compared:
            return None
        return population.people_aged(self.from_age, self.to_age)


_FROM_15 = (
    AgeBand(15, 24),
    AgeBand(25, 34),
    AgeBand(35, 49),
    AgeBand(50, 64),
    AgeBand(65, 79),
    AgeBand(80, None),
)
ADULTS: Sequence[AgeBand] = (AgeBand(0, 14, is_compared=False), *_FROM_15)
"""Children may answer, but nobody expects them: those aged 15 or over are compared with those who live there."""
EVERYBODY: Sequence[AgeBand] = (AgeBand(0, 14), *_FROM_15)
"""Children are asked like everybody else, and compared."""
