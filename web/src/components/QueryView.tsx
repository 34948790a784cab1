import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice';
import { LoadingFrame } from './LoadingFrame';

interface QueryViewProps<T> {
  readonly query: UseQueryResult<T>;
  /** What is drawn from the data, old or new. */
  children(data: T): ReactNode;
  readonly loadingHeight?: number;
}

/** The states of what one query shows: loading the first time, failed, failed with what came last, and what it is for. */
export function QueryView<T>({ query, children, loadingHeight }: QueryViewProps<T>) {
  const { data, error } = query;
  const notice = error === null ? null : <ErrorNotice error={error} actions={<Button size="xs" onClick={() => void query.refetch()}>Try now</Button>} />;
  if (data === undefined) {
    return notice ?? <LoadingFrame {...(loadingHeight === undefined ? {} : { height: loadingHeight })} />;
  }

  return (
    <>
      {notice}
      {children(data)}
    </>
  );
}
