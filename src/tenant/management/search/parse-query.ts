import type { Search } from '../../store/search/search.ts';
import { exactly, matching, within } from './comparisons.ts';
import { queryError, quoted } from './query-error.ts';
import { type Token, tokensOf, type Word } from './query-tokens.ts';
import type { FieldType, SearchLanguage } from './search-language.ts';

/** The most comparisons in one search. With a hundred thousand users they take some seconds, which block all other requests. */
const MAX_COMPARISONS = 100;
/** Metadata takes longer: it is searched member by member. */
const METADATA_COST = 3;
const MAX_DEPTH = 50;

/** A clause among others without an operator in between. One match is enough, unless some are required or excluded. */
interface Clause {
  readonly occurs: 'may' | 'must' | 'mustNot';
  readonly search: Search;
}

/**
 * Reads a search in Lucene's syntax.
 *
 *     query   = { or } ;                        any of them, minus excluded ones
 *     or      = and { ("OR" | "||") and } ;
 *     and     = clause { ("AND" | "&&") clause } ;
 *     clause  = [ "NOT" | "!" | "+" | "-" ] operand ;
 *     operand = "(" query ")" | [ field ":" ] ( term | phrase | range | "(" query ")" ) ;
 *
 * @param language the fields, and the fields that a term without a field is searched in
 * @throws ApiError 400 `invalid_query_string`
 * @example
 * parseQuery('email:"a@b.example" AND NOT blocked:true', userLanguage)
 *
 * @see Auth0 docs: "User Search Query Syntax", "Log Search Query Syntax"
 * @see https://lucene.apache.org/core/2_9_4/queryparsersyntax.html
 */
export function parseQuery(query: string, language: SearchLanguage): Search {
  return new QueryParser(tokensOf(query), language).parse();
}

class QueryParser {
  readonly #tokens: readonly Token[];
  readonly #language: SearchLanguage;
  #at = 0;
  #comparisons = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], language: SearchLanguage) {
    this.#tokens = tokens;
    this.#language = language;
  }

  parse(): Search {
    if (this.#tokens.length === 0) return { kind: 'everything' };
    const search = this.#query(undefined);
    if (this.#peek() !== undefined) throw unexpected(this.#peek());
    return search;
  }

  #query(field: string | undefined): Search {
    const clauses: Clause[] = [];
    do clauses.push(this.#or(field));
    while (this.#peek() !== undefined && this.#peek()?.kind !== 'close');
    return together(clauses);
  }

  #or(field: string | undefined): Clause {
    return this.#chain('or', () => this.#and(field));
  }

  #and(field: string | undefined): Clause {
    return this.#chain('and', () => this.#clause(field));
  }

  /** A sign before a single clause is its own. Between operators a sign can only exclude. */
  #chain(operator: 'and' | 'or', next: () => Clause): Clause {
    const first = next();
    if (this.#peek()?.kind !== operator) return first;
    const parts = [plain(first)];
    while (this.#take(operator)) parts.push(plain(next()));
    return { occurs: 'may', search: { kind: operator, of: parts } };
  }

  #clause(field: string | undefined): Clause {
    if (this.#take('must')) return { occurs: 'must', search: this.#operand(field) };
    if (this.#take('mustNot')) return { occurs: 'mustNot', search: this.#operand(field) };
    if (this.#take('not')) {
      // NOT NOT a, NOT -a
      const denied = this.#nested(() => this.#clause(field));
      return denied.occurs === 'mustNot'
        ? { occurs: 'may', search: denied.search }
        : { occurs: 'mustNot', search: denied.search };
    }
    return { occurs: 'may', search: this.#operand(field) };
  }

  #operand(field: string | undefined): Search {
    const token = this.#next();
    if (token?.kind === 'open') return this.#group(field);
    if (token?.kind === 'word' && this.#take('colon')) return this.#fieldOperand(token);
    return this.#term(token, field);
  }

  #fieldOperand(named: Word): Search {
    const name = named.parts.length === 1 ? (named.parts[0] ?? '') : named.written;
    const token = this.#next();
    if (name === '_exists_') return this.#exists(token);
    if (name === '*' && token?.kind === 'word' && token.written === '*') return { kind: 'everything' };
    this.#typeOf(name);
    return token?.kind === 'open' ? this.#group(name) : this.#term(token, name);
  }

  #exists(token: Token | undefined): Search {
    const name = token?.kind === 'phrase' ? token.text : token?.kind === 'word' ? token.parts.join('*') : undefined;
    if (name === undefined) throw unexpected(token);
    this.#typeOf(name);
    return { kind: 'exists', field: name };
  }

  #group(field: string | undefined): Search {
    const search = this.#nested(() => this.#query(field));
    if (!this.#take('close')) throw queryError('a parenthesis is not closed');
    return search;
  }

  #term(token: Token | undefined, field: string | undefined): Search {
    if (token?.kind !== 'word' && token?.kind !== 'phrase' && token?.kind !== 'range') throw unexpected(token);
    if (field !== undefined) {
      const type = this.#typeOf(field);
      this.#spend(type === 'metadata' || type === 'exact' ? METADATA_COST : 1);
      return compare(token, field, type);
    }
    if (token.kind === 'range') throw queryError('a range needs a field');
    if (token.kind === 'word' && token.written === '*') return { kind: 'everything' };
    this.#spend(this.#language.bareFields.length);
    return { kind: 'or', of: this.#language.bareFields.map((name) => compare(token, name, 'text')) };
  }

  #spend(comparisons: number): void {
    this.#comparisons += comparisons;
    if (this.#comparisons > MAX_COMPARISONS) throw queryError('it has too many terms');
  }

  #typeOf(field: string): FieldType {
    const type = this.#language.typeOf(field);
    // A member's name has no empty step and none that consists of wildcards.
    if (type === undefined || !/^[^.*]+(\.[^.*]+)*$/.test(field)) throw queryError(`unknown field ${quoted(field)}`);
    return type;
  }

  #nested<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw queryError(`it is nested more than ${MAX_DEPTH} deep`);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token | undefined {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #take(kind: Token['kind']): boolean {
    if (this.#peek()?.kind !== kind) return false;
    this.#at += 1;
    return true;
  }
}

type Term = Extract<Token, { kind: 'word' | 'phrase' | 'range' }>;

function compare(token: Term, field: string, type: FieldType): Search {
  if (token.kind === 'phrase') return exactly(field, type, token.text);
  return token.kind === 'range' ? within(field, type, token.from, token.to) : matching(field, type, token);
}

/** As in Lucene: optional clauses count only if none is required. */
function together(clauses: readonly Clause[]): Search {
  const of = (occurs: Clause['occurs']) => clauses.filter((clause) => clause.occurs === occurs);
  const must = of('must').map(({ search }) => search);
  const may = of('may').map(({ search }) => search);
  const denied = of('mustNot').map(plain);
  const required: Search[] =
    must.length > 0 || may.length === 0 ? must : [may.length === 1 ? (may[0] as Search) : { kind: 'or', of: may }];
  const all = [...required, ...denied];
  return all.length === 1 ? (all[0] as Search) : { kind: 'and', of: all };
}

function plain({ occurs, search }: Clause): Search {
  return occurs === 'mustNot' ? { kind: 'not', of: search } : search;
}

const signs: Partial<Record<Token['kind'], string>> = {
  and: 'AND',
  or: 'OR',
  not: 'NOT',
  must: '+',
  mustNot: '-',
  open: '(',
  close: ')',
  colon: ':',
  range: '[',
};

function unexpected(token: Token | undefined) {
  if (token === undefined) return queryError('it ends too early');
  if (token.kind === 'phrase') return queryError(`unexpected ${quoted(token.text)}`);
  return queryError(`unexpected ${quoted(token.kind === 'word' ? token.written : (signs[token.kind] ?? ''))}`);
}
