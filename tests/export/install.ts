/**
 * Installs the dependencies of the tests of exported networks: `deno run -A tests/export/install.ts`.
 *
 * @module
 */
import { installOnnxruntime } from "./onnxruntime.ts";

try {
  await installOnnxruntime();
} catch (error) {
  console.error(`ONNX models will not be tested: ${(error as Error).message}`);
  Deno.exit(1);
}
