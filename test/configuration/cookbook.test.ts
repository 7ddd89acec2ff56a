import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/configuration/parse-policy.ts';
import { runPolicyTest } from '../../src/policy/policy-test.ts';
import { policyWarnings } from '../../src/policy/policy-warnings.ts';

const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
const base = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/ords/r/team/app/refused',
};

/** The value of a code block. As JSON, since objects of another engine are not plain ones here. */
function blockValue(code: string): object {
  const definePolicy = 'const definePolicy = (policy) => policy;';
  const expression = code.replace('export default ', '').replace(/;\s*$/, '');
  return JSON.parse(String(runInContext(`${definePolicy} JSON.stringify(${expression})`, createContext({}))));
}

const recipes = [...page.matchAll(/^### (\d+\. .+)\n[\s\S]*?^```ts\n([\s\S]*?)^```$/gm)].map(
  ([, title = '', code = '']) => [title, code] as const,
);

describe('the cookbook', () => {
  it('has twenty recipes', () => {
    expect(recipes.map(([title]) => Number.parseInt(title, 10))).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
  });

  it.each(recipes)('%s decides as it says', (_, code) => {
    const { policy, tests } = parsePolicy({ ...base, ...blockValue(code) });
    expect(tests.length).toBeGreaterThan(1);
    expect(tests.map((test) => runPolicyTest(policy, test)).filter(({ holds }) => !holds)).toEqual([]);
    expect(policyWarnings(policy, Date.UTC(2027, 0, 1))).toEqual([]);
  });

  it('is preceded by an example whose tests hold', () => {
    const [, code = ''] = /^```ts\n(export default[\s\S]*?)^```$/m.exec(page) ?? [];
    const { policy, tests } = parsePolicy(blockValue(code));
    expect(tests).toHaveLength(3);
    expect(tests.every((test) => runPolicyTest(policy, test).holds)).toBe(true);
  });
});
