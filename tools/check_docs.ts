/**
 * Lints the documentation of the public API, ignoring problems in TensorFlow.js, which is re-exported as `tf`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { doors } from "./doors.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const { stderr, code } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--quiet", "--lint", ...doors().map(({ path }) => path)],
  cwd: root,
  env: { NO_COLOR: "1" },
}).output();

const problems = new TextDecoder().decode(stderr).split(/\n(?=error\[)/)
  .filter((text) => text.startsWith("error["));
const own = problems.filter((text) => {
  const index = /--> (.*?):\d+:\d+/.exec(text)?.[1] ?? "";
  const elsewhere = !index.startsWith(root) || index.includes("/npm/") ||
    index.includes("/lib/deps/");
  return !elsewhere && !/private type '(Tensor\w*|Scalar|Layer\w*)'/.test(text);
});
if (code !== 0 && problems.length === 0) {
  console.error(new TextDecoder().decode(stderr));
  Deno.exit(1);
}
for (const problem of own) console.error(problem);
console.log(`Documentation: ${own.length} problems`);
Deno.exit(own.length > 0 ? 1 : 0);
