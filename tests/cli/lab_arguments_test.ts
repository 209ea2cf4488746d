import { assertEquals, assertThrows } from "@std/assert";
import { labArguments } from "../../lib/cli/notebooks/lab.ts";
import { UsageError } from "../../lib/core/errors.ts";

const start = ["-m", "jupyterlab", "--notebook-dir=x"];
const args = (root: boolean, ...given: string[]) => labArguments({ folder: "x", given, root });

Deno.test("labArguments() lets root start JupyterLab on the loopback address only", () => {
  assertEquals(args(true), [...start, "--allow-root", "--ServerApp.ip=127.0.0.1"]);
  // Publishing a container's port requires an explicit address.
  for (const flag of ["--ip=0.0.0.0", "--ServerApp.ip=0.0.0.0"]) {
    assertEquals(args(true, flag), [...start, "--allow-root", flag]);
  }
  assertEquals(args(true, "--ip", "0.0.0.0"), [...start, "--allow-root", "--ip", "0.0.0.0"]);
});

Deno.test("labArguments() passes other users' flags through unchanged", () => {
  assertEquals(args(false, "--ip=0.0.0.0", "--port=1"), [...start, "--ip=0.0.0.0", "--port=1"]);
});

Deno.test("labArguments() refuses root a JupyterLab without a token", () => {
  for (
    const flag of ["--IdentityProvider.token=", "--ServerApp.token=''", "--NotebookApp.password="]
  ) {
    assertThrows(
      () => args(true, flag),
      UsageError,
      `JupyterLab to require its token when started by root but found ${flag}`,
    );
    assertEquals(args(false, flag), [...start, flag]);
  }
  assertEquals(
    args(true, "--IdentityProvider.token=secret").at(-1),
    "--IdentityProvider.token=secret",
  );
});
