import { z } from 'zod';

/** An integer in digits. Anything else stays a string, and is refused as one. */
export function integerParameter(range: { minimum: number; maximum?: number }) {
  const number = z.int().min(range.minimum);
  return z.preprocess(
    (sent) => (typeof sent === 'string' && /^-?\d{1,15}$/.test(sent) ? Number(sent) : sent),
    range.maximum === undefined ? number : number.max(range.maximum),
  );
}

/** `true` or `false`. */
export function booleanParameter() {
  return z.preprocess((sent) => (sent === 'true' ? true : sent === 'false' ? false : sent), z.boolean());
}

/** A list, as one parameter with commas or as a repeated parameter. */
export function listParameter() {
  return z.preprocess(
    (sent) => (typeof sent === 'string' ? sent.split(',').filter((part) => part !== '') : sent),
    z.array(z.string()),
  );
}
