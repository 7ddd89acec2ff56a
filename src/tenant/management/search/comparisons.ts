import type { Bound, Comparison, Search } from '../../store/search/search.ts';
import { type Period, periodOf } from './date-period.ts';
import { queryError, quoted } from './query-error.ts';
import type { RangeEnd, Word } from './query-tokens.ts';
import type { FieldType } from './search-language.ts';

/** `name:"jane smith"`: the whole value. A date matches the whole period that it names. */
export function exactly(field: string, type: FieldType, text: string): Comparison {
  switch (type) {
    case 'number':
      return { kind: 'equals', field, value: numberOf(field, text) };
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw queryError(`field ${quoted(field)} is either true or false`);
      return { kind: 'equals', field, value: text === 'true' };
    case 'date': {
      const { start, end } = dateOf(field, text);
      return { kind: 'range', field, from: { value: start, inclusive: true }, to: { value: end, inclusive: false } };
    }
    default:
      return { kind: 'equals', field, value: text };
  }
}

/**
 * `name:jo*`.
 *
 * @throws ApiError 400 if the field has no wildcards, or if fewer than three characters follow a leading wildcard
 */
export function matching(field: string, type: FieldType, { parts }: Word): Search {
  const [only = '', ...more] = parts;
  if (more.length === 0) return exactly(field, type, only);
  if (parts.every((part) => part === '')) return { kind: 'exists', field };
  if (type !== 'text' && type !== 'metadata') throw queryError(`field ${quoted(field)} does not support wildcards`);
  if (only === '' && Math.max(...parts.map((part) => part.length)) < 3) {
    throw queryError('a term that begins with a wildcard needs three more characters');
  }
  return { kind: 'like', field, parts };
}

/** `logins_count:[100 TO 200}` */
export function within(field: string, type: FieldType, from: RangeEnd, to: RangeEnd): Comparison {
  if (type === 'exact' || type === 'boolean') throw queryError(`field ${quoted(field)} does not support ranges`);
  if (from.text === undefined && to.text === undefined) return { kind: 'exists', field };
  const asNumbers = type === 'number' || (type === 'metadata' && [from.text, to.text].every(isNumberOrOpen));
  const bound = (end: RangeEnd, edge: 'lower' | 'upper'): Bound | undefined => {
    if (end.text === undefined) return undefined;
    if (type === 'date') return edgeOf(dateOf(field, end.text), edge, end.inclusive);
    return { value: asNumbers ? numberOf(field, end.text) : end.text, inclusive: end.inclusive };
  };
  const lower = bound(from, 'lower');
  const upper = bound(to, 'upper');
  return { kind: 'range', field, ...(lower && { from: lower }), ...(upper && { to: upper }) };
}

/** `[2018-12 TO` begins with the month, `{2018-12 TO` after it; `TO 2018-12]` ends with it, `TO 2018-12}` before it. */
function edgeOf({ start, end }: Period, edge: 'lower' | 'upper', inclusive: boolean): Bound {
  if (edge === 'lower') return { value: inclusive ? start : end, inclusive: true };
  return { value: inclusive ? end : start, inclusive: false };
}

function isNumberOrOpen(text: string | undefined): boolean {
  return text === undefined || (text.trim() !== '' && Number.isFinite(Number(text)));
}

function numberOf(field: string, text: string): number {
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) || !Number.isFinite(Number(text))) {
    throw queryError(`field ${quoted(field)} is a number, ${quoted(text)} is none`);
  }
  return Number(text);
}

function dateOf(field: string, text: string): Period {
  const period = periodOf(text);
  if (period === undefined) throw queryError(`field ${quoted(field)} is a date, ${quoted(text)} is none`);
  return period;
}
