import type { TaskWorld } from '../asl/tasks';
import type { Service } from '../service';
import { crawlerOperations } from '../services/glueCrawlers';
import { Crawls } from '../services/glueCrawls';
import { JobRuns } from '../services/glueJobRuns';
import { jobOperations } from '../services/glueJobs';
import { lambdaRoute, type RestCall, type RestRoute } from '../services/lambda';
import { Functions } from '../services/lambdaFunctions';
import { lakeFormationRoute } from '../services/lakeFormation';
import { logsService } from '../services/logs';
import { s3TablesRoute } from '../services/s3Tables';
import { type Message, snsService, Topics } from '../services/sns';
import { stepFunctionsService } from '../services/stepFunctions';
import type { CatalogStore } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import { LogStore } from './logStore';
import { HandlerPool } from './runHandler';

/** Everything that runs: jobs, crawlers, functions, state machines, with their logs and messages. */
export interface PipelineServices {
  /** All services that are called by operation name, Glue with its jobs and crawlers. */
  readonly services: readonly Service[];
  readonly functions: Functions;
  /** Finds what a REST request asks for; undefined when it is for S3. */
  route(call: RestCall): RestRoute | undefined;
  messages(): readonly Message[];
  /** Stops all that runs. */
  close(): void;
}

/** Makes the pipeline services of a lake around the services that its tasks call. */
export function pipelineServices({
  store,
  catalog,
  journal,
  glue,
  athena,
}: {
  readonly store: ObjectStore;
  readonly catalog: CatalogStore;
  readonly journal: Journal;
  readonly glue: Service;
  readonly athena: Service;
}): PipelineServices {
  const logs = new LogStore(journal);
  const topics = new Topics(journal);
  const pool = new HandlerPool();
  const runs = new JobRuns({ store, journal, logs, pool });
  const crawls = new Crawls({ store, catalog, journal, logs });
  const functions = new Functions({ store, journal, logs, pool });
  const operations = {
    ...glue.operations,
    ...jobOperations(journal, runs),
    ...crawlerOperations(journal, crawls),
  };
  const services: Service[] = [{ ...glue, operations }, athena, logsService(logs), snsService(topics)];
  const world: TaskWorld = { services, functions, runs };
  const { service, executions } = stepFunctionsService(journal, world);
  services.push(service);
  return {
    services,
    functions,
    route: (call) =>
      lambdaRoute(functions, call) ??
      lakeFormationRoute({ catalog, journal }, call) ??
      s3TablesRoute(journal, call),
    messages: () => topics.messages(),
    close: () => {
      executions.close();
      runs.close();
      crawls.close();
      functions.close();
      pool.close();
    },
  };
}
