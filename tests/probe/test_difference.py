"""What `--diff` tells, and what it keeps quiet about."""

from recommender.probe.difference import differences


def report(speed=100.0, spread=0.1, **more):
    nets = {"mlp": {"eager": {"steps_per_second": speed, "spread": spread}, "weights": 9}}
    row = {
        "check": "throughput",
        "candidate": "pytorch",
        "status": "pass",
        "figures": {"nets": nets},
    }
    return {"machine": {"cores": 2}, "candidates": {}, "observations": [row], **more}


def test_equal_reports_differ_in_nothing():
    assert differences(report(), report()) == []


def test_a_speed_within_twice_the_spread_is_noise():
    assert differences(report(100), report(85)) == []
    assert differences(report(100), report(50)) == [
        "pytorch throughput: mlp eager 100 → 50 steps/s"
    ]


def test_machine_and_coverage():
    changed = report(machine={"cores": 4}, observations=[])
    assert differences(report(), changed) == [
        "machine: cores 2 → 4",
        "pytorch throughput: only in the old report",
    ]


def test_old_reports_with_less_in_them_are_read():
    assert differences({}, {}) == []
