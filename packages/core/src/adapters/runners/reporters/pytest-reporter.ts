import { pytestTrace } from "../trace/pytest-trace.ts";

/**
 * A pytest plugin that writes what every test did. It sees errors themselves and not only their printed form, so the reason for red is known. It
 * takes its settings out of the environment before any test file is loaded. Processes that pytest-xdist starts have none and stay silent: their reports
 * come to the first process. When code of the tree's own packages came from somewhere else (an installed copy), nothing that ran speaks of this tree.
 */
export const pytestReporter = String.raw`import json
import os
import sys

_folder = os.environ.pop("PROOFLINE_RESULTS", None)
_own = [name for name in os.environ.pop("PROOFLINE_OWN", "").split(os.pathsep) if name]
_root = os.path.realpath(os.environ.pop("PROOFLINE_ROOT", os.getcwd()))
# Not for processes the tests start: they would load this too.
_paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and os.path.realpath(path) != os.path.dirname(os.path.realpath(__file__))]
if _paths:
    os.environ["PYTHONPATH"] = os.pathsep.join(_paths)
else:
    os.environ.pop("PYTHONPATH", None)

_out = open(os.path.join(_folder, "results.jsonl"), "a", encoding="utf-8", errors="backslashreplace") if _folder else None
_cases = 0
_files = set()
_dumps = json.dumps
_realpath = os.path.realpath


def _put(**record):
    global _cases
    if _out is None:
        return
    if record["t"] == "case":
        _cases += 1
        _files.add(record["file"])
    _out.write(_dumps(record) + "\n")
    _out.flush()


def _facts(excinfo):
    try:
        value = excinfo.value
        kind = type(value)
        found = {"name": kind.__name__[:200], "message": str(value)[:4000]}
        if isinstance(value, AssertionError) or kind.__name__ == "Failed":
            found["expects"] = True
        frames = []
        at = excinfo.tb
        while at is not None and len(frames) < 200:
            frames.append((at.tb_frame.f_code.co_name, at.tb_frame.f_code.co_filename, at.tb_lineno))
            at = at.tb_next
        lines = ["    at %s (%s:%d)" % (name.strip("<>"), path, line) for name, path, line in reversed(frames) if not path.startswith("<")]
        found["stack"] = ("%s: %s\n" % (found["name"], found["message"][:500]) + "\n".join(lines))[:8000]
        cause = value.__cause__ or value.__context__
        if cause is not None:
            found["cause"] = ("%s: %s" % (type(cause).__name__, cause))[:1000]
        return found
    except Exception:
        return {"message": "an error that cannot be read"}


def _place(nodeid, config):
    path, *names = nodeid.split("[", 1)[0].split("::")
    rest = nodeid[len("::".join([path, *names])):]
    if names:
        names[-1] += rest
    return os.path.join(str(config.rootpath), path), names


class Plugin:
    def __init__(self, config):
        self.config = config

    def pytest_collection_modifyitems(self, items):
        _put(t="plan", files=len({item.nodeid.split("::")[0] for item in items}))

    def pytest_runtest_logreport(self, report):
        skipped = report.skipped and not hasattr(report, "wasxfail")
        expected = hasattr(report, "wasxfail")
        if report.when != "call" and report.passed:
            return
        file, names = _place(report.nodeid, self.config)
        outcome = "skipped" if skipped else "todo" if expected and report.skipped else "passed" if report.passed else "failed"
        record = {"t": "case", "file": file, "suite": names[:-1], "name": names[-1] if names else report.nodeid, "outcome": outcome, "ms": round(report.duration * 1000, 2)}
        if outcome == "failed":
            record["failure"] = getattr(report, "proofline_facts", None) or {"message": str(report.longrepr)[:4000]}
        _put(**record)

    def pytest_collectreport(self, report):
        if not report.failed:
            return
        file, names = _place(report.nodeid, self.config)
        text = str(report.longrepr)
        told = [line[1:].strip() for line in text.splitlines() if line.startswith("E ")]
        found = {"message": "\n".join(told or text.splitlines()[-20:])[:4000], "stack": text[:8000]}
        name = found["message"].split(":", 1)[0]
        if name.isidentifier():
            found["name"] = name[:200]
            found["message"] = found["message"][len(name) + 1 :].strip()
        _put(t="unloaded", file=file, tests=0, failure=found)

    def pytest_internalerror(self, excrepr):
        _put(t="stray", failure={"message": str(excrepr)[-4000:]})

    def pytest_sessionfinish(self, session, exitstatus):
        foreign = self.foreign()
        if foreign:
            for file in sorted(_files):
                _put(t="again", file=file)
                _put(t="unloaded", file=file, tests=0, failure={"message": foreign})
        _put(t="end", cases=_cases, interrupted=int(exitstatus) == 2)

    def foreign(self):
        for name in _own:
            module = sys.modules.get(name)
            file = getattr(module, "__file__", None)
            if file is not None and not _realpath(file).startswith(_root + os.sep):
                return "The tests ran %s from %s, an installed copy, and not the code of this tree" % (name, file)
        return None


import pytest

${pytestTrace}

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.excinfo is not None and outcome.get_result().failed:
        outcome.get_result().proofline_facts = _facts(call.excinfo)


_rootdir = _root


def pytest_configure(config):
    global _rootdir
    _rootdir = str(config.rootpath)
    if _trace is not None:
        _trace.start()
    if _out is not None:
        _put(t="start", version=pytest.__version__)
        config.pluginmanager.register(Plugin(config), "proofline-results")
`;
