import type { Difference, Reached } from './reached.ts';
import { formatShare, unexplainedOf } from './reached.ts';

/**
 * The part of `docs/supported.md` about the recorded conversations: the share that was answered as recorded, and every exchange
 * that was not, with the reason.
 *
 * @example recordingsSection(readReached()) // '## Recorded conversations\n…'
 */
export function recordingsSection(reached: Reached): string {
  const explained = reached.differences.filter(({ reason }) => reason !== '');
  const rows = [...Map.groupBy(explained, differenceKey).values()].map(formatRow);
  return `## Recorded conversations

${reached.conversations} recorded conversations with the real service, ${reached.exchanges} requests and answers, are replayed, each against an empty
tenant (\`npm run replay\`, if the recordings are there).

| the tenant's answer has | exchanges |
|---|---|
| the recorded status | ${formatShare(reached, 'status')} |
| and the recorded shape: every member, of its type, and no other | ${formatShare(reached, 'shape')} |
| and the recorded values, except those that the service generates | ${formatShare(reached, 'values')} |

${unexplainedOf(reached).length} exchanges differ for a reason that is not known yet. The others that differ, each with its reason:

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
