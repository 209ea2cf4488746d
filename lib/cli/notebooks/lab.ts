/**
 * Command-line arguments of JupyterLab.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";

/** Options of {@linkcode labArguments}. */
export interface LabOptions {
  /** Root folder of JupyterLab. */
  readonly folder: string;
  /** Flags of the user, which come last and so take precedence. */
  readonly given: readonly string[];
  /** Whether the user is root, as in most containers; JupyterLab then starts only with `--allow-root`. */
  readonly root: boolean;
}

/** Flags that disable the token or the password: their value is empty or a pair of quotes. */
const WITHOUT_TOKEN = /^--(\w+\.)?(token|password|hashed_password)=(''|"")?$/;

/** Flags that set the address to listen on. */
const ADDRESS = /^--(\w+\.)?ip(=|$)/;

/**
 * Returns the arguments with which Python starts JupyterLab. If root starts it, it requires its token and listens on
 * the loopback interface by default, since everybody with access to it can run commands as root.
 *
 * @param options Folder, flags, whether the user is root.
 * @returns The arguments.
 * @throws {UsageError} If root gives a flag that disables the token.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const options = { folder: "notebooks", given: ["--no-browser"] };
 * const plain = ["-m", "jupyterlab", "--notebook-dir=notebooks"];
 * assertEquals(labArguments({ ...options, root: false }), [...plain, "--no-browser"]);
 * assertEquals(labArguments({ ...options, root: true }), [
 *   ...plain,
 *   "--allow-root",
 *   "--ServerApp.ip=127.0.0.1",
 *   "--no-browser",
 * ]);
 * ```
 */
export function labArguments({ folder, given, root }: LabOptions): string[] {
  const start = ["-m", "jupyterlab", `--notebook-dir=${folder}`];
  if (!root) return [...start, ...given];
  const open = given.find((flag) => WITHOUT_TOKEN.test(flag));
  if (open) {
    throw new UsageError(
      `Expected JupyterLab to require its token when started by root but found ${open}: remove it`,
    );
  }
  const listen = given.some((flag) => ADDRESS.test(flag)) ? [] : ["--ServerApp.ip=127.0.0.1"];
  return [...start, "--allow-root", ...listen, ...given];
}
