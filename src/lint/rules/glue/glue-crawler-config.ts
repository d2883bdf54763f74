import type { TextEdit } from '../../../base/text';
import { awsCalls } from '../../../documents/python/awsClients';
import { addArgument, addEntry, quoted } from '../../../documents/python/edits';
import type { PyCall, PyDict, PyEntry, PythonDocument } from '../../../documents/python/model';
import { argumentOf, dictOf, entryOf, isOpenCall, wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';

/** A crawler that reads everything each time, or that may not do what it is told. */
export const glueCrawlerConfig = defineRule({
  code: 'GLU16',
  id: 'glue-crawler-config',
  dialects: ['glue'],
  severity: 'information',
  title: 'Crawl only new folders, and then leave changes to the log',
  why: 'Without a RecrawlPolicy each scheduled run reads the whole path again. CRAWL_NEW_FOLDERS_ONLY and CRAWL_EVENT_MODE read what was added. The former takes no other SchemaChangePolicy than LOG for both behaviours: Glue refuses the crawler, which is an error.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html',
    'https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html',
  ],
  bad: `import boto3

glue = boto3.client("glue")

glue.create_crawler(
    Name="cards-crawler",
    Role="crawler",
    DatabaseName="bank_lake",
    Targets={"S3Targets": [{"Path": "s3://bank-lake/curated/cards/"}]},
    Schedule="cron(30 4 * * ? *)",
    SchemaChangePolicy={"UpdateBehavior": "UPDATE_IN_DATABASE", "DeleteBehavior": "LOG"},
)
`,
  good: `import boto3

glue = boto3.client("glue")

glue.create_crawler(
    Name="cards-crawler",
    Role="crawler",
    DatabaseName="bank_lake",
    Targets={"S3Targets": [{"Path": "s3://bank-lake/curated/cards/"}]},
    Schedule="cron(30 4 * * ? *)",
    RecrawlPolicy={"RecrawlBehavior": "CRAWL_NEW_FOLDERS_ONLY"},
    SchemaChangePolicy={"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"},
)
`,
  check: {
    glue(document, { report }) {
      for (const { call, method } of awsCalls(document, 'glue', ['create_crawler', 'update_crawler'])) {
        if (isOpenCall(call)) continue;
        const recrawl = argumentOf(call, 'RecrawlPolicy');
        const policy = argumentOf(call, 'SchemaChangePolicy');
        const changes = dictOf(document, policy?.value);
        const others = otherBehaviours(document, changes);
        if (recrawl !== undefined) {
          const behaviour = entryOf(document, dictOf(document, recrawl.value), 'RecrawlBehavior')?.value;
          if (wholeText(document, behaviour) !== 'CRAWL_NEW_FOLDERS_ONLY') continue;
          for (const { key, value } of others) {
            report(
              value,
              `A crawler of new folders only takes no other ${wholeText(document, key) ?? 'behaviour'} than LOG: Glue refuses it.`,
              {
                severity: 'error',
                fixes: [{ title: 'Use LOG', edits: [logged(document, value)] }],
              },
            );
          }
          continue;
        }
        if (method === 'update_crawler' || argumentOf(call, 'Schedule') === undefined) continue;
        if (!isPlainS3(document, call) || (policy !== undefined && changes === undefined)) continue;
        report(
          call.callee.kind === 'member' ? call.callee.nameSpan : call,
          'Each scheduled run of this crawler reads the whole path again.',
          {
            fixes: [
              {
                title: 'Crawl only new folders',
                edits: onlyNew(document, { call, changes, others }),
                scaffold: true,
              },
            ],
          },
        );
      }
    },
  },
});

function otherBehaviours(document: PythonDocument, changes: PyDict | undefined): readonly PyEntry[] {
  return ['UpdateBehavior', 'DeleteBehavior'].flatMap((key) => {
    const entry = entryOf(document, changes, key);
    const text = wholeText(document, entry?.value);
    return entry !== undefined && text !== undefined && text !== 'LOG' ? [entry] : [];
  });
}

// Databases, streams of events and tables of the catalog know no new folders.
function isPlainS3(document: PythonDocument, call: PyCall): boolean {
  const targets = dictOf(document, argumentOf(call, 'Targets')?.value);
  if (targets === undefined || targets.isOpen || targets.entries.length !== 1) return false;
  const list = entryOf(document, targets, 'S3Targets')?.value;
  if (list?.kind !== 'list' || list.items.length === 0) return false;
  return list.items.every((item) => {
    const target = dictOf(document, item);
    return target !== undefined && entryOf(document, target, 'EventQueueArn') === undefined;
  });
}

function logged(
  document: PythonDocument,
  { start, end }: { readonly start: number; readonly end: number },
): TextEdit {
  return { start, end, text: quoted(document, 'LOG') };
}

function onlyNew(
  document: PythonDocument,
  {
    call,
    changes,
    others,
  }: { readonly call: PyCall; readonly changes: PyDict | undefined; readonly others: readonly PyEntry[] },
): readonly TextEdit[] {
  const pair = (key: string, value: string): string => `${quoted(document, key)}: ${quoted(document, value)}`;
  const added = addArgument(document, call, {
    name: 'RecrawlPolicy',
    value: `{${pair('RecrawlBehavior', 'CRAWL_NEW_FOLDERS_ONLY')}}`,
    after: 'Schedule',
  });
  if (changes === undefined) {
    const both = `{${pair('UpdateBehavior', 'LOG')}, ${pair('DeleteBehavior', 'LOG')}}`;
    const [edit] = added;
    const [more] = addArgument(document, call, {
      name: 'SchemaChangePolicy',
      value: both,
      after: 'Schedule',
    });
    return edit === undefined || more === undefined ? added : [{ ...edit, text: edit.text + more.text }];
  }
  const missing = ['UpdateBehavior', 'DeleteBehavior'].filter(
    (key) => entryOf(document, changes, key) === undefined,
  );
  return [
    ...added,
    ...others.map(({ value }) => logged(document, value)),
    ...missing.flatMap((key) => addEntry(document, changes, { key, value: quoted(document, 'LOG') })),
  ];
}
