import { test } from 'node:test';
import { knownCatalog } from '../../../../src/catalog/known';
import type { FileListing } from '../../../../src/catalog/catalog';
import { redshiftCopyFileLayout } from '../../../../src/lint/rules/redshift/redshift-copy-file-layout';
import { ruleChecker } from '../../../support/ruleChecker';

const gigabyte = 1024 ** 3;

function check(listing: FileListing | undefined, slices?: number) {
  const listings = listing === undefined ? {} : { 's3://lake/in/': listing };
  const source = { name: 'test', tables: [], listings, ...(slices === undefined ? {} : { slices }) };
  return ruleChecker(redshiftCopyFileLayout, knownCatalog([source]));
}

const packed = `COPY t
FROM 's3://lake/in/' IAM_ROLE default FORMAT AS CSV GZIP
`;
const marked = (message: string): string => `COPY t
FROM 's3://lake/in/' IAM_ROLE default FORMAT AS CSV GZIP
--   ^^^^^^^^^^^^^^^ information: ${message}
`;

test('one large file that cannot be divided is told', () => {
  check({ objects: 1, bytes: 2 * gigabyte })(marked('one slice loads it alone'));
  check({ objects: 1, bytes: gigabyte / 2 })(packed);
});

test('fewer packed files than slices are told where the slices are known', () => {
  check({ objects: 3, bytes: 5 * gigabyte }, 16)(marked('3 files for 16 slices'));
  check({ objects: 3, bytes: 5 * gigabyte })(packed);
  check({ objects: 32, bytes: 5 * gigabyte }, 16)(packed);
});

test('thousands of tiny files are told, of any format', () => {
  const tiny = check({ objects: 4000, bytes: 4000 * 2048 });
  tiny(marked('4,000 files of about 2 KB'));
  tiny(`COPY t
FROM 's3://lake/in/' IAM_ROLE default FORMAT AS PARQUET
--   ^^^^^^^^^^^^^^^ information: 4,000 files
`);
});

test('what Redshift divides itself, a manifest and what was not listed are left alone', () => {
  const one = check({ objects: 1, bytes: 40 * gigabyte }, 16);
  one("COPY t FROM 's3://lake/in/' IAM_ROLE default FORMAT AS PARQUET");
  one("COPY t FROM 's3://lake/in/' IAM_ROLE default FORMAT AS CSV");
  one("COPY t FROM 's3://lake/in/' IAM_ROLE default FORMAT AS CSV GZIP MANIFEST");
  one("COPY t FROM 's3://lake/other/' IAM_ROLE default FORMAT AS CSV GZIP");
  check(undefined, 16)(packed);
});
