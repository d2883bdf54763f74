import type { Span } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
import type { DocumentLanguage } from '../documents/language';
import type { DocumentModels } from '../documents/models';
import type { ReadModel } from '../documents/readers';
import type { Finding } from './finding';
import { withoutLesser } from './precedence';
import type { DocumentContext, ReportOptions, Rule } from './rule';
import { severityOf, type RuleSettings } from './settings';

/** What a document's rules are run with. */
export interface DocumentCheck {
  readonly rules: readonly Rule[];
  readonly catalog: CatalogSnapshot;
  readonly settings: RuleSettings;
}

/** All that the rules of one language say about a document, in the order of the places. Never waits. */
export function checkModel(read: ReadModel, { rules, catalog, settings }: DocumentCheck): readonly Finding[] {
  const found: (Finding & { readonly subject: Span })[] = [];
  for (const rule of rules) {
    if (!rule.dialects.includes(read.language)) continue;
    const { id, code } = rule;
    const report = (
      { start, end }: Span,
      message: string,
      { severity, fixes = [], subject = { start, end } }: ReportOptions = {},
    ): void => {
      const chosen = severityOf(rule, severity, settings);
      if (chosen !== 'off')
        found.push({ rule: id, code, severity: chosen, message, fixes, start, end, subject });
    };
    runRule(rule, read, { language: read.language, catalog, report });
  }
  return withoutLesser(found)
    .map(({ subject: _subject, ...finding }): Finding => finding)
    .sort((a, b) => a.start - b.start || a.end - b.end || a.code.localeCompare(b.code));
}

function runRule<L extends DocumentLanguage>(
  rule: Rule,
  { language, model }: { readonly language: L; readonly model: DocumentModels[L] },
  context: DocumentContext,
): void {
  const check = rule.check?.[language];
  check?.(model, context);
}
