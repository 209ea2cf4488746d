/**
 * A command with an unhandled rejection or an uncaught error.
 *
 * @module
 */
import { execute } from "../../lib/cli/command.ts";
import { DataError } from "../../lib/core/errors.ts";

const COMMAND = {
  name: "test",
  usage: "",
  flags: {},
  positionals: true,
  run(_: unknown, [how]: string[]) {
    if (how === "promise") Promise.reject(new DataError("Expected a whole image"));
    else setTimeout(() => (undefined as unknown as { missing(): void }).missing());
    return new Promise<number>((resolve) => setTimeout(() => resolve(0), 60_000));
  },
} as const;

Deno.exit(await execute(COMMAND, Deno.args));
