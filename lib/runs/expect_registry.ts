/**
 * The registry of a run whose recipe has parts of a script.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { Registry } from "../recipes/registry.ts";
import type { Config } from "./run_folder.ts";

/**
 * Checks that a registry has the recipes, tokens and data sets that a run was trained with.
 *
 * @param folder The run folder, for the error message.
 * @param config Its `config.json`, if there is one.
 * @param registry The registry.
 * @throws {UsageError} If the registry lacks one.
 */
export function expectRegistry(
  folder: string,
  config: Config | undefined,
  { recipes = [], tokens = [], dataSets = [] }: Registry = {},
): void {
  const trained = Object.keys(config?.training.registered ?? {});
  const found = [...recipes, ...tokens, ...dataSets].map(({ name }) => name);
  const missing = trained.filter((name) => !found.includes(name));
  if (missing.length === 0) return;
  throw new UsageError(
    `Expected the registry that ${folder} was trained with, which has ${missing.join(" and ")}, ` +
      `but found ${found.join(" and ") || "none"}: pass it as { registry } in a script`,
  );
}
