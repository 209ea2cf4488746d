/**
 * Type of the subcommands of `deno task data`.
 *
 * @module
 */
import type { Command } from "../command.ts";

/** A subcommand with its own flags. */
export type Part = Command<Record<string, { type: "string" | "boolean" }>>;
