/**
 * The pages of the documentation site.
 *
 * @module
 */

/** A page of the site. */
export interface Page {
  /** File name without `.html`. */
  readonly name: string;
  /** Path of its Markdown file within the project. */
  readonly source: string;
  /** Entry in the navigation. */
  readonly title: string;
}

/** Pages in the order of the navigation, by group. */
export const GROUPS: Readonly<Record<string, readonly Page[]>> = {
  "Start": [
    { name: "index", source: "README.md", title: "NBN" },
    { name: "installation", source: "docs/installation.md", title: "Installation" },
  ],
  "Guides": [
    { name: "images", source: "docs/images.md", title: "Your images" },
    { name: "recipes", source: "docs/recipes.md", title: "Recipes" },
    { name: "analysis", source: "docs/analysis.md", title: "Analysis" },
    { name: "scripting", source: "docs/scripting.md", title: "Scripting" },
    { name: "many-machines", source: "docs/many-machines.md", title: "Several machines" },
  ],
  "Results": [
    { name: "results", source: "docs/results.md", title: "Beside the paper" },
    { name: "cifar10_lt", source: "docs/cifar10_lt.md", title: "CIFAR-10-LT" },
    { name: "data", source: "data/README.md", title: "Data and runs" },
    { name: "speed", source: "docs/speed.md", title: "Speed" },
    { name: "faults", source: "docs/faults.md", title: "Faults" },
  ],
  "Tables": [
    { name: "methods", source: "docs/methods.md", title: "Methods" },
    { name: "settings", source: "docs/settings.md", title: "Settings" },
  ],
  "Development": [
    { name: "architecture", source: "ARCHITECTURE.md", title: "Architecture" },
    { name: "contributing", source: "CONTRIBUTING.md", title: "Contributing" },
    { name: "changes", source: "CHANGELOG.md", title: "Changes" },
  ],
};

/** All pages. */
export const PAGES: readonly Page[] = Object.values(GROUPS).flat();
