/** Classes of a general purpose bucket; the API's names. */
export type StorageClass =
  | 'STANDARD'
  | 'INTELLIGENT_TIERING'
  | 'STANDARD_IA'
  | 'ONEZONE_IA'
  | 'GLACIER_IR'
  | 'GLACIER'
  | 'DEEP_ARCHIVE';

/** What a class costs and demands. USD are list prices of us-east-1, first 50 TB, without requests of reading and writing. */
export interface StorageClassFacts {
  readonly name: StorageClass;
  /** As the console calls it. */
  readonly title: string;
  /** Days that are billed even when an object is deleted, overwritten or moved before. */
  readonly minimumDays: number;
  /** Bytes that are billed of a smaller object. */
  readonly minimumBytes: number;
  /** Bytes beside each archived object: its index at the class's own price, its name and metadata at Standard's. */
  readonly overhead?: { readonly ownBytes: number; readonly standardBytes: number };
  readonly usdPerGbMonth: number;
  /** A move into the class by a lifecycle rule, for 1,000 objects. */
  readonly usdPerThousandTransitions: number;
  /** Reading; the standard tier of the archive classes. 0: no charge. */
  readonly usdPerGbRetrieved: number;
  /** Monitoring for a month, for 1,000 objects of 128 KB or more. */
  readonly usdPerThousandMonitored?: number;
  readonly firstByte: 'milliseconds' | 'minutes to hours' | 'hours';
  /** Whether a GET answers without a restore before it; Athena passes over objects for which it does not. */
  readonly readable: boolean;
}

/** Where and when the prices below were read; other regions have others. */
export const pricesRead = { region: 'us-east-1', month: 'November 2025' };

const kilobyte = 1024;
const archiveOverhead = { ownBytes: 32 * kilobyte, standardBytes: 8 * kilobyte };

/**
 * From the warmest class to the coldest. Prices: us-east-1, November 2025, https://aws.amazon.com/s3/pricing/. Minimums and access:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const storageClasses: Readonly<Record<StorageClass, StorageClassFacts>> = {
  STANDARD: {
    name: 'STANDARD',
    title: 'Standard',
    minimumDays: 0,
    minimumBytes: 0,
    usdPerGbMonth: 0.023,
    usdPerThousandTransitions: 0,
    usdPerGbRetrieved: 0,
    firstByte: 'milliseconds',
    readable: true,
  },
  INTELLIGENT_TIERING: {
    name: 'INTELLIGENT_TIERING',
    title: 'Intelligent-Tiering',
    minimumDays: 0,
    minimumBytes: 0,
    // The tier of frequent access; 0.0125 after 30 days without access, 0.004 after 90.
    usdPerGbMonth: 0.023,
    usdPerThousandTransitions: 0.01,
    usdPerGbRetrieved: 0,
    usdPerThousandMonitored: 0.0025,
    firstByte: 'milliseconds',
    readable: true,
  },
  STANDARD_IA: {
    name: 'STANDARD_IA',
    title: 'Standard-IA',
    minimumDays: 30,
    minimumBytes: 128 * kilobyte,
    usdPerGbMonth: 0.0125,
    usdPerThousandTransitions: 0.01,
    usdPerGbRetrieved: 0.01,
    firstByte: 'milliseconds',
    readable: true,
  },
  ONEZONE_IA: {
    name: 'ONEZONE_IA',
    title: 'One Zone-IA',
    minimumDays: 30,
    minimumBytes: 128 * kilobyte,
    usdPerGbMonth: 0.01,
    usdPerThousandTransitions: 0.01,
    usdPerGbRetrieved: 0.01,
    firstByte: 'milliseconds',
    readable: true,
  },
  GLACIER_IR: {
    name: 'GLACIER_IR',
    title: 'Glacier Instant Retrieval',
    minimumDays: 90,
    minimumBytes: 128 * kilobyte,
    usdPerGbMonth: 0.004,
    usdPerThousandTransitions: 0.02,
    usdPerGbRetrieved: 0.03,
    firstByte: 'milliseconds',
    readable: true,
  },
  GLACIER: {
    name: 'GLACIER',
    title: 'Glacier Flexible Retrieval',
    minimumDays: 90,
    minimumBytes: 0,
    overhead: archiveOverhead,
    usdPerGbMonth: 0.0036,
    usdPerThousandTransitions: 0.03,
    usdPerGbRetrieved: 0.01,
    firstByte: 'minutes to hours',
    readable: false,
  },
  DEEP_ARCHIVE: {
    name: 'DEEP_ARCHIVE',
    title: 'Glacier Deep Archive',
    minimumDays: 180,
    minimumBytes: 0,
    overhead: archiveOverhead,
    usdPerGbMonth: 0.00099,
    usdPerThousandTransitions: 0.05,
    usdPerGbRetrieved: 0.02,
    firstByte: 'hours',
    readable: false,
  },
};

/** Whether a text names a class that is described here. */
export function isStorageClass(name: string | undefined): name is StorageClass {
  return name !== undefined && Object.hasOwn(storageClasses, name);
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const transitions: Readonly<Record<StorageClass, readonly StorageClass[]>> = {
  STANDARD: ['INTELLIGENT_TIERING', 'STANDARD_IA', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  INTELLIGENT_TIERING: ['ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  STANDARD_IA: ['INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'],
  ONEZONE_IA: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER_IR: ['GLACIER', 'DEEP_ARCHIVE'],
  GLACIER: ['DEEP_ARCHIVE'],
  DEEP_ARCHIVE: [],
};

/** Whether a lifecycle rule may move an object from one class to another. */
export function mayMove(from: StorageClass, to: StorageClass): boolean {
  return transitions[from].includes(to);
}

/** Objects below this size are not moved unless a filter or the configuration says so; bytes. */
export const smallObjectBytes = 128 * kilobyte;
