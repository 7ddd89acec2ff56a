import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * The first mistake, in the words of the JSON Schema validator that Auth0 uses (z-schema), such as
 * `Payload validation error: 'Expected type string but found type integer' on property name.`
 *
 * @param part the part of the request: `Payload`, `Query` or `Path`
 * @example
 * validationMessage('Payload', schema.safeParse(body, { reportInput: true }).error)
 */
export function validationMessage(part: 'Payload' | 'Query' | 'Path', error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return `${part} validation error.`;
  const missing = isMissing(issue);
  const path = missing ? issue.path.slice(0, -1) : issue.path;
  const where = path.length === 0 ? '' : ` on property ${pathText(path)}`;
  return `${part} validation error: '${missing ? `Missing required property: ${String(issue.path.at(-1))}` : text(issue)}'${where}.`;
}

function isMissing(issue: Issue): boolean {
  const absent = issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union';
  return absent && issue.input === undefined && issue.path.length > 0;
}

function text(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Expected type ${expectedType(issue.expected)} but found type ${foundType(issue.input)}`;
    case 'unrecognized_keys':
      return `Additional properties not allowed: ${issue.keys.join(',')}`;
    case 'invalid_value':
      return `No enum match for: ${shown(issue.input)}`;
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return issue.format === 'regex'
        ? `String does not match pattern ${sourceOf(issue.pattern)}: ${shown(issue.input)}`
        : `Object didn't pass validation for format ${issue.format}: ${shown(issue.input)}`;
    case 'invalid_union':
      return "Data does not match any schemas from 'oneOf'";
    default:
      return issue.message;
  }
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>): string {
  const { input, minimum } = issue;
  if (typeof input === 'string') return `String is too short (${input.length} chars), minimum ${minimum}`;
  if (Array.isArray(input)) return `Array is too short (${input.length}), minimum ${minimum}`;
  if (typeof input === 'object') return `Too few properties defined (${sizeOf(input)}), minimum ${minimum}`;
  return `Value ${shown(input)} is less than minimum ${minimum}`;
}

function tooBig(issue: Extract<Issue, { code: 'too_big' }>): string {
  const { input, maximum } = issue;
  if (typeof input === 'string') return `String is too long (${input.length} chars), maximum ${maximum}`;
  if (Array.isArray(input)) return `Array is too long (${input.length}), maximum ${maximum}`;
  if (typeof input === 'object') return `Too many properties defined (${sizeOf(input)}), maximum ${maximum}`;
  return `Value ${shown(input)} is greater than maximum ${maximum}`;
}

/** `options.mfa.active`, `groups[0].email` */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
    .join('');
}

function expectedType(expected: string): string {
  // All numbers of the API are integers. Zod reports that only for values that are not numbers.
  const names: Record<string, string> = { int: 'integer', number: 'integer', record: 'object' };
  return names[expected] ?? expected;
}

function foundType(input: unknown): string {
  if (input === null || input === undefined) return 'null';
  if (Array.isArray(input)) return 'array';
  if (typeof input === 'number') return Number.isInteger(input) ? 'integer' : 'number';
  return typeof input;
}

function sizeOf(input: unknown): number {
  return Object.keys(input ?? {}).length;
}

/** The value of the request, shortened for a message. */
function shown(input: unknown): string {
  const whole = typeof input === 'string' ? input : (JSON.stringify(input) ?? '');
  return whole.length > 100 ? `${whole.slice(0, 100)}…` : whole;
}

/** Zod stores a pattern as the text of a regular expression literal. */
function sourceOf(pattern: string | undefined): string {
  return (pattern ?? '').replace(/^\/(.*)\/[a-z]*$/s, '$1');
}
