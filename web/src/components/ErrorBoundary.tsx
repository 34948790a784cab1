import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './ErrorNotice';
import styles from './ErrorBoundary.module.css';

interface ErrorBoundaryProps {
  /** Another value is another thing: it gets its own chance. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface ErrorBoundaryState {
  readonly error: unknown;
  readonly failedKey?: string;
}

/** A page that breaks does not take the frame with it. Also catches a page whose script is gone because the server was updated. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error ?? new Error('Something failed without saying what.') };
  }

  override componentDidUpdate(previous: ErrorBoundaryProps): void {
    if (previous.resetKey !== this.props.resetKey && this.state.error !== undefined) {
      this.setState({ error: undefined });
    }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) {
      return this.props.children;
    }

    return (
      <div className={styles.page}>
        <ErrorNotice
          title="This page broke."
          error={this.state.error}
          actions={
            <>
              <Button onClick={() => this.setState({ error: undefined })}>Try again</Button>
              <Button onClick={() => window.location.reload()}>Load the page anew</Button>
            </>
          }
        />
      </div>
    );
  }
}
