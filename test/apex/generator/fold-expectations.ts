const CALL =
  /^ {2}expect\((\d+), ('[^']*'), ([\s\S]*?), (true|false), apex_t_varchar2\((.*)\), (.*, timestamp '.*'),\n {4}('.*', '.*', .*)\);$/gm;

/**
 * Returns `expected-decisions.sql` in a form without repetition: the script around the calls, the role sets, and for each address
 * the decision of each role set. Addresses with the same decisions share one list.
 *
 * @throws {Error} if the calls are not numbered from 1, or a block differs from the first one in anything except its calls
 */
export function foldExpectations(script: string): string {
  const calls = [...script.matchAll(CALL)].map(
    ([, number, application, email, verified, roles, situation, decision]) => {
      return {
        number: Number(number),
        who: `${application}, ${email}`,
        roles: `${verified} (${roles}) ${situation}`,
        decision,
      };
    },
  );
  const frame = foldBlocks(script.replaceAll(CALL, '').replaceAll(/\n{2,}/g, '\n'));
  const misnumbered = calls.find(({ number }, index) => number !== index + 1);
  if (calls.length === 0 || misnumbered !== undefined) throw new Error(`Call ${misnumbered?.number} is out of order.`);
  const people = new Map<string, string[]>();
  for (const [who, theirCalls] of Map.groupBy(calls, (call) => call.who)) {
    const decisions = theirCalls.map(({ roles, decision }) => `  ${roles}: ${decision}`).join('\n');
    people.set(decisions, [...(people.get(decisions) ?? []), who]);
  }
  const lists = [...people].map(([decisions, who]) => `${who.join('\n')}\n${decisions}\n`);
  return `${frame}\n${lists.join('\n')}`;
}

/** The first block represents all. */
function foldBlocks(frame: string): string {
  const blocks = frame.match(/^declare\n[\s\S]*?^\/\n/gm) ?? [];
  const bounds = blocks.map((block) => /'pass: visitors (\d+ to \d+)'/.exec(block)?.[1]);
  const plain = new Set(blocks.map((block) => block.replace(/'pass: visitors \d+ to \d+'/, "'pass: visitors …'")));
  const [only, another] = plain;
  if (only === undefined || another !== undefined) throw new Error('The blocks differ in more than their calls.');
  const [before = '', after = ''] = [
    frame.slice(0, frame.indexOf('declare\n')),
    frame.slice(frame.lastIndexOf('/\n') + 2),
  ];
  return `${before}${only}${bounds.join('\n')}\n${after}`;
}
