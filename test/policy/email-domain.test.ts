import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailDomain } from '../../src/policy/email-domain.ts';

describe('emailDomain', () => {
  it.each([
    ['ann@water.example', 'water.example'],
    ['Ann.Lee+apex@WATER.Example', 'water.example'],
    ['ann@water.example.', 'water.example'],
    ["o'neil_{x}|y~z^?=/!#$%&*@water.example", 'water.example'],
    ['jörg@bücher.example', 'bücher.example'],
    ['jörg@BU\u0308CHER.example', 'bücher.example'],
    ['用户@例え.テスト', '例え.テスト'],
    ['ann@straße.example', 'straße.example'],
    ['ann@ΟΔΟΣ.example', 'οδοσ.example'],
    ['ann@xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['ann@localhost', 'localhost'],
  ])('finds the domain of %s', (email, domain) => {
    expect(emailDomain(email)).toBe(domain);
  });

  it.each([
    ['nothing', ''],
    ['no sign', 'water.example'],
    ['no local part', '@water.example'],
    ['no domain', 'ann@'],
    ['a dot alone', 'ann@.'],
    ['an empty label', 'ann@water..example'],
    ['two final dots', 'ann@water.example..'],
    ['a second sign', 'ann@evil.example@water.example'],
    ['a second sign in quotes', '"ann@evil.example"@water.example'],
    ['a quoted local part', '"ann"@water.example'],
    ['a comment', 'ann(@evil.example)@water.example'],
    ['a comment behind', 'ann@water.example(evil)'],
    ['angle brackets', 'Ann <ann@water.example>'],
    ['an encoded word', '=?utf-8?q?ann=40evil.example=3e=00?=@water.example'],
    ['a list', 'ann@evil.example,bob@water.example'],
    ['a route', '@evil.example:ann@water.example'],
    ['a space in front', ' ann@water.example'],
    ['a space behind', 'ann@water.example '],
    ['a line break', 'ann@water.example\r\nBcc: x'],
    ['a null character', 'ann@water.example\0.evil.example'],
    ['an address literal', 'ann@[192.0.2.1]'],
    ['an IP address', 'ann@192.0.2.1'],
    ['a port', 'ann@water.example:25'],
    ['a path', 'ann@evil.example/water.example'],
    ['a fragment', 'ann@evil.example#.water.example'],
    ['a percent sign in the domain', 'ann@water%2Eexample'],
    ['an underscore in the domain', 'ann@_dmarc.water.example'],
    ['a hyphen at an end', 'ann@-water.example'],
    ['an invisible letter', 'ann@wa\u200Bter.example'],
    ['a soft hyphen', 'ann@wa\u00ADter.example'],
    ['a direction mark', 'ann@\u202Ewater.example'],
    ['a variation selector', 'ann@water\uFE0F.example'],
    ['an ideographic full stop', 'ann@water\u3002example'],
    ['full-width letters', 'ann@ｗater.example'],
    ['a full-width sign', 'ann＠water.example'],
    ['a ligature', 'ann@oﬃce.example'],
    ['a long s', 'ann@ſea.example'],
    ['the Kelvin sign', 'ann@ban\u212A.example'],
    ['a dotted capital I', 'ann@\u0130sland.example'],
    ['a lone surrogate', 'ann@\uD800.example'],
    ['a label of 64', `ann@${'a'.repeat(64)}.example`],
    ['a domain of 254', `ann@${'a.'.repeat(123)}example1`],
    ['a very long local part', `${'a'.repeat(400)}@water.example`],
  ])('refuses %s', (_, email) => {
    expect(emailDomain(email)).toBeUndefined();
  });

  it('treats look-alikes as other domains', () => {
    for (const lookAlike of ['wаter.example', 'watеr.example', 'wåter.example', 'wateŕ.example', 'vvater.example']) {
      expect(emailDomain(`ann@${lookAlike}`)).toBeDefined();
      expect(emailDomain(`ann@${lookAlike}`)).not.toBe('water.example');
    }
  });

  it('finds an ASCII domain only from its ASCII letters', () => {
    const character = fc.oneof(
      fc.constantFrom(...'WATERwater.@examplE\u212A\u017F\u0131\u3002'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const text = fc.array(character, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (written) => {
        const domain = emailDomain(`ann@${written}`);
        if (domain === undefined || /[^\0-\x7f]/.test(domain)) return;
        expect(domain).toBe(written.toLowerCase().replace(/\.$/, ''));
      }),
      { numRuns: 5000 },
    );
  });

  // Work that grows with the square of a million characters would not end within the test's time.
  it('finds no domain in hostile text of any length', () => {
    for (const text of [
      'a'.repeat(1e6),
      '@'.repeat(1e6),
      `ann@${'ü'.repeat(1e6)}`,
      `ann@${'-'.repeat(250)}`,
      `ann@${'ü'.repeat(250)}`,
    ]) {
      expect(emailDomain(text)).toBeUndefined();
    }
  });
});
