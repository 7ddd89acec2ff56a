// Runs the commands of a document in their order, as they are typed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTROL_C, hasTerminal, type TerminalSession } from './at-terminal.ts';
import { typedCommands } from './document-content.ts';
import { JOURNEYS } from './document-journeys.ts';
import { openProject, type Project } from './documentation-project.ts';
import type { InstalledPackage } from './installed-package.ts';

/**
 * Describes the run of a document's commands.
 *
 * @param installed returns the package, once it is installed
 * @param sections the sections whose commands are run; all by default
 */
export function describeJourney(
  document: string,
  installed: () => InstalledPackage,
  sections?: readonly string[],
): void {
  const journey = JOURNEYS[document] ?? {};
  const lines = typedCommands(document)
    .filter(({ section }) => sections?.includes(section) ?? true)
    .map(({ line }) => line);

  describe.skipIf(!hasTerminal)(`the commands of ${document}`, () => {
    let project: Project;
    const staying: TerminalSession[] = [];
    beforeAll(async () => {
      project = await openProject(document, installed());
    });
    afterAll(async () => {
      await project.close();
    });

    for (const line of lines) {
      const step = journey[line];
      if (step === undefined || 'notRun' in step) continue;
      const { status = 0, before, meanwhile, stays, fill = {} } = step;
      it(`${line} ends with ${status}`, async () => {
        await before?.(project);
        const typed = Object.entries(fill).reduce((text, [word, value]) => text.replace(word, value), line);
        const session = project.start(typed);
        await meanwhile?.(session, project);
        if (stays) {
          staying.push(session);
          return;
        }
        const ended = await session.ended;
        expect(ended.status, ended.said).toBe(status);
      });
    }

    if (!lines.some((line) => isStaying(journey[line]))) return;
    it('what still runs ends with Ctrl-C', async () => {
      for (const session of staying) {
        await session.press(CONTROL_C);
        expect((await session.ended).status).toBe(130);
      }
    });
  });
}

const isStaying = (step: (typeof JOURNEYS)[string][string] | undefined) =>
  step !== undefined && 'stays' in step && step.stays === true;
