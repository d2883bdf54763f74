import type { AslDocument } from './asl/document';
import type { LifecycleDocument } from './lifecycle/document';
import type { PythonDocument } from './python/document';
import type { WlmDocument } from './wlm/document';

/** What the rules of each language are given: a text is read once for all of them. */
export interface DocumentModels {
  readonly asl: AslDocument;
  readonly 's3-lifecycle': LifecycleDocument;
  readonly 'redshift-wlm': WlmDocument;
  readonly glue: PythonDocument;
  readonly lambda: PythonDocument;
}
