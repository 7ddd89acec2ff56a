import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { explain } from '../../src/policy/explain.ts';
import { policy, stranger } from './example-policy.ts';

const root = new URL('../../src/policy/', import.meta.url);

/** The policy's code as one script, in an engine that has only ECMAScript. */
let evaluate: (expression: string) => unknown;

beforeAll(async () => {
  const result = await build({
    stdin: {
      contents: "export { decide } from './decide.ts'; export { explain } from './explain.ts';",
      resolveDir: root.pathname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'portcullis',
    platform: 'neutral',
    target: 'es2022',
  });
  const context = createContext(Object.create(null));
  runInContext(result.outputFiles[0]?.text ?? '', context);
  evaluate = (expression) => runInContext(expression, context);
});

describe('the policy in a bare JavaScript engine', () => {
  it('has none of the names that Node or a browser would add', () => {
    expect(evaluate('[typeof URL, typeof process, typeof require, typeof TextEncoder].join()')).toBe(
      'undefined,undefined,undefined,undefined',
    );
  });

  it('decides as it does in Node', () => {
    const visitors = [
      stranger,
      { ...stranger, application: 'other' },
      { ...stranger, emailVerified: false },
      { ...stranger, email: 'ann@WATER.example.' },
      { ...stranger, email: 'ann@bücher.example' },
      { ...stranger, roles: ['ORG:X', 'a'] },
    ];
    const domains = ['xn--bcher-kva.example', 'bücher.example'];
    const books = { role: 'ORG:BOOKS', domains, includeSubdomains: false };
    const policyWithBooks = { ...policy, organizations: [...policy.organizations, books] };
    for (const visitor of visitors) {
      const call = `portcullis.decide(${JSON.stringify(policyWithBooks)}, ${JSON.stringify(visitor)})`;
      const expected = decide(policyWithBooks, visitor);
      expect(JSON.parse(String(evaluate(`JSON.stringify(${call})`)))).toEqual(expected);
      expect(evaluate(`portcullis.explain(${call})`)).toBe(explain(expected));
    }
  });
});
