import { AwsError, type Fields, type Operation } from '../service';
import type { Journal } from '../store/journal';
import { fields, text } from '../wire/input';
import { onlyMembers } from '../wire/members';
import { pageOf, required } from './paging';

const invalid = 'InvalidRequestException';
const engine = { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' };

// What a work group may be made with: kept and shown, the first three obeyed too.
const honoured = [
  'ResultConfiguration',
  'EnforceWorkGroupConfiguration',
  'BytesScannedCutoffPerQuery',
  'PublishCloudWatchMetricsEnabled',
  'RequesterPaysEnabled',
  'EngineVersion',
];

/** Work groups; `primary` is always there. */
export class WorkGroups {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
    if (!journal.all('workgroup').has('primary')) this.#put('primary', {});
  }

  /** The configuration of a work group; InvalidRequestException when there is none. */
  configuration(name: string): Fields {
    return fields(this.#existing(name), 'Configuration');
  }

  /** Where results go: the group's place when it has one and enforces it, else the caller's, else the group's. */
  outputFor(name: string, asked: string | undefined): string {
    const group = this.configuration(name);
    const own = text(fields(group, 'ResultConfiguration'), 'OutputLocation');
    const output = group['EnforceWorkGroupConfiguration'] === true ? (own ?? asked) : (asked ?? own);
    if (output === undefined) {
      throw new AwsError(
        invalid,
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
        {
          fields: { AthenaErrorCode: 'INVALID_INPUT' },
        },
      );
    }
    if (!/^s3:\/\/[^/]+/.test(output))
      throw new AwsError(invalid, `outputLocation is not a valid S3 path: ${output}`);
    return output.endsWith('/') ? output : `${output}/`;
  }

  operations(): Record<string, Operation> {
    return {
      ListWorkGroups: {
        members: ['NextToken', 'MaxResults'],
        run: (input) => {
          const all = [...this.#journal.all('workgroup').values()].map((group) => {
            const { Name, State, Description, CreationTime } = group as Fields;
            return { Name, State, Description, CreationTime, EngineVersion: engine };
          });
          const { items, next } = pageOf(all, input, { default: 50, most: 50, invalid });
          return { WorkGroups: items, ...next };
        },
      },
      GetWorkGroup: {
        members: ['WorkGroup'],
        run: (input) => ({ WorkGroup: this.#existing(required(input, 'WorkGroup', invalid)) }),
      },
      CreateWorkGroup: {
        members: ['Name', 'Configuration', 'Description'],
        run: (input) => {
          const name = required(input, 'Name', invalid);
          const configuration = fields(input, 'Configuration');
          onlyMembers(configuration, honoured, { path: 'Configuration', invalid });
          onlyMembers(fields(configuration, 'ResultConfiguration'), ['OutputLocation'], {
            path: 'Configuration.ResultConfiguration',
            invalid,
          });
          if (this.#journal.all('workgroup').has(name))
            throw new AwsError(invalid, `WorkGroup ${name} is already created`);
          this.#put(name, input);
          return {};
        },
      },
    };
  }

  #existing(name: string): Fields {
    const found = this.#journal.all('workgroup').get(name);
    if (found === undefined) throw new AwsError(invalid, `WorkGroup ${name} is not found.`);
    return found as Fields;
  }

  #put(name: string, input: Fields): void {
    this.#journal.put('workgroup', name, {
      Name: name,
      State: 'ENABLED',
      Description: text(input, 'Description') ?? '',
      CreationTime: Math.floor(Date.now() / 1000),
      Configuration: {
        ResultConfiguration: {},
        EnforceWorkGroupConfiguration: name !== 'primary',
        PublishCloudWatchMetricsEnabled: false,
        RequesterPaysEnabled: false,
        EngineVersion: engine,
        ...fields(input, 'Configuration'),
      },
    });
  }
}
