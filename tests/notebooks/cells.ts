/** An output as nbformat has it. */
export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** A cell with code. */
export interface CodeCell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/** The cells of a notebook that have code. */
export async function codeCells(path: string): Promise<CodeCell[]> {
  const { cells } = JSON.parse(await Deno.readTextFile(path)) as { cells: CodeCell[] };
  return cells.filter(({ cell_type }) => cell_type === "code");
}

/** What was displayed, by its type. */
export function textsOf({ outputs }: CodeCell): Record<string, string>[] {
  return outputs.flatMap(({ data }) =>
    data
      ? [
        Object.fromEntries(
          Object.entries(data).map(([kind, text]) => [kind, [text].flat().join("")]),
        ),
      ]
      : []
  );
}

/** The SVGs that a cell shows. */
export function figuresIn(cell: CodeCell): string[] {
  return textsOf(cell).flatMap((data) => data["image/svg+xml"] ?? []);
}
