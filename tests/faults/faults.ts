/**
 * `deno task faults [SUBJECT…] [--kills N] [--seed S] [--no-record]`: kills processes that write, at N random moments
 * (by default 1,000, shared among the subjects) and at every write, and lets every write fail; then checks what is
 * there. It writes data/results/faults.csv and docs/faults.md, and ends with exit code 1 if anything was lost, damaged or left behind.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { machine } from "../../lib/core/machine.ts";
import { rng } from "../../lib/core/rng.ts";
import { writeFaultsPage } from "../../tools/faults/page.ts";
import { failAtEveryWrite, type Found, killAtEveryWrite, killAtRandom } from "./inject.ts";
import { FAULT_RECORD } from "./record.ts";
import { SUBJECTS } from "./subjects.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  allowNegative: true,
  options: {
    kills: { type: "string", default: "1000" },
    seed: { type: "string", default: "0" },
    record: { type: "boolean", default: true },
  },
});
const [kills, seed] = [values.kills, values.seed].map(Number);
const unknown = positionals.find((name) => !Object.hasOwn(SUBJECTS, name));
if (unknown || ![kills, seed].every((n) => Number.isSafeInteger(n) && n >= 0)) {
  console.error(
    `Expected subjects, of ${Object.keys(SUBJECTS).join(", ")}, and whole numbers but found ` +
      Deno.args.join(" "),
  );
  Deno.exit(2);
}

const names = positionals.length > 0 ? positionals : Object.keys(SUBJECTS);
const host = await machine();
let failed = false;
for (const [i, subject] of names.entries()) {
  const share = Math.ceil((kills - i) / names.length);
  if (share > 0) {
    const random = rng(seed).fork(subject);
    await note(subject, "kill -9", "random moments", await killAtRandom(subject, share, random));
  }
  await note(subject, "kill -9", "every write", await killAtEveryWrite(subject));
  for (const fault of ["no space", "read-only", "removed"] as const) {
    await note(subject, fault, "every write", await failAtEveryWrite(subject, fault));
  }
}
if (values.record) await writeFaultsPage();
Deno.exit(failed ? 1 : 0);

async function note(subject: string, fault: string, when: string, found: Found): Promise<void> {
  const { injected, midway, refused, problems } = found;
  console.log(
    `${subject}: ${fault} at ${when}, ${injected} times, ${midway} in the middle of a file: ` +
      (problems.length === 0 ? "nothing lost" : `${problems.length} problems`),
  );
  for (const problem of problems) console.log(`  ${problem}`);
  failed ||= problems.length > 0;
  if (!values.record) return;
  await FAULT_RECORD.replace([{
    ...{ subject, fault, when, injected, midway, refused },
    problems: problems.length,
    machine: host,
  }]);
}
