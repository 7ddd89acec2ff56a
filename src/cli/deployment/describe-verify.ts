import type { Finding } from '../../deployment/verify/check.ts';
import { type CheckResult, NOT_LOOKED_AT } from '../../deployment/verify/verify-deployment.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';

const SIGNS: Readonly<Record<CheckResult['status'], (colours: Colours) => string>> = {
  pass: (colours) => colours.green('✓'),
  warn: (colours) => colours.yellow('!'),
  fail: (colours) => colours.red('✗'),
  skip: (colours) => colours.dim('-'),
};

/** Prints checks as they finish. A cause that stops several checks is printed once; the other checks are named at the end. */
export interface VerifyPrinter {
  check(result: CheckResult): string;
  /** The checks that were held back, by cause. */
  rest(): string;
}

/** @example verifyPrinter(colours).check(result) // '  ✓ the tenant answers … [tenant_reachable]\n' */
export function verifyPrinter(colours: Colours): VerifyPrinter {
  const heldBack = new Map<string, string[]>();
  return {
    check(result) {
      const [finding, ...others] = result.findings;
      const cause = finding?.looked ?? '';
      if (result.status !== 'fail' || others.length > 0 || !cause.startsWith(NOT_LOOKED_AT)) {
        return describeCheck(result, colours);
      }
      const known = heldBack.get(cause);
      if (known !== undefined) {
        known.push(result.id);
        return '';
      }
      heldBack.set(cause, []);
      return describeCheck(result, colours);
    },
    rest() {
      return [...heldBack]
        .filter(([, ids]) => ids.length > 0)
        .map(([cause, ids]) => `  ${SIGNS.fail(colours)} ${printable(cause)}: ${ids.join(', ')}\n`)
        .join('');
    },
  };
}

/** Describes a check and what it found. A passed check takes one line. */
function describeCheck({ id, title, status, findings }: CheckResult, colours: Colours): string {
  const head = `  ${SIGNS[status](colours)} ${title} ${colours.dim(`[${id}]`)}`;
  if (status === 'skip') return `${head}\n`;
  const visible = status === 'pass' ? findings : findings.filter((one) => one.status !== 'pass');
  return `${[head, ...visible.flatMap((finding) => describeFinding(finding, colours))].join('\n')}\n`;
}

function describeFinding({ status, looked, remedy }: Finding, colours: Colours): string[] {
  const text = printable(looked);
  return [
    `      ${status === 'pass' ? colours.dim(text) : text}`,
    ...(remedy === undefined ? [] : [`      -> ${printable(remedy)}`]),
  ];
}

/** @example summaryOf(results, colours) // '27 passed, 1 doubtful, 1 failed' */
export function summaryOf(results: readonly CheckResult[], colours: Colours): string {
  const count = (status: CheckResult['status']) => results.filter((one) => one.status === status).length;
  const parts = [
    `${count('pass')} passed`,
    ...(count('warn') > 0 ? [colours.yellow(`${count('warn')} doubtful`)] : []),
    ...(count('skip') > 0 ? [`${count('skip')} left out`] : []),
    ...(count('fail') > 0 ? [colours.red(`${count('fail')} failed`)] : []),
  ];
  return parts.join(', ');
}
