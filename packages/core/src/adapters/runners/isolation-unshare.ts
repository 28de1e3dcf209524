import { join } from "node:path";
import { KERNEL_SETTINGS, type Place, type Step } from "./isolation-layout.ts";

/** The words that start a command inside a layout with the system's own `unshare`, as root or in a user namespace of our own. */
export function unshareWords(place: Place, steps: readonly Step[], as: "root" | "user"): readonly string[] {
  const spaces = ["--mount", "--pid", "--ipc", "--uts", ...(place.network === "open" ? [] : ["--net"]), "--fork", "--kill-child"];
  const user = as === "user" ? ["--user", "--map-root-user"] : [];
  return ["unshare", ...user, ...spaces, "--", "sh", "-c", script(place, steps, as), "sh"];
}

/**
 * Builds the new root as the first process of the new namespaces, turns into it and gives up every right before the command
 * starts. The last shell stays as the parent: it collects orphans, which a command with process id 1 would not.
 */
function script(place: Place, steps: readonly Step[], as: "root" | "user"): string {
  const lines = [
    "set -e; PATH=$PATH:/usr/sbin:/sbin; came=$(pwd)",
    `new=${quoted(join(place.scratch, "new-root"))}; mkdir -p "$new"`,
    'mount -t tmpfs -o mode=755,size=16m,nosuid,nodev tmpfs "$new"',
    HELPERS,
    copied(steps),
    ...steps.filter((step) => (step.kind === "read" && !isSmall(step)) || step.kind === "cover").map(lineOf),
    "freeze",
    ...steps.filter((step) => step.kind === "link").map(lineOf),
    DEVICES,
    ...steps.filter((step) => step.kind === "write").map(lineOf),
    'mount -o remount,bind,ro "$new/dev"',
    place.network === "open" ? "" : "{ ip link set lo up || ifconfig lo up; } 2>/dev/null",
    'cd "$new"; mkdir old; pivot_root . old; cd /; umount -l /old; rmdir /old; mount -o remount,bind,ro /',
    'cd "$came"',
    `exec setpriv --no-new-privs --inh-caps=-all ${withoutRights(as)}sh -c '"$@"; exit $?' sh "$@"`,
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** A mount costs two programs, so what is small (`/etc`) is copied in one go. What can't be read is not there. */
const isSmall = (step: Step): boolean => step.kind === "read" && step.path.startsWith("/etc/");

function copied(steps: readonly Step[]): string {
  const paths = steps.filter(isSmall).map((step) => quoted(step.path));
  return paths.length === 0 ? "" : `cp -a --parents -t "$new" ${paths.join(" ")} 2>/dev/null || :`;
}

/**
 * Root gives up its rights by name. Anybody else looks like root inside a user namespace until mapped back, and loses every right
 * by that; giving them up before would forbid the mapping.
 */
function withoutRights(as: "root" | "user"): string {
  const id = process.getuid?.() ?? 0;
  return as === "root" || id === 0 ? "--bounding-set=-all -- " : `-- unshare -U --map-user=${id} --map-group=${process.getgid?.() ?? 0} -- `;
}

/** `spot` makes a place to mount on; `freeze` turns everything mounted so far read-only, with what is mounted inside of it. */
const HELPERS = `spot() { if [ -d "$1" ]; then mkdir -p "$new$2"; else mkdir -p "$new\${2%/*}"; [ -e "$new$2" ] || : > "$new$2"; fi; }
show() { spot "$1" "$1"; mount --rbind "$1" "$new$1"; }
give() { spot "$1" "$2"; mount --bind "$1" "$new$2"; }
freeze() {
  while read -r _ _ _ _ at flags _; do
    at=$(printf '%b' "$at")
    case "$at" in "$new"/*) ;; *) continue ;; esac
    case ",$flags," in *,noexec,*) keep=,noexec ;; *) keep= ;; esac
    mount -o "remount,bind,ro,nosuid,nodev$keep" "$at"
  done < /proc/self/mountinfo
}`;

const DEVICES = `mkdir -p "$new/proc" "$new/dev"
mount -t proc -o nosuid,nodev,noexec proc "$new/proc"
for part in ${KERNEL_SETTINGS.join(" ")}; do
  if [ -e "$new$part" ]; then mount --bind "$new$part" "$new$part"; mount -o remount,bind,ro,nosuid,nodev,noexec "$new$part"; fi
done
mount -t tmpfs -o mode=755,size=1m,nosuid tmpfs "$new/dev"
for part in null zero full random urandom tty; do : > "$new/dev/$part"; mount --bind "/dev/$part" "$new/dev/$part"; done
ln -s /proc/self/fd "$new/dev/fd"; ln -s fd/0 "$new/dev/stdin"; ln -s fd/1 "$new/dev/stdout"; ln -s fd/2 "$new/dev/stderr"
mkdir "$new/dev/pts" "$new/dev/shm"
if mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$new/dev/pts" 2>/dev/null; then ln -s pts/ptmx "$new/dev/ptmx"; fi`;

function lineOf(step: Step): string {
  switch (step.kind) {
    case "read":
      return `show ${quoted(step.path)}`;
    case "write":
      return `give ${quoted(step.from)} ${quoted(step.path)}`;
    case "cover":
      return `mount -t tmpfs -o mode=755,size=4k,nosuid,nodev tmpfs "$new"${quoted(step.path)}`;
    case "link":
      return `ln -s ${quoted(step.to)} "$new"${quoted(step.path)}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
