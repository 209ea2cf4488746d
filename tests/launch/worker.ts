/**
 * A worker of tests. Its argument is an exit code; the name of a signal that it dies by; `train`, which ends on request
 * only, with the exit code of the signal; `hang`, which nothing but SIGKILL ends; or `advance`, which is SIGKILL after a
 * checkpoint. Before, it tells of itself on stdout and stderr, writes its process number, and waits until all have.
 *
 * @module
 */
import { exists } from "../../lib/core/exists.ts";
import { onInterrupt } from "../../lib/cli/train/interrupt.ts";

const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const [action] = Deno.args;
const { FOLDER, RANK, START, RESUMES, PROCESSES } = Deno.env.toObject();
const die = async (signal: Deno.Signal) => {
  Deno.kill(Deno.pid, signal);
  await new Promise(() => {});
};

console.log(`start ${START}, rank ${RANK}, resumes ${RESUMES}`);
console.error(`rank ${RANK} says ${action}`);
if (action === "hang") {
  for (const name of ["SIGTERM", "SIGINT"] as const) Deno.addSignalListener(name, () => {});
}
const interrupt = action === "train" ? onInterrupt() : undefined;
await Deno.writeTextFile(`${FOLDER}/${START}-${RANK}.pid`, String(Deno.pid));
for (let rank = 0; rank < Number(PROCESSES); rank++) {
  while (!await exists(`${FOLDER}/${START}-${rank}.pid`)) await delay(5);
}

switch (action) {
  case "hang":
    setInterval(() => {}, 1000);
    await new Promise(() => {});
    break;
  case "train": {
    while (!interrupt!.signal.aborted) await delay(5);
    await Deno.writeTextFile(`${FOLDER}/${START}-${RANK}.stopped`, String(interrupt!.code));
    Deno.exit(interrupt!.code);
    break;
  }
  case "advance":
    await Deno.writeTextFile(`${FOLDER}/position`, `${START}`);
    await die("SIGKILL");
    break;
  default:
    if (action.startsWith("SIG")) await die(action as Deno.Signal);
    Deno.exit(Number(action));
}
