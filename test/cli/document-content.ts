// The content of a document: the commands that its reader types, and its links.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A command of a document. */
export interface DocumentedCommand {
  /** The title of the section; empty before the first one. */
  readonly section: string;
  /** The line as it is typed, without its comment. */
  readonly line: string;
  /** Whether it stands in a block of code, not within a sentence. */
  readonly inBlock: boolean;
}

/** Reads a document of the repository. */
export const readDocument = (file: string): string => readFileSync(resolve(root, file), 'utf8');

/** Returns the commands of a document in its order: every line of its `sh` blocks, and code within its sentences. */
export function commandsOf(text: string): DocumentedCommand[] {
  const [, ...sections] = `\n## \n${text.replaceAll(/<!--[\s\S]*?-->/g, '')}`.split(/\n## /);
  return sections.flatMap((content) => {
    const end = content.indexOf('\n');
    const section = content.slice(0, end);
    const code = content.slice(end).matchAll(/```(\w*)\n([\s\S]*?)```|`([^`\n]+)`/g);
    return [...code].flatMap(([, language, block = '', inline = '']): DocumentedCommand[] => {
      if (language === 'sh') return linesOf(block).map((line) => ({ section, line, inBlock: true }));
      return /^(?:npx|npm|portcullis) /.test(inline) ? [{ section, line: inline, inBlock: false }] : [];
    });
  });
}

/** Returns the lines of a block, without comments; a line that ends with a backslash continues. */
function linesOf(block: string): string[] {
  const lines = block.replaceAll(/\\\n\s*/g, '').split('\n');
  return lines.map((line) => line.replace(/(?:^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}

/** Returns the commands of a document that are typed, each once: in a block if it stands in one. */
export function typedCommands(document: string): DocumentedCommand[] {
  const commands = commandsOf(readDocument(document)).map((command) => ({
    ...command,
    line: command.line.replace(/^portcullis /, 'npx portcullis '),
  }));
  const ordered = [...commands.filter(({ inBlock }) => inBlock), ...commands.filter(({ inBlock }) => !inBlock)];
  const first = new Map(ordered.toReversed().map((command) => [command.line, command]));
  return commands.filter((command) => first.get(command.line) === command);
}

/** Links and pictures of a document, except those to other hosts. Text in code is not a link. */
export function linksOf(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, to = '']) => (/^[a-z]+:/.test(to) ? [] : [to]));
}
