"""Writes notebooks as a static site with their saved outputs; nothing is executed.

Usage: python write_site.py FOLDER NOTEBOOK...

The pages need no network and no script: styles are embedded, figures are inline SVG.
"""

import base64
import html
import re
import shutil
import sys
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1f2328; --muted: #59636e; --line: #dfe3e8;
  --code: #f6f8fa; --link: #0a58b5; }
@media (prefers-color-scheme: dark) { :root { --paper: #15191e; --ink: #e8eaed; --muted: #9da7b3;
  --line: #363d46; --code: #1c2128; --link: #79c6f4; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
  font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main, nav { max-width: 832px; margin: 0 auto; padding: 0 16px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; padding-top: 16px; font-size: 14px; }
nav .next { margin-left: auto; }
a { color: var(--link); }
h1 { font-size: 28px; line-height: 1.25; margin: 24px 0 12px; }
h2 { font-size: 21px; margin: 36px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); }
.anchor-link, .prompt { display: none; }
pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; }
pre { overflow-x: auto; margin: 0; line-height: 1.45; }
:not(pre) > code { background: var(--code); border-radius: 4px; padding: 1px 4px;
  overflow-wrap: anywhere; }
.input, .text_cell_render .highlight, .text_cell_render > pre { background: var(--code);
  border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; margin: 12px 0; }
.input .highlight { background: none; }
.output_area { margin: 10px 0; }
.output_subarea { overflow-x: auto; }
/* On a narrow window a wide figure keeps a size at which it can be read, and is moved sideways. */
.output_svg svg { display: block; height: auto; max-width: none !important;
  width: min(var(--width, 640px), max(100%, 600px)); }
.output_text pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.output_markdown p { margin: 0; }
.output_error pre { color: #d1242f; }
table { border-collapse: collapse; font-size: 14px; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
li { margin: 4px 0; }
footer { max-width: 832px; margin: 32px auto; padding: 0 16px; color: var(--muted); font-size: 13px; }
.entry { display: grid; grid-template-columns: 240px 1fr; gap: 4px 24px; margin: 24px 0; }
.entry svg { width: 100%; height: auto; }
.entry h2 { border: 0; margin: 0; padding: 0; font-size: 18px; }
.entry p { margin: 6px 0; color: var(--muted); }
@media (max-width: 560px) { .entry { grid-template-columns: 1fr; } h1 { font-size: 24px; } }
"""


def colours() -> str:
    """Returns the style rules for code, in light and dark mode."""
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    tokens = "\n".join(line for line in dark.splitlines() if line.startswith(".highlight ."))
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {tokens} }}\n"


def page(title: str, navigation: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{colours()}{STYLE}</style>\n</head>\n"
        f"<body>\n<nav>{navigation}</nav>\n<main>\n{body}\n</main>\n"
        "<footer>Written by <code>deno task notebooks --html</code>.</footer>\n</body>\n</html>\n"
    )


class Notebook:
    """A notebook and its entry in the index."""

    def __init__(self, path: Path):
        self.path = path
        self.content = nbformat.read(path, as_version=4)
        texts = [cell.source for cell in self.content.cells if cell.cell_type == "markdown"]
        paragraphs = [part.strip() for part in (texts[0] if texts else "").split("\n\n")]
        heading = paragraphs[0] if paragraphs and paragraphs[0].startswith("# ") else ""
        self.title = heading.lstrip("# ").strip() or path.stem
        self.about = next((part for part in paragraphs if part and part != heading), "")
        self.file = f"{path.stem}.html"

    def figure(self) -> str:
        """Returns the first figure, except training curves, which look alike in all notebooks."""
        for cell in self.content.cells:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "image/svg+xml" in data and data.get("text/plain") != "Training curves":
                    return data["image/svg+xml"]
        return ""


def plain(markdown: str) -> str:
    """Returns a paragraph without its markup, for the index."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(markdown.split()))
    return html.escape(re.sub(r"[*_`]{1,2}(\S(?:.*?\S)?)[*_`]{1,2}", r"\1", text))


def relinked(body: str, notebook: Notebook, folder: Path) -> str:
    """Redirects links to notebooks to their pages, and copies other linked files into the site."""

    def replaced(match: re.Match) -> str:
        target = html.unescape(match.group(1))
        if re.match(r"[a-z]+:|#", target):
            return match.group(0)
        file = (notebook.path.parent / target.split("#")[0]).resolve()
        if file.suffix == ".ipynb":
            return f'href="{file.stem}.html"'
        if not file.is_file():
            return match.group(0)
        (folder / "files").mkdir(exist_ok=True)
        shutil.copyfile(file, folder / "files" / file.name)
        return f'href="files/{html.escape(file.name)}"'

    return re.sub(r'href="([^"]+)"', replaced, body)


def inlined(body: str) -> str:
    """Inlines SVG figures, which keeps their titles, and passes their width to the style sheet."""

    def decoded(match: re.Match) -> str:
        svg = base64.b64decode(match.group(1)).decode("utf-8")
        return re.sub(r'^(<svg [^>]*? width="(\d+)"[^>]*? style=")', r"\1--width:\2px;", svg)

    return re.sub(r'<img [^>]*?src="data:image/svg\+xml;base64,([^"]*)"[^>]*>', decoded, body)


def write(folder: Path, notebooks: list[Notebook]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    exporter = HTMLExporter(template_name="basic")
    for place, notebook in enumerate(notebooks):
        body, _ = exporter.from_notebook_node(notebook.content)
        links = ['<a href="index.html">All notebooks</a>']
        if place > 0:
            before = notebooks[place - 1]
            links.append(f'<a href="{before.file}">← {html.escape(before.title)}</a>')
        if place + 1 < len(notebooks):
            after = notebooks[place + 1]
            links.append(f'<a class="next" href="{after.file}">{html.escape(after.title)} →</a>')
        text = page(notebook.title, "".join(links), relinked(inlined(body), notebook, folder))
        (folder / notebook.file).write_text(text, encoding="utf-8")
    entries = "".join(
        f'<div class="entry"><div>{notebook.figure()}</div><div>'
        f'<h2><a href="{notebook.file}">{html.escape(notebook.title)}</a></h2>'
        f"<p>{plain(notebook.about)}</p></div></div>\n"
        for notebook in notebooks
    )
    index = page("Notebooks", "", f"<h1>Notebooks</h1>\n{entries}")
    (folder / "index.html").write_text(index, encoding="utf-8")


if __name__ == "__main__":
    target, *paths = (Path(argument).resolve() for argument in sys.argv[1:])
    try:
        write(target, [Notebook(path) for path in paths])
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        sys.exit(f"Expected to write the notebooks to {target} but failed: {error}")
    print(f"{len(paths)} notebooks: {target / 'index.html'}")
