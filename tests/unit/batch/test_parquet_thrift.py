"""Structs in Thrift's compact protocol: there and back, and nothing read that is not there."""

import random

import pytest

from recommender.batch.parquet.thrift import (  # fmt: skip
    BINARY,
    BYTE,
    DOUBLE,
    FALSE,
    I16,
    I32,
    I64,
    LIST,
    MAP,
    SET,
    STRUCT,
    TRUE,
    UUID,
    Reader,
    RefusedError,
    written,
)

LONG = 1 << 40


def struct():
    return {
        1: (I32, -1), 2: (I64, -LONG), 3: (I16, 300), 4: (BYTE, 255), 5: (TRUE, True),
        6: (TRUE, False), 7: (DOUBLE, b"8 bytes."), 8: (BINARY, b"hour"), 9: (UUID, b"sixteen bytes...")
        , 10: (STRUCT, {40: (I32, 7), 41: (I32, 8)}), 30: (LIST, (I32, list(range(20)))),
        31: (LIST, (STRUCT, [{1: (BINARY, b"")}, {}])), 32: (SET, (TRUE, [True, False])),
        33: (MAP, (BINARY, I32, [(b"a", 1), (b"b", -2)])), 34: (MAP, (0, 0, [])),
        35: (LIST, (BINARY, [])), 400: (I64, LONG),
    }  # fmt: skip


def test_a_struct_comes_back_as_it_was():
    data = written(struct())
    reader = Reader(b"before" + data + b"after", 6)
    assert reader.struct() == struct()
    assert reader.at == 6 + len(data)


def test_bytes_stand_for_a_struct_in_a_list():
    inner = {1: (I32, 5)}
    assert written({1: (LIST, (STRUCT, [written(inner)]))}) == written(
        {1: (LIST, (STRUCT, [inner]))}
    )


def test_nothing_is_read_past_the_end():
    data = written(struct())
    for size in range(len(data)):
        with pytest.raises(RefusedError):
            Reader(data[:size]).struct()


@pytest.mark.parametrize("data", [
    b"\x1c" * 40,                      # structs in structs
    b"\x19\x19" * 40,                  # lists of lists
    b"\x15\x02\x05\x02\x04\x00",       # a field twice
    b"\x18\xff\xff\xff\xff\x07a\x00",  # text of 2 GB
    b"\x19\xf5\xff\xff\xff\xff\x07\x00",  # a list of 2 G numbers
    b"\x1b\xff\xff\xff\xff\x07\x55\x00",  # and a map
    b"\x15" + b"\xff" * 10 + b"\x01\x00", # a number of more than 64 bits
    b"\x15\xff\xff\xff\xff\x7f\x00",   # of more than the 32 that it may have
    b"\x1e\x00\x00",                   # a type that there is not
    b"\x05\xff\xff\xff\x7f\x02\x00",   # a field's number of more than 16 bits
])  # fmt: skip
def test_what_no_writer_writes_is_refused(data):
    with pytest.raises(RefusedError):
        Reader(data).struct()


def test_random_bytes_are_read_or_refused():
    chance = random.Random(0)
    kinds = [TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT]
    read = 0
    for _ in range(3000):
        data = bytes(
            chance.choice((chance.randrange(256), chance.choice(kinds) | 16, 0)) for _ in range(30)
        )
        try:
            found = Reader(data).struct()
        except RefusedError:
            continue
        assert Reader(written(found)).struct() == found
        read += 1
    assert read > 100
