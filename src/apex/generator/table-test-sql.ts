//! The tests of a decision table as PL/SQL expressions.
import type { TableTest } from './decision-table.ts';
import { sqlLiteral } from './sql-literal.ts';

/** More values than these are compared in a function of their own, in statements of this length. */
const MOST_VALUES = 40;

/** The variables that hold the e-mail address as far as it counts. */
export interface AddressVariables {
  readonly address: string;
  readonly domain: string;
  /** Whether a test of an address that does not count is null, so that its opposite is null, too; otherwise it is false. */
  readonly isNullable: boolean;
}

/** Writes tests as expressions, and collects the functions that they call. */
export interface TestWriter {
  /** @example write(test, variables) // "same(l_domain, 'water.example')" */
  write(test: TableTest, variables: AddressVariables): string;
  /** The functions so far, to stand above the code that calls them. */
  functions(): string;
}

/** Starts a writer without functions. */
export function testWriter(): TestWriter {
  const lists = new Map<string, string>();
  const write = (test: TableTest, variables: AddressVariables): string => {
    const inner = (tests: readonly TableTest[]) => tests.map((one) => write(one, variables));
    const onText = (text: string, comparisons: readonly string[]) => {
      const truth = comparisons.length > MOST_VALUES ? `${listed(comparisons)}(${text})` : anyOf(comparisons, text);
      return variables.isNullable ? `known(${text}, ${truth})` : truth;
    };
    switch (test.kind) {
      case 'all':
        return join(inner(test.of), 'and', 'true');
      case 'any':
        return join(inner(test.of), 'or', 'false');
      case 'none':
        return `not (${inner(test.of).join('\n        or ') || 'false'})`;
      case 'address':
        return onText(
          variables.address,
          test.addresses.map((one) => `same(?, ${sqlLiteral(one)})`),
        );
      case 'domain':
        return onText(variables.domain, [
          ...test.domains.map((one) => `same(?, ${sqlLiteral(one)})`),
          ...test.parents.map((one) => `ends_with(?, ${sqlLiteral(`.${one}`)})`),
        ]);
      case 'role':
        return join(
          [
            ...test.names.map((name) => `holds_role(p_roles, ${sqlLiteral(name)})`),
            ...test.prefixes.map((prefix) => `holds_prefix(p_roles, ${sqlLiteral(prefix)})`),
          ],
          'or',
          'false',
        );
      case 'organization':
        return anyOf(
          test.ids.map((id) => `same(?, ${sqlLiteral(id)})`),
          'p_organization',
        );
      case 'between':
        return join(
          [
            ...(test.from === undefined ? [] : [`l_at >= ${timestamp(test.from)}`]),
            ...(test.until === undefined ? [] : [`l_at < ${timestamp(test.until)}`]),
          ],
          'and',
          'true',
        );
    }
  };
  /** Returns the name of a function with these comparisons. */
  const listed = (comparisons: readonly string[]): string => {
    const body: string[] = [];
    for (let at = 0; at < comparisons.length; at += MOST_VALUES) {
      body.push(`    if ${anyOf(comparisons.slice(at, at + MOST_VALUES), 'p_text')} then return true; end if;`);
    }
    const text = body.join('\n');
    const name = lists.get(text) ?? `is_listed_${lists.size + 1}`;
    lists.set(text, name);
    return name;
  };
  return {
    write,
    functions: () =>
      [...lists]
        .map(
          ([body, name]) =>
            `\n  function ${name}(p_text in varchar2) return boolean is\n  begin\n${body}\n    return false;\n  end ${name};\n`,
        )
        .join(''),
  };
}

/** Writes a moment as a timestamp in UTC. */
export function timestamp(moment: string): string {
  return `timestamp '${new Date(moment).toISOString().replace('T', ' ').replace('Z', '')}'`;
}

/** A question mark stands for the text in each comparison. */
function anyOf(comparisons: readonly string[], text: string): string {
  return join(
    comparisons.map((one) => one.replace('?', () => text)),
    'or',
    'false',
  );
}

function join(parts: readonly string[], word: 'and' | 'or', none: string): string {
  if (parts.length === 0) return none;
  return parts.length === 1 ? (parts[0] ?? none) : `(${parts.join(`\n        ${word} `)})`;
}
