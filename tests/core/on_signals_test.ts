import { assertEquals } from "@std/assert";
import { onSignals } from "../../lib/core/on_signals.ts";

Deno.test({
  name: "onSignals() handles signals until it is removed, independently per listener",
  ignore: Deno.build.os === "windows", // there a process cannot send itself a signal
  async fn() {
    const first: Deno.Signal[] = [], second: Deno.Signal[] = [];
    // Without a listener SIGUSR2 would end the test.
    const stopFirst = onSignals(["SIGUSR2", "SIGINT"], (name) => first.push(name));
    const stopSecond = onSignals(["SIGUSR2"], (name) => second.push(name));
    const arrivals = async (count: number) => {
      Deno.kill(Deno.pid, "SIGUSR2");
      for (let tries = 0; second.length < count && tries < 500; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    try {
      await arrivals(1);
      stopFirst();
      await arrivals(2);
    } finally {
      stopSecond();
    }
    assertEquals([first, second], [["SIGUSR2"], ["SIGUSR2", "SIGUSR2"]]);
  },
});
