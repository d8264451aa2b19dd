"""Twenty-three people round a table can be told apart beside their marks."""

from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.authors import initials_apart, places_of
from meetingroom.domain.directory import Directory
from meetingroom.domain.facts import PersonSet

COLOURS = 8
NAMES = (
    "Nông Thị Hiền", "Nguyễn Văn Hùng", "Nguyễn Thị Hoa", "Nguyễn Hữu Hòa", "Trần Quốc Đạt",
    "Trần Đình Đông", "Lê Văn Khánh", "Lý A Páo", "Vàng Seo Lử", "Giàng A Chứ", "Hoàng Văn Thái",
    "Hoàng Thị Thảo", "Phạm Minh Tuấn", "Phạm Mai Trang", "Đặng Văn Quý", "Bùi Thị Quyên",
    "Vũ Đức Anh", "Vũ Đình An", "Ma Thị Nga", "Ma Văn Nghĩa", "Triệu Tài Ngân", "Lò Văn Sơn",
    "Nguyễn Văn Hải",
)  # fmt: skip


def test_twenty_three_people_differ_in_colour_or_initials() -> None:
    people = {f"person-{n}": name for n, name in enumerate(NAMES)}
    initials = initials_apart(people)
    seen = {(place % COLOURS, initials[person]) for place, person in enumerate(people)}
    assert len(seen) == len(set(initials.values())) == 23
    assert [initials[f"person-{n}"] for n in (0, 2, 4, 7)] == ["NHi", "NHo", "TĐạ", "LP"]


@given(st.lists(st.text("ABĐ ", min_size=1, max_size=8), min_size=1, max_size=40))
def test_no_two_have_the_same_initials(names) -> None:
    initials = initials_apart({f"person-{n}": name for n, name in enumerate(names)})
    assert all(initials.values())
    assert len(set(initials.values())) == len(names)


def test_places_have_no_gaps_however_people_were_numbered() -> None:
    people = {
        key: PersonSet(person=key, name=key, order=order)
        for key, order in (("a", 40), ("b", 0), ("c", 0), ("d", 8))
    }
    assert places_of(Directory(people=people)) == {"b": 0, "c": 1, "d": 2, "a": 3}
