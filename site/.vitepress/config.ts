// The documentation site: static files from `docs/`. VitePress fails the build for a link without a target.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DefaultTheme, defineConfig, type UserConfig } from 'vitepress';

type Plugin = Extract<NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number], { name: string }>;

const docs = resolve(import.meta.dirname, '../../docs');

/** The menu: groups of documents, each named after its file in `docs/`. */
const groups: readonly (readonly [title: string, files: readonly string[]])[] = [
  ['Start here', ['README.md', 'tour.md', 'from-the-article.md', 'article/README.md', 'the-loop.md']],
  ['The policy', ['policy.md', 'apex.md']],
  ['The local tenant', ['local-tenant.md', 'actions.md']],
  ['Testing', ['testing.md', 'continuous-integration.md']],
  ['Deployment', ['deployment.md']],
  ['Commands', pagesIn('commands')],
  ['The console', ['console.md', 'design/console.md']],
  ['Reference', ['supported.md', 'settings.md', 'errors.md', 'performance.md', 'reliability.md']],
  ['Decisions', pagesIn('decisions')],
];

/** Returns the documents of a folder, its README.md first. */
function pagesIn(folder: string): string[] {
  const names = readdirSync(join(docs, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return ['README.md', ...names.sort()].map((name) => `${folder}/${name}`);
}

/** Returns the title of a document: its first heading. */
function titleOf(file: string): string {
  const [, title] = /^# (.+)$/m.exec(readFileSync(join(docs, file), 'utf8')) ?? [];
  if (title === undefined) throw new Error(`docs/${file} has no heading.`);
  return title.replaceAll('`', '');
}

const addressOf = (file: string) => `/${file.replace(/README\.md$/, '').replace(/\.md$/, '.html')}`;

const sidebar: DefaultTheme.SidebarItem[] = groups.map(([text, files]) => ({
  text,
  items: files.map((file) => ({ text: titleOf(file), link: addressOf(file) })),
}));

/** Takes Vue from this folder's packages: Vite looks for it beside the documents, where no packages are. */
const vueOfSite: Plugin = {
  name: 'vue-of-site',
  enforce: 'pre',
  resolveId(source, importer, { ssr }) {
    const isVue = source === 'vue' || source.startsWith('vue/');
    // Node.js loads it while the pages are rendered.
    if (isVue && ssr) return { id: source, external: true };
    if (!isVue || !importer?.startsWith(docs)) return null;
    return this.resolve(source, join(import.meta.dirname, 'config.ts'), { skipSelf: true });
  },
};

export default defineConfig({
  title: 'Portcullis',
  description: 'Say who gets into an Oracle APEX application, and with which role, before APEX is reached.',
  srcDir: '../docs',
  outDir: './dist',
  cacheDir: './node_modules/.cache/vitepress',
  rewrites: { 'README.md': 'index.md', ':folder/README.md': ':folder/index.md' },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/logo.svg' }]],
  vite: { publicDir: resolve(import.meta.dirname, '../public'), plugins: [vueOfSite], esbuild: { tsconfigRaw: {} } },
  markdown: {
    // The usual themes have too little contrast on the page's grey.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // An address in a sentence is an example, not a link.
    linkify: false,
    config(markdown) {
      // Documents link to README.md, as in a checkout; the site has an index page instead.
      markdown.core.ruler.push('link-to-index', ({ tokens }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === 'link_open' ? token.attrGet('href') : null;
          if (href !== null && !/^[a-z]+:/.test(href)) {
            token.attrSet('href', href.replace(/(^|\/)README\.md(?=$|#)/, '$1index.md'));
          }
        }
      });
      // A table without titles has no header cells, which a screen reader would announce.
      markdown.core.ruler.push('cells-without-title', ({ tokens }) => {
        tokens.forEach((token, at) => {
          const closing = tokens[at + 2];
          if (token.type !== 'th_open' || tokens[at + 1]?.content !== '' || closing === undefined) return;
          token.tag = 'td';
          closing.tag = 'td';
        });
      });
    },
  },
  themeConfig: {
    logo: '/logo.svg',
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
  },
  buildEnd({ pages }) {
    const missing = pages.filter((page) => !groups.some(([, files]) => files.includes(page)));
    if (missing.length > 0)
      throw new Error(`site/.vitepress/config.ts has no place for docs/${missing.join(', docs/')}.`);
  },
});
