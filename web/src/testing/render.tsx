import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { makeQueryClient } from '../api/queryClient';
import { theme } from '../styles/theme';

/** Draws with the providers of the app, at an address. */
export function draw(what: ReactNode, address = '/'): RenderResult {
  const client = makeQueryClient();
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={[address]}>
          {what}
          <Address />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** The address as the bar of a browser shows it, for `getByTestId('address')`. */
function Address() {
  const { pathname, search, hash } = useLocation();
  return <output data-testid="address">{pathname + search + hash}</output>;
}
