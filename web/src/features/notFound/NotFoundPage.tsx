import { Link, useLocation } from 'react-router-dom';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';

/** For addresses that no page has. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Page title="Not found" live={false}>
      <EmptyState title="There is no page here" actions={<Link to="/">Go to the first page</Link>}>
        Nothing has the address <code>{pathname}</code>.
      </EmptyState>
    </Page>
  );
}
