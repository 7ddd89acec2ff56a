import type { RunTrigger } from '../../tenant/actions/library/published-triggers.ts';
import { eventTemplate } from '../../tenant/actions/triggers/trigger-event-template.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the event template of a trigger as JSON. */
export async function printEvent(
  { trigger }: { readonly trigger: RunTrigger },
  { stdout }: Terminal,
): Promise<ExitStatus> {
  stdout.write(`${JSON.stringify(eventTemplate(trigger), null, 2)}\n`);
  return EXIT_STATUS.ok;
}
