import { errorCorrection } from './reed-solomon.ts';

/** Of error correction level M, by version from 1: codewords for correction in a block, and blocks. */
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26] as const;
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16] as const;

/** The two bits that stand for level M. */
const LEVEL_M = 0;

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * A text as a QR code: rows of modules, `true` for a dark one, without the quiet zone around.
 *
 * @param mask one of the eight patterns; otherwise the one that is the easiest to read.
 * @throws RangeError for more than 666 bytes
 * @example
 * const rows = qrCode('otpauth://totp/…');
 * @see ISO/IEC 18004: byte mode, error correction level M, versions 1 to 20.
 */
export function qrCode(text: string, mask?: number): boolean[][] {
  const data = Buffer.from(text);
  const version = BLOCKS.findIndex((_, index) => data.length <= capacityOf(index + 1)) + 1;
  if (version === 0) throw new RangeError('The text is too long for a QR code.');
  const grid = new Grid(version);
  grid.place(codewords(data, version));
  const masks = mask === undefined ? [...MASKS.keys()] : [mask];
  const candidates = masks.map((pattern) => grid.masked(pattern));
  const [best] = candidates.map((rows) => ({ rows, penalty: penaltyOf(rows) })).sort((a, b) => a.penalty - b.penalty);
  return best?.rows ?? [];
}

/** Modules that hold data, of which eight make a codeword. */
function rawModules(version: number): number {
  const size = version * 4 + 17;
  const aligned = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const alignment = aligned === 0 ? 0 : (aligned * aligned - 3) * 25 - (aligned - 2) * 2 * 5;
  return size * size - 3 * 64 - 31 - 2 * (size - 16) - alignment - (version < 7 ? 0 : 36);
}

function dataCodewords(version: number): number {
  return Math.floor(rawModules(version) / 8) - (CORRECTION[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0);
}

/** Bytes of text. */
function capacityOf(version: number): number {
  return dataCodewords(version) - (version < 10 ? 2 : 3);
}

/** Data and correction, interleaved as they are read. */
function codewords(data: Buffer, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, length: number): void => {
    for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  const total = dataCodewords(version);
  push(0b0100, 4);
  push(data.length, version < 10 ? 8 : 16);
  for (const byte of data) push(byte, 8);
  push(0, Math.min(4, total * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
  for (let pad = 0xec; bytes.length < total; pad ^= 0xec ^ 0x11) bytes.push(pad);

  const blocks = BLOCKS[version - 1] ?? 1;
  const correction = CORRECTION[version - 1] ?? 0;
  const short = Math.floor(total / blocks);
  const shortBlocks = blocks - (total % blocks);
  const parts: number[][] = [];
  for (let block = 0, from = 0; block < blocks; block += 1) {
    const length = short + (block < shortBlocks ? 0 : 1);
    parts.push(bytes.slice(from, from + length));
    from += length;
  }
  const corrections = parts.map((part) => errorCorrection(part, correction));
  return [...interleaved(parts), ...interleaved(corrections)];
}

function interleaved(parts: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => parts.flatMap((part) => part[at] ?? [])).flat();
}

/** The modules of one code: those that every code of its version has, and the data between them. */
class Grid {
  readonly #version: number;
  readonly #size: number;
  readonly #dark: boolean[][];
  readonly #fixed: boolean[][];

  constructor(version: number) {
    this.#version = version;
    this.#size = version * 4 + 17;
    const rows = () => Array.from({ length: this.#size }, () => new Array<boolean>(this.#size).fill(false));
    this.#dark = rows();
    this.#fixed = rows();
    for (let at = 0; at < this.#size; at += 1) {
      this.#fix(at, 6, at % 2 === 0);
      this.#fix(6, at, at % 2 === 0);
    }
    const last = this.#size - 4;
    for (const [x, y] of [
      [3, 3],
      [last, 3],
      [3, last],
    ] as const)
      this.#square(x, y, 4, (ring) => ring !== 2 && ring !== 4);
    const centres = this.#alignment();
    const end = centres.length - 1;
    for (const [i, x] of centres.entries()) {
      for (const [j, y] of centres.entries()) {
        const corner = (i === 0 && j === 0) || (i === 0 && j === end) || (i === end && j === 0);
        if (!corner) this.#square(x, y, 2, (ring) => ring !== 1);
      }
    }
    this.#format(0);
    this.#versionBits();
  }

  /** Up and down in columns of two, from the right. */
  place(bytes: readonly number[]): void {
    let bit = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#size; step += 1) {
        const y = ((right + 1) & 2) === 0 ? this.#size - 1 - step : step;
        for (const x of [right, right - 1]) {
          const row = this.#dark[y];
          if (row === undefined || this.#fixed[y]?.[x] === true) continue;
          row[x] = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
          bit += 1;
        }
      }
    }
  }

  masked(mask: number): boolean[][] {
    this.#format(mask);
    const turns = MASKS[mask];
    return this.#dark.map((row, y) =>
      row.map((dark, x) => (this.#fixed[y]?.[x] !== true && turns?.(x, y) === true ? !dark : dark)),
    );
  }

  #fix(x: number, y: number, dark: boolean): void {
    const row = this.#dark[y];
    const fixed = this.#fixed[y];
    if (row === undefined || fixed === undefined || x < 0 || x >= this.#size) return;
    row[x] = dark;
    fixed[x] = true;
  }

  #square(centreX: number, centreY: number, radius: number, isDark: (ring: number) => boolean): void {
    for (let y = -radius; y <= radius; y += 1) {
      for (let x = -radius; x <= radius; x += 1) {
        this.#fix(centreX + x, centreY + y, isDark(Math.max(Math.abs(x), Math.abs(y))));
      }
    }
  }

  #alignment(): number[] {
    if (this.#version === 1) return [];
    const count = Math.floor(this.#version / 7) + 2;
    const step = Math.ceil((this.#size - 13) / (count * 2 - 2)) * 2;
    return [6, ...Array.from({ length: count - 1 }, (_, at) => this.#size - 7 - at * step).reverse()];
  }

  #format(mask: number): void {
    const data = (LEVEL_M << 3) | mask;
    let remainder = data;
    for (let i = 0; i < 10; i += 1) remainder = (remainder << 1) ^ ((remainder >> 9) * 0x537);
    const bits = ((data << 10) | remainder) ^ 0x5412;
    const dark = (bit: number) => ((bits >> bit) & 1) === 1;
    for (let i = 0; i <= 5; i += 1) this.#fix(8, i, dark(i));
    this.#fix(8, 7, dark(6));
    this.#fix(8, 8, dark(7));
    this.#fix(7, 8, dark(8));
    for (let i = 9; i < 15; i += 1) this.#fix(14 - i, 8, dark(i));
    for (let i = 0; i < 8; i += 1) this.#fix(this.#size - 1 - i, 8, dark(i));
    for (let i = 8; i < 15; i += 1) this.#fix(8, this.#size - 15 + i, dark(i));
    this.#fix(8, this.#size - 8, true);
  }

  #versionBits(): void {
    if (this.#version < 7) return;
    let remainder = this.#version;
    for (let i = 0; i < 12; i += 1) remainder = (remainder << 1) ^ ((remainder >> 11) * 0x1f25);
    const bits = (this.#version << 12) | remainder;
    for (let i = 0; i < 18; i += 1) {
      const dark = ((bits >> i) & 1) === 1;
      const far = this.#size - 11 + (i % 3);
      const near = Math.floor(i / 3);
      this.#fix(far, near, dark);
      this.#fix(near, far, dark);
    }
  }
}

/** How hard a code is to read: long runs, blocks, what looks like a corner, and an uneven share of dark. */
function penaltyOf(rows: readonly (readonly boolean[])[]): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true));
  const lines = [...rows, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  let penalty = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  let dark = 0;
  for (const [y, row] of rows.entries()) {
    for (const [x, module] of row.entries()) {
      if (module) dark += 1;
      const below = rows[y + 1];
      if (module === row[x + 1] && module === below?.[x] && module === below[x + 1]) penalty += 3;
    }
  }
  const share = (dark * 100) / rows.length ** 2;
  return penalty + 10 * Math.floor(Math.abs(share - 50) / 5);
}
