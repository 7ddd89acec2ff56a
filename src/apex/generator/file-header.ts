/** The header of every generated file. */
export interface FileHeader {
  readonly what: string;
  readonly changes: string;
  readonly run: string;
  readonly undo: string;
  readonly checked: string;
}

/** The header as SQL comments. */
export function sqlHeader(header: FileHeader): string {
  return entries(header)
    .map(([name, text]) => `-- ${name}: ${sqlComment(text)}`)
    .join('\n');
}

/** The header of a Markdown page. */
export function markdownHeader(header: FileHeader): string {
  return entries(header)
    .map(([name, text]) => `- **${name}**: ${text}`)
    .join('\n');
}

/** Makes text safe in a one-line comment: it cannot end it, nor be taken for a substitution or a continued line. */
function sqlComment(text: string): string {
  return text
    .replace(/[^\x20-\x7e]/g, '?')
    .replaceAll('&', '+')
    .replace(/-+$/, '');
}

function entries({ what, changes, run, undo, checked }: FileHeader): [string, string][] {
  return [
    ['What it is', what],
    ['What it changes', changes],
    ['How to run it', run],
    ['How to undo it', undo],
    ['How it was checked', checked],
  ];
}

/** The check of every generated SQL file. */
export const NEVER_RUN =
  'by a tokenizer of quotes, blocks and literals. It was never run on an Oracle database: try it on a copy first.';
