/**
 * Formats a text as a Terraform string, in which nothing counts as a template.
 *
 * Source: Terraform's documentation, "Strings and Templates".
 *
 * @example hclText('a "b" ${c}') // '"a \\"b\\" $${c}"'
 */
export function hclText(text: string): string {
  const escaped = text.replace(/[\\"\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|[$%](?=\{)/gu, (found) => {
    if (found === '\\' || found === '"') return `\\${found}`;
    if (found === '$' || found === '%') return found + found;
    const code = found.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** @example hclList(['a', 'b']) // '["a", "b"]' */
export function hclList(texts: readonly string[]): string {
  return `[${texts.map(hclText).join(', ')}]`;
}

/**
 * Formats attributes of a block with their equals signs in one column, like `terraform fmt`.
 *
 * @example hclAttributes('  ', { name: '"APEX"', id: '"1"' }) // '  name = "APEX"\n  id   = "1"'
 */
export function hclAttributes(indentation: string, attributes: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(attributes).map(({ length }) => length));
  return Object.entries(attributes)
    .map(([name, value]) => `${indentation}${name.padEnd(width)} = ${value}`)
    .join('\n');
}

/** Adds an import block for an existing item; Terraform ignores it after the import. */
export function withImport(to: string, id: string | undefined, block: string): string {
  if (id === undefined) return block;
  return `import {\n${hclAttributes('  ', { to, id: hclText(id) })}\n}\n\n${block}`;
}
