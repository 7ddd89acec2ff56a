import type { Difference, Reached } from './reached.ts';
import { formatShare } from './reached.ts';

/**
 * The part of `docs/supported.md` about the recorded conversations: the share that was answered as recorded, and every exchange
 * that was not, with the reason.
 *
 * @example recordingsSection(readReached()) // '## Recorded conversations\n…'
 */
export function recordingsSection(reached: Reached): string {
  const rows = [...Map.groupBy(reached.differences, differenceKey).values()].map(formatRow);
  return `## Recorded conversations

${reached.conversations} recorded conversations with the real service, ${reached.exchanges} requests and answers, are replayed, each against an empty
tenant (\`npm run replay\`, if the recordings are there).

| the tenant's answer has | exchanges |
|---|---|
| the recorded status | ${formatShare(reached, 'status')} |
| and the recorded shape: every member, of its type, and no other | ${formatShare(reached, 'shape')} |
| and the recorded values, except those that the service generates | ${formatShare(reached, 'values')} |

The exchanges that differ, each with the reason:

| conversation | exchanges | request | what differs | why |
|---|---|---|---|---|
${rows.join('\n')}`;
}

/** @returns such as `3 of 4`; empty if there is no recording of the operation */
export function formatReplayed(reached: Reached, operation: string): string {
  const [total, same] = reached.operations[operation] ?? [0, 0];
  return total === 0 ? '' : `${same} of ${total}`;
}

function differenceKey({ conversation, operation, said }: Difference): string {
  return JSON.stringify([conversation, operation, said]);
}

function formatRow(differences: readonly Difference[]): string {
  const [first] = differences;
  if (first === undefined) return '';
  const numbers = differences.map(({ exchange }) => `#${exchange}`).join(' ');
  const cells = [
    first.conversation,
    numbers,
    `\`${first.operation}\``,
    `\`${first.said.replaceAll('`', "'")}\``,
    first.reason,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
