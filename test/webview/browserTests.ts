import type { Browser } from 'playwright-core';
import { dataTests } from './dataTests';
import { pageOpener, servePage } from './harness';
import { inputTests } from './inputTests';
import { looksTests } from './looksTests';
import { partitionsTests } from './partitionsTests';

/** A test of the built results view in a real browser; it throws when it fails. */
export interface BrowserTest {
  readonly name: string;
  /** `dist/webview` is built, and the working folder is the project; `pictures` is a folder for screenshots. */
  run(browser: Browser, pictures?: string): Promise<void>;
}

export const browserTests: readonly BrowserTest[] = [
  ...dataTests,
  ...inputTests,
  ...looksTests,
  ...partitionsTests,
].map((test) => ({
  name: test.name,
  async run(browser, pictures) {
    const server = await servePage(process.cwd());
    const pages = pageOpener(browser, server.url);
    try {
      await test.run(pages.open, pictures);
    } finally {
      await pages.close();
      await server.close();
    }
  },
}));
