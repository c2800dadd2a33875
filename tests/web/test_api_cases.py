"""Cases that come in by program: written once, never over somebody alike, refused with the field that is wrong."""

from tests.journeys.house import House
from tests.web.api_client import program

NEW = {"name": "Hoàng Văn Thử", "birth": "1984", "sex": "m", "residence": "01894@2020-02-01"}


def test_a_case_of_somebody_new_is_written_by_the_definition_of_the_day(house: House) -> None:
    caller = program(house, "cdc.dichte")
    key = house.unit("ubnd", "01894").place.key
    body = {"new_person": {**NEW, "residence": key}, "test": "pcr", "sampled_on": "2021-11-27",
            "resulted_on": "2021-11-28", "onset_on": "2021-11-25", "code": "BN0001"}  # fmt: skip
    answer = caller.send("cases", body)
    assert answer.status_code == 201, answer.content
    case = answer.json()["case"]
    assert (case["classification"], case["code"], case["infectious_from"]) == ("confirmed", "BN0001", "2021-11-22")
    assert caller.ask(f"cases/{case['id']}").json()["place"] == key


def test_somebody_alike_is_shown_first_and_written_only_when_said(house: House) -> None:
    caller = program(house, "cdc.dichte")
    body = {"new_person": {**NEW, "residence": house.unit("ubnd", "01894").place.key}, "test": "pcr",
            "sampled_on": "2021-11-27", "resulted_on": "2021-11-28"}  # fmt: skip
    assert caller.send("cases", body).status_code == 201
    again = caller.send("cases", body)
    assert again.status_code == 200
    assert again.json()["case"] is None
    assert [one["title"] for one in again.json()["alike"]] == ["Hoàng Văn Thử"]
    assert len(caller.ask("cases").json()["items"]) == 1
    known = {**body, "new_person": None, "person": again.json()["alike"][0]["person"]}
    assert caller.send("cases", known).status_code == 409  # one active case of a person


def test_what_is_wrong_is_named_and_nothing_is_written(house: House) -> None:
    caller = program(house, "cdc.dichte")
    person = {**NEW, "residence": house.unit("ubnd", "01894").place.key}
    for more, where in (
        ({"onset_on": "2031-01-01"}, "onset_on"),
        ({"source_code": "KHONGCO"}, "source_code"),
        ({"sampled_on": "2021-11-28", "resulted_on": "2021-11-27"}, "resulted_on"),
    ):
        answer = caller.send("cases", {"new_person": person, "test": "pcr", "sampled_on": "2021-11-27", **more})
        assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert caller.send("cases", {"test": "pcr"}).status_code == 422
    assert caller.ask("cases").json()["items"] == []
    assert program(house, "tinh.vanthu").send("cases", {"new_person": person}).status_code == 403
