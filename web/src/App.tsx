import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router-dom';
import { makeQueryClient } from './api/queryClient';
import { basePath, styleNonce } from './lib/basePath';
import { NotFoundPage, pages } from './routes';
import { useSettings } from './state/settings';
import { resolver, theme } from './styles/theme';

const queries = makeQueryClient();

/** Providers and the route table; nothing else. */
export function App() {
  const settings = useSettings();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolver}
      {...(settings.theme === 'auto' ? { defaultColorScheme: 'auto' } : { forceColorScheme: settings.theme })}
      getStyleNonce={() => styleNonce() ?? ''}
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter basename={basePath()}>
          <Suspense fallback={null}>
            <Routes>
              {pages.flatMap(({ paths, page: Page }) => paths.map((path) => <Route key={path} path={path} element={<Page />} />))}
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
