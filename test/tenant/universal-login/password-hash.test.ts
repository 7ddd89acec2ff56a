import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashPassword,
  longestPassword,
  unmatchableHash,
  verifyPassword,
} from '../../../src/tenant/authentication/accounts/password-hash.ts';

describe('password hashes', () => {
  it('match only their own password', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('correct horsf', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('contain their cost and their own salt', async () => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')]);
    expect(one).toMatch(/^\$scrypt\$ln=11,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain('same');
  });

  it('match a known answer, so that hashes of older versions stay valid', async () => {
    // RFC 7914, section 12: P = "pleaseletmein", S = "SodiumChloride", N = 16384, r = 8, p = 1.
    const key = Buffer.from(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
        'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
      'hex',
    );
    const salt = Buffer.from('SodiumChloride');
    const hash = `$scrypt$ln=14,r=8,p=1$${salt.toString('base64url')}$${key.toString('base64').replace(/=+$/, '')}`;
    expect(await verifyPassword('pleaseletmein', hash)).toBe(true);
    expect(await verifyPassword('pleaseletmeout', hash)).toBe(false);
  });

  it('match only if every byte is equal', async () => {
    const hash = await hashPassword('secret');
    const [, , , salt = '', key = ''] = hash.split('$');
    for (const at of [0, 15, 31]) {
      const bytes = Buffer.from(key, 'base64');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const other = `$scrypt$ln=11,r=8,p=1$${salt}$${bytes.toString('base64').replace(/=+$/, '')}`;
      expect(await verifyPassword('secret', other)).toBe(false);
    }
  });

  it('match regardless of how the same letters are composed', async () => {
    expect(await verifyPassword('cafe\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it.each([
    '',
    'secret',
    '$2b$10$CwTycUXWue0Thq9StjUM0uJ8Z8W5d7Z8eP1b2c3d4e5f6g7h8i9jK',
    '$scrypt$ln=11,r=8,p=1$$',
    '$scrypt$ln=31,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$scrypt$ln=11,r=99,p=99$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$scrypt$ln=0,r=0,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    unmatchableHash,
  ])('never match if the hash is %j', async (hash) => {
    expect(await verifyPassword('secret', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('never match and never throw for an invalid hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (password, garbage) => {
        expect(await verifyPassword(password, garbage)).toBe(false);
      }),
    );
  });

  it('are not created for passwords that are too long', async () => {
    await expect(hashPassword('a'.repeat(longestPassword + 1))).rejects.toThrow(RangeError);
    expect(await verifyPassword('a'.repeat(longestPassword + 1), unmatchableHash)).toBe(false);
  });
});
