import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, the longest first. They take long whatever their length, and a fresh clone knows of a file nothing
 * else: started last, each would leave the other workers idle.
 */
const longest = [
  'tools/deploy-cli/deploy-cli.long.test.ts',
  'cli/documented-commands.long.test.ts',
  'tools/deploy-cli/connections.long.test.ts',
  'tools/deploy-cli/deploy-cli.test.ts',
  'cli/package.test.ts',
  'reliability/management-fuzz.test.ts',
  'reliability/kill.test.ts',
];

/** Runs the longest files first, and the others in the order that Vitest gives them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // Within a project, since Vitest runs one after the other.
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const placeOf = (file: TestSpecification) => projects.indexOf(file.project) * 100 + rankOf(file);
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = longest.findIndex((file) => moduleId.endsWith(`/test/${file}`));
  return rank === -1 ? longest.length : rank;
}
