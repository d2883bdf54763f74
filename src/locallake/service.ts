/** What an AWS service answers instead of a result. `code` is the name that SDK clients see as `error.name`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further fields of the error document, such as `AthenaErrorCode` or S3's `Key`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Headers of the answer, such as S3's `x-amz-bucket-region`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    more: { status?: number; fields?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = more.status ?? 400;
    this.fields = more.fields ?? {};
    this.headers = more.headers ?? {};
  }
}

/** A JSON object as it came over the wire: nothing in it is known to be there. */
export type Fields = Readonly<Record<string, unknown>>;

/** One operation of a JSON or query service. An input member that is not in `members` is refused by name. */
export interface Operation {
  readonly members: readonly string[];
  run(input: Fields): unknown;
}

/** A service that is called by operation name with one object in and one out. */
export interface Service {
  /** As it stands in the endpoint and credential scope: `glue`. */
  readonly name: string;
  /** What stands before the dot of `X-Amz-Target`; absent for query services. */
  readonly target?: string;
  /** The code with which this service refuses an input: they differ. */
  readonly invalid: string;
  readonly operations: Readonly<Record<string, Operation>>;
}

/** The one account everything of the local lake belongs to. */
export const accountId = '111122223333';
/** The one region the local lake is in. */
export const region = 'us-east-1';
