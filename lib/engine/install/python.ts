/**
 * Querying the machine's Python installation.
 *
 * @module
 */

/** Command of the Python interpreter. */
export const PYTHON_COMMAND = "python3";

/** Result of a program. */
export interface Ran {
  /** Whether the exit code was 0. */
  readonly success: boolean;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error. */
  readonly stderr: string;
}

/**
 * Runs a program and waits for its end.
 *
 * @param command The program.
 * @param args Its arguments.
 * @param environment Environment variables in addition to those of this process.
 * @returns Its result, or undefined if the program does not exist or may not be run.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ran | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args: [...args],
      env: environment,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    const decoder = new TextDecoder();
    return { success, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.PermissionDenied) return undefined;
    // Without the right to run it, it is as if it were not there.
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

// Importing tensorflow would take seconds; reading its module spec and metadata does not.
const QUESTION = `
import importlib.metadata, importlib.util, json
spec = importlib.util.find_spec("tensorflow")
if spec and spec.origin:
    for name in ("tensorflow", "tensorflow-cpu", "tensorflow_cpu"):
        try:
            print(json.dumps([spec.origin, importlib.metadata.version(name)]))
            break
        except importlib.metadata.PackageNotFoundError:
            pass
`;

/**
 * Locates the `tensorflow` that Python would import, without importing it.
 *
 * @param python The interpreter.
 * @returns Path of its `__init__.py` and its version, or undefined if there is none.
 */
export async function findPythonTensorflow(
  python: string = PYTHON_COMMAND,
): Promise<{ init: string; version: string } | undefined> {
  const ran = await runProgram(python, ["-c", QUESTION]);
  if (!ran?.success || ran.stdout.trim() === "") return undefined;
  const [init, version] = JSON.parse(ran.stdout) as [string, string];
  return { init, version };
}
