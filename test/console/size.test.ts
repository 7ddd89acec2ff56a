import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import type { ConsoleSite } from '../../src/tenant/console/console-site.ts';

const KB = 1000;

describe('the bundle of the console', () => {
  let site: ConsoleSite;
  beforeAll(async () => {
    site = await loadConsoleSite();
  });

  const text = (name: string) => new TextDecoder().decode(site.files.get(name)?.body);
  const compressed = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + gzipSync(site.files.get(name)?.body ?? '').length, 0);

  it('has at most 150 kB of compressed files for the first screen: scripts, style sheet and font', () => {
    const fonts = [...site.files.keys()].filter((name) => name.endsWith('.woff2'));
    expect(fonts).toHaveLength(1);
    const first = compressed([site.script, ...site.preloaded, site.stylesheet, ...fonts]);
    expect(first).toBeGreaterThan(10 * KB);
    expect(first).toBeLessThanOrEqual(150 * KB);
  });

  it('excludes the editor, the drag-and-drop library and the palette, which are loaded on demand', () => {
    const first = [site.script, ...site.preloaded].map(text).join('\n');
    const others = [...site.files.keys()]
      .filter((name) => name.endsWith('.js') && name !== site.script && !site.preloaded.includes(name))
      .map(text)
      .join('\n');
    for (const mark of ['cm-content', 'DndDescribedBy', 'palette-list']) {
      expect(first).not.toContain(mark);
      expect(others).toContain(mark);
    }
  });

  it('contains no address of another machine', () => {
    for (const [name, { body }] of site.files) {
      const addresses = new TextDecoder().decode(body).match(/https?:\/\/[\w.-]+/g) ?? [];
      // Namespaces, and documentation links in messages of libraries. The console requests none of them.
      const known = /w3\.org|react\.dev|github\.com|localhost|openid\.net|schemas\.|rfc-editor|example\.com|docs\.rs/;
      expect(
        addresses.filter((address) => !known.test(address)),
        name,
      ).toEqual([]);
    }
  });
});
