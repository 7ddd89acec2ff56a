/** An element of a page: its name, its attributes with resolved character references, and its text. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parents: readonly string[];
  text: string;
}

const voidElements = new Set(['meta', 'link', 'input', 'br', 'path', 'hr', 'img']);
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s"'<>/=]+(?:="[^"<]*")?)*)\s*(\/?)>/y;

/**
 * Reads a page more strictly than a browser: every tag is closed in order, every attribute is quoted, and a text has no
 * `<` and no stray `&`. Anything that a browser would correct is an error here, because a name could inject markup by it.
 */
export function readHtml(page: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const doctype = '<!DOCTYPE html>\n';
  if (!page.startsWith(doctype)) throw new Error('The page has no document type.');
  let at = doctype.length;
  while (at < page.length) {
    if (page[at] !== '<') {
      const end = page.indexOf('<', at);
      const text = resolveReferences(page.slice(at, end === -1 ? page.length : end));
      for (const element of open) element.text += text;
      at = end === -1 ? page.length : end;
      continue;
    }
    tag.lastIndex = at;
    const match = tag.exec(page);
    if (match === null) throw new Error(`Not a tag: ${page.slice(at, at + 60)}`);
    const [all, closing, written = '', attributes = '', selfClosing] = match;
    const name = written.toLowerCase();
    at += all.length;
    if (closing === '/') {
      const expected = open.pop()?.name;
      if (expected !== name) throw new Error(`</${name}> closes <${expected}>.`);
      continue;
    }
    const element = {
      name,
      attributes: readAttributes(attributes),
      parents: open.map((parent) => parent.name),
      text: '',
    };
    elements.push(element);
    if (!voidElements.has(name) && selfClosing !== '/') open.push(element);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.map((element) => element.name).join(', ')}.`);
  return elements;
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/\s+([^\s"'<>/=]+)(?:="([^"<]*)")?/g)) {
    if (attributes.has(name)) throw new Error(`The attribute ${name} is there twice.`);
    attributes.set(name, resolveReferences(value));
  }
  return attributes;
}

const references: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function resolveReferences(text: string): string {
  return text.replace(/&([a-z0-9#]*)(;?)/gi, (all, name: string, end: string) => {
    const character = references[name];
    if (end !== ';' || character === undefined) throw new Error(`Not a character reference: ${all}`);
    return character;
  });
}
