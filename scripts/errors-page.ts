import { AREAS, exitStatusOf, type ProblemCode } from '../src/problem/catalogue.ts';
import type { ProblemEntry } from '../src/problem/problem-entry.ts';

const HEAD = `# Errors

Made from the catalogue in \`src/problem\` by \`npm run errors\`. A test fails if it is stale.

Every error of Portcullis has a code, a message that says what happened and why, and a remedy that says what to do next. The code is
stable: compare it in scripts, and not the message. At a terminal and in a pipe the command prints all three on standard error:

\`\`\`
error .portcullis is not empty and holds no tenant. [data_folder_foreign]
  Name an empty or a new folder: --data FOLDER
\`\`\`

With \`--json\` the same is one line on standard output; \`file\`, \`line\` and \`mistakes\` are there if they are known:

\`\`\`json
{"error":{"code":"data_folder_foreign","message":"…","remedy":"Name an empty or a new folder: --data FOLDER"}}
\`\`\`

The remedy of a table is the general one. The error itself names the file, the port or the application that it is about.
\`PORTCULLIS_DEBUG=1\` adds the stack trace. The remaining exit statuses are in [Commands](commands/README.md#exit-statuses); what the
local tenant answers over HTTP has the codes of Auth0, and is in [the operations](supported.md).
`;

/**
 * The whole of docs/errors.md.
 *
 * @example writeFileSync('docs/errors.md', errorsPage());
 */
export function errorsPage(): string {
  const tables = Object.entries(AREAS).map(([area, entries]) => {
    const rows = Object.entries<ProblemEntry>(entries).map(
      ([code, { meaning, remedy }]) =>
        `| \`${code}\` | ${exitStatusOf(code as ProblemCode)} | ${cell(meaning)} | ${cell(remedy)} |`,
    );
    return [`## ${area}`, '', '| code | exit | what happened | what to do |', '|---|---|---|---|', ...rows, ''].join(
      '\n',
    );
  });
  return [HEAD, ...tables].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
