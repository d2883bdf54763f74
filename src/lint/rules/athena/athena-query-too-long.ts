import { formatCount } from '../../../base/format';
import { defineRule } from '../../rule';
import { eachStatement } from './wholeStatement';

/** Athena's quota of a query string in bytes of UTF-8 (its guide, "Service Quotas"); it cannot be raised. */
const most = 262_144;

/** A statement longer than Athena takes. */
export const athenaQueryTooLong = defineRule({
  code: 'ATH210',
  id: 'athena-query-too-long',
  dialects: ['athena'],
  severity: 'error',
  title: 'Keep a statement below 262,144 bytes',
  why: 'Athena refuses a longer text before it reads it, and the quota cannot be raised. Long lists belong in a table that is joined.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/service-limits.html'],
  expand: { name: 'numbers', from: 1_000_000, count: 40_000 },
  bad: 'SELECT shop FROM shops WHERE shop_id IN ({{numbers}})',
  good: 'SELECT s.shop FROM shops s JOIN wanted_shops w ON w.shop_id = s.shop_id',
  on: eachStatement(({ statement: { text, templated, body }, report }) => {
    // A character is three bytes at most, and what a template becomes is not known.
    if (text.length * 3 < most * 0.8 || templated) return;
    const bytes = Buffer.byteLength(text);
    if (bytes < most * 0.8) return;
    const word = /^\S+/.exec(text.slice(body.start))?.[0].slice(0, 20) ?? '';
    report(
      { start: body.start, end: body.start + word.length },
      `The statement has ${formatCount(bytes)} bytes, and Athena takes ${formatCount(most)}.`,
      { severity: bytes > most ? 'error' : 'warning' },
    );
  }),
});
