import { sinkForModules } from "./sink.ts";

/** Reports Vitest 3 and newer test by test; older ones when the run ends. */
export const vitestReporter = `${sinkForModules}${String.raw`
const OUTCOMES = { passed: "passed", pass: "passed", failed: "failed", fail: "failed", skipped: "skipped", skip: "skipped", todo: "todo" };

function pathOf(task, names) {
  const suite = [];
  for (let at = task; at && at.type === "suite"; at = at[names]) suite.unshift(at.name);
  return suite;
}

export default class ProoflineReporter {
  onInit(vitest) {
    this.modern = false;
    sink.put({ t: "start", version: String((vitest && vitest.version) || "") });
  }
  onTestRunStart(specifications) {
    this.modern = true;
    sink.put({ t: "plan", files: specifications ? specifications.length : 0 });
  }
  onTestCaseResult(test) {
    const result = test.result();
    const about = test.diagnostic();
    const mode = test.options && test.options.mode;
    const outcome = mode === "todo" && result.state === "skipped" ? "todo" : OUTCOMES[result.state] || "skipped";
    const error = result.errors && result.errors[0];
    sink.put({
      t: "case",
      file: test.module.moduleId,
      suite: pathOf(test.parent, "parent"),
      name: test.name,
      outcome,
      ms: about ? about.duration : undefined,
      retries: about ? about.retryCount : 0,
      labels: test.project && test.project.name ? ["project=" + test.project.name] : [],
      failure: outcome === "failed" ? sink.facts(error || { message: "failed without an error" }) : undefined,
    });
  }
  onTestModuleEnd(module) {
    const errors = module.errors();
    const listed = Array.from(module.children.allTests());
    // A failing hook of the file itself leaves errors beside collected tests; a file that could not be loaded has none.
    if (errors.length > 0) sink.put({ t: "unloaded", file: module.moduleId, tests: listed.length, failure: sink.facts(errors[0]) });
    for (const suite of module.children.allSuites()) {
      const error = suite.errors()[0];
      if (error) sink.put({ t: "case", file: module.moduleId, suite: pathOf(suite, "parent"), name: "(hook)", outcome: "failed", failure: sink.facts(error) });
    }
    sink.put({ t: "file", file: module.moduleId });
  }
  onTestRunEnd(modules, unhandled) {
    this.stray(unhandled);
    sink.end();
  }
  onFinished(files, errors) {
    if (this.modern) return;
    for (const file of files || []) this.old(file);
    this.stray(errors);
    sink.end();
  }
  stray(errors) {
    for (const error of errors || []) sink.put({ t: "stray", file: error && error.VITEST_TEST_PATH, failure: sink.facts(error) });
  }
  old(file) {
    const walk = (task, suite) => {
      if (task.type === "suite") return (task.tasks || []).forEach((child) => walk(child, suite.concat(task.name)));
      const result = task.result || {};
      const outcome = task.mode === "todo" ? "todo" : OUTCOMES[result.state] || "skipped";
      const error = result.errors && result.errors[0];
      const failure = outcome === "failed" ? sink.facts(error || { message: "failed without an error" }) : undefined;
      sink.put({ t: "case", file: file.filepath, suite, name: task.name, outcome, ms: result.duration, retries: result.retryCount || 0, failure });
    };
    for (const task of file.tasks || []) walk(task, []);
    const error = file.result && file.result.errors && file.result.errors[0];
    if (error) sink.put({ t: "unloaded", file: file.filepath, tests: (file.tasks || []).length, failure: sink.facts(error) });
    sink.put({ t: "file", file: file.filepath });
  }
}
`}`;
