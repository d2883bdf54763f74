import { formatBytes, formatCount } from '../../../base/format';
import type { FileListing } from '../../../catalog/catalog';
import { defineRule } from '../../rule';
import { isColumnar } from './copyFormat';
import { optionWord } from './optionEdits';
import { optionNamed } from './unloadFormat';

const gigabyte = 1024 ** 3;
const megabyte = 1024 ** 2;

/** Files that a load cannot be divided by. */
export const redshiftCopyFileLayout = defineRule({
  code: 'RS206',
  id: 'redshift-copy-file-layout',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Load files that all slices can share',
  why: 'COPY gives each slice files of its own. One packed file of 40 GB is read by one slice while the others wait, and thousands of files under 1 MB cost more to open than to read. AWS advises packed files of 1 MB to 1 GB, about equal, as many as the slices or a multiple of them; Parquet, ORC, bzip2 and plain CSV are divided by Redshift itself.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-use-multiple-files.html'],
  listings: {
    's3://bank-lake/export/cards/': { objects: 1, bytes: 42 * gigabyte, extension: '.csv.gz' },
    's3://bank-lake/export/ledger/': { objects: 64, bytes: 38 * gigabyte, extension: '.csv.gz' },
  },
  slices: 16,
  bad: "COPY stg_cards\nFROM 's3://bank-lake/export/cards/'\nIAM_ROLE default\nFORMAT AS CSV\nGZIP",
  good: "COPY stg_ledger\nFROM 's3://bank-lake/export/ledger/'\nIAM_ROLE default\nFORMAT AS CSV\nGZIP",
  on: {
    CopyStatement(copy, { catalog, report }) {
      const { from } = copy;
      if (from?.kind !== 'Literal' || optionNamed(copy, 'MANIFEST') !== undefined) return;
      const listing = catalog.listing?.(from.value);
      if (listing === undefined || listing.objects === 0) return;
      const words = copy.options.map(optionWord);
      const isPacked = words.some((word) => ['GZIP', 'LZOP', 'ZSTD', 'JSON'].includes(word));
      const found = isPacked && !isColumnar(copy) ? unshared(listing, catalog.slices?.()) : tooSmall(listing);
      if (found !== undefined) report(from, found);
    },
  },
});

function unshared(listing: FileListing, slices: number | undefined): string | undefined {
  const { objects, bytes } = listing;
  if (objects === 1 && bytes > gigabyte)
    return `All ${formatBytes(bytes)} are in one file that cannot be divided: one slice loads it alone.`;
  if (slices !== undefined && objects < slices && bytes > gigabyte)
    return `${formatCount(objects)} files for ${formatCount(slices)} slices: the others wait while ${formatBytes(bytes)} are loaded.`;
  return tooSmall(listing);
}

function tooSmall({ objects, bytes, medianBytes = bytes / objects }: FileListing): string | undefined {
  return objects > 1000 && medianBytes < megabyte
    ? `${formatCount(objects)} files of about ${formatBytes(Math.round(medianBytes))} cost more to open than to load: write fewer, larger ones.`
    : undefined;
}
