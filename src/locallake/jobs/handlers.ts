import { loadRedshift } from './loadRedshift';
import type { Handler } from './handler';
import { migrateLegacyData } from './migrateLegacyData';
import { echo, fail, sleep } from './plainHandlers';
import { refreshViews } from './refreshViews';
import { validateBankingData } from './validateBankingData';

/**
 * What runs in place of Spark and Python, by the script location of a job or the handler name of a function. A job or
 * function whose code is not here cannot run.
 */
export const handlers: Readonly<Record<string, Handler>> = {
  's3://centralbank-data-lake/scripts/migrate_legacy_data.py': migrateLegacyData,
  'validate_banking_data.lambda_handler': validateBankingData,
  'load_redshift.lambda_handler': loadRedshift,
  'refresh_views.lambda_handler': refreshViews,
  'lake.echo': echo,
  'lake.fail': fail,
  'lake.sleep': sleep,
  's3://lake-scripts/echo.py': echo,
  's3://lake-scripts/fail.py': fail,
  's3://lake-scripts/sleep.py': sleep,
};
