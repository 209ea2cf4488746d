/**
 * Slurm's host lists, against `scontrol show hostnames` and by their properties.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { expandHostList } from "../../lib/launch/host_list.ts";
import { tasksPerNode } from "../../lib/launch/tasks_per_node.ts";
import golden from "../golden/host_lists.json" with { type: "json" };

Deno.test("expandHostList() expands as scontrol does", () => {
  for (const [text, hosts] of Object.entries(golden.expanded)) {
    assertEquals(expandHostList(text), hosts, text);
  }
});

Deno.test("expandHostList() refuses what scontrol refuses, in one line that names the variable", () => {
  const more = ["", " ", ",", "a[1-2", "a1-2]", "a]1[", "a[1-]", "a b", "a;b", "n[1-2][", "a\nb"];
  for (const text of [...golden.refused, ...more]) {
    const error = assertThrows(() => expandHostList(text, "SLURM_STEP_NODELIST"), InputError);
    assert(error.message.startsWith("Expected SLURM_STEP_NODELIST to "), error.message);
    assert(error.message.includes(JSON.stringify(text)), error.message);
  }
});

Deno.test("expandHostList() accepts names that go on after a bracket", () => {
  assertEquals(expandHostList("node[1-2]-ib,x"), ["node1-ib", "node2-ib", "x"]);
  assertEquals(expandHostList("r[1-2]n[1-2].a"), ["r1n1.a", "r1n2.a", "r2n1.a", "r2n2.a"]);
});

Deno.test("expandHostList() refuses more than 65,536 hosts before listing them", () => {
  for (const text of ["n[1-65537]", "n[0-9999]x[0-9999]", "n[1-65536],a", "n[0-99999999999999]"]) {
    assertThrows(() => expandHostList(text), InputError);
  }
  assertEquals(expandHostList("n[1-65536]").length, 65_536);
});

Deno.test("a host list that is folded expands to the hosts that it was folded from", () => {
  const random = rng(1);
  const below = (n: number) => Math.floor(random.uniform() * n);
  for (let trial = 0; trial < 300; trial++) {
    const hosts: string[] = [], patterns: string[] = [];
    for (let name = 0; name <= below(3); name++) {
      const prefix = "abc"[below(3)] + "-n".repeat(below(2)), width = below(5);
      const suffix = ["", "", "-ib", ".x2"][below(4)];
      const ranges = Array.from({ length: 1 + below(4) }, () => {
        const first = below(2000), count = 1 + below(12);
        const numbers = Array.from(
          { length: count },
          (_, i) => String(first + i).padStart(Math.max(width, String(first).length), "0"),
        );
        hosts.push(...numbers.map((number) => prefix + number + suffix));
        return count === 1 ? numbers[0] : `${numbers[0]}-${numbers.at(-1)}`;
      });
      patterns.push(`${prefix}[${ranges}]${suffix}`);
    }
    assertEquals(expandHostList(patterns.join()), hosts, patterns.join());
  }
});

Deno.test("the number of hosts is the product over brackets, and all are distinct", () => {
  const random = rng(2);
  for (let trial = 0; trial < 100; trial++) {
    const sizes = Array.from(
      { length: 1 + Math.floor(random.uniform() * 4) },
      () => 1 + Math.floor(random.uniform() * 5),
    );
    const hosts = expandHostList(sizes.map((size, i) => `${"pqrs"[i]}[1-${size}]`).join(""));
    assertEquals(hosts.length, sizes.reduce((product, size) => product * size, 1));
    assertEquals(new Set(hosts).size, hosts.length);
  }
});

Deno.test("tasksPerNode() repeats numbers, and refuses others in one line", () => {
  assertEquals(tasksPerNode("4"), [4]);
  assertEquals(tasksPerNode("2(x3),1"), [2, 2, 2, 1]);
  assertEquals(tasksPerNode("1,16(x2)"), [1, 16, 16]);
  for (const text of ["", "0", "2(x0)", "2x3", "2(x3", "-1", "1,,2", "a", "1.5", "9999999"]) {
    const error = assertThrows(() => tasksPerNode(text, "SLURM_STEP_TASKS_PER_NODE"), InputError);
    assert(error.message.startsWith("Expected SLURM_STEP_TASKS_PER_NODE to be numbers"));
  }
});
