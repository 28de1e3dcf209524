/** Names as OSV writes them. */
export type Ecosystem = "npm" | "PyPI" | "crates.io" | "Go" | "RubyGems" | "Packagist";

/** Where a package comes from. Only a registry promises that a version never changes. */
export type PackageSource = "registry" | "git" | "address" | "path";

/** One package as a lock file pins it. */
export interface LockedPackage {
  readonly name: string;
  /** As written; empty when the file names the package without pinning it. */
  readonly version: string;
  readonly source: PackageSource;
  /** Address it is fetched from, when the file says. */
  readonly resolved?: string;
  /** `algorithm-digest` each; a version may have several files. */
  readonly hashes: readonly string[];
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  /** True when the repository asks for it itself; absent when the file does not tell. */
  readonly direct?: boolean;
}

export interface LockFile {
  readonly ecosystem: Ecosystem;
  /** Which kind of file it is: `package-lock`, `Cargo.lock` … */
  readonly format: string;
  readonly packages: readonly LockedPackage[];
  /** True for `go.sum`: it keeps hashes of versions that are not in use, so appearing in it means nothing. */
  readonly hashesOnly?: boolean;
}

/** A lock file read, or why it could not be. Never thrown: one broken file must not hide the others. */
export type LockReading = { readonly ok: true; readonly lock: LockFile } | { readonly ok: false; readonly because: string; readonly fix: string };

/** Where an address points: `git+ssh://…`, `https://host/x.tgz`, `file:../x`. */
export function sourceOf(address: string | undefined, registry: RegExp): PackageSource {
  if (address === undefined || address === "" || registry.test(address)) return "registry";
  if (/^(?:git(?:\+|:|@)|ssh:|github:|gitlab:|bitbucket:)|\.git(?:#|$)|codeload\.github\.com/.test(address)) return "git";
  if (/^(?:file:|link:|workspace:|portal:|\.{0,2}\/)/.test(address)) return "path";
  return /^https?:/.test(address) ? "address" : "registry";
}
