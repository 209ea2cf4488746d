/**
 * Packages of the documentation site, pinned.
 *
 * @module
 */
export { default as highlight } from "npm:highlight.js@11.12.0";
export { Marked, type Token, type Tokens } from "npm:marked@18.2.1";
export { gfmHeadingId } from "npm:marked-gfm-heading-id@4.1.4";
export { markedHighlight } from "npm:marked-highlight@2.2.4";
export { default as MiniSearch } from "npm:minisearch@7.2.0";
