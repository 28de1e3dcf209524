import { existsSync, lstatSync, readlinkSync, realpathSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { basename, delimiter, dirname, isAbsolute, join, relative } from "node:path";

/** Where strictly isolated code may write, and what it must not see. Absolute paths, links resolved. */
export interface Place {
  /** The tree of the code. */
  readonly root: string;
  /** A folder of ours beside it: home, temporary files, results. */
  readonly scratch: string;
  /** Folders that stay out of sight even where they lie below one that is shown: the user's checkout. The home always does. */
  readonly hidden?: readonly string[];
  /** `open` only for a package manager that runs no code of the tree. */
  readonly network: "loopback" | "open";
}

/** One part of what the code sees; everything that no step shows is not there. Steps apply in order. */
export type Step =
  /** As on the machine, read-only. */
  | { readonly kind: "read"; readonly path: string }
  /** A folder of ours, at this path. */
  | { readonly kind: "write"; readonly from: string; readonly path: string }
  /** There, and empty. */
  | { readonly kind: "cover"; readonly path: string }
  | { readonly kind: "link"; readonly path: string; readonly to: string };

/** Programs and libraries of the system. */
const SYSTEM = [
  "/usr",
  "/bin",
  "/sbin",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/nix/store",
  "/gnu/store",
  "/run/current-system",
  "/home/linuxbrew/.linuxbrew",
  "/sys/devices/system/cpu",
];

/** Of `/etc` only what programs need to start; keys, password hashes and settings of services lie there too. */
const ETC =
  "alternatives ca-certificates ca-certificates.conf crypto-policies debian_version fonts gai.conf group host.conf hosts java-8-openjdk java-11-openjdk java-17-openjdk java-21-openjdk ld.so.cache ld.so.conf ld.so.conf.d locale.alias locale.conf localtime magic mime.types nsswitch.conf os-release passwd perl pki/ca-trust pki/tls/certs protocols python3 rpc services shells ssl/certs ssl/openssl.cnf terminfo timezone".split(
    " ",
  );

/** Configuration of package managers below shown folders: it may hold tokens. */
const SETTINGS = ["/usr/etc", "/usr/local/etc", "/usr/src"];

/** Parts of `/proc` through which root changes the machine itself, even after it gave up every right. Shown read-only. */
export const KERNEL_SETTINGS = ["/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs", "/proc/acpi", "/proc/scsi", "/proc/mtrr"];

const TEMPORARY = ["/tmp", "/var/tmp"];

/** What strictly isolated code sees of this machine: programs to read, its own tree and scratch folders to write. */
export function strictLayout(place: Place, env: Readonly<Record<string, string | undefined>> = process.env): readonly Step[] {
  const hidden = [homedir(), registeredHome(), ...(place.hidden ?? [])].filter((path) => path !== "/" && isAbsolute(path));
  const system = [...SYSTEM, ...ETC.map((name) => join("/etc", name)), ...(place.network === "open" ? ["/etc/resolv.conf"] : [])].filter((path) =>
    existsSync(path),
  );
  const secret = (path: string): boolean => [...hidden, ...TEMPORARY].some((one) => within(one, path) || within(path, one));
  const chain = [...nodeParts(secret), ...toolFolders(env["PATH"] ?? "", secret), ...managedTools(env["PATH"] ?? ""), ...named(env)];
  const reads = [...system, ...chain.filter((path) => !system.some((shown) => within(shown, path)))];
  const covers = [...SETTINGS, ...hidden].filter((path) => isDirectory(path) && reads.some((shown) => shown !== path && within(shown, path)));
  return [
    ...system.map(shown),
    ...covers.map((path): Step => ({ kind: "cover", path })),
    ...TEMPORARY.map((path): Step => ({ kind: "write", from: join(place.scratch, "private-tmp"), path })),
    ...reads.slice(system.length).map(shown),
    { kind: "write", from: join(place.scratch, "shm"), path: "/dev/shm" },
    { kind: "write", from: place.root, path: place.root },
    { kind: "write", from: place.scratch, path: place.scratch },
    // What something is mounted on can't be replaced: the next command would follow a link in its place to anywhere on the machine.
    ...["private-tmp", "shm"].map((name): Step => ({ kind: "write", from: join(place.scratch, name), path: join(place.scratch, name) })),
  ];
}

/** The home the system knows, whatever the environment says; a container may run as a user it does not know. */
function registeredHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return homedir();
  }
}

/** Folders of the scratch folder that the layout needs. */
export const LAYOUT_FOLDERS = ["private-tmp", "shm", "home", "tmp"] as const;

/** A link at the top (`/bin` -> `usr/bin`) stays a link. */
function shown(path: string): Step {
  const isLink = dirname(path) === "/" && lstatSync(path).isSymbolicLink();
  return isLink ? { kind: "link", path, to: readlinkSync(path) } : { kind: "read", path };
}

/**
 * Node with npm. A version manager keeps each version in a folder of its own, which is shown whole; where Node lies in a folder
 * with other things (`~/.local`), only its parts are.
 */
function nodeParts(secret: (path: string) => boolean): readonly string[] {
  const program = realpathSync(process.execPath);
  const prefix = dirname(dirname(program));
  const ownFolder = prefix !== "/" && existsSync(join(prefix, "include", "node")) && basename(prefix) !== ".local" && !(secret(prefix) && containsHome(prefix));
  if (ownFolder) return [prefix];
  return [
    program,
    ...["lib/node_modules/npm", "lib/node_modules/corepack", "include/node"].map((part) => join(prefix, part)).filter((path) => existsSync(path)),
  ];
}

const containsHome = (path: string): boolean => within(path, homedir());

/** Folders of programs outside of home, checkout and temporary folders. Below `/opt` a program's own folder comes along. */
function toolFolders(path: string, secret: (path: string) => boolean): readonly string[] {
  const found = path.split(delimiter).flatMap((entry) => {
    if (!isAbsolute(entry) || entry.includes("/node_modules/") || !isDirectory(entry)) return [];
    const real = realpathSync(entry);
    const parent = dirname(real);
    const wanted = /^s?bin$/.test(basename(real)) && parent.startsWith("/opt/") ? parent : real;
    return secret(wanted) || wanted === "/" ? [] : [wanted];
  });
  return [...new Set(found)];
}

/** What version managers keep below the home: programs and libraries, no settings and no tokens. */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  ".pyenv": ["bin", "libexec", "plugins", "shims", "versions", "version"],
  ".rbenv": ["bin", "libexec", "plugins", "shims", "versions", "version"],
  ".asdf": ["bin", "shims", "installs", "plugins", "lib"],
  ".local/share/mise": ["shims", "installs"],
  ".volta": ["bin", "tools"],
  ".rustup": ["toolchains", "settings.toml"],
  ".cargo": ["bin"],
  ".sdkman/candidates": ["."],
  ".bun": ["bin"],
  ".deno": ["bin"],
};

/** The parts of those version managers that the search path leads into; the rest of the home stays out of sight. */
function managedTools(path: string): readonly string[] {
  const entries = path.split(delimiter).filter(isAbsolute);
  const used = Object.entries(MANAGED).filter(([manager]) => entries.some((entry) => within(join(homedir(), manager), entry)));
  return used.flatMap(([manager, parts]) => parts.map((part) => join(homedir(), manager, part))).filter((found) => existsSync(found));
}

/** What the clean environment itself names: browsers, and certificates of a company's proxy. */
function named(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const browsers = env["PLAYWRIGHT_BROWSERS_PATH"] ?? join(homedir(), ".cache", "ms-playwright");
  return [browsers, env["NODE_EXTRA_CA_CERTS"]].filter((path): path is string => path !== undefined && isAbsolute(path) && existsSync(path));
}

function within(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !way.startsWith("..") && !isAbsolute(way);
}

function isDirectory(path: string): boolean {
  try {
    return lstatSync(realpathSync(path)).isDirectory();
  } catch {
    return false;
  }
}
