"""Places and bodies on a day, in any spelling, and a map made of centres."""

import json
import math
from pathlib import Path

import pytest

from chongdich.registry.organisations.models import Organisation
from chongdich.registry.places.models import Place
from chongdich.web.pages.places import outlines
from chongdich.web.pages.places.cells import cells
from tests.journeys.house import House
from tests.web.client import HouseClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(house: House) -> HouseClient:
    return signed_in(house, "phucloc.canbo")


def test_the_tree_of_2021_and_of_2025(client: HouseClient) -> None:
    then = client.get("/dia-ban/?ngay=29/11/2021").context
    names = {node.place.full_name: node for node in then["tree"]}
    assert len(names["tỉnh Bắc Kạn"].children) == 8
    assert sum(len(node.children) for node in names["tỉnh Bắc Kạn"].children) == 108
    assert then["chosen"].place.code == "06"
    assert len(then["map"].shapes) == 108
    later = client.get("/dia-ban/?ngay=01/07/2025").context
    assert "tỉnh Bắc Kạn" not in {node.place.full_name for node in later["tree"]}
    thai_nguyen = next(node for node in later["tree"] if node.place.code == "19")
    assert all(child.place.level == 3 for child in thai_nguyen.children), "no districts any more"


def test_a_place_tells_its_life(client: HouseClient) -> None:
    text = client.get("/dia-ban/01894@2020-02-01/?ngay=01/10/2026").content.decode()
    assert "Đơn vị này không còn" in text
    assert "01/07/2025" in text
    assert "UBND" in text or "Ủy ban nhân dân" in text
    assert client.get("/dia-ban/99999@2020-02-01/").status_code == 404
    assert client.get("/dia-ban/linh-tinh/").status_code == 404


@pytest.mark.parametrize("place", ["06@2020-02-01", "061@2020-02-01", "19@2025-07-01", "121@2020-02-01"])
def test_figures_are_shown_with_source_and_doubt(client: HouseClient, place: str) -> None:
    page = client.get(f"/dia-ban/{place}/")
    view, text = page.context["view"], page.content.decode()
    for one in view.people:
        assert f"{one.people:,}".replace(",", ".") in text
    doubtful = sum(not one.verified for one in (*view.people, *view.came_from, *view.became))
    assert text.count("badge-tone tone-warn") == doubtful + (not view.place.dates_verified)


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("TP. Bắc Kạn", "058", "exact"),
        ("thanh pho bac kan", "058", "folded"),
        ("xã Phúc Lộc, huyện Ba Bể", "01894", "exact"),
        ("x. Phuc Loc", "01894", "folded"),
        ("Phúc Lọc", "01894", "suggested"),
    ],
)
def test_a_name_in_any_spelling(client: HouseClient, text: str, code: str, how: str) -> None:
    found = client.get("/dia-ban/tra-cuu/", {"ten": text, "ngay": "29/11/2021"}).context["found"]
    assert (found.matches[0][0].place.code, found.matches[0][0].how) == (code, how)


def test_the_list_narrows_and_is_taken_away(client: HouseClient) -> None:
    page = client.get("/dia-ban/danh-sach/?ngay=29/11/2021&cap=2")
    assert page.context["table"].page.count == Place.objects.filter(level=2).count()
    csv = client.get("/dia-ban/danh-sach/?ngay=29/11/2021&q=ba be&export=csv").content.decode()
    assert "huyện Ba Bể" in csv
    assert client.get("/dia-ban/danh-sach/?ngay=29/11/2021&export=xlsx").content[:2] == b"PK"


def test_bodies_of_a_day_and_who_stands_under_whom(client: HouseClient, house: House) -> None:
    listed = client.get("/don-vi/?q=ubnd ba be").content.decode()
    assert "Ủy ban nhân dân huyện Ba Bể" in listed
    assert "UBND tỉnh Bắc Kạn" in listed, "its superior"
    gone = client.get("/don-vi/?q=ubnd huyen ba be&ngay=01/07/2025").context["table"].page.count
    assert gone == 0
    unit = house.unit("ubnd", "061")
    view = client.get(f"/don-vi/{unit.pk}/").context["view"]
    assert "UBND tỉnh Bắc Kạn" in [one.short_name for bodies in view.above.values() for one in bodies]
    assert view.below
    assert client.get("/don-vi/999999999/").status_code == 404


def test_a_phrase_of_a_document_is_eight_bodies(client: HouseClient) -> None:
    asked = {"phrase": "Ban Chỉ đạo các huyện, thành phố", "place": "06@2020-02-01", "day": "29/11/2021"}
    assert len(client.get("/don-vi/thu/", asked).context["answer"].certain) == 8
    unclear = client.get("/don-vi/thu/", {**asked, "phrase": "các cơ quan liên quan"}).context["answer"]
    assert unclear.resolution.question
    wrong = client.get("/don-vi/thu/", {**asked, "day": "31/02/2021"})
    assert wrong.status_code == 422
    assert "Ban Chỉ đạo các huyện" in wrong.content.decode()


def test_cells_hold_their_centres_and_do_not_overlap() -> None:
    spots = tuple((22.0 + 0.07 * (n % 5), 105.7 + 0.08 * (n // 5) + 0.01 * (n % 3), 40.0) for n in range(20))
    for place, (cell, spot) in enumerate(zip(cells(spots), spots)):
        assert len(cell) >= 3
        for point in cell:
            own = _km(point, spot)
            assert all(own <= _km(point, other) + 1e-6 for n, other in enumerate(spots) if n != place)


def _km(point: tuple[float, ...], spot: tuple[float, ...]) -> float:
    scale = math.cos(math.radians(22.14))
    return math.hypot((point[0] - spot[0]) * 111.32, (point[1] - spot[1]) * 111.32 * scale)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_centres_are_a_map_too(count: int) -> None:
    assert len(cells(tuple((22.0 + n / 10, 105.0, None) for n in range(count)))) == count


def test_a_supplied_outline_replaces_the_cell(client: HouseClient, settings: object, tmp_path: Path) -> None:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "geo").mkdir()
    square = [[105.8, 22.4], [105.9, 22.4], [105.9, 22.5], [105.8, 22.4]]
    feature = {
        "type": "Feature",
        "properties": {"MAXA": "1894"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    (tmp_path / "geo" / "xa.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (tmp_path / "geo" / "hong.geojson").write_text("{")
    assert list(outlines.outlines()) == ["01894"]
    assert "GeoJSON do cơ quan cung cấp" in client.get("/dia-ban/?ngay=29/11/2021").content.decode()


def test_few_questions(client: HouseClient, django_assert_max_num_queries: object) -> None:
    unit = Organisation.objects.get(key="ubnd:06@2020-02-01")
    addresses = ("/dia-ban/", "/dia-ban/danh-sach/", "/dia-ban/tra-cuu/?ten=ba be", "/dia-ban/061@2020-02-01/",
                 "/don-vi/", f"/don-vi/{unit.pk}/", "/don-vi/thu/?phrase=UBND&day=29/11/2021")  # fmt: skip
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            assert client.get(address).status_code == 200
