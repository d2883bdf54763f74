import type { Rule } from '../rule';
import { athenaMissingPartitionFilter } from './athena/athena-missing-partition-filter';
import { athenaOrDefeatsPartitionFilter } from './athena/athena-or-defeats-partition-filter';
import { athenaTypeMismatchComparison } from './athena/athena-type-mismatch-comparison';
import { athenaDateVsStringLiteral } from './athena/athena-date-vs-string-literal';
import { athenaDateFilterWithoutPartitionFilter } from './athena/athena-date-filter-without-partition-filter';
import { athenaNonStringPartitionKey } from './athena/athena-non-string-partition-key';
import { athenaSelectStarColumnar } from './athena/athena-select-star-columnar';
import { athenaCtasPartitionColumnsLast } from './athena/athena-ctas-partition-columns-last';
import { athenaMsckRepair } from './athena/athena-msck-repair';
import { athenaAddPartitionLocationMismatch } from './athena/athena-add-partition-location-mismatch';
import { redshiftDistributionNotChosen } from './redshift/redshift-distribution-not-chosen';
import { redshiftSortkeyNotChosen } from './redshift/redshift-sortkey-not-chosen';
import { redshiftDiststyleAllLarge } from './redshift/redshift-diststyle-all-large';
import { redshiftDistkeySkew } from './redshift/redshift-distkey-skew';
import { redshiftDistributionConflict } from './redshift/redshift-distribution-conflict';
import { redshiftSortkeyLimits } from './redshift/redshift-sortkey-limits';
import { redshiftCopyColumnarOption } from './redshift/redshift-copy-columnar-option';
import { redshiftCopyInlineCredentials } from './redshift/redshift-copy-inline-credentials';
import { redshiftUnloadParallelOff } from './redshift/redshift-unload-parallel-off';
import { redshiftUnloadStaleFiles } from './redshift/redshift-unload-stale-files';
import { redshiftVacuumDeleteOnly } from './redshift/redshift-vacuum-delete-only';
import { redshiftDeleteAll } from './redshift/redshift-delete-all';
import { redshiftSelectStar } from './redshift/redshift-select-star';
import { syntax } from './shared/syntax';
import { unknownSuppression } from './shared/unknown-suppression';

/** Every rule of SQL, once; the order is that of the documentation. */
export const rules: readonly Rule[] = [
  // Both dialects
  syntax,
  unknownSuppression,

  // Athena
  athenaMissingPartitionFilter,
  athenaOrDefeatsPartitionFilter,
  athenaTypeMismatchComparison,
  athenaDateVsStringLiteral,
  athenaDateFilterWithoutPartitionFilter,
  athenaNonStringPartitionKey,
  athenaSelectStarColumnar,
  athenaCtasPartitionColumnsLast,
  athenaMsckRepair,
  athenaAddPartitionLocationMismatch,

  // Redshift
  redshiftDistributionNotChosen,
  redshiftSortkeyNotChosen,
  redshiftDiststyleAllLarge,
  redshiftDistkeySkew,
  redshiftDistributionConflict,
  redshiftSortkeyLimits,
  redshiftCopyColumnarOption,
  redshiftCopyInlineCredentials,
  redshiftUnloadParallelOff,
  redshiftUnloadStaleFiles,
  redshiftVacuumDeleteOnly,
  redshiftDeleteAll,
  redshiftSelectStar,
];
