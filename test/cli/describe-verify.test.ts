import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../src/cli/colours.ts';
import { verifyPrinter } from '../../src/cli/deployment/describe-verify.ts';
import { fail, pass } from '../../src/deployment/verify/check.ts';
import type { CheckResult } from '../../src/deployment/verify/verify-deployment.ts';

const colours = coloursFor({ stdout: { isTTY: false }, environment: { NO_COLOR: '1' } });
const result = (id: string, ...findings: CheckResult['findings']): CheckResult => ({
  id,
  title: `about ${id}`,
  status: findings.some(({ status }) => status === 'fail') ? 'fail' : 'pass',
  findings,
  milliseconds: 1,
});

describe('the output of verify', () => {
  it('names one cause once, and the checks that it stops', () => {
    const printer = verifyPrinter(colours);
    const cause = fail('not looked at: there is no Action of ours', 'Correct it: portcullis apply');
    const text = [
      printer.check(result('first', cause)),
      printer.check(result('second', cause)),
      printer.check(result('fine', pass('all'))),
      printer.check(result('other', fail('missing: "MEMBER"', 'Correct it: portcullis apply'))),
      printer.check(result('third', cause)),
      printer.rest(),
    ].join('');
    expect(text.match(/there is no Action of ours/g)).toHaveLength(2);
    expect(text).toContain('✗ about first');
    expect(text).not.toContain('about second');
    expect(text).toContain('✗ about other');
    expect(text).toMatch(/there is no Action of ours: second, third\n$/);
  });
});
