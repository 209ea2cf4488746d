/**
 * The template of a page: navigation, search, content.
 *
 * @module
 */
import { GROUPS, type Page } from "./pages.ts";

/** Style of all pages; colours follow the viewer's preference. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1f2328; --muted: #59636e; --paper: #fff; --back: #f3f5f7;
  --line: #dfe3e8; --link: #0a5e97; --string: #0a6b4d; --keyword: #a0366f; --number: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --muted: #9da7b3; --paper: #15191e; --back: #0d1117; --line: #363d46;
    --link: #79c6f4; --string: #6fd3ae; --keyword: #e39ac6; --number: #f2bd45; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.55 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.frame { display: grid; grid-template-columns: 230px minmax(0, 1fr); max-width: 1180px; margin: 0 auto; }
aside { padding: 24px 16px; border-right: 1px solid var(--line); }
aside nav { position: sticky; top: 16px; }
aside h2 { border: 0; padding: 0; font-size: 0.78rem; margin: 18px 0 4px; color: var(--muted); font-weight: 600; }
aside a { display: block; padding: 3px 0; text-decoration: none; }
aside a[aria-current] { font-weight: 600; color: var(--ink); }
main { padding: 16px 32px 64px; min-width: 0; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 12px 0; }
h2 { font-size: 1.25rem; margin: 36px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 24px 0 4px; }
p, li { max-width: 46rem; }
li { margin: 4px 0; }
a { color: var(--link); }
img { max-width: 100%; height: auto; }
pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.86rem; }
pre { overflow-x: auto; padding: 10px 12px; background: var(--back); border: 1px solid var(--line);
  border-radius: 6px; line-height: 1.45; overflow-wrap: normal; }
:not(pre) > code { background: var(--back); border-radius: 4px; padding: 1px 4px; }
.scroll { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; }
td code { white-space: nowrap; }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; }
.hljs-string { color: var(--string); } .hljs-comment { color: var(--muted); }
.hljs-keyword, .hljs-built_in { color: var(--keyword); } .hljs-number { color: var(--number); }
#search { width: 100%; padding: 7px 10px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--back); color: var(--ink); font: inherit; }
#found { list-style: none; padding: 0; margin: 8px 0; }
#found a { padding: 5px 0; } #found small { display: block; color: var(--muted); line-height: 1.35; }
#menu, [for="menu"] { display: none; }
@media (max-width: 800px) {
  .frame { display: block; }
  aside { border: 0; border-bottom: 1px solid var(--line); padding: 10px 16px; }
  aside nav { position: static; }
  [for="menu"] { display: block; cursor: pointer; padding: 8px 0; font-weight: 600; }
  #menu:not(:checked) ~ .pages { display: none; }
  main { padding: 8px 16px 48px; }
}
`;

/**
 * Assembles a page.
 *
 * @param page The page.
 * @param content HTML of its content.
 * @returns The HTML document.
 */
export function frame(page: Page, content: string): string {
  const links = Object.entries(GROUPS).map(([group, pages]) =>
    `<h2>${group}</h2>` +
    pages.map(({ name, title }) =>
      `<a href="${name}.html"${name === page.name ? ' aria-current="page"' : ""}>${title}</a>`
    ).join("")
  ).join("\n");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.name === "index" ? "" : `${page.title} · `}NBN</title>
<link rel="stylesheet" href="style.css">
<script src="search.js" defer></script>
</head>
<body>
<div class="frame">
<aside>
<nav>
<input id="search" type="search" placeholder="Search" aria-label="Search">
<ul id="found"></ul>
<input id="menu" type="checkbox">
<label for="menu">Pages</label>
<div class="pages">
${links}
<h2>Reference</h2>
<a href="reference/index.html">All public names</a>
<a href="notebooks/index.html">Notebooks</a>
</div>
</nav>
</aside>
<main>
${content}
</main>
</div>
</body>
</html>
`;
}
