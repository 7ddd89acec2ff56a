import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const design = read('docs/design/console.md');

/** The colours of the tokens in both themes. */
const tokens = new Map(
  [...read('src/console/style/tokens.css').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** Colours in front of grounds, and the contrast that they need. */
const pairs: readonly (readonly [front: string, grounds: readonly string[], needed: number])[] = [
  ['text', ['page', 'surface', 'raised', 'lifted', 'chosen'], 4.5],
  ['muted', ['page', 'surface', 'raised', 'chosen'], 4.5],
  ['accent', ['page', 'surface', 'raised', 'chosen'], 4.5],
  ['good', ['page', 'surface', 'raised', 'good-ground'], 4.5],
  ['warning', ['page', 'surface', 'raised', 'warning-ground'], 4.5],
  ['danger', ['page', 'surface', 'raised', 'danger-ground'], 4.5],
  ['on-accent', ['accent'], 4.5],
  ['on-danger', ['danger'], 4.5],
  ['control-line', ['page', 'surface', 'raised'], 3],
];

/** Source: WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(front: string, ground: string): number {
  const [darker = 0, lighter = 0] = [luminance(front), luminance(ground)].sort((one, other) => one - other);
  return (lighter + 0.05) / (darker + 0.05);
}

const colour = (name: string, theme: 'light' | 'dark') => {
  const value = tokens.get(name)?.[theme];
  if (value === undefined) throw new Error(`There is no token ${name}.`);
  return value;
};

const rows = pairs.flatMap(([front, grounds, needed]) =>
  grounds.map((ground) => {
    const of = (theme: 'light' | 'dark') => contrast(colour(front, theme), colour(ground, theme));
    return { front, ground, needed, light: of('light'), dark: of('dark') };
  }),
);

describe('the colours of the console', () => {
  it('have enough contrast in both themes', () => {
    expect(rows.filter(({ light, dark, needed }) => Math.min(light, dark) < needed)).toEqual([]);
  });

  it('are documented with their contrast', () => {
    const figures = rows.map(
      ({ front, ground, light, dark }) => `| ${front} on ${ground} | ${light.toFixed(1)} | ${dark.toFixed(1)} |`,
    );
    expect(figures.filter((figure) => !design.includes(figure))).toEqual([]);
    const documented = [...design.matchAll(/^\| `--([\w-]+)` \| `(#\w{6})` \| `(#\w{6})` \|/gm)];
    expect(documented.length).toBeGreaterThan(10);
    for (const [, name = '', light, dark] of documented) expect(tokens.get(name), name).toEqual({ light, dark });
  });
});
