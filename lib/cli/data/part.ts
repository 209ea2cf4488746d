/**
 * What the parts of `deno task data` have in common.
 *
 * @module
 */
import type { Command } from "../command.ts";

/** A part of the command, with flags of its own. */
export type Part = Command<Record<string, { type: "string" | "boolean" }>>;
