import { createRequire } from 'node:module';

/** The package's own types bring a browser's with them, which are not Node's. */
const { parse } = createRequire(import.meta.url)('@cdktf/hcl2json') as {
  readonly parse: (name: string, text: string) => Promise<Hcl>;
};

/** What a file of Terraform says, blocks by their kind, type and label. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is that of the file
export type Hcl = Record<string, any>;

/**
 * Reads a file with the parser of Terraform itself, compiled to WebAssembly.
 *
 * @throws Error with the parser's own words where the file is none
 */
export function parseTerraform(text: string): Promise<Hcl> {
  return parse('portcullis.tf', text);
}
