/** What an object is by its first bytes, where nothing of it is shown here. */
export interface KnownKind {
  /** As it is called: `ZIP`, `LZ4 frame`. */
  readonly format: string;
  /** What to do instead, a sentence. */
  readonly advice: string;
}

const unpackFirst = 'It is not unpacked here: repack it with gzip or zstd, or download it.';
const archive = 'Athena reads no archives: unpack it, and put the files it holds into S3 one by one.';

/** Signatures from the formats' own specifications; `at` is the offset, 0 where absent. */
const signatures: readonly (KnownKind & { readonly bytes: string; readonly at?: number })[] = [
  { bytes: 'fd377a585a00', format: 'xz', advice: unpackFirst },
  { bytes: '04224d18', format: 'LZ4 frame', advice: unpackFirst },
  { bytes: '02214c18', format: 'LZ4 frame', advice: unpackFirst },
  { bytes: 'ff060000734e61507059', format: 'Snappy frame', advice: unpackFirst },
  { bytes: '894c5a4f000d0a1a0a', format: 'LZO', advice: unpackFirst },
  { bytes: '1f9d', format: 'compress (.Z)', advice: unpackFirst },
  { bytes: '377abcaf271c', format: '7-Zip', advice: archive },
  { bytes: '526172211a07', format: 'RAR', advice: archive },
  { bytes: '7573746172', at: 257, format: 'tar', advice: archive },
  { bytes: '53455106', format: 'Hadoop SequenceFile', advice: 'Its rows are not read here.' },
  { bytes: '524346', format: 'RCFile', advice: 'Its rows are not read here: write it as ORC or Parquet.' },
  {
    bytes: '4152524f5731',
    format: 'Arrow file (Feather)',
    advice: 'Athena and Redshift read no Arrow files: write it as Parquet.',
  },
  {
    bytes: '46454131',
    format: 'Feather, version 1',
    advice: 'Athena and Redshift read no Feather files: write it as Parquet.',
  },
  {
    bytes: '50464131',
    format: 'Puffin',
    advice: 'It holds statistics or deletes of an Iceberg table, and no rows.',
  },
  { bytes: '89484446', format: 'HDF5', advice: 'Download it to open it.' },
  { bytes: '53514c69746520666f726d6174203300', format: 'SQLite', advice: 'Download it to open it.' },
  { bytes: '25504446', format: 'PDF', advice: 'Download it to open it.' },
  { bytes: '89504e470d0a1a0a', format: 'PNG', advice: 'Download it to open it.' },
  { bytes: 'ffd8ff', format: 'JPEG', advice: 'Download it to open it.' },
  {
    bytes: 'd0cf11e0a1b11ae1',
    format: 'Excel or another Office document, before 2007',
    advice: 'Athena reads no Excel: save each sheet as CSV or Parquet.',
  },
];

/** Tells formats whose rows are not shown by their first bytes; undefined for all others. */
export function knownKind(head: Uint8Array): KnownKind | undefined {
  const hex = Buffer.from(head.subarray(0, 300)).toString('hex');
  const found = signatures.find(({ bytes, at = 0 }) => hex.startsWith(bytes, 2 * at));
  if (found !== undefined) return { format: found.format, advice: found.advice };
  return hex.startsWith('504b0304') || hex.startsWith('504b0506') ? zipKind(head) : undefined;
}

/** An Office document is a ZIP whose first files have names of their own. */
function zipKind(head: Uint8Array): KnownKind {
  const start = Buffer.from(head.subarray(0, 8192)).toString('latin1');
  if (start.includes('xl/') || start.includes('[Content_Types].xml')) {
    const format = start.includes('word/') ? 'Word' : start.includes('ppt/') ? 'PowerPoint' : 'Excel';
    return { format, advice: 'Athena reads no Office documents: save each sheet as CSV or Parquet.' };
  }
  return { format: 'ZIP', advice: archive };
}
