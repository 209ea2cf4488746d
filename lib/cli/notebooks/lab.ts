/**
 * How JupyterLab is started.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";

/** What decides how JupyterLab is started. */
export interface LabOptions {
  /** Folder that it shows. */
  readonly folder: string;
  /** Flags of the user, which come last and so decide. */
  readonly given: readonly string[];
  /** Whether the user is root, as in most containers; JupyterLab refuses to start then unless it is told to. */
  readonly root: boolean;
}

/** Flags that take the token or the password away; what stands behind `=` is empty or quotes. */
const WITHOUT_TOKEN = /^--(\w+\.)?(token|password|hashed_password)=(''|"")?$/;

/** Flags that say who is listened to. */
const ADDRESS = /^--(\w+\.)?ip(=|$)/;

/**
 * Arguments for Python that start JupyterLab. Root's JupyterLab is one that this machine alone reaches, with its token,
 * for whoever reaches it runs commands as root.
 *
 * @param options Folder, flags, whether the user is root.
 * @returns The arguments.
 * @throws {UsageError} If root gives a flag that takes the token away.
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
      `Expected JupyterLab to ask for its token where root starts it but found ${open}: leave that out`,
    );
  }
  const listen = given.some((flag) => ADDRESS.test(flag)) ? [] : ["--ServerApp.ip=127.0.0.1"];
  return [...start, "--allow-root", ...listen, ...given];
}
