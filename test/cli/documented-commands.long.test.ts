// All documents whose commands a reader types in order, in the packed package. `package.test.ts` runs the README's main path.
import { afterAll, beforeAll, describe } from 'vitest';
import { describeJourney } from './describe-journey.ts';
import { JOURNEYS } from './document-journeys.ts';
import { itRunsInitExamples } from './init-examples.ts';
import { type InstalledPackage, installPackage } from './installed-package.ts';
import { itRunsTestingExamples } from './testing-examples.ts';

describe('the documents, typed as they are', () => {
  let installed: InstalledPackage;
  beforeAll(async () => {
    installed = await installPackage();
  });
  afterAll(() => installed.remove());

  itRunsTestingExamples(() => installed);
  itRunsInitExamples(() => installed);
  for (const document of Object.keys(JOURNEYS)) describeJourney(document, () => installed);
});
