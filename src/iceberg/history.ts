import type { IcebergMetadata, IcebergSnapshot } from './metadata';

/** One line of a table's history. */
export interface HistoryEntry {
  readonly at: Date;
  readonly snapshotId: string;
  /** Absent: it has expired, and only its id is known. */
  readonly snapshot?: IcebergSnapshot;
  /** Whether what is read now was built upon it; false for what was rolled back. */
  readonly isAncestor: boolean;
  readonly isCurrent: boolean;
  /** Branches and tags that name it. */
  readonly refs: readonly string[];
}

/** Which snapshot was current from when on, newest first. */
export function tableHistory(metadata: IcebergMetadata): readonly HistoryEntry[] {
  const byId = new Map(metadata.snapshots.map((snapshot) => [snapshot.id, snapshot]));
  const ancestors = new Set<string>();
  let id = metadata.currentSnapshotId;
  // A parent that stands in its own line would never end.
  while (id !== undefined && !ancestors.has(id)) {
    ancestors.add(id);
    id = byId.get(id)?.parentId;
  }
  return metadata.log.toReversed().map(({ snapshotId, at }) => {
    const snapshot = byId.get(snapshotId);
    return {
      at,
      snapshotId,
      ...(snapshot === undefined ? {} : { snapshot }),
      isAncestor: ancestors.has(snapshotId),
      isCurrent: snapshotId === metadata.currentSnapshotId,
      refs: metadata.refs.filter((ref) => ref.snapshotId === snapshotId).map(({ name }) => name),
    };
  });
}
