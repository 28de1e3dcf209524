/**
 * Notes which functions of the tree run for each test file of pytest, as Python text. Where the interpreter can be asked to speak up once for each function (3.12), it costs next to nothing; before
 * that every call is looked at.
 */
export const pytestTrace = String.raw`
_trace_folder = os.environ.pop("PROOFLINE_TRACE", None)


class Trace:
    def __init__(self, folder, root):
        self.folder, self.root, self.count = folder, root + os.sep, 0
        self.of, self.seen, self.kept = None, {}, {}
        self.own = os.path.join(folder, str(os.getpid()))
        self.monitoring = getattr(sys, "monitoring", None)

    def start(self):
        if self.monitoring is None:
            import threading

            threading.setprofile(self.called)
            sys.setprofile(self.called)
            return
        for tool in (3, 4, 2, 1):
            try:
                self.monitoring.use_tool_id(tool, "proofline")
            except ValueError:
                continue
            self.monitoring.register_callback(tool, self.monitoring.events.PY_START, self.started)
            self.monitoring.set_events(tool, self.monitoring.events.PY_START)
            return

    def called(self, frame, event, _):
        if event == "call":
            self.note(frame.f_code)

    def started(self, code, _):
        self.note(code)
        return self.monitoring.DISABLE

    def note(self, code):
        file = code.co_filename
        names = self.seen.get(file)
        if names is None:
            path = self.kept.get(file)
            if path is None:
                found = _realpath(file) if file[:1] != "<" else ""
                path = self.kept[file] = found if found.startswith(self.root) and os.sep + "site-packages" + os.sep not in found else ""
            names = self.seen[file] = set()
        # The body of a class, or of a module, is no function; it runs wherever the file is loaded.
        if code.co_flags & 1:
            names.add(code.co_name)

    def turn(self, of):
        """From here on, what runs counts for this file."""
        if of == self.of:
            return
        self.write()
        self.of, self.seen = of, {}
        if self.monitoring is not None:
            self.monitoring.restart_events()

    def write(self):
        rows = [[self.kept[file], sorted(name for name in names if name[0] != "<")] for file, names in self.seen.items() if self.kept[file]]
        if self.of is None or not rows:
            return
        self.count += 1
        path = "%s-%d" % (self.own, self.count)
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as out:
            out.write(_dumps({"of": [self.of], "rows": rows}))
        os.rename(path, path + ".json")


_trace = Trace(_trace_folder, _root) if _trace_folder and _out is not None else None


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector):
    # A package's collector stands for all files below it; only a file is a test file.
    if _trace is not None and isinstance(collector, pytest.File):
        _trace.turn(_realpath(str(collector.fspath)))
        yield
        _trace.turn(None)
    else:
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_logstart(nodeid, location):
    if _trace is not None:
        _trace.turn(_realpath(os.path.join(_rootdir, nodeid.split("::")[0])))


def pytest_sessionfinish():
    if _trace is not None:
        _trace.turn(None)
`;
