/**
 * Packages that are downloaded on first use.
 *
 * @module
 */

/**
 * An empty part of a specifier, as in ``import(`npm:nanotar@0.3.0/${ON_USE}`)``. Deno downloads what `import()` names by a
 * plain string as soon as the importing module is loaded, but what it names by a template only when the import is
 * evaluated; `deno publish` can analyse both.
 */
export const ON_USE = "";
