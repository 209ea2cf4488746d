/** An output in nbformat. */
export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

/** A code cell. */
export interface CodeCell {
  readonly cell_type: string;
  readonly source: readonly string[];
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/** Returns the code cells of a notebook. */
export async function codeCells(path: string): Promise<CodeCell[]> {
  const { cells } = JSON.parse(await Deno.readTextFile(path)) as { cells: CodeCell[] };
  return cells.filter(({ cell_type }) => cell_type === "code");
}

/** Returns the displayed data of a MIME type. */
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

/** Returns the SVGs displayed by a cell. */
export function figuresIn(cell: CodeCell): string[] {
  return textsOf(cell).flatMap((data) => data["image/svg+xml"] ?? []);
}
