import type { SeedOmission } from '../testing/seed/seed.ts';
import { printable } from './printable.ts';

/**
 * Describes what a tenant did not take of its seeds, a line each.
 *
 * @example omissionLines([{ kind: 'rules', reason: 'Auth0 has replaced Rules by Actions.' }])
 */
export function omissionLines(omissions: readonly SeedOmission[]): string {
  const lines = omissions.map(({ kind, name, reason }) => {
    const what = name === undefined ? kind : `${kind} "${printable(name)}"`;
    return `  not taken: ${what}. ${printable(reason)}\n`;
  });
  return lines.join('');
}
