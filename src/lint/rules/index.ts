import type { Rule } from '../rule';
import { athenaMissingPartitionFilter } from './athena/athena-missing-partition-filter';
import { athenaLeadingPartitionKeyUnconstrained } from './athena/athena-leading-partition-key-unconstrained';
import { athenaOrDefeatsPartitionFilter } from './athena/athena-or-defeats-partition-filter';
import { athenaFunctionOnPartitionColumn } from './athena/athena-function-on-partition-column';
import { athenaInjectedProjectionNeedsEquality } from './athena/athena-injected-projection-needs-equality';
import { athenaProjectionOutOfRange } from './athena/athena-projection-out-of-range';
import { athenaPartitionLiteralFormat } from './athena/athena-partition-literal-format';
import { athenaTypeMismatchComparison } from './athena/athena-type-mismatch-comparison';
import { athenaDateVsStringLiteral } from './athena/athena-date-vs-string-literal';
import { athenaSubqueryPartitionFilter } from './athena/athena-subquery-partition-filter';
import { athenaPartitionKeyOnlyInJoin } from './athena/athena-partition-key-only-in-join';
import { athenaNondeterministicPartitionFilter } from './athena/athena-nondeterministic-partition-filter';
import { athenaDateFilterWithoutPartitionFilter } from './athena/athena-date-filter-without-partition-filter';
import { athenaOverPartitionedTable } from './athena/athena-over-partitioned-table';
import { athenaNonStringPartitionKey } from './athena/athena-non-string-partition-key';
import { athenaGlacierObjectsIgnored } from './athena/athena-glacier-objects-ignored';
import { athenaCostOverBudget } from './athena/athena-cost-over-budget';
import { athenaSelectStarColumnar } from './athena/athena-select-star-columnar';
import { athenaLimitDoesNotCapScan } from './athena/athena-limit-does-not-cap-scan';
import { athenaViewSelectStar } from './athena/athena-view-select-star';
import { athenaNestedFieldReadsWholeStruct } from './athena/athena-nested-field-reads-whole-struct';
import { athenaRowFormatHotTable } from './athena/athena-row-format-hot-table';
import { athenaOrderByWithoutLimit } from './athena/athena-order-by-without-limit';
import { athenaUnionDistinct } from './athena/athena-union-distinct';
import { athenaExactCountDistinct } from './athena/athena-exact-count-distinct';
import { athenaJoinOrder } from './athena/athena-join-order';
import { athenaCrossJoin } from './athena/athena-cross-join';
import { athenaRowNumberFirst } from './athena/athena-row-number-first';
import { athenaLikeChain } from './athena/athena-like-chain';
import { athenaNotInSubquery } from './athena/athena-not-in-subquery';
import { athenaRepeatedScan } from './athena/athena-repeated-scan';
import { athenaDdlReservedWord } from './athena/athena-ddl-reserved-word';
import { athenaDmlReservedWord } from './athena/athena-dml-reserved-word';
import { athenaWrongIdentifierQuote } from './athena/athena-wrong-identifier-quote';
import { athenaDoubleQuotedString } from './athena/athena-double-quoted-string';
import { athenaUnsupportedStatement } from './athena/athena-unsupported-statement';
import { athenaDmlOnNonIceberg } from './athena/athena-dml-on-non-iceberg';
import { athenaHiveTypeInCast } from './athena/athena-hive-type-in-cast';
import { athenaV3SystemTime } from './athena/athena-v3-system-time';
import { athenaV3BreakingFunction } from './athena/athena-v3-breaking-function';
import { athenaQueryTooLong } from './athena/athena-query-too-long';
import { athenaForeignFunction } from './athena/athena-foreign-function';
import { athenaCtasPartitionColumnsLast } from './athena/athena-ctas-partition-columns-last';
import { athenaMoreThan100Partitions } from './athena/athena-more-than-100-partitions';
import { athenaCtasNoLocation } from './athena/athena-ctas-no-location';
import { athenaCtasOrderByIgnored } from './athena/athena-ctas-order-by-ignored';
import { athenaCtasProperties } from './athena/athena-ctas-properties';
import { athenaCreateTableWithoutExternal } from './athena/athena-create-table-without-external';
import { athenaIcebergExternal } from './athena/athena-iceberg-external';
import { athenaLocationFormat } from './athena/athena-location-format';
import { athenaPartitionColumnDuplicated } from './athena/athena-partition-column-duplicated';
import { athenaPartitionsNotLoaded } from './athena/athena-partitions-not-loaded';
import { athenaMsckRepair } from './athena/athena-msck-repair';
import { athenaAddPartitionIfNotExists } from './athena/athena-add-partition-if-not-exists';
import { athenaAddPartitionLocationMismatch } from './athena/athena-add-partition-location-mismatch';
import { athenaInsertValues } from './athena/athena-insert-values';
import { athenaInsertSelectStarPartitioned } from './athena/athena-insert-select-star-partitioned';
import { athenaProjectionConfig } from './athena/athena-projection-config';
import { athenaProjectionExplosion } from './athena/athena-projection-explosion';
import { athenaNestedTableLocations } from './athena/athena-nested-table-locations';
import { athenaDropIcebergDeletesData } from './athena/athena-drop-iceberg-deletes-data';
import { athenaMissingClassification } from './athena/athena-missing-classification';
import { athenaIcebergNoPartitionSourceFilter } from './athena/athena-iceberg-no-partition-source-filter';
import { athenaIcebergExpressionOnSourceColumn } from './athena/athena-iceberg-expression-on-source-column';
import { awsArnAccountId } from './shared/aws-arn-account-id';
import { awsHardcodedAccount } from './shared/aws-hardcoded-account';
import { redshiftDistributionNotChosen } from './redshift/redshift-distribution-not-chosen';
import { redshiftSortkeyNotChosen } from './redshift/redshift-sortkey-not-chosen';
import { redshiftDiststyleAllLarge } from './redshift/redshift-diststyle-all-large';
import { redshiftDistkeySkew } from './redshift/redshift-distkey-skew';
import { redshiftDistributionConflict } from './redshift/redshift-distribution-conflict';
import { redshiftSortkeyLimits } from './redshift/redshift-sortkey-limits';
import { redshiftInterleavedMonotonic } from './redshift/redshift-interleaved-monotonic';
import { redshiftInterleavedSortkey } from './redshift/redshift-interleaved-sortkey';
import { redshiftSortkeyCompressed } from './redshift/redshift-sortkey-compressed';
import { redshiftPartialEncodeDisablesAuto } from './redshift/redshift-partial-encode-disables-auto';
import { redshiftEncodeRawWide } from './redshift/redshift-encode-raw-wide';
import { redshiftOversizedVarchar } from './redshift/redshift-oversized-varchar';
import { redshiftDateAsVarchar } from './redshift/redshift-date-as-varchar';
import { redshiftConstraintNotEnforced } from './redshift/redshift-constraint-not-enforced';
import { redshiftUnsupportedType } from './redshift/redshift-unsupported-type';
import { redshiftTextTruncates } from './redshift/redshift-text-truncates';
import { redshiftUnsupportedDdl } from './redshift/redshift-unsupported-ddl';
import { redshiftIdentity } from './redshift/redshift-identity';
import { redshiftLikeWithKeys } from './redshift/redshift-like-with-keys';
import { redshiftCtasInheritedKeys } from './redshift/redshift-ctas-inherited-keys';
import { redshiftCopyColumnarOption } from './redshift/redshift-copy-columnar-option';
import { redshiftCopyCompupdate } from './redshift/redshift-copy-compupdate';
import { redshiftCopyInlineCredentials } from './redshift/redshift-copy-inline-credentials';
import { redshiftCopyOpenPrefix } from './redshift/redshift-copy-open-prefix';
import { redshiftCopyFileLayout } from './redshift/redshift-copy-file-layout';
import { redshiftCopyMaxerror } from './redshift/redshift-copy-maxerror';
import { redshiftSingleRowInserts } from './redshift/redshift-single-row-inserts';
import { redshiftLoadWithoutAnalyze } from './redshift/redshift-load-without-analyze';
import { redshiftUnloadOuterLimit } from './redshift/redshift-unload-outer-limit';
import { redshiftUnloadOptionConflict } from './redshift/redshift-unload-option-conflict';
import { redshiftUnloadParallelOff } from './redshift/redshift-unload-parallel-off';
import { redshiftUnloadText } from './redshift/redshift-unload-text';
import { redshiftUnloadStaleFiles } from './redshift/redshift-unload-stale-files';
import { redshiftUnloadNoEscape } from './redshift/redshift-unload-no-escape';
import { redshiftUnloadQuoting } from './redshift/redshift-unload-quoting';
import { redshiftUnloadSelectStar } from './redshift/redshift-unload-select-star';
import { redshiftVacuumRoutine } from './redshift/redshift-vacuum-routine';
import { redshiftVacuumDeleteOnly } from './redshift/redshift-vacuum-delete-only';
import { redshiftNotInTransaction } from './redshift/redshift-not-in-transaction';
import { redshiftVacuumSyntax } from './redshift/redshift-vacuum-syntax';
import { redshiftVacuumAllTables } from './redshift/redshift-vacuum-all-tables';
import { redshiftDeleteAll } from './redshift/redshift-delete-all';
import { redshiftTruncateCommits } from './redshift/redshift-truncate-commits';
import { redshiftUpsertNotAtomic } from './redshift/redshift-upsert-not-atomic';
import { redshiftMergeRestriction } from './redshift/redshift-merge-restriction';
import { redshiftPythonUdfEol } from './redshift/redshift-python-udf-eol';
import { redshiftSelectStar } from './redshift/redshift-select-star';
import { redshiftFunctionOnSortkey } from './redshift/redshift-function-on-sortkey';
import { redshiftCrossJoin } from './redshift/redshift-cross-join';
import { redshiftJoinRedistributes } from './redshift/redshift-join-redistributes';
import { redshiftMissingRedundantPredicate } from './redshift/redshift-missing-redundant-predicate';
import { redshiftExpensivePattern } from './redshift/redshift-expensive-pattern';
import { redshiftGroupOrderMismatch } from './redshift/redshift-group-order-mismatch';
import { redshiftExactCountDistinct } from './redshift/redshift-exact-count-distinct';
import { redshiftLeaderOnlyFunction } from './redshift/redshift-leader-only-function';
import { redshiftSpectrumNoPartitionFilter } from './redshift/redshift-spectrum-no-partition-filter';
import { redshiftLateBindingUnqualified } from './redshift/redshift-late-binding-unqualified';
import { redshiftForeignFunction } from './redshift/redshift-foreign-function';
import { redshiftQueryGroupNotReset } from './redshift/redshift-query-group-not-reset';
import { syntax } from './shared/syntax';
import { unknownSuppression } from './shared/unknown-suppression';
import { aslTaskNoRetry } from './asl/asl-task-no-retry';
import { aslCatchInconsistent } from './asl/asl-catch-inconsistent';
import { aslNoTimeout } from './asl/asl-no-timeout';
import { aslJobNotSync } from './asl/asl-job-not-sync';
import { aslLambdaDirectArn } from './asl/asl-lambda-direct-arn';
import { aslErrorPathSucceeds } from './asl/asl-error-path-succeeds';
import { aslGraph } from './asl/asl-graph';
import { aslChoiceNoDefault } from './asl/asl-choice-no-default';
import { aslStatesAllPosition } from './asl/asl-states-all-position';
import { aslPathWithoutDollar } from './asl/asl-path-without-dollar';
import { aslOutputLost } from './asl/asl-output-lost';
import { aslLargePayload } from './asl/asl-large-payload';
import { aslMapConcurrency } from './asl/asl-map-concurrency';
import { aslHistoryLimit } from './asl/asl-history-limit';
import { aslGlueArguments } from './asl/asl-glue-arguments';
import { aslEmbeddedSql } from './asl/asl-embedded-sql';
import { aslAthenaNoWorkgroup } from './asl/asl-athena-no-workgroup';
import { s3IaBefore30Days } from './lifecycle/s3-ia-before-30-days';
import { s3IaToArchiveGap } from './lifecycle/s3-ia-to-archive-gap';
import { s3TransitionOrder } from './lifecycle/s3-transition-order';
import { s3ExpireBeforeMinimum } from './lifecycle/s3-expire-before-minimum';
import { s3ExpirationNotAfterTransition } from './lifecycle/s3-expiration-not-after-transition';
import { s3MissingAbortMultipart } from './lifecycle/s3-missing-abort-multipart';
import { s3VersionedWithoutNoncurrent } from './lifecycle/s3-versioned-without-noncurrent';
import { s3SmallObjects } from './lifecycle/s3-small-objects';
import { s3WholeBucketExpiration } from './lifecycle/s3-whole-bucket-expiration';
import { s3OverlappingRules } from './lifecycle/s3-overlapping-rules';
import { s3RuleStructure } from './lifecycle/s3-rule-structure';
import { s3GlacierUnderTable } from './lifecycle/s3-glacier-under-table';
import { s3UnknownPatternTier } from './lifecycle/s3-unknown-pattern-tier';
import { glueOverwriteWipesPartitions } from './glue/glue-overwrite-wipes-partitions';
import { glueBookmarkNoTransformationCtx } from './glue/glue-bookmark-no-transformation-ctx';
import { glueBookmarkWithSparkRead } from './glue/glue-bookmark-with-spark-read';
import { glueMissingJobCommit } from './glue/glue-missing-job-commit';
import { glueFlexNotUsed } from './glue/glue-flex-not-used';
import { glueFlexInvalid } from './glue/glue-flex-invalid';
import { glueNoPushdownPredicate } from './glue/glue-no-pushdown-predicate';
import { glueSmallFiles } from './glue/glue-small-files';
import { glueActionBeforeWrite } from './glue/glue-action-before-write';
import { gluePartitionPathLosesColumn } from './glue/glue-partition-path-loses-column';
import { glueUnboundedOutputFiles } from './glue/glue-unbounded-output-files';
import { glueCollectDriver } from './glue/glue-collect-driver';
import { glueNoTimeout } from './glue/glue-no-timeout';
import { glueInferSchema } from './glue/glue-infer-schema';
import { glueCsvInCuratedZone } from './glue/glue-csv-in-curated-zone';
import { glueCrawlerConfig } from './glue/glue-crawler-config';
import { glueBookmarkConcurrency } from './glue/glue-bookmark-concurrency';
import { lambdaS3KeyNotDecoded } from './lambda/lambda-s3-key-not-decoded';
import { lambdaS3FirstRecordOnly } from './lambda/lambda-s3-first-record-only';
import { lambdaRecursiveS3Write } from './lambda/lambda-recursive-s3-write';
import { wlmUnknownProperty } from './wlm/wlm-unknown-property';
import { wlmMemory } from './wlm/wlm-memory';
import { wlmConcurrency } from './wlm/wlm-concurrency';
import { wlmAutoManualMix } from './wlm/wlm-auto-manual-mix';
import { wlmDefaultQueue } from './wlm/wlm-default-queue';
import { wlmMaxExecutionTime } from './wlm/wlm-max-execution-time';
import { wlmQmr } from './wlm/wlm-qmr';
import { wlmNoMonitoringRule } from './wlm/wlm-no-monitoring-rule';
import { wlmLimits } from './wlm/wlm-limits';
import { wlmWildcardFlag } from './wlm/wlm-wildcard-flag';
import { wlmPreferAuto } from './wlm/wlm-prefer-auto';

/** Every rule of SQL, once; the order is that of the documentation. */
export const rules: readonly Rule[] = [
  // Both dialects
  syntax,
  unknownSuppression,
  awsArnAccountId,
  awsHardcodedAccount,

  // Athena
  athenaMissingPartitionFilter,
  athenaLeadingPartitionKeyUnconstrained,
  athenaOrDefeatsPartitionFilter,
  athenaFunctionOnPartitionColumn,
  athenaInjectedProjectionNeedsEquality,
  athenaProjectionOutOfRange,
  athenaPartitionLiteralFormat,
  athenaTypeMismatchComparison,
  athenaDateVsStringLiteral,
  athenaSubqueryPartitionFilter,
  athenaPartitionKeyOnlyInJoin,
  athenaNondeterministicPartitionFilter,
  athenaDateFilterWithoutPartitionFilter,
  athenaOverPartitionedTable,
  athenaNonStringPartitionKey,
  athenaGlacierObjectsIgnored,
  athenaCostOverBudget,
  athenaSelectStarColumnar,
  athenaLimitDoesNotCapScan,
  athenaViewSelectStar,
  athenaNestedFieldReadsWholeStruct,
  athenaRowFormatHotTable,
  athenaOrderByWithoutLimit,
  athenaUnionDistinct,
  athenaExactCountDistinct,
  athenaJoinOrder,
  athenaCrossJoin,
  athenaRowNumberFirst,
  athenaLikeChain,
  athenaNotInSubquery,
  athenaRepeatedScan,
  athenaDdlReservedWord,
  athenaDmlReservedWord,
  athenaWrongIdentifierQuote,
  athenaDoubleQuotedString,
  athenaUnsupportedStatement,
  athenaDmlOnNonIceberg,
  athenaHiveTypeInCast,
  athenaV3SystemTime,
  athenaV3BreakingFunction,
  athenaQueryTooLong,
  athenaForeignFunction,
  athenaCtasPartitionColumnsLast,
  athenaMoreThan100Partitions,
  athenaCtasNoLocation,
  athenaCtasOrderByIgnored,
  athenaCtasProperties,
  athenaCreateTableWithoutExternal,
  athenaIcebergExternal,
  athenaLocationFormat,
  athenaPartitionColumnDuplicated,
  athenaPartitionsNotLoaded,
  athenaMsckRepair,
  athenaAddPartitionIfNotExists,
  athenaAddPartitionLocationMismatch,
  athenaInsertValues,
  athenaInsertSelectStarPartitioned,
  athenaProjectionConfig,
  athenaProjectionExplosion,
  athenaNestedTableLocations,
  athenaDropIcebergDeletesData,
  athenaMissingClassification,
  athenaIcebergNoPartitionSourceFilter,
  athenaIcebergExpressionOnSourceColumn,

  // Redshift
  redshiftDistributionNotChosen,
  redshiftSortkeyNotChosen,
  redshiftDiststyleAllLarge,
  redshiftDistkeySkew,
  redshiftDistributionConflict,
  redshiftSortkeyLimits,
  redshiftInterleavedMonotonic,
  redshiftInterleavedSortkey,
  redshiftSortkeyCompressed,
  redshiftPartialEncodeDisablesAuto,
  redshiftEncodeRawWide,
  redshiftOversizedVarchar,
  redshiftDateAsVarchar,
  redshiftConstraintNotEnforced,
  redshiftUnsupportedType,
  redshiftTextTruncates,
  redshiftUnsupportedDdl,
  redshiftIdentity,
  redshiftLikeWithKeys,
  redshiftCtasInheritedKeys,
  redshiftCopyColumnarOption,
  redshiftCopyCompupdate,
  redshiftCopyInlineCredentials,
  redshiftCopyOpenPrefix,
  redshiftCopyMaxerror,
  redshiftCopyFileLayout,
  redshiftSingleRowInserts,
  redshiftLoadWithoutAnalyze,
  redshiftUnloadOuterLimit,
  redshiftUnloadOptionConflict,
  redshiftUnloadParallelOff,
  redshiftUnloadText,
  redshiftUnloadStaleFiles,
  redshiftUnloadNoEscape,
  redshiftUnloadQuoting,
  redshiftUnloadSelectStar,
  redshiftVacuumRoutine,
  redshiftVacuumDeleteOnly,
  redshiftNotInTransaction,
  redshiftVacuumSyntax,
  redshiftVacuumAllTables,
  redshiftDeleteAll,
  redshiftTruncateCommits,
  redshiftUpsertNotAtomic,
  redshiftMergeRestriction,
  redshiftPythonUdfEol,
  redshiftSelectStar,
  redshiftFunctionOnSortkey,
  redshiftCrossJoin,
  redshiftJoinRedistributes,
  redshiftMissingRedundantPredicate,
  redshiftExpensivePattern,
  redshiftGroupOrderMismatch,
  redshiftExactCountDistinct,
  redshiftLeaderOnlyFunction,
  redshiftSpectrumNoPartitionFilter,
  redshiftLateBindingUnqualified,
  redshiftForeignFunction,
  redshiftQueryGroupNotReset,
  // Step Functions
  aslTaskNoRetry,
  aslCatchInconsistent,
  aslNoTimeout,
  aslJobNotSync,
  aslLambdaDirectArn,
  aslErrorPathSucceeds,
  aslGraph,
  aslChoiceNoDefault,
  aslStatesAllPosition,
  aslPathWithoutDollar,
  aslOutputLost,
  aslLargePayload,
  aslMapConcurrency,
  aslHistoryLimit,
  aslGlueArguments,
  aslEmbeddedSql,
  aslAthenaNoWorkgroup,
  // S3 lifecycle
  s3IaBefore30Days,
  s3IaToArchiveGap,
  s3TransitionOrder,
  s3ExpireBeforeMinimum,
  s3ExpirationNotAfterTransition,
  s3MissingAbortMultipart,
  s3VersionedWithoutNoncurrent,
  s3SmallObjects,
  s3WholeBucketExpiration,
  s3OverlappingRules,
  s3RuleStructure,
  s3GlacierUnderTable,
  s3UnknownPatternTier,
  glueOverwriteWipesPartitions,
  glueBookmarkNoTransformationCtx,
  glueBookmarkWithSparkRead,
  glueMissingJobCommit,
  glueFlexNotUsed,
  glueFlexInvalid,
  glueNoPushdownPredicate,
  glueSmallFiles,
  glueActionBeforeWrite,
  gluePartitionPathLosesColumn,
  glueUnboundedOutputFiles,
  glueCollectDriver,
  glueNoTimeout,
  glueInferSchema,
  glueCsvInCuratedZone,
  glueCrawlerConfig,
  glueBookmarkConcurrency,
  lambdaS3KeyNotDecoded,
  lambdaS3FirstRecordOnly,
  lambdaRecursiveS3Write,
  // Redshift WLM
  wlmUnknownProperty,
  wlmMemory,
  wlmConcurrency,
  wlmAutoManualMix,
  wlmDefaultQueue,
  wlmMaxExecutionTime,
  wlmQmr,
  wlmNoMonitoringRule,
  wlmLimits,
  wlmWildcardFlag,
  wlmPreferAuto,
];
