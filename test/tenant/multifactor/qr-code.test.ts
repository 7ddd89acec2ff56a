import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { qrCodePicture } from '../../../src/tenant/authentication/universal-login/pages/factors/qr-code-picture.ts';

const drawn = (rows: readonly (readonly boolean[])[]) =>
  rows.map((row) => row.map((dark) => (dark ? '#' : '.')).join(''));
const digest = (rows: readonly (readonly boolean[])[]) =>
  createHash('sha256').update(drawn(rows).join('\n')).digest('hex');

/** The modules of a code with this mask, without its white border. */
const qrCode = (text: string, mask: number) =>
  encodeQR(text, 'raw', { ecc: 'medium', encoding: 'byte', border: 1, mask })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));

/** The modules that the picture shows, without its white border. */
function drawnModules(text: string): boolean[][] {
  const picture = qrCodePicture(text).toString();
  const size = Number(/viewBox="0 0 (\d+) /.exec(picture)?.[1]) - 8;
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y] of picture.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const row = rows[Number(y) - 4];
    if (row === undefined) throw new Error(`A module lies outside of the code: ${x}, ${y}.`);
    row[Number(x) - 4] = true;
  }
  return rows;
}

/** The Python package `qrcode` 8.2 generated all codes here, and OpenCV has read those of the URI. */
describe('a QR code', () => {
  it('is the same as another program’s', () => {
    expect(drawn(qrCode('Portcullis', 3))).toEqual([
      '#######.#.#.#.#######',
      '#.....#.#.###.#.....#',
      '#.###.#..##...#.###.#',
      '#.###.#.##.##.#.###.#',
      '#.###.#.......#.###.#',
      '#.....#.......#.....#',
      '#######.#.#.#.#######',
      '........#.#..........',
      '#.##.###......#..#.##',
      '..#.##..###.######..#',
      '..#.###...#.#.##..###',
      '.#.......#..#...##.#.',
      '#...#.####.#..#.##...',
      '........#.......##.##',
      '#######.###....##.#..',
      '#.....#.######...##.#',
      '#.###.#...##.#.#..#..',
      '#.###.#.###..#.#.#.#.',
      '#.###.#.##.#.##...#..',
      '#.....#..####.###...#',
      '#######.##.###..#.#..',
    ]);
  });

  const address =
    'otpauth://totp/test:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=test&algorithm=SHA1&digits=6&period=30';
  const digests = [
    '272c3da218ad429e0f4d8560d3d095ec4b3dbca25c2924fb98098eb04326ecf9',
    '00bd93dc60deca8d5f7d1ddbe669512b8ada79e1d52cd52931f6bc43c53a2de5',
    'f581ea47cb358395e0b8a5bb828f422b438223e23d0dc499fba89d6550deb1a0',
    '0f966ce888021b78d1e918675aaf15b99b2f827ad92ecab8eb99598f7b1d48e8',
    'ce1aefc8b1d9d75e508e12f06711b220c4c49cddfac68794a0f238c8b5649bd6',
    '1b565f9015e894a191d0a030aaf0623a60d1970049b30df462f3003226a51015',
    '9a74867f239d6f9a99438ab792bbaa42290949e7e11091c6ec3bd0a26a037e29',
    '211162680da83b10b2370e15f87feb050a0acae191f9e6afd8cf674eac5a0627',
  ];

  it.each(digests.map((expected, mask) => [mask, expected] as const))(
    'is the same as another program’s with mask %i',
    (mask, expected) => {
      expect(digest(qrCode(address, mask))).toBe(expected);
    },
  );

  it('is the same as another program’s with 600 bytes in several blocks', () => {
    expect(digest(qrCode('é'.repeat(300), 5))).toBe('c74163a220889ba8af17172a0cd3fb23109480c2687f79818bce9e581c33cbf7');
  });

  it('is drawn with one of the eight masks', () => {
    expect(digests).toContain(digest(drawnModules(address)));
  });

  it('is square, has three finder patterns, and holds every text that fits', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 120, unit: 'grapheme' }), (text) => {
        fc.pre(Buffer.byteLength(text) <= 666);
        const rows = drawn(drawnModules(text));
        const size = rows.length;
        expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([size]));
        expect((size - 17) % 4).toBe(0);
        for (const row of [rows[0]?.slice(0, 7), rows[0]?.slice(-7), rows.at(-1)?.slice(0, 7)])
          expect(row).toBe('#######');
      }),
      { numRuns: 30 },
    );
    expect(drawnModules('x'.repeat(666))).toHaveLength(97);
  });

  it('is drawn within the page with a white border, and is left out if the text does not fit', () => {
    const picture = qrCodePicture('Portcullis').toString();
    expect(picture).toContain('viewBox="0 0 29 29"');
    expect(picture).toContain('M4 4h1v1h-1z');
    expect(picture).not.toMatch(/style=|href|<image/);
    expect(qrCodePicture('x'.repeat(667)).toString()).toBe('');
  });
});
