"""What the benchmark makes of its figures."""

from __future__ import annotations

import pytest

from bench.load import told
from bench.ratios import Figures, Ratios, fallen, ratios

_WRK = """\
Running 2s test @ http://127.0.0.1:9310
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.57ms    1.05ms  15.44ms   91.97%
    Req/Sec    10.50k     1.10k   11.92k    70.00%
  Latency Distribution
     50%  950.00us
     75%    1.72ms
     90%    2.19ms
     99%    1.05s\x20
  20887 requests in 2.00s, 8.11MB read
Requests/sec:  10439.67
Transfer/sec:      4.05MB
"""


def _figures(rate: float, cpu: float) -> Figures:
    return Figures(rate, 1.0, 2.0, cpu)


def test_ratios_are_to_the_best_in_each() -> None:
    """The fastest and the thriftiest need not be the same."""
    others = [_figures(1000, 2000), _figures(500, 1000)]
    assert ratios(_figures(4000, 100), others) == Ratios(4.0, 10.0)
    assert ratios(_figures(4000, 100), []) is None


def test_half_of_a_committed_ratio_is_enough_and_less_is_told() -> None:
    """Ratios in one run are compared, so that a slow machine is no fault."""
    committed = {"one record": {"ours": _figures(9, 100), "flask": _figures(1, 1000)}}

    def now(ours: float) -> list[str]:
        found = {"one record": {"ours": _figures(1, ours), "flask": _figures(1, 4000)}}
        return fallen(committed, found, "ours", "flask", 0.5)

    assert now(800) == []
    assert now(810) == ["one record: 4.9 times as good as flask, was 10.0"]
    assert fallen(committed, {}, "ours", "flask", 0.5) == ["one record: not measured"]


def test_what_wrk_says_is_read_in_milliseconds() -> None:
    """Whatever unit it chose."""
    assert told(_WRK) == pytest.approx((10439.67, 0.95, 1050.0, 20887))


@pytest.mark.parametrize(
    "faults", ["  Non-2xx or 3xx responses: 7\n", "  Socket errors: connect 0, read 3, write 0\n"]
)
def test_answers_that_fail_are_no_answers(faults: str) -> None:
    """A server that refuses quickly is not fast."""
    with pytest.raises(RuntimeError, match=faults.strip()):
        told(_WRK.replace("Requests/sec", faults + "Requests/sec"))
