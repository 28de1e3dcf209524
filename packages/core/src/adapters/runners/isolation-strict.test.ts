import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { bubblewrapWords } from "./isolation-bubblewrap.ts";
import { strictLayout, type Place } from "./isolation-layout.ts";
import { whyNotStrict } from "./isolation-probe.ts";
import { firstThatHolds, strictWays, type StrictWay } from "./isolation-strict.ts";
import { unshareWords } from "./isolation-unshare.ts";

/** Ways the machine lets us try at all: a program that is missing or forbidden proves nothing about ours. */
const usable: StrictWay[] = [];
for (const way of strictWays()) {
  const found = await firstThatHolds([way]);
  if (!("denied" in found)) usable.push(way);
  else it.skip(`not usable on this machine: ${found.denied}`);
}
const usableNames = usable.map((way) => way.name);
const bubblewrap = (change: (words: readonly string[], place: Place) => readonly string[]) => (place: Place) =>
  change(bubblewrapWords(place, strictLayout(place)), place);
const swap = (from: string, to: readonly string[]) => (words: readonly string[]) => words.flatMap((word) => (word === from ? to : [word]));

describe("a way counts only when every promise held when it was tried", () => {
  it("is not achieved by starting the command as it is", async () => {
    expect(await whyNotStrict(() => [])).toBeDefined();
    expect(await firstThatHolds([{ name: "nothing", words: () => [] }])).toEqual({ denied: expect.stringContaining("nothing: ") as string });
  });

  it("is not achieved by a program that is missing, fails or never ends well", async () => {
    expect(await whyNotStrict(() => ["/nowhere/bwrap", "--"])).toBe("is not installed");
    expect(await whyNotStrict(() => ["false"])).toBe("did not start");
    expect(await firstThatHolds([])).toEqual({ denied: expect.stringContaining("strict isolation needs Linux") as string });
  });

  it.runIf(usableNames.includes("bubblewrap")).each<[string, string, (place: Place) => readonly string[]]>([
    ["shows the whole machine", "a file outside could be read", () => ["bwrap", "--unshare-all", "--dev-bind", "/", "/", "--"]],
    [
      "shows the folder around the tree",
      "a file outside could be read",
      bubblewrap((words, place) => swap("--remount-ro", ["--bind", dirname(place.root), dirname(place.root), "--remount-ro"])(words)),
    ],
    ["shares the network", "network", bubblewrap(swap("--unshare-all", ["--unshare-all", "--share-net"]))],
    ["shares the processes", "processes", bubblewrap(swap("--unshare-all", ["--unshare-user", "--unshare-net", "--unshare-ipc"]))],
    ["leaves the top writable", "could be written", bubblewrap((words) => [...words.slice(0, -3), "--"])],
    [
      "gives no scratch folder",
      "",
      bubblewrap((words) => words.filter((word, at) => !(word === "--bind" || words[at - 1] === "--bind" || words[at - 2] === "--bind"))),
    ],
  ])("is not achieved by bubblewrap when it %s", async (_, why, words) => {
    const found = await whyNotStrict(words);
    expect(found ?? "held").toContain(why);
    expect(found).toBeDefined();
  });

  it.runIf(usable.length > 0).each(usable)("is achieved by $name", async (way) => {
    expect(await whyNotStrict((place) => way.words(place))).toBeUndefined();
  });

  it.runIf(usableNames.length > 1)("is not achieved by the system's tools when a step shows the folder around the tree", async () => {
    const words = (place: Place) =>
      unshareWords(
        place,
        [...strictLayout(place), { kind: "write", from: dirname(place.root), path: dirname(place.root) }],
        process.getuid?.() === 0 ? "root" : "user",
      );
    expect(await whyNotStrict(words)).toBeDefined();
  });
});

describe("what strictly isolated code sees", () => {
  const place: Place = { root: "/tmp/x/tree", scratch: "/tmp/x/scratch", hidden: ["/usr/src/app", "/usr/lib"], network: "loopback" };
  const steps = strictLayout(place, { PATH: `/usr/bin:/tmp/x/bin:${process.env["HOME"]}/bin:/home/somebody/node_modules/.bin:relative`, HOME: "/root" });
  const shown = steps.flatMap((step) => (step.kind === "read" || step.kind === "write" ? [step.path] : []));

  it("is neither home nor checkout nor any key, and of /etc only what programs need to start", () => {
    for (const secret of ["/", "/etc", "/root", "/home", process.env["HOME"], "/etc/shadow", "/etc/ssh", "/run", "/var", "/tmp/x", "/tmp/x/bin"])
      expect(shown).not.toContain(secret);
    expect(shown).toContain("/usr");
    expect(steps).toContainEqual({ kind: "cover", path: "/usr/lib" }); // a checkout below a folder that is shown
  });

  it("is, of the home, the programs of a version manager on the search path, and no more of it", () => {
    const home = mkdtempSync(join(tmpdir(), "layout-home-"));
    try {
      for (const folder of [".pyenv/versions/3.12", ".pyenv/shims", ".rbenv/versions", ".ssh"]) mkdirSync(join(home, folder), { recursive: true });
      vi.stubEnv("HOME", home);
      const seen = strictLayout(place, { PATH: `${home}/.pyenv/shims:${home}/.ssh:/usr/bin` }).flatMap((step) => (step.kind === "read" ? [step.path] : []));
      expect(seen.filter((path) => path.startsWith(home)).sort()).toEqual([join(home, ".pyenv/shims"), join(home, ".pyenv/versions")]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it("may write its tree and its scratch folders, and nothing else", () => {
    const writes = steps.flatMap((step) => (step.kind === "write" ? [step.from] : []));
    expect(writes.every((from) => from.startsWith("/tmp/x/tree") || from.startsWith("/tmp/x/scratch"))).toBe(true);
  });

  it("survives any name as a path", () => {
    const odd = { ...place, root: "/tmp/it's $(touch /tmp/pwned) \\ x", hidden: [] };
    const words = unshareWords(odd, strictLayout(odd), "user");
    expect(words.join("\n")).toContain("give '/tmp/it'\\''s $(touch /tmp/pwned) \\ x' '/tmp/it'\\''s $(touch /tmp/pwned) \\ x'");
  });
});
