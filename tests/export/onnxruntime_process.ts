/**
 * Process that runs ONNX models with onnxruntime, started by onnxruntime.ts.
 *
 * @module
 */
import type { Question } from "./onnxruntime.ts";

// Not a literal argument of `import`, since Deno would download it to type-check this file.
const ONNXRUNTIME: string = "npm:onnxruntime-web@1.22.0";

const ort = await import(ONNXRUNTIME);
ort.env.wasm.numThreads = 1;
const questions: Question[] = await new Response(Deno.stdin.readable).json();
const answers = [];
for (const { path, shape, values } of questions) {
  const session = await ort.InferenceSession.create(await Deno.readFile(path));
  const images = new ort.Tensor("float32", Float32Array.from(values), shape);
  const { logits, probabilities } = await session.run({ images });
  answers.push({ logits: [...logits.data], probabilities: [...probabilities.data] });
}
console.log(JSON.stringify(answers));
