import { assertEquals, assertMatch } from "@std/assert";
import { libraryBuild } from "../../../lib/engine/install/platform.ts";

const LINUX = { os: "linux", arch: "x86_64" };
const MACHINES = [LINUX, { os: "linux", arch: "aarch64" }, { os: "darwin", arch: "aarch64" }];

Deno.test("libraryBuild() pins one wheel by version, platform and hash on every machine served", () => {
  for (const machine of MACHINES) {
    const build = libraryBuild(machine)!;
    assertEquals(build.wheels.length, 1);
    const [wheel] = build.wheels;
    assertEquals(wheel.version, "2.21.0");
    assertEquals(wheel.package, machine === LINUX ? "tensorflow-cpu" : "tensorflow");
    assertMatch(wheel.sha256, /^[0-9a-f]{64}$/);
    assertEquals(build.tested, machine === LINUX);
  }
});

Deno.test("libraryBuild() offers nothing where TensorFlow does not", () => {
  for (const machine of [{ os: "windows", arch: "x86_64" }, { os: "darwin", arch: "x86_64" }]) {
    assertEquals(libraryBuild(machine), undefined);
  }
});
