import type { PipelineKind } from '../pipeline';

export const crawler: PipelineKind = {
  id: 'crawler',
  title: 'Crawler',
  plural: 'Crawlers',
  noun: 'crawler',
  nouns: 'crawlers',
  run: 'crawl',
  icon: 'search',
  input: 'none',
  firstInput: '{}',
  canStop: true,
  check: () => undefined,
};
