/**
 * Run time of a program.
 *
 * @module
 */
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Runs a program once to warm caches.
 *
 * @param options The program, and its arguments separated by line breaks.
 * @returns The work.
 */
export async function program(
  { program, args }: { readonly program: string; readonly args: string },
): Promise<Workload> {
  const command = new Deno.Command(program, { args: args.split("\n"), stdout: "null" });
  const run = async () => {
    const { success, stderr } = await command.output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  };
  await run();
  return {
    async measure() {
      const start = performance.now();
      await run();
      return { value: secondsSince(start) };
    },
    close: () => Promise.resolve(),
  };
}
