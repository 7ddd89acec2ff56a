/**
 * A text as Terraform writes it: nothing in it is taken for a template.
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
 * Attributes of a block with their signs in one column, as `terraform fmt` has it.
 *
 * @example hclAttributes('  ', { name: '"APEX"', id: '"1"' }) // '  name = "APEX"\n  id   = "1"'
 */
export function hclAttributes(indentation: string, attributes: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(attributes).map(({ length }) => length));
  return Object.entries(attributes)
    .map(([name, value]) => `${indentation}${name.padEnd(width)} = ${value}`)
    .join('\n');
}

/** Imports what is there; Terraform takes no notice of it once it is. */
export function withImport(to: string, id: string | undefined, block: string): string {
  if (id === undefined) return block;
  return `import {\n${hclAttributes('  ', { to, id: hclText(id) })}\n}\n\n${block}`;
}
