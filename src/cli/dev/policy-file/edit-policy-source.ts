import { isDeepStrictEqual } from 'node:util';
import { javascriptLiteral, type Literal, propertyName } from '../../../action/javascript-literal.ts';
import { closingOf, elementsOf, findPolicyObject, propertiesOf, type SourceProperty } from './source-object.ts';

/** Plain data: a rule as the form sends it. */
export type PlainRecord = { readonly [name: string]: Literal | undefined };

/** A change of one rule. */
export interface RuleChange {
  readonly list: 'refuse' | 'admit';
  /** The name of the rule that is changed; `undefined` for a new one. */
  readonly name: string | undefined;
  /** The rule as it is now; only the fields that differ are written. */
  readonly before: PlainRecord | undefined;
  /** `undefined`: the rule is removed. */
  readonly after: PlainRecord | undefined;
}

/**
 * Changes one rule in the source of a configuration file. Everything else stays as it is written, comments included.
 *
 * @returns `undefined` if the file writes the rule in another way than as a literal
 * @example editPolicySource(source, { list: 'admit', name: undefined, before: undefined, after: { rule: 'staff', when: {} } })
 */
export function editPolicySource(source: string, change: RuleChange): string | undefined {
  const policy = findPolicyObject(source);
  if (policy === undefined) return undefined;
  const list = propertiesOf(source, policy).find(({ name }) => name === change.list);
  if (change.name === undefined) return change.after === undefined ? undefined : added(source, policy, list, change);
  if (list === undefined || source[list.valueStart] !== '[') return undefined;
  const element = elementsOf(source, list.valueStart).find(
    ({ start }) => source[start] === '{' && ruleName(source, start) === change.name,
  );
  if (element === undefined) return undefined;
  if (change.after === undefined) return without(source, element.start, element.end);
  return changed(source, element.start, change.before ?? {}, change.after);
}

function added(
  source: string,
  policy: number,
  list: SourceProperty | undefined,
  { list: name, after = {} }: RuleChange,
): string | undefined {
  if (list === undefined) {
    const properties = propertiesOf(source, policy);
    const indentation = indentationAt(source, properties.at(-1)?.start ?? policy);
    const rule = literal(after, `${indentation}  `);
    return insert(source, policy, `${name}: [\n${indentation}  ${rule},\n${indentation}]`);
  }
  if (source[list.valueStart] !== '[') return undefined;
  const last = elementsOf(source, list.valueStart).at(-1);
  const indentation = last === undefined ? `${indentationAt(source, list.start)}  ` : indentationAt(source, last.start);
  return insert(source, list.valueStart, literal(after, indentation));
}

/** Sets the fields that differ, in the object literal at a place and in the literals in it. */
function changed(source: string, open: number, before: PlainRecord, after: PlainRecord): string | undefined {
  let text = source;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, next] = [before[name], after[name]];
    if (isDeepStrictEqual(old, next)) continue;
    const property = propertiesOf(text, open).find((one) => one.name === name);
    const indentation = property === undefined ? '' : indentationAt(text, property.start);
    if (next === undefined) {
      if (property === undefined) return undefined;
      text = without(text, property.start, property.end);
    } else if (property === undefined) {
      text = insert(text, open, `${propertyName(name)}: ${literal(next, indentationAt(text, open))}`);
    } else if (text[property.valueStart] === '{' && isRecord(old) && isRecord(next)) {
      const inner = changed(text, property.valueStart, old, next);
      if (inner === undefined) return undefined;
      text = inner;
    } else {
      text = text.slice(0, property.valueStart) + literal(next, indentation) + text.slice(property.end);
    }
  }
  return text;
}

/** Adds a part at the end of the bracket at a place, on a line of its own if the others are. */
function insert(source: string, open: number, part: string): string {
  const last = elementsOf(source, open).at(-1);
  const close = closingOf(source, open);
  const behind = last?.end ?? open + 1;
  const rest = source.slice(behind, close);
  const comma = last === undefined ? '' : ',';
  const ownComma = /^\s*,/.test(rest) ? rest.indexOf(',') + 1 : 0;
  const at = behind + ownComma;
  const lead = ownComma > 0 ? '' : comma;
  if (!source.slice(open, close).includes('\n')) {
    const space = source[open] === '{' ? ' ' : '';
    const before = last === undefined ? space : ' ';
    return `${source.slice(0, at)}${lead}${before}${part}${last === undefined ? space : ''}${source.slice(at)}`;
  }
  const indentation = last === undefined ? `${indentationAt(source, open)}  ` : indentationAt(source, last.start);
  // A comment behind the last part stays on its line.
  const comment = /^[ \t]*\/\/[^\n]*/.exec(source.slice(at))?.[0] ?? '';
  const end = at + comment.length;
  return `${source.slice(0, at)}${lead}${comment}\n${indentation}${part},${source.slice(end)}`;
}

/** Removes a part with its comma, and its line if nothing else is on it. */
function without(source: string, start: number, end: number): string {
  const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const isFirst = source.slice(lineStart, start).trim() === '';
  const after = end + comma;
  const lineEnd = source.indexOf('\n', after);
  if (isFirst && lineEnd >= 0 && source.slice(after, lineEnd).trim() === '') {
    return source.slice(0, lineStart) + source.slice(lineEnd + 1);
  }
  if (comma > 0) return source.slice(0, start) + source.slice(after).replace(/^[ \t]+/, '');
  // The last part of a line takes the comma before it.
  return source.slice(0, start).replace(/,\s*$/, '') + source.slice(end);
}

function ruleName(source: string, open: number): string | undefined {
  const property = propertiesOf(source, open).find(({ name }) => name === 'rule');
  const [, single, double] =
    /^(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")$/.exec(
      property === undefined ? '' : source.slice(property.valueStart, property.end),
    ) ?? [];
  return (single ?? double)?.replace(/\\(.)/g, '$1');
}

/** Short literals are on one line. */
function literal(value: Literal, indentation: string): string {
  const lines = javascriptLiteral(value, indentation);
  const oneLine = lines
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .replace(/,? ([}\]])/g, (_, close) => (close === '}' ? ' }' : close))
    .replace(/\[ /g, '[');
  return lines.includes("'") && oneLine.length + indentation.length <= 120 && isPlain(value) ? oneLine : lines;
}

/** Whether no text in the value could be mistaken for the end of a line or a bracket. */
function isPlain(value: Literal): boolean {
  return !/[{}[\],]|\s{2}/.test(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'object' ? inner : String(inner)))
      .match(/"(?:[^"\\]|\\.)*"/g)
      ?.join('') ?? '',
  );
}

function isRecord(value: Literal | undefined): value is PlainRecord {
  return typeof value === 'object' && !Array.isArray(value);
}

function indentationAt(source: string, at: number): string {
  return /^[ \t]*/.exec(source.slice(source.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}
