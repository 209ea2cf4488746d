import { assert, assertEquals, assertMatch } from "@std/assert";
import { libraryBuild } from "../../../lib/engine/install/platform.ts";
import { PLUGIN_NAMES, pluginBuild } from "../../../lib/engine/install/plugins.ts";

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

Deno.test("pluginBuild() pins every wheel by version, platform and hash", () => {
  const hashes = new Set<string>();
  for (const name of PLUGIN_NAMES) {
    const { wheels, files, library, tested } = pluginBuild(name, LINUX)!;
    assertEquals(files, [library]);
    assertEquals(tested, name === "cpu-plugin");
    for (const { version, platform, sha256, megabytes, keep } of wheels) {
      assertMatch(version, /^\d+(\.\d+)+$/);
      assertMatch(platform, /^manylinux_2_\d+_x86_64$/);
      assertMatch(sha256, /^[0-9a-f]{64}$/);
      assert(megabytes > 0 && !hashes.has(sha256));
      hashes.add(sha256);
      assert(keep("nvidia/cu13/lib/libcudnn.so.9") && !keep("nvidia/cu13/include/cudnn.h"));
    }
    assert(wheels[0].keep(library), library);
  }
  assertEquals(pluginBuild("cuda13", MACHINES[2]), undefined);
});
