import type { Store } from '../../store/store.ts';
import { document } from './pages/document.ts';
import { markup } from './pages/markup.ts';
import { completePage, type SampleScreen, sampleScreens } from './sample-screens.ts';
import type { ScreenContent } from './screen-content.ts';
import { screenProblems } from './screen-problems.ts';

/** A text of a screen that an operator may replace. */
export interface ScreenText {
  readonly key: string;
  /** The text of the page without an operator's own, with Auth0's placeholders. Empty if the page shows another one instead. */
  readonly builtIn: string;
  /** Whether the page shows it only for a mistake. */
  readonly isProblem: boolean;
}

/** A screen of a prompt, with all texts that it looks up. */
export interface ScreenTexts {
  readonly prompt: string;
  readonly screen: string;
  readonly texts: readonly ScreenText[];
}

/** A text that no page has. */
const MARK = '\u27e6text\u27e7';

/**
 * The texts of the tenant's screens, in the order of the page. Each page is rendered with all that it may show: what it looks up are its keys, and what stands
 * in the place of a key without an operator's text is the built-in one.
 *
 * @param prompt all screens unless set
 * @example
 * screenTexts(store, 'login')[0]?.texts.find(({ key }) => key === 'title') // { key: 'title', builtIn: 'Welcome', isProblem: false }
 */
export function screenTexts(store: Store, prompt?: string): readonly ScreenTexts[] {
  return sampleScreens(prompt).map((screen) => ({ ...screen, texts: textsOf(store, screen) }));
}

function textsOf(store: Store, screen: SampleScreen): readonly ScreenText[] {
  const keys = new Set<string>();
  const builtIn = render(store, screen, (key) => {
    keys.add(key);
    return undefined;
  });
  const problems = new Set(screenProblems(screen.screen).map(({ code }) => code));
  const placed = [...keys].map((key) => {
    const marked = render(store, screen, (one) => (one === key ? MARK : undefined));
    const text = { key, builtIn: plainText(builtIn, marked), isProblem: problems.has(key) };
    return { place: marked.indexOf(MARK), text };
  });
  return placed.sort((one, other) => one.place - other.place).map(({ text }) => text);
}

function render(store: Store, screen: SampleScreen, text: ScreenContent['text']): string {
  const content: ScreenContent = {
    text,
    partial: () => markup``,
    page: () => undefined,
    stylesheet: '',
    icon: undefined,
    sources: () => ({}),
  };
  const page = completePage(store, screen, content);
  return page === undefined ? '' : document(page);
}

/** The first of the texts that stand at the mark's places in a page without it. */
function plainText(page: string, marked: string): string {
  const parts = marked.split(MARK);
  const places = parts.length - 1;
  const length = (page.length - parts.join('').length) / places;
  const start = parts[0]?.length ?? 0;
  const [html = ''] = page.slice(start, start + length).split('</p>');
  return unescaped(html.replaceAll(/<[^>]*>/g, '')).trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescaped(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
