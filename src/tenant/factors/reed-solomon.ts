/**
 * Codewords by which a block can be read although some of it is spoilt.
 *
 * @param data bytes.
 * @param count how many.
 * @example
 * errorCorrection([32, 91, 11, 120], 10);
 * @see ISO/IEC 18004, 7.5: Reed-Solomon codes over the field of 256 elements with the polynomial 0x11d.
 */
export function errorCorrection(data: readonly number[], count: number): number[] {
  const divisor = generator(count);
  const remainder = new Array<number>(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ (remainder.shift() ?? 0);
    remainder.push(0);
    for (const [at, coefficient] of divisor.entries())
      remainder[at] = (remainder[at] ?? 0) ^ times(coefficient, factor);
  }
  return remainder;
}

/** The product of `x - 2^0`, `x - 2^1` and so on, less its first coefficient, which is one. */
function generator(count: number): number[] {
  let polynomial = [1];
  for (let degree = 0, root = 1; degree < count; degree += 1, root = times(root, 2)) {
    const next = [...polynomial, 0];
    for (const [at, coefficient] of polynomial.entries()) next[at + 1] = (next[at + 1] ?? 0) ^ times(coefficient, root);
    polynomial = next;
  }
  return polynomial.slice(1);
}

function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}
