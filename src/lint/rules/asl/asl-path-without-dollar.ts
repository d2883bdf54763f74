import { propertyOf } from '../../../documents/data/access';
import { renameKey } from '../../../documents/data/edits';
import { textsIn } from '../../../documents/asl/fields';
import { everyState } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import type { DataDocument } from '../../../documents/data/node';
import { defineRule, type DocumentContext } from '../../rule';

/** A path that is passed on as plain text. */
export const aslPathWithoutDollar = defineRule({
  code: 'ASL10',
  id: 'asl-path-without-dollar',
  dialects: ['asl'],
  severity: 'warning',
  title: 'End the name of a field in .$ where its value is a path',
  why: 'Only where the key ends in .$ is the value looked up in the input. Otherwise the letters of the path themselves are passed on, and the job runs for the day "$.day".',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html',
    'https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html',
  ],
  bad: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments:
        --day: $.day
    End: true
`,
  good: `StartAt: LoadCards
States:
  LoadCards:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters:
      JobName: load-cards
      Timeout: 60
      Arguments:
        --day.$: $.day
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const { state } of everyState(document)) {
        if (state.language === 'jsonata') continue;
        reportResult(document.data, state, report);
        for (const { node, value, property, isItem } of textsOf(state)) {
          if (property === undefined || property.key.endsWith('.$') || !isPath(value)) continue;
          // A path for the called service, such as InputPathsMap of a rule: its keys say so.
          if (/path|expression|filter|selector|jq/i.test(property.key)) continue;
          if (isItem) {
            report(
              node,
              `An item of a list is never looked up: ${value} is passed on as these letters. States.Array in ${property.key}.$ makes a list of values.`,
              {
                severity: 'information',
              },
            );
            continue;
          }
          const { key } = property;
          report(node, `${key} is given the text ${value} itself, since the key does not end in .$.`, {
            fixes: [{ title: `Rename to ${key}.$`, edits: renameKey(document.data, property, `${key}.$`) }],
          });
        }
      }
    },
  },
});

// The Result of a Pass state is a constant: the one place where a key with .$ is no path either.
function reportResult(data: DataDocument, state: State, report: DocumentContext['report']): void {
  const result = state.type === 'Pass' ? propertyOf(state.node, 'Result') : undefined;
  const paths = textsIn(result?.value).filter(
    ({ value, property }) => property?.key.endsWith('.$') === true && isPath(value),
  );
  const isFree = propertyOf(state.node, 'Parameters') === undefined;
  const [first] = paths;
  if (result === undefined || first === undefined) return;
  report(
    first.node,
    `The Result of a Pass state is passed on as it is written, ${first.value} too; Parameters looks it up.`,
    {
      fixes: isFree
        ? [{ title: 'Rename Result to Parameters', edits: renameKey(data, result, 'Parameters') }]
        : [],
    },
  );
}

function textsOf({ node, type }: State) {
  const fields = type === 'Choice' ? [] : ['Parameters', 'ResultSelector', 'ItemSelector'];
  return fields
    .flatMap((field) => textsIn(propertyOf(node, field)?.value))
    .filter(({ keys }) => !keys.some((key) => key.endsWith('PathsMap')));
}

const intrinsics =
  /^States\.(?:Format|StringToJson|JsonToString|Array|ArrayPartition|ArrayContains|ArrayRange|ArrayGetItem|ArrayLength|ArrayUnique|Base64Encode|Base64Decode|Hash|JsonMerge|MathRandom|MathAdd|StringSplit|UUID)\(.*\)$/s;

function isPath(value: string): boolean {
  return (
    /^\$\$?(?:\.[A-Za-z_][\w-]*|\[[^\]]+\])(?:\.\.?[A-Za-z_*][\w-]*|\[[^\]]*\])*$/.test(value) ||
    intrinsics.test(value)
  );
}
