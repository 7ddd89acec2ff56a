import { Facts } from '../../parts/facts.tsx';
import { Moment } from '../../parts/moment.tsx';
import { isSecret } from './field-shape.ts';
import { isObject } from './json-object.ts';
import { inWords } from './resource-words.ts';

/** More facts than these are in the JSON below only. */
const MOST = 12;

/** The plain members of a value. */
export function ValueFacts({ value }: { value: unknown }) {
  if (!isObject(value)) return null;
  const members = Object.entries(value)
    .filter(([name, one]) => one !== null && typeof one !== 'object' && !isSecret(name) && String(one).length < 200)
    .slice(0, MOST);
  if (members.length === 0) return null;
  return <Facts facts={members.map(([name, one]) => [inWords(name), factOf(one)] as const)} />;
}

function factOf(value: unknown) {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return <Moment at={value} />;
  return String(value);
}
