"""What all tests share: the tally of faults that the loader caught, printed at the end of the run."""


def pytest_terminal_summary(terminalreporter):
    properties = [dict(r.user_properties) for r in terminalreporter.stats.get("passed", [])
                  + terminalreporter.stats.get("failed", [])]
    tallies = [p["faults"] for p in properties if "faults" in p]
    if tallies:
        caught, tried = (sum(t[i] for t in tallies) for i in (0, 1))
        terminalreporter.write_line(f"faults caught: {caught} of {tried} ({100 * caught / tried:.1f} "
                                    f"percent) over {len(tallies)} tables")
