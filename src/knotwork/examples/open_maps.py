"""The built-in example *Open maps*: maps of systems that others drew and published, read with our methods.

The first is the obesity system map of the United Kingdom's Foresight programme of 2007, as sourced facts: its factors,
its links and their signs. Where each factor stands on our paper, and all loops, are worked out here, at loading.
"""

from pathlib import Path

from django.db import transaction

from knotwork.core.analyses import queries as snapshots
from knotwork.core.analyses.services import run_now
from knotwork.examples import local_vision
from knotwork.examples.registry import BY_THE_HOUSE, Example, Progress
from knotwork.formats.maps import MapFile, read_map
from knotwork.maps import services as map_services
from knotwork.maps.analyses import KIND
from knotwork.maps.models import SystemMap
from knotwork.programmes import services
from knotwork.programmes.models import Place, Programme, Provenance, Stage
from knotwork.programmes.querysets import programmes

KEY = "open-maps"
MATERIAL = Path(__file__).parent / "material" / "maps" / "foresight-obesity"
SLUG = "obesity"
LOOKS_AT_IT = "Gloucestershire"
"""The place of Local Vision whose issue is obesity in families; Foresight's map was not drawn there, nor for it."""

ATTRIBUTION = (
    "Government Office for Science (2007), Foresight: Tackling Obesities: Future Choices, obesity system map. "
    "© Crown copyright."
)
WORDS = map_services.MapWords(
    title="Obesity: a national map",
    question="What leads to obesity, and how does it all hang together?",
    introduction="Drawn in 2007 for the Foresight project of the Government Office for Science: 108 factors, and how "
    "they lead to one another.\n\n"
    "One link is known to be missing here: a dashed one, so one that leads to less, between “Demand for Health” and "
    "“Dominance of Motorised Transport”. The copy that we read does not have it.",
    source="Government Office for Science, Foresight: Tackling Obesities: Future Choices",
    source_url="https://foresightprojects.blog.gov.uk/2017/10/04/dusting-off-foresights-obesity-report/",
    attribution=ATTRIBUTION,
    year=2007,
    made_elsewhere=True,
    visibility=Stage.PUBLIC.value,
)
REFERENCE = "a national map, made elsewhere, 2007"
PERSPECTIVE = "The map as Foresight published it"


def load(progress: Progress) -> None:
    """Bring in what is not there yet, and work it out at once."""
    progress("Open maps: obesity, 2007", 0, 3)
    with transaction.atomic():
        programme = _programme()
        system_map = _map(programme)
    progress("Open maps: its loops, and where each factor stands", 1, 3)
    if snapshots.newest_good(KIND, system_map.public_id) is None:
        run_now(KIND, system_map.public_id)
    progress("Open maps: who looks at it", 2, 3)
    _reference(system_map)
    progress("Open maps", 3, 3)


def withdraw() -> None:
    """Take the programme out of sight."""
    for programme in Programme.objects.filter(slug=KEY):
        services.withdraw_programme(programme.pk, "The example was removed.", by=BY_THE_HOUSE)


def is_there() -> bool:
    """Whether the programme stands."""
    return programmes().standing().filter(slug=KEY).exists()


def map_file() -> MapFile:
    """The map as it is shipped, with a name for its one perspective."""
    file = read_map(MATERIAL)
    only = file.perspectives[0]
    return MapFile(file.title, file.factors, (type(only)(PERSPECTIVE, only.people, only.links),))


def _programme() -> Programme:
    words = services.ProgrammeWords(
        name="Open maps",
        summary="Maps of knotty issues that others drew and published. Their loops, and what is near what, were worked "
        "out by Knotwork, from the links alone.",
        attribution=ATTRIBUTION,
        provenance=Provenance.OPEN_DATA.value,
        visibility=Stage.PUBLIC.value,
        order=30,
    )
    row = Programme.objects.filter(slug=KEY).first()
    if row is None:
        return Programme.objects.get(pk=services.create_programme(words, by=BY_THE_HOUSE, slug=KEY).id)
    if row.withdrawn_at is not None:
        services.restore_programme(row.pk, by=BY_THE_HOUSE)
    services.change_words(row.pk, words, by=BY_THE_HOUSE)
    return Programme.objects.get(pk=row.pk)


def _map(programme: Programme) -> SystemMap:
    stands = SystemMap.objects.filter(programme=programme, slug=SLUG, withdrawn_at__isnull=True).first()
    if stands is not None:
        map_services.change_map(stands.pk, WORDS, by=BY_THE_HOUSE)
        return stands
    made = map_services.make_map(programme.pk, WORDS, by=BY_THE_HOUSE, slug=SLUG)
    map_services.put_in_file(made.id, map_file(), by=BY_THE_HOUSE)
    return SystemMap.objects.get(pk=made.id)


def _reference(system_map: SystemMap) -> None:
    """The page of the place leads to the map, if that example is here."""
    place = Place.objects.filter(
        programme__slug=local_vision.KEY, name=LOOKS_AT_IT, withdrawn_at__isnull=True
    ).first()
    if place is not None:
        map_services.refer_to_map(place.pk, system_map.pk, REFERENCE, by=BY_THE_HOUSE)


EXAMPLE = Example(KEY, "Open maps", 1, load, withdraw, is_there, order=30)
