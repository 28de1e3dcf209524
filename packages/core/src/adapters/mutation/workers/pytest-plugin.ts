/**
 * A pytest plugin that tries mutants in pytest's own process, as text. It puts the switch where instrumented code looks for it, runs every test once as it
 * is, then each mutant against the tests that reach it, and writes what it finds into the same feed as every other worker.
 */
export const pytestPlugin = String.raw`import builtins
import json
import os
import re
import sys
import time

import pytest
from _pytest.runner import runtestprotocol

_folder = os.environ.pop("PROOFLINE_MUTATION")
_root = os.path.realpath(os.environ.pop("PROOFLINE_ROOT"))
_paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and os.path.realpath(path) != os.path.realpath(_folder)]
os.environ["PYTHONPATH"] = os.pathsep.join(_paths)

# Tests may put others in place of these.
_now = time.perf_counter
_dumps = json.dumps
_write = os.write
_exit = os._exit
_getpid = os.getpid
_pid = _getpid()
_TIMES = re.compile(r"Timeout\s*>?\s*[\d.]+ ?s|timed out after [\d.]+")

with open(os.path.join(_folder, "job.json"), encoding="utf-8") as _file:
    _job = json.load(_file)
_pass = _job["pass"]
_wanted = set(_job["ids"]) if "ids" in _job else None
_feed = os.open(os.path.join(_folder, "feed.jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _put(record):
    _write(_feed, (_dumps(record) + "\n").encode("utf-8", "backslashreplace"))


class Looped(BaseException):
    """A mutant was reached so often that it must be going round in circles."""


class _State:
    active = None
    current = None
    count = 0
    limit = 0
    looped = False
    noting = _pass == "warm"


_state = _State()
_static = set()
_reach = {}


def _switch(name):
    active = _state.active
    if active is None:
        if _state.noting:
            if _state.current is None:
                _static.add(name)
            else:
                hits = _reach.setdefault(_state.current, {})
                hits[name] = hits.get(name, 0) + 1
        return False
    if name != active:
        return False
    _state.count += 1
    if _state.count > _state.limit:
        _state.looped = True
        raise Looped()
    return True


builtins._proofline_ = _switch
if _pass == "alone":
    _state.active = _job["ids"][0]
    _state.limit = 10**9


def _clip(text, most=2000):
    return str(text)[:most]


def _place(nodeid, config):
    path, *names = nodeid.split("[", 1)[0].split("::")
    rest = nodeid[len("::".join([path, *names])) :]
    if names:
        names[-1] += rest
    return os.path.realpath(os.path.join(str(config.rootpath), path)), names


def _key(item):
    return os.path.realpath(str(item.fspath)) + "\n" + item.nodeid


def _settled():
    """What earlier workers of this pass were done with, and the tests that turned red."""
    done, killers = set(), []
    with open(os.path.join(_folder, "feed.jsonl"), encoding="utf-8", errors="replace") as feed:
        for line in feed:
            if '"t": "end"' not in line and '"t": "hang"' not in line and '"t":"hang"' not in line:
                continue
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if record.get("pass") != _pass:
                continue
            done.add(record.get("id"))
            if record.get("outcome") == "killed" and record.get("by") is not None and record["by"] not in killers:
                killers.append(record["by"])
    return done, killers


class Plugin:
    def __init__(self, session):
        self.session = session
        self.items = {}
        for item in session.items:
            self.items.setdefault(_key(item), item)
        self.ms = {}
        self.unloaded = []

    def limit(self, ms):
        return int(_job["limits"]["addMs"] + ms * _job["limits"]["factor"])

    def run(self, items, noting=False):
        """Runs tests one after the other; gives the reports of each. Ends at the first red one unless all are wanted."""
        for at, item in enumerate(items):
            following = items[at + 1] if at + 1 < len(items) else None
            if noting:
                _state.current = _key(item)
            started = _now()
            reports = runtestprotocol(item, nextitem=following, log=False)
            _state.current = None
            yield item, reports, (_now() - started) * 1000
        self.settle()

    def settle(self):
        try:
            self.session._setupstate.teardown_exact(None)
        except BaseException:
            pass

    def dry(self):
        green = []
        for item, reports, ms in self.run(list(self.items.values()), noting=True):
            key = _key(item)
            file, names = _place(item.nodeid, item.config)
            red = next((report for report in reports if report.failed), None)
            if red is not None:
                text = str(getattr(red, "longreprtext", red.longrepr)).strip().splitlines()
                _put({"t": "red", "file": file, "title": _clip("::".join(names) or item.nodeid), "message": _clip(next((line[1:].strip() for line in text if line.startswith("E ")), text[-1] if text else "failed"), 500), "hits": list(_reach.get(key, {}))})
            elif any(report.when == "call" and report.passed for report in reports) and not any(hasattr(report, "wasxfail") for report in reports):
                green.append((key, file, names, ms))
        _state.noting = False
        foreign = self.foreign()
        if foreign is not None:
            _put({"t": "fault", "message": foreign})
            return False
        for key, file, names, ms in green:
            self.ms[key] = ms
            _put({"t": "test", "file": file, "key": key, "suite": names[:-1], "name": _clip(names[-1] if names else key), "ms": round(ms, 2), "hits": _reach.get(key, {})})
        if _static:
            _put({"t": "static", "file": "", "ids": sorted(_static)})
        return True

    def foreign(self):
        """When an installed copy of the code ran, nothing here speaks of this tree."""
        ends = [os.sep + re.sub(r"^(?:src|lib)/", "", path).replace("/", os.sep) for path in _job.get("broken", [])]
        loaded = [os.path.realpath(file) for file in (getattr(module, "__file__", None) for module in list(sys.modules.values())) if isinstance(file, str)]
        for end in ends:
            found = [file for file in loaded if file.endswith(end)]
            if found and not any(file.startswith(_root + os.sep) for file in found):
                return "the tests ran %s, an installed copy, and not the code of this tree" % found[0]
        return None

    def attempt(self, name, keys):
        """Runs the tests with this mutant, or with none; the first red one ends it."""
        items = [self.items[key] for key in keys if key in self.items]
        _put({"t": "begin", "w": _getpid(), "file": "", "id": name or "", "limit": self.limit(sum(self.ms.get(key, 0) for key in keys))})
        _state.active, _state.count, _state.looped = name, 0, False
        _state.limit = max(1000, self.hits.get(name, 0) * 100)
        red = None
        for item, reports, _ in self.run(items):
            red = next(((_key(item), report) for report in reports if report.failed), None)
            if red is not None:
                break
        self.settle()
        reached, looped = _state.count, _state.looped
        _state.active = None
        slow = red is not None and _TIMES.search(_clip(getattr(red[1], "longreprtext", ""), 20000)) is not None
        return red, looped or slow, reached

    def judge(self, name, keys):
        red, slow, reached = self.attempt(name, keys)
        record = {"t": "end", "w": _getpid(), "pass": _pass, "file": "", "id": name}
        if slow:
            record["outcome"] = "timeout"
        elif red is None:
            record["outcome"] = "survived" if reached > 0 else "lost"
        else:
            record["outcome"], record["by"] = "killed", red[0]
        _put(record)

    def calm(self):
        """What turned red must be green without a mutant, twice: else it wavers, or a mutant left something behind."""
        wavers = []
        for key in _settled()[1]:
            for _ in range(2):
                red, slow, _reached = self.attempt(None, [key])
                if red is not None or slow:
                    wavers.append(key)
                    break
        if wavers:
            _put({"t": "calm", "pass": _pass, "file": "", "wavers": wavers})

    def warm(self):
        if not self.dry():
            return
        self.hits = {}
        reach = {}
        for key in self.ms:
            for name, count in _reach.get(key, {}).items():
                reach.setdefault(name, []).append(key)
                self.hits[name] = max(self.hits.get(name, 0), count)
        done = _settled()[0]
        for name, keys in reach.items():
            if (_wanted is None or name in _wanted) and name not in _static and name not in done:
                self.judge(name, sorted(keys, key=lambda key: self.ms[key]))
        self.calm()

    def fresh(self):
        done = _settled()[0]
        self.hits = {}
        for name, files in _job.get("tests", {}).items():
            mine = files.get("")
            if mine is None or name in done:
                continue
            self.ms.update(mine.get("ms", {}))
            self.hits[name] = mine.get("hits", 0)
            self.apart(name, mine["keys"])
        self.calm()

    def apart(self, name, keys):
        """In a copy of this process, in which everything is loaded and nothing has run: no test before it can have left anything behind."""
        if not hasattr(os, "fork"):
            return self.judge(name, keys)
        child = os.fork()
        if child == 0:
            try:
                self.judge(name, keys)
            finally:
                _exit(0)
        os.waitpid(child, 0)
        if name not in _settled()[0]:
            _put({"t": "hang", "pass": _pass, "file": "", "id": name, "how": "died"})
        _put({"t": "rest", "w": child})

    def alone(self, unloaded):
        """One mutant, on since the process began, against every test that was green without it."""
        name = _job["ids"][0]
        green = set(_job.get("green", []))
        _put({"t": "begin", "w": _pid, "file": "", "id": name, "limit": 60000})
        red = "" if unloaded else None
        if red is None:
            for item, reports, _ in self.run([item for key, item in self.items.items() if key in green]):
                if any(report.failed for report in reports):
                    red = _key(item)
                    break
            self.settle()
        record = {"t": "end", "w": _pid, "pass": _pass, "file": "", "id": name, "outcome": "survived" if red is None else "killed"}
        if red:
            record["by"] = red
        _put(record)


_unloaded = []


def pytest_collectreport(report):
    if not report.failed:
        return
    text = str(report.longrepr).splitlines()
    message = next((line[1:].strip() for line in text if line.startswith("E ")), text[-1] if text else "it could not be loaded")
    _unloaded.append(message)
    if _pass == "warm":
        _put({"t": "red", "file": os.path.realpath(os.path.join(_root, report.nodeid.split("::")[0])), "title": "", "message": _clip(message, 500)})


# Fixtures that live longer than one test are nobody's: what they reach acts before the tests do.
@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(fixturedef, request):
    before = _state.current
    if fixturedef.scope != "function":
        _state.current = None
    yield
    _state.current = before


# Mutants are switched on for the whole process, so tests run one after the other and in this one.
@pytest.hookimpl(hookwrapper=True)
def pytest_cmdline_main(config):
    for name, value in (("numprocesses", None), ("dist", "no"), ("tx", []), ("maxfail", 0), ("reruns", 0)):
        if hasattr(config.option, name):
            setattr(config.option, name, value)
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    try:
        plugin = Plugin(session)
        if _pass == "alone":
            plugin.alone(_unloaded)
        else:
            plugin.warm() if _pass == "warm" else plugin.fresh()
            _put({"t": "rest", "w": _pid})
    except BaseException as error:
        _put({"t": "fault", "message": "%s: %s" % (type(error).__name__, _clip(error, 300))})
    _put({"t": "idle"})
    _exit(0)
`;
