/**
 * Self-contained HTML page.
 *
 * @module
 */
import { escaped } from "../plots/draw.ts";
import type { Section } from "./html.ts";

/** Uses no external fonts, images or scripts, so that the page looks the same offline. */
const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --muted: #59636e; --paper: #ffffff; --back: #f3f5f7;
  --line: #dfe3e8; --link: #0a5e97; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --muted: #9da7b3; --paper: #15191e; --back: #0d1117; --line: #363d46; --link: #79c6f4; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 12px; }
h2 { font-size: 1.25rem; margin: 44px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 24px 0 4px; }
p { margin: 8px 0; max-width: 44rem; }
a { color: var(--link); }
nav a { margin-right: 14px; white-space: nowrap; display: inline-block; padding: 2px 0; }
figure { margin: 14px 0; }
figure svg { display: block; border: 1px solid var(--line); border-radius: 6px; }
.narrow { display: none; }
@media (max-width: 719px) {
  main { padding: 16px 12px 48px; }
  .wide { display: none; }
}
.scroll { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; background: var(--paper); font-size: 0.92rem;
  font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child { text-align: left; }
th { font-weight: 600; white-space: normal; overflow-wrap: normal; vertical-align: bottom; }
tbody th { font-weight: 400; min-width: 8rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; margin: 8px 0; padding: 8px 12px; background: var(--paper);
  border: 1px solid var(--line); border-radius: 6px; font-size: 0.82rem; overflow-wrap: normal; }
@media (max-width: 719px) {
  .narrow { display: block; }
  table { font-size: 0.82rem; }
  th, td { padding: 5px 6px; }
  tbody th { min-width: 5.5rem; }
}
.muted { color: var(--muted); font-size: 0.9rem; }
`;

/**
 * Assembles a page.
 *
 * @param title Title.
 * @param lead HTML elements before the sections.
 * @param sections The sections; empty ones are omitted.
 * @returns The HTML document.
 */
export function page(
  title: string,
  lead: readonly string[],
  sections: readonly Section[],
): string {
  const filled = sections.filter(({ content }) => content.length > 0);
  const links = filled.map(({ id, title }) => `<a href="#${id}">${escaped(title)}</a>`).join("\n");
  const body = filled.map(({ id, title, content }) =>
    `<section id="${id}">\n<h2>${escaped(title)}</h2>\n${content.join("\n")}\n</section>`
  ).join("\n");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${lead.join("\n")}
<nav>
${links}
</nav>
${body}
</main>
</body>
</html>
`;
}
