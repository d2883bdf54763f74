import type { Span, TextEdit } from '../base/text';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** An edit that would mend a finding. */
export interface Fix {
  readonly title: string;
  /** Offsets are the document's, and stay inside the finding's statement. */
  readonly edits: readonly TextEdit[];
  /** A scaffold: it needs a value from the user, so it is never applied by "fix all" or `--fix`. */
  readonly scaffold?: boolean;
}

/** One thing wrong at one place; offsets are the document's. */
export interface Finding extends Span {
  /** `athena-missing-partition-filter`. */
  readonly rule: string;
  /** `ATH101`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence about this statement, with its figures. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}
