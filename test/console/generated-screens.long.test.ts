import { describe, expect, it } from 'vitest';
import type { DescribedOperation } from '../../src/console/screens/resources/description.ts';
import {
  isParameter,
  pathOf,
  type ResourceNode,
  resourceTree,
  sectionsOf,
} from '../../src/console/screens/resources/resource-tree.ts';
import { describedOperationsDocument } from '../../src/tenant/console/description-document.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import type { View } from './console-in-browser.ts';
import { openGate } from './gate-in-browser.ts';

const narrow = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
/** The generated screens are made of the same few parts. */
const fewViews: readonly View[] = [
  { viewport: narrow, colorScheme: 'light' },
  { viewport: laptop, colorScheme: 'dark' },
  { viewport: large, colorScheme: 'light' },
];

const root = resourceTree(describedOperationsDocument() as readonly DescribedOperation[]);

/** The sections of all families, and those of a thing of each list that exists nowhere. */
function generatedPaths(node: ResourceNode = root, values: readonly string[] = []): string[] {
  const below = [...node.literals, ...(node.parameter === undefined ? [] : [node.parameter])];
  return below.flatMap((one) => {
    const own = isParameter(one) ? [...values, one.parameterValues?.[0] ?? 'x1'] : values;
    const isSubject = node === root || isParameter(one);
    const sections = isSubject ? sectionsOf(one).map((section) => pathOf({ node: section, values: own })) : [];
    return [...sections, ...generatedPaths(one, own)];
  });
}

describe('every screen of the console', () => {
  const console = consoleForEachTest(openGate);

  it('that is generated has no finding of axe, and is not wider than the window', async () => {
    const paths = generatedPaths();
    expect(paths.length).toBeGreaterThan(150);
    for (const path of paths) {
      await console.open(`resources/${path}`);
      await console.page.locator('.section').waitFor();
      await console.checkAppearance(path, fewViews);
    }
  });
});
