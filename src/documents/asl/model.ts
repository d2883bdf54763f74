import type { DataDocument, DataNode, DataObject, DataProperty } from '../data/node';

/** A state machine definition in the Amazon States Language, in JSON or YAML. */
export interface AslDocument {
  readonly data: DataDocument;
  /** The outermost machine first, then those of its Parallel branches and Map processors, parents before children. */
  readonly machines: readonly Machine[];
}

export type QueryLanguage = 'jsonpath' | 'jsonata';

/** States with a start of their own: a definition, a branch of a Parallel, or the processor of a Map. */
export interface Machine {
  readonly node: DataObject;
  readonly role: 'definition' | 'branch' | 'processor';
  /** The state whose branch or processor it is; undefined for the definition. */
  readonly parent: State | undefined;
  /** The property `StartAt`; its value may be unknown. */
  readonly startAt: DataProperty | undefined;
  /** The property `States`. */
  readonly statesProperty: DataProperty | undefined;
  /** In the order of the text; a name stands once (the last of doubled ones). */
  readonly states: ReadonlyMap<string, State>;
  /** Something in its place is filled in by a tool, so that not all of its states and transitions are seen. */
  readonly isPartial: boolean;
}

export interface State {
  readonly name: string;
  /** Its name and all of it. */
  readonly property: DataProperty;
  readonly node: DataObject;
  /** `Task`, `Map` …; empty where it is missing or unknown. */
  readonly type: string;
  readonly language: QueryLanguage;
  /** Where it goes on; those whose target is not written out are left out. */
  readonly edges: readonly Edge[];
  /** Whether some target of it is filled in by a tool. */
  readonly hasUnknownEdges: boolean;
  /** `End: true`, Succeed or Fail. */
  readonly isEnd: boolean;
  /** For a Task: what it calls. */
  readonly resource: Resource | undefined;
  /** For a Task: what the call is given: `Parameters`, or `Arguments` in JSONata. */
  readonly input: DataNode | undefined;
  readonly retriers: readonly ErrorHandler[];
  readonly catchers: readonly ErrorHandler[];
  /** The branches of a Parallel, the processor of a Map. */
  readonly inner: readonly Machine[];
}

/** A way from one state to another of the same machine. */
export interface Edge {
  readonly kind: 'next' | 'default' | 'choice' | 'catch';
  readonly to: string;
  /** The text that names the target. */
  readonly node: DataNode;
}

/** An item of `Retry` or `Catch`. */
export interface ErrorHandler {
  readonly node: DataObject;
  /** The list of a handler, with its items; undefined where it is missing or filled in by a tool. */
  readonly errors: DataNode | undefined;
}

/** What a Task calls. */
export type Resource =
  | ServiceResource
  /** `arn:aws:lambda:…:function:name`: the older way to call a function. */
  | { readonly kind: 'function'; readonly node: DataNode; readonly arn: string }
  | { readonly kind: 'activity'; readonly node: DataNode };

/** `arn:aws:states:::glue:startJobRun.sync`. */
export interface ServiceResource {
  readonly kind: 'service';
  readonly node: DataNode;
  /** `glue`, in lower case; without `aws-sdk:`. */
  readonly service: string;
  /** `startJobRun`. */
  readonly action: string;
  /** Through the AWS SDK integration: `.sync` is not to be had there. */
  readonly isSdk: boolean;
  readonly pattern: 'request' | 'sync' | 'token';
}
