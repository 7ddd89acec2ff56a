import type { Difference, Reached } from './reached.ts';
import { shareOf } from './reached.ts';

/**
 * The part of `docs/supported.md` about the recorded conversations: how much was answered as recorded, and every exchange
 * that was not, with the reason.
 *
 * @example recordingsSection(readReached()) // '## Recorded conversations\n…'
 */
export function recordingsSection(reached: Reached): string {
  const rows = [...Map.groupBy(reached.differences, keyOf).values()].map(rowOf);
  return `## Recorded conversations

${reached.conversations} conversations that were held with the real service, ${reached.exchanges} requests and answers, are replayed against an empty tenant
each (\`npm run replay\`, where the recordings are).

| the tenant's answer has | exchanges |
|---|---|
| the recorded status | ${shareOf(reached, 'status')} |
| and the recorded shape: every member, of its type, and no other | ${shareOf(reached, 'shape')} |
| and the recorded values, but for those that the service makes up | ${shareOf(reached, 'values')} |

Those that differ, each with the reason:

| conversation | exchanges | request | what differs | why |
|---|---|---|---|---|
${rows.join('\n')}`;
}

/** @returns `3 of 4`; empty where nothing was recorded of the operation */
export function replayedOf(reached: Reached, operation: string): string {
  const [asked, same] = reached.operations[operation] ?? [0, 0];
  return asked === 0 ? '' : `${same} of ${asked}`;
}

function keyOf({ conversation, operation, said }: Difference): string {
  return JSON.stringify([conversation, operation, said]);
}

function rowOf(alike: readonly Difference[]): string {
  const [first] = alike;
  if (first === undefined) return '';
  const numbers = alike.map(({ exchange }) => `#${exchange}`).join(' ');
  const cells = [
    first.conversation,
    numbers,
    `\`${first.operation}\``,
    `\`${first.said.replaceAll('`', "'")}\``,
    first.reason,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
