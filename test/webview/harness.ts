import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { themes, type ThemeName } from './themes';

/** Opens a fresh page with the results view in it. */
export type OpenPage = (options?: {
  readonly theme?: ThemeName;
  /** `results` unless told. */
  readonly view?: ViewName;
}) => Promise<Page>;

type ViewName = 'results' | 'partitions';

/** A test of the view: it opens the pages it needs. `pictures` is a folder for screenshots. */
export interface ViewTest {
  readonly name: string;
  run(open: OpenPage, pictures: string | undefined): Promise<void>;
}

/** What a webview of VS Code may do; nothing more. */
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'";

const views: Readonly<
  Record<ViewName, { readonly title: string; readonly styles: readonly string[]; readonly host: string }>
> = {
  results: { title: 'Results', styles: ['results.css'], host: 'pageHost' },
  partitions: { title: 'Partitions', styles: ['results.css', 'partitions.css'], host: 'partitionsHost' },
};

const html = (theme: string, view: ViewName): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${views[view].title}</title>
<link rel="stylesheet" href="/theme-${theme}.css">
${views[view].styles.map((name) => `<link rel="stylesheet" href="/${name}">`).join('\n')}
</head>
<body>
<div id="app"></div>
<script src="/${views[view].host}.js"></script>
<script src="/${view}.js"></script>
</body>
</html>`;

/** Serves the built views (`dist/webview/*.js`, `media/*.css`) below `root` on 127.0.0.1. */
export async function servePage(root: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const css = Object.entries(themes).map(([name, colours]) => {
    const rules = Object.entries(colours).map(([key, value]) => `--vscode-${key}: ${value};`);
    return [`/theme-${name}.css`, `:root { ${rules.join(' ')} }`] as const;
  });
  const files: Readonly<Record<string, string>> = {
    ...Object.fromEntries(css),
    ...Object.fromEntries(
      ['results', 'partitions'].flatMap((name) => [
        [`/${name}.css`, readFileSync(join(root, `media/${name}.css`), 'utf8')],
        [`/${name}.js`, readFileSync(join(root, `dist/webview/${name}.js`), 'utf8')],
      ]),
    ),
    '/pageHost.js': await hostScript(root, 'pageHost'),
    '/partitionsHost.js': await hostScript(root, 'partitionsHost'),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body =
      pathname === '/'
        ? html(
            searchParams.get('theme') ?? 'dark',
            searchParams.get('view') === 'partitions' ? 'partitions' : 'results',
          )
        : files[pathname];
    const type = { css: 'text/css', js: 'text/javascript' }[pathname.split('.')[1] ?? ''] ?? 'text/html';
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => closed(server) };
}

/** Opens pages in a browser, each in a context of its own, and closes them all. */
export function pageOpener(
  browser: Browser,
  url: string,
): { readonly open: OpenPage; close(): Promise<void> } {
  const contexts: BrowserContext[] = [];
  return {
    async open({ theme = 'dark', view = 'results' } = {}) {
      const context = await browser.newContext({ viewport: { width: 1200, height: 700 } });
      contexts.push(context);
      const page = await context.newPage();
      page.on('pageerror', (error) => {
        void page.evaluate(
          (text) => (window.lake ?? window.partitions).violations.push(text),
          `error: ${error.message}`,
        );
      });
      await page.goto(`${url}?theme=${theme}&view=${view}`);
      return page;
    },
    async close() {
      for (const context of contexts) await context.close();
    },
  };
}

/** The browser half of the stand-in for the extension, built as the product's own view is. */
async function hostScript(root: string, name: string): Promise<string> {
  // By require, since these tests are bundled and esbuild must not be.
  const { build } = createRequire(join(root, 'package.json'))('esbuild') as typeof import('esbuild');
  const built = await build({
    entryPoints: [join(root, `test/webview/${name}.ts`)],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    write: false,
  });
  return built.outputFiles[0]?.text ?? '';
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
