/**
 * A supervisor of tests, in a process of its own: it gets signals, and its output is that of its workers.
 *
 * Arguments: options of `supervise()` in JSON, with `folder`, where each worker writes its process, and `plan`, what each
 * worker of each start does (worker.ts).
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { supervise } from "../../lib/launch/supervise.ts";

const { folder, plan, ...options } = JSON.parse(Deno.args[0]);
const script = fileURLToPath(new URL("worker.ts", import.meta.url));
let starts = 0;

Deno.exit(
  await supervise({
    ...options,
    start(processes, isRestart) {
      const actions: string[] = plan[starts++] ?? [];
      return Array.from({ length: processes }, (_, rank) => ({
        rank,
        showsOutput: rank === 0,
        showsErrors: rank === 0,
        args: ["run", "--allow-all", "--no-config", script, actions[rank] ?? "0"],
        env: {
          FOLDER: folder,
          PROCESSES: `${processes}`,
          RANK: `${rank}`,
          START: `${starts}`,
          RESUMES: `${isRestart}`,
        },
      }));
    },
    position: () => Deno.readTextFile(`${folder}/position`).catch(() => ""),
    tell: (line) => console.error(line),
  }),
);
