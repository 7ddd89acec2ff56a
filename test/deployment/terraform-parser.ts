import { createRequire } from 'node:module';

/** Loaded without types: the package's own types include a browser's, which differ from Node's. */
const { parse } = createRequire(import.meta.url)('@cdktf/hcl2json') as {
  readonly parse: (name: string, text: string) => Promise<Hcl>;
};

/** The content of a Terraform file: blocks by their kind, type and label. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is that of the file
export type Hcl = Record<string, any>;

/**
 * Parses a file with the parser of Terraform itself, compiled to WebAssembly.
 *
 * @throws Error with the parser's message if the file is invalid
 */
export function parseTerraform(text: string): Promise<Hcl> {
  return parse('portcullis.tf', text);
}
