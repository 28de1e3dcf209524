import { execFile } from "node:child_process";
import { saysStrict, strictWay, type Isolation } from "./isolation-strict.ts";

const BASICS = "own clone, clean environment, temporary home";

/** Brings loopback up in the new network and goes on as the command itself, so that signals and exit codes stay the same. */
const LOOPBACK = '(PATH="$PATH:/usr/sbin:/sbin"; ip link set lo up || ifconfig lo up) 2>/dev/null || exit 125; exec "$@"';

interface Way {
  readonly prefix: readonly string[];
  readonly says: string;
}

function ways(): readonly Way[] {
  if (process.platform !== "linux") return [];
  const shell = ["sh", "-c", LOOPBACK, "sh"];
  const id = `${process.getuid?.() ?? 0}`;
  const group = `${process.getgid?.() ?? 0}`;
  const bubblewrap = ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent", "--"];
  const asRoot = ["unshare", "-n", "--", ...shell];
  const asUser = ["unshare", "-r", "-n", "--", ...shell, "unshare", "-U", `--map-user=${id}`, `--map-group=${group}`, "--"];
  const network = "network limited to loopback";
  return [
    ...(id === "0" ? [{ prefix: asRoot, says: `${network} (network namespace)` }] : []),
    { prefix: bubblewrap, says: `${network} (bubblewrap)` },
    { prefix: asUser, says: `${network} (user and network namespace)` },
  ];
}

let found: Promise<Way | undefined> | undefined;

/** For the user's own tree: the strongest that asks for no rights and hides no file. Tests that declare ports need the machine's own network. */
export async function ordinaryIsolation(needs: { readonly ports?: readonly number[] } | undefined): Promise<Isolation> {
  const ports = needs?.ports ?? [];
  if (ports.length > 0) return { prefix: [], says: `${BASICS}; network open because the tests declare port ${ports.join(", ")}` };
  const way = await (found ??= firstWorking(ways()));
  if (!way) return { prefix: [], says: `${BASICS}; network open: this system offers no namespaces to us` };
  return { prefix: way.prefix, says: `${BASICS}, ${way.says}` };
}

/** What would be achieved here, tried for real. */
export async function examineIsolation(level: "ordinary" | "strict"): Promise<{ readonly achieved: boolean; readonly says: string }> {
  if (level === "ordinary") {
    const { prefix, says } = await ordinaryIsolation(undefined);
    return { achieved: prefix.length > 0, says };
  }
  const way = await strictWay();
  return "denied" in way ? { achieved: false, says: way.denied } : { achieved: true, says: saysStrict(way.name) };
}

/** Tried for real: a program that exists may still be forbidden to do its work. */
async function firstWorking(candidates: readonly Way[]): Promise<Way | undefined> {
  for (const way of candidates) if (await works(way)) return way;
  return undefined;
}

const PROBE = "const s=require('net').createServer().listen(0,'127.0.0.1',()=>process.exit(0));s.on('error',()=>process.exit(1))";

function works(way: Way): Promise<boolean> {
  const [program = "", ...args] = [...way.prefix, process.execPath, "-e", PROBE];
  return new Promise((done) => {
    const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin:/usr/sbin:/sbin" };
    execFile(program, args, { timeout: 5000, env }, (error) => done(error === null));
  });
}
