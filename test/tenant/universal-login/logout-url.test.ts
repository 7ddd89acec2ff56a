import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logoutTarget } from '../../../src/tenant/authentication/logout/logout-url.ts';

const page = 'https://app.example.com/bye';

describe('a returnTo URL', () => {
  it.each([
    ['is listed', page, page],
    ['differs in its query and fragment', page, `${page}?x=1&y=https://evil.example#z`],
    ['is listed with a query', `${page}?lang=en#top`, page],
    ['differs in the case of scheme and host', page, 'HTTPS://APP.Example.COM/bye'],
    ['names the default port', page, 'https://app.example.com:443/bye'],
    ['has the default port named on the list', 'http://app.example.com:80/', 'http://app.example.com'],
    ['leaves the slash of the root out', 'https://app.example.com', 'https://app.example.com/'],
    ['takes a detour within the path', page, 'https://app.example.com/a/../bye'],
    ['is on the loopback', 'http://127.0.0.1:8080/out', 'http://127.0.0.1:8080/out'],
    ['is on the loopback, in IPv6', 'http://[::1]:8080/out', 'http://[::1]:8080/out'],
    ['has an internationalized host', 'https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['belongs to a native application', 'com.example.app://host/out', 'com.example.app://HOST/out'],
    ['is a sub-domain for the wildcard', 'https://*.example.com/bye', 'https://shop.example.com/bye'],
    ['fits a wildcard between prefix and suffix', 'https://pre-*-post.example.com', 'https://pre-x1-post.example.com'],
    ['is below localhost', 'http://*.localhost:3000', 'http://tenant-a.localhost:3000'],
  ])('is allowed if it %s', (_title, entry, returnTo) => {
    expect(logoutTarget(['https://other.example/', entry], returnTo)).toBeDefined();
  });

  it.each([
    ['nothing is listed', [], page],
    ['it is empty', [page], ''],
    ['the path differs in case', [page], 'https://app.example.com/Bye'],
    ['the path is longer', [page], `${page}/more`],
    ['the path has an additional slash', [page], `${page}/`],
    ['the path is encoded otherwise', [page], 'https://app.example.com/b%79e'],
    ['an encoded slash is in the path', ['https://app.example.com/a/b'], 'https://app.example.com/a%2fb'],
    ['encoded dots lead out of the path', [page], 'https://app.example.com/bye/%2e%2e/admin'],
    ['the scheme differs', [page], 'http://app.example.com/bye'],
    ['the port differs', [page], 'https://app.example.com:8443/bye'],
    ['the host goes on', [page], 'https://app.example.com.evil.example/bye'],
    ['the host ends in a dot', [page], 'https://app.example.com./bye'],
    ['the host stands before an at sign', [page], 'https://app.example.com@evil.example/bye'],
    ['there is user information', [page], 'https://user:password@app.example.com/bye'],
    ['the user information is empty', [page], 'https://@app.example.com/bye'],
    ['there is a backslash', [page], 'https://evil.example\\@app.example.com/bye'],
    ['backslashes replace slashes', [page], 'https:\\\\app.example.com\\bye'],
    ['slashes are missing', [page], 'https:app.example.com/bye'],
    ['a slash is missing', [page], 'https:/app.example.com/bye'],
    ['there is a slash more', [page], 'https:///app.example.com/bye'],
    ['the scheme is missing', [page], '//app.example.com/bye'],
    ['it is a path', [page], '/bye'],
    ['there is a line break', [page], `${page}\r\nSet-Cookie: a=b`],
    ['there is a tab', [page], 'https://app.exa\tmple.com/bye'],
    ['there is white space around it', [page], ` ${page} `],
    ['the host is encoded', [page], 'https://%61pp.example.com/bye'],
    ['the entry has no scheme', ['app.example.com/bye', '*.example.com'], page],
    ['the entry has user information', ['https://user@app.example.com/bye'], page],
    ['two levels stand for the wildcard', ['https://*.example.com'], 'https://a.b.example.com'],
    ['nothing stands for the wildcard', ['https://*.example.com'], 'https://example.com'],
    ['an empty label stands for the wildcard', ['https://*.example.com'], 'https://.example.com'],
    ['the prefix alone stands for the wildcard', ['https://a-*.example.com'], 'https://a-.example.com'],
    ['the wildcard only looks like the host', ['https://*.example.com'], 'https://evilexample.com'],
    ['the wildcard is right below the top', ['https://*.com', 'https://*'], 'https://example.com'],
    ['the wildcard is right below the top, with a dot', ['https://*.com.'], 'https://example.com.'],
    ['the wildcard is not left-most', ['https://sub.*.example.com'], 'https://sub.a.example.com'],
    ['there are two wildcards', ['https://*.*.example.com'], 'https://a.b.example.com'],
    ['there are two wildcards in a label', ['https://*-*.example.com'], 'https://a-b.example.com'],
    ['the wildcard is the port', ['http://localhost:*'], 'http://localhost:3000'],
    ['the wildcard is in the path', ['https://app.example.com/*'], page],
    ['the wildcard is of another scheme', ['com.app://*.example.com/out'], 'com.app://a.example.com/out'],
    ['the wildcard is asked for itself', ['https://*.example.com'], 'https://*.example.com'],
    ['a full-width slash cuts the host', ['https://*.example.com'], 'https://evil.example／.example.com'],
    ['an ideographic full stop moves the host', [page], 'https://app.example.com。evil.example/bye'],
  ])('is refused if %s', (_title, entries, returnTo) => {
    expect(logoutTarget(entries, returnTo)).toBeUndefined();
  });

  it.each(['javascript://app.example.com/%0aalert(1)', 'data://text/html,x', 'file:///etc/passwd', 'vbscript://a/b'])(
    'is refused if it is %s, even if it is listed',
    (url) => {
      expect(logoutTarget([url], url)).toBeUndefined();
    },
  );

  it('is returned in the form in which it was compared', () => {
    expect(logoutTarget([page], 'HTTPS://APP.example.com:443/a/../bye?q=ä#f')).toBe(`${page}?q=%C3%A4#f`);
  });
});

describe('any requested URL', () => {
  const list = [page, 'https://*.tenants.example.com/out', 'http://localhost:3000/'];
  const permitted = [
    /^https:\/\/app\.example\.com\/bye(?:[?#]|$)/,
    /^https:\/\/[a-z0-9_-]+\.tenants\.example\.com\/out(?:[?#]|$)/,
    /^http:\/\/localhost:3000\/(?:[?#]|$)/,
  ];
  const onlyPermitted = (returnTo: string) => {
    const target = logoutTarget(list, returnTo);
    if (target === undefined) return;
    expect(permitted.some((format) => format.test(target))).toBe(true);
    // The target of a browser if the parameter itself were used.
    expect(new URL(returnTo, 'https://tenant.example').href).toBe(target);
    // A strict parser by RFC 3986 must not find another host.
    const authority = /^[^:]+:\/\/([^/?#]*)/.exec(returnTo)?.[1] ?? '';
    expect(authority).not.toMatch(/[@\\%\s]/);
  };

  const pieces = fc.constantFrom(
    'https:',
    'http:',
    'javascript:',
    'data:',
    '//',
    '/',
    '\\',
    '@',
    ':',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '%40',
    '?',
    '#',
    '*',
    '\t',
    '\n',
    ' ',
    '\u0000',
    '\u00ad',
    '。',
    '／',
    '＠',
    'ﬀ',
    'app.example.com',
    'tenants.example.com',
    'shop',
    'evil.example',
    'localhost',
    ':3000',
    ':443',
    '/bye',
    '/out',
    'user',
    '[::1]',
  );

  it('leads to a listed page or nowhere, for URLs composed of pieces', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => onlyPermitted(parts.join(''))),
      { numRuns: 5000 },
    );
  });

  it('leads to a listed page or nowhere, for listed URLs with insertions', () => {
    const listed = fc.constantFrom(page, 'https://shop.tenants.example.com/out', 'http://localhost:3000/');
    const inserted = fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 }));
    let allowed = 0;
    fc.assert(
      fc.property(listed, fc.nat(40), fc.nat(3), inserted, (url, at, removed, text) => {
        const changed = url.slice(0, at) + text + url.slice(at + removed);
        if (logoutTarget(list, changed) !== undefined) allowed += 1;
        onlyPermitted(changed);
      }),
      { numRuns: 5000 },
    );
    expect(allowed).toBeGreaterThan(0);
  });

  it('never causes an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.string({ unit: 'binary' }), (entries, returnTo) => {
        expect(() => logoutTarget(entries, returnTo)).not.toThrow();
      }),
    );
  });
});
