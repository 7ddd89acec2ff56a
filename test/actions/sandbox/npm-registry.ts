import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A published package: its manifest, its files, and the links in its tarball. */
export interface PublishedPackage {
  readonly name: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Links by their path, with their target. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A registry of npm with these packages, each in version 1.0.0, and other packages at `/other`. */
export async function startRegistry(
  packages: readonly PublishedPackage[],
): Promise<{ readonly url: string; readonly requests: string[]; close(): void }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    requests.push(path);
    const tarball = packages.find(({ name }) => path === `-/${name}.tgz`);
    const found = packages.find(({ name }) => path === name);
    if (tarball !== undefined) response.end(tarballOf(tarball));
    else if (found !== undefined) response.end(JSON.stringify(packumentOf(found, url)));
    else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, requests, close: () => server.close() };
}

function manifestOf({ name, manifest }: PublishedPackage): Record<string, unknown> {
  return { name, version: '1.0.0', main: 'index.js', ...manifest };
}

function packumentOf(one: PublishedPackage, url: string): unknown {
  const integrity = `sha512-${createHash('sha512').update(tarballOf(one)).digest('base64')}`;
  const dist = { tarball: `${url}-/${one.name}.tgz`, integrity };
  return { name: one.name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { ...manifestOf(one), dist } } };
}

function tarballOf(one: PublishedPackage): Buffer {
  const files = { 'index.js': 'module.exports = 1;', ...one.files, 'package.json': JSON.stringify(manifestOf(one)) };
  return gzipSync(
    Buffer.concat([
      ...Object.entries(files).map(([path, text]) => entry(path, Buffer.from(text), '0', '')),
      ...Object.entries(one.links ?? {}).map(([path, target]) => entry(path, Buffer.alloc(0), '2', target)),
      Buffer.alloc(1024),
    ]),
    { level: 1 },
  );
}

/** A header and its content, padded to blocks of 512 bytes. Source: POSIX, ustar. */
function entry(path: string, content: Buffer, type: '0' | '2', target: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(`package/${path}`, 0);
  header.write('0000644\0'.repeat(1), 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(target, 157);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}
