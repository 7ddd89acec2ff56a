import { z } from 'zod';

/** An integer written in digits; anything else is refused as the string that it is. */
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

/** A list, given as one parameter with commas or as the same one several times. */
export function listParameter() {
  return z.preprocess(
    (sent) => (typeof sent === 'string' ? sent.split(',').filter((part) => part !== '') : sent),
    z.array(z.string()),
  );
}
