import type { ObjectStore } from '../store/objects';
import { lakeBucket } from './seedWriter';

/**
 * What a bucket has beside its objects: lifecycle rules as the bank wrote them, without a rule for
 * incomplete uploads, and an upload in parts that nobody completed.
 */
export function seedHousekeeping(store: ObjectStore): void {
  store.change(lakeBucket, {
    lifecycle: {
      minimumSize: 'varies_by_storage_class',
      rules: [
        {
          ID: 'raw-data-lifecycle',
          Filter: { Prefix: 'raw/' },
          Status: 'Enabled',
          Transition: [
            { Days: '30', StorageClass: 'STANDARD_IA' },
            { Days: '90', StorageClass: 'GLACIER' },
            { Days: '365', StorageClass: 'DEEP_ARCHIVE' },
          ],
        },
        {
          ID: 'processed-data-lifecycle',
          Filter: { Prefix: 'processed/' },
          Status: 'Enabled',
          Transition: { Days: '90', StorageClass: 'STANDARD_IA' },
        },
        {
          ID: 'temp-cleanup',
          Filter: { Prefix: 'temp/' },
          Status: 'Enabled',
          Expiration: { Days: '7' },
        },
      ],
    },
  });
  const upload = store.uploads.create(
    { bucket: lakeBucket, key: 'raw/legacy_excel/2024-01-18/branch_targets.xlsx' },
    { storageClass: 'STANDARD' },
    Date.UTC(2024, 0, 18, 6, 30),
  );
  store.uploads.putPart(upload, 1, Buffer.from('The first part of a workbook whose upload broke off.\n'));
}
