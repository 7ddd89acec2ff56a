import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldDomain } from '../../src/policy/domain-name.ts';

/** Whether UTS #46 treats both as one domain; also true for text that UTS #46 rejects. */
function isSameDomain(folded: string, written: string): boolean {
  const ascii = domainToASCII(written).replace(/\.$/, '');
  return ascii === '' || domainToASCII(folded) === ascii;
}

describe('foldDomain', () => {
  it('never makes one domain into another, for any character', () => {
    const different: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
      const domain = `a${String.fromCodePoint(codePoint)}b.example`;
      const folded = foldDomain(domain);
      if (folded !== undefined && !isSameDomain(folded, domain)) different.push(codePoint.toString(16));
    }
    expect(different).toEqual([]);
  });

  it('never makes one domain into another, for any text', () => {
    const texts = [
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ] as const;
    fc.assert(
      fc.property(...texts, (one, two) => {
        const domain = `${one}.${two}x.example`;
        const folded = foldDomain(domain);
        if (folded !== undefined) expect(isSameDomain(folded, domain)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        const folded = foldDomain(`${text}.example`);
        if (folded !== undefined) expect(foldDomain(folded)).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['BÜCHER.example', 'bücher.example'],
    ['bu\u0308cher.example', 'bücher.example'],
    ['ΕΛΛΗΝΙΚΆ.example', 'ελληνικά.example'],
    ['ΟΔΟΣ.example', 'οδοσ.example'],
    ['οδος.example', 'οδος.example'],
    ['ДОМ.РФ', 'дом.рф'],
    ['faß.example', 'faß.example'],
    ['ısparta.example', 'ısparta.example'],
    ['中国.中国', '中国.中国'],
    ['भारत.example', 'भारत.example'],
    ['ᏣᎳᎩ.example', 'ꮳꮃꭹ.example'],
    ['XN--BCHER-KVA.example.', 'xn--bcher-kva.example'],
  ])('brings %s to %s', (domain, folded) => {
    expect(foldDomain(domain)).toBe(folded);
  });
});
